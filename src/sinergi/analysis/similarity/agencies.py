"""How alike the names of agencies are: "Dinas PU" is "Dinas Pekerjaan Umum", two districts are not one."""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sinergi.analysis.similarity.dictionary import Dictionary
from sinergi.analysis.similarity.tokens import Ints, cut, distinct
from sinergi.analysis.similarity.words import spelled_out

Floats = NDArray[np.float32]

MOST_WORDS = 12


class Agencies(NamedTuple):
    """Agencies of lines."""

    of: Ints
    """Row of `words`, -1 unknown, (lines,)."""
    words: Ints
    """Different words of each name, -1 behind them, (names, MOST_WORDS)."""
    weight: Floats
    """What each word weighs: the less, the more names hold it; a zero at the end, (vocabulary + 1,)."""


def agencies_of(names: pl.Series, words: Dictionary) -> Agencies:
    """Return the agencies of lines by their names, "" unknown."""
    clean = names.str.to_lowercase().str.strip_chars()
    known = clean.unique().sort()
    row = clean.cast(pl.Enum(known)).to_physical().to_numpy().astype(np.int32)
    stream = spelled_out(cut(known), words)
    size = max(len(stream.vocabulary), 1)
    rows, held = np.divmod(distinct(stream.rows.astype(np.int64) * size + stream.words), size)
    column = np.arange(len(rows)) - np.searchsorted(rows, rows)
    inside = column < MOST_WORDS
    matrix = np.full((len(known), MOST_WORDS), -1, dtype=np.int32)
    matrix[rows[inside], column[inside]] = held[inside]
    count = np.bincount(held, minlength=size)
    weight = np.append(np.log1p(len(known) / np.maximum(count, 1)), 0.0).astype(np.float32)
    named = np.any(matrix >= 0, axis=1)
    return Agencies(np.where(named[row], row, -1).astype(np.int32), matrix, weight)


def alike(known: Agencies, a: NDArray[np.int64], b: NDArray[np.int64]) -> Floats:
    """Return what common words weigh of the shorter name, NaN where one is unknown, (pairs,)."""
    one, two = known.of[a].astype(np.int64), known.of[b].astype(np.int64)
    found = np.where(one == two, 1.0, 0.0).astype(np.float32)
    found[(one < 0) | (two < 0)] = np.nan
    asked = np.flatnonzero(found == 0.0)
    if not len(asked):
        return found
    key, inverse = np.unique(one[asked] * len(known.words) + two[asked], return_inverse=True)
    first, second = (known.words[rows] for rows in np.divmod(key, len(known.words)))
    common = (first[:, :, None] == second[:, None, :]) & (first >= 0)[:, :, None]
    shared = (known.weight[first] * common.any(axis=2)).sum(axis=1)
    whole = np.minimum(known.weight[first].sum(axis=1), known.weight[second].sum(axis=1))
    found[asked] = (shared / whole)[inverse]
    return found
