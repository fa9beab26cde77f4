"""All rules over all lines: from tables to findings."""

import polars as pl

from sinergi.analysis.errors import InputError
from sinergi.analysis.synchronise.authority import not_held
from sinergi.analysis.synchronise.borders import other_sides
from sinergi.analysis.synchronise.codes import wrong_codes
from sinergi.analysis.synchronise.funding import cannot_pay
from sinergi.analysis.synchronise.names import same_name
from sinergi.analysis.synchronise.packages import over_budget
from sinergi.analysis.synchronise.pairs import (
    look_alikes,
    not_joint,
    one_work,
    paid_twice,
    sides,
    twice,
    unlike,
)
from sinergi.analysis.synchronise.phases import out_of_order
from sinergi.analysis.synchronise.promises import without_money
from sinergi.analysis.synchronise.repeats import repeated
from sinergi.analysis.synchronise.shaping import beginning, prepared
from sinergi.analysis.synchronise.tables import (
    AMOUNTS,
    JOINT,
    LINES,
    NEAR,
    PAIRS,
    PLANS,
    PROMISES,
    Law,
    Settings,
    empty,
)
from sinergi.analysis.synchronise.weight import KINDS, NOTES, kind, severity

MOST = 2**63 - 1


def synchronise(
    lines: pl.DataFrame,
    plans: pl.DataFrame,
    *,
    pairs: pl.DataFrame | None = None,
    amounts: pl.DataFrame | None = None,
    promises: pl.DataFrame | None = None,
    near: pl.DataFrame | None = None,
    joint: pl.DataFrame | None = None,
    law: Law | None = None,
    settings: Settings | None = None,
) -> pl.DataFrame:
    """Return what does not fit across plans; the order of rows given changes nothing.

    Parameters
    ----------
    lines, plans
        As `tables.LINES` and `tables.PLANS`, if known with `tables.WHOLE`.
    pairs
        Lines that look alike, as `similarity.match` gives them, vetoed ones among them.
    amounts
        As `tables.AMOUNTS`; without them nothing is said of channels.
    promises
        As `tables.PROMISES`.
    near
        Lines whose point lies close to a neighbouring region, as `tables.NEAR`.
    joint
        Lines of joint works, as `tables.JOINT`.

    Returns
    -------
    DataFrame
        As `tables.FINDINGS`, with `kind` and `severity` (1–3), the weightiest first, the largest stake
        first within a level. Kinds `look_alike` and `unseen` are no findings and come last.

    Raises
    ------
    InputError
        When a table lacks a column, or amounts come to more than whole numbers of 64 bits hold.
    """
    law, settings = law or Law(), settings or Settings()
    _checked("lines", lines, LINES)
    _checked("plans", plans, PLANS)
    there = prepared(lines, plans, law)
    whole = pl.col("whole") if "whole" in plans.columns else pl.lit(value=True).alias("whole")
    held = plans.with_columns(whole).select([*PLANS, "whole"]).cast(PLANS).sort("plan")  # type: ignore[arg-type]
    money = _given("amounts", amounts, AMOUNTS)
    there = beginning(there, held, money)
    for name, table in (("lines", lines), ("amounts", money)):
        _summable(name, table)
    both = sides(there, _given("pairs", pairs, PAIRS))
    both = not_joint(both, _given("joint", joint, JOINT), money, law)
    same = one_work(both, law, settings)
    found = pl.concat(
        [
            twice(same, both, settings),
            same_name(there, both, same, law, settings),
            unlike(same, law, settings),
            paid_twice(same, money, law, settings),
            look_alikes(both, settings),
            repeated(there, settings),
            over_budget(there, settings),
            other_sides(there, held, _given("near", near, NEAR), law, settings),
            without_money(there, held, _given("promises", promises, PROMISES), law, settings),
            out_of_order(there, law),
            not_held(there, held, law),
            cannot_pay(there, money, law),
            wrong_codes(there, law, settings),
        ]
    )
    order = {rule: place for place, rule in enumerate(KINDS)}
    place = pl.col("rule").replace_strict(order, return_dtype=pl.Int16)
    told = found.with_columns(kind(), severity(settings), place=place)
    by = ["note", "severity", "stake", "place", "subject", "lines"]
    down = [False, True, True, False, False, False]
    told = told.with_columns(note=pl.col("kind").is_in(NOTES))
    return told.sort(by, descending=down, nulls_last=True).drop("place", "note")


def _given(name: str, table: pl.DataFrame | None, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    if table is None:
        return empty(schema)
    _checked(name, table, schema)
    return table.select(list(schema)).cast(schema)  # type: ignore[arg-type]


def _summable(name: str, table: pl.DataFrame) -> None:
    """Refuse amounts whose sum is beyond 64 bits: no sum that a rule draws can then be wrong unnoticed."""
    if sum(table["amount"].drop_nulls().to_list()) > MOST:
        raise InputError(
            "The amounts come to more than can be summed up.",
            name,
            "Leave out the plan with amounts that cannot be.",
        )


def _checked(name: str, table: pl.DataFrame, schema: dict[str, pl.DataType]) -> None:
    missing = [column for column in schema if column not in table.columns]
    if missing:
        raise InputError(
            "The columns {columns} are missing.", name, "Add them.", columns=", ".join(missing)
        )
