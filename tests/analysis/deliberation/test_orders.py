"""Textbook profiles with the results of their texts, and what the rules promise of every profile."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sinergi.analysis.deliberation import ranking_ballots
from sinergi.analysis.deliberation.orders import (
    approval,
    approvals,
    borda,
    borda_points,
    margins,
    preferences,
    ranked_pairs,
    schulze,
)
from tests.analysis.deliberation import profiles

ORDERS = [borda, schulze, ranked_pairs]
CONDORCET = [schulze, ranked_pairs]

CYCLE = profiles.rankings({"A>B>C": 1, "B>C>A": 1, "C>A>B": 1})
TENNESSEE = profiles.rankings({"M>N>C>K": 42, "N>C>K>M": 26, "C>K>N>M": 15, "K>C>N>M": 17})
SCHULZE_45 = profiles.rankings(
    {
        "A>C>B>E>D": 5,
        "A>D>E>C>B": 5,
        "B>E>D>A>C": 8,
        "C>A>B>E>D": 3,
        "C>A>E>B>D": 7,
        "C>B>A>D>E": 2,
        "D>C>E>B>A": 7,
        "E>B>A>D>C": 8,
    }
)


@pytest.mark.parametrize("rule", ORDERS)
def test_the_paradox_of_condorcet_is_shown_as_a_tie_of_all(rule):
    assert profiles.order(CYCLE, rule) == ["A B C"]


def test_the_capital_of_tennessee_is_nashville():
    assert profiles.order(TENNESSEE, schulze) == ["N", "C", "K", "M"]
    assert profiles.order(TENNESSEE, ranked_pairs) == ["N", "C", "K", "M"]
    assert profiles.order(TENNESSEE, borda) == ["N", "C", "M", "K"]


def test_borda_points_of_the_capital_of_tennessee():
    points = borda_points(TENNESSEE, TENNESSEE.weights[None])[0] * 100
    assert dict(zip("CKMN", points.round().tolist(), strict=True)) == {
        "C": 173,
        "K": 107,
        "M": 126,
        "N": 194,
    }


def test_the_45_voters_of_schulze_have_his_pairwise_counts_and_his_order():
    counts = preferences(SCHULZE_45, SCHULZE_45.weights[None])[0]
    assert counts.tolist() == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]
    assert profiles.order(SCHULZE_45, schulze) == ["E", "A", "C", "B", "D"]


def test_ranked_pairs_locks_the_largest_majorities_first():
    """7 A>B>C, 5 B>C>A, 4 C>A>B; B-C by 8, A-B by 6; C-A by 2 closes a circle."""
    ballots = profiles.rankings({"A>B>C": 7, "B>C>A": 5, "C>A>B": 4})
    assert profiles.order(ballots, ranked_pairs) == ["A", "B", "C"]


def test_ranked_pairs_of_equal_majorities_claims_only_what_every_sequence_gives():
    ballots = profiles.rankings({"A>B>C>D": 1, "B>C>A>D": 1, "C>A>B>D": 1})
    assert profiles.order(ballots, ranked_pairs) == ["A B C", "D"]


def test_equals_and_unranked_share_the_points_of_their_places():
    ballots = profiles.rankings({"A>B=C": 1, "D": 1})
    points = borda_points(ballots, np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert points.tolist() == [[3, 1.5, 1.5, 0], [1, 1, 1, 3]]


def test_approvals_are_counted_by_weight_and_equal_weights_are_equal():
    ballots = profiles.approvals("abc", [("a", 1), ("a", 1), ("b", 1)], ["0.1", "0.2", "0.3"])
    assert approvals(ballots, ballots.weights[None]).tolist() == [[3, 3, 0]]
    assert profiles.order(ballots, approval) == ["a b", "c"]


@st.composite
def ballots_of_places(draw, *, most_items=5):
    items = draw(st.integers(2, most_items))
    place = st.one_of(st.just(np.nan), st.integers(1, items))
    row = st.lists(place, min_size=items, max_size=items)
    rows = draw(st.lists(row, min_size=1, max_size=9))
    return ranking_ballots("ABCDEF"[:items], rows)


def above(ballots, rule):
    return rule(ballots, ballots.weights[None])[0]


@pytest.mark.parametrize("rule", ORDERS)
@given(ballots=ballots_of_places(), seed=st.integers(0, 99))
def test_who_votes_how_does_not_matter_only_how_many(rule, ballots, seed):
    shuffled = np.random.default_rng(seed).permutation(ballots.answers)
    other = ranking_ballots(ballots.items, shuffled)
    assert (above(ballots, rule) == above(other, rule)).all()


@pytest.mark.parametrize("rule", ORDERS)
@given(ballots=ballots_of_places(), seed=st.integers(0, 99))
def test_items_are_treated_alike(rule, ballots, seed):
    way = np.random.default_rng(seed).permutation(len(ballots.items))
    other = ranking_ballots([ballots.items[at] for at in way], ballots.answers[:, way])
    assert (above(ballots, rule)[np.ix_(way, way)] == above(other, rule)).all()


@pytest.mark.parametrize("rule", ORDERS)
@given(ballots=ballots_of_places())
def test_an_order_never_runs_in_a_circle(rule, ballots):
    placed = above(ballots, rule)
    through = (placed.astype(int) @ placed.astype(int)) > 0
    assert not (through & ~placed).any()
    assert not (placed & placed.T).any()


@pytest.mark.parametrize("rule", CONDORCET)
@given(ballots=ballots_of_places())
def test_who_beats_every_other_comes_first_alone(rule, ballots):
    wins = (margins(preferences(ballots, ballots.weights[None]))[0] > 0).sum(axis=1)
    assume(wins.max() == len(ballots.items) - 1)
    winner = int(wins.argmax())
    assert above(ballots, rule)[winner].sum() == len(ballots.items) - 1


@given(
    ballots=ballots_of_places(most_items=4), behind=st.lists(st.booleans(), min_size=9, max_size=9)
)
def test_a_clone_changes_nothing_among_the_others_under_schulze(ballots, behind):
    """Whether an item is undefeated does not hang on a copy of the first, which no voter parts from it."""
    places = ballots.answers * 2
    alone = (places[:, :1] == places).sum(axis=1) == 1
    step = np.where(alone, np.where(behind[: len(places)], 1, -1), 0)
    copy = places[:, :1] + step[:, None]
    cloned = ranking_ballots((*ballots.items, "clone"), np.hstack([places, copy]))

    before, after = above(ballots, schulze), above(cloned, schulze)
    others = slice(1, len(ballots.items))
    defeated = before.any(axis=0)[others]
    assert (after.any(axis=0)[others] == defeated).all()
    assert after[:, [0, -1]].any(axis=0).all() == before.any(axis=0)[0]


@pytest.mark.parametrize("rule", ORDERS)
@given(ballots=ballots_of_places(), weights=st.lists(st.integers(1, 3), min_size=9, max_size=9))
def test_a_weight_of_three_is_three_voters(rule, ballots, weights):
    weights = weights[: ballots.voters]
    weighted = ranking_ballots(ballots.items, ballots.answers, weights)
    repeated = ranking_ballots(ballots.items, np.repeat(ballots.answers, weights, axis=0))
    assert (above(weighted, rule) == above(repeated, rule)).all()


@pytest.mark.parametrize("rule", ORDERS)
@given(ballots=ballots_of_places())
def test_ballots_turned_around_turn_the_order_around(rule, ballots):
    complete = np.where(np.isnan(ballots.answers), 9, ballots.answers)
    there = ranking_ballots(ballots.items, complete)
    back = ranking_ballots(ballots.items, 10 - complete)
    assert (above(there, rule) == above(back, rule).T).all()
