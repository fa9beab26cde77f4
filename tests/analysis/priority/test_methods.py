"""Aggregation: against pymcdm, published examples, and what every sound method keeps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm import methods as peer
from pymcdm import weights as peer_weights

from sinergi.analysis.errors import InputError
from sinergi.analysis.priority import (
    METHODS,
    Criterion,
    Table,
    coverage,
    critic,
    electre,
    entropy,
    group,
    promethee,
    shares,
    table,
    topsis,
    weighted_product,
    weighted_sum,
)
from sinergi.analysis.priority.electre import credibility

ALL = sorted(METHODS)
VALUES = np.random.default_rng(3).uniform(1, 9, (12, 4)).round(2)
WEIGHTS = np.array([0.4, 0.3, 0.2, 0.1])
TYPES = np.array([1, -1, 1, 1])


def made(values: np.ndarray, weights: np.ndarray | None = None, **kept: object) -> Table:
    """Return a table whose second criterion is better when lower."""
    p = values.shape[1]
    criteria = tuple(Criterion(str(c), rises=c != 1, **kept) for c in range(p))  # type: ignore[arg-type]
    return table(values, criteria, np.ones(p) if weights is None else weights)


matrices = st.integers(2, 8).flatmap(
    lambda n: arrays(np.float64, (n, 3), elements=st.integers(0, 20).map(float))
)


def test_the_weighted_sum_equals_pymcdms() -> None:
    expected = peer.WSM(normalization_function=_min_max)(VALUES, WEIGHTS, TYPES)
    np.testing.assert_allclose(weighted_sum(made(VALUES, WEIGHTS)).score, expected, atol=1e-12)


def _min_max(column: np.ndarray, cost: bool = False) -> np.ndarray:
    share = (column - column.min()) / (column.max() - column.min())
    return 1 - share if cost else share


def test_topsis_equals_pymcdms_with_the_same_scale() -> None:
    expected = peer.TOPSIS()(VALUES, WEIGHTS, TYPES)
    np.testing.assert_allclose(topsis(made(VALUES, WEIGHTS)).score, expected, atol=1e-12)


@pytest.mark.parametrize(("shape", "theirs"), [("usual", "usual"), ("linear", "vshape_2")])
def test_promethee_equals_pymcdms(shape: str, theirs: str) -> None:
    q, p = np.full(4, 0.5), np.full(4, 2.5)
    expected = peer.PROMETHEE_II(theirs, p=p, q=q)(VALUES, WEIGHTS, TYPES)
    ours = promethee(made(VALUES, WEIGHTS, shape=shape, indifference=0.5, preference=2.5))
    np.testing.assert_allclose(ours.score, expected, atol=1e-9)


def test_the_gaussian_shape_is_the_formula_of_brans() -> None:
    values = np.array([[1.0], [2.0], [4.0]])
    one = Criterion("a", shape="gaussian", preference=2.0)
    pair = lambda d: 1 - np.exp(-(d**2) / 8.0)  # noqa: E731 - the formula beside its use
    expected = np.array([-pair(1) - pair(3), pair(1) - pair(2), pair(3) + pair(2)]) / 2
    found = promethee(table(values, (one,), np.ones(1))).score
    np.testing.assert_allclose(found, expected)


def test_weights_from_data_equal_pymcdms() -> None:
    np.testing.assert_allclose(entropy(VALUES), peer_weights.entropy_weights(VALUES), atol=1e-9)
    utilities = made(VALUES).utilities
    critics = peer_weights.critic_weights(np.where(TYPES > 0, 1, -1) * VALUES)
    np.testing.assert_allclose(critic(utilities), critics, atol=1e-2)


def test_the_weighted_product_is_the_weighted_geometric_mean() -> None:
    values = np.array([[100.0, 25.0], [50.0, 50.0]])
    criteria = tuple(Criterion(c, scale="fixed", low=0, high=100) for c in "ab")
    found = weighted_product(table(values, criteria, np.array([1.0, 1.0]))).score
    np.testing.assert_allclose(found, [0.5, 0.5])


def test_a_worked_credibility_of_electre_iii() -> None:
    # By hand: weights .6 and .4, q = 1, p = 3, veto 6. From b to a: criterion 1 loses 2, so c = .5;
    # criterion 2 wins, so c = 1: C = .6 * .5 + .4 = .7. From a to b: criterion 2 loses 5, so c = 0:
    # C = .6, d = (5 - 3) / (6 - 3) = 2/3 > C: .6 * (1 - 2/3) / (1 - .6) = .5.
    values = np.array([[10.0, 5.0], [8.0, 10.0]])
    criteria = tuple(Criterion(c, indifference=1, preference=3, veto=6) for c in "ab")
    found = credibility(table(values, criteria, np.array([0.6, 0.4])))
    np.testing.assert_allclose(found, [[1.0, 0.5], [0.7, 1.0]], atol=1e-12)


@pytest.mark.parametrize("method", ALL)
@given(values=matrices, data=st.data())
def test_the_order_of_rows_changes_nothing(
    method: str, values: np.ndarray, data: st.DataObject
) -> None:
    rows = np.array(data.draw(st.permutations(range(len(values)))))
    run = METHODS[method].run
    np.testing.assert_allclose(
        run(made(values)).score[rows], run(made(values[rows])).score, atol=1e-9
    )


@pytest.mark.parametrize("method", ALL)
@given(values=matrices, factor=st.floats(0.01, 100))
def test_the_size_of_weights_changes_nothing(
    method: str, values: np.ndarray, factor: float
) -> None:
    weights = np.array([3.0, 2.0, 1.0])
    run = METHODS[method].run
    one, other = run(made(values, weights)), run(made(values, weights * factor))
    np.testing.assert_allclose(one.score, other.score, atol=1e-7)


@pytest.mark.parametrize("method", ["wsm", "wpm", "topsis", "promethee"])
@given(values=matrices)
def test_what_dominates_never_stands_below(method: str, values: np.ndarray) -> None:
    better = values[0] + np.array([1.0, -1.0, 1.0])
    score = METHODS[method].run(made(np.vstack([values, better]))).score
    assert score[-1] >= score[0] - 1e-9


@pytest.mark.parametrize("method", ["wsm", "promethee"])
@given(values=matrices, column=st.integers(0, 2), gain=st.integers(1, 5))
def test_who_gets_better_loses_no_place_to_those_who_stay(
    method: str, values: np.ndarray, column: int, gain: int
) -> None:
    criteria = tuple(
        Criterion(str(c), scale="fixed", low=0, high=30, indifference=1, preference=5)
        for c in range(3)
    )
    run = METHODS[method].run
    before = run(table(values, criteria, np.ones(3))).score
    changed = values.copy()
    changed[0, column] += gain
    after = run(table(changed, criteria, np.ones(3))).score
    assert not ((before[0] > before[1:] + 1e-9) & (after[0] < after[1:] - 1e-9)).any()


@pytest.mark.parametrize("method", ["wsm", "wpm", "topsis", "promethee"])
@given(values=matrices, data=st.data())
def test_whatever_is_missing_the_score_that_it_would_have_lies_in_the_interval(
    method: str, values: np.ndarray, data: st.DataObject
) -> None:
    gaps = data.draw(arrays(np.bool_, values.shape))
    criteria = tuple(
        Criterion(str(c), scale="fixed", low=0, high=20, indifference=0, preference=5)
        for c in range(3)
    )
    holed = np.where(gaps, np.nan, values)
    found = METHODS[method].run(table(holed, criteria, np.ones(3)))
    known = np.isfinite(found.score)
    assert (found.low[known] <= found.score[known] + 1e-9).all()
    assert (found.high[known] >= found.score[known] - 1e-9).all()
    if method in ("wsm", "wpm"):
        whole = METHODS[method].run(table(values, criteria, np.ones(3))).score
        assert (found.low <= whole + 1e-9).all()
        assert (found.high >= whole - 1e-9).all()


def test_missing_values_lower_coverage_and_are_no_zero() -> None:
    values = np.array([[10.0, np.nan], [0.0, 0.0], [10.0, 10.0]])
    criteria = (Criterion("a"), Criterion("b"))
    found = weighted_sum(table(values, criteria, np.array([3.0, 1.0])))
    np.testing.assert_allclose(
        coverage(table(values, criteria, np.array([3.0, 1.0]))), [0.75, 1, 1]
    )
    assert found.score[0] == 1.0
    assert (found.low[0], found.high[0]) == (0.75, 1.0)


@pytest.mark.parametrize("method", ALL)
def test_nothing_known_gives_no_score(method: str) -> None:
    values = np.array([[1.0, 2.0], [np.nan, np.nan], [3.0, 1.0]])
    score = METHODS[method].run(made(values)).score
    assert np.isnan(score[1])
    assert np.isfinite(score[[0, 2]]).all()


@pytest.mark.parametrize("method", ALL)
def test_equal_values_and_a_single_alternative_are_no_trouble(method: str) -> None:
    run, ends = METHODS[method].run, {"scale": "fixed", "low": 0, "high": 10}
    assert len(set(run(made(np.full((3, 2), 7.0), **ends)).score.tolist())) == 1
    assert np.isfinite(run(made(np.array([[1.0, 2.0]]), **ends)).score).all()
    assert np.isnan(run(made(np.full((3, 2), 7.0))).score).all()
    assert np.isnan(run(made(np.array([[1.0, 2.0]]))).score).all()


def test_electre_tells_for_how_many_it_is_made() -> None:
    with pytest.raises(InputError, match="300"):
        electre(made(np.ones((301, 2))))


def test_a_target_is_best_when_hit() -> None:
    one = Criterion("a", scale="target", target=5.0)
    found = table(np.array([[5.0], [7.0], [1.0]]), (one,), np.ones(1)).utilities[:, 0]
    np.testing.assert_allclose(found, [1.0, 0.5, 0.0])


def test_ranks_as_a_scale_are_shares_of_those_passed() -> None:
    one = Criterion("a", rises=False, scale="rank")
    found = table(np.array([[1.0], [2.0], [2.0], [9.0]]), (one,), np.ones(1)).utilities[:, 0]
    np.testing.assert_allclose(found, [1.0, 0.5, 0.5, 0.0])


def test_the_vector_scale_divides_by_the_length() -> None:
    one = Criterion("a", scale="vector")
    found = table(np.array([[3.0], [4.0]]), (one,), np.ones(1)).utilities[:, 0]
    np.testing.assert_allclose(found, [0.6, 0.8])


@pytest.mark.parametrize(
    ("values", "criteria", "weights"),
    [
        pytest.param([[1.0]], [Criterion("a")], [0.0], id="no weight"),
        pytest.param([[1.0, 1.0]], [Criterion("a"), Criterion("b")], [2, -1], id="negative"),
        pytest.param([[1.0]], [Criterion("a")], [1.0, 1.0], id="shapes"),
        pytest.param([[1.0]], [Criterion("a", scale="odd")], [1.0], id="scale"),
        pytest.param([[1.0]], [Criterion("a", scale="fixed", low=2, high=2)], [1.0], id="ends"),
        pytest.param([[1.0]], [Criterion("a", scale="target")], [1.0], id="target"),
    ],
)
def test_what_cannot_be_used_is_refused(
    values: list[list[float]], criteria: list[Criterion], weights: list[float]
) -> None:
    with pytest.raises(InputError):
        table(np.array(values), tuple(criteria), np.array(weights))


def test_points_become_shares_and_nonsense_is_refused() -> None:
    np.testing.assert_allclose(shares(np.array([100.0, 50.0, 50.0])), [0.5, 0.25, 0.25])
    with pytest.raises(InputError):
        shares(np.array([0.0, 0.0]))


def test_several_people_weigh_by_the_geometric_mean_with_their_spread() -> None:
    found = group(np.array([[0.8, 0.2], [0.2, 0.8]]))
    np.testing.assert_allclose(found.weights, [0.5, 0.5])
    np.testing.assert_allclose(found.spread, [0.6, 0.6])
    assert found.people == 2


def test_one_zero_does_not_strike_a_criterion_but_all_zeros_do() -> None:
    found = group(np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 0.0]])).weights
    assert found[1] > 0
    assert found[2] == 0
