"""Findings on a map: a point for each line whose place is known, joined where they are one finding."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sinergi.programs.models import Finding
from sinergi.programs.queries.words import region_name
from sinergi.programs.synchronise.words import rule_name
from sinergi.reference.queries import pack

MOST = 2_000
"""Findings on one map, the weightiest."""


def features(rows: Iterable[Finding]) -> dict[str, Any]:
    """Return findings as GeoJSON: points of lines, and a line between those of one finding.

    A line without a point lies at the middle of its region, which `exact` says.
    """
    found: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        if place >= MOST:
            break
        about = {
            "severity": row.severity, "kind": row.kind, "rule": rule_name(row.rule),
            "url": row.get_absolute_url(),
        }  # fmt: skip
        spots = []
        for line in row.lines.all():
            spot, exact = _spot(line.said)
            if spot is None:
                continue
            spots.append(spot)
            told = {**about, "title": line.said["title"][:120], "exact": exact,
                    "region": line.said["region"], "place": region_name(line.said["region"])}  # fmt: skip
            found.append(_feature("Point", spot, told))
        ends = sorted({tuple(one) for one in spots})
        if 1 < len(ends) <= 12:
            found.append(_feature("LineString", [list(one) for one in ends], about))
    return {"type": "FeatureCollection", "features": found}


def places_told(found: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Return the regions in which lines lie: name, how many of them, and how many at their own point."""
    points = [one["properties"] for one in found["features"] if "exact" in one["properties"]]
    regions = sorted({one["region"] for one in points})
    told = []
    for code in regions:
        here = [one["exact"] for one in points if one["region"] == code]
        told.append((region_name(code), len(here), sum(here)))
    return told


def _feature(kind: str, where: Any, about: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": where},
        "properties": about,
    }


def _spot(said: dict[str, Any]) -> tuple[list[float] | None, bool]:
    if said.get("lat") is not None and said.get("lon") is not None:
        return [said["lon"], said["lat"]], True
    return _seats().get(said.get("region", "")), False


@lru_cache(maxsize=1)
def _seats() -> dict[str, list[float]]:
    return {
        one.code: [one.lon, one.lat]
        for one in pack().regions
        if one.lat is not None and one.lon is not None
    }
