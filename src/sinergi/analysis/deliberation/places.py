"""Places that a vote leaves open: orders of equals and choices with ties shown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Choice:
    """Which items take a number of places.

    Parameters
    ----------
    certain
        Chosen however ties are broken.
    tied
        Chosen or not, by how ties are broken; empty when the vote decides everything.
    remaining
        How many places are left for the tied.
    not_chosen
        Not chosen however ties are broken.
    unfilled
        Places for which nobody supports an item any more.
    """

    certain: tuple[str, ...]
    tied: tuple[str, ...]
    remaining: int
    not_chosen: tuple[str, ...]
    unfilled: int = 0


def best_and_worst(above: Bools) -> tuple[Integers, Integers]:
    """Return the best and the worst place (…, m) that each item can have.

    Parameters
    ----------
    above
        (…, m, m) a strict partial order: whether the first item is placed above the second in every
        way to break the ties.
    """
    best = 1 + above.sum(axis=-2)
    worst = above.shape[-1] - above.sum(axis=-1)
    return best.astype(np.int64), worst.astype(np.int64)


def groups_of_equals(items: tuple[str, ...], above: Bools) -> tuple[tuple[str, ...], ...]:
    """Return the items as groups, best first: all of a group are above all of the next.

    Within a group the vote does not decide everything. Where ties do not carry over (a = b and b = c but
    a above c) all three stand in one group; the places of each item tell them apart.
    """
    best, _ = best_and_worst(above)
    order = np.argsort(best, kind="stable")
    groups, start = [], 0
    for end in range(1, len(order) + 1):
        if above[np.ix_(order[:end], order[end:])].all():
            groups.append(tuple(items[one] for one in sorted(order[start:end])))
            start = end
    return tuple(groups)


def choice_of(
    items: tuple[str, ...], above: Bools, places: int, supported: Bools | None = None
) -> Choice:
    """Return which items take the first `places` places of an order; names stay in the order of `items`.

    Parameters
    ----------
    supported
        (m,) of the rules by which an item that nobody supports takes no place; none: all take one.
    """
    best, worst = best_and_worst(above)
    there = np.ones(len(items), dtype=bool) if supported is None else supported
    certain = (worst <= places) & there
    tied = (best <= places) & (worst > places) & there
    return choice_from(items, certain, tied, places)


def choice_from(items: tuple[str, ...], certain: Bools, tied: Bools, places: int) -> Choice:
    """Return the choice that two masks (m,) describe."""
    chosen, open_to, left = (
        tuple(items[one] for one in np.flatnonzero(mask))
        for mask in (certain, tied, ~certain & ~tied)
    )
    free = places - len(chosen)
    remaining = min(free, len(open_to))
    return Choice(chosen, open_to, remaining, left, unfilled=free - remaining)


def credit(certain: Bools, tied: Bools, places: int) -> NDArray[np.float64]:
    """Return (…, m) 1 for what is certain; what is tied shares the places that remain."""
    shared = tied.sum(axis=-1, keepdims=True)
    free = np.clip(places - certain.sum(axis=-1, keepdims=True), 0, shared)
    result: NDArray[np.float64] = certain + tied * free / np.maximum(shared, 1)
    return result
