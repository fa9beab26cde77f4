"""What was chosen or agreed together and has no money yet: entries of priority lists, points of forums."""

import polars as pl

from sinergi.analysis.synchronise.shaping import affair, shaped, stem, telling
from sinergi.analysis.synchronise.tables import FINDINGS, PROMISES, Law, Settings, empty

CENTRE = ("hub", "host")
"""Roles of members that others depend on."""


def without_money(
    lines: pl.DataFrame, plans: pl.DataFrame, promises: pl.DataFrame, law: Law, settings: Settings
) -> pl.DataFrame:
    """Return promises of which members have no line, and such whose members begin before what they depend on.

    A member is asked only where a plan of it that covers the years and can say so (`shaping.telling`) is in
    the run; the others are named as not seen. A line belongs to a promise when it names its object; lines of
    the same activity that name none, in the plans searched, may hold it: then the finding is less firm and
    says for which members.
    """
    if promises.is_empty():
        return empty(FINDINGS)
    told = promises.select(list(PROMISES)).cast(PROMISES)  # type: ignore[arg-type]
    about = law.objects.select("object", work=stem(law, "activity")).unique("object")
    asked = told.join(about, on="object", how="left").with_columns(
        since=pl.col("first_year").fill_null(0) - settings.year_slack,
        until=pl.col("last_year").fill_null(9999) + settings.year_slack,
    )
    span = telling(lines, plans, law).rename({"home": "member", "from_year": "a", "to_year": "b"})
    asked = asked.with_columns(affair=affair(law, "work"))
    seen = asked.join(span, on=["member", "affair"], how="inner").filter(
        (pl.col("a") <= pl.col("until")) & (pl.col("b") >= pl.col("since"))
    )
    seen = seen.group_by("promise", "member").agg(searched=pl.col("theirs").unique().sort())
    held = _lines_of(asked, lines, "object", "object")
    # Only of plans that the finding tells of: whoever may not read the others learns nothing of them.
    maybe = _lines_of(
        asked.drop_nulls("work").join(seen, on=["promise", "member"]),
        lines.filter(pl.col("object") == ""),
        "work",
        "stem",
        pl.col("plan").is_in("searched"),
    )
    members = (
        asked.join(seen, on=["promise", "member"], how="left")
        .join(held, on=["promise", "member"], how="left")
        .join(maybe.select("promise", "member", general="n"), on=["promise", "member"], how="left")
    )
    return pl.concat([_gaps(members), _too_early(members)])


def _lines_of(
    asked: pl.DataFrame, lines: pl.DataFrame, key: str, column: str, *also: pl.Expr
) -> pl.DataFrame:
    wanted = asked.filter(pl.col(key) != "")
    there = lines.select(
        "id", "plan", "home", column, "amount", "begins", "may_begin", "first_year", "last_year"
    ).rename({"first_year": "opens", "last_year": "closes"})
    hit = wanted.join(there, left_on=["member", key], right_on=["home", column], how="inner")
    hit = hit.filter(
        (pl.col("opens") <= pl.col("until")) & (pl.col("closes") >= pl.col("since")), *also
    )
    return hit.group_by("promise", "member").agg(
        ids=pl.col("id").sort(),
        money=pl.col("amount").sum(),
        n=pl.len(),
        starts=pl.col("begins").min(),
        may_start=pl.col("may_begin").min(),
    )


def _gaps(members: pl.DataFrame) -> pl.DataFrame:
    lacks = pl.col("searched").is_not_null() & pl.col("ids").is_null()
    member = pl.col("member")
    told = members.sort("promise", "member").group_by("promise", maintain_order=True).agg(
        origin=pl.col("origin").first(), title=pl.col("title").first(),
        object=pl.col("object").first(), year=pl.col("last_year").first(),
        missing=member.filter(lacks & pl.col("general").is_null()),
        general=member.filter(lacks & pl.col("general").is_not_null()),
        unseen=member.filter(pl.col("searched").is_null() & pl.col("ids").is_null()),
        lines=pl.col("ids").explode(empty_as_null=True).drop_nulls(),
        plans=pl.col("searched").explode(empty_as_null=True).drop_nulls(),
        stake=pl.col("money").sum(),
    )  # fmt: skip
    gaps = told.filter(
        (pl.col("missing").list.len() > 0) | (pl.col("general").list.len() > 0)
    ).with_columns(
        subject=pl.col("promise"), actors=pl.concat_list("missing", "general"),
        stake=pl.when(pl.col("stake") > 0).then("stake"),
        firmness=pl.when(pl.col("missing").list.len() > 0).then(0.85).otherwise(0.55),
    )  # fmt: skip
    facts = ("origin", "promise", "title", "object", "year", "missing", "general", "unseen")
    return shaped("promise_without_money", gaps, facts)


def _too_early(members: pl.DataFrame) -> pl.DataFrame:
    """Return promises in which a member begins before the one that it depends on can."""
    centre = pl.col("role").is_in(CENTRE)
    starts = members.sort("promise", "member").group_by("promise", maintain_order=True).agg(
        hub=pl.col("member").filter(centre).first(), hub_starts=pl.col("may_start").filter(centre).min(),
        title=pl.col("title").first(),
    )  # fmt: skip
    early = (
        members.filter(~centre)
        .join(starts.drop("title"), on="promise")
        .filter(pl.col("starts") < pl.col("hub_starts"))
    )
    centre_lines = members.filter(centre).select("promise", hub_lines="ids").drop_nulls()
    told = early.join(centre_lines.unique("promise"), on="promise").with_columns(
        lines=pl.concat_list("ids", "hub_lines"), plans=pl.col("searched").fill_null([]),
        subject=pl.concat_str("promise", pl.lit(":"), "member"), actors=pl.concat_list("member", "hub"),
        stake=pl.col("money"), firmness=pl.lit(0.85),
    ).sort("promise", "member")  # fmt: skip
    return shaped(
        "before_what_it_needs", told, ("promise", "title", "member", "hub", "starts", "hub_starts")
    )
