import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods import guttman, marshall

# Rows: four towns. Columns: primary school, market, hospital, university.
TOWNS = np.array([[4, 0, 0, 0], [9, 3, 1, 1], [6, 2, 1, 0], [5, 1, 0, 0]])
COUNTS = arrays(np.int64, (6, 5), elements=st.integers(0, 9))


def test_a_perfect_hierarchy_is_ordered_and_has_no_errors():
    found = guttman(TOWNS)

    assert found.place_order.tolist() == [1, 2, 3, 0]
    assert found.facility_order.tolist() == [0, 1, 2, 3]
    assert (found.errors, found.reproducibility) == (0, 1.0)


def test_a_hospital_without_a_market_is_two_errors():
    towns = TOWNS.copy()
    towns[2:] = [[6, 2, 0, 0], [5, 0, 1, 0]]

    found = guttman(towns)
    assert found.kinds.tolist() == [1, 4, 2, 2]
    assert found.errors == 2
    assert found.reproducibility == pytest.approx(1 - 2 / 16)


@given(COUNTS, st.permutations(range(6)))
def test_permuting_places_changes_neither_fit_nor_kinds(counts, order):
    straight, mixed = guttman(counts), guttman(counts[order])

    assert mixed.errors == straight.errors
    assert mixed.kinds.tolist() == straight.kinds[order].tolist()


@given(COUNTS)
def test_reproducibility_is_a_share_and_the_orders_are_complete(counts):
    found = guttman(counts)

    assert 0 <= found.reproducibility <= 1
    assert sorted(found.place_order) == list(range(6))
    assert sorted(found.facility_order) == list(range(5))


def test_a_place_with_an_unknown_facility_is_left_out_of_the_order():
    found = guttman(np.vstack([TOWNS, [1, np.nan, 0, 0]]))

    assert 4 not in found.place_order
    assert np.isnan(found.kinds[4])
    assert found.reproducibility == 1.0


def test_when_nothing_is_known_there_is_no_coefficient():
    assert np.isnan(guttman([[np.nan, 1.0]]).reproducibility)


def test_marshalls_index_by_hand():
    index = marshall(TOWNS)

    assert index[1] == pytest.approx(100 * (9 / 24 + 3 / 6 + 1 / 2 + 1 / 1))
    assert index[0] == pytest.approx(100 * 4 / 24)


@given(COUNTS)
def test_all_places_together_have_a_hundred_for_each_kind_that_exists(counts):
    assert marshall(counts).sum() == pytest.approx(100 * (counts.sum(axis=0) > 0).sum())


@given(COUNTS, st.permutations(range(6)))
def test_permuting_places_permutes_centrality(counts, order):
    assert marshall(counts[order]) == pytest.approx(marshall(counts)[order])


def test_a_place_with_an_unknown_facility_has_no_index_and_weighs_nothing():
    index = marshall(np.vstack([TOWNS, [50, np.nan, 0, 0]]))

    assert np.isnan(index[4])
    assert index[:4] == pytest.approx(marshall(TOWNS))


@pytest.mark.parametrize("method", [guttman, marshall])
def test_a_negative_count_is_refused(method):
    with pytest.raises(InputError, match="facilities"):
        method([[1, -1]])
