"""Builds the geometry files of the map from cells: the nation at a glance, a province in detail."""

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sinergi.reference.pack.cells import read_cells
from sinergi.reference.shapes.smoothing import simplified
from sinergi.reference.shapes.topojson import compress, encode
from sinergi.reference.shapes.topology import Topology, topology

NATIONAL_FILE = "shapes.json.gz"
NATIONAL = {"tolerance": 0.005, "smallest": 0.0004}
"""Degrees and square degrees: about 550 m, and islets below about 5 km2."""
NATIONAL_STEP = 0.0005
DETAIL = {"tolerance": 0.0015, "smallest": 0.0}
DETAIL_STEP = 0.0002
Cells = Mapping[str, NDArray[np.uint64]]


def national(cells: Cells) -> bytes:
    """Return the TopoJSON of all regencies and cities, for the zoom at which the nation is seen."""
    return encode(simplified(topology(cells), **NATIONAL), NATIONAL_STEP)


def detail(cells: Cells, wanted: Collection[str]) -> bytes:
    """Return the TopoJSON of some regions, for the zoom at which a city is seen.

    Parameters
    ----------
    cells
        Of the wanted regions and of their neighbours, so that shared borders end where they should.
    """
    whole = topology(cells)
    mine = Topology(whole.arcs, {code: whole.regions[code] for code in wanted if code in cells})
    return encode(simplified(mine, **DETAIL), DETAIL_STEP)


def build_shapes(folder: Path) -> Path:
    """Write the national file of a pack from its cells, and return its path.

    To be run after the cells of a pack were corrected: `python -m sinergi.reference.shapes.build FOLDER`.
    """
    table = read_cells(folder)
    path = folder / NATIONAL_FILE
    path.write_bytes(compress(national({code: table.of(code) for code in table.codes})))
    return path


if __name__ == "__main__":
    import sys

    build_shapes(Path(sys.argv[1]))
