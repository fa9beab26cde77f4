"""From a sheet and a mapping to one row for each value, still as text."""

from dataclasses import dataclass

import polars as pl

from sinergi.evidence.imports.grid import Grid
from sinergi.evidence.imports.indicators import IndicatorIndex
from sinergi.evidence.imports.mapping import COLUMN_FIELDS, Mapping
from sinergi.evidence.imports.problems import Problems, column_index, column_letter

TEXTS = ("region", "region_name", "indicator", "period", "flag", "source")
"""Columns of text of the long table; `value` and `number` stand beside them."""


@dataclass(frozen=True, slots=True)
class Places:
    """The columns of a mapping as positions counted from 0; None where the mapping names none."""

    region: int
    region_name: int | None
    indicator: int | None
    period: int | None
    value: int | None
    flag: int | None
    source: int | None
    columns: dict[int, str]

    @property
    def all(self) -> frozenset[int | None]:
        """Every column that is read."""
        single = (self.region, self.region_name, self.indicator, self.period, self.value)
        return frozenset((*single, self.flag, self.source, *self.columns))


def places(
    mapping: Mapping, grid: Grid, problems: Problems, indicators: IndicatorIndex | None = None
) -> Places | None:
    """Find the columns that a mapping names; None with errors in `problems` when one is lacking."""
    before = problems.errors
    headings = [cell.casefold() for cell in grid.row(mapping.header_row)]
    found: dict[str, int | None] = {}
    for name in COLUMN_FIELDS:
        found[name] = _position(getattr(mapping, name), headings, name, problems)
    columns = {
        position: meaning
        for reference, meaning in mapping.columns.items()
        if (position := _position(reference, headings, "columns", problems)) is not None
    }
    if not mapping.region:
        problems.add("error", "no_region_column")
    wide = mapping.layout != "long"
    if (wide and not mapping.columns) or (not wide and not mapping.value):
        problems.add("error", "no_value_column")
    if not (mapping.indicator or mapping.indicator_code or mapping.layout == "indicators"):
        at = found["value"]
        heading = "" if at is None else grid.row(mapping.header_row)[at]
        near = indicators.suggest(heading) if indicators and heading else ""
        problems.add("error", "no_indicator", suggestion=near)
    if not (mapping.period or mapping.period_value or mapping.layout == "periods"):
        problems.add("error", "no_period")
    if problems.errors > before:
        return None
    _tell_same_headings({*found.values(), *columns} - {None}, headings, mapping, problems)
    return Places(
        region=found["region"] or 0,
        region_name=found["region_name"],
        indicator=found["indicator"],
        period=found["period"],
        value=found["value"],
        flag=found["flag"],
        source=found["source_column"],
        columns=columns,
    )


def _tell_same_headings(
    used: set[int | None], headings: list[str], mapping: Mapping, problems: Problems
) -> None:
    """Warn of a column that is passed over although its heading is that of one that is read."""
    for column in sorted(one for one in used if one is not None and headings[one]):
        same = [other for other, text in enumerate(headings) if text == headings[column]]
        if any(other not in used for other in same):
            problems.add(
                "warning",
                "same_heading",
                row=mapping.header_row,
                column=column,
                value=headings[column],
                columns=", ".join(column_letter(one) for one in same),
                used=column_letter(column),
            )


def _position(reference: str, headings: list[str], name: str, problems: Problems) -> int | None:
    if not reference:
        return None
    if reference.casefold() in headings:
        return headings.index(reference.casefold())
    try:
        position = column_index(reference)
    except ValueError:
        position = len(headings)
    if position >= len(headings):
        problems.add("error", "no_column", value=reference, field=name)
        return None
    return position


def melt(grid: Grid, mapping: Mapping, where: Places) -> pl.DataFrame:
    """Return one row for each cell that should hold a value.

    A text that no column tells is a column of the type `Null`, which takes no memory.

    Returns
    -------
    polars.DataFrame
        Columns `row` (as the sheet counts), `column` (of the value, from 0), the texts of `TEXTS`,
        `value` (text) and `number` (where the file keeps a number). Rows with neither a region nor a
        value are left out.
    """
    first = mapping.header_row
    sources = {
        "region": where.region,
        "region_name": where.region_name,
        "indicator": where.indicator,
        "period": where.period,
        "flag": where.flag,
        "source": where.source,
    }
    base = pl.DataFrame(
        {
            name: pl.repeat(None, grid.height - first, dtype=pl.Null, eager=True)
            if position is None
            else grid.text[position][first:]
            for name, position in sources.items()
        }
    ).with_row_index("row", offset=first + 1)
    constants = {"indicator": mapping.indicator_code, "period": mapping.period_value}
    base = base.with_columns(
        pl.lit(text).alias(name)
        for name, text in constants.items()
        if text and sources[name] is None
    )
    parts = [
        _part(base, grid, first, column, meaning, mapping.layout)
        for column, meaning in _value_columns(mapping, where).items()
    ]
    return pl.concat(parts) if parts else base.clear()


def _value_columns(mapping: Mapping, where: Places) -> dict[int, str]:
    if mapping.layout == "long":
        return {} if where.value is None else {where.value: ""}
    return where.columns


def _part(
    base: pl.DataFrame, grid: Grid, first: int, column: int, meaning: str, layout: str
) -> pl.DataFrame:
    part = base.with_columns(
        column=pl.lit(column, dtype=pl.UInt32),
        value=grid.text[column][first:],
        number=grid.number[column][first:],
    )
    if layout != "long":
        name = "period" if layout == "periods" else "indicator"
        part = part.with_columns(pl.lit(meaning).alias(name))
    return part.filter(pl.col("region").is_not_null() | pl.col("value").is_not_null())
