"""Groups around a host: one gives, the others within reach receive."""

import heapq
from collections.abc import Iterable
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.costs import Curve
from sinergi.analysis.geography import DETOUR_FACTOR
from sinergi.analysis.groups.base import Group, Limits
from sinergi.analysis.logics.base import Arcs

Floats = NDArray[np.float64]

Offer = tuple[int, ...]
"""Rows of the arcs of one host, the best first."""


class Joint:
    """Values a star by what its members save together."""

    def __init__(self, curve: Curve, quantity: Floats, arcs: Arcs) -> None:
        self.curve = curve
        self.quantity = quantity.tolist()
        self.receiver = arcs.receiver.tolist()
        self.road = (arcs.km * DETOUR_FACTOR).tolist()

    def choose(self, host: int, rows: Iterable[int], room: int) -> tuple[Offer, float]:
        """Return the rows that join a host and what all save, IDR per year.

        Rows are tried in the order given; one joins when that saves money.
        """
        served, saved = self.quantity[host], 0.0
        joined: list[int] = []
        for row in rows:
            if len(joined) == room:
                break
            brought = self.quantity[self.receiver[row]]
            gain = self.curve.joining_saves(served, brought, self.road[row])
            if gain > 0:
                joined.append(row)
                served += brought
                saved += gain
        return tuple(joined), saved


class Summed:
    """Values a star by the sum of its link scores."""

    def __init__(self, score: Floats) -> None:
        self.score = score.tolist()

    def choose(self, _host: int, rows: Iterable[int], room: int) -> tuple[Offer, float]:
        """Return the best rows that fit and the sum of their scores."""
        joined = tuple(islice(rows, room))
        return joined, sum(self.score[row] for row in joined)


def stars(
    arcs: Arcs,
    score: Floats,
    limits: Limits,
    curve: Curve | None = None,
    quantity: Floats | None = None,
) -> list[Group]:
    """Return disjoint stars, the most valuable first.

    Greedy packing: the host with the most valuable star takes its members, the others choose
    again among those left. Evaluated lazily: a star's value can only fall as members are taken, so a
    value that is still the highest after choosing again is the maximum (Minoux, 1978).

    Parameters
    ----------
    arcs, score
        Directed arcs and their scores, shape (m,).
    curve, quantity
        With both, a region joins when that saves money, whatever its link score, and stars compete by
        the money they save; quantity (n,) per year, NaN where unknown (never joins).

    References
    ----------
    Minoux, M. (1978). Accelerated greedy algorithms for maximizing submodular set functions.
    """
    if curve is not None and quantity is not None:
        known = np.isfinite(quantity[arcs.receiver]) & np.isfinite(quantity[arcs.giver])
        rows = np.flatnonzero(known)
        valued: Joint | Summed = Joint(curve, quantity, arcs)
        order = rows[np.lexsort((arcs.receiver[rows], arcs.km[rows], arcs.giver[rows]))]
    else:
        rows = np.flatnonzero(score >= limits.threshold)
        valued = Summed(score)
        order = rows[np.lexsort((arcs.receiver[rows], -score[rows], arcs.giver[rows]))]
    return _pack(arcs, order, valued, limits.size - 1)


def _pack(arcs: Arcs, order: NDArray[np.int64], valued: Joint | Summed, room: int) -> list[Group]:
    """Return the stars of a greedy packing; `order` holds the rows by host, the best first."""
    if not len(order):
        return []
    hosts, starts = np.unique(arcs.giver[order], return_index=True)
    offers = dict(
        zip(hosts.tolist(), map(np.ndarray.tolist, np.split(order, starts[1:])), strict=True)
    )
    receiver = arcs.receiver.tolist()
    taken: set[int] = set()
    heap: list[tuple[float, int, Offer]] = []
    for host, rows in offers.items():
        joined, value = valued.choose(host, rows, room)
        if joined:
            heap.append((-value, host, joined))
    heapq.heapify(heap)
    groups: list[Group] = []
    while heap:
        value, host, joined = heapq.heappop(heap)
        if host in taken:
            continue
        if any(receiver[row] in taken for row in joined):
            left = (row for row in offers[host] if receiver[row] not in taken)
            joined, gain = valued.choose(host, left, room)
            if joined:
                heapq.heappush(heap, (-gain, host, joined))
            continue
        members = (host, *(receiver[row] for row in joined))
        taken.update(members)
        groups.append(Group(host, members, joined, -value))
    return groups
