"""Which indicator and period each value is of."""

import polars as pl

from sinergi.evidence.imports.periods import parse_period
from sinergi.evidence.imports.problems import KEPT
from sinergi.evidence.imports.resolve.steps import Context, attach, distinct


def read_indicators(context: Context, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `indicator_key`."""
    column = context.where.indicator
    keys: dict[str, int] = {}
    for text, row in distinct(rows, "indicator"):
        measure, named = context.indicators.match(text)
        if measure is None:
            continue
        keys[text] = measure.key
        if named and column is not None:
            context.problems.add(
                "warning",
                "indicator_name_for_code",
                row=row,
                column=column,
                value=text,
                code_read=measure.code,
                suggestion=measure.code,
            )
    rows = attach(rows, "indicator", keys)
    unknown = rows.filter(pl.col("indicator_key").is_null())
    suggestions: dict[str, str] = {}
    for text, row, at in unknown.select("indicator", "row", "column").head(KEPT).iter_rows():
        if text and text not in suggestions:
            suggestions[text] = context.indicators.suggest(text)
        context.problems.add(
            "error",
            "unknown_indicator",
            row=row if column is not None else context.mapping.header_row,
            column=at if column is None else column,
            value=text or "",
            suggestion=suggestions.get(text or "", ""),
        )
    context.problems.count_more("error", "unknown_indicator", max(unknown.height - KEPT, 0))
    return rows


def read_periods(context: Context, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `when`, the period in its proper form."""
    column = context.where.period
    read: dict[str, str] = {}
    for text, row in distinct(rows, "period"):
        period = parse_period(text)
        if period is None:
            continue
        read[text] = period
        if period != text and column is not None:
            context.problems.add(
                "warning",
                "period_written_differently",
                row=row,
                column=column,
                value=text,
                period=period,
            )
    known = pl.DataFrame(
        {"period": list(read), "when": list(read.values())},
        schema={"period": pl.String, "when": pl.String},
    )
    rows = rows.join(known, on="period", how="left", maintain_order="left")
    bad = rows.filter(pl.col("when").is_null())
    places = (
        (row, at if column is None else column, text or "")
        for row, at, text in bad.select("row", "column", "period").head(KEPT).iter_rows()
    )
    context.problems.add_all("error", "bad_period", places, bad.height)
    return rows
