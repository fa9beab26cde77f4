"""Parses the files that say where regions are: regions, successions, borders, groups, ports, airports."""

import re
from pathlib import Path
from typing import cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sinergi.reference.catalogue import Association, IslandGroup, Level
from sinergi.reference.pack.files import Row, read_rows
from sinergi.reference.pack.issues import Issues
from sinergi.reference.pack.records import (
    Alias,
    BorderRecord,
    Facility,
    RegionRecord,
    SuccessionKind,
    SuccessionRecord,
    TimeZoneRecord,
)

REGION_COLUMNS = (
    "code",
    "name",
    "level",
    "parent",
    "bps_code",
    "lat",
    "lon",
    "area_km2",
    "population",
    "population_date",
    "capital",
    "capital_lat",
    "capital_lon",
    "valid_from",
    "valid_to",
    "source",
    "provenance",
)
CODE = re.compile(r"[A-Z]{2}|\d{2}(\.\d{2})?")


def parse_regions(folder: Path, issues: Issues) -> tuple[RegionRecord, ...]:
    """Read `regions.csv`."""
    rows = read_rows(folder, "regions.csv", REGION_COLUMNS, issues)
    return tuple(_region(row) for row in rows)


def _region(row: Row) -> RegionRecord:
    code = row.text("code")
    if not CODE.fullmatch(code):
        row.wrong("code", "not_a_region_code", value=code)
    valid_from, valid_to = row.day("valid_from"), row.day("valid_to")
    if valid_from and valid_to and valid_from >= valid_to:
        row.wrong("valid_to", "ends_before_it_begins", begins=valid_from, ends=valid_to)
    return RegionRecord(
        code,
        row.text("name"),
        cast("Level", row.choice("level", get_args(Level))),
        row.optional("parent"),
        row.optional("bps_code"),
        row.maybe_number("lat", -90, 90),
        row.maybe_number("lon", -180, 180),
        row.number("area_km2", 0.01),
        row.integer("population", 0),
        row.optional("population_date"),
        row.optional("capital"),
        row.maybe_number("capital_lat", -90, 90),
        row.maybe_number("capital_lon", -180, 180),
        valid_from,
        valid_to,
        row.codes("source"),
    )


def parse_aliases(folder: Path, issues: Issues) -> tuple[Alias, ...]:
    """Read `aliases.csv`."""
    rows = read_rows(folder, "aliases.csv", ("alias", "region", "source"), issues)
    return tuple(Alias(row.text("alias"), row.text("region")) for row in rows)


def parse_successions(folder: Path, issues: Issues) -> tuple[SuccessionRecord, ...]:
    """Read `successions.csv`."""
    columns = ("predecessor", "successor", "date", "kind", "name", "source", "provenance")
    found = []
    for row in read_rows(folder, "successions.csv", columns, issues):
        day = row.day("date")
        if day is None:
            row.wrong("date", "empty")
            continue
        found.append(
            SuccessionRecord(
                row.text("predecessor"),
                row.text("successor"),
                day,
                cast("SuccessionKind", row.choice("kind", get_args(SuccessionKind))),
                row.optional("name"),
                row.codes("source"),
                row.text("provenance"),
            )
        )
    return tuple(found)


def parse_borders(folder: Path, issues: Issues) -> tuple[BorderRecord, ...]:
    """Read `borders.csv`; each pair stands once, its smaller code first."""
    found: dict[tuple[str, str], BorderRecord] = {}
    for row in read_rows(folder, "borders.csv", ("a", "b", "km", "source"), issues):
        a, b = row.text("a"), row.text("b")
        km = row.number("km", 0)
        pair = (min(a, b), max(a, b))
        if a == b:
            row.wrong("b", "borders_itself", value=a)
        elif pair in found:
            row.wrong("a", "border_twice", a=a, b=b)
        else:
            found[pair] = BorderRecord(*pair, km)
    return tuple(found.values())


def parse_islands(folder: Path, issues: Issues) -> tuple[IslandGroup, ...]:
    """Read `islands.csv`."""
    columns = ("code", "name_id", "name_en", "provinces", "source", "provenance")
    return tuple(
        IslandGroup(
            row.text("code"), row.text("name_id"), row.text("name_en"), row.codes("provinces")
        )
        for row in read_rows(folder, "islands.csv", columns, issues)
    )


def parse_time_zones(folder: Path, issues: Issues) -> tuple[TimeZoneRecord, ...]:
    """Read `time_zones.csv`; each province stands once."""
    columns = ("province", "zone", "source", "provenance")
    found: dict[str, TimeZoneRecord] = {}
    for row in read_rows(folder, "time_zones.csv", columns, issues):
        province, zone = row.text("province"), row.text("zone")
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            row.wrong("zone", "not_a_time_zone", value=zone)
        if province in found:
            row.wrong("province", "code_twice", value=province)
        found[province] = TimeZoneRecord(province, zone, row.codes("source"))
    return tuple(found.values())


def parse_associations(folder: Path, issues: Issues) -> tuple[Association, ...]:
    """Read `associations.csv` and `association_members.csv`."""
    columns = ("code", "name_id", "name_en", "parent", "source", "provenance")
    rows = read_rows(folder, "associations.csv", columns, issues)
    members: dict[str, list[str]] = {row.optional("code"): [] for row in rows}
    listed = ("association", "region", "source")
    for row in read_rows(folder, "association_members.csv", listed, issues):
        association = row.text("association")
        if association not in members:
            row.wrong("association", "unknown_association", value=association)
        else:
            members[association].append(row.text("region"))
    return tuple(
        Association(
            row.text("code"),
            row.text("name_id"),
            row.text("name_en"),
            row.optional("parent"),
            tuple(members[row.optional("code")]),
            row.text("source"),
        )
        for row in rows
    )


def parse_facilities(folder: Path, name: str, issues: Issues) -> tuple[Facility, ...]:
    """Read `airports.csv`, which has a column `iata`, or `ports.csv`."""
    columns = ("code", "name", "lat", "lon", "region", "source")
    coded = name == "airports.csv"
    return tuple(
        Facility(
            row.text("code"),
            row.text("name"),
            row.number("lat", -90, 90),
            row.number("lon", -180, 180),
            row.text("region"),
            row.optional("iata") if coded else "",
        )
        for row in read_rows(folder, name, (*columns, "iata") if coded else columns, issues)
    )
