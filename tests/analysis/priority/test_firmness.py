"""Ranks, bands, agreement, sensitivity, acceptability and reversals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.priority import (
    Criterion,
    acceptability,
    bands,
    distance,
    distances,
    draw_scores,
    kendall_tau,
    kendall_w,
    prioritise,
    rank_reversals,
    ranks,
    reversals,
    table,
    turning_points,
    turns,
    without,
)
from sinergi.analysis.priority.methods import METHODS
from sinergi.analysis.priority.ranks import mean_ranks, possible_ranks

UNIT = tuple(Criterion(c, scale="fixed", low=0, high=1) for c in "abc")
utilities = st.integers(2, 9).flatmap(
    lambda n: arrays(np.float64, (n, 3), elements=st.integers(0, 10).map(lambda x: x / 10))
)


def test_equals_share_the_best_rank_and_the_unknown_has_none() -> None:
    scores = np.array([0.5, 0.9, 0.5, np.nan, 0.1])
    np.testing.assert_array_equal(ranks(scores), [2, 1, 2, np.nan, 4])
    np.testing.assert_array_equal(mean_ranks(scores), [2.5, 1, 2.5, np.nan, 4])


def test_intervals_leave_ranks_open() -> None:
    best, worst = possible_ranks(np.array([0.1, 0.5, 0.2]), np.array([0.9, 0.5, 0.3]))
    assert best.tolist() == [1, 1, 2]
    assert worst.tolist() == [3, 2, 3]


def test_equals_leave_each_other_the_first_rank() -> None:
    sure = np.array([0.9, 0.9, 0.1])
    best, worst = possible_ranks(sure, sure)
    assert best.tolist() == worst.tolist() == [1, 1, 3]


@pytest.mark.parametrize("code", ["topsis", "wsm"])
def test_who_is_known_only_where_nobody_differs_does_not_win(code: str) -> None:
    values = np.array([[2.0, np.nan], [2.0, 9.0], [2.0, 1.0]])
    criteria = (Criterion("a", scale="fixed", low=0, high=10), Criterion("b"))
    found = METHODS[code].run(table(values, criteria, np.ones(2)))
    if code == "topsis":
        assert np.isnan(found.score[0])
    assert np.nanargmax(found.score) == 1
    assert found.low[0] <= found.high[0]


def test_kendalls_w_of_a_worked_example() -> None:
    # Siegel, S. and Castellan, N. J. (1988), Nonparametric Statistics, 9.4: three executives rank six
    # applicants: W = 0.16.
    judged = -np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=float)
    assert kendall_w(judged) == pytest.approx(0.16, abs=0.005)


def test_agreement_of_the_same_and_of_the_opposite() -> None:
    scores = np.arange(5.0)
    assert kendall_w(np.array([scores, scores * 2])) == pytest.approx(1.0)
    assert kendall_tau(scores, -scores) == pytest.approx(-1.0)
    assert np.isnan(kendall_tau(scores[:1], scores[:1]))
    assert np.isnan(kendall_w(scores[None]))


def test_a_lead_within_the_noise_is_one_band() -> None:
    scores = np.array([0.80, 0.79, 0.30, np.nan])
    noise = np.random.default_rng(0).normal(0, 0.05, (4, 400))
    assert bands(scores, np.nan_to_num(scores)[:, None] + noise).tolist() == [1, 1, 2, 0]


@given(values=utilities)
def test_at_the_turning_weight_two_alternatives_are_equal(values: np.ndarray) -> None:
    weights = np.array([0.5, 0.3, 0.2])
    for turn in turns(values, weights):
        if np.isfinite(turn.at):
            rest = weights.copy()
            rest[turn.criterion] = 0
            moved = rest / rest.sum() * (1 - turn.at)
            moved[turn.criterion] = turn.at
            score = values @ moved
            assert score[turn.leaves] == pytest.approx(score[turn.enters], abs=1e-6)


@given(values=utilities, step=st.floats(0.05, 0.95), criterion=st.integers(0, 2))
def test_before_the_turning_weight_the_first_stays_first(
    values: np.ndarray, step: float, criterion: int
) -> None:
    weights = np.array([0.5, 0.3, 0.2])
    turn = turns(values, weights)[criterion]
    reach = abs(turn.change) if np.isfinite(turn.at) else 1.0
    for target in (weights[criterion] + step * reach, weights[criterion] - step * reach):
        if 0 <= target <= 1:
            rest = weights.copy()
            rest[criterion] = 0
            moved = rest / rest.sum() * (1 - target)
            moved[criterion] = target
            leader = int(np.argmax(values @ weights))
            assert (values @ moved)[leader] >= (values @ moved).max() - 1e-6


def test_a_turning_weight_with_missing_values_is_where_the_scores_meet() -> None:
    values = np.array([[1.0, 0.0, np.nan], [0.2, 1.0, 0.4]])
    weights = np.array([0.6, 0.3, 0.1])
    turn = turns(values, weights)[0]
    moved = np.array([turn.at, (1 - turn.at) * 0.75, (1 - turn.at) * 0.25])
    first = moved[0] / (moved[0] + moved[1])
    assert first == pytest.approx(values[1] @ moved)


def test_the_best_two_turn_later_than_their_order() -> None:
    values = np.array([[1.0, 0.0], [0.9, 0.3], [0.1, 0.2]])
    weights = np.array([0.8, 0.2])
    one, two = turns(values, weights)[0], turns(values, weights, top=2)[0]
    assert abs(one.change) < abs(two.change)


def test_distance_is_the_least_weight_that_must_move() -> None:
    # Leader a by .2; moving m from criterion 1 to 2 changes the gap by 2 m (from +1 to -1): m = .1.
    values = np.array([[1.0, 0.0], [0.0, 1.0]])
    found = distance(values, np.array([0.6, 0.4]))
    np.testing.assert_allclose(found, [0.0, 0.1])


def test_what_is_dominated_catches_up_under_no_weights() -> None:
    found = distance(np.array([[1.0, 0.9], [0.5, 0.4], [np.nan, 0.2]]), np.array([0.5, 0.5]))
    assert found[1] == np.inf
    assert np.isnan(found[2])


def test_a_criterion_that_nobody_has_a_value_on_keeps_nobody_from_a_distance() -> None:
    values = np.array([[1.0, 0.0, np.nan], [0.0, 1.0, np.nan]])
    found = distance(values, np.array([0.6, 0.4, 1.0]) / 2)
    np.testing.assert_allclose(found, [0.0, 0.05])


def test_without_a_criterion_another_leads_and_some_of_the_best_stay() -> None:
    values = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    first, second = without(values, np.array([0.8, 0.2]), top=2)
    assert (first.criterion, first.first, first.stay) == (0, 2, 1)
    assert (second.criterion, second.first, second.stay) == (1, 0, 2)
    assert without(values[:, :1], np.ones(1))[0].first == -1


def test_nobodys_distance_is_told_to_a_first_of_which_something_is_missing() -> None:
    values = np.array([[np.nan, 1.0], [0.5, 0.4]])
    assert np.isnan(distance(values, np.array([0.5, 0.5]))).all()


def test_the_weight_of_a_criterion_on_which_neither_has_a_value_lets_nobody_pass() -> None:
    rng = np.random.default_rng(7)
    values = rng.integers(0, 101, (60, 3)) / 100
    values[:, 2] = np.nan
    weights = np.array([0.306, 0.009, 0.685])
    assert np.isnan(turns(values, weights)[2].at)
    assert np.isnan(turns(values, weights, top=10)[2].at)


def test_scores_that_only_meet_where_one_criterion_has_all_weight_pass_nobody() -> None:
    values = np.array([[1.0, 0.9], [1.0, 0.4]])
    assert all(np.isnan(turn.at) for turn in turns(values, np.array([0.5, 0.5])))


def test_acceptability_counts_places_over_draws() -> None:
    found = acceptability(np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 0.0]]), top=2)
    assert found.first.tolist() == [0.5, 0.5, 0.0]
    assert found.top.tolist() == [1.0, 1.0, 0.0]
    assert found.mean.tolist() == [1.5, 1.5, 3.0]


def test_draws_repeat_and_missing_values_make_them_wider() -> None:
    values = np.array([[0.5, np.nan, 0.5], [0.5, 0.5, 0.5]])
    given_table = table(values, UNIT, np.ones(3))
    drawn = draw_scores(given_table)
    np.testing.assert_array_equal(drawn, draw_scores(given_table))
    assert drawn[0].std() > 10 * drawn[1].std()


def test_people_who_disagree_make_the_first_place_less_firm() -> None:
    values = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    given_table = table(values, UNIT, np.array([0.6, 0.4, 0.0]))
    alone = acceptability(draw_scores(given_table), top=1).first[0]
    people = np.array([[0.95, 0.05, 0.0], [0.05, 0.95, 0.0]])
    together = acceptability(draw_scores(given_table, people), top=1).first[0]
    assert alone > 0.75
    assert together == pytest.approx(0.5, abs=0.1)


def test_min_max_turns_round_when_an_extreme_leaves_but_fixed_ends_never_do() -> None:
    values = np.array([[10.0, 4.0], [2.0, 9.0], [3.0, 100.0]])
    weights = np.array([0.35, 0.65])
    loose = table(values, (Criterion("a"), Criterion("b")), weights)
    ends = tuple(Criterion(c, scale="fixed", low=0, high=100) for c in "ab")
    trial = rank_reversals(loose, "wsm")
    assert (trial.turned, trial.first, trial.moved) == (1, 1, 1)
    assert trial.share == pytest.approx(1 / 6)
    assert rank_reversals(table(values, ends, weights), "wsm").turned == 0


@given(values=utilities)
def test_the_weighted_sum_on_fixed_ends_has_no_reversals(values: np.ndarray) -> None:
    assert rank_reversals(table(values, UNIT, np.ones(3)), "wsm").turned == 0


def test_too_little_evidence_gets_no_claim_and_moves_nobody() -> None:
    values = np.array([[0.9, 0.8, 0.7], [0.1, 0.2, 0.3], [1.0, np.nan, np.nan]])
    found = prioritise(table(values, UNIT, np.ones(3)), least_coverage=0.5)
    assert found.ranked.tolist() == [True, True, False]
    assert found.bands[2] == 0
    assert all(np.isnan(rank[2]) for rank in found.ranks.values())
    np.testing.assert_array_equal(found.ranks["wsm"][:2], [1, 2])
    assert found.best[2] == found.worst[2] == 0
    assert np.isnan(found.acceptability.first[2])


def test_contributions_add_up_to_the_score() -> None:
    values = np.random.default_rng(2).random((6, 3))
    values[0, 1] = np.nan
    found = prioritise(table(values, UNIT, np.array([3.0, 2.0, 1.0])))
    np.testing.assert_allclose(np.nansum(found.contributions, axis=1), found.scores["wsm"].score)


def test_a_ranking_in_which_nothing_is_known_says_so() -> None:
    found = prioritise(table(np.full((3, 3), np.nan), UNIT, np.ones(3)))
    assert not found.ranked.any()
    assert not found.bands.any()
    assert reversals(found) == {}
    assert np.isnan(distances(found)).all()
    assert all(np.isnan(turn.at) for turn in turning_points(found))


def test_hundreds_leave_the_outranking_out_and_keep_the_others() -> None:
    values = np.random.default_rng(4).random((400, 3))
    found = prioritise(table(values, UNIT, np.ones(3)), draws=20)
    assert "electre" not in found.scores
    assert set(found.scores) == {"wsm", "wpm", "topsis", "promethee"}


def test_places_are_compared_among_those_alone_that_every_method_places() -> None:
    values = np.array([[90.0, 9.0], [80.0, np.nan], [70.0, 7.0], [60.0, 6.0]])
    found = prioritise(
        table(values, (Criterion("a"), Criterion("b")), np.array([1.0, 1.0])), least_coverage=0.5
    )
    placed = np.logical_and.reduce([np.isfinite(one) for one in found.ranks.values()])
    for code, common in found.common_ranks.items():
        assert np.array_equal(np.isfinite(common), placed), code
        assert sorted(common[placed]) == list(range(1, int(placed.sum()) + 1)), code
