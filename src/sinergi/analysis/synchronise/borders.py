"""The other side of a border: what one region plans up to it and its neighbour does not or not then."""

import polars as pl

from sinergi.analysis.synchronise.shaping import affair, plain, shaped, stem, telling
from sinergi.analysis.synchronise.tables import FINDINGS, Law, Settings, empty


def links(lines: pl.DataFrame, near: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return which lines reach which neighbour: `id`, `other`, `km` (null where the text tells of it).

    Only lines about objects that need a common border, and only where the text names the neighbour or the
    point lies close to it: that a road lies in a region with a border says nothing.
    """
    works = law.objects.filter("adjacent").select(work=stem(law, "activity")).unique()
    about = law.objects.filter("adjacent").select("object")
    of_object = pl.col("object").is_in(about["object"].implode())
    of_work = pl.col("stem").is_in(works["work"].drop_nulls().implode())
    asked = lines.filter((of_object | of_work) & pl.col("stem").is_not_null())
    both = law.both_ways()
    local = asked.join(both.select("home").unique(), on="home", how="semi")
    close = near.join(local.select("id", "home"), left_on="line", right_on="id", how="inner")
    close = close.select(id="line", home="home", other="region", km="km")
    told = pl.concat([_named(local, law), close], how="vertical_relaxed")
    told = told.join(both, on=["home", "other"], how="semi")
    return told.group_by("id", "other").agg(pl.col("km").min()).sort("id", "other")


def _named(lines: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return the regions that titles and places name; not one that is also that of the own region."""
    shape = {"id": pl.Int64, "home": pl.String, "other": pl.String, "km": pl.Float64}
    if law.names.is_empty() or lines.is_empty():
        return empty(shape)
    padded = law.names.with_columns(name=pl.concat_str(pl.lit(" "), plain("name"), pl.lit(" ")))
    text = pl.concat_str(pl.lit(" "), "words_of_title", pl.lit("  "), plain("place"), pl.lit(" "))
    hits = lines.select(
        "id",
        "home",
        name=text.str.extract_many(padded["name"].unique().to_list(), overlapping=True),
    )
    told = hits.explode("name").drop_nulls("name").unique()
    mine = padded.group_by(home="region").agg(own=pl.col("name").str.join("|"))
    known = padded.rename({"region": "other"}).unique()
    clear = law.both_ways().join(known, on="other").join(mine, on="home", how="left")
    clear = clear.filter(~pl.col("own").fill_null("").str.contains(pl.col("name"), literal=True))
    found = told.join(clear.select("home", "other", "name"), on=["home", "name"], how="inner")
    return found.select("id", "home", "other", km=pl.lit(None, dtype=pl.Float64)).unique()


def other_sides(
    lines: pl.DataFrame, plans: pl.DataFrame, near: pl.DataFrame, law: Law, settings: Settings
) -> pl.DataFrame:
    """Return links to a neighbour without a line, with lines in other years, and those that cannot be judged.

    A neighbour without a plan in the run that can say so (`shaping.telling`) for those years is not seen:
    `other_side_unseen`, which is no finding. One that has lines of the same activity which name no place may
    mean this work: the finding is less firm then and says how many.
    """
    found = links(lines, near, law)
    if found.is_empty():
        return empty(FINDINGS)
    held = lines.select("id", "plan", "home", "stem", "first_year", "last_year", "amount")
    told = found.join(held, on="id")
    slack = settings.year_slack
    span = telling(lines, plans, law).rename({"home": "other"})
    told = told.with_columns(affair=affair(law, "stem"))
    seen = told.join(span, on=["other", "affair"], how="left").with_columns(
        meets=(pl.col("from_year") <= pl.col("last_year"))
        & (pl.col("to_year") >= pl.col("first_year"))
    )
    per = seen.group_by("id", "other").agg(
        searched=pl.col("theirs").filter(pl.col("meets").fill_null(value=False))
    )
    told = told.join(per, on=["id", "other"])
    back = found.join(held, on="id").select(
        other="home", home="other", stem="stem", mirror="id", mirror_plan="plan",
        from_year="first_year", to_year="last_year",
    )  # fmt: skip
    pairs = told.join(back, on=["home", "other", "stem"], how="left").with_columns(
        apart=pl.max_horizontal(
            pl.col("from_year") - pl.col("last_year"), pl.col("first_year") - pl.col("to_year"), 0
        )
    )
    best = pairs.group_by("id", "other").agg(
        gap=pl.col("apart").min(), mirrors=pl.col("mirror").drop_nulls().sort(),
        mirror_plans=pl.col("mirror_plan").drop_nulls(),
    )  # fmt: skip
    told = told.join(best, on=["id", "other"])
    # Only of plans that the finding tells of: whoever may not read the others learns nothing of them.
    others = lines.join(found.select("id"), on="id", how="anti").select(theirs="plan", stem="stem")
    searched = told.select("id", "other", "stem", theirs="searched").explode("theirs")
    general = searched.join(others, on=["theirs", "stem"]).group_by("id", "other").agg(
        general=pl.len()
    )  # fmt: skip
    told = told.join(general, on=["id", "other"], how="left").with_columns(
        pl.col("general").fill_null(0)
    )
    return _told(told, slack)


def _told(told: pl.DataFrame, slack: int) -> pl.DataFrame:
    without = pl.col("mirrors").list.len() == 0
    seen = pl.col("searched").list.len() > 0
    shape = {
        "plans": pl.concat_list(pl.concat_list("plan"), "searched", "mirror_plans"),
        "subject": pl.concat_str("stem", pl.lit(":"), "other"),
        "actors": pl.concat_list("other"),
        "stake": pl.col("amount"),
    }
    made = told.with_columns(lines=pl.concat_list(pl.concat_list("id"), "mirrors").list.sort())
    made = made.with_columns(**shape)
    firm = pl.when(pl.col("general") > 0).then(0.55).otherwise(0.85)
    gaps = made.filter(without & seen).with_columns(firmness=firm).sort("id", "other")
    unseen = made.filter(without & ~seen).sort("id", "other")
    late = made.filter(~without & (pl.col("gap") > slack)).with_columns(
        actors=pl.concat_list("home", "other"), firmness=pl.lit(0.8),
        subject=pl.concat_str("stem", pl.lit(":"), pl.min_horizontal("home", "other"), pl.lit("+"),
                              pl.max_horizontal("home", "other")),
    ).sort("id", "other").unique("lines", maintain_order=True)  # fmt: skip
    facts = ("home", "other", "stem", "km", "general")
    return pl.concat(
        [
            shaped("other_side_missing", gaps, facts),
            shaped("border_years_apart", late, ("home", "other", "stem", "gap")),
            shaped("other_side_unseen", unseen, facts),
        ]
    )
