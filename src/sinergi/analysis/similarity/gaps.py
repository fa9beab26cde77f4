"""Teaches a model what to do without a piece of evidence, from pairs that had it."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import polars as pl

from sinergi.analysis.similarity.calibration import Labels

GAPS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "place": (0.9, 0.25),
        "code": (0.99, 0.25),
        "amount": (0.0, 0.25),
        "agency": (0.0, 0.5),
    }
)
"""Evidence that other documents often lack: from which value it is taken away, and what the copy weighs."""


def with_gaps(given: Labels, gaps: Mapping[str, tuple[float, float]] = GAPS) -> Labels:
    """Return pairs and, behind them, copies that lack one piece of evidence; copies stay in their group.

    Labelled documents that always say where and by whom a line is done teach a model to lean on that, and
    it would find nothing in documents that do not. Only evidence that speaks for the pair is taken away:
    where it is what tells two lines apart, nobody could give the same answer without it. An agency is taken
    away from all, since it is among the words of the place, too.
    """
    found = [given]
    for column, (least, weight) in gaps.items():
        known = given.evidence[column]
        some = given.some((known.is_not_null() & (known.fill_null(-1.0) >= least)).to_numpy())
        empty = pl.lit(None, dtype=known.dtype).alias(column)
        found.append(
            Labels(some.evidence.with_columns(empty), some.same, some.weight * weight, some.group)
        )
    return together(found)


def together(found: list[Labels]) -> Labels:
    """Return pairs behind each other; those of one group number stay of one group."""
    return Labels(
        pl.concat([one.evidence for one in found]),
        np.concatenate([one.same for one in found]),
        np.concatenate([one.weight for one in found]),
        np.concatenate([one.group for one in found]),
    )
