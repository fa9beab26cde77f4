"""Lines that stand in one plan several times, letter by letter."""

import polars as pl

from sinergi.analysis.synchronise.shaping import plain, shaped
from sinergi.analysis.synchronise.tables import Settings

SEVERAL = 3
"""Groups of one agency from which they are one finding."""
BY = ("plan", "home", "code", "words_of_title", "agency_words", "place_words", "first_year",
      "last_year", "amount")  # fmt: skip


def repeated(lines: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return lines of one plan that say exactly the same, with the same amount.

    They can be contracts that were meant to be several, so this is a question and no verdict. Groups below
    `Settings.small` are told together, one finding for each plan; so are `SEVERAL` or more of one agency,
    for then the agency was entered twice.
    """
    texts = lines.filter((pl.col("amount") > 0) & (pl.col("words_of_title") != ""))
    told = texts.with_columns(agency_words=plain("agency"), place_words=plain("place"))
    groups = (
        told.group_by(BY)
        .agg(
            lines=pl.col("id").sort(), size=pl.len(), each=pl.col("amount").first(),
            agency=pl.col("agency").sort_by("id").first(),
        )
        .filter(pl.col("size") > 1)
        .with_columns(
            stake=(pl.col("size") - 1) * pl.col("each"),
            plans=pl.concat_list("plan"),
            actors=pl.concat_list("home"),
            firmness=pl.when(pl.col("code") != "").then(0.85).otherwise(0.5),
        )
    )  # fmt: skip
    large = groups.filter(pl.col("stake") >= settings.small)
    large = pl.concat([_alone(large), _of_agency(large)]).sort("lines")
    rest = groups.filter(pl.col("stake") < settings.small)
    together = rest.group_by("plan").agg(
        lines=pl.col("lines").explode().sort(), groups=pl.len(), stake=pl.col("stake").sum(),
        plans=pl.col("plan"), actors=pl.col("home"), firmness=pl.lit(0.5),
    ).sort("plan")  # fmt: skip
    few = together.filter(pl.col("stake") > 0)
    facts = ("size", "each", "groups", "agency")
    return pl.concat([shaped("repeated", large, facts), shaped("repeated_small", few, ("groups",))])


def _alone(groups: pl.DataFrame) -> pl.DataFrame:
    """Return the groups of agencies with fewer than `SEVERAL` of them."""
    few = groups.filter(pl.len().over("plan", "agency_words") < SEVERAL)
    return few.select(
        "lines", "plans", "actors", "stake", "firmness", size=pl.col("size").cast(pl.Int64), each="each",
        groups=pl.lit(1, pl.Int64), agency="agency",
    )  # fmt: skip


def _of_agency(groups: pl.DataFrame) -> pl.DataFrame:
    """Return the other groups, those of one agency and firmness together."""
    many = groups.filter(pl.len().over("plan", "agency_words") >= SEVERAL)
    return many.group_by("plan", "agency_words", "firmness").agg(
        lines=pl.col("lines").explode().sort(), plans=pl.col("plan"), actors=pl.col("home"),
        stake=pl.col("stake").sum(), size=pl.col("size").sum().cast(pl.Int64), groups=pl.len().cast(pl.Int64),
        each=pl.lit(None, pl.Int64), agency=pl.col("agency").first(),
    ).select("lines", "plans", "actors", "stake", "firmness", "size", "each", "groups", "agency")  # fmt: skip
