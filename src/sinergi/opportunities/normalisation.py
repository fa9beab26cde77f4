"""Puts the evidence of each object on [0, 1], once for all settings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.normalise import distance_to_standard, peer_position, peer_rank
from sinergi.evidence.queries import Readings
from sinergi.reference.catalogue import IndicatorUse

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]

LEAST_SHARE = 0.5
"""Share of the peers that must have a value: what is recorded in two provinces makes no national rank."""


@dataclass(frozen=True)
class SideEvidence:
    """One side (need or strength) of one object, normalised. n regions, k indicators."""

    uses: tuple[IndicatorUse, ...]
    columns: tuple[int, ...]
    """Column of each indicator in the readings."""
    normalised: Floats
    """(n, k) in [0, 1]; NaN where missing or too old."""
    places: tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]
    """For each indicator the place of each region among its peers, and how many peers have a value."""


def too_old(years: Floats, present: int, max_age: int) -> NDArray[np.bool_]:
    """Return where a period ended more than `max_age` years before the present; undated never is."""
    return present - np.floor(years) > max_age


class Normalisation:
    """Normalises readings, each combination of indicator and normaliser once."""

    def __init__(self, readings: Readings, peers: Indexes, year: int) -> None:
        self.readings, self.peers, self.year = readings, peers, year
        self._places: dict[tuple[int, bool, bool], tuple[Indexes, Indexes]] = {}
        self._ranks: dict[tuple[int, bool, bool, int], Floats] = {}

    def side(self, uses: tuple[IndicatorUse, ...]) -> SideEvidence:
        """Return the evidence of one side of an object."""
        columns = tuple(self.readings.codes.index(use.indicator) for use in uses)
        pairs = list(zip(uses, columns, strict=True))
        normalised = [self._normalise(use, column) for use, column in pairs]
        shape = (len(self.peers), 0)
        return SideEvidence(
            uses=uses,
            columns=columns,
            normalised=np.column_stack(normalised) if normalised else np.empty(shape),
            places=tuple(self._place(use, column) for use, column in pairs),
        )

    def _fresh(self, column: int, max_age: int) -> Floats:
        """Return the values of a column, NaN where older than `max_age` years; what has no date is fresh."""
        old = too_old(self.readings.years[:, column], self.year, max_age)
        return np.where(old, np.nan, self.readings.values[:, column])

    def _normalise(self, use: IndicatorUse, column: int) -> Floats:
        if use.normaliser == "standard" and use.good is not None and use.bad is not None:
            values = self._fresh(column, use.max_age)
            return distance_to_standard(values, good=use.good, bad=use.bad, side=use.side)
        key = (column, use.rises, use.normaliser == "national_rank", use.max_age)
        if key not in self._ranks:
            self._ranks[key] = peer_rank(
                self._fresh(column, use.max_age),
                self._peers_of(use),
                rises=use.rises,
                least_share=LEAST_SHARE,
            )
        return self._ranks[key]

    def _place(self, use: IndicatorUse, column: int) -> tuple[Indexes, Indexes]:
        key = (column, use.rises, use.normaliser == "national_rank")
        if key not in self._places:
            values = self.readings.values[:, column]
            self._places[key] = peer_position(values, self._peers_of(use), rises=use.rises)
        return self._places[key]

    def _peers_of(self, use: IndicatorUse) -> Indexes:
        """Return the peer group of each region: all together for what does not depend on their kind."""
        if use.normaliser == "national_rank":
            return np.zeros_like(self.peers)
        return self.peers
