"""What may be written about an obligation, what falls due by it, and how that follows changes. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.agreements.models import DueState, ObligationKind
from sinergi.agreements.schedule_words import fault_of
from sinergi.agreements.schedules import (
    DueDay,
    Kind,
    Schedule,
    ScheduleError,
    due_days,
    leap_day,
)
from sinergi.agreements.services import FIRST_DAY, LAST_DAY, MOST, amount_faults
from sinergi.programs.amounts import LARGEST, Unclear, read_number

LENGTHS = {"text": 8000, "unit": 40, "indicator": 200, "target": 120, "account": 40, "clause": 40}
INDEX_LINE = re.compile(r"^\s*([0-9]{4})\s*[:=;\t ]\s*(\S.*?)\s*$")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ObligationDetails:
    """What is written about an obligation; fields are those of `Obligation`."""

    kind: str
    debtor: int | None
    text: str
    creditor: int | None = None
    quantity: Decimal | None = None
    unit: str = ""
    amount: Decimal | None = None
    schedule: Schedule = field(default_factory=Schedule)
    indicator: str = ""
    target: str = ""
    account: str = ""
    clause: str = ""


def in_words_only(quantity: Decimal | None, amount: Decimal | None, schedule: Schedule) -> bool:
    """Whether an obligation has neither number nor day, so that nothing can be counted or late."""
    nothing = quantity is None and amount is None
    return nothing and schedule.kind is Kind.NEVER and not schedule.per_unit


def obligation_faults(
    details: ObligationDetails,
    parties: Collection[int],
    begins: date | None,
    ends: date | None,
    before: Schedule | None = None,
) -> dict[str, str]:
    """Return what is wrong with the details of an obligation, by field of the form.

    Parameters
    ----------
    begins, ends
        First and last day of the agreement, where they are known.
    before
        The schedule that stood there: days outside the agreement may stay.
    """
    faults = too_long(details, LENGTHS)
    if not details.text:
        faults["text"] = _("Write what is owed, in the words of the agreement.")
    if details.kind not in ObligationKind.values:
        faults["kind"] = _("Choose one of the list.")
    if details.debtor not in parties:
        faults["debtor"] = _("Choose a party of this agreement.")
    if details.creditor is not None and details.creditor not in parties:
        faults["creditor"] = _("Choose a party of this agreement.")
    elif details.creditor is not None and details.creditor == details.debtor:
        faults["creditor"] = _("Nobody owes something to himself.")
    faults |= _number_faults(details)
    return faults | _schedule_faults(details, begins, ends, before or Schedule())


def _number_faults(details: ObligationDetails) -> dict[str, str]:
    faults, number = {}, details.quantity
    if number is not None:
        if not number.is_finite() or abs(number) >= MOST or number != round(number, 4):
            faults["quantity"] = _("Too large, or more than four decimals.")
        elif number <= 0:
            faults["quantity"] = _("This must be more than zero.")
        elif not details.unit:
            faults["unit"] = _("Say in which unit it is counted, such as ton.")
    if details.amount is not None:
        faults |= amount_faults("amount", details.amount)
        if details.amount == 0:
            faults["amount"] = _("This must be more than zero.")
    return faults | _missing_amount(details)


def _missing_amount(details: ObligationDetails) -> dict[str, str]:
    schedule, amount = details.schedule, details.amount
    if schedule.per_unit and amount is not None:
        return {"amount": _("Leave it empty: the amount follows from quantity and tariff.")}
    needed = schedule.spread or schedule.growth is not None or schedule.index
    if needed and amount is None:
        return {"amount": _("Write the amount that is parted or that grows.")}
    return {}


def _schedule_faults(
    details: ObligationDetails, begins: date | None, ends: date | None, before: Schedule
) -> dict[str, str]:
    schedule = details.schedule
    years = [schedule.base_year] if schedule.base_year is not None else []
    for name in ("on", "first", "last"):
        day = getattr(schedule, name)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            return {name: _("This day cannot be meant: give one between 1945 and 2199.")}
    if any(not FIRST_DAY.year <= one <= LAST_DAY.year for one in years):
        return {"base_year": _("Write a year between 1945 and 2199.")}
    try:
        dues = due_days(schedule, begins, ends, details.amount)
    except ScheduleError as error:
        return fault_of(error)
    if any(one.amount is not None and one.amount > LARGEST for one in dues):
        return {"growth": _("It would grow beyond what can be kept.")}
    return _outside(schedule, begins, ends, before)


def _outside(
    schedule: Schedule, begins: date | None, ends: date | None, before: Schedule
) -> dict[str, str]:
    """Return which days of an interval lie outside the agreement, if somebody has just written them."""
    if schedule.kind in (Kind.NEVER, Kind.ONCE):
        return {}
    first, last = schedule.first, schedule.last
    if first is not None and begins is not None and first < begins and first != before.first:
        return fault_of(ScheduleError("first", "before_beginning"))
    if last is not None and ends is not None and last > ends and last != before.last:
        return fault_of(ScheduleError("last", "after_end"))
    return {}


def read_index(text: str) -> dict[int, Decimal]:
    """Return the series that lines such as `2025: 103,5` say.

    Raises
    ------
    ValueError
        With the line that is not understood.
    """
    found: dict[int, Decimal] = {}
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = INDEX_LINE.match(line)
        told = {"line": place, "text": line.strip()[:40]}
        if match is None:
            raise ValueError(_("Line %(line)s: “%(text)s”. Write 2025: 103,5.") % told)
        year = int(match[1])
        if year in found:
            raise ValueError(_("Line %(line)s: “%(text)s”. This year stands twice.") % told)
        try:
            found[year] = read_number(match[2])
        except Unclear:
            raise ValueError(_("Line %(line)s: “%(text)s”. Write 2025: 103,5.") % told) from None
    return found


def index_text(index: Mapping[int, Decimal]) -> str:
    """Return a series as somebody types it."""
    lines = (f"{year}: {one.normalize():f}".replace(".", ",") for year, one in index.items())
    return "\n".join(sorted(lines))


@dataclass(frozen=True, slots=True)
class YearSum:
    """What falls due in a year; `amount` is the sum of those whose amount is known."""

    year: int
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Preview:
    """All that would fall due.

    Attributes
    ----------
    unknown
        How many have no amount.
    leap
        It names 29 February, which most years do not have.
    """

    dues: tuple[DueDay, ...]
    years: tuple[YearSum, ...]
    total: Decimal
    unknown: int
    leap: bool


def preview(
    schedule: Schedule, begins: date | None, ends: date | None, amount: Decimal | None
) -> Preview:
    """Return all that falls due by a schedule.

    Raises
    ------
    ScheduleError
    """
    dues = wanted(schedule, begins, ends, amount)
    years = []
    for year in sorted({one.on.year for one in dues}):
        there = [one for one in dues if one.on.year == year]
        years.append(YearSum(year, len(there), _sum(there)))
    unknown = sum(one.amount is None for one in dues)
    return Preview(tuple(dues), tuple(years), _sum(dues), unknown, leap_day(schedule))


def _sum(dues: Iterable[DueDay]) -> Decimal:
    return sum((one.amount for one in dues if one.amount is not None), Decimal(0))


def wanted(
    schedule: Schedule, begins: date | None, ends: date | None, amount: Decimal | None
) -> list[DueDay]:
    """Return what falls due by a schedule; of one that passed to another party nothing before that day.

    Raises
    ------
    ScheduleError
    """
    dues, since = due_days(schedule, begins, ends, amount), schedule.since
    return [one for one in dues if since is None or one.on >= since]


class Present(NamedTuple):
    """Something that falls due as it is kept."""

    number: int
    on: date
    first: date | None
    last: date | None
    amount: Decimal | None
    quantity: Decimal | None
    state: str


@dataclass(frozen=True, slots=True)
class Fit:
    """What has to be done so that what is kept follows a schedule; numbers are those of `Present`."""

    added: tuple[DueDay, ...] = ()
    changed: tuple[tuple[int, DueDay], ...] = ()
    removed: tuple[int, ...] = ()


def fit(
    dues: Sequence[DueDay],
    quantity: Decimal | None,
    present: Sequence[Present],
    since: date | None = None,
) -> Fit:
    """Return what changes so that what is open follows a schedule.

    What was fulfilled, in part or waived stays as it is, and is not due a second time: of a span that it
    covers partly, what is left falls due. What is open from before an obligation passed to another party
    (`since`) stays, too.
    """
    open_ones = {one.on: one for one in present if one.state == DueState.OPEN}
    settled = [one for one in present if one.state != DueState.OPEN]
    due = {one.on: one for one in still_due(dues, settled)}
    changed = [
        (open_ones[on].number, one)
        for on, one in due.items()
        if on in open_ones and not _same(open_ones[on], one, quantity)
    ]
    removed = [
        one.number
        for on, one in open_ones.items()
        if on not in due and (since is None or on >= since)
    ]
    added = [one for on, one in due.items() if on not in open_ones]
    return Fit(tuple(added), tuple(changed), tuple(removed))


def ending(present: Iterable[Present], ended_on: date) -> Fit:
    """Return what changes where an obligation has ended: nothing is open after it, nothing is added."""
    return Fit(
        removed=tuple(
            one.number for one in present if one.state == DueState.OPEN and one.on > ended_on
        )
    )


def _same(there: Present, due: DueDay, quantity: Decimal | None) -> bool:
    return (there.first, there.last, there.amount, there.quantity) == (*due[1:], quantity)


def still_due(dues: Iterable[DueDay], settled: Sequence[Present]) -> Iterator[DueDay]:
    """Yield what of some dues is not settled yet."""
    days = {one.on for one in settled}
    for one in dues:
        met = [each for each in settled if _touch(each, one)]
        if one.on in days:
            continue
        if not met:
            yield one
        elif (rest := _rest(one, met)) is not None:
            yield rest


def _touch(there: Present, due: DueDay) -> bool:
    if there.first is None or there.last is None or due.first is None or due.last is None:
        return there.first is None and due.first is None
    return there.first <= due.last and due.first <= there.last


def _rest(due: DueDay, met: Sequence[Present]) -> DueDay | None:
    """Return what is left of something due of which other days settled a part; `None`: nothing."""
    if due.first is None or due.last is None:
        return None
    first = due.first
    for one in sorted(met, key=lambda each: each.on):
        if one.first is not None and one.last is not None and one.first <= first <= one.last:
            first = one.last + ONE_DAY
    if first > due.last:
        return None
    if due.amount is None:
        return DueDay(due.on, first, due.last, None)
    amount = due.amount - sum((one.amount or Decimal(0) for one in met), Decimal(0))
    return DueDay(due.on, first, due.last, amount) if amount > 0 else None
