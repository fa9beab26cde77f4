"""Equal shares as in the book of Lackner and Skowron, and its promise to groups of voters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.deliberation import approval_ballots
from sinergi.analysis.deliberation.equal_shares import (
    NEAR,
    equal_shares,
    equal_shares_by_lot,
)
from sinergi.analysis.deliberation.places import choice_from
from tests.analysis.deliberation import profiles

EXAMPLE_1 = [("ab", 3), ("ac", 3), ("ad", 2), ("bcf", 1), ("e", 1), ("f", 1), ("g", 1)]


def choose(ballots, places):
    return choice_from(ballots.items, *equal_shares(ballots, ballots.weights, places), places)


def test_example_11_of_lackner_and_skowron():
    chosen = choose(profiles.approvals("abcdefg", EXAMPLE_1), 4)
    assert chosen.certain == ("a", "b", "c", "d")


def test_example_12_of_lackner_and_skowron_where_equal_shares_and_phragmen_part():
    ballots = profiles.approvals("abcd", [("cd", 3), ("ab", 2), ("ac", 2), ("bd", 1)])
    assert choose(ballots, 3).certain == ("a", "c", "d")


def test_49_percent_get_49_percent_of_the_places():
    """The motivation of Peters and Skowron: a bare majority must not take everything."""
    ballots = profiles.approvals("ABCDEFGHIJabcdefghij", [("ABCDEFGHIJ", 51), ("abcdefghij", 49)])
    chosen = choose(ballots, 10)
    assert chosen.certain == ()
    assert chosen.remaining == 10
    by_lot = equal_shares_by_lot(ballots, ballots.weights, 10, np.random.default_rng(0))
    assert by_lot[:10].sum() == by_lot[10:].sum() == 5


def test_a_tie_at_the_border_is_shown_with_the_places_that_remain():
    """With 2/5 each, the four buy a; b and c are then equally cheap to share, d is dearer."""
    chosen = choose(profiles.approvals("abcd", [("ab", 2), ("ac", 2), ("d", 1)]), 2)
    assert (chosen.certain, chosen.tied, chosen.remaining) == (("a",), ("b", "c"), 1)
    assert chosen.not_chosen == ("d",)


def test_places_that_nobody_supports_stay_empty():
    chosen = choose(profiles.approvals("abc", [("a", 2)]), 3)
    assert (chosen.certain, chosen.not_chosen, chosen.unfilled) == (("a",), ("b", "c"), 2)


def test_too_many_ties_leave_everything_open_that_is_not_certain():
    items = "abcdefghijklmnop"
    ballots = profiles.approvals(items, [("a", 20), *((item, 1) for item in items[1:])])
    chosen = choose(ballots, 8)
    assert "a" in chosen.certain
    assert set(chosen.tied) == set(items) - set(chosen.certain)


@st.composite
def approvals(draw):
    items = draw(st.integers(2, 6))
    row = st.lists(st.booleans(), min_size=items, max_size=items)
    rows = draw(st.lists(row, min_size=2, max_size=8))
    return np.array(rows, dtype=float), draw(st.integers(1, items))


def names(items):
    return [f"i{item}" for item in range(items)]


@given(approvals())
def test_a_group_that_agrees_on_enough_items_gets_its_share(given_):
    """Extended justified representation (Peters and Skowron 2020), for the voters of one ballot."""
    rows, places = given_
    ballots = approval_ballots(names(rows.shape[1]), rows)
    chosen = equal_shares_by_lot(ballots, ballots.weights, places, np.random.default_rng(0))
    for row in rows:
        group = (rows == row).all(axis=1)
        deserved = min(int(group.sum() * places // len(rows)), int(row.sum()))
        assert (chosen & (row == 1)).sum() >= deserved


@given(approvals(), st.lists(st.integers(1, 3), min_size=8, max_size=8))
def test_a_weight_of_three_is_three_voters(given_, weights):
    rows, places = given_
    weights = weights[: len(rows)]
    weighted = approval_ballots(names(rows.shape[1]), rows, weights)
    repeated = approval_ballots(names(rows.shape[1]), np.repeat(rows, weights, axis=0))
    one = equal_shares(weighted, weighted.weights, places)
    other = equal_shares(repeated, repeated.weights, places)
    assert np.array_equal(one, other)


@given(approvals(), st.integers(0, 50))
def test_a_lot_chooses_what_is_certain_and_only_what_is_tied(given_, seed):
    rows, places = given_
    ballots = approval_ballots(names(rows.shape[1]), rows)
    certain, tied = equal_shares(ballots, ballots.weights, places)
    chosen = equal_shares_by_lot(ballots, ballots.weights, places, np.random.default_rng(seed))
    assert (chosen >= certain).all()
    assert (chosen <= (certain | tied)).all()


@pytest.mark.parametrize("places", [1, 2, 3])
def test_nobody_who_approves_leaves_everything_unfilled(places):
    assert choose(approval_ballots("abc", np.zeros((3, 3))), places).unfilled == places


@pytest.mark.parametrize("seed", range(25))
def test_computed_as_floats_all_at_once_it_chooses_as_with_fractions(seed):
    rng = np.random.default_rng(seed)
    voters, items, places = rng.integers(3, 30), rng.integers(3, 12), rng.integers(1, 6)
    table = np.repeat((rng.random((voters, items)) < 0.4).astype(float), 1 + seed % 2, axis=1)
    names = tuple(str(number) for number in range(table.shape[1]))
    ballots = approval_ballots(names, table, weights=rng.integers(1, 4, voters).tolist())
    exact, floats = (
        equal_shares(ballots, ballots.weights, int(min(places, items)), near=near)
        for near in (0, NEAR)
    )
    assert [mask.tolist() for mask in floats] == [mask.tolist() for mask in exact]
