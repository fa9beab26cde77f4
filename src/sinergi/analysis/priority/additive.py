"""Weighted sum, weighted product and TOPSIS, each with the interval that what is missing leaves open."""

from dataclasses import dataclass

import numpy as np

from sinergi.analysis.priority.scales import Bools, Floats, Table

LEAST = 1e-3
"""A utility of zero is read as this in a product, so that one worst value does not settle everything."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of one method; more is better.

    Attributes
    ----------
    score
        (n,) by what is known; NaN where nothing is that counts.
    low, high
        (n,) if all that is missing were as bad, or as good, as the scale allows; what has a value without
        a scale (`Table.silent`) is left out of them as of the score.
    """

    score: Floats
    low: Floats
    high: Floats


def coverage(given: Table) -> Floats:
    """Return the share (n,) of the weight whose criteria have a value, in [0, 1]."""
    result: Floats = np.isfinite(given.values).astype(float) @ given.weights
    return result


def weighted_sum(given: Table) -> Scores:
    """Return ``sum w u / sum w`` over the criteria that have a value, in [0, 1].

    `low` and `high` put 0 and 1 in the place of what is missing.

    References
    ----------
    Fishburn, P. C. (1967). Additive utilities with incomplete product sets. Operations Research 15(3).
    """
    return mean_of(given.utilities, given, worst=0.0, best=1.0)


def weighted_product(given: Table) -> Scores:
    """Return ``prod u^w``, the weighted geometric mean, over the criteria that have a value, in [0, 1].

    References
    ----------
    Miller, D. W. and Starr, M. K. (1969). Executive Decisions and Operations Research. Prentice-Hall.
    """
    logs = np.log(np.maximum(given.utilities, LEAST))
    found = mean_of(logs, given, worst=float(np.log(LEAST)), best=0.0)
    return Scores(np.exp(found.score), np.exp(found.low), np.exp(found.high))


def mean_of(parts: Floats, given: Table, *, worst: float, best: float) -> Scores:
    """Return the weighted means of parts (n, p), NaN where there is none, with their intervals.

    What is missing is put at `worst` and `best`; what has a value and no part is left out.
    """
    there: Bools = np.isfinite(parts)
    missing: Bools = ~np.isfinite(given.values)
    known = there.astype(float) @ given.weights
    unknown = missing.astype(float) @ given.weights
    summed = np.where(there, parts, 0.0) @ given.weights
    whole = known + unknown

    def shared(total: Floats, by: Floats, otherwise: float) -> Floats:
        result: Floats = np.divide(total, by, out=np.full(len(by), otherwise), where=by > 0)
        return result

    low = shared(summed + unknown * worst, whole, worst)
    high = shared(summed + unknown * best, whole, best)
    return Scores(shared(summed, known, np.nan), low, high)


def topsis(given: Table) -> Scores:
    """Return the closeness to the ideal, ``d- / (d+ + d-)``, in [0, 1].

    Distances are Euclidean on the weighted scale of each criterion, from the best and the worst value
    that any alternative has; what is missing adds to neither distance. Where all are equal each gets 1;
    who is known only where nobody differs is at no distance from either, and has no score.

    References
    ----------
    Hwang, C.-L. and Yoon, K. (1981). Multiple Attribute Decision Making. Springer, chapter 3.
    """
    weighted = given.utilities * given.weights
    there = np.isfinite(weighted)
    known = there.any(axis=0)
    top, bottom = np.zeros(weighted.shape[1]), np.zeros(weighted.shape[1])
    top[known] = np.nanmax(weighted[:, known], axis=0)
    bottom[known] = np.nanmin(weighted[:, known], axis=0)
    to_best = np.where(there, (weighted - top) ** 2, 0.0).sum(axis=1)
    to_worst = np.where(there, (weighted - bottom) ** 2, 0.0).sum(axis=1)
    lost = np.where(there, 0.0, (top - bottom) ** 2).sum(axis=1)
    score = _closeness(to_best, to_worst)
    telling = (given.weights > 0) & ((top > bottom) if (top > bottom).any() else True)
    score[~(there & telling).any(axis=1)] = np.nan
    return Scores(score, _closeness(to_best + lost, to_worst), _closeness(to_best, to_worst + lost))


def _closeness(to_best: Floats, to_worst: Floats) -> Floats:
    near, far = np.sqrt(to_best), np.sqrt(to_worst)
    total = near + far
    result: Floats = np.divide(far, total, out=np.ones_like(far), where=total > 0)
    return result
