"""The register: agreements that somebody may read, narrowed, counted and told a line each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, Alarm, Due, DueState, Party, State
from sinergi.agreements.queries.readable import readable
from sinergi.agreements.queries.search import Found, with_party, with_words
from sinergi.programs.queries.plans import within

PAST_END = "past_end"
"""Living, although its last day is over: nobody has said yet what became of it."""
SOON = 90
"""Days before its end from which an agreement counts as ending soon."""
OPEN = (DueState.OPEN, DueState.PARTLY)
MOST_WORDS = 8
ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("-updated", "-pk"),
    "berakhir": (F("ends").asc(nulls_last=True), "-pk"),
    "mulai": (F("begins").desc(nulls_last=True), "-pk"),
    "judul": ("title", "pk"),
    "nomor": ("number", "pk"),
}
"""How the register is sorted, by the word in the address; what changed last comes first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which agreements are asked for; empty and `None` narrow nothing.

    Attributes
    ----------
    state
        A value of `State`, or `PAST_END`.
    region
        Kemendagri code of a party; a province stands for what lies in it, too.
    begins, ends
        Years.
    days
        Ends within so many days from today, living and not past.
    owner
        Short name of the organisation that keeps it.
    """

    words: str = ""
    family: str = ""
    stage: str = ""
    state: str = ""
    region: str = ""
    party: str = ""
    object_code: str = ""
    affair: str = ""
    begins: int | None = None
    ends: int | None = None
    days: int | None = None
    owner: str = ""
    late: bool = False
    alarms: bool = False
    order: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many agreements were found, and how many of them are in a state that asks for something."""

    all: int = 0
    living: int = 0
    past_end: int = 0
    soon: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One agreement of the register.

    Attributes
    ----------
    state
        A value of `State`, or `PAST_END`.
    left
        Days until its end, negative after it; `None` where no end is known or it does not live.
    late, alarms
        How many of what is due is late; alarms that hold.
    next_due
        The next day on which something falls due.
    """

    agreement: Agreement
    parties: tuple[str, ...]
    state: str
    left: int | None
    late: int = 0
    alarms: int = 0
    next_due: date | None = None


def past_end(today: date) -> Q:
    """Return the condition that an agreement lives although its last day is over."""
    return Q(state=State.LIVING, ends__lt=today)


def ending(first: date, last: date) -> Q:
    """Return the condition that a living agreement ends within these days."""
    return Q(state=State.LIVING, ends__range=(first, last))


def register(by: Principal, wanted: Wanted, today: date) -> Found:
    """Return the agreements that somebody may read and that are asked for, in order."""
    found = Found(narrowed(readable(by), wanted, today))
    if wanted.words:
        found = with_words(found.rows, wanted.words)
    return replace(found, rows=found.rows.order_by(*ORDERS.get(wanted.order, ORDERS[""])))


def in_order(numbers: Iterable[int]) -> list[Agreement]:
    """Return agreements by their numbers, in the order of these."""
    wanted = list(numbers)
    rows: Any = Agreement.objects.select_related("organisation").in_bulk(wanted)
    return [rows[number] for number in wanted if number in rows]


def narrowed(rows: QuerySet[Agreement], wanted: Wanted, today: date) -> QuerySet[Agreement]:
    """Return those of some agreements that are asked for, whatever the words."""
    rows = _by_fields(rows, wanted)
    rows = _by_days(rows, wanted, today)
    if wanted.region:
        there = Party.objects.filter(within([wanted.region], "region_code"), left_on=None)
        rows = rows.filter(pk__in=there.values("agreement"))
    if wanted.party:
        rows = rows.filter(with_party(wanted.party))
    if wanted.late:
        rows = rows.filter(first_open_due__lt=today)
    if wanted.alarms:
        rows = rows.filter(pk__in=Alarm.objects.filter(over_on=None).values("agreement"))
    return rows


def _by_fields(rows: QuerySet[Agreement], wanted: Wanted) -> QuerySet[Agreement]:
    exact = {
        "family": wanted.family,
        "stage": wanted.stage,
        "object_code": wanted.object_code,
        "affair": wanted.affair,
        "organisation__code": wanted.owner,
    }
    return rows.filter(**{name: value for name, value in exact.items() if value})


def _by_days(rows: QuerySet[Agreement], wanted: Wanted, today: date) -> QuerySet[Agreement]:
    if wanted.state:
        past = past_end(today)
        rows = rows.filter(past if wanted.state == PAST_END else Q(state=wanted.state))
    for name, year in (("begins", wanted.begins), ("ends", wanted.ends)):
        if year is not None:
            rows = rows.filter(**{f"{name}__range": (date(year, 1, 1), date(year, 12, 31))})
    if wanted.days is not None:
        rows = rows.filter(ending(today, today + timedelta(days=wanted.days)))
    return rows


def late_dues(today: date) -> QuerySet[Due]:
    """Return what is late: due before today, and not or only in part fulfilled."""
    return Due.objects.filter(state__in=OPEN, on__lt=today, obligation__removed_at=None)


def tally(rows: QuerySet[Agreement], today: date) -> Tally:
    """Count agreements, all and by what they ask for; one query."""
    found = rows.select_related(None).order_by().aggregate(
        all=Count("pk"),
        living=Count("pk", filter=Q(state=State.LIVING)),
        past_end=Count("pk", filter=past_end(today)),
        soon=Count("pk", filter=ending(today, today + timedelta(days=SOON))),
    )  # fmt: skip
    return Tally(**found)


def lines(rows: Iterable[Agreement], today: date) -> list[Line]:
    """Return a line for each agreement with its parties and what is late; four queries, however many."""
    found = list(rows)
    numbers = [row.pk for row in found]
    named = parties_of(numbers)
    late = _counted(
        late_dues(today).filter(obligation__agreement__in=numbers), "obligation__agreement"
    )
    alarms = _counted(Alarm.objects.filter(over_on=None, agreement__in=numbers), "agreement")
    following = _next_dues(numbers, today)
    return [
        Line(
            row,
            tuple(named.get(row.pk, ())),
            state_of(row, today),
            days_left(row, today),
            late.get(row.pk, 0),
            alarms.get(row.pk, 0),
            following.get(row.pk),
        )
        for row in found
    ]


def state_of(row: Agreement, today: date) -> str:
    """Return the state of an agreement on a day, and whether it is past its end."""
    living = row.state == State.LIVING
    return PAST_END if living and row.ends is not None and row.ends < today else row.state


def days_left(row: Agreement, today: date) -> int | None:
    """Return the days until a living agreement ends; negative once that day is over."""
    if row.state != State.LIVING or row.ends is None:
        return None
    return (row.ends - today).days


def parties_of(numbers: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of the parties that have not left, in order, by the number of the agreement."""
    rows = Party.objects.filter(agreement__in=list(numbers), left_on=None)
    found: dict[int, list[str]] = {}
    for number, name in rows.order_by("agreement", "position").values_list("agreement", "name"):
        found.setdefault(number, []).append(name)
    return found


def _counted(rows: QuerySet[Any], name: str) -> Counter[int]:
    told = rows.order_by().values_list(name).annotate(n=Count("pk"))
    return Counter(dict(told))


def _next_dues(numbers: list[int], today: date) -> dict[int, date]:
    rows = Due.objects.filter(
        obligation__agreement__in=numbers,
        obligation__removed_at=None,
        state__in=OPEN,
        on__gte=today,
    )
    return dict(rows.order_by().values_list("obligation__agreement").annotate(day=Min("on")))


def owners(by: Principal) -> list[tuple[str, str]]:
    """Return short name and name of the organisations whose agreements somebody may read."""
    rows = Organisation.objects.filter(
        pk__in=readable(by).select_related(None).order_by().values("organisation")
    )
    return list(rows.order_by("name").values_list("code", "name"))
