"""Money outside the budgets of receivers: its giver holds it, and no second plan makes it more."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.analysis.ledger import Certainty, Origin, Recorded, Row, build
from tests.analysis.ledger.making import PARENTS, PLACES, gives, use

TOLD = {"origin": Origin.GOVERNMENT, "giver": "ID", "channel": "TP", "outside": True}


def named(name, holder, amount, region="", **more):
    return replace(use(name, holder, amount, **TOLD), region=region or holder, **more)


def held(rows, recorded=()):
    ledger = build(rows, recorded, PARENTS)
    left = sum(one.amount for one in ledger.twice)
    return [(one.holder, one.region, one.amount) for one in ledger.entries], left


def test_it_is_held_by_its_giver_wherever_it_is_used():
    ledger = build([named("a", "32.04", 100)], (), PARENTS)
    (entry,) = ledger.entries
    assert (entry.source, entry.holder, entry.region) == ("ID", "ID", "32.04")
    assert entry.certainty is Certainty.UNSEEN
    assert ledger.twice == ()


@pytest.mark.parametrize("region", ["32.04", "32", "ID"])
@pytest.mark.parametrize("channel", ["TP", ""])
def test_what_the_giver_plans_there_is_not_added_once_more(region, channel):
    origin = Origin.GOVERNMENT if channel else Origin.UNSTATED
    giver = named("a", "ID", 100, region, channel=channel, origin=origin, outside=bool(channel))
    assert held([giver, named("b", "32.04", 100)]) == ([("ID", region, 100)], 100)


def test_what_goes_beyond_is_there_once():
    ledger = build([named("a", "ID", 60, "32.04"), named("b", "32.04", 100)], (), PARENTS)
    assert [(one.row, one.amount, one.certainty) for one in ledger.entries] == [
        ("a", 60, Certainty.STATED),
        ("b", 40, Certainty.UNSEEN),
    ]
    (twice,) = ledger.twice
    assert (twice.giver, twice.holder, twice.row, twice.amount) == ("ID", "32.04", "b", 60)


@pytest.mark.parametrize(
    "other",
    [
        named("a", "ID", 100, "33.01"),
        named("a", "ID", 100, "32.04", channel="DEKON"),
        named("a", "ID", 100, "32.04", year=2026),
    ],
    ids=["elsewhere", "other_channel", "other_year"],
)
def test_other_money_stays_other_money(other):
    entries, left = held([other, named("b", "32.04", 100)])
    assert (sum(amount for _holder, _region, amount in entries), left) == (200, 0)


def test_a_province_and_a_regency_in_it_name_the_same():
    rows = [named("a", "32", 100, "32.04"), named("b", "32.04", 100)]
    assert held(rows) == ([("ID", "32.04", 100)], 100)
    assert held([named("c", "ID", 100, "ID"), *rows]) == ([("ID", "ID", 100)], 200)


def test_two_regencies_share_what_the_giver_plans_without_a_place():
    rows = [
        named("a", "ID", 100, "ID"),
        named("b", "32.04", 100),
        named("c", "32.05", 100),
    ]
    entries, left = held(rows)
    assert (sum(amount for *_where, amount in entries), left) == (200, 100)


def test_what_the_giver_passes_on_is_its_own_use_at_the_receiver():
    rows = [gives("a", "ID", "32.04", 100, **TOLD), named("b", "32.04", 100)]
    ledger = build(rows, (), PARENTS)
    assert [(one.holder, one.region, one.amount) for one in ledger.entries] == [
        ("ID", "32.04", 100)
    ]
    assert ledger.edges == ()


@pytest.mark.parametrize("planned", [True, False])
def test_a_recorded_transfer_adds_nothing_to_the_plans(planned):
    recorded = [Recorded("1", "ID", "32.04", 2027, 100, "TP", outside=True)]
    rows = [named("a", "ID", 100, "32.04"), named("b", "32.04", 100)] if planned else []
    assert held(rows, recorded) == ([("ID", "32.04", 100)], 200 if planned else 0)


def test_money_of_companies_stays_with_whoever_plans_it():
    rows = [use("a", "32.04", 100, Origin.PRIVATE, channel="TJSL", outside=True)]
    assert held(rows) == ([("32.04", "32.04", 100)], 0)


ROWS = st.lists(
    st.builds(
        Row,
        id=st.uuids().map(str),
        holder=st.sampled_from(PLACES),
        year=st.sampled_from([2026, 2027]),
        amount=st.integers(0, 10**15),
        origin=st.sampled_from(list(Origin)),
        giver=st.sampled_from(["", *PLACES]),
        region=st.sampled_from(["", *PLACES]),
        channel=st.sampled_from(["", "TP", "BANKEU"]),
        passed_on=st.booleans(),
        receiver=st.sampled_from(["", *PLACES]),
        outside=st.booleans(),
    ),
    max_size=25,
    unique_by=lambda row: row.id,
)
RECORDED = st.lists(
    st.builds(
        Recorded,
        id=st.uuids().map(str),
        giver=st.sampled_from(PLACES),
        receiver=st.sampled_from(PLACES),
        year=st.just(2027),
        amount=st.integers(0, 10**15),
        channel=st.sampled_from(["", "TP"]),
        outside=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)
many = settings(max_examples=150, deadline=None)


@many
@given(ROWS)
def test_what_is_counted_and_what_is_left_out_is_all_that_plans_name(rows):
    ledger = build(rows, (), PARENTS)
    met = sum(one.matched + one.assumed for one in ledger.edges)
    left = sum(one.amount for one in ledger.twice)
    assert ledger.total == sum(row.amount for row in rows) - met - left
    assert all(one.amount > 0 for one in (*ledger.entries, *ledger.twice))


@many
@given(ROWS, RECORDED)
def test_nothing_outside_budgets_is_held_by_a_receiver(rows, recorded):
    given_by = {row.id: row.giver for row in rows if row.outside and row.giver}
    states = {row.id for row in rows if row.origin is Origin.GOVERNMENT}
    for entry in build(rows, recorded, PARENTS).entries:
        if entry.row in given_by and entry.row in states:
            assert entry.planned
            assert entry.holder == given_by[entry.row]


@many
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    assert build(mixed, (), PARENTS) == build(rows, (), PARENTS)


@many
@given(ROWS)
def test_what_is_left_out_is_in_a_plan_that_counts(rows):
    """Of one giver, channel and year no more is left out by a level than others tell of it."""
    ledger = build([row for row in rows if row.outside], (), PARENTS)
    depth = {"ID": 0, "32": 1, "33": 1}
    for giver in PLACES:
        for year in (2026, 2027):
            counted = sum(
                one.amount for one in ledger.entries if (one.holder, one.year) == (giver, year)
            )
            for level in (0, 1, 2):
                left = sum(
                    one.amount
                    for one in ledger.twice
                    if (one.giver, one.year, depth.get(one.holder, 2)) == (giver, year, level)
                )
                assert left <= counted
