"""What a party owes for what it brought in a month, and what its quota would cost in a year. Pure."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

RUPIAH = Decimal(1)
"""Bills are whole rupiah, halves up: an expert default; no regulation that was read says it otherwise."""
ROUNDING = ROUND_HALF_UP
SMALLEST = Decimal("0.0001")
"""Quantities have four decimals, as they are stored."""


class Why(StrEnum):
    """Why a part of a month costs nothing."""

    NO_TARIFF = "no_tariff"
    NO_BASIS = "no_basis"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Price:
    """What a unit costs.

    Attributes
    ----------
    amount
        Rupiah for one unit.
    since, until
        First and last day; `None`: until another follows.
    lawful_since
        From which day a regulation allows to ask for it; `None`: none is known.
    """

    amount: Decimal
    since: date
    until: date | None = None
    lawful_since: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is agreed for a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def is_lawful(self, day: date) -> bool:
        """Whether it may be asked for on a day."""
        return self.lawful_since is not None and self.lawful_since <= day


@dataclass(frozen=True, slots=True)
class Ration:
    """How much may be brought each day, from a day to a day; empty ends are open."""

    per_day: Decimal
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is of a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A span of days of a month under one price.

    Attributes
    ----------
    quantity
        Of these days: the share of the month by days, as no day's own quantity is known.
    price
        Rupiah for a unit; 0 with `why`.
    """

    first: date
    last: date
    quantity: Decimal
    price: Decimal
    amount: Decimal
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """What a month costs a party.

    Attributes
    ----------
    quantity, amount
        The sums of the lines; exact.
    quota
        What the party might have brought in the month; `None` where no quota is known.
    """

    lines: tuple[Line, ...]
    quantity: Decimal
    amount: Decimal
    quota: Decimal | None

    @property
    def over(self) -> Decimal:
        """How much was brought beyond the quota; 0 where none is known."""
        return max(self.quantity - self.quota, Decimal(0)) if self.quota is not None else Decimal(0)

    @property
    def reasons(self) -> tuple[Why, ...]:
        """Why parts of it cost nothing, each once."""
        return tuple(dict.fromkeys(one.why for one in self.lines if one.why is not None))


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of a day."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def days_within(first: date, last: date, since: date | None, until: date | None) -> list[date]:
    """Return the days of a span that lie within another, whose empty ends are open."""
    begin = max(first, since) if since is not None else first
    end = min(last, until) if until is not None else last
    return [begin + timedelta(days=one) for one in range((end - begin).days + 1)]


def quantity_of(quantity: Decimal, per_day: bool, days: int) -> Decimal:
    """Return what was brought in so many days: a daily mean counts for each of them."""
    return quantity * days if per_day else quantity


def charge(
    month: date,
    quantity: Decimal,
    prices: Sequence[Price],
    *,
    per_day: bool = False,
    rations: Sequence[Ration] = (),
    since: date | None = None,
    until: date | None = None,
) -> Charge:
    """Return what a party owes for what it brought in a month.

    Parameters
    ----------
    month
        Any day of it.
    quantity
        Brought in the month, or by day with `per_day`.
    since, until
        Days on which the party joined and left, and the service began and ended: other days do not count.

    Notes
    -----
    Where the price changes within the month, the quantity is shared out by days. What was free because no
    regulation allowed to ask for it stays free: nothing is claimed afterwards.
    """
    days = days_within(*month_of(month), since, until)
    brought = quantity_of(quantity, per_day, len(days))
    spans = _spans(days, prices)
    counts = [(last - first).days + 1 for first, last, _price, _why in spans]
    shares = _shared(brought, counts)
    lines = tuple(
        Line(first, last, share, price, _amount(share, price), why)
        for (first, last, price, why), share in zip(spans, shares, strict=True)
    )
    total = sum((one.amount for one in lines), Decimal(0))
    return Charge(lines, brought, total, quota_of(days, rations))


def correction(standing: Sequence[Line], quantity: Decimal) -> tuple[Line, ...]:
    """Return by how much each span of a month differs if another quantity was brought than was billed.

    Parameters
    ----------
    standing
        What the bill says, one line for each span of days, together with corrections made before.

    Notes
    -----
    The price of each span is the one by which it was billed. Bill and correction together come to what the
    bill would have been, to the rupiah; spans that do not differ are left out.
    """
    counts = [(one.last - one.first).days + 1 for one in standing]
    found = []
    for line, share in zip(standing, _shared(quantity, counts), strict=True):
        amount = _amount(share, line.price) - line.amount
        if share != line.quantity or amount:
            differs = replace(line, quantity=share - line.quantity, amount=amount)
            found.append(differs)
    return tuple(found)


def together(lines: Iterable[Line], more: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines with what corrections of the same days add to them."""
    added = list(more)
    return tuple(
        replace(
            line,
            quantity=line.quantity + sum((one.quantity for one in mine), Decimal(0)),
            amount=line.amount + sum((one.amount for one in mine), Decimal(0)),
        )
        for line in lines
        for mine in [[one for one in added if one.first == line.first]]
    )


def quota_of(days: Iterable[date], rations: Sequence[Ration]) -> Decimal | None:
    """Return what may be brought on days together; `None` where no day has a quota."""
    found = [
        next((one.per_day for one in reversed(rations) if one.holds(day)), None) for day in days
    ]
    known = [one for one in found if one is not None]
    return sum(known, Decimal(0)) if known else None


def year_at_quota(year: int, rations: Sequence[Ration], price: Decimal) -> tuple[Decimal, int]:
    """Return what a year costs if the quota is used on every day, and how many days it has."""
    days = days_within(date(year, 1, 1), date(year, 12, 31), None, None)
    quantity = quota_of(days, rations) or Decimal(0)
    return _amount(quantity, price), len(days)


def _spans(
    days: Sequence[date], prices: Sequence[Price]
) -> list[tuple[date, date, Decimal, Why | None]]:
    """Return the spans of days that have one price, or one reason to be free."""
    spans: list[tuple[date, date, Decimal, Why | None]] = []
    for day in days:
        price, why = _price_on(day, prices)
        if spans and spans[-1][2:] == (price, why):
            spans[-1] = (spans[-1][0], day, price, why)
        else:
            spans.append((day, day, price, why))
    return spans


def _price_on(day: date, prices: Sequence[Price]) -> tuple[Decimal, Why | None]:
    """Return the price of a day; the one agreed last counts where several hold."""
    holding = sorted((one for one in prices if one.holds(day)), key=lambda one: one.since)
    if not holding:
        return Decimal(0), Why.NO_TARIFF
    price = holding[-1]
    if not price.amount:
        return Decimal(0), Why.FREE
    return (price.amount, None) if price.is_lawful(day) else (Decimal(0), Why.NO_BASIS)


def _shared(quantity: Decimal, counts: Sequence[int]) -> list[Decimal]:
    """Share a quantity out by days; what rounding leaves goes to the last span, so that the sum is exact."""
    total = sum(counts)
    if not total:
        return []
    shares = [(quantity * one / total).quantize(SMALLEST) for one in counts[:-1]]
    return [*shares, quantity - sum(shares, Decimal(0))]


def _amount(quantity: Decimal, price: Decimal) -> Decimal:
    return (quantity * price).quantize(RUPIAH, rounding=ROUNDING)
