"""The list of all regions: provinces with their regencies and cities, filtered and sorted."""

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from sinergi.opportunities import queries
from sinergi.opportunities.compute import Computed
from sinergi.opportunities.profile.partners import shelf
from sinergi.opportunities.settings import MapSettings
from sinergi.reference import queries as reference
from sinergi.reference.errors import UnknownRegion

LIKE = 82.0
"""Similarity, 0-100, from which a part of a name counts as what was typed."""
LEVELS = ("", "province", "regency", "city")


@dataclass(frozen=True, slots=True)
class Entry:
    """A region as one line of the directory."""

    code: str
    name: str
    level: str
    province: str
    """Name; empty for a province."""
    province_code: str
    population: int
    area_km2: float
    opportunities: int
    """Opportunities on the map with the usual weights that it, or one of its parts, takes part in."""
    best: float | None
    """Score of the best of them."""

    @property
    def density(self) -> float:
        """Return people per km²."""
        return self.population / self.area_km2


@dataclass(frozen=True, slots=True)
class Listing:
    """Which regions are listed, and how."""

    text: str = ""
    association: str = ""
    island: str = ""
    level: str = ""
    order: str = ""
    """A key of `ORDERS`; empty: by code, under the provinces."""

    @property
    def plain(self) -> bool:
        """Whether all regions are listed under their provinces."""
        return not (self.text or self.association or self.level or self.order)


ORDERS: dict[str, Callable[[Entry], tuple[object, ...]]] = {
    "": lambda one: (one.code,),
    "nama": lambda one: (_bare(one.name), one.code),
    "penduduk": lambda one: (-one.population, one.code),
    "luas": lambda one: (-one.area_km2, one.code),
    "kepadatan": lambda one: (-one.density, one.code),
    "peluang": lambda one: (-one.opportunities, one.code),
}


class ListingError(ValueError):
    """The directory is asked for something that does not exist."""

    def __init__(self, field: str, value: str, allowed: tuple[str, ...]) -> None:
        self.field, self.value, self.allowed = field, value, allowed
        super().__init__(f"{field}={value!r}: {', '.join(allowed)}")


def directory(listing: Listing) -> tuple[Entry, ...]:
    """Return the regions that the listing asks for, in its order.

    Raises
    ------
    ListingError
        For an unknown association, island group, level or order.
    """
    _check(listing)
    wanted = [_within(code) for code in (listing.association, listing.island) if code]
    found = [
        one
        for one in _entries(queries.computed_map(MapSettings(top=1)))
        if all(one.code in codes for codes in wanted)
        and listing.level in {"", one.level}
        and matches(listing.text, one)
    ]
    return tuple(sorted(found, key=ORDERS[listing.order]))


def _check(listing: Listing) -> None:
    allowed = {
        "association": ("", *(one.code for one in reference.associations())),
        "island": ("", *(one.code for one in reference.islands())),
        "level": LEVELS,
        "order": tuple(ORDERS),
    }
    for name, codes in allowed.items():
        value = getattr(listing, name)
        if value not in codes:
            raise ListingError(name, value, codes[1:])


def _within(code: str) -> frozenset[str]:
    """Return the regions that a code stands for, with the provinces of an island group."""
    island = next((one for one in reference.islands() if one.code == code), None)
    provinces = frozenset(() if island is None else island.provinces)
    return reference.region_codes_within(code) | provinces


def matches(text: str, one: Entry) -> bool:
    """Return whether what was typed is the code or like a part of the name."""
    wanted = utils.default_process(text)
    if not wanted:
        return True
    if one.code.startswith(text.strip()):
        return True
    name = utils.default_process(one.name)
    return wanted in name or (len(wanted) > 3 and fuzz.partial_ratio(wanted, name) >= LIKE)


def _bare(name: str) -> str:
    """Return a name without its kind, as people look it up."""
    return name.removeprefix("Kabupaten ").removeprefix("Kota ")


def _entries(computed: Computed) -> list[Entry]:
    table, places = reference.region_table(), shelf(computed).places
    names = dict(zip(table.codes, table.names, strict=True))
    of_province: dict[str, set[int]] = {}
    for row, found in enumerate(places):
        of_province.setdefault(computed.ground.provinces[row], set()).update(found)
    entries = []
    for row, code in enumerate(table.codes):
        own = computed.ground.position.get(code)
        mine = of_province.get(code, set()) if own is None else places[own]
        best = min(mine, default=None)
        score = None if best is None else float(computed.score[computed.order[best]])
        entries.append(
            Entry(
                code=code,
                name=table.names[row],
                level=table.levels[row],
                province="" if own is None else names[table.parents[row]],
                province_code=code if own is None else table.parents[row],
                population=int(table.population[row]),
                area_km2=float(table.area_km2[row]),
                opportunities=len(mine),
                best=score,
            )
        )
    return entries


def suggestions(error: UnknownRegion) -> tuple[Entry, ...]:
    """Return the regions that a wrong address may have meant."""
    meant = [one.code for one in error.suggestions]
    entries = {one.code: one for one in _entries(queries.computed_map(MapSettings(top=1)))}
    return tuple(entries[code] for code in meant if code in entries)
