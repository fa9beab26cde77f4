"""Turns cells into a gap-free coverage: arcs that neighbouring regions share, and rings made of arcs."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import h3
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from sinergi.reference.pack.cells import RESOLUTION

SAME_POINT = 2e-6
"""Degrees; two corners of cells nearer than this are the same corner computed twice."""
Floats = NDArray[np.float64]
Ring = list[int]
"""Signed arc numbers in order: `n` runs forwards along arc n, `~n` backwards (as in TopoJSON)."""


@dataclass(frozen=True, eq=False)
class Topology:
    """Regions as polygons of shared arcs."""

    arcs: list[Floats]
    """Each (points, 2): longitude, latitude; a closed arc repeats its first point."""
    regions: dict[str, list[list[Ring]]]
    """Per region its polygons, each an outer ring followed by its holes."""


def topology(cells: Mapping[str, NDArray[np.uint64]]) -> Topology:
    """Build the coverage of some regions from their (compacted) cells."""
    loops, owners = [], []
    for code, mine in cells.items():
        for number, polygon in enumerate(_polygons(mine)):
            for loop in polygon:
                loops.append(loop)
                owners.append((code, number))
    points, numbered = _merge_corners(loops)
    junctions = _junctions(numbered)
    arcs: dict[tuple[int, ...], int] = {}
    regions: dict[str, dict[int, list[Ring]]] = defaultdict(lambda: defaultdict(list))
    for corners, (code, number) in zip(numbered, owners, strict=True):
        regions[code][number].append(_ring(corners, junctions, arcs))
    lines = [points[list(arc)] for arc in arcs]
    return Topology(lines, {code: list(found.values()) for code, found in regions.items()})


def _polygons(cells: NDArray[np.uint64]) -> list[list[list[tuple[float, float]]]]:
    """Return the polygons of one region: rings of (lat, lng), the outer ring first."""
    names = [h3.int_to_str(cell) for cell in cells.tolist()]
    shape = h3.cells_to_h3shape(h3.uncompact_cells(names, RESOLUTION), tight=False)
    return [[list(part.outer), *map(list, part.holes)] for part in shape]


def _merge_corners(
    loops: list[list[tuple[float, float]]],
) -> tuple[Floats, list[NDArray[np.int64]]]:
    """Give numbers to the corners so that the same corner has the same number in every loop."""
    raw = np.concatenate([np.asarray(loop, dtype=np.float64) for loop in loops])[:, ::-1]
    corners, first = np.unique(np.round(raw, 7), axis=0, return_inverse=True)
    pairs = cKDTree(corners).query_pairs(SAME_POINT, output_type="ndarray")
    number = np.arange(len(corners))
    for a, b in pairs:
        number[b] = number[a]
    numbered = number[np.ravel(first)]
    ends = np.cumsum([len(loop) for loop in loops])[:-1]
    return corners, [np.asarray(part) for part in np.split(numbered, ends)]


def _junctions(loops: list[NDArray[np.int64]]) -> NDArray[np.bool_]:
    """Find the corners where arcs end: those that do not have exactly two different neighbours."""
    edges = np.concatenate([np.column_stack([loop, np.roll(loop, -1)]) for loop in loops])
    edges = np.unique(np.sort(edges, axis=1), axis=0)
    found: NDArray[np.bool_] = np.bincount(edges.ravel()) != 2
    return found


def _ring(
    loop: NDArray[np.int64], junctions: NDArray[np.bool_], arcs: dict[tuple[int, ...], int]
) -> Ring:
    """Cut a loop at its junctions and return the numbers of its arcs; new arcs are added."""
    stops = np.flatnonzero(junctions[loop])
    if not len(stops):
        start = int(np.argmin(loop))
        turned = np.roll(loop, -start).tolist()
        return [_arc((*turned, turned[0]), arcs)]
    turned = np.roll(loop, -int(stops[0])).tolist()
    turned.append(turned[0])
    ends = [*(stops - stops[0]).tolist(), len(turned) - 1]
    return [_arc(tuple(turned[begin : end + 1]), arcs) for begin, end in pairwise(ends)]


def _arc(corners: tuple[int, ...], arcs: dict[tuple[int, ...], int]) -> int:
    known = arcs.get(corners[::-1])
    if known is not None:
        return ~known
    return arcs.setdefault(corners, len(arcs))
