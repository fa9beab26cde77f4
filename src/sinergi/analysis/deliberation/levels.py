"""How much each voter approves in all, and whether these levels lie in two clumps."""

import numpy as np

from sinergi.analysis.deliberation.clusters import Floats, centred

SAMPLES = 999
EVEN = 1e-12
"""Levels that differ by less than this are the same."""


def levels(answers: Floats) -> Floats:
    """Return the mean (b, n) of each voter's answers (b, n, m), each less the mean of its item."""
    given = np.maximum(np.isfinite(answers).sum(axis=2), 1)
    result: Floats = centred(answers, by_voter=False).sum(axis=2) / given
    return result


def spread(level: Floats) -> Floats:
    """Return the variance (b,) of the levels (b, n)."""
    result: Floats = level.var(axis=1)
    return result


def clumps_by_chance(level: Floats, rng: np.random.Generator) -> float:
    """Return how often evenly spread levels lie in two clumps as clearly as the levels (n,) do.

    The uniform distribution is the one of a single hump that looks most like two; measured is the share
    of the variance that the best split into two leaves within its parts.

    References
    ----------
    Hartigan, J. A. and Hartigan, P. M. (1985). The dip test of unimodality. Annals of Statistics 13,
    70-84 (the uniform as the reference).
    """
    if spread(level[None])[0] < EVEN:
        return 1.0
    even = variance_within(rng.random((SAMPLES, len(level))))
    as_good = int((even <= variance_within(level[None])[0] + EVEN).sum())
    return (1 + as_good) / (1 + SAMPLES)


def variance_within(values: Floats) -> Floats:
    """Return the share (b,) of the variance of `values` (b, n) within the parts of the best split in two."""
    ordered = np.sort(values - values.mean(axis=1, keepdims=True), axis=1)
    number = values.shape[1]
    first = np.arange(1, number)
    below = ordered.cumsum(axis=1)[:, :-1]
    between = below**2 * (1 / first + 1 / (number - first))
    result: Floats = 1 - between.max(axis=1) / (ordered**2).sum(axis=1)
    return result
