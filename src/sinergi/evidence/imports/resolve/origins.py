"""Where each value comes from and how far it can be trusted."""

import polars as pl

from sinergi.evidence.imports.problems import KEPT
from sinergi.evidence.imports.resolve.steps import Context, attach, distinct
from sinergi.evidence.models import Flag
from sinergi.evidence.queries.visible import sources_of_shelf

FLAGS = {flag.name.lower(): int(flag) for flag in Flag} | {
    "resmi": 1,
    "perkiraan": 2,
    "estimasi": 2,
    "imputasi": 3,
    "diimputasi": 3,
    "bawaan": 4,
    "baku": 4,
}
NEW_SOURCE = -1
"""Key of the source that the load makes."""


def read_flags(context: Context, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `flag_key`: what the row says, or the mapping, or else the indicator."""
    keys = {
        text: FLAGS[text.casefold()]
        for text, _ in distinct(rows, "flag")
        if text.casefold() in FLAGS
    }
    rows = attach(rows, "flag", keys)
    bad = rows.filter(pl.col("flag").is_not_null() & pl.col("flag_key").is_null())
    places = (
        (row, context.where.flag or 0, text)
        for row, text in bad.select("row", "flag").head(KEPT).iter_rows()
    )
    context.problems.add_all("error", "bad_flag", places, bad.height)
    if context.mapping.default_flag:
        if context.mapping.default_flag not in FLAGS:
            context.problems.add("error", "bad_flag", value=context.mapping.default_flag)
        usual = pl.lit(FLAGS.get(context.mapping.default_flag, 1), dtype=pl.Int64)
    else:
        by_indicator = {measure.key: measure.flag for measure in context.indicators.measures}
        usual = pl.col("indicator_key").replace_strict(
            by_indicator, default=1, return_dtype=pl.Int64
        )
    return rows.with_columns(flag_key=pl.coalesce("flag_key", usual))


def read_sources(context: Context, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `source_key`; `NEW_SOURCE` where the load has to make the source."""
    known: dict[str, int] = {}
    for key, code, name in sources_of_shelf().order_by("-pk").values_list("pk", "code", "name"):
        known[name.casefold()] = key
        known[code.casefold()] = key
    usual = NEW_SOURCE
    if context.mapping.source:
        usual = known.get(context.mapping.source.casefold(), NEW_SOURCE)
        if usual == NEW_SOURCE:
            context.problems.add("error", "no_source", value=context.mapping.source)
    keys = {
        text: known[text.casefold()]
        for text, _ in distinct(rows, "source")
        if text.casefold() in known
    }
    rows = attach(rows, "source", keys)
    bad = rows.filter(pl.col("source").is_not_null() & pl.col("source_key").is_null())
    places = (
        (row, context.where.source or 0, text)
        for row, text in bad.select("row", "source").head(KEPT).iter_rows()
    )
    context.problems.add_all("error", "no_source", places, bad.height)
    return rows.with_columns(
        source_key=pl.when(pl.col("source").is_null())
        .then(pl.lit(usual, dtype=pl.Int64))
        .otherwise("source_key")
    )
