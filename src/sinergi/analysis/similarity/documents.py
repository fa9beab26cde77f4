"""Lines that read the same are one document; candidates are sought among documents and spread to lines."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.similarity.blocks import Family
from sinergi.analysis.similarity.lines import Lines
from sinergi.analysis.similarity.roots import roots
from sinergi.analysis.similarity.tokens import Ints, distinct
from sinergi.analysis.similarity.words import spans

Rows = NDArray[np.int64]

MOST_KEYS = 10
"""Words of a document by which it is found, the rarest first."""
MOST_PRODUCT = 64
"""Pairs of lines that two documents make at most; of larger ones only neighbours in amount are paired."""
RAREST = 3
"""Keys by which documents of different regions are found."""
ACROSS = 0.6
"""As `blocks.LEAST_COMMON`, of these."""
NEIGHBOURS = 8
_AT_ONCE = 200_000


class Documents(NamedTuple):
    """Different texts with their region, in order of the alphabet."""

    of: Rows
    """Document of each line, (lines,)."""
    first: Rows
    """A line of each document, (documents,)."""
    keys: Ints
    """Ranks of words, the rarest first, -1 behind them, (documents, MOST_KEYS)."""
    weight: NDArray[np.float32]
    """What each rank weighs, with a zero at the end, (ranks + 1,)."""
    region: Ints
    """As `Lines.region`, (documents, 2)."""


def documents(lines: Lines) -> Documents:
    """Return the documents of lines; words nobody else writes are no keys."""
    key = lines.title.astype(np.int64) * (len(lines.places) + 1) + lines.place
    key = key * (int(lines.region.max(initial=-1)) + 2) + lines.region[:, 0] + 1
    _, first, of = np.unique(key, return_index=True, return_inverse=True)
    root = np.concatenate([roots(lines.vocabulary, lines.frequency), [-1]]).astype(np.int32)
    frequency = np.zeros(len(lines.vocabulary), dtype=np.int64)
    for start in range(0, len(first), _AT_ONCE):
        words = _words(lines, first[start : start + _AT_ONCE], root)
        frequency += np.bincount(words[words >= 0], minlength=len(frequency))
    rank = _ranks(frequency)
    keys = np.full((len(first), MOST_KEYS), -1, dtype=np.int32)
    for start in range(0, len(first), _AT_ONCE):
        words = rank[_words(lines, first[start : start + _AT_ONCE], root)]
        words.partition(MOST_KEYS - 1, axis=1)
        rarest = np.sort(words[:, :MOST_KEYS], axis=1)
        keys[start : start + _AT_ONCE] = np.where(rarest == rank[-1], -1, rarest)
    shared = np.sort(frequency[frequency > 1])
    weight = np.append(np.log1p(len(first) / shared), 0.0).astype(np.float32)
    return Documents(of.astype(np.int64), first.astype(np.int64), keys, weight, lines.region[first])


def families(found: Documents) -> list[Family]:
    """Return the documents that may meet: of one region, of a region and its province, of anywhere.

    Where both regions are known and neither holds the other, only the rarest words are looked at: the same
    bridge in the plans of two neighbours.
    """
    exact, province = found.region[:, 0].astype(np.int64), found.region[:, 1].astype(np.int64)
    unknown, whole = exact < 0, exact == province
    nobody = np.full(len(exact), -1, dtype=np.int32)
    every = np.ones(len(exact), dtype=bool)
    none = np.zeros(len(exact), dtype=np.int64)
    same = Family(found.keys, np.where(whole, -1, exact), every, nobody, found.weight)
    above = Family(
        found.keys, np.where(unknown, -1, province), whole & ~unknown, nobody, found.weight
    )
    anywhere = Family(found.keys, none, unknown, nobody, found.weight)
    rare = found.keys[:, :RAREST]
    across = Family(
        rare, np.where(unknown, -1, none), every, found.region[:, 0], found.weight, 2, ACROSS
    )
    return [one.ready() for one in (same, above, anywhere, across) if one.anchor.any()]


def _ranks(frequency: Rows) -> Ints:
    """Return the rank of each word by frequency, the largest number for words of one document and none."""
    shared = np.flatnonzero(frequency > 1)
    rank = np.full(len(frequency) + 1, np.iinfo(np.int32).max, dtype=np.int32)
    rank[shared[np.argsort(frequency[shared], kind="stable")]] = np.arange(len(shared))
    return rank


def _words(lines: Lines, rows: Rows, root: Ints) -> Ints:
    """Return the roots of each document's words, -1 for none or again."""
    words = np.concatenate(
        [root[lines.titles[lines.title[rows]]], root[lines.places[lines.place[rows]]]], axis=1
    )
    words.sort(axis=1)
    words[:, 1:][words[:, 1:] == words[:, :-1]] = -1
    return words


def spread(lines: Lines, of: Rows, one: Rows, two: Rows, alone: Rows) -> tuple[Rows, Rows]:
    """Return pairs of lines, first below second, of pairs of different documents and within documents.

    Parameters
    ----------
    of
        Document of each line, (lines,).
    one, two
        Pairs of different documents, (pairs,).
    alone
        Documents whose lines are paired with each other.
    """
    order = np.argsort(of, kind="stable")
    count = np.bincount(of, minlength=1)
    start = np.cumsum(count) - count
    few = count[one] * count[two] <= MOST_PRODUCT
    a, b = _product(order, start, count, one[few], two[few])
    joint = np.stack([one[~few], two[~few]], axis=1)
    groups = np.repeat(np.arange(len(joint)), count[joint].sum(axis=1))
    members = order[spans(start[joint.ravel()], count[joint.ravel()])]
    crowd = alone[count[alone] > 1]
    within = np.repeat(np.arange(len(joint), len(joint) + len(crowd)), count[crowd])
    rows = order[spans(start[crowd], count[crowd])]
    c, d = neighbours(lines, np.concatenate([groups, within]), np.concatenate([members, rows]))
    first, second = np.concatenate([a, c]), np.concatenate([b, d])
    low, high = np.minimum(first, second), np.maximum(first, second)
    key = distinct(low * len(of) + high)
    return key // len(of), key % len(of)


def _product(order: Rows, start: Rows, count: Rows, one: Rows, two: Rows) -> tuple[Rows, Rows]:
    many = count[one] * count[two]
    pair = np.repeat(np.arange(len(one)), many)
    at = spans(np.zeros(len(one), dtype=np.int64), many)
    a = order[start[one[pair]] + at // count[two[pair]]]
    b = order[start[two[pair]] + at % count[two[pair]]]
    return a, b


def neighbours(lines: Lines, groups: Rows, rows: Rows) -> tuple[Rows, Rows]:
    """Return pairs of lines within groups: all of a small group, else neighbours in amount and year.

    Lines of equal amount, year and code are ordered so that those of different plans alternate.
    """
    keys = (lines.code[rows], lines.years[rows, 0], lines.amount[rows], groups)
    order = np.lexsort((lines.id[rows], lines.plan[rows], *keys))
    same = np.zeros(len(rows), dtype=bool)
    for key in (lines.plan[rows], *keys):
        sorted_ = key[order]
        same[1:] |= sorted_[1:] != sorted_[:-1]
    fresh = ~same
    place = np.arange(len(rows))
    begin = np.maximum.accumulate(np.where(fresh, 0, place)) if len(rows) else place
    time = np.empty(len(rows), dtype=np.int64)
    time[order] = place - begin
    order = np.lexsort((lines.plan[rows], time, *keys))
    groups, rows = groups[order], rows[order]
    size = np.bincount(groups, minlength=1)[groups] if len(groups) else np.zeros(0, dtype=np.int64)
    end = np.searchsorted(groups, groups, side="right")
    small = size * (size - 1) // 2 <= MOST_PRODUCT
    later = np.where(small, end - place - 1, np.minimum(end - place - 1, NEIGHBOURS))
    first = np.repeat(place, later)
    second = spans(place + 1, later)
    return rows[first], rows[second]
