"""How derivations read their inputs: on common periods, at the latest period, over the last few."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.derive.frame import DerivationInput, Derived, FloatArray


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names without repetitions, in order."""
    return tuple(dict.fromkeys(names))


def aligned(given: DerivationInput, names: tuple[str, ...]) -> tuple[FloatArray, FloatArray]:
    """Put several inputs on the periods that all the series among them have.

    Returns
    -------
    values, periods
        (inputs, regions, periods) and (periods,). Facts are repeated over the periods; of facts
        alone there is one period, NaN.
    """
    dated = [name for name in names if name in given.series]
    common = _key(given.periods[dated[0]]) if dated else np.array([np.nan])
    for name in dated[1:]:
        common = np.intersect1d(common, _key(given.periods[name]))
    layers = []
    for name in names:
        values, periods = given.table(name)
        if name in given.series:
            layers.append(values[:, np.isin(_key(periods), common)])
        else:
            layers.append(np.broadcast_to(values, (given.regions, len(common))))
    return np.stack(layers), common


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The latest values of several inputs, region by region."""

    values: FloatArray
    """(inputs, regions)"""
    period_from: FloatArray
    """(regions,)"""
    period_to: FloatArray

    def result(self, values: FloatArray) -> Derived:
        """Return `values` with the span of the parts; no span where there is no value."""
        known = np.isfinite(values)
        return Derived(
            np.where(known, values, np.nan),
            np.where(known, self.period_from, np.nan),
            np.where(known, self.period_to, np.nan),
        )


def same_period(given: DerivationInput, names: tuple[str, ...]) -> Parts:
    """Return the values of the last period at which a region has all of `names`; otherwise NaN."""
    values, periods = aligned(given, names)
    complete = np.where(np.isfinite(values).all(axis=0), 0.0, np.nan)
    last, known = last_known(complete)
    if not len(periods):
        missing = np.full(given.regions, np.nan)
        return Parts(np.full((len(names), given.regions), np.nan), missing, missing)
    chosen = np.where(known, values[:, np.arange(given.regions), last], np.nan)
    when = np.where(known, periods[last], np.nan)
    dates = [when, *(np.full(given.regions, d) for d in _fact_dates(given, names))]
    return Parts(chosen, np.fmin.reduce(dates), np.fmax.reduce(dates))


def latest(given: DerivationInput, names: tuple[str, ...]) -> Parts:
    """Return values of the last common period; where a region has none, the latest of each."""
    together = same_period(given, names)
    apart = [pick(*given.table(name)) for name in names]
    known = np.isfinite(together.values).all(axis=0)
    return Parts(
        np.where(known, together.values, np.stack([part.values for part in apart])),
        np.where(known, together.period_from, np.fmin.reduce([p.period_from for p in apart])),
        np.where(known, together.period_to, np.fmax.reduce([p.period_to for p in apart])),
    )


def last_known(values: FloatArray) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Find each region's last period with a value in (regions, periods), and whether it has one."""
    known = np.isfinite(values)
    if not values.shape[1]:
        return np.zeros(len(values), dtype=np.intp), np.zeros(len(values), dtype=np.bool_)
    last = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return last, np.asarray(known.any(axis=1), dtype=np.bool_)


def pick(values: FloatArray, periods: FloatArray) -> Derived:
    """Return the last known value of each region of (regions, periods) with its period."""
    last, known = last_known(values)
    if not values.shape[1]:
        return nothing(len(values))
    chosen = np.where(known, values[np.arange(len(values)), last], np.nan)
    when = np.where(known, periods[last], np.nan)
    return Derived(chosen, when, when)


def nothing(regions: int) -> Derived:
    """Return a result in which every region is missing."""
    missing = np.full(regions, np.nan)
    return Derived(missing, missing, missing)


@dataclass(frozen=True, slots=True, eq=False)
class Recent:
    """The last few recorded values of each region, oldest first; NaN before the first of them."""

    values: FloatArray
    """(regions, n)"""
    periods: FloatArray
    """(regions, n)"""
    count: NDArray[np.intp]
    """(regions,) how many values there are."""


def recent(values: FloatArray, periods: FloatArray, n: int) -> Recent:
    """Return the last `n` recorded values of each region of (regions, periods)."""
    values = np.concatenate([np.full((len(values), n), np.nan), values], axis=1)
    periods = np.concatenate([np.full(n, np.nan), periods])
    known = np.isfinite(values)
    order = np.argsort(known, axis=1, kind="stable")[:, -n:]
    chosen = np.take_along_axis(np.where(known, values, np.nan), order, axis=1)
    when = np.where(np.isfinite(chosen), periods[order], np.nan)
    return Recent(chosen, when, np.isfinite(chosen).sum(axis=1))


def mean_of(window: Recent, least: int) -> Derived:
    """Average each region's values; NaN where there are fewer than `least`."""
    enough = window.count >= max(least, 1)
    mean = divide(np.nansum(window.values, axis=1), window.count.astype(np.float64))
    return dated(np.where(enough, mean, np.nan), window)


def dated(values: FloatArray, window: Recent) -> Derived:
    """Return `values` with the span of the window behind each."""
    missing = ~np.isfinite(values)
    first = np.fmin.reduce(window.periods, axis=1, initial=np.nan)
    last = np.fmax.reduce(window.periods, axis=1, initial=np.nan)
    return Derived(
        np.where(missing, np.nan, values),
        np.where(missing, np.nan, first),
        np.where(missing, np.nan, last),
    )


def divide(above: FloatArray, below: FloatArray | float) -> FloatArray:
    """Divide; NaN where the divisor is zero."""
    divisor = np.broadcast_to(np.asarray(below, dtype=np.float64), above.shape)
    quotient: FloatArray = np.full(above.shape, np.nan)
    np.divide(above, divisor, out=quotient, where=divisor != 0)
    return quotient


def _fact_dates(given: DerivationInput, names: tuple[str, ...]) -> list[float]:
    return [
        given.fact_periods[name]
        for name in names
        if name not in given.series and name in given.fact_periods
    ]


def _key(periods: FloatArray) -> FloatArray:
    return np.asarray(np.round(periods, 4), dtype=np.float64)
