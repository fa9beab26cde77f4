"""How surely one written word stands for another: a typing mistake or a short form nobody listed."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cpdist

from sinergi.analysis.similarity.tokens import Bools, Ints

Floats = NDArray[np.float32]

LEAST_ALIKE, SURELY_ALIKE = 0.7, 0.95
"""Indel similarity from which two words may be, and surely are, the same with a mistake."""
SHORTEST_MISTAKEN = 4
KNOWN_NAME = 4
"""Words that this many lines hold each are written so on purpose: their likeness counts half."""
_PREFIX, _LONGER, _PAIR = 0.95, 0.85, 0.6


class Spelling(NamedTuple):
    """What of words is enough to tell that two cannot be near each other."""

    letters: NDArray[np.uint32]
    """A bit for each of 32 groups of letters that a word holds, (vocabulary,)."""
    length: NDArray[np.int16]
    """Letters of a word, (vocabulary,)."""


def spelling_of(vocabulary: list[str]) -> Spelling:
    """Return letters and lengths of words."""
    length = np.array([len(word) for word in vocabulary], dtype=np.int16)
    signs = np.frombuffer("".join(vocabulary).encode("utf-32-le"), dtype=np.uint32)
    starts = np.concatenate([[0], np.cumsum(length, dtype=np.int64)[:-1]])
    bits = np.left_shift(np.uint32(1), signs & np.uint32(31))
    return Spelling(np.bitwise_or.reduceat(bits, starts).astype(np.uint32), length)


def possible(known: Spelling, first: Ints, second: Ints, plain: Bools) -> Bools:
    """Return which pairs of words `nearness` may find near, (pairs,): all others it gives zero.

    A letter that one word has and the other has not is in no common order of letters.
    """
    mine, other = known.letters[first], known.letters[second]
    length, others = known.length[first], known.length[second]
    most = np.minimum(
        length - np.bitwise_count(mine & ~other), others - np.bitwise_count(other & ~mine)
    )
    short = np.minimum(length, others)
    alike = (2.0 * most > LEAST_ALIKE * (length + others)) & (short >= SHORTEST_MISTAKEN)
    shortened = (most == short) & plain[np.where(length >= others, first, second)]
    found: Bools = alike | shortened
    return found


def nearness(
    first: Ints, second: Ints, vocabulary: list[str], plain: Bools, frequency: NDArray[np.int64]
) -> Floats:
    """Return how surely words stand for each other, shape (pairs,), in [0, 1].

    A mistake leaves most letters in their order; a short form ("pmbgn", "puskes") has only letters of the
    long one, in its order, from the first on.

    Parameters
    ----------
    first, second
        Different words with the same first letter, numbers in `vocabulary`, (pairs,).
    plain
        Words that may be shortened, (vocabulary,).
    frequency
        Lines that hold each word, (vocabulary,).

    References
    ----------
    Hyyrö, H. (2004). Bit-parallel LCS-length computation revisited. AWOCA.
    """
    if not len(first):
        return np.zeros(0, dtype=np.float32)
    left = [vocabulary[word] for word in first.tolist()]
    right = [vocabulary[word] for word in second.tolist()]
    common = cpdist(left, right, scorer=LCSseq.similarity, dtype=np.int32)
    lengths = np.array([list(map(len, left)), list(map(len, right))]).T
    short, long = lengths.min(axis=1), lengths.max(axis=1)
    alike = 2.0 * common / (short + long)
    mistaken = np.clip((alike - LEAST_ALIKE) / (SURELY_ALIKE - LEAST_ALIKE), 0.0, 1.0)
    mistaken[short < SHORTEST_MISTAKEN] = 0.0
    mistaken[np.minimum(frequency[first], frequency[second]) >= KNOWN_NAME] *= 0.5
    shortened = _shortened(first, second, lengths, common, left, right)
    longer = np.where(lengths[:, 0] >= lengths[:, 1], first, second)
    shortened[~plain[longer]] = 0.0
    sure: Floats = np.maximum(mistaken, shortened).astype(np.float32)
    return sure


def _shortened(
    first: Ints,
    second: Ints,
    lengths: NDArray[np.int64],
    common: Ints,
    left: list[str],
    right: list[str],
) -> NDArray[np.float64]:
    short, long = lengths.min(axis=1), lengths.max(axis=1)
    inside = (common == short) & (short >= 2) & (long - short >= 2)
    sure: NDArray[np.float64] = np.where(short >= 3, _LONGER, _PAIR) * inside
    for place in np.flatnonzero(inside & (short >= 3)):
        a, b = left[place], right[place]
        if a.startswith(b) or b.startswith(a):
            sure[place] = _PREFIX
    return sure
