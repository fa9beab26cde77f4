"""Derived indicators over time: growth, change, means, volatility and the frequency of events."""

from dataclasses import dataclass

import numpy as np

from sinergi.analysis.derive.frame import DerivationInput, Derived, FloatArray, need_inputs
from sinergi.analysis.derive.reading import aligned, dated, distinct, divide, mean_of, recent
from sinergi.analysis.errors import InputError

ALL_YEARS = 9999.0
"""The last year to count where a declaration names none."""


def growth(given: DerivationInput) -> Derived:
    """Compute compound annual growth of the sum of the inputs, in percent.

    From the first to the last recorded period: ((x_last / x_first)^(1 / years) − 1) · 100.
    Inputs: one or more series, summed period by period.
    Parameters: `min_years` (1); `until`, the last year to count. NaN where the span is shorter, or an
    end is zero or negative.
    """
    ends = _ends(given)
    sound = (ends.first > 0) & (ends.last > 0) & np.isfinite(ends.years)
    first, last = np.where(sound, ends.first, 1.0), np.where(sound, ends.last, 1.0)
    yearly = 100.0 * ((last / first) ** (1.0 / np.where(sound, ends.years, 1.0)) - 1.0)
    return ends.result(np.where(sound, yearly, np.nan))


def change(given: DerivationInput) -> Derived:
    """Compute the average yearly change of the sum of the inputs, in their unit per year.

    (x_last − x_first) / years. Inputs and parameters as in `growth`; values may be negative.
    """
    ends = _ends(given)
    return ends.result((ends.last - ends.first) / ends.years)


def mean_recent(given: DerivationInput) -> Derived:
    """Average the last recorded periods of the sum of the inputs.

    Parameters: `periods` (required), how many; `least` (= `periods`), how many a region must have.
    """
    need_inputs(given, 1)
    n = _whole(given, "periods")
    return mean_of(recent(*_summed(given), n), int(given.number("least", n)))


def volatility(given: DerivationInput) -> Derived:
    """Compute the coefficient of variation of the last recorded periods, in percent.

    s / x̄ · 100 with the sample standard deviation s (n − 1). Parameters as in `mean_recent`;
    at least two values are needed. NaN where the mean is zero.
    """
    need_inputs(given, 1)
    n = _whole(given, "periods")
    window = recent(*_summed(given), n)
    enough = window.count >= max(int(given.number("least", n)), 2)
    mean = divide(np.nansum(window.values, axis=1), window.count.astype(np.float64))
    squares = np.nansum((window.values - mean[:, np.newaxis]) ** 2, axis=1)
    deviation = np.sqrt(squares / np.maximum(window.count - 1, 1))
    return dated(np.where(enough, 100.0 * divide(deviation, mean), np.nan), window)


def frequency(given: DerivationInput) -> Derived:
    """Count recorded events per year over a window of whole years.

    Σ events in the window / years in the window. Such registers write down what happened and leave
    out what did not, so an absent value means zero — but only in a region that reports, that is,
    with at least one record in the window among the companions. Any other region is NaN.

    Inputs: one or more series of event counts, added up. Parameters: `from`, `to` (first and last
    year of the window; by default all years of the companions), `companions` (names with commas; by
    default all series given).
    """
    need_inputs(given, 1)
    companions = distinct((*given.inputs, *(given.names("companions") or tuple(given.series))))
    start, end = _window(given, companions)
    reporting = np.zeros(given.regions, dtype=np.bool_)
    events = np.zeros(given.regions)
    for name in companions:
        values, periods = given.table(name)
        inside = values[:, (periods >= start) & (periods < end + 1)]
        reporting |= np.isfinite(inside).any(axis=1)
        if name in given.inputs:
            events += np.nansum(inside, axis=1)
    return Derived(
        np.where(reporting, events / (end - start + 1), np.nan),
        np.where(reporting, start, np.nan),
        np.where(reporting, end, np.nan),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    first: FloatArray
    last: FloatArray
    period_from: FloatArray
    period_to: FloatArray
    years: FloatArray
    """NaN where the span is too short."""

    def result(self, values: FloatArray) -> Derived:
        known = np.isfinite(values)
        return Derived(
            np.where(known, values, np.nan),
            np.where(known, self.period_from, np.nan),
            np.where(known, self.period_to, np.nan),
        )


def _ends(given: DerivationInput) -> _Ends:
    need_inputs(given, 1)
    least = given.number("min_years", 1.0)
    values, periods = _summed(given)
    counted = ~(periods >= given.number("until", ALL_YEARS) + 1)
    values, periods = values[:, counted], periods[counted]
    window = recent(values, periods, max(values.shape[1], 1))
    rows = np.arange(given.regions)
    start = np.minimum(window.values.shape[1] - window.count, window.values.shape[1] - 1)
    begun, ended = window.periods[rows, start], window.periods[:, -1]
    years = ended - begun
    long_enough = np.where((years > 0) & (years >= least - 1e-6), years, np.nan)
    return _Ends(window.values[rows, start], window.values[:, -1], begun, ended, long_enough)


def _summed(given: DerivationInput) -> tuple[FloatArray, FloatArray]:
    values, periods = aligned(given, distinct(given.inputs))
    return values.sum(axis=0), periods


def _window(given: DerivationInput, companions: tuple[str, ...]) -> tuple[float, float]:
    years = np.concatenate([given.table(name)[1] for name in companions])
    years = np.floor(years[np.isfinite(years)])
    first = given.number("from", float(years.min()) if len(years) else None)
    last = given.number("to", float(years.max()) if len(years) else None)
    if last < first:
        raise InputError(
            "The window ends ({last:.0f}) before it begins ({first:.0f}).",
            "parameters",
            "Correct “from” and “to” in the declaration of the indicator.",
            first=first,
            last=last,
        )
    return first, last


def _whole(given: DerivationInput, parameter: str) -> int:
    return max(int(given.number(parameter)), 1)
