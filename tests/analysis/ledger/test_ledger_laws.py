"""Laws that every ledger keeps, whatever the rows are."""

import random
from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.analysis.ledger import Certainty, Origin, Recorded, Row, build, frame, totals
from sinergi.analysis.ledger.build import RECORDED as RECORDED_AS
from sinergi.analysis.ledger.matching import match
from tests.analysis.ledger.making import PARENTS, PLACES, from_, gives, use

ROWS = st.lists(
    st.builds(
        Row,
        id=st.uuids().map(str),
        holder=st.sampled_from(PLACES),
        year=st.sampled_from([2026, 2027]),
        amount=st.integers(0, 10**15),
        origin=st.sampled_from(list(Origin)),
        giver=st.sampled_from(PLACES),
        affair=st.sampled_from(["", "1.03", "1.04"]),
        region=st.sampled_from(["", *PLACES]),
        channel=st.sampled_from(["", "DAK", "BANKEU"]),
        passed_on=st.booleans(),
        receiver=st.sampled_from(["", *PLACES]),
        purse=st.booleans(),
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
        channel=st.sampled_from(["", "DAK", "BANKEU"]),
        purse=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)
many = settings(max_examples=150, deadline=None)


@many
@given(ROWS, RECORDED)
def test_uses_are_sources(rows, recorded):
    """Uses and what is not yet planned = what is the holders' own and what no transfer was seen for."""
    ledger = build(rows, recorded, PARENTS)
    used = sum(row.amount for row in rows if not row.passed_on or row.receiver == row.holder)
    assert sum(one.amount for one in ledger.entries if one.planned) == used
    assert sum(one.amount for one in ledger.entries if not one.planned) == sum(
        one.unplanned for one in ledger.edges
    )


@many
@given(ROWS)
def test_what_comes_in_is_what_no_transfer_brought(rows):
    ledger = build(rows, (), PARENTS)
    met = sum(one.matched + one.assumed for one in ledger.edges)
    assert ledger.total == sum(row.amount for row in rows) - met
    assert all(one.unplanned >= 0 for one in ledger.edges)


@many
@given(ROWS)
def test_each_row_is_used_to_its_last_unit(rows):
    spent = Counter()
    for entry in build(rows, (), PARENTS).entries:
        assert entry.amount > 0
        if entry.planned:
            spent[entry.row] += entry.amount
    uses = {row.id: row.amount for row in rows if not row.passed_on or row.receiver == row.holder}
    assert dict(spent) == {name: amount for name, amount in uses.items() if amount}


@many
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    assert build(mixed, (), PARENTS) == build(rows, (), PARENTS)


@many
@given(ROWS)
def test_amounts_that_name_different_channels_never_meet(rows):
    for link in match([row for row in rows if row.amount], PARENTS)[0].links:
        assert not link.transfer.way or not link.row.way or link.transfer.way == link.row.way
        if link.transfer.way != link.row.way:
            assert link.certainty is Certainty.ASSUMED


@many
@given(ROWS, RECORDED)
def test_what_is_recorded_of_a_channel_is_passed_on_by_it_or_by_lines_that_name_none(
    rows, recorded
):
    edges = build(rows, recorded, PARENTS).edges
    ways = {RECORDED_AS + one.id: "" if one.purse else one.channel for one in recorded}
    ways |= {row.id: row.way for row in rows}
    for way in ("DAK", "BANKEU"):
        for giver in PLACES:
            told = [
                one for one in recorded if one.giver == giver and ways[RECORDED_AS + one.id] == way
            ]
            sent = [one for one in edges if one.giver == giver and ways[one.row] in (way, "")]
            assert sum(one.amount for one in told) <= sum(one.amount for one in sent)


@many
@given(st.lists(st.integers(1, 10**9), max_size=4), st.lists(st.integers(1, 10**9), max_size=4))
def test_of_one_channel_the_larger_of_lines_and_records_counts(lines, recorded):
    rows = [
        gives(str(number), "32", "32.04", amount, channel="DAK", **from_("32"))
        for number, amount in enumerate(lines)
    ]
    records = [
        Recorded(str(number), "32", "32.04", 2027, amount, "DAK")
        for number, amount in enumerate(recorded)
    ]
    assert build(rows, records, PARENTS).total == max(sum(lines), sum(recorded))


CUTS = ("source", "holder", "affair", "region", "channel", "year", "planned", "certainty")


@many
@given(ROWS, st.lists(st.sampled_from(CUTS), unique=True, max_size=4))
def test_any_cut_and_any_cut_of_it_adds_up(rows, by):
    ledger = build(rows, (), PARENTS)
    cut = totals(frame(ledger.entries), by)
    assert sum(cut["amount"].to_list()) == ledger.total
    if by:
        coarser = totals(cut, by[:1])
        assert sum(coarser["amount"].to_list()) == ledger.total


@many
@given(ROWS)
def test_transfers_alone_never_make_money(rows):
    """Without what is passed on, the same uses cost at most what they cost with it."""
    ledger = build(rows, (), PARENTS)
    alone = build(
        [row for row in rows if not row.passed_on or row.receiver == row.holder], (), PARENTS
    )
    extra = sum(one.unplanned for one in ledger.edges)
    assert ledger.total == alone.total + extra


@many
@given(st.integers(1, 10**15), st.integers(0, 10**15), st.integers(0, 10**15))
def test_a_chain_never_adds_money(first, kept, used):
    kept = min(kept, first)
    passed = first - kept
    used = min(used, passed)
    rows = [
        gives("a", "ID", "32", first),
        use("b", "32", kept, **from_("ID")),
        gives("c", "32", "32.04", passed, **from_("ID")),
        use("d", "32.04", used, **from_("32")),
    ]
    ledger = build(rows, (), PARENTS)
    assert ledger.total == first
    assert {one.source for one in ledger.entries} == {"ID"}


def test_a_large_ledger_keeps_every_unit():
    chance = random.Random(7)
    rows = [
        Row(
            f"{number:05}", chance.choice(PLACES), 2027, chance.randrange(10**13),
            chance.choice(list(Origin)), chance.choice(PLACES), passed_on=chance.random() < 0.1,
            receiver=chance.choice(PLACES),
        )
        for number in range(4000)
    ]  # fmt: skip
    ledger = build(rows, (), PARENTS)
    used = sum(row.amount for row in rows if not row.passed_on or row.receiver == row.holder)
    assert frame(ledger.entries).filter(pl.col("planned"))["amount"].sum() == used
