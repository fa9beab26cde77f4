"""How divided voters are is told item by item."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.deliberation import approval_ballots, differences, ranking_ballots
from sinergi.analysis.deliberation.ballots import Kind
from sinergi.analysis.deliberation.differences import by_chance, support_of_each
from tests.analysis.deliberation import profiles


def test_approvals_divide_most_when_half_approve():
    told = differences(profiles.approvals("ab", [("ab", 2), ("a", 2)]))
    assert (told["a"].support, told["a"].division) == (1, 0)
    assert (told["b"].support, told["b"].division) == (0.5, 1)


def test_division_of_a_quarter_against_is_three_quarters():
    """4 · ¾ · ¼ = ¾."""
    told = differences(profiles.approvals("a b", [("a", 3), ("b", 1)]))
    assert told["a"].division == pytest.approx(0.75)


def test_weights_count():
    told = differences(approval_ballots("a", [[1], [0]], [3, 1]))
    assert told["a"].support == pytest.approx(0.75)
    assert told["a"].division == pytest.approx(0.75)


@pytest.mark.parametrize("items", [2, 3, 5, 9])
def test_rankings_by_lot_are_as_divided_as_is_expected_of_chance(items):
    names, rng = [str(one) for one in range(items)], np.random.default_rng(0)
    places = rng.random((4000, items)).argsort(axis=1) + 1
    told = differences(ranking_ballots(names, places))
    expected = pytest.approx(by_chance(Kind.RANKING, items), abs=0.03)
    assert [one.division for one in told.values()] == [expected] * items


def test_no_answer_says_nothing_and_one_answer_divides_nobody():
    told = differences(approval_ballots("ab", [[np.nan, 1], [np.nan, np.nan]]))
    assert (told["a"].answered, told["a"].support, told["a"].division) == (0, None, None)
    assert (told["b"].answered, told["b"].support, told["b"].division) == (1, 1, None)


def test_of_a_ranking_equals_share_their_points_and_a_blank_one_is_no_answer():
    ballots = ranking_ballots("abc", [[1, 2, 2], [np.nan, 1, np.nan], [np.nan] * 3])
    given_ = support_of_each(ballots)
    assert given_[:2].tolist() == [[1, 0.25, 0.25], [0.25, 1, 0.25]]
    assert np.isnan(given_[2]).all()


def test_an_item_alone_on_the_ballot_is_neither_first_nor_last():
    assert support_of_each(ranking_ballots("a", [[1]])).tolist() == [[0.5]]


@given(arrays(np.float64, (7, 4), elements=st.integers(1, 4)))
def test_division_lies_between_0_and_1_and_answers_turned_around_divide_as_much(places):
    there = differences(ranking_ballots("abcd", places))
    back = differences(ranking_ballots("abcd", 5 - places))
    for item in "abcd":
        assert 0 <= there[item].division <= 1
        assert there[item].division == pytest.approx(back[item].division)
        assert there[item].support == pytest.approx(1 - back[item].support)
