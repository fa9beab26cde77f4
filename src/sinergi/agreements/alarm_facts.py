"""What alarms rest on: each fact with the day from which it could be known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sinergi.agreements.billing import Price, Ration


@dataclass(frozen=True, slots=True)
class TariffFact:
    """A tariff; `price.lawful_since` counts only from the day `basis_known`."""

    known: date
    price: Price
    basis_known: date | None = None


@dataclass(frozen=True, slots=True)
class QuotaFact:
    """What a party may bring each day."""

    known: date
    party: int
    ration: Ration


@dataclass(frozen=True, slots=True)
class VolumeFact:
    """What came in a month, by day; without a party all together."""

    known: date
    month: date
    per_day: Decimal
    party: int | None = None


@dataclass(frozen=True, slots=True)
class PayerFact:
    """That a party pays for what it brings."""

    known: date
    party: int


@dataclass(frozen=True, slots=True)
class CapacityFact:
    """What a facility was built for, by day."""

    known: date
    per_day: Decimal


@dataclass(frozen=True, slots=True)
class ServiceFact:
    """A service with all that is known of it."""

    known: date
    number: int
    begins: date
    ends: date | None = None
    tariffs: tuple[TariffFact, ...] = ()
    payers: tuple[PayerFact, ...] = ()
    quotas: tuple[QuotaFact, ...] = ()
    volumes: tuple[VolumeFact, ...] = ()
    capacity: tuple[CapacityFact, ...] = ()

    def runs(self, day: date) -> bool:
        """Whether it is given on a day."""
        return self.begins <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class BudgetFact:
    """What the budget of a party holds for a year; `amount` of 0 with `has_none`: no line."""

    known: date
    party: int
    year: int
    amount: Decimal | None = None
    has_none: bool = False


@dataclass(frozen=True, slots=True)
class OwedFact:
    """Money that a party owes in a year by fixed dues."""

    known: date
    party: int
    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BillFact:
    """A bill that was issued.

    Attributes
    ----------
    paid
        The day on which all of it was paid.
    part, part_on
        What was paid of it so far where it is not all, and since when that is so.
    """

    known: date
    number: int
    party: int
    due: date
    amount: Decimal
    paid: date | None = None
    part: Decimal = Decimal(0)
    part_on: date | None = None

    def open(self, day: date) -> Decimal:
        """Return what is still owed on a day."""
        if self.paid is not None and self.paid <= day:
            return Decimal(0)
        return self.amount - (self.part if self.part_on is not None and self.part_on <= day else 0)


@dataclass(frozen=True, slots=True)
class WordsFact:
    """An obligation that says neither how much nor when; `number` is the one it has in its agreement."""

    known: date
    obligation: int
    number: int
    party: int


@dataclass(frozen=True, slots=True)
class LateFact:
    """Days on which something of an obligation was late without a break.

    Attributes
    ----------
    known
        The first day on which it was late.
    due
        When what was late first fell due.
    over
        The first day on which nothing of it was late any more; `None`: something still is.
    """

    known: date
    obligation: int
    number: int
    party: int
    due: date
    over: date | None = None

    def holds(self, day: date) -> bool:
        """Whether something of it is late on a day."""
        return self.known <= day and (self.over is None or day < self.over)


@dataclass(frozen=True, slots=True)
class LeftFact:
    """A party that left, and the first day on which nothing was open of what fell or falls due from it.

    Attributes
    ----------
    known
        The day on which it left.
    settled
        `None`: something is open.
    """

    known: date
    party: int
    settled: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of an agreement.

    Attributes
    ----------
    known
        The day from which the agreement itself could be known.
    signed
        The day on which it was signed; `None`: not, or not known.
    done
        Days on which something was fulfilled or brought.
    succeeded
        The day from which another agreement is known to follow it.
    ended
        The day on which it ceased to hold.
    holds
        The day from which it is in force; `None`: it is not, or that is not known.
    weighed
        Days on which somebody began to extend, renew or end it, or evaluated it, within a year of its end.
    """

    known: date
    signed: date | None = None
    ends: date | None = None
    ended: date | None = None
    succeeded: date | None = None
    done: tuple[date, ...] = ()
    services: tuple[ServiceFact, ...] = ()
    budgets: tuple[BudgetFact, ...] = ()
    owed: tuple[OwedFact, ...] = ()
    bills: tuple[BillFact, ...] = ()
    holds: date | None = None
    weighed: tuple[date, ...] = ()
    words: tuple[WordsFact, ...] = ()
    late: tuple[LateFact, ...] = ()
    left: tuple[LeftFact, ...] = ()


def late_spans(dues: Iterable[tuple[date, date | None]]) -> list[tuple[date, date, date | None]]:
    """Return when something was late: the day it first fell due, the first late day, the first day without.

    Parameters
    ----------
    dues
        When each fell due, and when it was done; `None`: not yet. However many there are, spans in which
        something was late without a break are one.
    """
    found: list[tuple[date, date, date | None]] = []
    for due, done in sorted(dues, key=lambda one: one[0]):
        since = due + timedelta(days=1)
        if done is not None and done <= since:
            continue
        if found and (found[-1][2] is None or since <= found[-1][2]):
            first, begun, over = found[-1]
            over = None if over is None or done is None else max(over, done)
            found[-1] = (first, begun, over)
        else:
            found.append((due, since, done))
    return found
