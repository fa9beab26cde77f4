"""Groups around a host: one gives, the others within reach receive."""

import heapq
from collections.abc import Iterable, Iterator
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

    falls_only = False
    """Whether a star can only be worth less when others take its regions; here one that is taken may
    have kept a dearer but, for those after it, better start from being made."""

    def __init__(self, curve: Curve, quantity: Floats, arcs: Arcs) -> None:
        self.curve = curve
        self.quantity = quantity.tolist()
        self.receiver = arcs.receiver.tolist()
        self.road = (arcs.km * DETOUR_FACTOR).tolist()

    def choose(self, host: int, rows: Iterable[int], room: int) -> tuple[Offer, float]:
        """Return the rows that join a host and what all save, IDR per year.

        Whoever saves the most joins next, for as long as anybody saves; every member makes the facility
        cheaper for the next.
        """
        left, served, saved = list(rows), self.quantity[host], 0.0
        joined: list[int] = []
        while left and len(joined) < room:
            gains = [
                self.curve.joining_saves(served, self.quantity[self.receiver[row]], self.road[row])
                for row in left
            ]
            best = max(range(len(left)), key=gains.__getitem__)
            if gains[best] <= 0:
                break
            row = left.pop(best)
            joined.append(row)
            served += self.quantity[self.receiver[row]]
            saved += gains[best]
        return tuple(joined), saved


class Summed:
    """Values a star by the sum of its link scores."""

    falls_only = True

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

    Greedy packing: the host with the most valuable star takes its members, the others choose again
    among those left. Sums of scores can only fall as members are taken, so they are evaluated lazily: a
    value that is still the highest after choosing again is the maximum (Minoux, 1978). Savings can also
    rise, so every host that loses a member chooses again at once.

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
    if not len(order):
        return []
    return list(Packing(arcs, order, valued, limits.size - 1).stars())


class Packing:
    """Hosts with their offers, waiting in the order of what they are worth."""

    def __init__(
        self, arcs: Arcs, order: NDArray[np.int64], valued: Joint | Summed, room: int
    ) -> None:
        self.receiver = arcs.receiver.tolist()
        self.valued, self.room = valued, room
        hosts, starts = np.unique(arcs.giver[order], return_index=True)
        runs = [run.tolist() for run in np.split(order, starts[1:])]
        self.offers: dict[int, list[int]] = dict(zip(hosts.tolist(), runs, strict=True))
        self.taken: set[int] = set()
        self.heap: list[tuple[float, int, Offer]] = []
        for host in self.offers:
            self.bid(host)

    def bid(self, host: int) -> None:
        """Let a host choose among the free regions, and wait with what that is worth."""
        free = (row for row in self.offers[host] if self.receiver[row] not in self.taken)
        joined, value = self.valued.choose(host, free, self.room)
        if joined:
            heapq.heappush(self.heap, (-value, host, joined))

    def take(self, members: set[int]) -> None:
        """Take the members of a star; where values can rise, hosts that lose one bid again."""
        self.taken |= members
        if self.valued.falls_only:
            return
        waiting = [bid for bid in self.heap if bid[1] not in self.taken]
        losing = {host for _, host, joined in waiting if self.loses(joined)}
        losing |= {host for host in self.offers if host not in self.taken} - {
            h for _, h, _ in waiting
        }
        self.heap = [bid for bid in waiting if bid[1] not in losing]
        heapq.heapify(self.heap)
        for host in losing:
            self.bid(host)

    def loses(self, joined: Offer) -> bool:
        """Whether a region of an offer is taken."""
        return any(self.receiver[row] in self.taken for row in joined)

    def stars(self) -> Iterator[Group]:
        """Yield stars by falling value until nobody is left to join."""
        while self.heap:
            value, host, joined = heapq.heappop(self.heap)
            if host in self.taken:
                continue
            if self.loses(joined):
                self.bid(host)
                continue
            members = (host, *(self.receiver[row] for row in joined))
            self.take(set(members))
            yield Group(host, members, joined, -value)
