"""What alarms rest on: each fact with the day from which it could be known."""

from dataclasses import dataclass
from datetime import date
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
    """A bill that was issued."""

    known: date
    number: int
    party: int
    due: date
    amount: Decimal
    paid: date | None = None


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
