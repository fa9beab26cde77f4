"""Weighs normalised indicators into one score per region, with the coverage of its evidence."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Scores(NamedTuple):
    """Score and coverage of each region for one side of one object."""

    score: Floats
    """(n,) in [0, 1]; NaN without any evidence."""
    coverage: Floats
    """(n,) in [0, 1]: weighted share of the indicators that have an observation recent enough."""
    shares: Floats
    """(n, k): weight of each indicator after leaving out what is missing; rows sum to 1."""


def weighted_score(normalised: Floats, weights: Floats) -> Scores:
    """Return the weighted mean of the indicators that are there.

    A missing indicator lowers the coverage. It is never replaced by zero or by a mean.

    Parameters
    ----------
    normalised
        (n, k) in [0, 1]; NaN where there is no observation or it is too old.
    weights
        (k,) positive; only their proportions matter.
    """
    there = ~np.isnan(normalised)
    present = there * weights
    total = present.sum(axis=1)
    shares = np.divide(
        present, total[:, None], out=np.zeros_like(present), where=total[:, None] > 0
    )
    score = np.where(total > 0, (shares * np.where(there, normalised, 0.0)).sum(axis=1), np.nan)
    return Scores(score, total / weights.sum(), shares)
