"""Makes arcs of cell edges look like borders: takes the teeth off, then drops points that say nothing."""

import numpy as np
import shapely
from numpy.typing import NDArray

from sinergi.reference.shapes.topology import Ring, Topology

Floats = NDArray[np.float64]
ROUNDS = 2
"""How often the corners of an arc are replaced by the middles of its edges."""
SHARE = 0.12
"""No arc moves more than this share of the width of the smallest part it bounds."""


def simplified(shape: Topology, tolerance: float, smallest: float) -> Topology:
    """Return the coverage with smooth, light arcs.

    Neighbours stay gap-free because each shared arc is drawn once. The largest part of a region always
    stays, and the arcs around small parts are simplified less, so that no small city vanishes.

    Parameters
    ----------
    tolerance
        Degrees by which an arc may move.
    smallest
        Square degrees; lesser parts (islets) are dropped, except the largest of a region.
    """
    kept = {code: _worth(shape, parts, smallest) for code, parts in shape.regions.items()}
    widths = np.full(len(shape.arcs), np.inf)
    for parts in kept.values():
        for polygon in parts:
            width = np.sqrt(abs(_area(shape, polygon[0])))
            for ring in polygon:
                numbers = [arc if arc >= 0 else ~arc for arc in ring]
                widths[numbers] = np.minimum(widths[numbers], width)
    arcs = [
        _lighter(_smooth(arc), min(tolerance, SHARE * width)) if np.isfinite(width) else arc[:0]
        for arc, width in zip(shape.arcs, widths, strict=True)
    ]
    return _without_unused(Topology(arcs, kept))


def ring_points(shape: Topology, ring: Ring) -> Floats:
    """Return the closed ring as points (n, 2)."""
    parts = [shape.arcs[arc] if arc >= 0 else shape.arcs[~arc][::-1] for arc in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _worth(shape: Topology, parts: list[list[Ring]], smallest: float) -> list[list[Ring]]:
    areas = [abs(_area(shape, polygon[0])) for polygon in parts]
    largest = max(areas)
    return [
        polygon
        for polygon, area in zip(parts, areas, strict=True)
        if area >= smallest or area == largest
    ]


def _area(shape: Topology, ring: Ring) -> float:
    """Return the signed area of a ring, square degrees (shoelace formula)."""
    x, y = ring_points(shape, ring).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def _smooth(arc: Floats) -> Floats:
    """Replace corners by middles of edges; the ends of an open arc stay where they are."""
    closed = bool((arc[0] == arc[-1]).all())
    for _ in range(ROUNDS):
        middles = (arc[:-1] + arc[1:]) / 2
        if closed:
            arc = np.concatenate([middles, middles[:1]])
        else:
            arc = np.concatenate([arc[:1], middles, arc[-1:]])
    return arc


def _lighter(arc: Floats, tolerance: float) -> Floats:
    """Drop points by Douglas and Peucker (1973); a closed arc keeps at least a triangle."""
    line = shapely.simplify(shapely.LineString(arc), tolerance, preserve_topology=False)
    points = shapely.get_coordinates(line)
    closed = bool((arc[0] == arc[-1]).all())
    return arc if closed and len(points) < 4 else points


def _without_unused(shape: Topology) -> Topology:
    """Renumber the arcs so that only those that bound something are left."""
    used = sorted(
        {
            arc if arc >= 0 else ~arc
            for parts in shape.regions.values()
            for polygon in parts
            for ring in polygon
            for arc in ring
        }
    )
    new = {old: number for number, old in enumerate(used)}
    regions = {
        code: [
            [[new[arc] if arc >= 0 else ~new[~arc] for arc in ring] for ring in polygon]
            for polygon in parts
        ]
        for code, parts in shape.regions.items()
    }
    return Topology([shape.arcs[old] for old in used], regions)
