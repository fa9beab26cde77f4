"""Which indicator and period each value is of."""

import polars as pl
from django.utils import timezone

from sinergi.evidence.imports.periods import parse_period
from sinergi.evidence.imports.problems import KEPT
from sinergi.evidence.imports.resolve.steps import Context, attach, distinct, further


def read_indicators(context: Context, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `indicator_key`."""
    keys: dict[str, int] = {}
    for text, row in distinct(rows, "indicator"):
        exact, named = context.indicators.match(text)
        measure = exact or context.indicators.recognise(text)[0]
        if measure is None:
            continue
        keys[text] = measure.key
        if named and (context.where.indicator is not None or exact is None):
            place = _written(context, "indicator", text, row)
            context.problems.add(
                "warning",
                "indicator_name_for_code",
                row=place[0],
                column=place[1],
                value=text,
                code_read=measure.label,
                suggestion=measure.code,
            )
    rows = attach(rows, "indicator", keys)
    _unknown_indicators(context, rows.filter(pl.col("indicator_key").is_null()))
    return rows


def _written(
    context: Context, name: str, text: str, row: int | None
) -> tuple[int | None, int | None]:
    """Return row and column of a text: its cell, else its heading, else nothing of the whole file."""
    column = context.where.indicator if name == "indicator" else context.where.period
    if context.mapping.layout == f"{name}s":
        found = [at for at, meaning in context.where.columns.items() if meaning == text]
        return context.mapping.header_row or None, found[0] if found else None
    return (None, None) if column is None else (row, column)


def _unknown_indicators(context: Context, unknown: pl.DataFrame) -> None:
    """Report each text that is no indicator once; each row that names none."""
    column = context.where.indicator
    nameless = unknown.filter(pl.col("indicator").is_null())
    places = (
        (row, at if column is None else column, "")
        for row, at in nameless.select("row", "column").head(KEPT).iter_rows()
    )
    context.problems.add_all("error", "unknown_indicator", places, nameless.height, more="")
    named = unknown.filter(pl.col("indicator").is_not_null())
    texts = named.group_by("indicator", maintain_order=True).agg(pl.col("row").first(), pl.len())
    for text, row, count in texts.head(KEPT).iter_rows():
        at_row, at = _written(context, "indicator", text, row)
        context.problems.add(
            "error",
            "unknown_indicator",
            row=at_row,
            column=at,
            value=text,
            suggestion=context.indicators.suggest(text),
            more="" if column is None else further(count),
        )
    context.problems.count_more("error", "unknown_indicator", max(texts.height - KEPT, 0))


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
    _tell_future(context, rows, read)
    known = pl.DataFrame(
        {"period": list(read), "when": list(read.values())},
        schema={"period": pl.String, "when": pl.String},
    )
    rows = rows.join(known, on="period", how="left", maintain_order="left")
    _bad_periods(context, rows.filter(pl.col("when").is_null()))
    return rows


def _tell_future(context: Context, rows: pl.DataFrame, read: dict[str, str]) -> None:
    year = timezone.localdate().year
    for text, row in distinct(rows, "period"):
        if text in read and int(read[text][:4]) > year:
            at_row, at = _written(context, "period", text, row)
            context.problems.add(
                "warning",
                "future_period",
                row=at_row,
                column=at,
                value=text,
                period=read[text],
                year=year,
            )


def _bad_periods(context: Context, bad: pl.DataFrame) -> None:
    """Report each row whose period cannot be read; one written once for many rows, once."""
    if context.where.period is None:
        for text, row in distinct(bad, "period"):
            at_row, at = _written(context, "period", text, row)
            context.problems.add("error", "bad_period", row=at_row, column=at, value=text)
        bad = bad.filter(pl.col("period").is_null())
    places = (
        (row, at if context.where.period is None else context.where.period, text or "")
        for row, at, text in bad.select("row", "column", "period").head(KEPT).iter_rows()
    )
    context.problems.add_all("error", "bad_period", places, bad.height)
