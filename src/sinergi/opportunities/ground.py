"""What the map stands on before anybody sets a weight: normalised evidence, links and traits."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from sinergi.analysis.costs import Curve
from sinergi.analysis.geography import DETOUR_FACTOR, Links, great_circle_km, links_within
from sinergi.analysis.logics import Margin
from sinergi.evidence import queries as evidence
from sinergi.evidence.queries import Readings
from sinergi.opportunities.normalisation import Normalisation, SideEvidence, too_old
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import CooperationObject, Side
from sinergi.reference.tables import BorderPairs, RegionTable

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """Evidence and geography of all regencies and cities, for all computable objects.

    Independent of every setting, so that a change of weights reuses it. Rows are the `n` regencies
    and cities in the order of `codes`.
    """

    evidence_version: str
    as_of: str
    catalogue_version: str
    objects: dict[str, CooperationObject]
    table: RegionTable
    rows: NDArray[np.int64]
    """Positions of the regencies and cities in `table`."""
    readings: Readings
    """Of the regencies and cities only."""
    borders: BorderPairs
    sides: dict[str, dict[Side, SideEvidence]]
    administrative: tuple[str, ...] = ()
    """Provinces whose cities are no governments of their own."""

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the regencies and cities, in the order of all arrays."""
        return tuple(self.table.codes[row] for row in self.rows)

    @cached_property
    def position(self) -> dict[str, int]:
        """Row of each code."""
        return {code: row for row, code in enumerate(self.codes)}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names in the order of `codes`."""
        return tuple(self.table.names[row] for row in self.rows)

    @cached_property
    def peers(self) -> NDArray[np.int64]:
        """Peer group of each region: 1 for cities, 0 for regencies."""
        return np.array([self.table.levels[row] == "city" for row in self.rows], dtype=np.int64)

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """Code of the province of each region."""
        return tuple(self.table.parents[row] for row in self.rows)

    @cached_property
    def lat(self) -> Floats:
        """Latitude of the seat of government, degrees."""
        return self.table.latitude[self.rows]

    @cached_property
    def lon(self) -> Floats:
        """Longitude of the seat of government, degrees."""
        return self.table.longitude[self.rows]

    @cached_property
    def population(self) -> Floats:
        """Registered residents."""
        return self.table.population[self.rows]

    @cached_property
    def size(self) -> Floats:
        """(n, 2) traits for likeness: log10 of population and of density; ten times apart is 1."""
        density = self.population / self.table.area_km2[self.rows]
        return np.column_stack([np.log10(self.population), np.log10(density)])

    @cached_property
    def border_set(self) -> frozenset[tuple[int, int]]:
        """Pairs of rows (a < b) that share a land border."""
        return frozenset(
            zip(self._border_links.a.tolist(), self._border_links.b.tolist(), strict=True)
        )

    @cached_property
    def _border_links(self) -> Links:
        """The borders as links, with the distance between the seats."""
        row_of = np.full(len(self.table.codes), -1, dtype=np.int64)
        row_of[self.rows] = np.arange(len(self.rows))
        a, b = row_of[self.borders.a], row_of[self.borders.b]
        inside = (a >= 0) & (b >= 0)
        a, b = np.minimum(a, b)[inside], np.maximum(a, b)[inside]
        km = self.distance(a, b)
        return Links(a, b, km, np.ones(len(a), dtype=bool))

    def distance(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> Floats:
        """Return great-circle km between the seats of rows `a` and `b`."""
        return great_circle_km(self.lat[a], self.lon[a], self.lat[b], self.lon[b])

    @cached_property
    def _links_by_object(self) -> dict[str, Links]:
        """Links of each object: borders where it asks for them, otherwise all pairs within its reach.

        A border that is required links neighbours however far apart their seats are; elsewhere the
        reach limits a link as well.
        """
        widest = max((item.reach_km for item in self.objects.values()), default=1.0)
        a, b, km = links_within(self.lat, self.lon, widest)
        n = len(self.rows)
        touching = np.isin(a * n + b, self._border_links.a * n + self._border_links.b)
        every = self._between_governments(Links(a, b, km, touching))
        borders = self._between_governments(self._border_links)
        by_reach: dict[float, Links] = {}
        found: dict[str, Links] = {}
        for code, item in self.objects.items():
            if item.computed_logic == "ADJACENT" and item.adjacency == "required":
                found[code] = borders
            elif item.computed_logic == "ADJACENT" or item.adjacency == "required":
                found[code] = borders.where(borders.km <= item.reach_km)
            else:
                if item.reach_km not in by_reach:
                    by_reach[item.reach_km] = every.where(every.km <= item.reach_km)
                found[code] = by_reach[item.reach_km]
        return found

    def _between_governments(self, links: Links) -> Links:
        """Return the links without those inside one government, which cannot cooperate with itself."""
        group = self.governments
        return links.where(group[links.a] != group[links.b])

    @cached_property
    def governments(self) -> NDArray[np.int64]:
        """Number of the government of each region: its own, or that of its administrative province."""
        number = {code: -1 - place for place, code in enumerate(self.administrative)}
        return np.array(
            [number.get(p, row) for row, p in enumerate(self.provinces)], dtype=np.int64
        )

    def links(self, code: str) -> Links:
        """Return the links that an object may use."""
        return self._links_by_object[code]

    def column(self, indicator: str) -> Floats:
        """Return the latest values (n,) of an indicator, NaN where missing."""
        return self.readings.values[:, self.readings.codes.index(indicator)]

    def too_old(self, column: int, max_age: int) -> NDArray[np.bool_]:
        """Return where (n,) a reading is older than `max_age` years."""
        return too_old(self.readings.years[:, column], present_year(self.as_of), max_age)

    def curve(self, code: str) -> tuple[Curve, Floats] | None:
        """Return the cost curve of an object and the quantity (n,) each region brings."""
        declared = self.objects[code].cost_curve
        if declared is None:
            return None
        curve = Curve(declared.coefficient, declared.exponent, declared.transport)
        return curve, self.column(declared.quantity)

    def margin(self, code: str) -> Margin | None:
        """Return the prices that decide whether a supply pays."""
        declared = self.objects[code].margin
        if declared is None:
            return None
        price = self.column(declared.price)
        return Margin(price, declared.freight, declared.loss, DETOUR_FACTOR)


def lay_ground() -> Ground:
    """Read everything the map needs and normalise it. Costs most of a cold start; keep the result."""
    table = reference.region_table()
    objects = {c: o for c, o in reference.catalogue().items() if o.computable}
    rows = np.array(
        [i for i, level in enumerate(table.levels) if level in {"regency", "city"}], dtype=np.int64
    )
    codes = sorted({code for item in objects.values() for code in _indicators(item)})
    version, as_of = evidence.evidence_version(), evidence.as_of()
    readings = take(evidence.readings(codes, table), rows)
    peers = np.array([table.levels[row] == "city" for row in rows], dtype=np.int64)
    normaliser = Normalisation(readings, peers, present_year(as_of))
    return Ground(
        evidence_version=version,
        as_of=as_of,
        administrative=tuple(sorted(reference.pack().administrative_provinces)),
        catalogue_version=reference.catalogue_version(),
        objects=objects,
        table=table,
        rows=rows,
        readings=readings,
        borders=reference.border_pairs(),
        sides={
            code: {side: normaliser.side(item.uses(side)) for side in ("need", "strength")}
            for code, item in objects.items()
        },
    )


def present_year(as_of: str) -> int:
    """Return the year that the age of evidence is counted from: its last, but no year still to come."""
    this_year = timezone.localdate().year
    return min(int(as_of[:4]), this_year) if as_of else this_year


def _indicators(item: CooperationObject) -> set[str]:
    """Return the codes of all indicators an object uses, for scores, costs and prices."""
    codes = {use.indicator for use in item.indicators}
    if item.cost_curve is not None:
        codes.add(item.cost_curve.quantity)
    if item.margin is not None:
        codes.add(item.margin.price)
    return codes


def take(readings: Readings, rows: NDArray[np.int64]) -> Readings:
    """Return the readings of some of the regions, in the order of `rows`."""
    return replace(
        readings,
        regions=tuple(readings.regions[row] for row in rows),
        values=readings.values[rows],
        years=readings.years[rows],
        periods=readings.periods[rows],
        flags=readings.flags[rows],
        source_index=readings.source_index[rows],
    )
