"""Rank reversals: whose order changes when another alternative leaves, or comes twice."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.priority.methods import METHODS
from sinergi.analysis.priority.scales import Floats, Table

TRIED = 30
"""Alternatives dropped and doubled: the best, and those that hold an end of a scale."""
WATCHED = 20
"""Places whose order is watched."""
KEPT = 20
EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Reversal:
    """Two alternatives that change places although neither changed.

    Attributes
    ----------
    deed
        ``drop`` or ``copy``.
    cause
        Position of the alternative that left, or came twice.
    above, below
        Positions of the two, in the order before.
    """

    deed: str
    cause: int
    above: int
    below: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What a method does when alternatives leave or come twice.

    Attributes
    ----------
    tried
        Changes that were tried, and how many of them turned an order round.
    found
        The first that were found.
    first
        Changes after which another one of those watched and left is the first.
    share
        Of the pairs that were watched, 0-1, those turned round by a change; the mean of all changes.
    moved
        Places, at most, that one of those watched moved up or down among them.
    """

    tried: int
    turned: int
    found: tuple[Reversal, ...]
    first: int = 0
    share: float = 0.0
    moved: int = 0


def rank_reversals(given: Table, method: str, *, watched: int = WATCHED) -> Trial:
    """Drop and double alternatives one at a time and compare the order of the best with that before.

    References
    ----------
    Belton, V. and Gear, T. (1983). On a short-coming of Saaty's method of analytic hierarchies. Omega
    11(3), 228-230.
    Wang, Y.-M. and Luo, Y. (2009). On rank reversal in decision analysis. Mathematical and Computer
    Modelling 49(5-6), 1221-1229.
    """
    run = METHODS[method].run
    before = run(given).score
    order = np.argsort(-np.where(np.isfinite(before), before, -np.inf), kind="stable")
    order = order[np.isfinite(before[order])]
    best = order[:watched]
    n = len(given.values)
    found: list[Reversal] = []
    tried = turned = first = moved = compared = swapped = 0
    for cause in _causes(given, order):
        for deed in ("drop", "copy"):
            rows = _rows(n, int(cause), deed)
            if len(rows) < 2 or len(rows) > METHODS[method].most:
                continue
            tried += 1
            after = np.full(n, np.nan)
            after[rows[::-1]] = run(given.rows(rows)).score[::-1]
            left = best[best != cause]
            pairs = _turned(before, after, left)
            turned += bool(pairs)
            first += any(before[a] >= before[left].max() - EQUAL for a, _b in pairs)
            moved = max(moved, _moved(before[left], after[left]))
            compared += len(left) * (len(left) - 1) // 2
            swapped += len(pairs)
            found += [Reversal(deed, int(cause), a, b) for a, b in pairs]
    return Trial(tried, turned, tuple(found[:KEPT]), first, swapped / max(compared, 1), moved)


def _moved(before: Floats, after: Floats) -> int:
    """Return the most places that one moved among the others; those who become equal do not move."""

    def ahead(scores: Floats) -> NDArray[np.bool_]:
        result: NDArray[np.bool_] = scores[:, None] > scores[None, :] + EQUAL
        return result

    was, now = ahead(before), ahead(after)
    passed = (was.T & now).sum(axis=1) - (was & now.T).sum(axis=1)
    return int(np.abs(passed).max(initial=0))


def _rows(n: int, cause: int, deed: str) -> NDArray[np.int64]:
    rows = np.arange(n)
    return rows[rows != cause] if deed == "drop" else np.append(rows, cause)


def _causes(given: Table, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return whom to drop: everybody where they are few, otherwise the best and the ends of scales."""
    n = len(given.values)
    if n <= TRIED:
        return np.arange(n)
    chosen = list(order[: TRIED // 2])
    for column in given.values.T:
        known = np.flatnonzero(np.isfinite(column))
        if len(known):
            chosen += [known[np.argmin(column[known])], known[np.argmax(column[known])]]
    return np.array(list(dict.fromkeys(int(one) for one in chosen))[:TRIED], dtype=np.int64)


def _turned(before: Floats, after: Floats, best: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return pairs that were clearly in one order before and clearly in the other after."""
    gap = before[best][:, None] - before[best][None, :]
    then = after[best][:, None] - after[best][None, :]
    rows, columns = np.nonzero((gap > EQUAL) & (then < -EQUAL))
    return [(int(best[a]), int(best[b])) for a, b in zip(rows, columns, strict=True)]
