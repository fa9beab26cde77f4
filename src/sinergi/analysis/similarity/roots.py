"""Which rare spellings are probably a typing mistake for a frequent one; only to find candidates."""

from collections.abc import Container

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.similarity.tokens import Stream

SHORTEST = 5
"""Shorter words are different words when one letter differs."""
RARER = 4
"""A mistake is so many times rarer than the word it stands for, unless nearly nobody writes either."""
SELDOM = 2
SHORTEST_KNOWN = 7
"""Letters of a misspelling that is read as the known word."""


def corrected(stream: Stream, known: Container[str]) -> Stream:
    """Return a stream in which rare misspellings of known words are those words ("uskesmas", "pengdaan").

    Only long words, since a short name is easily one letter away from a word; names stay as they are.
    """
    vocabulary = stream.vocabulary
    often = np.bincount(stream.words, minlength=len(vocabulary)).astype(np.int64)
    told = np.array([word in known for word in vocabulary], dtype=bool)
    long = np.array([len(word) >= SHORTEST_KNOWN for word in vocabulary], dtype=bool)
    root = roots(vocabulary, often, told)
    meant = np.where(long & ~told & told[root], root, np.arange(len(vocabulary)))
    words = meant[stream.words].astype(np.int32) if len(stream.words) else stream.words
    return Stream(words, stream.rows, vocabulary)


def roots(
    vocabulary: list[str],
    frequency: NDArray[np.int64],
    first: NDArray[np.bool_] | None = None,
) -> NDArray[np.int32]:
    """Return for each word the one it probably stands for, itself in most cases; shape (vocabulary,).

    Words are compared when they are equal after at most one letter is taken out of each: a letter too
    much, too few, wrong, or two exchanged. Words that are `first` are the
    right ones.

    References
    ----------
    Garbe, W. (2012). Symmetric delete spelling correction.
    """
    often = frequency.tolist()
    behind = [False] * len(vocabulary) if first is None else (~first).tolist()
    order = sorted(
        (
            place
            for place, word in enumerate(vocabulary)
            if len(word) >= SHORTEST and word.isalpha()
        ),
        key=lambda place: (behind[place], -often[place], vocabulary[place]),
    )
    best: dict[str, int] = {}
    found = np.arange(len(vocabulary), dtype=np.int32)
    for place in order:
        word = vocabulary[place]
        forms = [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]
        known = [best[form] for form in forms if form in best]
        for form in forms:
            best.setdefault(form, place)
        mine = often[place]
        near = [w for w in known if mine <= SELDOM or often[w] >= RARER * mine]
        if near:
            found[place] = found[min(near, key=lambda w: (behind[w], -often[w], vocabulary[w]))]
    return found
