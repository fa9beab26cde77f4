"""Codes: unknown ones, such that moved, names of other codes, and plans of another nomenclature."""

import polars as pl

from sinergi.analysis.synchronise.shaping import plain, shaped, words
from sinergi.analysis.synchronise.tables import FINDINGS, Law, Settings, empty

MOST_CODES = 400
"""Codes of one plan that a finding lists; how many there are is told."""


def known(law: Law) -> pl.DataFrame:
    """Return `code`, `official` (plain name) and `level` of the nomenclature, each code once."""
    return law.nomenclature.select("code", "level", official=plain("name")).unique("code")


def looked_up(lines: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Return lines that have a code with its `official` name; null where the nomenclature lacks it.

    A code that every affair uses is looked up as itself and with `Law.any_affair` for its affair.
    """
    names, coded = known(law), lines.filter(pl.col("code") != "")
    common = pl.col("code").str.replace(r"^[^.]+\.[^.]+", law.any_affair)
    told = coded.join(
        names.select("code", "official"), on="code", how="left", maintain_order="left"
    )
    if not law.any_affair:
        return told
    other = names.select(common="code", usual="official")
    told = told.with_columns(common=common).join(
        other, on="common", how="left", maintain_order="left"
    )
    return told.with_columns(official=pl.coalesce("official", "usual")).drop("usual", "common")


def wrong_codes(lines: pl.DataFrame, law: Law, settings: Settings) -> pl.DataFrame:
    """Return codes that are not in the nomenclature, and names that do not belong to their code.

    Codes that moved are told once for each plan, so are unknown ones: a plan of a former year lacks many of
    what is loaded now, and that is one thing to know. A plan of which the nomenclature lacks more than
    `Settings.foreign_codes` follows another one.
    """
    if law.nomenclature.is_empty():
        return empty(FINDINGS)
    told = looked_up(lines, law).with_columns(
        written=pl.when(pl.col("activity") != "").then("activity").otherwise("title"),
        has_name=pl.col("activity") != "",
    )
    told = told.with_columns(called=plain("written"))
    share = pl.col("official").is_null().mean().over("plan")
    told = told.with_columns(missing_share=share)
    foreign = told.filter(pl.col("missing_share") > settings.foreign_codes)
    own = told.filter(pl.col("missing_share") <= settings.foreign_codes)
    return pl.concat([_foreign(foreign), *_missing(own, law), _misnamed(own, law, settings)])


def _of_plan(rows: pl.DataFrame, by: list[str], **more: pl.Expr) -> pl.DataFrame:
    made = rows.group_by(by, maintain_order=True).agg(
        lines=pl.col("id"), plans=pl.col("plan").unique(), actors=pl.col("home").unique(),
        stake=pl.col("amount").sum(), n=pl.len(), **more,
    )  # fmt: skip
    return made.drop([name for name in by if name == "plan"])


def _foreign(rows: pl.DataFrame) -> pl.DataFrame:
    missing = rows.filter(pl.col("official").is_null()).with_columns(
        share=pl.col("missing_share").round(4)
    )
    made = _of_plan(
        missing, ["plan"], share=pl.col("share").first(), codes=pl.col("code").n_unique()
    )
    some = made.with_columns(lines=pl.col("lines").list.head(20), stake=None)
    return shaped("other_nomenclature", some, ("n", "codes", "share"))


def _missing(rows: pl.DataFrame, law: Law) -> list[pl.DataFrame]:
    """Return codes that moved (their name stands under another code of the same level) and unknown ones."""
    lacking = rows.filter(pl.col("official").is_null())
    parts = pl.col("code").str.split(".")
    names = law.nomenclature.select(
        moved_to="code", called=plain("name"), finer=parts.list.len(),
        at=parts.list.get(law.level_part, null_on_oob=True),
    )  # fmt: skip
    one_place = names.unique(["called", "finer", "at"], keep="none")
    asked = lacking.with_columns(
        finer=parts.list.len(), at=parts.list.get(law.level_part, null_on_oob=True),
        under=parts.list.head(law.level_part + 2).list.join("."),
    ).join(one_place, on=["called", "finer", "at"], how="left", maintain_order="left")  # fmt: skip
    heirs = law.successors.select(code="former", heir="code").unique("code", keep="none")
    asked = asked.join(heirs, on="code", how="left", maintain_order="left").with_columns(
        moved_to=pl.coalesce("heir", "moved_to")
    )
    moved = asked.filter(pl.col("moved_to").is_not_null())
    gone = asked.filter(pl.col("moved_to").is_null())
    return [
        shaped("code_moved", _listed(moved, ["code", "moved_to"]), ("codes", "n", "different")),
        shaped("code_unknown", _listed(gone, ["code"]), ("codes", "n", "different")),
    ]


def _listed(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Return one row for each plan with its codes, each with the number of its lines; nothing is at stake."""
    each = rows.group_by("plan", *by).agg(lines_of_it=pl.len()).sort("plan", *by)
    codes = each.group_by("plan", maintain_order=True).agg(
        codes=pl.struct(*by, n="lines_of_it").head(MOST_CODES), different=pl.len()
    )
    made = rows.group_by("plan", maintain_order=True).agg(
        lines=pl.col("id"), plans=pl.col("plan").unique(), actors=pl.col("home").unique(), n=pl.len()
    )  # fmt: skip
    told = made.join(codes, on="plan", maintain_order="left")
    return told.drop("plan").with_columns(firmness=pl.lit(0.6))


def _misnamed(rows: pl.DataFrame, law: Law, settings: Settings) -> pl.DataFrame:
    """Return lines whose name shares next to no words with that of their code."""
    there = rows.filter(pl.col("official").is_not_null() & pl.col("has_name"))
    one, two = words("called"), words("official")
    alike = one.list.set_intersection(two).list.len() / one.list.set_union(two).list.len()
    odd = there.with_columns(alike=alike.round(3)).filter(pl.col("alike") < settings.name_least)
    names = law.nomenclature.select(belongs_to="code", called=plain("name"))
    odd = odd.join(
        names.unique("called", keep="none"), on="called", how="left", maintain_order="left"
    )
    meant = law.nomenclature.select("code", meant="name").unique("code")
    odd = odd.join(meant, on="code", how="left", maintain_order="left")
    told = _of_plan(
        odd, ["plan", "code", "called", "official"], alike=pl.col("alike").first(),
        belongs_to=pl.col("belongs_to").first(), written=pl.col("written").first(),
        meant=pl.col("meant").first(),
    ).with_columns(
        subject=pl.concat_str("code", pl.lit(":"), "called"), firmness=pl.lit(0.8), called="written",
        official=pl.coalesce("meant", "official"),
    )  # fmt: skip
    return shaped(
        "name_of_other_code", told, ("code", "called", "official", "alike", "belongs_to", "n")
    )
