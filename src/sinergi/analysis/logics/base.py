"""What every partner logic takes and gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.geography import Links, proximity

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]
Mask = NDArray[np.bool_]

NEED_FLOOR = 0.5
"""Below the middle of its peers (or half way to a standard) a region is not said to need anything."""
STRENGTH_FLOOR = 0.5
"""Below the middle of its peers a region is not said to have anything to give."""


@dataclass(frozen=True, slots=True)
class Margin:
    """What a supply leaves after freight and losses, from prices in IDR per kg."""

    price: Floats
    """(n,) NaN where unknown."""
    freight: float
    """IDR per kg and road km."""
    loss: float
    """Share lost on the way, 0-1."""
    detour: float

    def per_kg(self, giver: Indexes, receiver: Indexes, km: Floats) -> Floats:
        """Return what is left of the price gap on each arc, IDR per kg; NaN where a price is unknown."""
        sold = self.price[receiver] * (1.0 - self.loss)
        left: Floats = sold - self.price[giver] - self.freight * km * self.detour
        return left


@dataclass(frozen=True, slots=True)
class Field:
    """The scores of all regions for one object, and the ground they stand on. n regions, m links."""

    need: Floats
    """(n,) in [0, 1]; NaN where the evidence does not suffice."""
    strength: Floats
    """(n,) likewise; all NaN where the object has no indicator of strength."""
    links: Links
    reach_km: float
    peers: Indexes
    """(n,) peer group: partners by likeness are sought inside it."""
    size: Floats
    """(n, d) traits for likeness, each on a comparable scale (log population, log density)."""
    border_factor: float = 1.0
    """How far apart neighbours count, per km: 0.5 where a border is preferred, so that they seem nearer."""
    cost_decides: bool = False
    """True where a cost curve says who gains: then neither need nor own strength keeps a region out."""
    margin: Margin | None = None
    basin: Indexes | None = None
    """(n,) number of the river basin, -1 where unknown."""
    height: Floats | None = None
    """(n,) position along the river; the higher is upstream."""
    flow: Floats | None = None
    """(n, n) people who moved from row to column."""

    @property
    def in_need(self) -> Mask:
        """Return which regions (n,) may be said to need the object."""
        if self.cost_decides:
            return np.isfinite(self.need)
        return self.need >= NEED_FLOOR

    def lacks(self, receiver: Indexes, giver: Indexes) -> Mask:
        """Return where the receiver has less strength than the giver, or an unknown one."""
        if self.cost_decides:
            return np.ones(len(receiver), dtype=bool)
        return ~(self.strength[receiver] >= self.strength[giver])

    def nearness(self, km: Floats, borders: Mask) -> Floats:
        """Return the proximity (m,) of links of the given length, by the object's reach."""
        return proximity(km * np.where(borders, self.border_factor, 1.0), self.reach_km)

    @property
    def weighs_strength(self) -> bool:
        """Whether any region has a strength score."""
        return bool(np.isfinite(self.strength).any())


class Arcs(NamedTuple):
    """Who gives what to whom; all arrays have length m. In a mutual logic the order means nothing."""

    giver: Indexes
    receiver: Indexes
    km: Floats
    borders: Mask
    need: Floats
    strength: Floats
    """NaN throughout where the object has no indicator of strength."""
    proximity: Floats

    def where(self, mask: Mask) -> "Arcs":
        """Return the arcs chosen by a mask of shape (m,)."""
        return Arcs(
            self.giver[mask],
            self.receiver[mask],
            self.km[mask],
            self.borders[mask],
            self.need[mask],
            self.strength[mask],
            self.proximity[mask],
        )

    def known(self, *, strength: bool) -> "Arcs":
        """Return the arcs whose need, and where asked whose strength, is known."""
        there = np.isfinite(self.need)
        return self.where(there & np.isfinite(self.strength) if strength else there)


Shape = Literal["star", "mesh", "chain"]


class Logic(NamedTuple):
    """A partner logic: how pairs fit and which form its groups have."""

    name: str
    fit: Callable[[Field], Arcs]
    shape: Shape
    giver: str
    receiver: str


def directed(field: Field, givers: Mask | None = None, receivers: Mask | None = None) -> Arcs:
    """Return both directions of every link, with the need of the receiver and strength of the giver.

    Parameters
    ----------
    givers, receivers
        (n,) which regions may give, and which may receive; everybody where there is no mask. Looking at
        regions first spares most of the arcs.
    """
    links = field.links
    everybody = np.ones(len(field.need), dtype=bool)
    gives = everybody if givers is None else givers
    takes = everybody if receivers is None else receivers
    there = np.flatnonzero(gives[links.a] & takes[links.b])
    back = np.flatnonzero(gives[links.b] & takes[links.a])
    rows = np.concatenate([there, back])
    giver = np.concatenate([links.a[there], links.b[back]])
    receiver = np.concatenate([links.b[there], links.a[back]])
    km, borders = links.km[rows], links.borders[rows]
    near = field.nearness(km, borders)
    return Arcs(giver, receiver, km, borders, field.need[receiver], field.strength[giver], near)


def mutual(field: Field) -> Arcs:
    """Return every link once, with the mean need and the mean strength of both ends."""
    links = field.links
    need = (field.need[links.a] + field.need[links.b]) / 2
    strength = (field.strength[links.a] + field.strength[links.b]) / 2
    near = field.nearness(links.km, links.borders)
    return Arcs(links.a, links.b, links.km, links.borders, need, strength, near)


def link_scores(arcs: Arcs, weights: dict[str, float]) -> Floats:
    """Return the score of each arc in [0, 1]: the weighted mean of need, strength and proximity.

    Without any evidence of strength the weights of the other two are scaled up.
    """
    parts = {"need": arcs.need, "proximity": arcs.proximity}
    if np.isfinite(arcs.strength).any():
        parts["strength"] = arcs.strength
    total = sum(weights[part] for part in parts)
    score = np.zeros(len(arcs.km))
    for part, column in parts.items():
        score += column * (weights[part] / total if total > 0 else 0.0)
    return score
