"""Groups along a route: each member is the next stop of the one before."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.geography import great_circle_km
from sinergi.analysis.groups.base import Group, Limits
from sinergi.analysis.logics.base import Arcs

Floats = NDArray[np.float64]

MOST_DETOUR = 1.5
"""A route may be at most this much longer than the straight line between its ends."""


class Step(NamedTuple):
    """One way to go on: the row of the link, the stop it leads to, and at which end it starts."""

    link: int
    stop: int
    at_start: bool


class Roads:
    """The links good enough to travel, and the stops that are still free."""

    def __init__(self, arcs: Arcs, score: Floats, limits: Limits, lat: Floats, lon: Floats) -> None:
        rows = np.flatnonzero(score >= limits.threshold)
        order = np.lexsort((arcs.receiver[rows], arcs.giver[rows], -score[rows]))
        self.rows: list[int] = rows[order].tolist()
        self.ends = list(zip(arcs.giver.tolist(), arcs.receiver.tolist(), strict=True))
        self.km: list[float] = arcs.km.tolist()
        self.score, self.limits, self.lat, self.lon = score, limits, lat, lon
        self.ways: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in self.rows:
            a, b = self.ends[row]
            self.ways[a].append((row, b))
            self.ways[b].append((row, a))
        self.free = set(self.ways)

    def straight_enough(self, far: int, stop: int, length: float) -> bool:
        """Whether a route of `length` km from `far` to `stop` is within reach and without much detour."""
        straight = float(
            great_circle_km(self.lat[far], self.lon[far], self.lat[stop], self.lon[stop])
        )
        return length <= self.limits.reach_km and length <= MOST_DETOUR * straight

    def next_step(self, route: list[int], length: float) -> Step | None:
        """Return the best way to go on from either end of a route; None where there is none."""
        best: Step | None = None
        for at_start, end, far in ((True, route[0], route[-1]), (False, route[-1], route[0])):
            for link, stop in self.ways[end]:
                if best is not None and self.score[link] <= self.score[best.link]:
                    break
                longer = length + self.km[link]
                if stop in self.free and self.straight_enough(far, stop, longer):
                    best = Step(link, stop, at_start)
                    break
        return best

    def travel(self, first_link: int) -> Group:
        """Return the chain that grows from one link; its stops are no longer free."""
        route, links = list(self.ends[first_link]), [first_link]
        length = self.km[first_link]
        self.free.difference_update(route)
        while len(route) < self.limits.size:
            step = self.next_step(route, length)
            if step is None:
                break
            route.insert(0 if step.at_start else len(route), step.stop)
            links.append(step.link)
            length += self.km[step.link]
            self.free.discard(step.stop)
        return Group(-1, tuple(route), tuple(links), float(self.score[links].sum()))


def chains(arcs: Arcs, score: Floats, limits: Limits, lat: Floats, lon: Floats) -> list[Group]:
    """Return disjoint chains, the most valuable first.

    From the best free link a chain grows at whichever end has the better next stop, as long as the
    route stays straight (`MOST_DETOUR`) and not longer than the reach.
    Shapes and units as in `meshes`.
    """
    roads = Roads(arcs, score, limits, lat, lon)
    groups = [roads.travel(row) for row in roads.rows if roads.free.issuperset(roads.ends[row])]
    return sorted(groups, key=lambda group: (-group.value, group.members))
