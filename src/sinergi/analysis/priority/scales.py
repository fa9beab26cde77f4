"""Criteria and what puts them on one scale: range, rank, vector length, distance to a target, fixed ends."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.errors import InputError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SCALES = ("min_max", "fixed", "rank", "vector", "target")
SHAPES = ("usual", "linear", "gaussian")


@dataclass(frozen=True, slots=True)
class Criterion:
    """How the values of one criterion are read.

    Attributes
    ----------
    code
        Name by which errors refer to it.
    rises
        Whether more is better.
    scale
        ``min_max`` over the alternatives; ``fixed`` between `low` and `high`; ``rank`` as a share;
        ``vector`` divided by the Euclidean length; ``target`` by the distance to `target`.
    low, high
        Ends of a ``fixed`` scale, in the unit of the criterion.
    target
        The best value of a ``target`` scale.
    shape
        Preference function of PROMETHEE: ``usual``, ``linear``, ``gaussian``.
    indifference, preference, veto
        Differences, in the unit of the criterion, up to which nobody cares, from which on the
        preference is full, and from which on an alternative cannot be outranked by the worse one. NaN:
        5% and 25% of the range of the values, and no veto.
    """

    code: str
    rises: bool = True
    scale: str = "min_max"
    low: float = np.nan
    high: float = np.nan
    target: float = np.nan
    shape: str = "linear"
    indifference: float = np.nan
    preference: float = np.nan
    veto: float = np.nan


@dataclass(frozen=True, slots=True)
class Table:
    """Alternatives by criteria.

    Attributes
    ----------
    values
        (n, p) in the unit of each criterion; NaN where nothing is known.
    criteria
        p criteria.
    weights
        (p,) not negative, sum 1.
    """

    values: Floats
    criteria: tuple[Criterion, ...]
    weights: Floats
    utilities: Floats = field(init=False)
    """(n, p) in [0, 1], 1 the best; NaN where nothing is known, or where what is known makes no scale."""

    def __post_init__(self) -> None:
        """Check the shapes and put the values on one scale.

        Raises
        ------
        InputError
        """
        _check(self)
        object.__setattr__(self, "utilities", utilities(self.values, self.criteria))

    @property
    def rises(self) -> Bools:
        """(p,) whether more is better."""
        return np.array([one.rises for one in self.criteria], dtype=bool)

    @property
    def silent(self) -> Bools:
        """(n, p) where there is a value, and no scale to put it on: it counts neither for nor against."""
        return np.isfinite(self.values) & ~np.isfinite(self.utilities)

    def rows(self, rows: NDArray[np.int64]) -> "Table":
        """Return the table of these alternatives only, put on scale anew."""
        return Table(self.values[rows], self.criteria, self.weights)

    def weighing(self, weights: Floats) -> "Table":
        """Return the same table under other weights."""
        return Table(self.values, self.criteria, weights)


def table(values: Floats, criteria: tuple[Criterion, ...], weights: Floats) -> Table:
    """Return a table whose weights are made to sum to 1.

    Raises
    ------
    InputError
        When the shapes do not fit, a weight is negative, or none is positive.
    """
    weights = np.asarray(weights, dtype=float)
    if not np.isfinite(weights).all() or (weights < 0).any() or not weights.sum() > 0:
        raise InputError(
            "The weights must not be negative, and one must be above zero.",
            "weights",
            "Give at least one criterion a weight.",
        )
    return Table(np.asarray(values, dtype=float), tuple(criteria), weights / weights.sum())


def _check(given: Table) -> None:
    n, p = given.values.shape if given.values.ndim == 2 else (0, -1)
    if p != len(given.criteria) or given.weights.shape != (p,) or not n or not p:
        raise InputError(
            "Values, criteria and weights do not fit each other.",
            "values",
            "Give one row for each alternative and one column and weight for each criterion.",
        )
    for one in given.criteria:
        if one.scale not in SCALES or one.shape not in SHAPES:
            raise InputError(
                "There is no scale “{scale}” or shape “{shape}”.",
                one.code,
                "Choose one of those that there are.",
                scale=one.scale,
                shape=one.shape,
            )
        if one.scale == "fixed" and not one.low < one.high:
            raise InputError(
                "A fixed scale needs a low end below its high end.", one.code, "Give both ends."
            )
        if one.scale == "target" and not np.isfinite(one.target):
            raise InputError("A target is missing.", one.code, "Give the target.")


def utilities(values: Floats, criteria: tuple[Criterion, ...]) -> Floats:
    """Return values (n, p) on [0, 1], 1 the best; NaN where nothing is known.

    A scale that is made of the values has no ends where they are all equal, or where there is one only: such
    a criterion is NaN for all. Any number in its place would lift or lower those who have a value against
    those whose value is missing. That a criterion whose range is zero weighs nothing is the principle of
    range sensitivity. A ``fixed`` scale has its ends without the values.

    References
    ----------
    von Nitzsch, R. and Weber, M. (1993). The effect of attribute ranges on weights in multiattribute utility
    measurements. Management Science 39(8), 937-943.
    Keeney, R. L. and Raiffa, H. (1976). Decisions with Multiple Objectives. Wiley, section 3.7.
    """
    columns = [_utility(values[:, c], one) for c, one in enumerate(criteria)]
    result: Floats = np.column_stack(columns)
    return result


def _utility(values: Floats, one: Criterion) -> Floats:
    there = np.isfinite(values)
    result = np.full(len(values), np.nan)
    if one.scale == "fixed" or not flat(oriented_by(values, one)):
        known = values[there]
        if one.scale == "target":
            far = np.abs(known - one.target)
            result[there] = min_max(far, rises=False, low=0.0)
        elif one.scale == "rank":
            result[there] = rank_share(known, rises=one.rises)
        elif one.scale == "vector":
            result[there] = vector(known, rises=one.rises)
        elif one.scale == "fixed":
            result[there] = min_max(known, rises=one.rises, low=one.low, high=one.high)
        else:
            result[there] = min_max(known, rises=one.rises)
    return result


def flat(values: Floats) -> bool:
    """Return whether values (n,) tell nobody from another: all that are there are equal, or none is."""
    known = values[np.isfinite(values)]
    return not len(known) or bool(np.ptp(known) == 0)


def min_max(
    values: Floats, *, rises: bool, low: float | None = None, high: float | None = None
) -> Floats:
    """Return ``(x - low) / (high - low)`` clipped to [0, 1], turned round where less is better.

    Parameters
    ----------
    values
        (n,) without NaN; not all equal, unless both ends are given.
    low, high
        Ends of the scale; without them the extremes of the values.
    """
    bottom = values.min() if low is None else low
    top = values.max() if high is None else high
    share = np.clip((values - bottom) / (top - bottom), 0.0, 1.0)
    return share if rises else 1.0 - share


def vector(values: Floats, *, rises: bool) -> Floats:
    """Return ``x / sqrt(sum x²)``, or 1 less that where less is better, clipped to [0, 1].

    References
    ----------
    Hwang, C.-L. and Yoon, K. (1981). Multiple Attribute Decision Making. Springer.
    """
    share = values / float(np.sqrt((values**2).sum()))
    result: Floats = np.clip(share if rises else 1.0 - share, 0.0, 1.0)
    return result


def rank_share(values: Floats, *, rises: bool) -> Floats:
    """Return the share of the other alternatives that each is better than; equals count half."""
    signed = values if rises else -values
    order = np.sort(signed)
    below = np.searchsorted(order, signed, side="left")
    upto = np.searchsorted(order, signed, side="right")
    result: Floats = (below + (upto - below - 1) / 2.0) / (len(values) - 1)
    return result


def thresholds(values: Floats, criteria: tuple[Criterion, ...]) -> tuple[Floats, Floats, Floats]:
    """Return indifference, preference and veto (p,) with the defaults filled in; see `Criterion`."""
    filled = np.where(np.isfinite(values), values, np.nan)
    low, high = np.full(len(criteria), np.nan), np.full(len(criteria), np.nan)
    known = np.isfinite(filled).any(axis=0)
    low[known], high[known] = (
        np.nanmin(filled[:, known], axis=0),
        np.nanmax(filled[:, known], axis=0),
    )
    span = np.where(known, high - low, 0.0)
    q = np.array([one.indifference for one in criteria])
    p = np.array([one.preference for one in criteria])
    q = np.where(np.isfinite(q), q, 0.05 * span)
    p = np.where(np.isfinite(p), p, 0.25 * span)
    return q, np.maximum(p, q), np.array([one.veto for one in criteria])


def oriented(given: Table) -> Floats:
    """Return values (n, p) of which more is better: turned round, or less the distance to a target."""
    columns = [oriented_by(given.values[:, c], one) for c, one in enumerate(given.criteria)]
    result: Floats = np.column_stack(columns)
    return result


def oriented_by(values: Floats, one: Criterion) -> Floats:
    """Return values (n,) of one criterion as `oriented` does."""
    if one.scale == "target":
        return -np.abs(values - one.target)
    return values if one.rises else -values
