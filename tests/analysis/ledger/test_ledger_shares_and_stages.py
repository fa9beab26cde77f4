"""Parts that add up, and the one stage of a plan that counts."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.ledger import Offer, apportion, choose, spread

USUAL = ("apbd", "kua_ppas", "rkpd", "rkp", "renstra", "rpjmd", "other")


def test_the_bill_of_banjarbakula_is_divided_by_quota():
    """275 t/day × 365 × Rp 65,000 = Rp 6,524,375,000, by quotas of 105, 90, 60, 10 and 10 t/day."""
    parts = apportion(6_524_375_000, [105, 90, 60, 10, 10])
    assert parts == [2_491_125_000, 2_135_250_000, 1_423_500_000, 237_250_000, 237_250_000]


def test_of_equal_remainders_the_first_gets_more():
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]


def test_weights_may_be_fractions():
    assert apportion(100, [Fraction(1, 3), Fraction(2, 3)]) == [33, 67]


@pytest.mark.parametrize(("total", "weights"), [(1, []), (1, [0, 0]), (-1, [1]), (1, [2, -1])])
def test_what_cannot_be_divided_is_refused(total, weights):
    with pytest.raises(ValueError, match=r"divide|negative"):
        apportion(total, weights)


def test_nothing_is_divided_into_nothing():
    assert apportion(0, [0, 0]) == [0, 0]
    assert apportion(0, []) == []


@given(st.integers(0, 10**18), st.lists(st.integers(0, 10**15), min_size=1, max_size=30))
def test_parts_add_up_and_stay_within_one_unit(total, weights):
    whole = sum(weights)
    if not whole:
        return
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * whole - total * weight) < whole
        assert whole < total or part <= weight


@given(st.lists(st.integers(0, 10**12), max_size=8), st.lists(st.integers(0, 10**12), max_size=8))
def test_a_spread_table_keeps_both_sums(rows, columns):
    difference = sum(rows) - sum(columns)
    rows, columns = [*rows, max(-difference, 0)], [*columns, max(difference, 0)]
    table = spread(rows, columns)
    assert [sum(row) for row in table] == rows
    assert [sum(column) for column in zip(*table, strict=True)] == columns
    assert all(cell >= 0 for row in table for cell in row)


def test_sums_that_differ_are_refused():
    with pytest.raises(ValueError, match="differ"):
        spread([1], [2])


def whys(*offers, precedence=USUAL):
    return {one.offer.plan: one.why for one in choose(offers, precedence)}


def test_the_budget_goes_before_the_plan_it_was_made_from():
    told = whys(Offer(1, "32.04", 2027, "rkpd"), Offer(2, "32.04", 2027, "apbd"))
    assert told == {1: "other_stage", 2: "counts"}


def test_procurement_never_counts():
    assert whys(Offer(1, "32.04", 2027, "rup")) == {1: "never_counted"}


def test_another_order_of_stages_can_be_asked_for():
    offers = Offer(1, "32.04", 2027, "rkpd"), Offer(2, "32.04", 2027, "apbd")
    assert whys(*offers, precedence=("rkpd", *USUAL))[1] == "counts"


def test_of_two_budgets_the_newer_counts():
    told = whys(Offer(1, "32.04", 2027, "apbd", age=2), Offer(2, "32.04", 2027, "apbd", age=1))
    assert told == {1: "counts", 2: "older"}


def test_plans_of_agencies_count_together_where_the_government_has_none():
    told = whys(Offer(1, "ID", 2027, "rkp", "PU"), Offer(2, "ID", 2027, "rkp", "Kesehatan"))
    assert set(told.values()) == {"counts"}


def test_each_agency_counts_by_its_own_latest_stage():
    told = whys(
        Offer(1, "63.01", 2027, "apbd", "Dinas PU"),
        Offer(2, "63.01", 2027, "renstra", "Dinas PU"),
        Offer(3, "63.01", 2027, "renstra", "Dinas Kesehatan"),
    )
    assert told == {1: "counts", 2: "other_stage", 3: "counts"}


@pytest.mark.parametrize("name", ["DINAS PUPR", "Dinas  PUPR", " dinas pupr\n"])
def test_an_agency_is_the_same_however_its_name_is_written(name):
    told = whys(
        Offer(1, "63.01", 2027, "renstra", "Dinas PUPR", 1),
        Offer(2, "63.01", 2027, "renstra", name, 2),
    )
    assert told == {1: "older", 2: "counts"}


def test_a_name_of_nothing_but_spaces_means_the_whole_government():
    told = whys(Offer(1, "63.01", 2027, "apbd", "  "), Offer(2, "63.01", 2027, "apbd", "PU"))
    assert told == {1: "counts", 2: "whole_government"}


def test_the_plan_of_the_whole_government_goes_before_those_of_agencies():
    told = whys(
        Offer(1, "32.04", 2027, "apbd", "Dinas PU"),
        Offer(2, "32.04", 2027, "rkpd"),
        Offer(3, "32.04", 2027, "rkpd", "Dinas PU"),
    )
    assert told == {1: "other_stage", 2: "counts", 3: "whole_government"}


def test_years_and_governments_are_chosen_apart():
    told = whys(
        Offer(1, "32.04", 2027, "rkpd"),
        Offer(2, "32.04", 2028, "apbd"),
        Offer(3, "32", 2027, "apbd"),
    )
    assert set(told.values()) == {"counts"}


OFFERS = st.lists(
    st.builds(
        Offer,
        plan=st.integers(1, 10**6),
        government=st.sampled_from(["32", "32.04"]),
        year=st.sampled_from([2026, 2027]),
        kind=st.sampled_from([*USUAL, "rup"]),
        scope=st.sampled_from(["", "PU", " pu", "Kesehatan"]),
        age=st.integers(0, 3),
    ),
    unique_by=lambda one: one.plan,
    max_size=12,
)


@given(OFFERS)
def test_no_two_plans_count_for_the_same_money(offers):
    choices = choose(offers, USUAL)
    assert sorted(one.offer.plan for one in choices) == sorted(one.plan for one in offers)
    counted = [one.offer for one in choices if one.counts]
    for government, year in {(one.government, one.year) for one in offers}:
        same = [one for one in counted if (one.government, one.year) == (government, year)]
        parts = [one.scope.strip().casefold() for one in same]
        assert len(set(parts)) == len(same)
        assert len(same) <= 1 or all(parts)


@given(OFFERS)
def test_no_part_of_a_government_is_left_out(offers):
    """Each part that has a plan of any stage counts, by its own plan or by that of the whole."""
    counted = [one.offer for one in choose(offers, USUAL) if one.counts]
    there = {(one.government, one.year, one.scope.strip().casefold()) for one in counted}
    for one in offers:
        if one.kind in USUAL:
            whole = (one.government, one.year, "")
            assert whole in there or (*whole[:2], one.scope.strip().casefold()) in there
