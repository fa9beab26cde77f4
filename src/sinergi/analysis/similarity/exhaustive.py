"""All pairs of lines: the reference that blocks are compared with, for few lines."""

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.similarity.lines import Lines

Rows = NDArray[np.int64]


def all_pairs(lines: Lines, *, within_plans: bool) -> tuple[Rows, Rows]:
    """Return the rows of all pairs, first below second, of different plans unless `within_plans`."""
    a, b = np.triu_indices(len(lines.id), k=1)
    keep = np.full(len(a), True) if within_plans else lines.plan[a] != lines.plan[b]
    return a[keep].astype(np.int64), b[keep].astype(np.int64)
