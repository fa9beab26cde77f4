import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods import food_balance

TONNES = arrays(np.float64, 5, elements=st.floats(1, 1e6))


def test_surplus_and_deficit_by_hand():
    found = food_balance([120.0, 30.0], [100.0, 40.0])

    assert found.balance.tolist() == [20.0, -10.0]
    assert found.self_sufficiency.tolist() == [120.0, 75.0]


@given(TONNES, TONNES)
def test_a_region_is_self_sufficient_exactly_when_it_has_no_deficit(production, need):
    found = food_balance(production, need)

    clear = np.abs(found.balance) > 1e-9 * need
    assert ((found.balance > 0) == (found.self_sufficiency > 100))[clear].all()


@given(TONNES, TONNES, st.permutations(range(5)))
def test_permuting_regions_permutes_the_balance(production, need, order):
    mixed = food_balance(production[order], need[order])

    assert mixed.balance.tolist() == food_balance(production, need).balance[order].tolist()


def test_unknown_production_is_not_zero_production():
    found = food_balance([np.nan, 5.0], [10.0, 0.0])

    assert np.isnan(found.balance[0])
    assert np.isnan(found.self_sufficiency).all()
    assert found.balance[1] == 5.0


def test_negative_tonnes_and_unequal_lists_are_refused():
    with pytest.raises(InputError, match="production"):
        food_balance([-1.0], [1.0])
    with pytest.raises(InputError, match="production, need"):
        food_balance([1.0, 2.0], [1.0])
