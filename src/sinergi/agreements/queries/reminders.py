"""The reminders that stand for somebody: of what concerns him, is still open and was not put aside."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.agreements.models import (
    Advice,
    Agreement,
    Approval,
    Due,
    Reminder,
    ReminderChoice,
    ReminderSeen,
    StageTask,
)
from sinergi.agreements.queries.waiting import own_agreements
from sinergi.agreements.reminders.choosing import BACK, USUAL
from sinergi.agreements.reminders.targets import targets

MOST = 60
"""Reminders shown on a page."""
A_TIME = 300
"""Reminders read at once."""
COUNTED = 99
"""Reminders counted for the header; where there are more, it says no more than that."""
NAMED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "due": (Due, ("obligation__debtor", "obligation__creditor")),
    "task": (StageTask, ("party",)),
    "approval": (Approval, ("party",)),
    "advice": (Advice, ("party",)),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A reminder with what it reminds of.

    Attributes
    ----------
    thing
        The `Due`, `StageTask`, `Approval` or `Advice`; the agreement where it is its end.
    left
        Days until then on the day asked for; negative when it is late.
    keeps
        Whether the reader's organisation keeps the agreement.
    """

    reminder: Reminder
    thing: Any
    left: int
    keeps: bool

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.reminder.agreement


def reminders(by: Principal, today: date, most: int = MOST, *, above: int = 0) -> list[Standing]:
    """Return the reminders that stand for somebody; those of the last night first, each by its day.

    Parameters
    ----------
    above
        Only those with a higher number.
    """
    found = standing(by, today, most, above=above)
    found.sort(key=lambda one: (-one.made.timestamp(), one.on, -one.pk))
    things = _things(found)
    mine = set(by.organisations(Right.EDIT))
    return [
        Standing(
            one,
            things.get((one.target, one.target_id), one.agreement),
            (one.on - today).days,
            by.operator or one.agreement.organisation_id in mine,
        )
        for one in found
        if one.target == "end" or (one.target, one.target_id) in things
    ]


def count(by: Principal, today: date | None = None) -> int:
    """Return how many reminders stand for somebody, at most one more than `COUNTED`."""
    return len(standing(by, today or timezone.localdate(), COUNTED + 1))


def standing(
    by: Principal, today: date, most: int | None = None, *, above: int = 0
) -> list[Reminder]:
    """Return the reminders that stand for somebody, the last first; none for visitors.

    Some are read at a time and then what they remind of: asked together, PostgreSQL would read all that is
    due to find the few rows of somebody's own agreements.

    Parameters
    ----------
    most
        How many are wanted; all of them where it is not said.
    """
    if not by.operator and not by.organisations(Right.EDIT):
        return []
    found: list[Reminder] = []
    met: set[tuple[str, int, date]] = set()
    rows = _candidates(by, today).filter(pk__gt=above)
    part = list(rows[:A_TIME])
    while part:
        last = {_key(one): one for one in reversed(part) if _key(one) not in met}
        met.update(last)
        found += _concerned(by, today, [one for one in part if last.get(_key(one)) is one])
        if len(part) < A_TIME or (most is not None and len(found) >= most):
            break
        part = list(rows.filter(pk__lt=part[-1].pk)[:A_TIME])
    return found[:most]


def _key(one: Reminder) -> tuple[str, int, date]:
    return (one.target, one.target_id, one.on)


def _candidates(by: Principal, today: date) -> QuerySet[Reminder]:
    """Return the reminders of somebody's agreements, the last first, with whether he put each aside."""
    never = ReminderChoice.objects.filter(agreement=OuterRef("agreement"), usual=False, days=[])
    seen = ReminderSeen.objects.filter(reminder=OuterRef("pk"), person=by.person_id)
    rows = Reminder.objects.filter(
        ~Exists(never.order_by()),
        on__gte=today - timedelta(days=BACK),
        agreement__in=own_agreements(by).order_by().values("pk"),
    )
    return rows.annotate(aside=Exists(seen.order_by())).select_related("agreement").order_by("-pk")


def _concerned(by: Principal, today: date, rows: list[Reminder]) -> list[Reminder]:
    """Keep the reminders of what concerns somebody, is open still on that day, and was not put aside."""
    open_still: set[tuple[str, int, date]] = set()
    wanted = [one for one in rows if not getattr(one, "aside", False)]
    conditions = _concerning(by, today)
    for target, (things, field, _agreement) in targets().items():
        numbers = [one.target_id for one in wanted if one.target == target]
        if numbers:
            there = things.filter(conditions[target], pk__in=numbers).order_by()
            open_still |= {(target, *row) for row in there.values_list("pk", field)}
    return [one for one in wanted if _key(one) in open_still]


def _concerning(by: Principal, today: date) -> dict[str, Q]:
    """Return whom each kind concerns, as a condition of what is reminded of.

    Everything concerns who keeps the agreement. A due concerns its debtor and, once it is late, those to
    whom it is owed; the end of an agreement all parties.
    """
    if by.operator:
        return {target: Q() for target in targets()}
    mine = by.organisations(Right.EDIT)
    creditor = _acts("obligation__creditor", mine) | Q(obligation__creditor=None)
    due = _acts("obligation__debtor", mine) | (Q(on__lt=today) & creditor)
    return {
        "due": Q(obligation__agreement__organisation__in=mine) | due,
        "end": Q(),
        "task": Q(agreement__organisation__in=mine) | _acts("party", mine),
        "approval": Q(party__agreement__organisation__in=mine) | _acts("party", mine),
        "advice": Q(agreement__organisation__in=mine) | _acts("party", mine),
    }


def _acts(party: str, mine: list[int]) -> Q:
    return Q(**{f"{party}__organisation__in": mine, f"{party}__left_on": None})


def _things(rows: list[Reminder]) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    for target, (model, joined) in NAMED.items():
        numbers = [one.target_id for one in rows if one.target == target]
        if numbers:
            there = model.objects.filter(pk__in=numbers).select_related(*joined)
            found |= {(target, one.pk): one for one in there}
    return found


def choice_of(agreement: Agreement) -> ReminderChoice:
    """Return the days that an agreement chose; the usual ones, not kept and of revision 0, where none did."""
    found = ReminderChoice.objects.filter(agreement=agreement).first()
    return found or ReminderChoice(agreement=agreement, usual=True, revision=0)


def days_of(row: ReminderChoice) -> list[int]:
    """Return the days that hold by a choice."""
    return list(USUAL) if row.usual else list(row.days)
