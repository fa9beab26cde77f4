"""Ranks with ties, bands within the noise, and how far methods agree."""

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.priority.scales import Bools, Floats

TIE = 1e-9


def ranks(scores: Floats) -> Floats:
    """Return ranks (n,), 1 the highest score; equals share the best rank, NaN has none.

    Scores closer than `TIE` are equal.
    """
    result = np.full(len(scores), np.nan)
    known = np.flatnonzero(np.isfinite(scores))
    rounded = -np.round(scores[known] / TIE) * TIE
    result[known] = np.searchsorted(np.sort(rounded), rounded, side="left") + 1.0
    return result


def mean_ranks(scores: Floats) -> Floats:
    """Return ranks (n,) where equals share the mean of their places; NaN has none."""
    first = ranks(scores)
    known = np.isfinite(first)
    result = first.copy()
    _, inverse, count = np.unique(first[known], return_inverse=True, return_counts=True)
    result[known] = first[known] + (count[inverse] - 1) / 2.0
    return result


def possible_ranks(low: Floats, high: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the best and the worst rank (n,) that the intervals of the scores leave possible.

    Equals share the best rank, as in `ranks`.
    """
    best = 1 + len(low) - np.searchsorted(np.sort(low), high + TIE, side="right")
    above = len(high) - np.searchsorted(np.sort(high), low + TIE, side="right")
    worst = 1 + above - (high > low + TIE)
    worst = np.maximum(worst, best)
    return best.astype(np.int64), worst.astype(np.int64)


def bands(scores: Floats, drawn: Floats, *, sure: float = 0.9) -> NDArray[np.int64]:
    """Return bands (n,), 1 the best: within a band the order is within the noise; 0 without a score.

    The best alternative opens a band; the next ones belong to it as long as the one that opened it is
    ahead of them in less than the share `sure` of the draws; the first one clearly behind opens the next.

    Parameters
    ----------
    scores
        (n,) NaN where there is no claim.
    drawn
        (n, draws) scores when weights and what is missing are drawn again.
    """
    result = np.zeros(len(scores), dtype=np.int64)
    known = np.flatnonzero(np.isfinite(scores))
    order = known[np.argsort(-scores[known], kind="stable")]
    opener, band = -1, 0
    for one in order:
        if opener < 0 or (drawn[opener] > drawn[one] + TIE).mean() >= sure:
            opener, band = int(one), band + 1
        result[one] = band
    return result


def kendall_tau(first: Floats, second: Floats) -> float:
    """Return Kendall's tau-b of two sets of scores, by the alternatives that have both; NaN below two.

    References
    ----------
    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33(3), 239-251.
    """
    both: Bools = np.isfinite(first) & np.isfinite(second)
    if both.sum() < 2:
        return float("nan")
    from scipy.stats import kendalltau  # noqa: PLC0415 - half a second that other methods do not need

    return float(kendalltau(mean_ranks(first[both]), mean_ranks(second[both])).statistic)


def kendall_w(scores: Floats) -> float:
    """Return Kendall's coefficient of concordance of methods (methods, n), corrected for ties.

    1 where all methods order alike; NaN with fewer than two methods or alternatives.

    References
    ----------
    Kendall, M. G. and Babington Smith, B. (1939). The problem of m rankings. Annals of Mathematical
    Statistics 10(3), 275-287.
    """
    whole = scores[:, np.isfinite(scores).all(axis=0)]
    m, n = whole.shape
    if m < 2 or n < 2:
        return float("nan")
    placed = np.array([mean_ranks(row) for row in whole])
    squares = ((placed.sum(axis=0) - m * (n + 1) / 2.0) ** 2).sum()
    ties = 0.0
    for row in placed:
        count = np.unique(row, return_counts=True)[1].astype(float)
        ties += float((count**3 - count).sum())
    most = m**2 * (n**3 - n) - m * ties
    return float(12.0 * squares / most) if most > 0 else float("nan")
