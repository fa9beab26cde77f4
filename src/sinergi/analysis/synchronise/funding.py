"""Money from a channel that cannot pay for what a line is about."""

import polars as pl

from sinergi.analysis.synchronise.shaping import shaped
from sinergi.analysis.synchronise.tables import Law


def cannot_pay(lines: pl.DataFrame, amounts: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return lines with money of a channel that their government, their authority or affair cannot have.

    Told once for each plan, channel and reason. Whether something is physical is asked only of lines on a
    known object: a title does not tell it surely. Nothing is said of money that is passed on: what it can
    pay for is asked of the government that receives it.
    """
    own = lines.filter(~pl.col("is_transfer"))
    per = amounts.filter(pl.col("amount") > 0).group_by("line", "channel").agg(
        paid=pl.col("amount").sum()
    )  # fmt: skip
    held = per.join(law.channels, on="channel", how="inner")
    told = own.join(held, left_on="id", right_on="line", how="inner")
    kinds = law.objects.select("object", is_physical="physical").unique("object")
    told = told.join(kinds, on="object", how="left")
    affair = pl.col("code").str.split(".").list.head(2).list.join(".")
    outside = [
        ("recipient", _not_in("recipients", pl.col("level"))),
        ("authority", _not_in("authorities", pl.col("held_by"))),
        ("affair", (pl.col("code") != "") & _not_in("affairs", affair)),
        ("physical", (pl.col("is_physical") != pl.col("physical")).fill_null(value=False)),
    ]
    why: pl.Expr = pl.lit(None, dtype=pl.String)
    for name, wrong in reversed(outside):
        why = pl.when(wrong).then(pl.lit(name)).otherwise(why)
    refused = told.with_columns(why=why, affair=affair).filter(pl.col("why").is_not_null())
    by = ["plan", "home", "level", "channel", "why", "affair"]
    made = refused.group_by(by).agg(
        lines=pl.col("id").sort(), stake=pl.col("paid").sum(), n=pl.len()
    ).with_columns(
        plans=pl.concat_list("plan"), actors=pl.concat_list("home"),
        subject=pl.concat_str("channel", "why", "affair", separator=":"), firmness=pl.lit(0.8),
    ).sort("lines", "subject")  # fmt: skip
    return shaped("channel_cannot_pay", made, ("channel", "why", "level", "affair", "n"))


def _not_in(allowed: str, value: pl.Expr) -> pl.Expr:
    """Return whether a list names some and not this one; what is not known is not held against a line."""
    some = pl.col(allowed).list.len() > 0
    return some & value.is_not_null() & ~pl.col(allowed).list.contains(value).fill_null(value=True)
