"""Observations of one indicator as matrices of regions by periods."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinergi.evidence import store

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class SeriesMatrix:
    """All values of one indicator; the regions are those asked for, in their order."""

    periods: IntArray
    """(periods,) year * 100 + month, rising; month 0 for a whole year."""
    values: FloatArray
    """(regions, periods); NaN where nothing is recorded."""
    flags: NDArray[np.uint8]
    """(regions, periods); 0 where nothing is recorded."""
    sources: IntArray
    """(regions, periods) primary keys; -1 where nothing is recorded."""
    labelled: bool = False
    """Whether `sources` are indexes of labels instead of primary keys."""

    @property
    def years(self) -> FloatArray:
        """(periods,) fractional years."""
        return fractional_years(self.periods)


def fractional_years(periods: IntArray) -> FloatArray:
    """Return `year * 100 + month` as fractional years."""
    return periods // 100 + (np.maximum(periods % 100, 1) - 1) / 12.0


def period_label(period: int) -> str:
    """Return `year * 100 + month` as it is written: `2021` or `2021-08`."""
    year, month = divmod(period, 100)
    return f"{year}-{month:02d}" if month else str(year)


def read_matrices(
    indicators: Sequence[int], regions: Sequence[int], *, latest_only: bool = False
) -> dict[int, SeriesMatrix]:
    """Read indicators as matrices.

    Parameters
    ----------
    indicators, regions
        Primary keys.
    latest_only
        Read the last value of each region only.

    Returns
    -------
    dict
        Primary key of the indicator to its matrix; an indicator without observations has no periods.
    """
    records = (
        store.read_latest(indicators, regions) if latest_only else store.read_series(indicators)
    )
    order = np.argsort(records["indicator"], kind="stable")
    records = records[order]
    starts = np.searchsorted(records["indicator"], indicators, side="left")
    ends = np.searchsorted(records["indicator"], indicators, side="right")
    keys = np.asarray(regions, dtype=np.int64)
    return {
        key: _matrix(records[start:end], keys)
        for key, start, end in zip(indicators, starts, ends, strict=True)
    }


def _matrix(records: NDArray[np.void], regions: IntArray) -> SeriesMatrix:
    sorter = np.argsort(regions)
    at = np.searchsorted(regions, records["region"], sorter=sorter)
    known = at < len(regions)
    known[known] = regions[sorter[at[known]]] == records["region"][known]
    records, rows = records[known], sorter[at[known]]
    periods, columns = np.unique(records["period"], return_inverse=True)
    shape = (len(regions), len(periods))
    values = np.full(shape, np.nan)
    flags = np.zeros(shape, dtype=np.uint8)
    sources = np.full(shape, -1, dtype=np.int64)
    values[rows, columns] = records["value"]
    flags[rows, columns] = records["flag"]
    sources[rows, columns] = records["source"]
    return SeriesMatrix(periods.astype(np.int64), values, flags, sources)
