"""When a line begins: by its money; one that only spans its plan says nothing of it."""

import polars as pl
import pytest

from sinergi.analysis.synchronise import AMOUNTS, synchronise
from tests.analysis.synchronise.making import LOCAL, A, B, law, lines, plans, promises

LONG = {"first_year": 2025, "last_year": 2029}
BUILD = {"title": "Pembangunan Gedung Pasar Baru"}
DESIGN = {"title": "DED Gedung Pasar Baru", "plan": 2, "first_year": 2027, "last_year": 2027}
ROAD = {"code": "1.03.10.2.01.0001", "object": "ROAD"}


def rules(table, of_plans, paid=(), **more):
    """The rules that find something among plans, the first of 2025 to 2029, the second of 2027."""
    years = {"first_year": pl.Series([2025, 2027], dtype=pl.Int16),
             "last_year": pl.Series([2029, 2027], dtype=pl.Int16)}  # fmt: skip
    amounts = pl.DataFrame(list(paid), schema=AMOUNTS, orient="row")
    told = synchronise(
        table, plans(*of_plans).with_columns(**years), amounts=amounts, law=law(), **more
    )
    return told["rule"].to_list()


STAGES = ((A, "KABKOTA", 1), (A, "KABKOTA", 2))


@pytest.mark.parametrize(
    ("built", "paid", "told"),
    [
        (LONG, (), False),
        (LONG, ((1, 0, "", 500),), False),
        (LONG, ((1, 2025, "", 0), (1, 2028, "", 500)), False),
        (LONG, ((1, 2026, "", 500), (1, 2028, "", 500)), True),
        ({"first_year": 2025, "last_year": 2026}, (), True),
    ],
    ids=["spans its plan", "money without a year", "money later", "money before", "own years"],
)
def test_a_building_begins_with_its_money_or_its_own_years(built, paid, told):
    table = lines({**BUILD, **built}, DESIGN)
    assert ("design_after_build" in rules(table, STAGES, paid)) is told


def test_a_design_of_the_whole_plan_may_come_before_the_building():
    early = {**BUILD, "first_year": 2026, "last_year": 2026}
    assert "design_after_build" in rules(lines(early, DESIGN), STAGES)
    table = lines(early, DESIGN, {**DESIGN, "plan": 1, **LONG})
    assert "design_after_build" not in rules(table, STAGES)


@pytest.mark.parametrize(
    ("spoke", "hub", "paid", "told"),
    [
        ({"plan": 1, **LONG}, {"plan": 2}, (), False),
        ({"plan": 1, **LONG}, {"plan": 2}, ((1, 2026, "", 500),), True),
        ({"plan": 1, "first_year": 2026, "last_year": 2026}, {"plan": 2}, (), True),
    ],
    ids=["spans its plan", "money before", "own years"],
)
def test_a_member_that_spans_its_plan_does_not_begin_too_early(spoke, hub, paid, told):
    table = lines(
        {**ROAD, **spoke}, {**ROAD, "region": B, "first_year": 2027, "last_year": 2027, **hub}
    )
    chosen = promises(("7", "ROAD", A, "spoke", 2027), ("7", "ROAD", B, "hub", 2027))
    assert ("before_what_it_needs" in rules(table, LOCAL, paid, promises=chosen)) is told


def test_a_hub_that_spans_its_plan_may_begin_before_its_members():
    table = lines(
        {**ROAD, **LONG}, {**ROAD, "plan": 2, "region": B, "first_year": 2027, "last_year": 2027}
    )
    chosen = promises(("7", "ROAD", A, "hub", 2027), ("7", "ROAD", B, "spoke", 2027))
    assert "before_what_it_needs" not in rules(table, LOCAL, promises=chosen)
