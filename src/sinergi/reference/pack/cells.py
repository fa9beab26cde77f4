"""Reads which H3 cell lies in which region: the ground that draws the map and finds a point."""

from dataclasses import dataclass
from pathlib import Path

import h3
import numpy as np
import polars as pl
from numpy.typing import NDArray

from sinergi.reference.pack.issues import PackError, PackIssue

CELLS_FILE = "cells.csv.gz"
RESOLUTION = 7


@dataclass(frozen=True, eq=False)
class CellTable:
    """Region and cell of each row, m rows; cells are compacted: a large one stands for its children."""

    codes: tuple[str, ...]
    """Code of each region that has cells, sorted."""
    region: NDArray[np.int32]
    """(m,) position in `codes`."""
    cells: NDArray[np.uint64]
    """(m,) H3 cells of resolution 7 or coarser."""

    def of(self, code: str) -> NDArray[np.uint64]:
        """Return the cells of one region; empty when it has none."""
        if code not in self.codes:
            return np.empty(0, dtype=np.uint64)
        mine: NDArray[np.uint64] = self.cells[self.region == self.codes.index(code)]
        return mine


def read_cells(folder: Path) -> CellTable:
    """Read `cells.csv.gz` of a pack.

    Raises
    ------
    PackError
        When the file is missing, is not the table it should be, or names an invalid cell.
    """
    try:
        table = pl.read_csv(
            folder / CELLS_FILE, schema={"region": pl.String, "cell": pl.String}, has_header=True
        )
        cells = table["cell"].str.to_integer(base=16, dtype=pl.UInt64).to_numpy()
    except (OSError, pl.exceptions.PolarsError) as error:
        issue = PackIssue(CELLS_FILE, 0, "", "not_a_cell_table", {"reason": str(error)[:200]})
        raise PackError(folder, (issue,)) from error
    wrong = [
        row for row, cell in enumerate(cells) if not h3.is_valid_cell(h3.int_to_str(int(cell)))
    ]
    if wrong:
        issues = tuple(
            PackIssue(CELLS_FILE, row + 2, "cell", "not_a_cell", {"value": table["cell"][row]})
            for row in wrong[:20]
        )
        raise PackError(folder, issues)
    codes, region = np.unique(table["region"].to_numpy().astype(str), return_inverse=True)
    return CellTable(tuple(map(str, codes)), region.astype(np.int32), cells)
