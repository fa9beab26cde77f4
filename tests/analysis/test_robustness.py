"""A first place that falls with a small change of weights says so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.robustness import draw_weights, rank_acceptability, weighted_parts

EVEN = np.array([0.5, 0.5])


def test_an_alternative_that_dominates_is_always_first():
    parts = np.array([[0.9, 0.9], [0.5, 0.8], [0.8, 0.5]])
    assert rank_acceptability(parts, EVEN, top=1).tolist() == [1, 0, 0]


def test_two_mirror_images_share_the_first_place_about_evenly():
    parts = np.array([[0.9, 0.1], [0.1, 0.9]])
    first = rank_acceptability(parts, EVEN, top=1, draws=2000)
    assert first[0] == pytest.approx(0.5, abs=0.05)
    assert first.sum() == pytest.approx(1)


def test_all_are_in_a_top_that_is_long_enough():
    assert rank_acceptability(np.array([[0.1, 0.2]]), EVEN, top=10).tolist() == [1]


def test_the_draws_scatter_around_the_chosen_weights():
    drawn = draw_weights(np.array([0.4, 0.2, 0.15, 0.25]), draws=20_000)
    np.testing.assert_allclose(drawn.mean(axis=0), [0.4, 0.2, 0.15, 0.25], atol=0.005)
    np.testing.assert_allclose(drawn.sum(axis=1), 1)
    assert drawn[:, 3].std() == pytest.approx(0.09, abs=0.01)


def test_a_weight_of_zero_stays_zero():
    assert (draw_weights(np.array([0.0, 1.0, 1.0]))[:, 0] == 0).all()


def test_no_weight_at_all_is_refused():
    with pytest.raises(ValueError, match="positive"):
        draw_weights(np.zeros(3))


def test_a_part_that_does_not_apply_leaves_its_weight_to_the_others():
    parts = np.array([[0.6, np.nan], [0.6, 0.2]])
    scores = weighted_parts(parts, np.array([[0.5, 0.5]]))
    assert scores[:, 0].tolist() == pytest.approx([0.6, 0.4])


@given(arrays(np.float64, (30, 2), elements=st.floats(0, 1)), st.integers(1, 29))
def test_shares_are_shares_and_fill_the_top(parts, top):
    share = rank_acceptability(parts, EVEN, top=top, draws=50)
    assert ((share >= 0) & (share <= 1)).all()
    assert share.sum() >= top - 1e-9
