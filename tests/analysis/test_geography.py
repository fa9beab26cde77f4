"""Distances, links within reach, and how they decay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.geography import great_circle_km, links_within, proximity

MONAS = (-6.1754, 106.8272)
TUGU_YOGYA = (-7.7829, 110.3671)


def test_jakarta_to_yogyakarta_is_about_430_km():
    assert great_circle_km(*MONAS, *TUGU_YOGYA) == pytest.approx(430, abs=3)


def test_a_degree_of_longitude_on_the_equator_is_111_2_km():
    assert great_circle_km(0, 100, 0, 101) == pytest.approx(111.195, abs=0.01)


@given(st.integers(0, 10_000), st.floats(10, 3000), st.sampled_from([0, 100]))
def test_the_tree_finds_the_same_links_as_comparing_all_pairs(seed, reach, few):
    rng = np.random.default_rng(seed)
    lat, lon = rng.uniform(-11, 6, 25), rng.uniform(95, 141, 25)
    a, b, km = links_within(lat, lon, reach, few=few)
    first, second = np.triu_indices(25, k=1)
    every = great_circle_km(lat[first], lon[first], lat[second], lon[second])
    inside = every <= reach
    assert list(zip(a, b, strict=True)) == list(zip(first[inside], second[inside], strict=True))
    np.testing.assert_allclose(km, every[inside])


def test_closeness_halves_with_every_half_reach():
    assert proximity(np.array([0.0, 30, 60]), 60).tolist() == [1.0, 0.5, 0.25]
