"""Economies of scale against transport."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.costs import Curve

SIX_TENTHS = Curve(coefficient=1000.0, exponent=0.6, transport=2.0)


def test_a_facility_twice_as_large_costs_half_as_much_again():
    one, two = SIX_TENTHS.alone(np.array([100.0, 200.0]))
    assert two / one == pytest.approx(2**0.6)


def test_what_joining_saves_is_the_difference_of_the_whole():
    quantity, road = np.array([100.0, 40.0, 60.0]), np.array([0.0, 5.0, 8.0])
    before = SIX_TENTHS.alone(quantity).sum() - (
        SIX_TENTHS.together(quantity[:2], road[:2]) + SIX_TENTHS.alone(quantity[2:])[0]
    )
    after = SIX_TENTHS.alone(quantity).sum() - SIX_TENTHS.together(quantity, road)
    assert SIX_TENTHS.joining_saves(140.0, 60.0, 8.0) == pytest.approx(after - before)


def test_transport_can_make_joining_dear():
    assert SIX_TENTHS.joining_saves(100.0, 50.0, 10.0) > 0
    assert SIX_TENTHS.joining_saves(100.0, 50.0, 1000.0) < 0


@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=12))
def test_next_door_a_joint_facility_never_costs_more(quantities):
    quantity = np.array(quantities)
    together = SIX_TENTHS.together(quantity, np.zeros(len(quantity)))
    assert together <= SIX_TENTHS.alone(quantity).sum() * (1 + 1e-9)
