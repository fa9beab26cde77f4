"""Weights from swings, points and data, and those of several people as one."""

from dataclasses import dataclass

import numpy as np

from sinergi.analysis.errors import InputError
from sinergi.analysis.priority.scales import Floats


def shares(points: Floats) -> Floats:
    """Return points (p,) as shares that sum to 1: direct weights, or swings with 100 for the largest.

    In swing weighting a person says how much it is worth to bring each criterion from its worst value
    to its best, the largest swing being 100.

    Raises
    ------
    InputError
        When one is negative or not a number, or none is above zero.

    References
    ----------
    von Winterfeldt, D. and Edwards, W. (1986). Decision Analysis and Behavioral Research. Cambridge
    University Press (swing weights).
    """
    points = np.asarray(points, dtype=float)
    if not np.isfinite(points).all() or (points < 0).any() or not points.sum() > 0:
        raise InputError(
            "Weights must be numbers from zero, and one must be above zero.",
            "weights",
            "Give at least one criterion points.",
        )
    result: Floats = points / points.sum()
    return result


def equal(count: int) -> Floats:
    """Return the same weight for each of `count` criteria."""
    return np.full(count, 1.0 / count)


def entropy(values: Floats) -> Floats:
    """Return weights (p,) by how unevenly the values (n, p) of each criterion are spread.

    Values must not be negative; NaN is left out. Where all criteria are even, all weigh the same.

    References
    ----------
    Shannon, C. E. (1948); as weights: Zeleny, M. (1982). Multiple Criteria Decision Making.
    """
    spread = np.array([_unevenness(column[np.isfinite(column)]) for column in values.T])
    return shares(spread) if spread.sum() > 1e-12 else equal(len(spread))


def _unevenness(known: Floats) -> float:
    if len(known) < 2 or not known.sum() > 0:
        return 0.0
    share = known / known.sum()
    share = share[share > 0]
    return float(max(1.0 + (share * np.log(share)).sum() / np.log(len(known)), 0.0))


def critic(utilities: Floats) -> Floats:
    """Return weights (p,) by spread and by how little a criterion repeats the others (CRITIC).

    Parameters
    ----------
    utilities
        (n, p) in [0, 1]; alternatives with a missing value are left out.

    References
    ----------
    Diakoulaki, D., Mavrotas, G. and Papayannakis, L. (1995). Determining objective weights in multiple
    criteria problems: the CRITIC method. Computers & Operations Research 22(7), 763-770.
    """
    whole = utilities[np.isfinite(utilities).all(axis=1)]
    if len(whole) < 3:
        return equal(utilities.shape[1])
    spread = whole.std(axis=0, ddof=1)
    centred = whole - whole.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    product = np.outer(length, length)
    alike = np.divide(centred.T @ centred, product, out=np.zeros_like(product), where=product > 0)
    told = spread * (1.0 - alike).sum(axis=1)
    return shares(told) if told.sum() > 1e-12 else equal(len(told))


@dataclass(frozen=True, slots=True)
class GroupWeights:
    """Weights of several people as one.

    Attributes
    ----------
    weights
        (p,) geometric mean, made to sum to 1.
    low, high
        (p,) smallest and largest weight that somebody gives.
    people
        How many.
    """

    weights: Floats
    low: Floats
    high: Floats
    people: int

    @property
    def spread(self) -> Floats:
        """(p,) how far apart the people are."""
        return self.high - self.low


LEAST = 1e-3
"""A weight of zero is read as this in a geometric mean: one person alone cannot strike a criterion."""


def group(weights: Floats) -> GroupWeights:
    """Return the geometric mean of the weights (people, p); a criterion with zero from all stays zero.

    References
    ----------
    Aczél, J. and Saaty, T. L. (1983). Procedures for synthesizing ratio judgements. Journal of
    Mathematical Psychology 27(1), 93-102.
    """
    each = np.array([shares(row) for row in np.atleast_2d(weights)])
    mean = np.exp(np.log(np.maximum(each, LEAST)).mean(axis=0))
    mean[(each == 0).all(axis=0)] = 0.0
    return GroupWeights(shares(mean), each.min(axis=0), each.max(axis=0), len(each))
