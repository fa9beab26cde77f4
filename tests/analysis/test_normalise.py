"""Ranks and standards put indicators on [0, 1]."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.normalise import distance_to_standard, peer_position, peer_rank

ONE_GROUP = np.zeros(5, dtype=np.int64)
VALUES = arrays(np.float64, 12, elements=st.floats(-1e6, 1e6) | st.just(np.nan))


def test_the_middle_of_five_peers_stands_at_one_half():
    ranks = peer_rank(np.array([10.0, 20, 30, 40, 50]), ONE_GROUP, rises=True)
    assert ranks.tolist() == [0.1, 0.3, 0.5, 0.7, 0.9]


def test_a_falling_indicator_turns_the_ranks_round():
    ranks = peer_rank(np.array([10.0, 20, 30, 40, 50]), ONE_GROUP, rises=False)
    assert ranks.tolist() == [0.9, 0.7, 0.5, 0.3, 0.1]


def test_ties_share_their_mean_rank():
    ranks = peer_rank(np.array([1.0, 1, 2, 3, 3]), ONE_GROUP, rises=True)
    assert ranks.tolist() == pytest.approx([0.2, 0.2, 0.5, 0.8, 0.8])


def test_fewer_than_five_peers_make_no_rank():
    ranks = peer_rank(np.array([1.0, 2, 3, 4, np.nan]), ONE_GROUP, rises=True)
    assert np.isnan(ranks).all()


def test_cities_are_ranked_among_cities_only():
    values = np.array([1.0, 2, 3, 4, 5, 100, 200, 300, 400, 500])
    groups = np.repeat([0, 1], 5)
    ranks = peer_rank(values, groups, rises=True)
    assert ranks[:5].tolist() == ranks[5:].tolist()


@given(VALUES, st.permutations(range(12)))
def test_the_order_of_regions_changes_no_rank(values, order):
    groups = np.arange(12) % 2
    shuffled = peer_rank(values[order], groups[order], rises=True)
    np.testing.assert_array_equal(shuffled, peer_rank(values, groups, rises=True)[order])


@given(VALUES)
def test_ranks_stay_inside_zero_and_one_and_missing_stays_missing(values):
    ranks = peer_rank(values, np.zeros(12, dtype=np.int64), rises=True)
    there = ~np.isnan(ranks)
    assert ((ranks[there] > 0) & (ranks[there] < 1)).all()
    assert not (there & np.isnan(values)).any()


def test_the_first_place_is_the_highest_value_when_it_rises():
    place, count = peer_position(np.array([5.0, 9, 9, np.nan, 1]), ONE_GROUP, rises=True)
    assert place.tolist() == [3, 1, 1, 0, 4]
    assert count.tolist() == [4] * 5


def test_a_standard_measures_the_share_of_the_way_to_it():
    water = np.array([100.0, 75, 50, 20, np.nan])
    need = distance_to_standard(water, good=100, bad=50)
    assert need[:4].tolist() == [0.0, 0.5, 1.0, 1.0]
    assert np.isnan(need[4])


def test_strength_is_what_need_leaves():
    stunting = np.array([10.0, 20, 40])
    need = distance_to_standard(stunting, good=14, bad=40)
    strength = distance_to_standard(stunting, good=14, bad=40, side="strength")
    assert (need + strength).tolist() == [1.0, 1.0, 1.0]


def test_a_standard_without_a_distance_is_refused():
    with pytest.raises(ValueError, match="differ"):
        distance_to_standard(np.array([1.0]), good=5, bad=5)


def test_what_few_of_the_peers_record_makes_no_rank():
    values = np.array([1.0, 2, 3, 4, 5, *[np.nan] * 6])
    peers = np.zeros(11, dtype=np.int64)
    assert not np.isnan(peer_rank(values, peers, rises=True)[:5]).any()
    assert np.isnan(peer_rank(values, peers, rises=True, least_share=0.5)).all()
