"""Derived indicators of one moment: sums, ratios, shares, quotients, gaps and balances."""

import numpy as np

from sinergi.analysis.derive.frame import DerivationInput, Derived, need_inputs
from sinergi.analysis.derive.reading import (
    aligned,
    distinct,
    divide,
    latest,
    mean_of,
    pick,
    recent,
    same_period,
)
from sinergi.analysis.errors import InputError


def total(given: DerivationInput) -> Derived:
    """Add up the inputs (`sum`): Σ x_k in the last period that has all of them.

    Inputs: one or more. Parameters: `factor` (1). NaN where no period has every part.
    """
    need_inputs(given, 1)
    parts = same_period(given, given.inputs)
    return parts.result(parts.values.sum(axis=0) * given.number("factor", 1.0))


def ratio(given: DerivationInput) -> Derived:
    """Divide the first input by the second: a / b · factor, in the last common period.

    Where a region has no common period, the latest of each is used and the span of the result
    shows it.
    Inputs: a, b. Parameters: `factor` (1). NaN where b is zero.
    """
    need_inputs(given, 2, 2)
    parts = latest(given, given.inputs)
    return parts.result(divide(parts.values[0], parts.values[1]) * given.number("factor", 1.0))


def difference(given: DerivationInput) -> Derived:
    """Subtract the second input from the first: (a − b) · factor; periods as in `ratio`."""
    need_inputs(given, 2, 2)
    parts = latest(given, given.inputs)
    return parts.result((parts.values[0] - parts.values[1]) * given.number("factor", 1.0))


def scale(given: DerivationInput) -> Derived:
    """Multiply the latest value by a factor: x · factor. Parameters: `factor` (required)."""
    need_inputs(given, 1, 1)
    parts = latest(given, given.inputs)
    return parts.result(parts.values[0] * given.number("factor"))


def share(given: DerivationInput) -> Derived:
    """Take the first input's share of the sum of all distinct inputs, in percent, of one period.

    Inputs: the part, then the whole list (the part may be repeated in it).
    NaN where a part is missing or the sum is zero.
    """
    need_inputs(given, 2)
    parts = same_period(given, distinct(given.inputs))
    return parts.result(100.0 * divide(parts.values[0], parts.values.sum(axis=0)))


def lq(given: DerivationInput) -> Derived:
    """Compute the location quotient of the first of the distinct inputs, against the nation.

    LQ = (x_r / Σ x_r) / (X / ΣX), X from the `nation` rows of the same period.
    Inputs: the sector, then the list of sectors (the sector may be repeated in it).
    Source: Isard (1960), Methods of Regional Analysis, ch. 7.

    Raises
    ------
    InputError
        When an input is a fact or has no national row.
    """
    names = distinct(given.inputs)
    need_inputs(given, 2)
    for name in names:
        if name not in given.nation:
            raise InputError(
                "The location quotient needs the nation's row of “{name}”.",
                "nation",
                "Load the national values of every sector.",
                name=name,
            )
    sectors, periods = aligned(given, names)
    nation = aligned(_nation(given, names), names)[0][:, 0, :]
    here = divide(sectors[0], sectors.sum(axis=0))
    there = divide(nation[0], nation.sum(axis=0))
    return pick(divide(here, there), periods)


def gap_to_national_median(given: DerivationInput) -> Derived:
    """Compare with the median of all regions in the same period: (x / median − 1) · 100 percent.

    Inputs: one series. Parameters: `periods` (1), how many of a region's last recorded periods are
    averaged. NaN where the median is zero.
    """
    need_inputs(given, 1, 1)
    values, periods = given.table(given.inputs[0])
    known = np.isfinite(values)
    gaps = np.full(values.shape, np.nan)
    for column in np.flatnonzero(known.any(axis=0)):
        median = np.median(values[known[:, column], column])
        gaps[:, column] = 100.0 * (divide(values[:, column], float(median)) - 1.0)
    return mean_of(recent(gaps, periods, int(given.number("periods", 1.0))), 1)


def normative_balance(given: DerivationInput) -> Derived:
    """Divide production by normative need: a · factor / (population · need_per_capita).

    Above 1 the region produces more than its people need by the norm.
    Inputs: production, population. Parameters: `need_per_capita` (required; per person and year, in
    the unit of production after `factor`), `factor` (1; for example 1000 from tonnes to kg).
    """
    need_inputs(given, 2, 2)
    parts = latest(given, given.inputs)
    need = parts.values[1] * given.number("need_per_capita")
    return parts.result(divide(parts.values[0] * given.number("factor", 1.0), need))


def _nation(given: DerivationInput, names: tuple[str, ...]) -> DerivationInput:
    rows = {name: given.nation[name][np.newaxis, :] for name in names}
    return DerivationInput(names, rows, {name: given.periods[name] for name in names})
