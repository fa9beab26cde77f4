"""Money from a channel that cannot pay for what a line is about."""

import polars as pl

from sinergi.analysis.synchronise.shaping import affair, shaped
from sinergi.analysis.synchronise.tables import LIMITS, Law

SOURCED, TO_VERIFY = 0.8, 0.75
"""Firmness of a limit that is sourced, and of one from knowledge: at most to settle."""
WHYS = ("recipient", "authority", "affair", "physical")
ONLY, NEVER = ["only"], ["none"]


def cannot_pay(lines: pl.DataFrame, amounts: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return lines with money of a channel that their government, their authority or affair cannot have.

    Told once for each plan, channel and limit, with where the limit is from; that of the year of the money
    goes before the usual one. Whether something is physical is asked only of lines on a known object: a title
    does not tell it surely. Nothing is said of money that is passed on: what it can pay for is asked of the
    government that receives it, nor of affairs where any affair uses a code.
    """
    own = lines.filter(~pl.col("is_transfer"))
    per = amounts.filter(pl.col("amount") > 0).group_by("line", "channel", "year").agg(
        paid=pl.col("amount").sum()
    )  # fmt: skip
    told = own.join(_limited(per, law), left_on="id", right_on="line", how="inner")
    kinds = law.objects.select("object", is_physical="physical").unique("object")
    told = told.join(kinds, on="object", how="left").with_columns(affair=affair(law))
    why = pl.col("why")
    physical = pl.when("is_physical").then(pl.lit(ONLY[0])).otherwise(pl.lit(NEVER[0]))
    asked = (
        pl.when(why == "recipient").then("level").when(why == "authority").then("held_by")
        .when(why == "affair").then("affair")
        .otherwise(pl.when(pl.col("is_physical").is_not_null()).then(physical))
    )  # fmt: skip
    refused = told.with_columns(asked=asked).filter(
        pl.col("asked").is_not_null() & ~pl.col("allowed").list.contains(pl.col("asked"))
    )
    order = why.replace_strict({one: place for place, one in enumerate(WHYS)}, return_dtype=pl.Int8)
    first = refused.with_columns(order=order).sort("id", "channel", "year", "order")
    first = first.unique(["id", "channel", "year"], keep="first", maintain_order=True)
    by = [
        "plan",
        "home",
        "level",
        "channel",
        "why",
        "affair",
        "of_year",
        "source",
        "provenance",
        "sourced",
    ]
    made = first.with_columns(pl.col("affair").fill_null("")).group_by(by).agg(
        lines=pl.col("id").unique().sort(), stake=pl.col("paid").sum(), n=pl.col("id").n_unique()
    ).with_columns(
        plans=pl.concat_list("plan"), actors=pl.concat_list("home"),
        subject=pl.concat_str("channel", "why", "affair", "of_year", separator=":", ignore_nulls=True),
        firmness=pl.when("sourced").then(SOURCED).otherwise(TO_VERIFY),
    ).sort("lines", "subject")  # fmt: skip
    facts = ("channel", "why", "level", "affair", "n", "source", "provenance", "of_year")
    return shaped("channel_cannot_pay", made, facts)


def _limited(paid: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return amounts with each limit of their channel that holds in their year: of the year, else of all."""
    usual = _usual(law).join(law.limits, on=["channel", "why"], how="anti")
    limits = pl.concat([law.limits.select(list(LIMITS)), usual]).rename({"year": "of_year"})
    both = paid.join(limits, on="channel", how="inner")
    both = both.filter(pl.col("of_year").is_null() | (pl.col("of_year") == pl.col("year")))
    both = both.sort("of_year", nulls_last=True, maintain_order=True)
    held = both.unique(["line", "channel", "year", "why"], keep="first", maintain_order=True)
    return held.filter(pl.col("allowed").list.len() > 0)


def _usual(law: Law) -> pl.DataFrame:
    """Return the limits that channels have by themselves, of which no source is known."""
    physical = pl.when("physical").then(pl.lit(ONLY)).otherwise(pl.lit(NEVER))
    allowed = {
        "recipient": pl.col("recipients"),
        "authority": pl.col("authorities"),
        "affair": pl.col("affairs"),
        "physical": pl.when(pl.col("physical").is_not_null()).then(physical),
    }
    return pl.concat(
        law.channels.select(
            "channel", why=pl.lit(why), year=pl.lit(None, pl.Int16), allowed=allowed[why],
            source=pl.lit(""), provenance=pl.lit(""), sourced=pl.lit(value=False),
        )
        for why in WHYS
    )  # fmt: skip
