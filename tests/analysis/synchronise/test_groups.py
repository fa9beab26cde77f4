"""Lines that hang together while something tells some of them apart: never one sure work."""

import itertools

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def strengths(count):
    """How likely each pair of some lines is one work: not at all, unsure, sure, or told apart."""
    both = list(itertools.combinations(range(count), 2))
    values = st.lists(
        st.sampled_from([0.0, 0.7, 0.93, 0.97, -0.9]), min_size=len(both), max_size=len(both)
    )
    return values.map(
        lambda told: {pair: value for pair, value in zip(both, told, strict=True) if value}
    )


@settings(max_examples=12, deadline=None)
@given(strengths(7), st.permutations(range(7)))
def test_no_work_holds_two_lines_that_are_told_apart_however_lines_are_numbered(strong, order):
    def asked(number):
        rows = [{**BRIDGE, "plan": place + 1, "title": f"Jembatan {place}"} for place in range(7)]
        inverse = sorted(range(7), key=number.__getitem__)
        alike = [
            (number[a] + 1, number[b] + 1, abs(value), "number" if value < 0 else None)
            for (a, b), value in strong.items()
        ]
        told = found(lines(*(rows[place] for place in inverse)), *alike, of_plans=HERE[:1] * 7)
        return sorted(
            (one[0], sorted(inverse[line - 1] for line in one[1]), *one[2:]) for one in told
        )

    told = asked(list(range(7)))
    assert told == asked(order)
    works = [set(held) for rule, held, *_ in told if rule in ("same_across", "same_in_plan")]
    apart = [set(pair) for pair, value in strong.items() if value < 0]
    assert not any(pair <= held for held in works for pair in apart)
    linked = {line for pair, value in strong.items() if value > 0 for line in pair}
    assert linked == {line for _rule, held, *_ in told for line in held}
    assert len(told) <= 7
