"""Each unit of money has one source, one holder and one use, whatever the plans are."""

from collections import Counter
from dataclasses import replace

import pytest

from sinergi.analysis.ledger import (
    Certainty,
    LedgerOverflow,
    Origin,
    Recorded,
    build,
    frame,
)
from tests.analysis.ledger.making import PARENTS, from_, gives, use


def by_source(ledger):
    found = Counter()
    for entry in ledger.entries:
        found[entry.source, entry.holder, entry.planned] += entry.amount
    return dict(found)


def test_a_transfer_and_the_line_of_its_receiver_are_counted_once():
    ledger = build(
        [gives("a", "32", "32.04", 40), use("b", "32.04", 40, **from_("32"))], (), PARENTS
    )
    assert by_source(ledger) == {("32", "32.04", True): 40}
    assert ledger.edges[0].matched == 40
    assert ledger.unseen == ()


def test_a_chain_from_the_centre_over_the_province_adds_nothing():
    rows = [
        gives("a", "ID", "32", 100, channel="DAU", **from_("ID")),
        use("b", "32", 60, channel="DAU", **from_("ID")),
        gives("c", "32", "32.04", 40, channel="DAU", **from_("ID")),
        use("d", "32.04", 40, channel="BANKEU", **from_("32")),
    ]
    ledger = build(rows, (), PARENTS)
    assert ledger.total == 100
    assert by_source(ledger) == {("ID", "32", True): 60, ("ID", "32.04", True): 40}


def test_what_the_receiver_does_not_plan_is_there_once_and_says_so():
    ledger = build(
        [gives("a", "32", "32.04", 40), use("b", "32.04", 25, **from_("32"))], (), PARENTS
    )
    assert by_source(ledger) == {("32", "32.04", True): 25, ("32", "32.04", False): 15}
    assert ledger.edges[0].unplanned == 15


def test_what_the_receiver_plans_without_a_transfer_is_there_once_and_says_so():
    ledger = build(
        [gives("a", "32", "32.04", 40), use("b", "32.04", 50, **from_("32"))], (), PARENTS
    )
    assert ledger.total == 50
    assert [(one.giver, one.holder, one.amount) for one in ledger.unseen] == [("32", "32.04", 10)]
    assert {one.certainty for one in ledger.entries} == {Certainty.MATCHED, Certainty.UNSEEN}


def test_a_transfer_may_lie_in_lines_that_state_no_channel():
    rows = [gives("a", "ID", "32.04", 40), use("b", "32.04", 100, Origin.UNSTATED)]
    ledger = build(rows, (), PARENTS)
    assert by_source(ledger) == {("ID", "32.04", True): 40, ("", "32.04", True): 60}
    assert ledger.edges[0].assumed == 40


def test_a_transfer_without_receiver_may_be_what_a_line_says_it_gets():
    rows = [gives("a", "32", "", 40), use("b", "32.04", 30, **from_("32"))]
    ledger = build(rows, (), PARENTS)
    assert by_source(ledger) == {("32", "32.04", True): 30, ("32", "", False): 10}


def test_channels_of_the_same_name_meet_first():
    rows = [
        gives("a", "ID", "32.04", 30, channel="DAK", **from_("ID")),
        gives("b", "ID", "32.04", 30, channel="DAU", **from_("ID")),
        use("c", "32.04", 30, channel="DAU", **from_("ID")),
    ]
    ledger = build(rows, (), PARENTS)
    assert {one.row: one.matched for one in ledger.edges} == {"a": 0, "b": 30}


def test_what_comes_from_a_partner_is_not_met_by_the_province():
    rows = [gives("a", "32", "32.04", 40), use("b", "32.04", 40, Origin.PARTNER)]
    ledger = build(rows, (), PARENTS)
    assert ledger.total == 80
    assert {(one.source, one.planned) for one in ledger.entries} == {
        ("partner", True),
        ("32", False),
    }


def test_a_neighbour_meets_what_comes_from_a_partner():
    rows = [gives("a", "32.05", "32.04", 40), use("b", "32.04", 40, Origin.PARTNER)]
    assert by_source(build(rows, (), PARENTS)) == {("32.05", "32.04", True): 40}


def test_a_channel_of_a_transfer_may_name_how_it_is_given():
    rows = [
        gives("a", "32", "32.04", 40, channel="BANKEU", **from_("32")),
        use("b", "32.04", 40, channel="BANKEU", **from_("32")),
    ]
    assert by_source(build(rows, (), PARENTS)) == {("32", "32.04", True): 40}


def test_governments_that_give_in_a_circle_are_not_followed_for_ever():
    rows = [
        gives("a", "32.04", "32.05", 10, **from_("32.05")),
        gives("b", "32.05", "32.04", 10, **from_("32.04")),
        use("c", "32.04", 10, **from_("32.05")),
    ]
    ledger = build(rows, (), PARENTS)
    assert ledger.total == 20
    assert Certainty.CIRCULAR in {one.certainty for one in ledger.entries}


def test_what_a_government_passes_to_itself_is_a_use():
    ledger = build([gives("a", "32", "32", 40, Origin.UNSTATED)], (), PARENTS)
    assert by_source(ledger) == {("", "32", True): 40}
    assert ledger.edges == ()


def test_loans_and_companies_are_sources_of_their_own():
    rows = [use("a", "32", 5, Origin.LENDER), use("b", "32", 6, Origin.PRIVATE)]
    assert {one.source for one in build(rows).entries} == {"lender", "private"}


def test_a_recorded_transfer_counts_beyond_what_lines_pass_on():
    rows = [gives("a", "32", "32.04", 40), use("b", "32.04", 60, **from_("32"))]
    ledger = build(rows, [Recorded("1", "32", "32.04", 2027, 50)], PARENTS)
    assert ledger.total == 60
    assert sum(one.matched for one in ledger.edges) == 50
    assert [one.amount for one in ledger.edges if one.recorded] == [10]


def test_different_channels_of_the_same_giver_are_different_money():
    rows = [
        gives("a", "ID", "32.04", 10, channel="DAK", **from_("ID")),
        use("b", "32.04", 10, channel="DAU", **from_("ID")),
    ]
    ledger = build(rows, (), PARENTS)
    assert ledger.total == 20
    assert [(one.matched, one.assumed, one.unplanned) for one in ledger.edges] == [(0, 0, 10)]
    assert [one.channel for one in ledger.unseen] == ["DAU"]


def test_different_channels_never_meet_where_no_receiver_is_named():
    rows = [
        gives("a", "32", "", 10, channel="DBH", **from_("32")),
        use("b", "32.04", 10, channel="BANKEU", **from_("32")),
    ]
    assert build(rows, (), PARENTS).total == 20


@pytest.mark.parametrize("side", ["giver", "receiver"])
@pytest.mark.parametrize("unsaid", [{"channel": ""}, {"channel": "APBD", "purse": True}])
def test_a_side_that_names_no_channel_is_assumed_to_mean_the_same(side, unsaid):
    one, other = (unsaid, {"channel": "BANKEU"}) if side == "giver" else ({"channel": "B"}, unsaid)
    rows = [
        gives("a", "32", "32.04", 40, **one, **from_("32")),
        use("b", "32.04", 40, **other, **from_("32")),
    ]
    ledger = build(rows, (), PARENTS)
    assert ledger.total == 40
    assert [(one.matched, one.assumed) for one in ledger.edges] == [(0, 40)]
    assert {one.certainty for one in ledger.entries} == {Certainty.ASSUMED}


@pytest.mark.parametrize("receiver", ["32.04", ""], ids=["same_receiver", "no_receiver"])
@pytest.mark.parametrize(
    ("channel", "recorded", "total"),
    [("BANKEU", "DBH", 20), ("DBH", "DBH", 10), ("", "DBH", 10), ("BANKEU", "", 10)],
)
def test_a_recorded_transfer_hides_only_behind_its_own_channel(receiver, channel, recorded, total):
    row = gives("a", "32", receiver, 10, channel=channel, **from_("32"))
    one = Recorded("1", "32", "32.04", 2027, 10, recorded)
    assert build([row], [one], PARENTS).total == total


def test_a_recorded_transfer_hides_behind_lines_of_its_channel_before_lines_of_none():
    rows = [
        gives("a", "32", "32.04", 10),
        gives("b", "32", "32.04", 10, channel="DBH", **from_("32")),
    ]
    recorded = [
        Recorded("1", "32", "32.04", 2027, 10, ""),
        Recorded("2", "32", "32.04", 2027, 10, "DBH"),
    ]
    assert build(rows, recorded, PARENTS).total == 20


def test_years_never_meet():
    rows = [gives("a", "32", "32.04", 40), replace(use("b", "32.04", 40, **from_("32")), year=2028)]
    assert build(rows, (), PARENTS).total == 80


@pytest.mark.parametrize("amount", [-1, -100])
def test_a_negative_amount_is_refused(amount):
    with pytest.raises(ValueError, match="negative"):
        build([use("a", "32", amount)])
    with pytest.raises(ValueError, match="negative"):
        build([], [Recorded("a", "32", "32.04", 2027, amount)])


def test_the_same_row_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        build([use("a", "32", 1), use("a", "32", 1)])
    with pytest.raises(ValueError, match="twice"):
        build([], [Recorded("a", "32", "32.04", 2027, 1), Recorded("a", "32", "32.04", 2027, 1)])


def test_a_sum_beyond_64_bits_is_told():
    with pytest.raises(LedgerOverflow):
        frame(build([use("a", "32", 2**62), use("b", "32", 2**62)]).entries)


def test_only_what_names_another_giver_draws_on_one():
    assert not use("a", "32", 1, **from_("32")).draws_on_others
    assert use("a", "32", 1, **from_("ID")).draws_on_others
    assert not gives("a", "32", "33", 1, Origin.PARTNER).draws_on_others
