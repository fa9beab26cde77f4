"""What bills say of an obligation whose amount follows volumes and a tariff; pure functions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sinergi.agreements.models import DueState


@dataclass(frozen=True, slots=True)
class Billed:
    """A bill that was issued and not cancelled: its month, what it asks for and what was paid on it.

    Attributes
    ----------
    settled
        All of it was paid, or there was nothing to pay.
    """

    month: date
    amount: Decimal
    paid: Decimal
    paid_on: date | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of something due, by its bills."""

    state: DueState
    done_on: date | None = None
    done_amount: Decimal | None = None


def months_of(first: date, last: date) -> Iterator[date]:
    """Yield the first day of each month that a span touches."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield date(year, month, 1)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def standing(first: date, last: date, bills: Iterable[Billed]) -> Standing | None:
    """Return where something due for a span stands by the bills of who owes it.

    It is fulfilled once every month of the span has a bill and all of them are settled. `None` where no
    month has one: then bills say nothing of it.
    """
    wanted = set(months_of(first, last))
    mine = [one for one in bills if one.month in wanted]
    if not mine:
        return None
    paid = sum((one.paid for one in mine), Decimal(0))
    days = [one.paid_on for one in mine if one.paid_on is not None]
    last_day = max(days, default=None)
    if {one.month for one in mine} == wanted and all(one.settled for one in mine):
        return Standing(DueState.FULFILLED, last_day, paid)
    return Standing(DueState.PARTLY, last_day, paid) if paid else Standing(DueState.OPEN)
