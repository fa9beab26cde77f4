"""What forbids that two lines are one work however alike they read: another stage, village, road."""

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.similarity.lines import Lines
from sinergi.analysis.similarity.spelling import nearness
from sinergi.analysis.similarity.tokens import Bools, Ints

VETOES = (
    "stage_differs",
    "package_differs",
    "section_differs",
    "station_differs",
    "village_differs",
    "district_differs",
    "name_differs",
    "number_differs",
)
"""Codes of vetoes; of several the first is told."""

SAME_NAME = 0.5
"""Nearness from which two names are one, written with a mistake."""


def vetoes(lines: Lines, a: NDArray[np.int64], b: NDArray[np.int64]) -> Ints:
    """Return the kind of mark in which each pair differs, -1 where in none; (pairs,).

    Numbers of a kind differ where both lines have some and none in common: one line without a stage is no
    other stage. Names differ where each line has one that the other has not, stations where spans do not
    overlap.
    """
    found = np.full(len(a), -1, dtype=np.int32)
    one, two = _marks_of(lines, a), _marks_of(lines, b)
    marked = np.flatnonzero((one[:, :, 0] >= 0).any(axis=1) & (two[:, :, 0] >= 0).any(axis=1))
    if not len(marked):
        return found
    one, two, a, b = one[marked], two[marked], a[marked], b[marked]
    order = sorted(
        range(len(lines.kinds.names)), key=lambda kind: -VETOES.index(lines.kinds.codes[kind])
    )
    both = _kinds_of(one, len(order)) & _kinds_of(two, len(order))
    for kind in order:
        asked = np.flatnonzero(both[kind])
        if len(asked):
            differs = _differs(lines, kind, one[asked], two[asked], a[asked], b[asked])
            found[marked[asked[differs]]] = kind
    return found


def _kinds_of(marks: Ints, kinds: int) -> Bools:
    """Return of which kinds each line has marks, (kinds, pairs)."""
    found = np.zeros((kinds + 1, len(marks)), dtype=bool)
    for column in range(marks.shape[1]):
        found[marks[:, column, 0], np.arange(len(marks))] = True
    return found[:-1]


def _marks_of(lines: Lines, rows: NDArray[np.int64]) -> Ints:
    title, place = lines.title_marks[lines.title[rows]], lines.place_marks[lines.place[rows]]
    return np.concatenate([title, place], axis=1)


def _differs(
    lines: Lines, kind: int, one: Ints, two: Ints, a: NDArray[np.int64], b: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return which of pairs that both have marks of a kind differ in it."""
    first, second = _values(one, kind), _values(two, kind)
    if lines.kinds.names[kind] == "station":
        return np.flatnonzero(_apart(lines, first, second))
    if kind >= lines.kinds.numeric:
        return np.flatnonzero(_other_names(lines, (first, second), (a, b), (one, two)))
    common = np.zeros(len(a), dtype=bool)
    for column in range(second.shape[1]):
        common |= ((first == second[:, column : column + 1]) & (first >= 0)).any(axis=1)
    return np.flatnonzero(~common)


def _values(marks: Ints, kind: int) -> Ints:
    """Return the marks of a kind in front, -1 behind them, without empty columns; (pairs, most)."""
    of_kind = marks[:, :, 0] == kind
    most = int(of_kind.sum(axis=1).max(initial=1))
    found = np.full((len(marks), most), -1, dtype=np.int32)
    row, column = np.nonzero(of_kind)
    place = of_kind.cumsum(axis=1)[row, column] - 1
    found[row, place] = marks[row, column, 1]
    return found


def _apart(lines: Lines, first: Ints, second: Ints) -> Bools:
    """Return where spans of stations do not overlap, or single ones are not the same."""
    metres = lines.metres
    low_one, high_one = _span(metres, first)
    low_two, high_two = _span(metres, second)
    overlap = np.minimum(high_one, high_two) - np.maximum(low_one, low_two)
    points = (low_one == high_one) | (low_two == high_two)
    apart: Bools = np.where(points, overlap < 0, overlap <= 0)
    return apart


def _span(metres: NDArray[np.float64], values: Ints) -> tuple[NDArray[np.float64], ...]:
    known = np.where(values >= 0, metres[values], np.nan)
    return np.fmin.reduce(known, axis=1), np.fmax.reduce(known, axis=1)


def _other_names(
    lines: Lines,
    names: tuple[Ints, Ints],
    rows: tuple[NDArray[np.int64], NDArray[np.int64]],
    marks: tuple[Ints, Ints],
) -> Bools:
    """Return where each line has a name of the kind that the other has not, not even with a mistake.

    A word that is there the name of something else does not count: clinic A in village B is not clinic B
    in village A.
    """
    first, second = names
    left = (first >= 0) & ~_there(lines, first, second, rows[1], marks[1])
    right = (second >= 0) & ~_there(lines, second, first, rows[0], marks[0])
    rest = np.flatnonzero(left.any(axis=1) & right.any(axis=1))
    for i in range(first.shape[1]):
        for j in range(second.shape[1]):
            both = rest[left[rest, i] & right[rest, j]]
            if len(both):
                near = both[_near(lines, first[both, i], second[both, j])]
                left[near, i] = right[near, j] = False
    other: Bools = np.logical_and(left.any(axis=1), right.any(axis=1))
    return other


def _there(lines: Lines, names: Ints, others: Ints, rows: NDArray[np.int64], marks: Ints) -> Bools:
    """Return which names are among the other line's of the kind, or its words, (pairs, names)."""
    words = np.concatenate(
        [lines.titles[lines.title[rows]], lines.places[lines.place[rows]]], axis=1
    )
    taken = np.where(marks[:, :, 0] >= lines.kinds.numeric, marks[:, :, 1], -1)
    found = np.zeros(names.shape, dtype=bool)
    for column in range(names.shape[1]):
        name = names[:, column : column + 1]
        found[:, column] = (others == name).any(axis=1)
        found[:, column] |= (words == name).any(axis=1) & ~(taken == name).any(axis=1)
    return found


def _near(lines: Lines, first: Ints, second: Ints) -> Bools:
    key, inverse = np.unique(
        first.astype(np.int64) * len(lines.vocabulary) + second, return_inverse=True
    )
    one, two = np.divmod(key, len(lines.vocabulary))
    near = nearness(one, two, lines.vocabulary, lines.plain, lines.frequency)
    return (near >= SAME_NAME)[inverse]
