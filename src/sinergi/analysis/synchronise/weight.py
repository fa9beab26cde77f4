"""How heavily a finding weighs: three levels by one stated rule."""

import polars as pl

from sinergi.analysis.synchronise.tables import Settings

LOW, MEDIUM, HIGH = 1, 2, 3
KINDS = {
    "same_across": "duplicate",
    "same_name": "duplicate",
    "same_in_plan": "duplicate",
    "some_apart": "duplicate",
    "many_alike": "duplicate",
    "repeated": "duplicate",
    "repeated_small": "duplicate",
    "part_of_same": "overlap",
    "other_side_missing": "gap",
    "promise_without_money": "gap",
    "design_after_build": "conflict",
    "land_after_build": "conflict",
    "border_years_apart": "conflict",
    "before_what_it_needs": "conflict",
    "units_differ": "conflict",
    "targets_differ": "conflict",
    "package_over_line": "conflict",
    "package_without_budget": "conflict",
    "agency_over_budget": "conflict",
    "agency_without_budget": "conflict",
    "level_not_holder": "authority",
    "names_other_level": "authority",
    "level_required": "authority",
    "channel_cannot_pay": "funding",
    "paid_twice": "funding",
    "code_moved": "code",
    "code_unknown": "code",
    "code_of_other_level": "code",
    "name_of_other_code": "code",
    "other_nomenclature": "code",
    "told_apart": "look_alike",
    "other_side_unseen": "unseen",
}
"""Rule to kind, in the order in which findings of one weight are told."""
NOTES = ("look_alike", "unseen")
"""Kinds that are no findings: what was looked at and is not claimed."""
LIGHT = frozenset(
    {"same_name", "many_alike", "repeated_small", "agency_without_budget", "targets_differ",
     "code_moved", "code_unknown", "name_of_other_code", "other_nomenclature", "told_apart",
     "other_side_unseen"}
)  # fmt: skip
"""Rules that ask a question, or tell of how something is written: never more than the lowest level."""
FIRM = 0.7
"""Firmness below which nothing weighs more than the lowest level."""


def severity(settings: Settings) -> pl.Expr:
    """Return 3, 2 or 1 for findings.

    1 where the rule only asks (`LIGHT`), where the finding is not firm, or where less than
    `Settings.small` is at stake; 3 where it is sure or rests on an exact comparison (firmness of
    at least `Settings.sure`, or 0.8 by a rule that compares no texts) and `Settings.large` is at stake;
    2 otherwise. Where no money can be told, 2.
    """
    compared = pl.col("rule").is_in(["same_across", "same_in_plan", "part_of_same", "paid_twice"])
    sure = pl.col("firmness") >= pl.when(compared).then(settings.sure).otherwise(0.8)
    little = (pl.col("stake") < settings.small).fill_null(value=False)
    low = pl.col("rule").is_in(list(LIGHT)) | (pl.col("firmness") < FIRM) | little
    much = (pl.col("stake") >= settings.large).fill_null(value=False)
    level = pl.when(low).then(LOW).when(sure & much).then(HIGH).otherwise(MEDIUM)
    return level.cast(pl.Int8).alias("severity")


def kind() -> pl.Expr:
    """Return the kind of a finding."""
    return pl.col("rule").replace_strict(KINDS, return_dtype=pl.String).alias("kind")
