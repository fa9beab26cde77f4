"""Terms weigh by how often they occur and how rare they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from sinergi.analysis.texts.weights import ONE_TERM, likeness, weigh

COUNTS = st.integers(0, 10_000).map(
    lambda seed: np.random.default_rng(seed).poisson(0.7, size=(7, 9)).astype(float)
)


@given(COUNTS)
def test_weights_are_those_of_an_independent_program(counts):
    # given
    theirs = TfidfTransformer(sublinear_tf=True, smooth_idf=True).fit_transform(counts)
    # when
    ours = weigh(sparse.csr_matrix(counts))
    # then
    np.testing.assert_allclose(ours.matrix.toarray(), theirs.toarray(), atol=1e-12)


def test_a_worked_number():
    # given two texts; the first has a common term twice and a rare one once
    counts = sparse.csr_matrix([[2.0, 1.0], [1.0, 0.0]])
    # when: (1 + ln 2)(1 + ln(3/3)) = 1.6931 and 1 (1 + ln(3/2)) = 1.4055, scaled to length one
    weights = weigh(counts)
    # then
    np.testing.assert_allclose(weights.rarity, [1.0, 1.4055], atol=1e-4)
    np.testing.assert_allclose(weights.matrix.toarray()[0], [0.7694, 0.6387], atol=1e-4)


@given(COUNTS)
def test_a_further_text_with_the_terms_of_a_row_weighs_like_that_row(counts):
    # given
    weights = weigh(sparse.csr_matrix(counts))
    columns = np.flatnonzero(counts[0])
    # when
    again = weights.of(columns.tolist(), counts[0][columns].tolist())
    # then
    np.testing.assert_allclose(again, weights.matrix.toarray()[0], atol=1e-12)


def test_a_likeness_that_rests_on_one_term_is_cut():
    np.testing.assert_allclose(
        likeness(np.array([0.8, 0.8, 1.0 + 1e-15]), np.array([1.0, 2.0, 3.0])),
        [0.8 * ONE_TERM, 0.8, 1.0],
    )


@pytest.mark.parametrize("shape", [(0, 0), (3, 0), (2, 4)])
def test_texts_without_terms_weigh_nothing(shape):
    assert weigh(sparse.csr_matrix(shape, dtype=float)).matrix.nnz == 0
