"""GRDP of all regencies and cities by year and sector, and the sums that regions are compared with."""

import threading
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.evidence.queries.columns import SCOPES_KEPT
from sinergi.opportunities.profile.history import History, history
from sinergi.reference import queries as reference

PREFIX = "grdp."
Floats = NDArray[np.float64]


class Span(NamedTuple):
    """Two years, as columns of `Grdp.years`."""

    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Grdp:
    """GRDP at constant prices, billion IDR. n rows, y years, s sectors."""

    codes: tuple[str, ...]
    """Regencies and cities that any sector is recorded for, and recorded rows of provinces and nation."""
    row: dict[str, int]
    indicators: tuple[str, ...]
    years: tuple[int, ...]
    values: Floats
    """(n, y, s); NaN where nothing is recorded."""
    local: NDArray[np.bool_]
    """(n,) whether the row is a regency or city."""
    sums: dict[tuple[str, Span], "Sum"] = field(default_factory=dict)

    @property
    def complete(self) -> NDArray[np.bool_]:
        """(n, y) where every sector is recorded."""
        return np.asarray(np.isfinite(self.values).all(axis=2), dtype=np.bool_)

    def span(self, rows: list[int]) -> Span | None:
        """Return the first and last year in which any of the rows is complete; None without two."""
        years = np.flatnonzero(self.complete[rows].any(axis=0)) if rows else np.array([])
        return None if len(years) < 2 else Span(int(years[0]), int(years[-1]))

    def sum(self, area: str, span: Span) -> "Sum":
        """Return the regencies and cities of an area that are complete in both years, added up."""
        key = (area, span)
        if key not in self.sums:
            self.sums[key] = self._sum(area, span)
        return self.sums[key]

    def _sum(self, area: str, span: Span) -> "Sum":
        inside = reference.region_codes_within(area)
        rows = [self.row[c] for c in sorted(inside) if c in self.row and self.local[self.row[c]]]
        kept = [row for row in rows if self.complete[row, list(span)].all()]
        table = reference.region_table()
        people = sum(float(table.population[table.position[self.codes[row]]]) for row in kept)
        return Sum(
            start=self.values[kept, span.start].sum(axis=0),
            end=self.values[kept, span.end].sum(axis=0),
            people=people,
            rows=tuple(kept),
            regions_all=len(inside),
        )


class Sum(NamedTuple):
    """The sum of regencies and cities that have every sector in both years."""

    start: Floats
    """(s,) billion IDR."""
    end: Floats
    people: float
    """Registered residents of the same regions."""
    rows: tuple[int, ...]
    regions_all: int
    """Regencies and cities of the area, with or without figures."""


def rate(start: float, end: float, years: int) -> float | None:
    """Return compound growth, percent per year; None where it began at zero."""
    if not start > 0 or not np.isfinite(end):
        return None
    return float((end / start) ** (1.0 / years) - 1.0) * 100


_lock = threading.Lock()
_kept: list[tuple[History, Grdp | None]] = []


def grdp() -> Grdp | None:
    """Return the GRDP of all regions; None where the evidence has none."""
    past = history()
    with _lock:
        for kept, found in _kept:
            if kept is past:
                return found
        _kept[:] = [(past, _read(past)), *_kept[: SCOPES_KEPT - 1]]
        return _kept[0][1]


def _read(past: History) -> Grdp | None:
    indicators = sorted(code for code in past.indicators if code.startswith(PREFIX))
    past.read(indicators)
    tracks = [past.tracks[code] for code in indicators]
    years = sorted({period for track in tracks for period in track.periods if len(period) == 4})
    if not years:
        return None
    values = np.full((len(past.regions), len(years), len(indicators)), np.nan)
    for number, track in enumerate(tracks):
        for column, period in enumerate(track.periods):
            if period in years:
                values[:, years.index(period), number] = track.values[:, column]
    locals_ = reference.region_codes_within(reference.pack().country)
    return Grdp(
        codes=past.regions,
        row=past.row,
        indicators=tuple(indicators),
        years=tuple(int(year) for year in years),
        values=values,
        local=np.array([code in locals_ for code in past.regions], dtype=np.bool_),
    )
