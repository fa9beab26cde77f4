"""The same work twice, a part of it, paid twice, or planned in ways that do not fit: from pairs of lines."""

import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from sinergi.analysis.synchronise.shaping import meet, one_unit, plain, shaped, within
from sinergi.analysis.synchronise.tables import FINDINGS, PACKAGES, PAIRS, Law, Settings, empty

SIDE = (
    "id", "plan", "home", "level", "stage", "region", "agency", "place", "code", "amount",
    "first_year", "last_year", "unit", "target", "words_of_title", "same", "named", "is_transfer", "object",
)  # fmt: skip
EVIDENCE = ("probability", "text", "place", "year", "code", "amount", "shared")
COUNTED = ("probability", "text", "where", "year", "code", "amount", "size")
OPEN = 0.75
"""Firmness of lines that look like one work while some are told apart: to settle, never sure."""


def sides(lines: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with both lines, those of the second with `_b`; evidence begins with `e_`."""
    asked = pairs.select(list(PAIRS)).cast(PAIRS)  # type: ignore[arg-type]
    named = asked.rename({name: f"e_{name}" for name in EVIDENCE})
    low, high = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    veto = pl.when(pl.col("veto") != "").then("veto")
    there = named.with_columns(a=low, b=high, veto=veto).unique(
        ["a", "b"], keep="first", maintain_order=True
    )
    held = lines.select(SIDE)
    second = held.rename({name: f"{name}_b" for name in SIDE})
    told = there.join(held, left_on="a", right_on="id").join(second, left_on="b", right_on="id_b")
    return told.sort("a", "b")


def not_joint(
    found: pl.DataFrame, joint: pl.DataFrame, amounts: pl.DataFrame, law: Law
) -> pl.DataFrame:
    """Return pairs without those of two governments that share the cost of one work: none is done twice.

    Their lines belong to one joint work (`tables.JOINT`), are both paid as shares (`Law.shares`), or one of
    them is and both are on the same object.
    """
    paid = pl.col("channel").is_in(list(law.shares)) & (pl.col("amount") > 0)
    share = amounts.filter(paid)["line"].unique().implode()
    one, two = pl.col("a").is_in(share), pl.col("b").is_in(share)
    same_object = (pl.col("object") == pl.col("object_b")) & (pl.col("object") != "")
    two_homes = pl.col("home") != pl.col("home_b")
    first, second = joint.rename({"line": "a"}), joint.rename({"line": "b"})
    named = first.join(second, on="joint").select("a", "b")
    together = found.filter(two_homes).join(named, on=["a", "b"], how="semi").select("a", "b")
    left = found.join(together, on=["a", "b"], how="anti", maintain_order="left")
    return left.filter(~(two_homes & ((one & two) | ((one | two) & same_object))))


def one_work(found: pl.DataFrame, law: Law, settings: Settings) -> pl.DataFrame:
    """Return the pairs that can be one work done twice, without vetoed ones.

    The stages of one government are left out: what its medium-term plan holds is meant to come back in its
    budget. Two governments do the same only where their lines can lie in one place, or where they share a
    border, the pair is sure, and the title names a certain work.
    """
    likely = (pl.col("e_probability") >= settings.likely) & pl.col("veto").is_null()
    passed_on = (pl.col("home") == pl.col("home_b")) & (pl.col("stage") != pl.col("stage_b"))
    transfer = pl.col("is_transfer") | pl.col("is_transfer_b")
    left = found.filter(likely & ~passed_on & ~transfer & meet())
    near = law.both_ways().with_columns(borders=pl.lit(value=True))
    left = left.join(near, left_on=["home", "home_b"], right_on=["home", "other"], how="left")
    here = within("region", "region_b") | within("region_b", "region")
    rare = pl.max_horizontal("same", "same_b") <= settings.commonplace
    certain = pl.col("named") & pl.col("named_b") & rare
    across = certain & (
        here
        | (pl.col("borders").fill_null(value=False) & (pl.col("e_probability") >= settings.sure))
    )
    agency, agency_b = plain("agency"), plain("agency_b")
    one_agency = (agency == agency_b) | (agency == "") | (agency_b == "")
    one_place = (plain("place") == plain("place_b")) & (plain("place") != "")
    inside = rare & pl.col("named") & pl.col("named_b") & (one_agency | one_place) & here
    exact = (
        (pl.col("words_of_title") == pl.col("words_of_title_b"))
        & (pl.col("code") == pl.col("code_b"))
        & (plain("place") == plain("place_b"))
        & (pl.col("amount") == pl.col("amount_b"))
    )
    # Purchases of one office look alike by nature: there only the same amount makes them one.
    bought = pl.col("stage") == PACKAGES
    equal = (pl.col("amount") == pl.col("amount_b")) & (pl.col("amount") > 0)
    within_plan = max(settings.within, settings.likely)
    firm = (pl.col("e_probability") >= within_plan) & (~bought | equal)
    same_home = pl.col("home") == pl.col("home_b")
    return left.filter(
        pl.when(pl.col("plan") == pl.col("plan_b")).then(inside & firm & ~exact)
        .when(same_home).then(inside).otherwise(across)
    )  # fmt: skip


def twice(found: pl.DataFrame, apart: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return duplicates, and overlaps where one side can only be a part of the other.

    Parameters
    ----------
    found
        Pairs that can be one work, as `one_work` returns them.
    apart
        All pairs: lines of one that is told apart are never of one group.
    """
    if found.is_empty():
        return empty(FINDINGS)
    less, more = pl.min_horizontal("amount", "amount_b"), pl.max_horizontal("amount", "amount_b")
    similar = (less >= settings.apart * more) | (less == 0)
    one_span = (pl.col("first_year") == pl.col("first_year_b")) & (
        pl.col("last_year") == pl.col("last_year_b")
    )
    nested = (pl.col("region") != pl.col("region_b")) & (
        within("region", "region_b") | within("region_b", "region")
    )
    whole = similar & one_span & ~nested
    marked = found.with_columns(whole=whole, less=less)
    vetoed = apart.filter(pl.col("veto").is_not_null()).select("a", "b")
    groups = _grouped(marked.filter("whole"), vetoed, settings)
    parts = marked.filter(~pl.col("whole") & (pl.col("plan") != pl.col("plan_b"))).select(
        lines=pl.concat_list("a", "b"), plans=pl.concat_list("plan", "plan_b"),
        actors=pl.concat_list("home", "home_b"), stake="less", firmness="e_probability",
        probability="e_probability", text="e_text", where="e_place", year="e_year", code="e_code",
        amount="e_amount",
    )  # fmt: skip
    told = ("probability", "text", "where", "year", "code", "amount")
    return pl.concat([groups, shaped("part_of_same", parts, told)])


def _grouped(found: pl.DataFrame, apart: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return one finding for all lines that hang together as the same work.

    Where two of them are told apart, only what sure pairs join is one work, as far as it holds no two that
    are told apart; if lines are left, one question is asked about all that hang together.
    """
    if found.is_empty():
        return empty(FINDINGS)
    whole, torn = _parted(_joined(found), apart)
    large = pl.col("size") > settings.many
    sure = torn.filter(~large & (pl.col("e_probability") >= settings.sure))
    kept = empty(dict(whole.schema)) if sure.is_empty() else _parted(_joined(sure), apart)[0]
    told = _counted(pl.concat([whole, torn.filter(large), kept])).with_columns(
        firmness="probability"
    )
    many = pl.col("size") > settings.many
    one_plan = pl.col("plans").list.n_unique() == 1
    return pl.concat(
        [
            shaped("same_in_plan", told.filter(~many & one_plan), COUNTED),
            shaped("same_across", told.filter(~many & ~one_plan), COUNTED),
            shaped("many_alike", told.filter(many).with_columns(stake=None, firmness=0.5), COUNTED),
            _asked(torn.filter(~large), kept),
        ]
    )


def _joined(found: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with `group`, the first line of all that hang together, and their number, `size`."""
    ids = pl.concat([found["a"], found["b"]]).unique().sort()
    place = {number: row for row, number in enumerate(ids.to_list())}
    rows = found["a"].replace_strict(place, return_dtype=pl.Int64).to_numpy()
    cols = found["b"].replace_strict(place, return_dtype=pl.Int64).to_numpy()
    links = sparse.coo_matrix(([1] * len(rows), (rows, cols)), shape=(len(ids), len(ids)))
    labels = connected_components(links, directed=False)[1]
    of_line = pl.DataFrame({"a": ids, "label": labels}).select(
        "a", group=pl.col("a").min().over("label"), size=pl.len().over("label")
    )
    return found.drop("group", "size", strict=False).join(of_line, on="a", maintain_order="left")


def _parted(joined: pl.DataFrame, apart: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the pairs of groups of which no two lines are told apart, and those of the others."""
    of_line = pl.concat(
        [joined.select("group", line="a"), joined.select("group", line="b")]
    ).unique()
    both = apart.join(of_line, left_on="a", right_on="line")
    both = both.join(of_line, left_on=["b", "group"], right_on=["line", "group"])
    groups = both.select("group").unique()
    return joined.join(groups, on="group", how="anti", maintain_order="left"), joined.join(
        groups, on="group", how="semi", maintain_order="left"
    )


def _counted(joined: pl.DataFrame) -> pl.DataFrame:
    """Return groups with their lines and the weakest evidence of each kind."""
    first = joined.select("group", id="a", plan="plan", home="home", amount="amount")
    second = joined.select("group", id="b", plan="plan_b", home="home_b", amount="amount_b")
    held = pl.concat([first, second]).unique(["group", "id"])
    lines = held.group_by("group").agg(
        lines=pl.col("id").sort(), plans=pl.col("plan"), actors=pl.col("home"),
        stake=pl.col("amount").sum() - pl.col("amount").max(), size=pl.len(),
    )  # fmt: skip
    evidence = joined.group_by("group").agg(
        probability=pl.col("e_probability").min(), text=pl.col("e_text").min(),
        where=pl.col("e_place").min(), year=pl.col("e_year").min(), code=pl.col("e_code").min(),
        amount=pl.col("e_amount").min(),
    )  # fmt: skip
    return lines.join(evidence, on="group").sort("group")


def _asked(torn: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Return a question for each group with lines told apart, unless all its lines are told without it.

    At stake is the smaller amount of that pair, of those not told otherwise, of which it is the largest.
    """
    done = pl.concat([kept.select(line="a"), kept.select(line="b")])["line"].implode()
    left = torn.join(kept, on=["a", "b"], how="anti")
    open_ = left.filter(~(pl.col("a").is_in(done) & pl.col("b").is_in(done)))
    groups = torn.join(open_.select("group").unique(), on="group", how="semi")
    stakes = open_.group_by("group").agg(most=pl.col("less").max())
    told = _counted(groups).join(stakes, on="group").sort("group")
    return shaped(
        "some_apart",
        told.with_columns(stake="most", firmness=pl.min_horizontal("probability", pl.lit(OPEN))),
        COUNTED,
    )


def unlike(found: pl.DataFrame, law: Law, settings: Settings) -> pl.DataFrame:
    """Return pairs of one work of two governments whose units or targets do not fit."""
    unit, unit_b = one_unit("unit", law), one_unit("unit_b", law)
    both = (unit != "") & (unit_b != "") & (pl.col("plan") != pl.col("plan_b"))
    sure = pl.col("e_probability") >= settings.sure
    units = found.filter(both & sure & (unit != unit_b))
    least = pl.min_horizontal("target", "target_b") / pl.max_horizontal("target", "target_b")
    targets = found.filter(both & sure & (unit == unit_b) & (least < settings.apart))
    facts = ("unit", "unit_b", "target", "target_b", "probability")
    kept = {
        "lines": pl.concat_list("a", "b"),
        "plans": pl.concat_list("plan", "plan_b"),
        "actors": pl.concat_list("home", "home_b"),
        "stake": pl.min_horizontal("amount", "amount_b"),
        "firmness": pl.col("e_probability"),
        "probability": pl.col("e_probability"),
    }
    return pl.concat(
        [
            shaped("units_differ", units.with_columns(**kept), facts),
            shaped("targets_differ", targets.with_columns(**kept), facts),
        ]
    )


def paid_twice(
    found: pl.DataFrame, amounts: pl.DataFrame, law: Law, settings: Settings
) -> pl.DataFrame:
    """Return works that one earmarked channel pays in two plans, or that the centre pays by two ways.

    Which channels are meant for one purpose only (`earmarked`), and whose money they are (`payer`), is law.
    """
    across = found.filter(pl.col("plan") != pl.col("plan_b"))
    special = law.channels.filter("earmarked").select("channel", "payer")
    held = amounts.join(special, on="channel", how="inner").filter(pl.col("amount") > 0)
    per = held.group_by("line", "channel", "payer").agg(paid=pl.col("amount").sum())
    first = across.join(per, left_on="a", right_on="line")
    both = first.join(per, left_on="b", right_on="line", suffix="_2")
    both = both.filter(pl.col("payer") == pl.col("payer_2")).with_columns(
        lines=pl.concat_list("a", "b"), plans=pl.concat_list("plan", "plan_b"),
        actors=pl.concat_list("home", "home_b"), stake=pl.min_horizontal("paid", "paid_2"),
        firmness=pl.col("e_probability"), probability=pl.col("e_probability"),
        channel_b=pl.col("channel_2"), subject=pl.concat_str("channel", "channel_2", separator="+"),
    )  # fmt: skip
    told = both.filter(pl.col("e_probability") >= settings.likely).sort("a", "b", "subject")
    return shaped(
        "paid_twice", told, ("channel", "channel_b", "payer", "paid", "paid_2", "probability")
    )


def look_alikes(found: pl.DataFrame, settings: Settings, most: int = 200) -> pl.DataFrame:
    """Return pairs that look alike and are told apart by a number, a place or the like: no findings.

    Of those that could be one work otherwise, at most `most`, the likeliest first.
    """
    passed_on = (pl.col("home") == pl.col("home_b")) & (pl.col("stage") != pl.col("stage_b"))
    rare = pl.max_horizontal("same", "same_b") <= settings.commonplace
    held = found.filter(pl.col("veto").is_not_null() & ~passed_on & rare & pl.col("named"))
    held = held.filter(pl.col("e_probability") >= settings.likely)
    told = held.sort(["e_probability", "a", "b"], descending=[True, False, False]).head(most)
    return shaped(
        "told_apart",
        told.with_columns(
            lines=pl.concat_list("a", "b"), plans=pl.concat_list("plan", "plan_b"),
            firmness=pl.col("e_probability"), probability=pl.col("e_probability"),
        ),
        ("veto", "probability"),
    )  # fmt: skip
