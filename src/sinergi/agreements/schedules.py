"""When an obligation falls due and for how much; pure functions, rupiah exact.

Spans follow the calendar, as budgets do: months, quarters, halves of a year, years. The first and the last
are cut where the agreement begins and ends. A day that a month does not have is its last day, so that 31
means “the last day of the month” and 29 February is 28 February in years without it.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from sinergi.agreements.parting import parted, rounded

MOST = 1_200
"""Dues that one obligation can have: monthly for a century."""
LONGEST_YEARS = 150
ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """How often something falls due; never: it holds all the time and has no day."""

    NEVER = ""
    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMESTER = "semester"
    YEARLY = "yearly"
    SEASONAL = "seasonal"


class When(StrEnum):
    """In which month the day lies: the first of the span, its last, or the one that follows it."""

    ADVANCE = "advance"
    END = "end"
    AFTER = "after"


class Partial(StrEnum):
    """What a span that is cut by the beginning or the end of the agreement costs."""

    PRORATED = "prorated"
    FULL = "full"


MONTHS = {Kind.MONTHLY: 1, Kind.QUARTERLY: 3, Kind.SEMESTER: 6, Kind.YEARLY: 12, Kind.SEASONAL: 1}
ROUNDINGS = (1, 100, 1000)


class ScheduleError(ValueError):
    """A schedule that says nothing clear: `code` is of `schedule_words`, `field` names what is wrong."""

    def __init__(self, field_name: str, code: str) -> None:
        super().__init__(code)
        self.field, self.code = field_name, code


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something falls due.

    Attributes
    ----------
    on
        Of `ONCE`: the day.
    first, last
        Days between which it runs, where it is not the whole agreement.
    since
        Nothing falls due before it: of an obligation that passed to another party.
    day
        Of the month, 1 to 31; a day that the month lacks is its last day.
    month
        Of `YEARLY`: the month in which it falls due; 0: as `when` says.
    months
        Of `SEASONAL`: each of them is a span.
    spread
        The amount is that of all spans together, parted by their days; otherwise it is that of each.
    per_unit
        The amount follows from volumes and a tariff: none is known here.
    growth
        Percent a year by which the amount grows from `base_year` on.
    index
        Instead of it a series, year to value; the amount is that of `base_year`. A year that the series
        lacks has no amount.
    rounding
        Amounts that are computed are rounded to so many rupiah, halves up.
    """

    kind: Kind = Kind.NEVER
    on: date | None = None
    first: date | None = None
    last: date | None = None
    since: date | None = None
    day: int = 1
    month: int = 0
    months: tuple[int, ...] = ()
    when: When = When.END
    partial: Partial = Partial.PRORATED
    spread: bool = False
    per_unit: bool = False
    growth: Decimal | None = None
    index: Mapping[int, Decimal] = field(default_factory=dict)
    base_year: int | None = None
    rounding: int = 1

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values; what is as usual is left out."""
        usual, found = Schedule(), {}
        for name in Schedule.__slots__:
            value = getattr(self, name)
            if value != getattr(usual, name):
                found[name] = _plain(value)
        return found

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Schedule":
        """Return the schedule that JSON values say.

        Raises
        ------
        ScheduleError
            When they say none.
        """
        try:
            return Schedule(
                **{n: READERS[n](v) for n, v in values.items() if n in READERS and v is not None}
            )
        except (ValueError, TypeError, ArithmeticError, AttributeError):
            raise ScheduleError("kind", "unreadable") from None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(year): str(one) for year, one in sorted(value.items())}
    return list(value) if isinstance(value, tuple) else value


def _index(values: Mapping[str, str]) -> dict[int, Decimal]:
    return {int(year): Decimal(one) for year, one in values.items()}


READERS: dict[str, Any] = {
    "kind": Kind,
    "on": date.fromisoformat,
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "since": date.fromisoformat,
    "day": int,
    "month": int,
    "months": lambda values: tuple(map(int, values)),
    "when": When,
    "partial": Partial,
    "spread": bool,
    "per_unit": bool,
    "growth": Decimal,
    "index": _index,
    "base_year": int,
    "rounding": int,
}


class DueDay(NamedTuple):
    """Something that falls due: the day, the span that it is for, and the rupiah, if they are known."""

    on: date
    first: date | None
    last: date | None
    amount: Decimal | None


class Span(NamedTuple):
    """A part of the calendar, and what of it lies within the agreement."""

    whole_first: date
    whole_last: date
    first: date
    last: date

    @property
    def days(self) -> int:
        """Days within the agreement."""
        return (self.last - self.first).days + 1

    @property
    def part(self) -> Fraction:
        """How much of it lies within the agreement."""
        return Fraction(self.days, (self.whole_last - self.whole_first).days + 1)


def due_days(
    schedule: Schedule, begins: date | None, ends: date | None, amount: Decimal | None = None
) -> list[DueDay]:
    """Return all that falls due within an agreement, in order of days.

    Dues that would fall on one day are one: its span is that of both, its amount the sum.

    Raises
    ------
    ScheduleError
        When the schedule is unclear, lies outside the agreement, or gives more than `MOST` dues.
    """
    check(schedule, begins, ends)
    if schedule.per_unit:
        amount = None
    if schedule.kind is Kind.NEVER:
        return []
    if schedule.kind is Kind.ONCE:
        assert schedule.on is not None
        return [DueDay(schedule.on, None, None, amount)]
    first, last = bounds(schedule, begins, ends)
    spans = list(spans_of(schedule, first, last))
    if len(spans) > MOST:
        raise ScheduleError("kind", "too_many")
    amounts = _amounts(schedule, spans, amount)
    found = [
        DueDay(day_of(schedule, one, last), one.first, one.last, rupiah)
        for one, rupiah in zip(spans, amounts, strict=True)
    ]
    since = schedule.since
    return [one for one in _together(found) if since is None or one.on >= since]


def bounds(schedule: Schedule, begins: date | None, ends: date | None) -> tuple[date, date]:
    """Return the first and the last day on which a schedule runs within an agreement.

    Raises
    ------
    ScheduleError
        Where one of them is not known, or they are out of order.
    """
    first = max((one for one in (schedule.first, begins) if one is not None), default=None)
    last = min((one for one in (schedule.last, ends) if one is not None), default=None)
    if first is None:
        raise ScheduleError("first", "no_beginning")
    if last is None:
        raise ScheduleError("last", "no_end")
    if first > last:
        raise ScheduleError("last", "out_of_order")
    if last.year - first.year > LONGEST_YEARS:
        raise ScheduleError("kind", "too_many")
    return first, last


def check(schedule: Schedule, begins: date | None, ends: date | None) -> None:
    """Refuse a schedule that says nothing clear, or a day outside the agreement.

    Raises
    ------
    ScheduleError
    """
    if schedule.kind is Kind.ONCE:
        if schedule.on is None:
            raise ScheduleError("on", "no_day")
        if begins is not None and schedule.on < begins:
            raise ScheduleError("on", "before_beginning")
        if ends is not None and schedule.on > ends:
            raise ScheduleError("on", "after_end")
    elif schedule.kind is not Kind.NEVER:
        _check_interval(schedule)
        bounds(schedule, begins, ends)
    _check_index(schedule)


def _check_interval(schedule: Schedule) -> None:
    if not 1 <= schedule.day <= 31:
        raise ScheduleError("day", "no_day_of_month")
    if not 0 <= schedule.month <= 12:
        raise ScheduleError("month", "no_month")
    if schedule.kind is Kind.SEASONAL and not schedule.months:
        raise ScheduleError("months", "no_months")
    if any(not 1 <= one <= 12 for one in schedule.months):
        raise ScheduleError("months", "no_month")


def _check_index(schedule: Schedule) -> None:
    growth = schedule.growth
    if growth is not None and not (growth.is_finite() and -100 < growth <= 1000):
        raise ScheduleError("growth", "growth")
    if schedule.index and growth is not None:
        raise ScheduleError("growth", "two_ways")
    if any(not (one.is_finite() and one > 0) for one in schedule.index.values()):
        raise ScheduleError("index", "index")
    if (schedule.index or growth is not None) and schedule.base_year is None:
        raise ScheduleError("base_year", "no_base")
    if schedule.index and schedule.base_year not in schedule.index:
        raise ScheduleError("base_year", "base_not_in_index")
    if schedule.spread and (schedule.index or growth is not None):
        raise ScheduleError("growth", "spread_and_index")
    if schedule.rounding not in ROUNDINGS:
        raise ScheduleError("rounding", "rounding")


def spans_of(schedule: Schedule, first: date, last: date) -> Iterator[Span]:
    """Yield the spans of a schedule that touch the days from first to last, in order."""
    months = MONTHS[schedule.kind]
    year, month = first.year, (first.month - 1) // months * months + 1
    while (year, month) <= (last.year, last.month):
        begin = date(year, month, 1)
        end = date(year, month + months - 1, monthrange(year, month + months - 1)[1])
        if schedule.kind is not Kind.SEASONAL or month in schedule.months:
            yield Span(begin, end, max(begin, first), min(end, last))
        year, month = (year + 1, 1) if month + months > 12 else (year, month + months)


def day_of(schedule: Schedule, span: Span, last: date) -> date:
    """Return the day on which a span falls due: within it, or after it but not after the last day."""
    if schedule.when is When.AFTER:
        following = span.whole_last + ONE_DAY
        return min(in_month(following.year, following.month, schedule.day), last)
    month = span.whole_first if schedule.when is When.ADVANCE else span.whole_last
    number = schedule.month if schedule.kind is Kind.YEARLY and schedule.month else month.month
    return min(max(in_month(month.year, number, schedule.day), span.first), span.last)


def in_month(year: int, month: int, day: int) -> date:
    """Return a day of a month; its last one where the month has not so many."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def leap_day(schedule: Schedule) -> bool:
    """Whether a schedule names 29 February, which most years do not have: it is 28 February then."""
    return (
        schedule.kind is Kind.YEARLY
        and schedule.day == 29
        and schedule.month == 2
        and schedule.when is not When.AFTER
    )


def _amounts(schedule: Schedule, spans: list[Span], amount: Decimal | None) -> list[Decimal | None]:
    if amount is None:
        return [None] * len(spans)
    if schedule.spread:
        return list(parted(amount, [one.days for one in spans]))
    return [_of_span(schedule, one, amount) for one in spans]


def _of_span(schedule: Schedule, span: Span, amount: Decimal) -> Decimal | None:
    factor = factor_of(schedule, span.first.year)
    if factor is None:
        return None
    part = span.part if schedule.partial is Partial.PRORATED else Fraction(1)
    return (
        amount
        if part * factor == 1
        else rounded(Fraction(amount) * part * factor, schedule.rounding)
    )


def factor_of(schedule: Schedule, year: int) -> Fraction | None:
    """Return by how much the amount of the base year is multiplied in a year; `None` if that is not known.

    Notes
    -----
    With growth *g* percent: (1 + g/100)^(year − base), never before the base year; with a series:
    index(year) / index(base). Exact; only what comes of it is rounded.
    """
    base = schedule.base_year
    if base is None:
        return Fraction(1)
    if schedule.index:
        there = schedule.index.get(year)
        return None if there is None else Fraction(there) / Fraction(schedule.index[base])
    if schedule.growth is None:
        return Fraction(1)
    return (1 + Fraction(schedule.growth) / 100) ** max(0, year - base)


def _together(dues: list[DueDay]) -> list[DueDay]:
    found: list[DueDay] = []
    for one in dues:
        if found and found[-1].on == one.on:
            before = found.pop()
            known = before.amount is not None and one.amount is not None
            total = before.amount + one.amount if known else None  # type: ignore[operator]
            found.append(DueDay(one.on, before.first, one.last, total))
        else:
            found.append(one)
    return found


def handed_on(schedule: Schedule, day: date) -> Schedule:
    """Return the same schedule for who takes it over on a day: spans and amounts stay, the past does not."""
    return replace(schedule, since=day)
