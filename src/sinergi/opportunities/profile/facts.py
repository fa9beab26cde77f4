"""What the pack knows of a region: people, land, neighbours, ports, where its code comes from."""

from sinergi.opportunities.profile.records import Facts, Label, Neighbour, Origin, Place
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Named
from sinergi.reference.errors import UnknownRegion
from sinergi.reference.pack import Pack, RegionRecord

LEVELS = ("province", "regency", "city")


def record(code: str) -> RegionRecord:
    """Return a province, regency or city that is valid today.

    Raises
    ------
    UnknownRegion
        With what could have been meant.
    """
    found = reference.pack().region.get(code)
    if found is None or found.level not in LEVELS or found.valid_to is not None:
        raise UnknownRegion(code, reference.find_region(code))
    return found


def facts(code: str) -> Facts:
    """Return what the pack knows of a region.

    Raises
    ------
    UnknownRegion
        As `record`.
    """
    one, pack = record(code), reference.pack()
    province = code if one.level == "province" else one.parent
    island = next((i for i in pack.islands if province in i.provinces), None)
    return Facts(
        code=code,
        name=one.name,
        level=one.level,
        bps_code=one.bps_code,
        population=one.population,
        population_date=one.population_date,
        area_km2=one.area_km2,
        density=one.population / one.area_km2,
        capital=one.capital,
        province=None if one.level == "province" else _place(pack.region[one.parent]),
        island=None if island is None else _label(island),
        associations=tuple(_label(a) for a in pack.associations if code in a.members),
        neighbours=_neighbours(code),
        parts=_parts(pack, code),
        ports=tuple(p.name for p in pack.ports if _lies_in(p.region, one)),
        airports=tuple(p.name for p in pack.airports if p.iata and _lies_in(p.region, one)),
        origins=_origins(pack, code),
        autonomous=one.level == "province" or province not in pack.administrative_provinces,
        sources=tuple(pack.source[name].title for name in one.source if name in pack.source),
    )


def _lies_in(region: str, one: RegionRecord) -> bool:
    return region == one.code or (one.level == "province" and region.startswith(f"{one.code}."))


def _place(one: RegionRecord) -> Place:
    return Place(one.code, one.name, one.level)


def _label(one: Named) -> Label:
    return Label(one.code, one.name_id, one.name_en)


def _parts(pack: Pack, code: str) -> tuple[Place, ...]:
    parts = [r for r in pack.regions if r.parent == code and r.valid_to is None]
    return tuple(_place(part) for part in sorted(parts, key=lambda part: part.code))


def _neighbours(code: str) -> tuple[Neighbour, ...]:
    """Return the regencies or cities across the border, the longest border first.

    A province borders those that a region of its own borders; lengths add up per province.
    """
    table, pairs = reference.region_table(), reference.border_pairs()
    names = dict(zip(table.codes, table.names, strict=True))
    own = reference.region_codes_within(code)
    province = table.levels[table.position[code]] == "province"
    lengths: dict[str, float] = {}
    for a, b, km in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.km.tolist(), strict=True):
        here, there = table.codes[a], table.codes[b]
        if (here in own) == (there in own):
            continue
        other = there if here in own else here
        key = table.parents[table.position[other]] if province else other
        lengths[key] = lengths.get(key, 0.0) + km
    found = [
        Neighbour(key, names[key], names.get(table.parents[table.position[key]], ""), km)
        for key, km in lengths.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.km, one.code)))


def _name(pack: Pack, code: str) -> str:
    found = pack.region.get(code)
    return "" if found is None else found.name


def _origins(pack: Pack, code: str) -> tuple[Origin, ...]:
    """Return how the code came about and what split off from it, the earliest first."""
    related = [s for s in pack.successions if code in {s.successor, s.predecessor}]
    found = [
        Origin(
            predecessor=s.predecessor,
            predecessor_name=_name(pack, s.predecessor),
            successor=s.successor,
            name=s.name,
            date=s.date.isoformat(),
            kind=s.kind,
            source="; ".join(pack.source[n].title for n in s.source if n in pack.source),
            provenance=s.provenance,
        )
        for s in related
    ]
    return tuple(sorted(found, key=lambda one: (one.date, one.predecessor, one.successor)))
