"""One name in the plans of two governments that may both mean it: a question where nothing else is known."""

import polars as pl

from sinergi.analysis.synchronise.shaping import meet, plain, shaped, within
from sinergi.analysis.synchronise.tables import FINDINGS, Law, Settings, empty


def same_name(
    lines: pl.DataFrame, found: pl.DataFrame, told: pl.DataFrame, law: Law, settings: Settings
) -> pl.DataFrame:
    """Return pairs of nearly identical, specific titles of two governments of which too little else is known.

    A bridge that two neighbours budget under one name, without a place, lies in two regions for the
    comparison of lines, which makes the pair unlikely. The name alone speaks for it only if the title names
    something built by a proper name, and if the governments border or one lies within the other.

    Parameters
    ----------
    lines
        All lines of the run: a word that many of them have is no proper name.
    found
        Pairs with both lines, as `pairs.sides` returns them.
    told
        Those of them that are told as one work already.
    """
    if found.is_empty() or not law.works:
        return empty(FINDINGS)
    near = law.both_ways().with_columns(borders=pl.lit(value=True))
    left = found.join(told.select("a", "b"), on=["a", "b"], how="anti", maintain_order="left")
    left = left.join(near, left_on=["home", "home_b"], right_on=["home", "other"], how="left")
    nested = within("home", "home_b") | within("home_b", "home")
    near_by = pl.col("borders").fill_null(value=False) | nested
    own = pl.col("home") == pl.col("home_b")
    certain = pl.col("named") & pl.col("named_b")
    rare = pl.max_horizontal("same", "same_b") <= settings.commonplace
    alike = (pl.col("e_text") >= settings.same_words) & (pl.col("e_shared") >= settings.specific)
    built = pl.col("words_of_title").str.contains(law.works)
    open_ = pl.col("veto").is_null() & ~pl.col("is_transfer") & ~pl.col("is_transfer_b")
    asked = left.filter(
        open_ & alike & built & certain & rare & near_by & ~own & meet()
        & (pl.col("e_probability") >= settings.faint)
    )  # fmt: skip
    made = _with_names(asked, lines, law, settings).with_columns(
        lines=pl.concat_list("a", "b"), plans=pl.concat_list("plan", "plan_b"),
        actors=pl.concat_list("home", "home_b"), stake=pl.min_horizontal("amount", "amount_b"),
        firmness="e_probability", probability="e_probability", text="e_text", where="e_place",
        year="e_year", code="e_code",
    ).with_columns(amount="e_amount").sort("a", "b")  # fmt: skip
    return shaped("same_name", made, ("probability", "text", "where", "year", "code", "amount"))


def _with_names(
    pairs: pl.DataFrame, lines: pl.DataFrame, law: Law, settings: Settings
) -> pl.DataFrame:
    """Return those pairs whose titles share a proper name: a rare word that is no ordinary one."""
    split = pl.col("words_of_title").str.split(" ").list.unique()
    shared = pairs.select(
        "a", "b", word=split.list.set_intersection(pl.col("words_of_title_b").str.split(" "))
    ).explode("word")  # fmt: skip
    known = law.names.select(word=plain("name").str.split(" ")).explode("word").unique()
    usual = pl.DataFrame({"word": sorted(law.ordinary)}, schema={"word": pl.String})
    shared = shared.filter(pl.col("word").str.contains(r"^\p{L}{4,}$"))
    shared = shared.join(known, on="word", how="anti").join(usual, on="word", how="anti")
    there = lines.select(word=split).explode("word")
    there = there.join(shared.select("word").unique(), on="word", how="semi")
    rare = there.group_by("word").len().filter(pl.col("len") <= settings.name_in)
    return pairs.join(shared.join(rare, on="word", how="semi"), on=["a", "b"], how="semi")
