"""Authority: lines of a government whose level does not hold what they are about."""

import polars as pl

from sinergi.analysis.synchronise.codes import looked_up
from sinergi.analysis.synchronise.shaping import affair, shaped, telling, within
from sinergi.analysis.synchronise.tables import FINDINGS, Law, empty


def not_held(lines: pl.DataFrame, plans: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return lines whose code, text or object belongs to another level than that of their government.

    Money that is passed on is left out: whoever receives it holds the affair.
    """
    own = lines.filter(~pl.col("is_transfer"))
    of_code = pl.concat(_by_code(own, law))
    # What the code of a line says already is not told of its title once more.
    told = of_code["lines"].explode().drop_nulls().unique().implode()
    others = own.filter(~pl.col("id").is_in(told))
    return pl.concat([of_code, _by_text(others, law), _by_object(own, plans, law)])


def _holds_too(law: Law, holder: pl.Expr, about: pl.Expr) -> pl.Expr:
    """Return whether the government of a line holds, in an affair, what elsewhere another level holds."""
    found = [
        (pl.col("level") == level)
        & (holder == held)
        & ((pl.col("home") == seat) | pl.col("home").str.starts_with(f"{seat}."))
        & (pl.lit(value=True) if not of else (about == of).fill_null(value=False))
        for seat, level, held, of in law.further
    ]
    return pl.any_horizontal(pl.lit(value=False), *found)


def _by_code(lines: pl.DataFrame, law: Law) -> list[pl.DataFrame]:
    """Return codes of another level: wrong ones where the right level has a twin, otherwise not held."""
    if not law.levels:
        return [empty(FINDINGS)]
    other = lines.filter(
        pl.col("held_by").is_not_null()
        & (pl.col("held_by") != pl.col("level"))
        & ~_holds_too(law, pl.col("held_by"), affair(law))
    )
    parts = pl.col("code").str.split(".")
    part_of = {name: value for value, name in law.levels}
    own_part = pl.col("level").replace_strict(part_of, default=None, return_dtype=pl.String)
    rest = parts.list.slice(law.level_part + 1).list.join(".")
    twin = pl.concat_str(
        parts.list.head(law.level_part).list.join("."), own_part, rest, separator="."
    )
    asked = looked_up(other.with_columns(code=twin.fill_null("-"), written="code"), law)
    told = asked.group_by("plan", "written", "held_by", "level", "code").agg(
        lines=pl.col("id").sort(), plans=pl.col("plan").unique(), actors=pl.col("home").unique(),
        stake=pl.col("amount").sum(), n=pl.len(), there=pl.col("official").is_not_null().any(),
    ).with_columns(subject=pl.col("written")).sort("lines")  # fmt: skip
    facts = ("written", "held_by", "level", "n")
    wrong = told.filter("there").with_columns(right=pl.col("code"))
    return [
        shaped("code_of_other_level", wrong, (*facts, "right")),
        shaped("level_not_holder", told.filter(~pl.col("there")), facts),
    ]


def _by_text(lines: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return lines whose title names what another level holds, such as a road of the province."""
    if law.claims.is_empty():
        return empty(FINDINGS)
    found = []
    local = lines.filter(pl.col("named"))
    for claim in law.claims.iter_rows(named=True):
        of_affair = pl.col("code").str.starts_with(claim["affair"]) | (pl.col("code") == "")
        says = pl.col("words_of_title").str.contains(claim["pattern"])
        too = _holds_too(law, pl.lit(claim["level"]), pl.lit(claim["affair"]))
        hit = local.filter((pl.col("level") != claim["level"]) & ~too & of_affair & says)
        found.append(hit.with_columns(holder=pl.lit(claim["level"]), by=pl.lit(claim["rule"])))
    told = pl.concat(found)
    # What fits two holders – “roads of regency and province” – says nothing.
    told = told.filter(pl.col("holder").n_unique().over("id") == 1).unique(
        "id", maintain_order=True
    )
    made = told.with_columns(
        lines=pl.concat_list("id"), plans=pl.concat_list("plan"), actors=pl.concat_list("home"),
        stake="amount", firmness=pl.lit(0.7), subject=pl.col("holder"),
    ).sort("id")  # fmt: skip
    return shaped("names_other_level", made, ("holder", "level", "by"))


def _by_object(lines: pl.DataFrame, plans: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return lines on objects that need a level of which no plan of the run has a line on them.

    Only where a plan of that level that can say so (`shaping.telling`) is in the run, and covers the years:
    of the province or the nation in which the line lies. The finding tells of these plans, too.
    """
    needs = law.objects.filter(pl.col("authority").list.len() > 0).select("object", "authority")
    on_object = lines.filter(pl.col("object") != "").join(needs, on="object", how="inner")
    lack = on_object.with_columns(levels=pl.col("level").unique().implode().over("object"))
    lone = pl.col("authority").list.len() == 1
    required = pl.col("authority").list.first()
    lack = lack.filter(
        lone & (required != pl.col("level")) & ~pl.col("levels").list.contains(required)
    )
    about = law.objects.select("object", affair=affair(law, "activity")).unique("object")
    span = telling(lines, plans, law).join(plans.select("plan", required="level"), left_on="theirs",
                                           right_on="plan")  # fmt: skip
    asked = lack.with_columns(required=required).join(about, on="object")
    asked = asked.filter(~_holds_too(law, pl.col("required"), pl.col("affair")))
    seen = asked.join(span.rename({"home": "seat"}), on=["required", "affair"]).filter(
        (pl.col("from_year") <= pl.col("last_year"))
        & (pl.col("to_year") >= pl.col("first_year"))
        & ((pl.col("required") == "PUSAT") | within("home", "seat") | within("seat", "home"))
    )
    searched = seen.group_by("id").agg(searched=pl.col("theirs").unique().sort())
    asked = asked.join(searched, on="id")
    told = asked.group_by("object", "required").agg(
        lines=pl.col("id").sort(), actors=pl.col("home").unique(),
        plans=pl.concat_list(pl.concat_list("plan"), "searched").explode().unique(),
        stake=pl.col("amount").sum(), n=pl.len(),
    ).with_columns(subject=pl.col("object"), firmness=pl.lit(0.8)).sort("object")  # fmt: skip
    return shaped("level_required", told, ("object", "required", "n"))
