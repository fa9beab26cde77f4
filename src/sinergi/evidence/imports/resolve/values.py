"""What number stands in each cell."""

import polars as pl

from sinergi.evidence.imports.numbers import cleaned, is_missing, parse_numbers
from sinergi.evidence.imports.problems import KEPT
from sinergi.evidence.imports.resolve.steps import Context, tell


def read_values(context: Context, rows: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Read the values as `number`; null with a problem where that fails. Count those marked missing."""
    missing = rows.filter(pl.col("number").is_null() & is_missing("value"))
    tell(context, "warning", "missing_value", missing)
    rows = rows.filter(~(pl.col("number").is_null() & is_missing("value")))
    texts = rows.select(pl.when(pl.col("number").is_null()).then("value").alias("value"))["value"]
    parsed, convention = parse_numbers(texts, context.mapping.numbers)
    if convention.mixed and context.mapping.numbers == "auto":
        context.problems.add("warning", "mixed_numbers")
    rows = rows.with_columns(number=pl.coalesce("number", parsed["value"]), fault=parsed["fault"])
    finite = pl.col("number").is_finite()
    fault = pl.when(pl.col("fault").is_not_null()).then("fault")
    rows = rows.with_columns(
        fault=fault.when(pl.col("number").is_null() | ~finite).then(pl.lit("not_a_number"))
    )
    for code in ("not_a_number", "number_convention"):
        tell(context, "error", code, rows.filter(pl.col("fault") == code))
    _two_ways(context, rows.filter(pl.col("fault") == "ambiguous_number"))
    good = rows.with_columns(number=pl.when(pl.col("fault").is_null()).then("number"))
    return good, missing.height


def _two_ways(context: Context, rows: pl.DataFrame) -> None:
    shown = rows.head(KEPT).select("row", "column", "value", text=cleaned("value"))
    for row, column, value, text in shown.iter_rows():
        digits = text.replace(".", "").replace(",", "")
        context.problems.add(
            "error",
            "ambiguous_number",
            row=row,
            column=column,
            value=value,
            thousand=digits,
            fraction=float(text.replace(",", ".")),
        )
    context.problems.count_more("error", "ambiguous_number", max(rows.height - KEPT, 0))
