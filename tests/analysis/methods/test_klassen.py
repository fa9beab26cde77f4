import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods import Quadrant, klassen

VALUES = st.lists(
    st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=1, max_size=8
).map(np.array)


def test_the_four_corners_are_the_four_quadrants():
    found = klassen([60.0, 60.0, 20.0, 20.0], [7.0, 3.0, 7.0, 3.0], 40.0, 5.0)

    assert [Quadrant(q).name for q in found] == ["DEVELOPED", "STAGNANT", "DEVELOPING", "LAGGING"]


def test_standing_exactly_at_the_reference_counts_as_high():
    assert klassen([40.0], [5.0], 40.0, 5.0)[0] == Quadrant.DEVELOPED


def test_a_region_without_growth_is_unknown_not_slow():
    assert klassen([60.0, np.nan], [np.nan, 2.0], 40.0, 5.0).tolist() == [0, 0]


def test_without_a_reference_nobody_can_be_placed():
    assert klassen([60.0], [2.0], np.nan, 5.0)[0] == Quadrant.UNKNOWN


@given(VALUES, st.randoms())
def test_permuting_regions_permutes_the_quadrants(rows, random):
    order = random.sample(range(len(rows)), len(rows))

    shuffled = klassen(rows[order, 0], rows[order, 1], 0.0, 0.0)
    assert shuffled.tolist() == klassen(rows[:, 0], rows[:, 1], 0.0, 0.0)[order].tolist()


@given(VALUES)
def test_turning_both_axes_round_swaps_opposite_quadrants(rows):
    rows = np.where(rows == 0, 1.0, rows)
    opposite = {1: 4, 2: 3, 3: 2, 4: 1}

    turned = klassen(-rows[:, 0], -rows[:, 1], 0.0, 0.0)
    assert turned.tolist() == [opposite[q] for q in klassen(*rows.T, 0.0, 0.0)]


def test_level_and_growth_must_be_of_the_same_regions():
    with pytest.raises(InputError, match="level, growth"):
        klassen([1.0, 2.0], [1.0], 0.0, 0.0)
