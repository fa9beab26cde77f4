"""From texts to keys: regions, indicators, periods, values, flags and sources of each row."""

import polars as pl

from sinergi.evidence.imports.resolve.origins import NEW_SOURCE, read_flags, read_sources
from sinergi.evidence.imports.resolve.regions import read_regions
from sinergi.evidence.imports.resolve.steps import Context
from sinergi.evidence.imports.resolve.subjects import read_indicators, read_periods
from sinergi.evidence.imports.resolve.values import read_values

__all__ = ["NEW_SOURCE", "Context", "resolve"]


def resolve(context: Context, table: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Turn the texts of the long table into keys; what cannot be read becomes a problem.

    Returns
    -------
    polars.DataFrame
        The rows read in full: `row`, `column`, `region`, `indicator`, `source` (keys), `period`,
        `value` (Float64), `flag`.
    int
        How many cells were empty or marked as missing.
    """
    height = table.height
    rows = table.filter(pl.col("value").is_not_null())
    del table  # of large files, every column that is done with makes room for the next step
    left_empty = height - rows.height
    rows = read_regions(context, rows).drop("region", "region_name")
    rows = read_indicators(context, rows).drop("indicator")
    rows = read_periods(context, rows).drop("period")
    rows, missing = read_values(context, rows)
    rows = read_sources(context, rows.drop("value", "fault")).drop("source")
    rows = read_flags(context, rows)
    keys = ("region", "indicator", "source")
    rows = rows.drop_nulls([f"{name}_key" for name in keys]).drop_nulls(["when", "number"])
    return rows.select(
        "row",
        "column",
        *(pl.col(f"{name}_key").alias(name) for name in keys),
        period="when",
        value="number",
        flag="flag_key",
    ), left_empty + missing
