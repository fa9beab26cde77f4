"""What may be written about services, quotas, tariffs and volumes: fields, numbers, days in order. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.agreements.models import Quota
from sinergi.programs.amounts import LARGEST, unclear_text
from sinergi.reference.rupiah import minor

SERVICE_LENGTHS = {"name": 200, "unit": 40, "source": 300}
QUOTA_LENGTHS = {"source": 300}
TARIFF_LENGTHS = {"basis": 200, "basis_number": 120, "source": 300}
MOST = Decimal(10) ** 13
FIRST_DAY, LAST_DAY = date(1945, 8, 17), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """What is written about a service; fields are those of `Service`."""

    name: str
    unit: str
    provider: int | None
    capacity: Decimal | None = None
    begins: date | None = None
    ends: date | None = None
    source: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class QuotaDetails:
    """What is written about a quota; fields are those of `Quota`."""

    party: int | None
    per_day: Decimal | None
    kind: str = Quota.Kind.OPERATING.value
    since: date | None = None
    until: date | None = None
    source: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class TariffDetails:
    """What is written about a tariff; fields are those of `Tariff`."""

    amount: Decimal | None
    since: date | None
    until: date | None = None
    agreed_on: date | None = None
    basis: str = ""
    basis_number: str = ""
    basis_on: date | None = None
    source: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class VolumeDetails:
    """What came in a month; `party` of `None`: all together. `quantity` of `None` takes the figure out."""

    party: int | None
    month: date
    quantity: Decimal | None
    per_day: bool = False
    estimated: bool = False
    source: str = ""
    known_on: date | None = None


def service_faults(
    details: ServiceDetails, parties: Collection[int], today: date
) -> dict[str, str]:
    """Return what is wrong with the details of a service, by field."""
    faults = too_long(details, SERVICE_LENGTHS)
    if not details.name:
        faults["name"] = _("Say what is done, such as taking in waste.")
    if not details.unit:
        faults["unit"] = _("Say in which unit it is counted, such as ton.")
    if details.provider not in parties:
        faults["provider"] = _("Choose the party that does it.")
    faults |= _number("capacity", details.capacity, needed=False)
    faults |= _span(details.begins, details.ends, "begins", "ends")
    return faults | _known(details.known_on, today)


def quota_faults(details: QuotaDetails, parties: Collection[int], today: date) -> dict[str, str]:
    """Return what is wrong with the details of a quota, by field."""
    faults = too_long(details, QUOTA_LENGTHS)
    if details.party not in parties:
        faults["party"] = _("Choose a party of this agreement.")
    if details.kind not in Quota.Kind.values:
        faults["kind"] = _("Choose one of the list.")
    faults |= _number("per_day", details.per_day)
    faults |= _span(details.since, details.until, "since", "until")
    return faults | _known(details.known_on, today)


def tariff_faults(details: TariffDetails, today: date) -> dict[str, str]:
    """Return what is wrong with the details of a tariff, by field."""
    faults = too_long(details, TARIFF_LENGTHS)
    if details.amount is None:
        faults["amount"] = _("Write an amount.")
    else:
        faults |= amount_faults("amount", details.amount)
    if details.since is None:
        faults["since"] = _("Say from which day it holds.")
    if details.basis_number and not details.basis:
        faults["basis"] = _("Name the regulation whose number this is.")
    if details.basis_on is not None and not details.basis:
        faults["basis"] = _("Name the regulation that is of this day.")
    faults |= _span(details.since, details.until, "since", "until")
    for name in ("agreed_on", "basis_on"):
        day = getattr(details, name)
        if day is not None and day > today:
            faults[name] = _("This day is still to come.")
    return faults | _known(details.known_on, today)


def volume_faults(
    details: VolumeDetails,
    parties: Collection[int],
    today: date,
    closed: Collection[tuple[int | None, date]],
) -> dict[str, str]:
    """Return what is wrong with a volume, by field.

    Parameters
    ----------
    closed
        Party and month of bills that are closed: their volumes do not change.
    """
    faults = {}
    if details.party is not None and details.party not in parties:
        faults["party"] = _("Choose a party of this agreement.")
    if not FIRST_DAY <= details.month <= today:
        faults["month"] = _("This month is still to come, or cannot be meant.")
    if (details.party, details.month.replace(day=1)) in closed:
        faults["month"] = _(
            "This month was billed from the volume as it stands. Open its bill and correct it with a bill of "
            "a later month."
        )
    return faults | _number("quantity", details.quantity, needed=False)


def amount_faults(name: str, amount: Decimal) -> dict[str, str]:
    """Return why an amount of rupiah cannot be kept, by field."""
    try:
        minor(amount)
    except (ValueError, ArithmeticError):
        return {name: unclear_text("fraction" if amount.is_finite() else "words")}
    if amount < 0:
        return {name: unclear_text("negative")}
    return {name: unclear_text("large")} if amount > LARGEST else {}


def volume_number_faults(name: str, value: Decimal) -> dict[str, str]:
    """Return why a quantity cannot be kept, by field."""
    return _number(name, value)


def _number(name: str, value: Decimal | None, *, needed: bool = True) -> dict[str, str]:
    if value is None:
        return {name: _("Write a number.")} if needed else {}
    if not value.is_finite():
        return {name: _("Write a number.")}
    if value < 0:
        return {name: _("This cannot be negative.")}
    if value >= MOST or value != round(value, 4):
        return {name: _("Too large, or more than four decimals.")}
    return {}


def _span(first: date | None, last: date | None, begin: str, end: str) -> dict[str, str]:
    faults = {}
    for name, day in ((begin, first), (end, last)):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            faults[name] = _("This day cannot be meant: give one between 1945 and 2199.")
    if not faults and first is not None and last is not None and last < first:
        faults[end] = _("It ends before it begins.")
    return faults


def _known(day: date | None, today: date) -> dict[str, str]:
    if day is not None and not FIRST_DAY <= day <= today:
        return {"known_on": _("It cannot be known from a day to come.")}
    return {}
