"""PROMETHEE II: net flows from preferences between alternatives, criterion by criterion."""

from dataclasses import replace

import numpy as np

from sinergi.analysis.priority.additive import Scores, mean_of
from sinergi.analysis.priority.scales import Floats, Table, flat, oriented, thresholds

CHUNK = 2_000_000
"""Pairs held at once by a shape that must look at each pair."""


def promethee(given: Table) -> Scores:
    """Return net flows in [-1, 1]: the weighted mean of the flows of the criteria that have a value.

    With every value there this is PROMETHEE II as published. `low` and `high` let what is missing lose
    or win against everybody. Who has values, but none that tells anybody apart, has a net flow of 0.

    References
    ----------
    Brans, J. P., Vincke, P. and Mareschal, B. (1986). How to select and how to rank projects: the
    PROMETHEE method. European Journal of Operational Research 24(2), 228-238.
    """
    found = mean_of(flows(given), given, worst=-1.0, best=1.0)
    valued = (np.isfinite(given.utilities) & (given.weights > 0)).any(axis=1)
    return replace(found, score=np.where(valued & np.isnan(found.score), 0.0, found.score))


def flows(given: Table) -> Floats:
    """Return the net flow (n, p) of each alternative on each criterion, against those with a value.

    NaN where there is no value, and on criteria that tell nobody from another: they count for nobody.
    The shapes: ``usual`` prefers any difference fully; ``linear`` rises from the indifference to the
    preference threshold (type V); ``gaussian`` is ``1 - exp(-d² / 2s²)`` with the preference threshold
    as s (type VI).
    """
    values = oriented(given)
    q, p, _veto = thresholds(given.values, given.criteria)
    result = np.full(values.shape, np.nan)
    for c, one in enumerate(given.criteria):
        there = np.isfinite(values[:, c])
        known = values[there, c]
        if flat(known):
            continue
        if one.shape == "gaussian" and p[c] > 0:
            summed = _gaussian(known, p[c])
        elif one.shape == "linear" and p[c] > 0:
            summed = _ramp(known, q[c], p[c]) - _ramp(-known, q[c], p[c])
        else:
            order = np.sort(known)
            summed = np.searchsorted(order, known, "left") - (
                len(known) - np.searchsorted(order, known, "right")
            ).astype(float)
        result[there, c] = summed / (len(known) - 1)
    return result


def _ramp(values: Floats, q: float, p: float) -> Floats:
    """Return the sum over the others of ``clip((x - y - q) / (p - q), 0, 1)``, in n log n steps."""
    order = np.sort(values)
    before = np.concatenate([[0.0], np.cumsum(order)])
    if p <= q:
        return np.searchsorted(order, values - q, "left").astype(float)
    full = np.searchsorted(order, values - p, "right")
    some = np.searchsorted(order, values - q, "left")
    some = np.maximum(some, full)
    partial = (values - q) * (some - full) - (before[some] - before[full])
    result: Floats = full + partial / (p - q)
    return result


def _gaussian(values: Floats, s: float) -> Floats:
    step = max(CHUNK // len(values), 1)
    parts = []
    for start in range(0, len(values), step):
        gap = values[start : start + step, None] - values[None, :]
        parts.append((np.sign(gap) * -np.expm1(-(gap**2) / (2.0 * s * s))).sum(axis=1))
    return np.concatenate(parts)
