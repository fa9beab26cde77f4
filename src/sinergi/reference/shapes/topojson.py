"""Writes a coverage as quantised TopoJSON (https://github.com/topojson/topojson-specification)."""

import gzip
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from sinergi.reference.shapes.topology import Topology

Object = dict[str, Any]


def encode(shape: Topology, step: float) -> bytes:
    """Return TopoJSON with two objects.

    `regions` holds one MultiPolygon per region with the property `code`; `provinces` is a
    MultiLineString of the arcs that part two provinces.

    Parameters
    ----------
    step
        Size of the grid on which points are put, degrees.
    """
    origin = np.min(np.concatenate(shape.arcs), axis=0)
    arcs = [_deltas(arc, origin, step) for arc in shape.arcs]
    geometries = [
        {"type": "MultiPolygon", "properties": {"code": code}, "arcs": parts}
        for code, parts in sorted(shape.regions.items())
    ]
    content: Object = {
        "type": "Topology",
        "transform": {"scale": [step, step], "translate": np.round(origin, 6).tolist()},
        "objects": {
            "regions": {"type": "GeometryCollection", "geometries": geometries},
            "provinces": {"type": "MultiLineString", "arcs": _between_provinces(shape)},
        },
        "arcs": arcs,
    }
    return orjson.dumps(content)


def compress(content: bytes) -> bytes:
    """Return gzip that is the same for the same content."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def _deltas(arc: NDArray[np.float64], origin: NDArray[np.float64], step: float) -> list[list[int]]:
    """Put an arc on the grid: the first point, then differences; equal neighbours are dropped."""
    grid = np.round((arc - origin) / step).astype(np.int64)
    moves = np.diff(grid, axis=0)
    told = [grid[0].tolist(), *(move for move in moves.tolist() if any(move))]
    return told if len(told) > 1 else [*told, [0, 0]]


def _between_provinces(shape: Topology) -> list[list[int]]:
    provinces: dict[int, set[str]] = {}
    for code, parts in shape.regions.items():
        for polygon in parts:
            for ring in polygon:
                for arc in ring:
                    provinces.setdefault(arc if arc >= 0 else ~arc, set()).add(code[:2])
    return [[arc] for arc, found in sorted(provinces.items()) if len(found) > 1]
