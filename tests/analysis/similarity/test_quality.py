"""Precision, recall, calibration and their intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.errors import InputError
from sinergi.analysis.similarity.quality import (
    by_threshold,
    calibration_error,
    quality,
    reliability,
    wilson,
)


def test_the_interval_of_wilson_is_that_of_newcombe_1998():
    # Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872, table I, method 3: 81/263, 15/148, 0/20
    assert wilson(81, 263)[1:3] == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148)[1:3] == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20)[1:3] == pytest.approx((0.0, 0.1611), abs=5e-5)


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_its_share_and_stays_in_zero_to_one(cases, data):
    hits = data.draw(st.integers(0, cases))
    share = wilson(hits, cases)
    assert 0 <= share.low <= share.value <= share.high <= 1


def test_no_cases_have_no_share():
    assert np.isnan(wilson(0, 0).value)


def test_hits_and_misses_are_counted_at_the_threshold():
    likely = np.array([0.9, 0.8, 0.6, 0.4, 0.1])
    same = np.array([True, True, False, True, False])
    told = quality(likely, same, threshold=0.5)
    assert told.found == 3
    assert told.precision.value == pytest.approx(2 / 3)
    assert told.recall.value == pytest.approx(2 / 3)
    assert told.f1.value == pytest.approx(2 / 3)
    assert told.brier == pytest.approx((0.01 + 0.04 + 0.36 + 0.36 + 0.01) / 5)


def test_the_interval_of_f1_is_wider_when_pairs_come_in_groups():
    chance = np.random.default_rng(2)
    base = chance.uniform(size=40)
    likely, same = np.repeat(base, 10), np.repeat(chance.uniform(size=40) < base, 10)
    alone = quality(likely, same)
    together = quality(likely, same, group=np.repeat(np.arange(40), 10))
    assert together.f1.high - together.f1.low > alone.f1.high - alone.f1.low


def test_without_the_same_work_there_is_no_recall():
    told = quality(np.array([0.2, 0.7]), np.array([False, False]))
    assert np.isnan(told.recall.value)
    assert np.isnan(told.f1.low)
    assert told.precision.value == 0


def test_a_higher_threshold_never_finds_more():
    chance = np.random.default_rng(4)
    likely, same = chance.uniform(size=50), chance.uniform(size=50) < 0.3
    found = [one.found for one in by_threshold(likely, same, np.linspace(0, 1, 11))]
    assert found == sorted(found, reverse=True)


def test_each_pair_is_in_one_bin():
    likely = np.array([0.0, 0.05, 0.1, 0.55, 1.0])
    told = reliability(likely, np.array([False, False, True, True, True]))
    assert [one.pairs for one in told] == [2, 1, 0, 0, 0, 1, 0, 0, 0, 1]
    assert told[0].predicted == pytest.approx(0.025)
    assert told[9].observed.value == 1


def test_probabilities_that_come_true_have_no_calibration_error():
    likely = np.repeat([0.25, 0.75], 40)
    same = np.concatenate([np.arange(40) < 10, np.arange(40) < 30])
    assert calibration_error(likely, same) == pytest.approx(0)
    assert calibration_error(np.full(80, 0.95), same) == pytest.approx(0.45)


def test_of_no_pairs_nothing_is_said():
    assert np.isnan(calibration_error(np.empty(0), np.empty(0, dtype=bool)))
    assert np.isnan(quality(np.empty(0), np.empty(0, dtype=bool)).brier)


def test_different_lengths_are_refused():
    with pytest.raises(InputError):
        quality(np.array([0.5]), np.array([True, False]))
