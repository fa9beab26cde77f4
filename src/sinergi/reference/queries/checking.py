"""Looks for everything about the reference that a person should know before trusting the map."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import h3
import numpy as np
from django.conf import settings

from sinergi.reference.models import Region, RegionShape
from sinergi.reference.pack import (
    Pack,
    PackError,
    PackIssue,
    read_labelled_pairs,
    read_matching_model,
    read_ordinary_words,
    read_pack,
)
from sinergi.reference.queries.geography import valid_regions
from sinergi.reference.queries.loads import loaded_version
from sinergi.reference.shapes.codec import unpack_cells

AREA_TOLERANCE = 0.08
"""Cells that differ by more than this share from the official area draw a region wrongly …"""
AREA_GRAIN = 26.0
"""… unless the difference is below five cells (km2): that is the grain of the cells of a small city."""
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; its text is in `sinergi.reference.messages`."""

    severity: Severity
    message_code: str
    subject: str
    """A file and line, a region, an object."""
    details: dict[str, str] = field(default_factory=dict, hash=False)


def check_reference() -> list[Finding]:
    """Return what is wrong or worth knowing: errors first, then warnings, then notes."""
    pack, issues = read_pack(Path(settings.SINERGI_PACK))
    found = [_of_issue(issue) for issue in issues.found]
    if pack is None or found:
        return found
    found += _matching(pack)
    found += _versions(pack)
    found += _areas()
    found += [
        Finding("note", "capital_point_missing", f"{region.code} {region.name}")
        for region in valid_regions(pack)
        if region.level != "province" and region.capital_lat is None
    ]
    found += [
        Finding(
            "note", "not_computable", one.code, {"lacks_id": one.lacks_id, "lacks_en": one.lacks_en}
        )
        for one in pack.objects
        if not one.computable
    ]
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted(found, key=lambda one: order[one.severity])


def _of_issue(issue: PackIssue) -> Finding:
    where = f"{issue.file}:{issue.line}" if issue.line else issue.file
    details = {"field": issue.field, **issue.details}
    return Finding("error", issue.message_code, where, details)


def _matching(pack: Pack) -> list[Finding]:
    """Read the files of the pack that are only read when plan lines are compared."""
    found = []
    for read in (read_labelled_pairs, read_matching_model, read_ordinary_words):
        try:
            read(pack.folder)
        except PackError as error:
            found += [_of_issue(issue) for issue in error.issues]
    return found


def _versions(pack: Pack) -> list[Finding]:
    loaded = loaded_version()
    if not loaded:
        return [Finding("error", "not_loaded", pack.name)]
    if loaded != pack.version:
        details = {"loaded": loaded, "files": pack.version}
        return [Finding("warning", "version_differs", pack.name, details)]
    return []


def _areas() -> list[Finding]:
    """Compare the area of each region's cells with its official area."""
    found = []
    shapes = RegionShape.objects.select_related("region").order_by("region__code")
    for shape in shapes.iterator():
        cells = unpack_cells(shape.cells)
        told = shape.region.area_km2
        drawn = float(
            np.sum([h3.cell_area(h3.int_to_str(cell), "km^2") for cell in cells.tolist()])
        )
        if abs(drawn - told) > max(AREA_TOLERANCE * told, AREA_GRAIN):
            details = {"drawn": f"{drawn:.0f}", "official": f"{told:.0f}"}
            found.append(Finding("warning", "area_off", str(shape.region), details))
    without = Region.objects.filter(level__in=("regency", "city"), shape=None)
    found += [Finding("warning", "no_cells", str(region)) for region in without]
    return found
