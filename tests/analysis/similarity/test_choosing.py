"""Which pairs a person is asked about next."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.errors import InputError
from sinergi.analysis.similarity.choosing import most_telling

NONE = np.zeros((0, 2))


def test_the_least_certain_pair_is_asked_first():
    features = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    assert most_telling(np.array([0.9, 0.5, 0.1]), features, NONE, 1) == [1]


def test_a_pair_like_one_that_was_judged_waits():
    features = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    assert most_telling(np.array([0.7, 0.5, 0.1]), features, features[1:2], 1) == [0]


def test_two_alike_are_not_asked_one_after_the_other():
    features = np.array([[0.0, 0.0], [0.0, 0.0], [5.0, 5.0]])
    assert most_telling(np.array([0.5, 0.5, 0.8]), features, NONE, 2) == [0, 2]


def test_of_equals_the_first_goes_first():
    assert most_telling(np.full(3, 0.5), np.zeros((3, 2)), NONE, 3) == [0, 1, 2]


@given(st.integers(0, 40), st.integers(0, 50), st.integers(0, 1000))
def test_no_pair_is_asked_twice(pairs, count, seed):
    chance = np.random.default_rng(seed)
    asked = most_telling(chance.uniform(size=pairs), chance.normal(size=(pairs, 2)), NONE, count)
    assert len(asked) == len(set(asked)) == min(pairs, count)


def test_different_lengths_are_refused():
    with pytest.raises(InputError):
        most_telling(np.array([0.5]), np.zeros((2, 2)), NONE, 1)
