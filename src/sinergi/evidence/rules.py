"""What a period and a value may be. Pure functions."""

import math
import re

PERIOD = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")
YEAR_FIRST, YEAR_LAST = 1900, 2100


def is_period(text: str) -> bool:
    """Return whether `text` is a year (`2021`) or a month (`2021-08`) that can hold an observation."""
    match = PERIOD.fullmatch(text)
    return bool(match) and YEAR_FIRST <= int(text[:4]) <= YEAR_LAST


def fractional_year(period: str) -> float:
    """Return a period as a number of years: `2021` is 2021.0, `2021-08` is 2021 + 7/12.

    Raises
    ------
    ValueError
        When it is not a period.
    """
    match = PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(period)
    return int(match[1]) + (int(match[2]) - 1) / 12 if match[2] else float(match[1])


def span(first: str, last: str) -> str:
    """Return the span of two periods as text: `2021`, or `2018–2023`."""
    return first if first == last else f"{first}–{last}"


def within_bounds(value: float, minimum: float | None, maximum: float | None) -> bool:
    """Return whether a value is finite and inside the bounds of its indicator."""
    return (
        math.isfinite(value)
        and (minimum is None or value >= minimum)
        and (maximum is None or value <= maximum)
    )
