"""Criteria that tell nobody from another: whoever has a value there gains and loses nothing by it."""

from typing import Any

import numpy as np
import pytest

from sinergi.analysis.priority import (
    METHODS,
    Criterion,
    draw_scores,
    prioritise,
    promethee,
    table,
    turning_points,
    weighted_sum,
)

NONE = np.nan
BASE = Criterion("a", scale="fixed", low=0, high=100)
MADE_OF_VALUES = [
    pytest.param({"scale": "min_max"}, id="range"),
    pytest.param({"scale": "rank"}, id="rank"),
    pytest.param({"scale": "vector"}, id="vector"),
    pytest.param({"scale": "vector", "rises": False}, id="vector falling"),
    pytest.param({"scale": "target", "target": 5.0}, id="target hit"),
    pytest.param({"scale": "target", "target": 50.0}, id="target missed"),
]


def beside(column: list[float], **kept: Any) -> Any:
    """Return 50, 60 and 70 of 100 beside a column of values."""
    values = np.column_stack([[50.0, 60.0, 70.0], column])
    return table(values, (BASE, Criterion("b", **kept)), np.ones(2))


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize("kept", MADE_OF_VALUES)
@pytest.mark.parametrize(
    "column",
    [
        pytest.param([5.0, NONE, NONE], id="one value"),
        pytest.param([NONE, NONE, 5.0], id="one value of the best"),
        pytest.param([5.0, 5.0, NONE], id="two alike"),
        pytest.param([5.0, 5.0, 5.0], id="all alike"),
    ],
)
def test_a_value_that_tells_nothing_apart_leaves_the_score_as_without_it(
    method: str, kept: dict[str, Any], column: list[float]
) -> None:
    alone = table(np.array([[50.0], [60.0], [70.0]]), (BASE,), np.ones(1))
    run = METHODS[method].run
    np.testing.assert_allclose(run(beside(column, **kept)).score, run(alone).score, atol=1e-9)


def test_a_fixed_scale_has_its_ends_without_the_values() -> None:
    found = weighted_sum(beside([5.0, NONE, NONE], scale="fixed", low=0, high=100))
    np.testing.assert_allclose(found.score, [0.275, 0.6, 0.7])


def test_what_is_missing_opens_the_interval_and_what_tells_nothing_does_not() -> None:
    found = weighted_sum(beside([5.0, 5.0, NONE]))
    np.testing.assert_allclose(found.low, [0.5, 0.6, 0.35])
    np.testing.assert_allclose(found.high, [0.5, 0.6, 0.85])


def test_over_the_draws_having_such_a_value_is_worth_as_much_as_missing_it() -> None:
    given = table(
        np.array([[50.0, 5.0], [50.0, 5.0], [50.0, NONE]]), (BASE, Criterion("b")), np.ones(2)
    )
    drawn = draw_scores(given, draws=4000)
    np.testing.assert_array_equal(drawn[0], drawn[1])
    assert drawn[0].mean() == pytest.approx(drawn[2].mean(), abs=0.02)
    assert (drawn[0] > drawn[2]).mean() == pytest.approx(0.5, abs=0.03)


def test_coverage_tells_what_is_known_though_it_does_not_count() -> None:
    found = prioritise(beside([5.0, NONE, NONE]), least_coverage=0.5)
    assert found.coverage.tolist() == [1.0, 0.5, 0.5]
    assert found.ranks["wsm"].tolist() == [3.0, 2.0, 1.0]
    assert found.silent.tolist() == [False, True]
    assert np.isnan(found.contributions[:, 1]).all()
    assert np.isnan(turning_points(found)[1].at)


def test_of_whom_nothing_tells_anything_there_is_no_rank_and_the_others_keep_theirs() -> None:
    values = np.array([[50.0, 5.0], [60.0, 5.0], [NONE, 5.0]])
    found = prioritise(table(values, (BASE, Criterion("b")), np.ones(2)), least_coverage=0.5)
    assert found.unplaced.tolist() == [False, False, True]
    for code in METHODS:
        np.testing.assert_array_equal(found.ranks[code], [2.0, 1.0, NONE])
    assert np.isnan(found.acceptability.first[2])


def test_where_no_criterion_tells_anything_apart_nobody_has_a_rank() -> None:
    found = prioritise(table(np.full((3, 2), 7.0), (Criterion("a"), Criterion("b")), np.ones(2)))
    assert not found.ranked.any()
    assert found.unplaced.all()
    assert found.silent.all()
    assert found.bands.tolist() == [0, 0, 0]


def test_who_is_compared_with_nobody_by_promethee_stands_between_winning_and_losing() -> None:
    fixed = Criterion("b", scale="fixed", low=0, high=100)
    values = np.array([[50.0, NONE], [60.0, NONE], [NONE, 5.0]])
    found = promethee(table(values, (BASE, fixed), np.ones(2))).score
    np.testing.assert_allclose(found, [-1.0, 1.0, 0.0])
