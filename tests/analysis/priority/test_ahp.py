"""Weights from comparisons in pairs, against Saaty's published matrices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.errors import InputError
from sinergi.analysis.priority import matrix_of, weigh
from sinergi.analysis.priority.ahp import consistency_ratio, eigenvector, misfits

DRINKS = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
]
"""Relative consumption of drinks in the United States: coffee, wine, tea, beer, sodas, milk, water."""


def test_the_drinks_of_saaty_get_their_published_weights_and_consistency() -> None:
    # Saaty, T. L. (2008). Decision making with the analytic hierarchy process. International Journal of
    # Services Sciences 1(1), table 2: .177 .019 .042 .116 .190 .129 .327, CR .022.
    matrix = np.array(DRINKS)

    found = weigh(matrix)

    published = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    np.testing.assert_allclose(found.weights, published, atol=0.001)
    assert found.ratio == pytest.approx(0.022, abs=0.002)
    assert found.judged == found.pairs == 21


@given(st.lists(st.floats(0.05, 1.0), min_size=3, max_size=8))
def test_judgements_that_agree_give_back_the_weights_they_came_from(raw: list[float]) -> None:
    weights = np.array(raw) / sum(raw)

    found = weigh(np.outer(weights, 1 / weights))

    np.testing.assert_allclose(found.weights, weights, atol=1e-9)
    assert found.ratio == pytest.approx(0.0, abs=1e-6)
    assert found.misfits == ()


def test_what_was_not_judged_follows_from_the_others() -> None:
    matrix = matrix_of(3, {(0, 1): 2.0, (1, 2): 3.0})

    found = weigh(matrix)

    np.testing.assert_allclose(found.weights, np.array([6, 3, 1]) / 10, atol=1e-9)
    assert np.isnan(found.ratio)
    assert (found.judged, found.pairs) == (2, 3)


def test_what_hangs_on_one_comparison_keeps_its_ratio_where_others_contradict_each_other() -> None:
    matrix = matrix_of(5, {(0, 1): 5.0, (1, 2): 5.0, (2, 0): 5.0, (2, 3): 3.0, (3, 4): 2.0})

    found = weigh(matrix)

    assert found.ratio > 1.0
    np.testing.assert_allclose(found.weights, np.array([6, 6, 6, 2, 1]) / 21, atol=1e-9)


def test_a_cycle_that_is_not_whole_has_the_least_squares_of_its_logarithms() -> None:
    # Four in a circle, each twice the next, and the last twice the first: all weigh the same.
    matrix = matrix_of(4, {(0, 1): 2.0, (1, 2): 2.0, (2, 3): 2.0, (3, 0): 2.0})

    np.testing.assert_allclose(weigh(matrix).weights, [0.25] * 4, atol=1e-9)


def test_harkers_example_matrix_has_the_weights_of_its_completion() -> None:
    # Harker (1987): with a_14 missing the eigenvector also solves the completed problem.
    matrix = matrix_of(4, {(0, 1): 2, (0, 2): 4, (1, 2): 3, (1, 3): 5, (2, 3): 2})

    weights, largest = eigenvector(matrix)
    completed = matrix.copy()
    completed[0, 3], completed[3, 0] = weights[0] / weights[3], weights[3] / weights[0]
    again, same = eigenvector(completed)

    np.testing.assert_allclose(weights, again, atol=1e-9)
    assert largest == pytest.approx(same)


def test_one_judgement_turned_round_is_named_with_what_fits() -> None:
    weights = np.array([8.0, 4.0, 2.0, 1.0])
    matrix = np.outer(weights, 1 / weights)
    matrix[0, 3], matrix[3, 0] = 1 / 5, 5.0

    worst, *others = misfits(matrix)

    assert (worst.first, worst.second, worst.fits) == (0, 3, 8.0)
    assert worst.said == pytest.approx(0.2)
    assert worst.ratio_then == pytest.approx(0.0, abs=1e-9)
    assert consistency_ratio(matrix) > 0.1
    ratios = [one.ratio_then for one in (worst, *others)]
    assert ratios == sorted(ratios)
    assert all(one.ratio_then < consistency_ratio(matrix) for one in others)


def test_a_comparison_that_alone_links_two_criteria_is_no_misfit() -> None:
    matrix = matrix_of(4, {(0, 1): 3.0, (1, 2): 3.0, (2, 0): 3.0, (2, 3): 9.0})

    assert {(one.first, one.second) for one in misfits(matrix)} == {(0, 1), (0, 2), (1, 2)}


def test_a_circle_of_judgements_is_found() -> None:
    found = weigh(matrix_of(3, {(0, 1): 3.0, (1, 2): 3.0, (2, 0): 3.0}))

    assert found.circles == ((0, 1, 2),)
    assert found.ratio > 1.0
    np.testing.assert_allclose(found.weights, [1 / 3] * 3, atol=1e-9)


def test_a_circle_the_other_way_round_is_found_too() -> None:
    assert weigh(matrix_of(3, {(1, 0): 3.0, (2, 1): 3.0, (0, 2): 3.0})).circles == ((0, 2, 1),)


def test_parts_that_nothing_links_are_refused() -> None:
    with pytest.raises(InputError, match="parts"):
        weigh(matrix_of(4, {(0, 1): 2.0, (2, 3): 2.0}))


@pytest.mark.parametrize("said", [0.0, -3.0, float("inf"), float("nan")])
def test_no_comparison_is_zero_negative_or_endless(said: float) -> None:
    with pytest.raises(InputError):
        matrix_of(2, {(0, 1): said})


def test_a_criterion_is_not_compared_with_itself() -> None:
    with pytest.raises(InputError):
        matrix_of(2, {(1, 1): 2.0})


def test_two_criteria_cannot_contradict_each_other() -> None:
    found = weigh(matrix_of(2, {(0, 1): 4.0}))

    assert found.ratio == 0.0
    np.testing.assert_allclose(found.weights, [0.8, 0.2])


def test_random_judgements_have_a_ratio_near_one_even_where_some_are_missing() -> None:
    # The reduced random index (Ágoston and Csató 2022) against a simulation of our own.
    random = np.random.default_rng(5)
    scale = np.array([1 / 9, 1 / 7, 1 / 5, 1 / 3, 1, 3, 5, 7, 9])
    ratios = []
    for _ in range(300):
        said = {(a, b): random.choice(scale) for a in range(5) for b in range(a + 1, 5)}
        del said[0, 1], said[2, 3]
        ratios.append(consistency_ratio(matrix_of(5, said)))

    assert 0.8 < np.mean(ratios) < 1.25
