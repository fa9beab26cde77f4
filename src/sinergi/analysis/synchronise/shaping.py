"""What all rules share: words of titles, lines with what their plan tells, findings in one shape."""

from collections.abc import Iterable

import polars as pl

from sinergi.analysis.synchronise.tables import (
    FINDINGS,
    LINES,
    PACKAGES,
    PLANS,
    Law,
    Settings,
    empty,
)


def plain(text: str | pl.Expr) -> pl.Expr:
    """Return text in lower case, with single spaces and without marks, to be compared letter by letter."""
    told = pl.col(text) if isinstance(text, str) else text
    lower = told.fill_null("").str.to_lowercase()
    return lower.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()


def one_unit(text: str, law: Law) -> pl.Expr:
    """Return units as one spelling for each meaning, as far as `Law.units` knows it: "Km" and "kilometer".

    Numbers within a unit ("orang x 3 hari") are no part of it.
    """
    known = dict(law.units)
    one = pl.element()
    each = plain(text).replace(known).str.split(" ").list.eval(one.replace(known))
    return each.list.eval(one.filter(~one.str.contains(r"^\d*$"))).list.join(" ")


def words(text: str | pl.Expr) -> pl.Expr:
    """Return the different words of a text, in order."""
    split = plain(text).str.split(" ")
    return split.list.eval(pl.element().filter(pl.element() != "")).list.unique().list.sort()


def stem(law: Law, code: str | pl.Expr = "code") -> pl.Expr:
    """Return the activity of a code without its level: `1.03.10.2.01.0004` and `1.03.10.1.01` give one."""
    told = pl.col(code) if isinstance(code, str) else code
    parts = told.str.split(".")
    place = law.level_part
    head, tail = parts.list.head(place).list.join("."), parts.list.get(place + 1, null_on_oob=True)
    return pl.when(tail.is_not_null()).then(head + "." + tail)


def code_level(law: Law) -> pl.Expr:
    """Return the level that a code belongs to; null where it says none."""
    part = pl.col("code").str.split(".").list.get(law.level_part, null_on_oob=True)
    if not law.levels:
        return pl.lit(None, dtype=pl.String)
    return part.replace_strict(dict(law.levels), default=None, return_dtype=pl.String)


def prepared(lines: pl.DataFrame, plans: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return lines with what their plan tells and with what every rule asks of them.

    Adds `home`, `level`, `stage`, `words_of_title` (plain title), `same` (how many lines of the plan have
    it), `named` (whether the title says more than the name of its code), `stem` and `held_by` (the level
    that its code belongs to). Lines of plans that are not among `plans` are left out.
    """
    told = lines.select(list(LINES)).cast(LINES)  # type: ignore[arg-type]
    about = plans.select(list(PLANS)).cast(PLANS).select("plan", "home", "level", "stage")  # type: ignore[arg-type]
    joined = told.join(about, on="plan", how="inner").sort("id")
    official = law.nomenclature.select("code", official=plain("name")).unique("code")
    texts = joined.with_columns(
        words_of_title=plain("title"), stem=stem(law), held_by=code_level(law)
    ).join(official, on="code", how="left", maintain_order="left")
    # A document without names of activities gives titles for them; they are official only as far as known.
    says_more = (
        (pl.col("words_of_title") != plain("activity"))
        | (pl.col("code") == "")
        | pl.col("words_of_title").is_in(_own_names(texts, law).implode())
    )
    unofficial = pl.col("words_of_title") != pl.col("official").fill_null("")
    return texts.with_columns(
        same=pl.len().over("plan", "words_of_title").cast(pl.Int32),
        named=says_more & unofficial & (pl.col("words_of_title") != ""),
    ).drop("official")


def beginning(lines: pl.DataFrame, plans: pl.DataFrame, amounts: pl.DataFrame) -> pl.DataFrame:
    """Return lines with `begins`, the first year of which they say that something is done, and `may_begin`.

    That is the first year with money, otherwise their first year. A line without money by years that spans
    its plan of several years was given these for want of its own: `begins` is null, `may_begin` its first.
    """
    paid = amounts.filter((pl.col("amount") > 0) & (pl.col("year") > 0))
    paid = paid.group_by("line").agg(paid=pl.col("year").min())
    span = plans.select("plan", opens="first_year", closes="last_year")
    told = lines.join(paid, left_on="id", right_on="line", how="left", maintain_order="left")
    told = told.join(span, on="plan", how="left", maintain_order="left")
    spans = (pl.col("first_year") == pl.col("opens")) & (pl.col("last_year") == pl.col("closes"))
    own = ~(spans & (pl.col("opens") < pl.col("closes"))).fill_null(value=False)
    begins = pl.coalesce("paid", pl.when(own).then("first_year"))
    told = told.with_columns(begins=begins, may_begin=pl.coalesce(begins, "first_year"))
    return told.drop("paid", "opens", "closes")


def _own_names(lines: pl.DataFrame, law: Law) -> pl.Series:
    """Return the titles with a word that no name of the nomenclature has; none without a nomenclature."""
    if law.nomenclature.is_empty():
        return pl.Series([], dtype=pl.String)
    titles = lines.filter(pl.col("words_of_title") == plain("activity"))
    asked = titles.select(title="words_of_title").unique()
    told = asked.with_columns(word=pl.col("title").str.split(" ")).explode("word")
    official = law.nomenclature.select(word=plain("name").str.split(" ")).explode("word").unique()
    ordinary = pl.DataFrame({"word": sorted(law.ordinary)}, schema={"word": pl.String})
    left = told.filter(pl.col("word").str.contains(r"^\p{L}{4,}$"))
    left = left.join(official, on="word", how="anti").join(ordinary, on="word", how="anti")
    return left["title"].unique()


def telling(lines: pl.DataFrame, plans: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return what plans can say is missing: `theirs` (plan), `home`, `affair`, `from_year`, `to_year`.

    That a plan lacks a line says something only of a plan of the whole government (`tables.WHOLE`) that has
    lines of the affair: an empty one, or that of another agency, is silent about it.
    """
    whole = plans.filter(pl.col("whole") & (pl.col("stage") != PACKAGES))
    there = lines.select("plan", affair=affair(law)).drop_nulls().unique()
    held = whole.join(there, on="plan").sort("plan", "affair")
    return held.select("home", "affair", theirs="plan", from_year="first_year", to_year="last_year")


def affair(law: Law, code: str | pl.Expr = "code") -> pl.Expr:
    """Return the first two parts of a code; null where it has fewer, or any affair uses it."""
    told = pl.col(code) if isinstance(code, str) else code
    parts = told.str.split(".")
    both = parts.list.head(2).list.join(".")
    own = (parts.list.len() >= 2) & (both != law.any_affair)
    return pl.when(own).then(both)


def comparable(
    lines: pl.DataFrame, plans: pl.DataFrame, law: Law, settings: Settings
) -> pl.DataFrame:
    """Return those of some lines that can be found to be one work with another: only these need be matched.

    A title that is the name of its code, or that a plan repeats more than `Settings.commonplace` times,
    names no certain work.
    """
    told = prepared(lines, plans, law)
    rare = told.filter(pl.col("named") & (pl.col("same") <= settings.commonplace))
    return lines.join(rare.select("id"), on="id", how="semi", maintain_order="left")


def shaped(rule: str, rows: pl.DataFrame, facts: Iterable[str] = ()) -> pl.DataFrame:
    """Return rows as findings of a rule.

    Parameters
    ----------
    rows
        `lines`, and as far as they are known `plans`, `subject`, `actors`, `stake`, `firmness`.
    facts
        Columns that become its figures.
    """
    if rows.is_empty():
        return empty(FINDINGS)
    usual = {
        "plans": pl.lit([], dtype=pl.List(pl.Int32)),
        "subject": pl.lit(""),
        "actors": pl.lit([], dtype=pl.List(pl.String)),
        "stake": pl.lit(None, dtype=pl.Int64),
        "firmness": pl.lit(1.0),
    }
    there = rows.with_columns(**{k: v for k, v in usual.items() if k not in rows.columns})
    told = list(facts)
    figures = pl.struct(told).struct.json_encode() if told else pl.lit("{}")
    made = there.with_columns(rule=pl.lit(rule), facts=figures).select(list(FINDINGS))
    return made.cast(FINDINGS).with_columns(  # type: ignore[arg-type]
        pl.col("lines").list.unique().list.sort(),
        pl.col("plans").list.unique().list.sort(),
        pl.col("actors").list.unique().list.sort(),
    )


def meet(first: str = "", second: str = "_b", slack: int = 0) -> pl.Expr:
    """Return whether the years of two sides meet, or miss each other by no more than `slack`."""
    begins = pl.max_horizontal(f"first_year{first}", f"first_year{second}")
    ends = pl.min_horizontal(f"last_year{first}", f"last_year{second}")
    return begins <= ends + slack


def within(inner: str, outer: str) -> pl.Expr:
    """Return whether a region lies in another, or is it; an empty one is nowhere."""
    same = pl.col(inner) == pl.col(outer)
    below = pl.col(inner).str.starts_with(pl.col(outer) + ".")
    return (pl.col(outer) != "") & (same | below)
