"""Fitting the probability of being the same work on labelled pairs."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.analysis.errors import InputError
from sinergi.analysis.similarity import EVIDENCE, FEATURES, design
from sinergi.analysis.similarity.calibration import (
    compare,
    fit,
    labels,
    likely,
    loss,
    unseen,
)


def some_pairs(count=200, seed=3, *, vetoed=0):
    chance = np.random.default_rng(seed)
    columns = {name: chance.uniform(size=count) for name in EVIDENCE}
    columns["code"][::3] = np.nan
    table = pl.DataFrame(columns, schema=dict.fromkeys(EVIDENCE, pl.Float32)).fill_nan(None)
    logit = 8 * (columns["text"] - 0.6) + 2 * (columns["place"] - 0.5) - 3 * columns["apart"] + 1
    same = chance.uniform(size=count) < 1 / (1 + np.exp(-logit))
    veto = ["village_differs"] * vetoed + [""] * (count - vetoed)
    return labels(table.with_columns(pl.Series("veto", veto)), same)


def test_the_fit_is_that_of_an_independent_program():
    linear_model = pytest.importorskip("sklearn.linear_model")
    pairs, ridge = some_pairs(), 0.7
    peer = linear_model.LogisticRegression(C=1 / ridge, tol=1e-10, max_iter=5000)
    peer.fit(design(pairs.evidence), pairs.same)
    mine = fit(pairs, ridge=ridge)
    assert mine.intercept == pytest.approx(peer.intercept_[0], abs=1e-4)
    assert [mine.coefficients[name] for name in FEATURES] == pytest.approx(peer.coef_[0], abs=1e-4)


def test_a_weight_of_two_counts_as_the_pair_twice():
    pairs = some_pairs(60)
    heavy = labels(pairs.evidence, pairs.same, np.full(60, 2.0))
    twice = labels(pl.concat([pairs.evidence] * 2), np.tile(pairs.same, 2))
    one, two = fit(heavy), fit(twice)
    assert one.coefficients == pytest.approx(two.coefficients, abs=1e-6)


def test_the_order_of_pairs_changes_nothing():
    pairs = some_pairs(80)
    order = np.random.default_rng(1).permutation(80)
    turned = labels(pairs.evidence[order], pairs.same[order])
    assert fit(turned).coefficients == pytest.approx(fit(pairs).coefficients, abs=1e-6)


def test_answers_that_part_perfectly_still_have_one_fit():
    pairs = some_pairs(80)
    split = labels(pairs.evidence, (pairs.evidence["text"] > 0.5).to_numpy())
    model = fit(split)
    assert all(np.isfinite(list(model.coefficients.values())))
    assert (likely(model, split) >= 0.5).tolist() == split.same.tolist()


@given(st.integers(0, 10_000), st.sampled_from([0.1, 1.0, 10.0]))
@settings(max_examples=20, deadline=None)
def test_at_the_best_fit_the_slope_is_zero(seed, ridge):
    pairs = some_pairs(60, seed)
    if len(np.unique(pairs.same)) < 2:
        return
    model = fit(pairs, ridge=ridge)
    gap = model.probability(pairs.evidence) - pairs.same
    drawn = np.array([model.coefficients[name] for name in FEATURES])
    assert gap.sum() == pytest.approx(0, abs=1e-3)
    assert design(pairs.evidence).T @ gap + ridge * drawn == pytest.approx(0, abs=1e-3)


@given(st.floats(0.5, 20))
@settings(max_examples=10, deadline=None)
def test_a_stronger_ridge_draws_coefficients_nearer_to_zero(ridge):
    pairs = some_pairs(80)
    size = [
        sum(v**2 for v in fit(pairs, ridge=r).coefficients.values()) for r in (ridge, 2 * ridge)
    ]
    assert size[1] <= size[0] + 1e-9


def test_vetoed_pairs_teach_nothing_and_are_never_likely():
    pairs = some_pairs(100, vetoed=30)
    open_pairs = pairs.some(~pairs.vetoed)
    model = fit(pairs)
    assert model.coefficients == pytest.approx(fit(open_pairs).coefficients)
    assert likely(model, pairs)[:30].max() == 0


def test_one_answer_only_cannot_be_learned_from():
    pairs = some_pairs(20)
    with pytest.raises(InputError):
        fit(labels(pairs.evidence, np.ones(20, dtype=bool)))


def test_a_ridge_of_zero_is_refused():
    with pytest.raises(InputError):
        fit(some_pairs(), ridge=0)


@pytest.mark.parametrize("weight", [[1.0], [0.0] * 20, [float("nan")] * 20])
def test_weights_must_be_one_above_zero_for_each_pair(weight):
    pairs = some_pairs(20)
    with pytest.raises(InputError):
        labels(pairs.evidence, pairs.same, weight)


def test_no_pair_is_judged_by_a_model_that_saw_its_group():
    pairs = some_pairs(120)
    groups = np.arange(120) // 2
    mixed = next(g for g in range(60) if pairs.same[groups == g].sum() == 1)
    turned = np.where(groups == mixed, ~pairs.same, pairs.same)
    judged, again = (
        unseen(labels(pairs.evidence, same, group=groups), folds=4) for same in (pairs.same, turned)
    )
    assert again[groups == mixed] == pytest.approx(judged[groups == mixed])
    assert again != pytest.approx(judged)


def test_extra_pairs_are_learned_from_but_not_judged():
    own, shipped = some_pairs(40, 5), some_pairs(200, 6)
    assert len(unseen(own, folds=4, extra=shipped)) == 40


def test_too_few_groups_for_the_folds_are_refused():
    with pytest.raises(InputError):
        unseen(some_pairs(3), folds=5)


def test_joined_pairs_keep_their_groups_apart():
    one, two = some_pairs(10), some_pairs(15)
    joined = one.and_also(two)
    assert len(joined) == 25
    assert not set(joined.group[:10]) & set(joined.group[10:])


def test_a_better_model_is_told_with_an_interval_below_zero():
    pairs = some_pairs(400)
    truth = likely(fit(pairs), pairs)
    told = compare(np.full(400, pairs.same.mean()), truth, pairs)
    assert told.not_worse
    assert told.low < told.difference < told.high < 0


def test_a_model_is_not_worse_than_itself():
    pairs = some_pairs(50)
    probabilities = likely(fit(pairs), pairs)
    told = compare(probabilities, probabilities, pairs)
    assert told.not_worse
    assert (told.difference, told.low, told.high) == (0, 0, 0)


def test_the_loss_of_a_half_is_the_logarithm_of_two():
    assert loss(np.array([0.5]), np.array([True])) == pytest.approx(np.log(2))


def test_no_single_pair_costs_more_than_a_thousand_to_one():
    assert loss(np.array([0.0, 1.0]), np.array([True, False])) == pytest.approx(np.log(1000))
