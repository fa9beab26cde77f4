"""Keeps the geometry files of the map: made from the cells when first asked for, then stored."""

from hashlib import sha256

from django.db import transaction

from sinergi.reference.errors import UnknownRegion
from sinergi.reference.models import Border, RegionShape, ShapeFile
from sinergi.reference.queries.loads import boundary_version
from sinergi.reference.queries.packs import pack
from sinergi.reference.shapes.build import NATIONAL_FILE, Cells, detail, national
from sinergi.reference.shapes.codec import unpack_cells
from sinergi.reference.shapes.topojson import compress

NATIONAL = "nasional"


def shape_file(name: str) -> ShapeFile:
    """Return the geometry of the nation (`nasional`) or of a province (its code), ready to send.

    Raises
    ------
    UnknownRegion
        When `name` is neither.
    """
    version = boundary_version()
    kept = ShapeFile.objects.filter(name=name, version=version).first()
    if kept is not None:
        return kept
    content = _national() if name == NATIONAL else _province(name)
    etag = sha256(content).hexdigest()[:20]
    with transaction.atomic():
        made, _ = ShapeFile.objects.update_or_create(
            name=name, defaults={"content": content, "etag": etag, "version": version}
        )
    return made


def _national() -> bytes:
    """Return the file of the pack while its cells are in use, otherwise make one from the tables."""
    shipped = pack().folder / NATIONAL_FILE
    if shipped.is_file() and not RegionShape.objects.filter(official=True).exists():
        return shipped.read_bytes()
    return compress(national(_cells()))


def _province(code: str) -> bytes:
    own = set(
        RegionShape.objects.filter(region__parent__code=code).values_list("region__code", flat=True)
    )
    if not own:
        raise UnknownRegion(code)
    beside = Border.objects.filter(a__code__in=own).values_list("b__code", flat=True)
    other = Border.objects.filter(b__code__in=own).values_list("a__code", flat=True)
    return compress(detail(_cells({*own, *beside, *other}), sorted(own)))


def _cells(codes: set[str] | None = None) -> Cells:
    shapes = RegionShape.objects.order_by("region__code")
    if codes is not None:
        shapes = shapes.filter(region__code__in=codes)
    rows = shapes.values_list("region__code", "cells")
    return {code: unpack_cells(content) for code, content in rows}
