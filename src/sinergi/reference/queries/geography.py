"""Regions and borders as arrays, and which regions a code stands for."""

from collections import Counter
from functools import lru_cache

import numpy as np

from sinergi.reference.errors import UnknownRegion
from sinergi.reference.pack import Facility, Pack, RegionRecord
from sinergi.reference.queries.packs import pack
from sinergi.reference.tables import BorderPairs, RegionTable

LOCAL = ("regency", "city")


def region_table() -> RegionTable:
    """Return the 552 valid regions in the order of their codes; the nation is not among them."""
    return _table(pack())


def border_pairs() -> BorderPairs:
    """Return the land borders, as rows of `region_table`."""
    return _pairs(pack())


def region_codes_within(code: str) -> frozenset[str]:
    """Return the regencies and cities that a code stands for.

    Parameters
    ----------
    code
        A province, an island group, an association or commissariat, the nation, or a regency or city
        (which stands for itself).

    Raises
    ------
    UnknownRegion
        With what could have been meant.
    """
    found = _groups(pack()).get(code)
    if found is None:
        from sinergi.reference.queries.finding import find_region  # noqa: PLC0415 - it needs this module

        raise UnknownRegion(code, find_region(code))
    return found


def valid_regions(one: Pack) -> list[RegionRecord]:
    """Return the regions of a pack that are valid now, without the nation, by code."""
    found = [r for r in one.regions if r.level != "nation" and r.valid_to is None]
    return sorted(found, key=lambda region: region.code)


def _counts(facilities: tuple[Facility, ...]) -> Counter[str]:
    """Count facilities per region, and for each province those of its parts."""
    counts = Counter(facility.region for facility in facilities)
    counts.update(facility.region[:2] for facility in facilities if "." in facility.region)
    return counts


@lru_cache(maxsize=2)
def _table(one: Pack) -> RegionTable:
    regions = valid_regions(one)
    seated = [r.capital_lat is not None and r.capital_lon is not None for r in regions]
    scheduled = tuple(airport for airport in one.airports if airport.iata)
    ports, airports = _counts(one.ports), _counts(scheduled)
    dates = Counter(region.population_date for region in regions)
    return RegionTable(
        codes=tuple(r.code for r in regions),
        names=tuple(r.name for r in regions),
        levels=tuple(r.level for r in regions),
        parents=tuple(r.parent for r in regions),
        bps_codes=tuple(r.bps_code for r in regions),
        latitude=np.array(
            [r.capital_lat if known else r.lat for r, known in zip(regions, seated, strict=True)],
            dtype=np.float64,
        ),
        longitude=np.array(
            [r.capital_lon if known else r.lon for r, known in zip(regions, seated, strict=True)],
            dtype=np.float64,
        ),
        point_is_capital=np.array(seated, dtype=np.bool_),
        area_km2=np.array([r.area_km2 for r in regions], dtype=np.float64),
        population=np.array([r.population for r in regions], dtype=np.float64),
        population_date=dates.most_common(1)[0][0],
        ports=np.array([ports[r.code] for r in regions], dtype=np.int64),
        airports=np.array([airports[r.code] for r in regions], dtype=np.int64),
        position={region.code: row for row, region in enumerate(regions)},
    )


@lru_cache(maxsize=2)
def _pairs(one: Pack) -> BorderPairs:
    position = _table(one).position
    valid = [b for b in one.borders if b.a in position and b.b in position]
    return BorderPairs(
        np.array([position[border.a] for border in valid], dtype=np.int64),
        np.array([position[border.b] for border in valid], dtype=np.int64),
        np.array([border.km for border in valid], dtype=np.float64),
    )


@lru_cache(maxsize=2)
def _groups(one: Pack) -> dict[str, frozenset[str]]:
    local = [region for region in valid_regions(one) if region.level in LOCAL]
    found = {region.code: frozenset([region.code]) for region in local}
    for region in one.regions:
        if region.level == "province":
            found[region.code] = frozenset(r.code for r in local if r.parent == region.code)
        elif region.level == "nation":
            found[region.code] = frozenset(r.code for r in local)
    for island in one.islands:
        found[island.code] = frozenset().union(*(found[code] for code in island.provinces))
    for association in one.associations:
        found[association.code] = frozenset(association.members)
    return found
