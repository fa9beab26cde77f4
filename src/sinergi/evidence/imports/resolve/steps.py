"""What the steps of reading a table share."""

from dataclasses import dataclass

import polars as pl
from django.utils.translation import ngettext

from sinergi.evidence.imports.indicators import IndicatorIndex
from sinergi.evidence.imports.mapping import Mapping
from sinergi.evidence.imports.melt import Places
from sinergi.evidence.imports.problems import KEPT, Problems, Severity
from sinergi.evidence.imports.regions import RegionIndex


@dataclass(frozen=True, slots=True)
class Context:
    """What every step of reading a table needs."""

    mapping: Mapping
    where: Places
    regions: RegionIndex
    indicators: IndicatorIndex
    problems: Problems


def distinct(rows: pl.DataFrame, name: str) -> list[tuple[str, int]]:
    """Return the distinct texts of a column, each with the first row that holds it."""
    if rows[name].dtype == pl.Null:
        return []
    found = rows.group_by(name, maintain_order=True).agg(pl.col("row").first())
    return [(text, row) for text, row in found.iter_rows() if text is not None]


def attach(rows: pl.DataFrame, name: str, keys: dict[str, int]) -> pl.DataFrame:
    """Add the column `<name>_key`; null where a text is not among `keys`."""
    if rows[name].dtype == pl.Null:
        return rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(f"{name}_key"))
    known = pl.DataFrame(
        {name: list(keys), f"{name}_key": list(keys.values())},
        schema={name: pl.String, f"{name}_key": pl.Int64},
    )
    return rows.join(known, on=name, how="left", maintain_order="left")


def tell(context: Context, severity: Severity, code: str, rows: pl.DataFrame) -> None:
    """Report the value of each row."""
    places = rows.select("row", "column", "value").head(KEPT).iter_rows()
    context.problems.add_all(severity, code, places, rows.height)


def further(rows: int) -> str:
    """Return the sentence that ends a message about a text which stands in `rows` rows."""
    if rows < 2:
        return ""
    text = ngettext(
        "The same stands in %(n)s further row.", "The same stands in %(n)s further rows.", rows - 1
    )
    return " " + text % {"n": rows - 1}
