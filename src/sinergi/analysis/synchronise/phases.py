"""Years out of order: a design after the work that is built from it, land after building on it."""

import polars as pl

from sinergi.analysis.synchronise.shaping import shaped, words
from sinergi.analysis.synchronise.tables import FINDINGS, Law, empty

ORDER = ("design", "land", "supervise", "build")
"""A title that names several is of the first of these: a design of building is a design."""
LEAST_WORDS = 2
"""Words that must be left of a title when the words of phases are taken away: fewer name no certain work."""
MOST = 6
"""Lines of one government that may share a subject; more of them are of many works."""


def out_of_order(lines: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return works of one government whose design or land begins only after they are begun.

    The same work is a title with the same words, numbers among them, once words of phases are taken away,
    in the same region. A government that plans an earlier design, too, is not told of, nor one whose design
    may begin at any time of its plan; a building that may do so begins in no certain year.
    """
    if law.phases.is_empty():
        return empty(FINDINGS)
    asked = lines.filter("named")
    patterns = {row["phase"]: row["pattern"] for row in law.phases.iter_rows(named=True)}
    phase: pl.Expr = pl.lit(None, dtype=pl.String)
    title = pl.col("words_of_title")
    for name in reversed([one for one in ORDER if one in patterns]):
        phase = pl.when(title.str.contains(patterns[name])).then(pl.lit(name)).otherwise(phase)
    rest = title
    for pattern in patterns.values():
        rest = rest.str.replace_all(pattern, " ")
    told = asked.with_columns(phase=phase).filter(pl.col("phase").is_not_null())
    told = told.with_columns(left=words(rest))
    told = told.filter(pl.col("left").list.len() >= LEAST_WORDS)
    told = told.with_columns(work=pl.col("left").list.join(" "))
    by = ["home", "region", "work"]
    small = told.filter(pl.len().over(by) <= MOST)
    return pl.concat([_late(small, by, "design"), _late(small, by, "land")])


def _late(told: pl.DataFrame, by: list[str], before: str) -> pl.DataFrame:
    title, built = pl.col("title"), pl.col("begins").filter(pl.col("phase") == "build")
    after = pl.col("may_begin").filter(pl.col("phase") == before)
    ordered = told.sort("may_begin", "id")
    starts = ordered.group_by(by, maintain_order=True).agg(
        called=title.filter((pl.col("phase") == "build") & pl.col("begins").is_not_null()).first(),
        before=title.filter(pl.col("phase") == before).first(),
        earlier=after.min(),
        build=built.min(),
        lines=pl.col("id").filter(pl.col("phase").is_in([before, "build"])).sort(),
        plans=pl.col("plan"),
        stake=pl.col("amount").filter(pl.col("phase") == "build").sum(),
    )  # fmt: skip
    late = starts.filter(pl.col("earlier") > pl.col("build")).with_columns(
        actors=pl.concat_list("home"), firmness=pl.lit(0.8)
    )
    return shaped(
        f"{before}_after_build", late.sort("lines"), ("called", "before", "earlier", "build")
    )
