"""Separate evidence and vetoes for pairs of lines: the kernel, in pieces that fit the cache."""

import itertools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.similarity.agencies import alike
from sinergi.analysis.similarity.lines import Lines
from sinergi.analysis.similarity.spelling import nearness, possible
from sinergi.analysis.similarity.tokens import Bools, Ints
from sinergi.analysis.similarity.vetoes import vetoes

Floats = NDArray[np.float32]

MOST_SHARED_WEIGHT = 40.0
MOST_APART = 9.0
FAR_KM = 3.0
EARTH_KM = 6371.0
SAME_REGION_ONLY = 0.7
WITHIN, NEIGHBOUR = 0.6, 0.2
OTHER_LEVEL = 0.85
"""Likeness of a code and that of the activity it belongs to."""
OTHER_CODE = 0.5
"""What the share of two codes that part is multiplied with: neither is above the other."""
NEXT_YEAR = 0.3


class Compared(NamedTuple):
    """Evidence of pairs, f32 in [0, 1] or NaN where unknown, and what forbids them, all (pairs,)."""

    text: Floats
    place: Floats
    year: Floats
    code: Floats
    amount: Floats
    contained: Floats
    apart: Floats
    shared: Floats
    alone: Floats
    agency: Floats
    within: Floats
    veto: Ints
    """Kind in `Lines.kinds`, -1 for none."""


class Words(NamedTuple):
    """The words of one side of pairs; columns first, so that each step runs over neighbours in memory."""

    title: Ints
    """Words of the title, -1 for none, (most, pairs)."""
    place: Ints
    """Words of the place, (most, pairs)."""
    weight: Floats
    """Of `title`, zero behind its words."""
    credit: Floats
    """How surely each word of `title` stands in the other line, (most, pairs)."""
    there: Bools
    """Which words of `place` stand in the other line, (most, pairs)."""


def compare(lines: Lines, a: NDArray[np.int64], b: NDArray[np.int64]) -> Compared:
    """Return the evidence for pairs of rows of lines and what forbids them, (pairs,) each."""
    return evidence_of(lines, a, b)._replace(veto=vetoes(lines, a, b))


def evidence_of(lines: Lines, a: NDArray[np.int64], b: NDArray[np.int64]) -> Compared:
    """Return the evidence for pairs of rows of lines, (pairs,) each, as if nothing forbade any."""
    one, two = words_of(lines, a, b)
    fuzzy(lines, one, two)
    text, contained, apart, shared = _text(one, two)
    return Compared(
        text,
        _place(lines, a, b, one, two),
        _year(lines.years[a], lines.years[b]),
        _code(lines.codes[lines.code[a]], lines.codes[lines.code[b]]),
        _amount(lines.amount[a], lines.amount[b]),
        contained,
        apart,
        shared,
        np.minimum(lines.alone[a], lines.alone[b]),
        alike(lines.agencies, a, b),
        (lines.plan[a] == lines.plan[b]).astype(np.float32),
        np.full(len(a), -1, dtype=np.int32),
    )


def words_of(lines: Lines, a: NDArray[np.int64], b: NDArray[np.int64]) -> tuple[Words, Words]:
    """Return the words of both sides with the credit of those that stand in both lines."""
    one, two = _words(lines, a), _words(lines, b)
    held = [np.zeros(words.shape, dtype=bool) for words in (one.title, two.title)]
    equal = np.empty(len(a), dtype=bool)
    for mine, in_mine in ((one.title, held[0]), (one.place, one.there)):
        for theirs, in_theirs in ((two.title, held[1]), (two.place, two.there)):
            for i, j in itertools.product(range(len(mine)), range(len(theirs))):
                np.equal(mine[i], theirs[j], out=equal)
                in_mine[i] |= equal
                in_theirs[j] |= equal
    for side, found in ((one, held[0]), (two, held[1])):
        side.credit[found & (side.title >= 0)] = 1.0
        side.there[side.place < 0] = False
    return one, two


def _words(lines: Lines, rows: NDArray[np.int64]) -> Words:
    title = _columns(lines.titles, lines.title[rows])
    place = _columns(lines.places, lines.place[rows])
    weight = lines.weight[title]
    weight[title < 0] = 0.0
    return Words(title, place, weight, np.zeros_like(weight), np.zeros(place.shape, dtype=bool))


def _columns(matrix: Ints, rows: Ints) -> Ints:
    """Return rows of a matrix as columns, without those behind the last word of all."""
    some = matrix[rows]
    most = int((some >= 0).any(axis=0).sum())
    return np.ascontiguousarray(some[:, :most].T)


def total(columns: Floats) -> Floats:
    """Return the sum of each pair, one column after the other: zeros behind them change nothing, (pairs,)."""
    whole = np.zeros(columns.shape[1], dtype=np.float32)
    for column in columns:
        whole += column
    return whole


def fuzzy(lines: Lines, one: Words, two: Words) -> None:
    """Give credit to words that are nearly a word which the other title has and this one has not."""
    first, second = _initials(lines, one, -1), _initials(lines, two, -2)
    none = np.zeros(0, dtype=np.int64)
    met: list[tuple[int, int, NDArray[np.int64]]] = []
    for i, j in itertools.product(range(len(first)), range(len(second))):
        at = np.flatnonzero(first[i] == second[j])
        at = at[possible(lines.spelling, one.title[i, at], two.title[j, at], lines.plain)]
        met.append((i, j, at))
    left = np.concatenate([none, *(one.title[i, at] for i, _, at in met)])
    right = np.concatenate([none, *(two.title[j, at] for _, j, at in met)])
    sure = _near(lines, left, right)
    begin = 0
    for i, j, at in met:
        mine = sure[begin : begin + len(at)]
        one.credit[i, at] = np.maximum(one.credit[i, at], mine)
        two.credit[j, at] = np.maximum(two.credit[j, at], mine)
        begin += len(at)


def _initials(lines: Lines, side: Words, none: int) -> Ints:
    """Return the first letters of words without credit, a number below zero for others, (most, pairs)."""
    letter = lines.initial[side.title]
    letter[(side.credit > 0) | (side.title < 0) | (letter < 0)] = none
    return letter


def _near(lines: Lines, left: Ints, right: Ints) -> Floats:
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right)
    key, inverse = np.unique(low * max(len(lines.vocabulary), 1) + high, return_inverse=True)
    one, two = np.divmod(key, max(len(lines.vocabulary), 1))
    sure = nearness(one, two, lines.vocabulary, lines.plain, lines.frequency)
    return sure[inverse]


def _text(one: Words, two: Words) -> tuple[Floats, Floats, Floats, Floats]:
    """Return likeness, containment, what only each side says and how much both say."""
    all_one, all_two = total(one.weight), total(two.weight)
    has_one, has_two = total(one.weight * one.credit), total(two.weight * two.credit)
    nothing = (all_one == 0) | (all_two == 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        text = (has_one + has_two) / (all_one + all_two)
        contained = np.maximum(has_one / all_one, has_two / all_two)
    apart = np.minimum(all_one - has_one, all_two - has_two) / MOST_APART
    shared = (has_one + has_two) / 2 / MOST_SHARED_WEIGHT
    unknown = np.float32(np.nan)
    return (
        np.where(nothing, unknown, text),
        np.where(nothing, unknown, contained),
        np.where(nothing, unknown, np.clip(apart, 0.0, 1.0)),
        np.where(nothing, unknown, np.clip(shared, 0.0, 1.0)),
    )


def _place(
    lines: Lines, a: NDArray[np.int64], b: NDArray[np.int64], one: Words, two: Words
) -> Floats:
    """Return how near the places are: the region, and words or points within it."""
    region = _region(lines.region[a], lines.region[b])
    fine = _mean(_distance(lines.point[a], lines.point[b]), _place_words(lines.weight, one, two))
    unknown = np.isnan(region)
    coarse = np.where(unknown, fine, SAME_REGION_ONLY * region)
    both = (region + fine) / 2
    return np.where(unknown | np.isnan(fine), coarse, both).astype(np.float32)


def _region(one: Ints, two: Ints) -> Floats:
    same = one[:, 0] == two[:, 0]
    province = one[:, 1] == two[:, 1]
    whole = (one[:, 0] == one[:, 1]) | (two[:, 0] == two[:, 1])
    likeness = np.select([same, province & whole, province], [1.0, WITHIN, NEIGHBOUR], 0.0)
    unknown = (one[:, 0] < 0) | (two[:, 0] < 0)
    return np.where(unknown, np.nan, likeness).astype(np.float32)


def _distance(one: Floats, two: Floats) -> Floats:
    """Return how near points are: 1 at one point, 0.37 at `FAR_KM` (equirectangular distance)."""
    lat, lon = np.radians(one[:, 0] - two[:, 0]), np.radians(one[:, 1] - two[:, 1])
    middle = np.radians((one[:, 0] + two[:, 0]) / 2)
    km = EARTH_KM * np.hypot(lat, lon * np.cos(middle))
    near: Floats = np.exp(-km / FAR_KM).astype(np.float32)
    return near


def _place_words(weight: Floats, one: Words, two: Words) -> Floats:
    """Return how much of the shorter place text stands in the other line; NaN where one has none."""
    shares = []
    for side in (one, two):
        each = weight[side.place]
        each[side.place < 0] = 0.0
        whole, has = total(each), total(each * side.there)
        shares.append(np.where(whole > 0, has / np.where(whole > 0, whole, 1), np.nan))
    first, second = shares
    most = np.fmax(first, second)
    one_sided = np.isnan(first) | np.isnan(second)
    return np.where(one_sided & (most == 0), np.nan, most).astype(np.float32)


def _mean(one: Floats, two: Floats) -> Floats:
    both = np.where(np.isnan(one), two, np.where(np.isnan(two), one, (one + two) / 2))
    return both.astype(np.float32)


def _year(one: NDArray[np.int16], two: NDArray[np.int16]) -> Floats:
    """Return the share of the shorter span of years that both have; `NEXT_YEAR` for the year after."""
    one, two = one.astype(np.int32), two.astype(np.int32)
    (begin, end), (other_begin, other_end) = one.T, two.T
    common = np.minimum(end, other_end) - np.maximum(begin, other_begin) + 1
    shorter = np.minimum(end - begin, other_end - other_begin) + 1
    share = np.where(
        common > 0, common / np.maximum(shorter, 1), np.where(common == 0, NEXT_YEAR, 0.0)
    )
    unknown = np.minimum(np.minimum(begin, end), np.minimum(other_begin, other_end)) <= 0
    return np.where(unknown, np.nan, np.clip(share, 0.0, 1.0)).astype(np.float32)


def _code(one: Ints, two: Ints) -> Floats:
    """Return the share of the shorter code's segments with which both begin, halved where they part."""
    one, two = np.ascontiguousarray(one.T), np.ascontiguousarray(two.T)
    length, other = (one >= 0).sum(axis=0), (two >= 0).sum(axis=0)
    equal = np.cumprod((one == two) & (one >= 0), axis=0).sum(axis=0)
    shorter = np.minimum(length, other)
    share = equal / np.maximum(shorter, 1)
    share = np.where(equal < shorter, OTHER_CODE * share, share)
    share = np.where((equal == shorter) & (length != other), OTHER_LEVEL, share)
    return np.where(shorter == 0, np.nan, share).astype(np.float32)


def _amount(one: NDArray[np.int64], two: NDArray[np.int64]) -> Floats:
    """Return the smaller amount as a share of the larger."""
    low, high = np.minimum(one, two), np.maximum(one, two)
    unknown = low <= 0
    return np.where(unknown, np.nan, low / np.where(unknown, 1, high)).astype(np.float32)
