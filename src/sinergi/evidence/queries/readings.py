"""The latest values of many indicators for many regions, as matrices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sinergi.evidence.queries.columns import columns
from sinergi.evidence.queries.series_matrix import FloatArray, IntArray
from sinergi.evidence.queries.world import SourceLabel
from sinergi.reference.queries import RegionTable


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Matrices of regions (rows) by indicators (columns)."""

    regions: tuple[str, ...]
    codes: tuple[str, ...]
    values: FloatArray
    """NaN where nothing is known."""
    years: FloatArray
    """Fractional year in which the period ends; NaN where nothing is known or nothing is dated."""
    periods: NDArray[np.object_]
    """`2021`, `2025-08` or `2018–2023`; empty where nothing is known or nothing is dated."""
    flags: NDArray[np.uint8]
    """0 missing, 1 official, 2 estimate, 3 imputed, 4 default."""
    sources: tuple[SourceLabel, ...]
    source_index: IntArray
    """Index into `sources`; -1 where nothing is known."""

    def column(self, code: str) -> int:
        """Return the position of an indicator.

        Raises
        ------
        ValueError
            When it was not asked for.
        """
        return self.codes.index(code)

    def source(self, row: int, column: int) -> SourceLabel | None:
        """Return where one value comes from; None where nothing is known."""
        index = int(self.source_index[row, column])
        return None if index < 0 else self.sources[index]


def readings(codes: Sequence[str], table: RegionTable) -> Readings:
    """Read the latest value in use of each indicator for each region of `table`.

    Stored indicators give their last observation, derived ones what their method makes of the
    observations. Reading is cached in the process until the evidence changes.

    Parameters
    ----------
    codes
        Codes of stored or derived indicators.
    table
        The regions, in the order wanted.

    Raises
    ------
    KeyError
        When a code is not an indicator.
    """
    here, found = columns(codes)
    rows = np.array([here.row[code] for code in table.codes], dtype=np.intp)
    shape = (len(rows), len(found))

    def stack(arrays: list[NDArray[Any]], dtype: type) -> NDArray[Any]:
        matrix: NDArray[Any] = np.empty(shape, dtype=dtype)
        for position, array in enumerate(arrays):
            matrix[:, position] = array[rows]
        return matrix

    return Readings(
        regions=tuple(table.codes),
        codes=tuple(codes),
        values=stack([column.values for column in found], np.float64),
        years=stack([column.years for column in found], np.float64),
        periods=stack([column.periods for column in found], object),
        flags=stack([column.flags for column in found], np.uint8),
        sources=tuple(here.labels),
        source_index=stack([column.sources for column in found], np.int64),
    )


def peer_values(code: str, table: RegionTable) -> FloatArray:
    """Return the latest values of one indicator for the regions of `table`, (regions,)."""
    return readings([code], table).values[:, 0]
