"""Disparity: how unequal regions are, and how much of it lies between groups of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sinergi.analysis.methods.checks import FloatArray, numbers, same_shape


@dataclass(frozen=True, slots=True, eq=False)
class TheilParts:
    """A Theil index split over groups of regions; `between` + `within` = `total`."""

    total: float
    between: float
    within: float
    groups: tuple[str, ...]
    """Names of the groups, sorted."""
    inequality: FloatArray
    """(groups,) the Theil index inside each group."""
    share: FloatArray
    """(groups,) each group's share of all income: its weight in `within`."""


def williamson(y: ArrayLike, population: ArrayLike) -> float:
    """Compute Williamson's index: the population-weighted coefficient of variation.

    V_w = √(Σ_r (y_r − ȳ)²·f_r / n) / ȳ with ȳ = Σ y_r f_r / n. Authors differ on ȳ; the weighted mean is
    used, which is the income per head of all regions together.

    Parameters
    ----------
    y
        (regions,) income or GRDP per head, zero or positive.
    population
        (regions,) persons.

    Returns
    -------
    float
        0 when all are equal; no upper bound of practical use. NaN when a value is missing, or the mean or
        the population is zero.

    Raises
    ------
    InputError
        On negative values or shapes that do not fit.

    References
    ----------
    Williamson, J. G. (1965). Regional inequality and the process of national development. Economic
    Development and Cultural Change 13(4), 1–84.
    """
    values, weights, mean = _weighted(y, population)
    if not mean > 0:
        return float("nan")
    return float(np.sqrt(((values - mean) ** 2 * weights).sum()) / mean)


def theil(y: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Compute Theil's T: Σ_r s_r · ln(s_r / p_r), with s income shares and p population shares.

    Parameters
    ----------
    y
        (regions,) income per head, zero or positive.
    weights
        (regions,) persons; by default every region counts as one.

    Returns
    -------
    float
        0 when all are equal, at most ln of total weight over the smallest. NaN when a value is missing or
        the total is zero.

    Raises
    ------
    InputError
        On negative values or shapes that do not fit.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland, ch. 4.
    """
    values, shares, mean = _weighted(y, _ones(y) if weights is None else weights)
    if not mean > 0:
        return float("nan")
    relative = values / mean
    logs = np.log(np.where(relative > 0, relative, 1.0))
    return max(float((shares * relative * logs).sum()), 0.0)


def decompose(
    y: ArrayLike, groups: NDArray[np.str_] | list[str], weights: ArrayLike | None = None
) -> TheilParts:
    """Split Theil's T into inequality between groups of regions and within them.

    T = Σ_g s_g·ln(s_g / p_g) + Σ_g s_g·T_g. Parameters and errors as in `theil`; `groups` names the group
    of each region (for example its province).

    References
    ----------
    Theil, H. (1967), ch. 4; Akita, T. (2003). Decomposing regional income inequality in China and
    Indonesia. Annals of Regional Science 37, 55–77.
    """
    values = numbers(y, "y", 1)
    persons = numbers(_ones(y) if weights is None else weights, "weights", 1)
    labels = np.asarray(groups, dtype=np.str_)
    same_shape("y, groups, weights", values, labels, persons)
    names = np.unique(labels)
    members = labels == names[:, np.newaxis]
    income = np.array([(values * persons)[own].sum() for own in members])
    people = np.array([persons[own].sum() for own in members])
    inside = np.array([theil(values[own], persons[own]) for own in members])
    populated = people > 0
    means = np.divide(income, people, out=np.zeros_like(income), where=populated)
    between = theil(means, people)
    share = income / income.sum() if income.sum() > 0 else np.full(len(names), np.nan)
    within = float((share * np.where(income == 0, 0.0, inside)).sum())
    return TheilParts(between + within, between, within, tuple(map(str, names)), inside, share)


def gini(y: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Compute the Gini coefficient: Σ_r Σ_q p_r p_q |y_r − y_q| / (2ȳ).

    Computed from the Lorenz curve, in n log n. Parameters and errors as in `theil`.

    Returns
    -------
    float
        In [0, 1). NaN when a value is missing or the total is zero.

    References
    ----------
    Gini, C. (1912). Variabilità e mutabilità. Bologna. Sen, A. (1973). On Economic Inequality. Clarendon.
    """
    values, shares, mean = _weighted(y, _ones(y) if weights is None else weights)
    if not mean > 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    people, income = shares[order], (shares * values)[order] / mean
    lorenz = np.cumsum(income)
    area = (people * (lorenz - income / 2.0)).sum()
    return max(float(1.0 - 2.0 * area), 0.0)


def _weighted(y: ArrayLike, weights: ArrayLike) -> tuple[FloatArray, FloatArray, float]:
    values, given = numbers(y, "y", 1), numbers(weights, "weights", 1)
    same_shape("y, weights", values, given)
    total = given.sum()
    if not total > 0:
        return values, given, float("nan")
    shares = given / total
    return values, shares, float((values * shares).sum())


def _ones(y: ArrayLike) -> FloatArray:
    return np.ones(np.shape(np.asarray(y)))
