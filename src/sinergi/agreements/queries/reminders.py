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
    there = standing(by, today, above=above)
    if there is None:
        return []
    numbers = [one[0] for one in there.order_by("-made", "on", "-pk")[:most]]
    rows = Reminder.objects.filter(pk__in=numbers).select_related("agreement").in_bulk()
    found = [rows[number] for number in numbers if number in rows]
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
    """Return how many reminders stand for somebody, at most one more than `COUNTED`; one query."""
    there = standing(by, today or timezone.localdate())
    return 0 if there is None else there[: COUNTED + 1].count()


def standing(by: Principal, today: date, *, above: int = 0) -> QuerySet[Any, Any] | None:
    """Return number, moment and day of the reminders that stand for somebody; none for visitors.

    Apart by what they remind of, so that each is found by its own index.
    """
    if not by.operator and not by.organisations(Right.EDIT):
        return None
    first, *others = (
        _of(by, today, target, condition)
        .filter(pk__gt=above)
        .order_by()
        .values_list("pk", "made", "on")
        for target, condition in _concerning(by, today).items()
    )
    return first.union(*others, all=True)


def _of(by: Principal, today: date, target: str, concerns: Q) -> QuerySet[Reminder]:
    """Return the reminders of one kind that stand: the last of each, still open on its day, not put aside."""
    things, field, _agreement = targets()[target]
    open_still = things.filter(concerns, **{"pk": OuterRef("target_id"), field: OuterRef("on")})
    later = Reminder.objects.filter(
        target=target,
        target_id=OuterRef("target_id"),
        on=OuterRef("on"),
        days__lt=OuterRef("days"),
    )
    never = ReminderChoice.objects.filter(agreement=OuterRef("agreement"), usual=False, days=[])
    seen = ReminderSeen.objects.filter(reminder=OuterRef("pk"), person=by.person_id)
    return Reminder.objects.filter(
        Exists(open_still.order_by()),
        ~Exists(later.order_by()),
        ~Exists(never.order_by()),
        ~Exists(seen.order_by()),
        target=target,
        on__gte=today - timedelta(days=BACK),
        agreement__in=own_agreements(by).order_by().values("pk"),
    )


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
