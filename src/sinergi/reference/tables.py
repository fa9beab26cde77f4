"""Regions and borders as arrays, in one fixed order, for everything that computes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RegionTable:
    """All valid regions but the nation, n rows in the order of their codes."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    levels: tuple[str, ...]
    """province, regency or city."""
    parents: tuple[str, ...]
    bps_codes: tuple[str, ...]
    """Empty where BPS has no code of the vintage in the pack."""
    latitude: Floats
    """(n,) of the capital where its point is known, otherwise of the region, degrees."""
    longitude: Floats
    point_is_capital: NDArray[np.bool_]
    """(n,) whether the point is the capital's."""
    area_km2: Floats
    population: Floats
    population_date: str
    """Year and month that `population` describes."""
    ports: Indexes
    """(n,) ports on record; of a province, those of its regencies and cities."""
    airports: Indexes
    """(n,) airports with an IATA code, likewise; fields without one are mostly military."""
    position: dict[str, int] = field(repr=False)
    """Row of each code."""

    def __len__(self) -> int:
        return len(self.codes)

    def rows(self, levels: str | Collection[str]) -> Indexes:
        """Return the rows of one level or several, rising."""
        wanted = {levels} if isinstance(levels, str) else set(levels)
        found = [row for row, level in enumerate(self.levels) if level in wanted]
        return np.array(found, dtype=np.int64)

    @cached_property
    def population_year(self) -> float:
        """Fractional year of `population_date`; NaN when it is not given."""
        year, _, month = self.population_date.partition("-")
        return float(year) + (int(month or 1) - 1) / 12 if year else float("nan")


@dataclass(frozen=True, eq=False)
class BorderPairs:
    """Land borders between regencies and cities, m pairs, each once, `a` before `b`."""

    a: Indexes
    """(m,) rows of the region table."""
    b: Indexes
    km: Floats
    """(m,) length of the shared border."""

    def __len__(self) -> int:
        return len(self.a)
