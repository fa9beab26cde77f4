"""Long tables to arrays and back: grids, periods, references and results."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods.checks import FloatArray

Options = Mapping[str, float | str | bool]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A long table turned into an array; a combination without a row is NaN."""

    regions: list[str]
    sectors: list[str]
    values: FloatArray
    """(regions, sectors)"""

    def long(self, **values: FloatArray) -> pl.DataFrame:
        """Return columns region, sector and one per array (regions, sectors)."""
        keys = {
            "region": np.repeat(np.array(self.regions, dtype=object), len(self.sectors)),
            "sector": np.tile(np.array(self.sectors, dtype=object), len(self.regions)),
        }
        return result(
            {name: key.tolist() for name, key in keys.items()},
            **{name: array.ravel() for name, array in values.items()},
        )


def grid(
    rows: pl.DataFrame, regions: list[str], sectors: list[str], *, absent_is_zero: bool = False
) -> Grid:
    """Put columns region, sector and value on a grid; empty cells stay missing."""
    region_at = {name: place for place, name in enumerate(regions)}
    sector_at = {name: place for place, name in enumerate(sectors)}
    values = np.full((len(regions), len(sectors)), 0.0 if absent_is_zero else np.nan)
    here = [region_at[name] for name in rows["region"]]
    there = [sector_at[name] for name in rows["sector"]]
    values[here, there] = floats(rows, "value")
    return Grid(regions, sectors, values)


def distinct(rows: pl.DataFrame, name: str) -> list[str]:
    """Return the names in a column, each once, in order of appearance."""
    return rows[name].unique(maintain_order=True).to_list()


def floats(rows: pl.DataFrame, name: str) -> FloatArray:
    """Return a column of numbers, with NaN for null."""
    return np.asarray(
        rows[name].cast(pl.Float64).fill_null(float("nan")).to_numpy(), dtype=np.float64
    )


def result(names: Mapping[str, Sequence[str]], **values: FloatArray) -> pl.DataFrame:
    """Return a table of names and numbers in which missing numbers are null."""
    columns = [pl.Series(name, list(cells), dtype=pl.String) for name, cells in names.items()]
    columns += [
        pl.Series(name, np.asarray(array, dtype=np.float64)).fill_nan(None)
        for name, array in values.items()
    ]
    return pl.DataFrame(columns)


def periods_of(rows: pl.DataFrame) -> list[str]:
    """Return the periods, numbers in order of size, anything else in order of text."""
    texts = distinct(rows, "period")
    try:
        return sorted(texts, key=float)
    except ValueError:
        return sorted(texts)


def each_period(
    rows: pl.DataFrame, compute: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Run `compute` once, or once per period with the period as the first column."""
    if "period" not in rows.columns:
        return compute(rows)
    frames = []
    for period in periods_of(rows):
        frame = compute(rows.filter(pl.col("period") == period))
        label = pl.Series("period", [period] * frame.height, dtype=pl.String)
        frames.append(frame.insert_column(0, label))
    return pl.concat(frames)


def whole_grid(rows: pl.DataFrame, options: Options) -> Grid:
    """Put a table with columns region, sector and value on its own grid."""
    return grid(
        rows,
        distinct(rows, "region"),
        distinct(rows, "sector"),
        absent_is_zero=bool(options["absent_is_zero"]),
    )


def check_reference(reference: str, regions: Sequence[str]) -> None:
    """Check that the region to compare with is there.

    Raises
    ------
    InputError
        When it is not.
    """
    if reference not in regions:
        raise InputError(
            "There is no region “{reference}” to compare with.",
            "reference",
            "Name the region whose rows hold the reference, or leave it out to use the sum.",
            reference=reference,
        )


def against(table: Grid, reference: str) -> tuple[Grid, FloatArray | None]:
    """Take the row of the reference out of a table; without a reference the table is as it was."""
    if not reference:
        return table, None
    check_reference(reference, table.regions)
    at = table.regions.index(reference)
    others = [name for name in table.regions if name != reference]
    return Grid(others, table.sectors, np.delete(table.values, at, axis=0)), table.values[at]


def years_between(first: str, last: str) -> float:
    """Return the years between two periods; 1 where they are not numbers."""
    try:
        return float(last) - float(first)
    except ValueError:
        return 1.0
