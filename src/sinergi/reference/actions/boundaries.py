"""Loads an official boundary file over the cells of the pack."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import h3
import numpy as np
import orjson
import shapely
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray
from shapely.geometry import shape as to_shape
from shapely.geometry.base import BaseGeometry

from sinergi.reference.actions.load_pack import Progress, quiet
from sinergi.reference.actions.problems import Problems
from sinergi.reference.models import PackLoad, Region, RegionShape
from sinergi.reference.pack.cells import RESOLUTION
from sinergi.reference.queries.finding import find_region
from sinergi.reference.shapes.codec import pack_cells, unpack_cells

CODE_PROPERTIES = ("code", "kode", "CODE", "KODE", "Kode")
Cells = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class BoundaryReport:
    """What a boundary file changed."""

    regions: int
    """Regions whose cells it replaced."""
    trimmed: int
    """Other regions that lost cells to them."""
    changed: bool
    """False when this very file was loaded last."""


def load_boundaries(path: Path, progress: Progress | None = None) -> BoundaryReport:
    """Replace the cells of the regions in a GeoJSON file, all or none.

    Parameters
    ----------
    path
        FeatureCollection in degrees (WGS 84), may be compressed with gzip; each feature is a Polygon or
        MultiPolygon with the Kemendagri code in its property `code` or `kode` (`63.71` or `6371`).

    Raises
    ------
    ReferenceFileError
        With every problem by number of the feature; nothing is stored.
    """
    problems = Problems(path)
    content = _content(path, problems)
    version = sha256(content).hexdigest()[:12]
    last = PackLoad.objects.exclude(part=PackLoad.Part.NOMENCLATURE).first()
    if last and (last.part, last.version) == (PackLoad.Part.BOUNDARIES, version):
        return BoundaryReport(0, 0, changed=False)
    drawn = _cells_by_code(_geometries(content, problems), progress or quiet)
    with transaction.atomic():
        trimmed = _trim_others(drawn)
        _store(drawn, path.name)
        PackLoad.objects.create(
            part=PackLoad.Part.BOUNDARIES, version=version, file=path.name, loaded_at=timezone.now()
        )
    return BoundaryReport(len(drawn), trimmed, changed=True)


def _content(path: Path, problems: Problems) -> bytes:
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except OSError as error:
        problems.add("not_readable", reason=error.strerror or error)
        raise problems.stop() from error


def _geometries(content: bytes, problems: Problems) -> dict[str, BaseGeometry]:
    """Return the geometry of each region of the file, after every feature was looked at."""
    try:
        told = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        problems.add("not_geojson")
        raise problems.stop() from error
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list):
        problems.add("not_geojson")
        raise problems.stop()
    if not features:
        problems.add("no_features")
    known = set(Region.objects.filter(level__in=("regency", "city")).values_list("code", flat=True))
    found: dict[str, BaseGeometry] = {}
    for number, feature in enumerate(features, start=1):
        code = _code(feature, number, known, problems)
        geometry = _geometry(feature, number, problems)
        if code in found:
            problems.add("region_twice", line=number, column="code", value=code)
        elif code and geometry is not None:
            found[code] = geometry
    problems.raise_if_any()
    return found


def _code(feature: Any, number: int, known: set[str], problems: Problems) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    properties = properties if isinstance(properties, dict) else {}
    told = next((properties[name] for name in CODE_PROPERTIES if properties.get(name)), None)
    if told is None:
        problems.add("no_code", line=number, column="code")
        return ""
    code = re.sub(r"^(\d{2})(\d{2})$", r"\1.\2", str(told).strip())
    if code in known:
        return code
    meant = ", ".join(f"{one.code} {one.name}" for one in find_region(str(told), limit=3))
    problems.add("unknown_region", line=number, column="code", value=told, meant=meant)
    return ""


def _geometry(feature: Any, number: int, problems: Problems) -> BaseGeometry | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        problems.add("not_a_polygon", line=number, column="geometry", value=kind or "-")
        return None
    try:
        drawn = shapely.force_2d(to_shape(geometry))
        drawn = drawn if drawn.is_valid else shapely.make_valid(drawn)
    except (shapely.errors.ShapelyError, TypeError, ValueError, IndexError) as error:
        problems.add("bad_geometry", line=number, column="geometry", reason=error)
        return None
    if drawn.is_empty:
        problems.add("bad_geometry", line=number, column="geometry", reason="empty")
        return None
    west, south, east, north = drawn.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        problems.add("not_degrees", line=number, column="geometry")
        return None
    return drawn


def _cells_by_code(geometries: Mapping[str, BaseGeometry], report: Progress) -> dict[str, Cells]:
    """Return the full-resolution cells of each region; a cell in two regions goes to the first."""
    taken: set[int] = set()
    found = {}
    for done, (code, geometry) in enumerate(geometries.items(), start=1):
        cells = _cells(geometry)
        own = cells - taken
        taken |= own
        found[code] = np.array(sorted(own or cells), dtype=np.uint64)
        report("boundaries", done, len(geometries))
    return found


def _cells(geometry: BaseGeometry) -> set[int]:
    polygons = [
        part for part in shapely.get_parts(geometry).tolist() if part.geom_type == "Polygon"
    ]
    names = {
        cell
        for part in polygons
        for cell in h3.geo_to_cells(shapely.geometry.mapping(part), RESOLUTION)
    }
    if not names:
        inside = geometry.representative_point()
        names = {h3.latlng_to_cell(inside.y, inside.x, RESOLUTION)}
    return {h3.str_to_int(name) for name in names}


def _trim_others(drawn: Mapping[str, Cells]) -> int:
    """Take the claimed cells away from regions that are not in the file."""
    claimed = np.unique(np.concatenate(list(drawn.values())))
    touched = _with_ancestors(claimed)
    trimmed = 0
    for shape in RegionShape.objects.exclude(region__code__in=drawn):
        kept = unpack_cells(shape.cells)
        hit = np.isin(kept, touched)
        if not hit.any():
            continue
        full = _full(kept[hit])
        rest = np.concatenate([kept[~hit], _compact(full[~np.isin(full, claimed)])])
        if len(rest):
            shape.cells = pack_cells(rest)
            shape.save(update_fields=["cells"])
            trimmed += 1
    return trimmed


def _with_ancestors(cells: Cells) -> Cells:
    """Return cells with all coarser cells that hold any of them."""
    names = {h3.int_to_str(cell) for cell in cells.tolist()}
    found = set(names)
    for resolution in range(RESOLUTION - 1, -1, -1):
        names = {h3.cell_to_parent(name, resolution) for name in names}
        found |= names
    return np.array([h3.str_to_int(name) for name in found], dtype=np.uint64)


def _store(drawn: Mapping[str, Cells], file: str) -> None:
    keys = dict(Region.objects.filter(code__in=drawn).values_list("code", "pk"))
    RegionShape.objects.filter(region__code__in=drawn).delete()
    RegionShape.objects.bulk_create(
        RegionShape(
            region_id=keys[code],
            cells=pack_cells(_compact(cells)),
            source=file[:200],
            official=True,
        )
        for code, cells in drawn.items()
    )


def _full(cells: Cells) -> Cells:
    names = h3.uncompact_cells([h3.int_to_str(cell) for cell in cells.tolist()], RESOLUTION)
    return np.array([h3.str_to_int(name) for name in names], dtype=np.uint64)


def _compact(cells: Cells) -> Cells:
    names = h3.compact_cells([h3.int_to_str(cell) for cell in cells.tolist()])
    return np.array([h3.str_to_int(name) for name in names], dtype=np.uint64)
