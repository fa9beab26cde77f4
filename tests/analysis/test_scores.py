"""Indicators make one score; what is missing lowers coverage and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.scores import weighted_score

CELLS = arrays(np.float64, (6, 3), elements=st.floats(0, 1) | st.just(np.nan))
WEIGHTS = arrays(np.float64, 3, elements=st.floats(0.1, 10))


def test_two_indicators_are_weighed():
    score, coverage, shares = weighted_score(np.array([[0.2, 0.8]]), np.array([3.0, 1.0]))
    assert score[0] == pytest.approx(0.35)
    assert coverage[0] == 1
    assert shares[0].tolist() == [0.75, 0.25]


def test_a_missing_indicator_lowers_coverage_and_leaves_the_others_their_say():
    score, coverage, shares = weighted_score(np.array([[0.2, np.nan]]), np.array([3.0, 1.0]))
    assert score[0] == pytest.approx(0.2)
    assert coverage[0] == pytest.approx(0.75)
    assert shares[0].tolist() == [1.0, 0.0]


def test_without_any_evidence_there_is_no_score():
    score, coverage, _ = weighted_score(np.full((1, 2), np.nan), np.array([1.0, 1.0]))
    assert np.isnan(score[0])
    assert coverage[0] == 0


@given(CELLS, WEIGHTS)
def test_scores_and_coverage_stay_inside_zero_and_one(cells, weights):
    score, coverage, shares = weighted_score(cells, weights)
    there = ~np.isnan(score)
    assert ((score[there] >= 0) & (score[there] <= 1 + 1e-12)).all()
    assert ((coverage >= 0) & (coverage <= 1 + 1e-12)).all()
    np.testing.assert_allclose(shares[there].sum(axis=1), 1)


@given(CELLS, WEIGHTS)
def test_only_the_proportions_of_weights_matter(cells, weights):
    once, twice = weighted_score(cells, weights), weighted_score(cells, 2 * weights)
    np.testing.assert_allclose(once.score, twice.score)
