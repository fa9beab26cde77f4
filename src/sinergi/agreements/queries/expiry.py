"""What ends when: agreements that somebody may read, by month, and those past their end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, State
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.register import Line, lines, past_end

NEAR = (30, 60, 90)
"""Days before the end by which agreements are grouped."""
MOST = 300
"""Agreements on the page; how many more there are is told."""


@dataclass(frozen=True, slots=True)
class Month:
    """The agreements that end in a month, the earliest first."""

    first: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Expiry:
    """What ends, seen from a day.

    Attributes
    ----------
    past
        Living, although their last day is over: the longest first.
    near
        For 30, 60 and 90 days how many end within them.
    left
        How many do not fit on the page.
    """

    past: tuple[Line, ...]
    past_count: int
    near: tuple[tuple[int, int], ...]
    months: tuple[Month, ...]
    left: int


def expiry(by: Principal, today: date, until: date) -> Expiry:
    """Return what ends up to a day, and what should have been ended."""
    rows = reading.agreements(by)
    over = rows.filter(past_end(today)).order_by("ends", "pk")
    living = rows.filter(state=State.LIVING, ends__gte=today)
    near = [(n, living.filter(ends__lte=today + timedelta(days=n)).count()) for n in NEAR]
    coming = living.filter(ends__lte=until).order_by("ends", "pk")
    count = coming.count()
    return Expiry(
        tuple(lines(over[:MOST], today)),
        over.count(),
        tuple(near),
        by_month(lines(coming[:MOST], today)),
        max(0, count - MOST),
    )


def by_month(found: Iterable[Line]) -> tuple[Month, ...]:
    """Return lines by the month in which their agreements end, in order."""
    months: dict[date, list[Line]] = {}
    for one in found:
        months.setdefault(_month(one.agreement), []).append(one)
    return tuple(Month(first, tuple(rows)) for first, rows in sorted(months.items()))


def _month(row: Agreement) -> date:
    assert row.ends is not None
    return row.ends.replace(day=1)
