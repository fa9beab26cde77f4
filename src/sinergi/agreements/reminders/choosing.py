"""Which reminder of a day is due on another: pure, so that a run repeated or late chooses the same."""

from collections.abc import Sequence
from datetime import date

USUAL = (90, 60, 30, 7, 0)
"""Days before, where an agreement names none: a default, taken from the practice of Samarinda [S21]."""
WEEK = 7
MOST_LATE = 4
"""Times that somebody is reminded of what is late, a week apart."""
FURTHEST = 730
"""Days before, at most, that an agreement may name."""
BACK = 90
"""Days after which nothing is reminded of anew: what is late longer stands in the register."""


def due(on: date, day: date, days: Sequence[int] = USUAL) -> int | None:
    """Return the reminder of the day `on` that stands on `day`: the latest that was reached.

    Earlier ones that nobody made, because no worker ran, are not caught up. After the day it is negative:
    -7, -14, -21, -28. `None` when none is reached, when the agreement wants none, or it is too long ago.
    """
    left = (on - day).days
    if not days or left < -BACK:
        return None
    if left <= -WEEK:
        return -WEEK * min(-left // WEEK, MOST_LATE)
    return min((one for one in days if one >= max(left, 0) and one >= 0), default=None)
