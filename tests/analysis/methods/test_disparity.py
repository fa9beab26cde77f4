import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods import decompose, gini, theil, williamson

INCOMES = arrays(np.float64, 8, elements=st.floats(0.1, 1e4))
PEOPLE = arrays(np.float64, 8, elements=st.floats(1, 1e6))
GROUPS = st.lists(st.sampled_from(["62", "63", "64"]), min_size=8, max_size=8)
INDICES = pytest.mark.parametrize("index", [williamson, theil, gini])


def test_williamson_of_the_worked_example():
    found = williamson([40.0, 25.0, 60.0], [100.0, 300.0, 50.0])

    assert found == pytest.approx(0.3592, abs=5e-5)


def test_theil_by_hand():
    shares = np.array([0.1, 0.3, 0.6])

    assert theil([1.0, 3.0, 6.0]) == pytest.approx((shares * np.log(3 * shares)).sum())


def test_gini_by_hand():
    pairs = 2 * (2 + 5 + 3)

    assert gini([1.0, 3.0, 6.0]) == pytest.approx(pairs / (2 * 9 * 10 / 3))


@given(INCOMES)
def test_gini_agrees_with_the_inequality_package(y):
    assert gini(y) == pytest.approx(Gini(y).g, abs=1e-9)


@given(INCOMES, GROUPS)
def test_theil_and_its_parts_agree_with_the_inequality_package(y, groups):
    parts, peer = decompose(y, groups), TheilD(y, np.array(groups))

    assert theil(y) == pytest.approx(float(Theil(y).T), abs=1e-9)
    assert parts.between == pytest.approx(float(peer.bg.sum()), abs=1e-9)
    assert parts.within == pytest.approx(float(peer.wg.sum()), abs=1e-9)


@given(INCOMES, PEOPLE, GROUPS)
def test_between_and_within_add_up_to_theil(y, people, groups):
    parts = decompose(y, groups, people)

    assert parts.between + parts.within == pytest.approx(theil(y, people), abs=1e-8)
    assert parts.within == pytest.approx((parts.share * parts.inequality).sum())
    assert parts.share.sum() == pytest.approx(1.0)


@INDICES
@given(y=INCOMES, people=PEOPLE, order=st.permutations(range(8)))
def test_the_order_of_regions_does_not_matter(index, y, people, order):
    assert index(y[order], people[order]) == pytest.approx(index(y, people), abs=1e-7)


@INDICES
@given(y=INCOMES, people=PEOPLE, unit=st.floats(0.01, 100))
def test_the_unit_of_income_does_not_matter(index, y, people, unit):
    assert index(y * unit, people) == pytest.approx(index(y, people), abs=1e-7)


@INDICES
@given(people=PEOPLE)
def test_equal_regions_are_equal(index, people):
    assert index(np.full(8, 12.5), people) == pytest.approx(0.0, abs=1e-6)


@given(INCOMES, PEOPLE)
def test_indices_stay_in_their_range(y, people):
    assert 0 <= gini(y, people) < 1
    assert 0 <= theil(y, people) <= np.log(people.sum() / people.min()) + 1e-9
    assert williamson(y, people) >= 0


@given(INCOMES)
def test_weights_count_people_as_repetition_would(y):
    counts = np.array([1, 2, 3, 1, 2, 3, 1, 2])
    repeated = np.repeat(y, counts)

    assert gini(y, counts) == pytest.approx(gini(repeated), abs=1e-9)
    assert theil(y, counts) == pytest.approx(theil(repeated), abs=1e-9)


def test_weighted_gini_is_the_mean_absolute_difference():
    y, people = np.array([1.0, 4.0, 9.0]), np.array([5.0, 3.0, 2.0])
    share = people / people.sum()
    pairs = (np.abs(y[:, None] - y) * np.outer(share, share)).sum()

    assert gini(y, people) == pytest.approx(pairs / (2 * share @ y))


@INDICES
def test_one_missing_region_leaves_the_index_unknown(index):
    assert np.isnan(index([1.0, np.nan], [1.0, 1.0]))
    assert np.isnan(index([1.0, 2.0], [1.0, np.nan]))


@INDICES
def test_without_income_or_people_there_is_no_index(index):
    assert np.isnan(index([0.0, 0.0], [1.0, 1.0]))
    assert np.isnan(index([1.0, 2.0], [0.0, 0.0]))


def test_a_region_without_income_counts_as_the_limit():
    assert theil([0.0, 2.0]) == pytest.approx(np.log(2))


def test_a_group_without_income_or_people_adds_nothing_within():
    parts = decompose([0.0, 0.0, 1.0, 3.0, 5.0], list("aabbc"), [1.0, 1.0, 2.0, 2.0, 0.0])

    assert parts.groups == ("a", "b", "c")
    assert parts.within == pytest.approx(theil([1.0, 3.0]))
    assert parts.total == pytest.approx(theil([0.0, 0.0, 1.0, 3.0], [1, 1, 2, 2]))


def test_the_split_of_something_unknown_is_unknown():
    parts = decompose([1.0, np.nan], ["a", "b"])

    assert np.isnan([parts.total, parts.between, parts.within]).all()


@INDICES
def test_negative_income_and_other_shapes_are_refused(index):
    with pytest.raises(InputError, match="negative"):
        index([-1.0, 2.0], [1.0, 1.0])
    with pytest.raises(InputError, match="shapes"):
        index([1.0, 2.0], [1.0])
