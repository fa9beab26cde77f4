"""What an agreement says, as its documents are filled from it: values without the database."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ORDINALS = (
    "KESATU",
    "KEDUA",
    "KETIGA",
    "KEEMPAT",
    "KELIMA",
    "KEENAM",
    "KETUJUH",
    "KEDELAPAN",
    "KESEMBILAN",
    "KESEPULUH",
    "KESEBELAS",
)


def called(place: int) -> str:
    """Return how a text calls the party at a place: `PIHAK KESATU`; beyond eleven by its number."""
    return f"PIHAK {ORDINALS[place - 1]}" if place <= len(ORDINALS) else f"PIHAK KE-{place}"


@dataclass(frozen=True, slots=True)
class PartyData:
    """A party; `place` is 1..n among those that have not left.

    Attributes
    ----------
    province
        Name of the province in which it is a regency or city, or which it is; empty where it is neither.
    is_province
        Whether it is a province itself.
    government
        Whether it is a region's government.
    """

    pk: int
    place: int
    name: str
    agency: str = ""
    representative: str = ""
    office: str = ""
    address: str = ""
    duty: str = ""
    province: str = ""
    is_province: bool = False
    government: bool = True

    @property
    def called(self) -> str:
        """How a text calls it."""
        return called(self.place)


@dataclass(frozen=True, slots=True)
class ObligationData:
    """What a party owes; `debtor` and `creditor` are numbers of parties, no creditor: to all.

    Attributes
    ----------
    due
        When it falls due, as a text says it; see `when.falls_due`.
    per_unit
        What it costs follows from volumes and a tariff.
    """

    number: int
    debtor: int
    creditor: int | None
    text: str
    quantity: Decimal | None = None
    unit: str = ""
    amount: Decimal | None = None
    target: str = ""
    money: bool = False
    due: str = ""
    per_unit: bool = False


@dataclass(frozen=True, slots=True)
class QuotaData:
    """How much a party may bring each day."""

    party: int
    per_day: Decimal
    design: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TariffData:
    """What a unit costs from a day on."""

    amount: Decimal
    since: date
    until: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ServiceData:
    """What is done by quantity."""

    name: str
    unit: str
    provider: int
    capacity: Decimal | None = None
    quotas: tuple[QuotaData, ...] = ()
    tariffs: tuple[TariffData, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureData:
    """An indicator with what it was and what it shall be."""

    name: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    target_on: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentData:
    """An agreement as its documents say it.

    Attributes
    ----------
    author
        Number of the party whose letter it is; `None` for what all sign.
    left
        Names of parties that have left.
    grounds
        How it may end, in words of the pack.
    """

    title: str = ""
    number: str = ""
    dated: date | None = None
    family: str = ""
    object_name: str = ""
    background: str = ""
    purpose: str = ""
    scope: str = ""
    place: str = ""
    benefits: str = ""
    impact: str = ""
    funding: str = ""
    begins: date | None = None
    ends: date | None = None
    author: int | None = None
    parties: tuple[PartyData, ...] = ()
    left: tuple[str, ...] = ()
    obligations: tuple[ObligationData, ...] = ()
    services: tuple[ServiceData, ...] = ()
    measures: tuple[MeasureData, ...] = ()
    grounds: tuple[str, ...] = field(default=())

    def party(self, pk: int | None) -> PartyData | None:
        """Return a party that has not left."""
        return next((one for one in self.parties if one.pk == pk), None)
