"""Lines that hang together while something tells some of them apart: never one sure work."""

import itertools

import polars as pl
import pytest

from sinergi.analysis.synchronise import synchronise
from tests.analysis.synchronise.making import BILLION, LOCAL, A, B, law, lines, pairs, plans

BRIDGE = {"code": "1.03.10.2.01.0001", "activity": "Pembangunan Jalan", "title": "Jembatan X",
          "amount": 5 * BILLION}  # fmt: skip
FIRST, PLAIN, SECOND = (
    {**BRIDGE, "title": "Jembatan X Tahap I"},
    {**BRIDGE, "plan": 2, "region": B},
    {**BRIDGE, "title": "Jembatan X Tahap II"},
)
TWINS = [{**BRIDGE, "plan": number % 2 + 1, "region": A} for number in range(4)]
HERE = ((A, "KABKOTA", 2), ("11", "PROVINSI", 2))


def found(table, *alike, of_plans=LOCAL):
    """Findings of duplicates as (rule, lines, severity, stake)."""
    told = synchronise(table, plans(*of_plans), pairs=pairs(*alike), law=law())
    told = told.filter(kind="duplicate").filter(pl.col("rule") != "repeated")
    return list(told.select("rule", "lines", "severity", "stake").iter_rows())


def test_a_line_between_two_that_are_told_apart_makes_them_no_one_work():
    alike = ((1, 2, 0.95, None), (2, 3, 0.95, None), (1, 3, 0.99, "stage"))
    told = found(lines(FIRST, PLAIN, SECOND), *alike)
    assert told == [("some_apart", [1, 2, 3], 2, 5 * BILLION)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_the_order_of_lines_changes_nothing_of_what_is_asked(order):
    rows = [(FIRST, PLAIN, SECOND)[place] for place in order]
    at = {place: number for number, place in enumerate(order, 1)}
    alike = ((at[0], at[1], 0.95, None), (at[2], at[1], 0.92, None), (at[0], at[2], 0.9, "stage"))
    told = found(lines(*rows), *alike)
    assert told == [("some_apart", [1, 2, 3], 2, 5 * BILLION)]


def test_sure_pairs_stay_one_work_where_an_unsure_one_joins_lines_told_apart():
    alike = ((1, 2, 0.97, None), (3, 4, 0.96, None), (2, 3, 0.7, None), (1, 4, 0.8, "number"))
    told = found(lines(*TWINS), *alike, of_plans=HERE)
    assert sorted(told) == [
        ("same_across", [1, 2], 3, 5 * BILLION),
        ("same_across", [3, 4], 3, 5 * BILLION),
    ]


def test_what_hangs_on_a_sure_pair_by_an_unsure_one_is_asked_beside_it():
    alike = ((1, 2, 0.97, None), (2, 3, 0.72, None), (1, 3, 0.8, "number"))
    told = found(lines(*TWINS[:3]), *alike, of_plans=HERE)
    assert told[0] == ("same_across", [1, 2], 3, 5 * BILLION)
    assert told[1:] == [("some_apart", [1, 2, 3], 2, 5 * BILLION)]


def test_a_veto_within_another_group_parts_nothing():
    alike = ((1, 2, 0.97, None), (3, 4, 0.96, None), (1, 3, 0.8, "number"))
    told = found(lines(*TWINS), *alike, of_plans=HERE)
    assert sorted(one[:2] for one in told) == [("same_across", [1, 2]), ("same_across", [3, 4])]


def test_more_lines_than_one_work_can_have_stay_one_question():
    rows = [
        {**BRIDGE, "plan": number % 2 + 1, "title": f"Jembatan X {number // 4}"}
        for number in range(10)
    ]
    alike = [(number, number + 1, 0.95, None) for number in range(1, 10)]
    told = found(lines(*rows), *alike, (1, 10, 0.9, "number"), of_plans=HERE)
    assert [one[:3] for one in told] == [("many_alike", list(range(1, 11)), 1)]
