"""Loads the country pack into the tables."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from sinergi.reference.models import Border, PackLoad, Region, RegionShape, Succession
from sinergi.reference.pack import CellTable, Pack, RegionRecord, read_cells
from sinergi.reference.queries.loads import loaded_version
from sinergi.reference.queries.packs import forget_packs, pack
from sinergi.reference.shapes.codec import pack_cells

Progress = Callable[[str, int, int], None]
"""Called with step, rows done, rows in all."""
ORDER = ("nation", "province", "regency", "city")
FIELDS = (
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
)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did."""

    version: str
    changed: bool
    """False when this version was already there."""
    regions: int
    borders: int
    shapes: int


def quiet(step: str, done: int, total: int) -> None:
    """Report progress to nobody."""


def load_reference(progress: Progress | None = None) -> LoadReport:
    """Bring the tables to the version of the pack's files; a second call changes nothing.

    Shapes that an installation loaded from an official boundary file are left as they are.

    Raises
    ------
    PackError
        When the files are wrong; the tables stay as they were.
    """
    forget_packs()
    one = pack()
    if loaded_version() == one.version:
        return _report(one, changed=False)
    cells = read_cells(one.folder)
    report = progress or quiet
    with transaction.atomic():
        keys = _regions(one, report)
        _successions(one, keys)
        _borders(one, keys, report)
        _shapes(cells, keys, report)
        PackLoad.objects.create(
            part=PackLoad.Part.PACK,
            version=one.version,
            file=one.folder.name,
            loaded_at=timezone.now(),
        )
    return _report(one, changed=True)


def _report(one: Pack, *, changed: bool) -> LoadReport:
    counts = (table.objects.count() for table in (Region, Border, RegionShape))
    return LoadReport(one.version, changed, *counts)


def _regions(one: Pack, report: Progress) -> dict[str, int]:
    """Store all regions, parents first, and return the key of each code."""
    keys = dict(Region.objects.values_list("code", "pk"))
    for done, level in enumerate(ORDER):
        rows = [_row(region, keys) for region in one.regions if region.level == level]
        Region.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=list(FIELDS)
        )
        keys = dict(Region.objects.values_list("code", "pk"))
        report("regions", done + 1, len(ORDER))
    return keys


def _row(region: RegionRecord, keys: dict[str, int]) -> Region:
    values = {name: getattr(region, name) for name in FIELDS if name not in {"parent", "source"}}
    return Region(
        code=region.code,
        parent_id=keys.get(region.parent),
        source="|".join(region.source),
        **values,
    )


def _successions(one: Pack, keys: dict[str, int]) -> None:
    Succession.objects.all().delete()
    Succession.objects.bulk_create(
        Succession(
            predecessor=record.predecessor,
            successor_id=keys[record.successor],
            date=record.date,
            kind=record.kind,
            source="|".join(record.source),
            provenance=record.provenance,
        )
        for record in one.successions
    )


def _borders(one: Pack, keys: dict[str, int], report: Progress) -> None:
    Border.objects.all().delete()
    Border.objects.bulk_create(
        Border(a_id=keys[border.a], b_id=keys[border.b], km=border.km) for border in one.borders
    )
    report("borders", len(one.borders), len(one.borders))


def _shapes(cells: CellTable, keys: dict[str, int], report: Progress) -> None:
    official = set(RegionShape.objects.filter(official=True).values_list("region__code", flat=True))
    RegionShape.objects.filter(official=False).delete()
    RegionShape.objects.bulk_create(
        RegionShape(region_id=keys[code], cells=pack_cells(cells.of(code)), source="pack")
        for code in cells.codes
        if code in keys and code not in official
    )
    report("shapes", len(cells.codes), len(cells.codes))
