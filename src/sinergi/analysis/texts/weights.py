"""How much each term weighs in each text, and how similar two texts are by what they share."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]

ONE_TERM = 0.5
"""What a likeness counts that rests on a single shared term: too little evidence for more."""


class Weights(NamedTuple):
    """Texts as rows of term weights, each row of length one or, without terms, empty."""

    matrix: Any
    """(texts, terms) sparse rows."""
    rarity: Floats
    """(terms,) by which a count is multiplied: at least one."""

    def of(self, columns: Sequence[int], counts: Sequence[int]) -> Floats:
        """Return the weights of a further text, shape (terms,), of length one; zero without terms."""
        row = np.zeros(len(self.rarity))
        row[list(columns)] = 1.0 + np.log(np.asarray(counts, dtype=float))
        row *= self.rarity
        length = np.linalg.norm(row)
        return row / length if length else row


def weigh(counts: Any) -> Weights:
    """Return the weights of texts: logarithm of the count times rarity, scaled to length one.

    The weight of a term that occurs f times in a text and in d of n texts is
    (1 + ln f) (1 + ln((1 + n) / (1 + d))).

    Parameters
    ----------
    counts
        (texts, terms) sparse rows of how often each term occurs.

    References
    ----------
    Manning, C. D., Raghavan, P. and Schütze, H. (2008). Introduction to Information Retrieval, ch. 6.4.
    """
    texts = counts.shape[0]
    within = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity: Floats = 1.0 + np.log((1.0 + texts) / (1.0 + within))
    matrix = counts.astype(float)
    matrix.data = (1.0 + np.log(matrix.data)) * rarity[matrix.indices]
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    per_row = np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(matrix.indptr))
    matrix.data = matrix.data / per_row
    return Weights(matrix, rarity)


def present(matrix: Any) -> Any:
    """Return where a text has a term: ones in the places of the weights."""
    return sparse.csr_matrix((np.ones(matrix.nnz), matrix.indices, matrix.indptr), matrix.shape)


def likeness(cosine: Floats, shared: Floats) -> Floats:
    """Return scores in [0, 1]: the cosine, cut by `ONE_TERM` where a single term is shared."""
    return np.clip(np.where(shared > 1, cosine, ONE_TERM * cosine), 0.0, 1.0)
