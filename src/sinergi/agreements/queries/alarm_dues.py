"""What is owed, as alarms see it: late spans, obligations in words only, what a party that left owes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.utils import timezone

from sinergi.agreements.alarm_facts import LateFact, LeftFact, WordsFact, late_spans
from sinergi.agreements.models import (
    Change,
    ChangeKind,
    ChangeState,
    Due,
    DueState,
    Evaluation,
    Obligation,
    ObligationKind,
    Party,
)
from sinergi.agreements.schedules import Kind, Schedule, ScheduleError

OPEN = (DueState.OPEN, DueState.PARTLY)
FOLLOWS = (ChangeKind.EXTENSION, ChangeKind.RENEWAL, ChangeKind.ENDING)
YEAR = timedelta(days=366)
"""Before its end: what was said of an agreement earlier is not said of its end."""


class Owing:
    """What agreements owe, read at once for all of them."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.late = _late(numbers)
        self.weighed = _weighed(numbers)
        self._words = _words(numbers)
        self._left = _of_left(numbers)

    def words(self, agreement: int, known: date) -> Iterable[WordsFact]:
        """Yield the obligations of an agreement that have words only."""
        for one in self._words[agreement]:
            yield WordsFact(known, one.pk, one.number, one.debtor_id)

    def left(self, parties: Iterable[Party]) -> Iterable[LeftFact]:
        """Yield the parties that left, with the day on which the last of what they owed was done."""
        for one in parties:
            if one.left_on is not None:
                open_still, done = self._left.get(one.pk, (0, None))
                settled = None if open_still else max(one.left_on, done or one.left_on)
                yield LeftFact(one.left_on, one.pk, settled)


def _late(numbers: Sequence[int]) -> dict[int, list[LateFact]]:
    """Return when something of each obligation was late; what was waived was not.

    What is paid by volumes and a tariff is told by its bills, which raise alarms of their own.
    """
    today = timezone.localdate()
    billed = Obligation.objects.filter(
        agreement__in=numbers, kind=ObligationKind.MONEY, schedule__per_unit=True
    )
    rows = Due.objects.filter(
        Q(state__in=OPEN, on__lt=today) | Q(state=DueState.FULFILLED, done_on__gt=F("on")),
        obligation__agreement__in=numbers,
        obligation__removed_at=None,
    ).exclude(obligation__in=billed.values("pk"), first__isnull=False)
    names = ("agreement", "pk", "number", "debtor")
    keys = tuple(f"obligation__{one}" for one in names)
    dues: dict[tuple[int, ...], list[tuple[date, date | None]]] = defaultdict(list)
    for *key, on, state, done in rows.order_by().values_list(*keys, "on", "state", "done_on"):
        dues[tuple(key)].append((on, None if state in OPEN else done))
    found: dict[int, list[LateFact]] = defaultdict(list)
    for (agreement, obligation, number, debtor), mine in sorted(dues.items()):
        for due, since, over in late_spans(mine):
            found[agreement].append(LateFact(since, obligation, number, debtor, due, over))
    return found


def _words(numbers: Sequence[int]) -> dict[int, list[Obligation]]:
    """Return obligations without quantity, amount and day."""
    rows = Obligation.objects.filter(
        ~Exists(Due.objects.filter(obligation=OuterRef("pk"))),
        agreement__in=numbers,
        removed_at=None,
        ended_on=None,
        quantity=None,
        amount=None,
    )
    found: dict[int, list[Obligation]] = defaultdict(list)
    for one in rows.order_by("number"):
        if not _says_when(one.schedule):
            found[one.agreement_id].append(one)
    return found


def _says_when(schedule: Any) -> bool:
    """Whether a schedule has days, or follows volumes and a tariff."""
    try:
        read = Schedule.from_json(schedule or {})
    except ScheduleError:
        return False
    return read.per_unit or read.kind is not Kind.NEVER


def _weighed(numbers: Sequence[int]) -> dict[int, list[date]]:
    """Return days within a year of the end on which somebody judged it, or began what follows."""
    found: dict[int, list[date]] = defaultdict(list)
    begun = Change.objects.filter(
        agreement__in=numbers,
        kind__in=FOLLOWS,
        state__in=(ChangeState.PROPOSED, ChangeState.AGREED),
    )
    judged = Evaluation.objects.filter(agreement__in=numbers)
    days = [
        *((one, ends, timezone.localdate(made)) for one, ends, made in _pairs(begun, "created")),
        *_pairs(judged, "on"),
    ]
    for agreement, ends, day in days:
        if ends is not None and day >= ends - YEAR:
            found[agreement].append(day)
    return found


def _pairs(rows: Any, name: str) -> list[tuple[int, date | None, Any]]:
    return list(rows.order_by("pk").values_list("agreement", "agreement__ends", name))


def _of_left(numbers: Sequence[int]) -> dict[int, tuple[int, date | None]]:
    """Return for parties that left how many dues are open, and the last day on which one was done."""
    rows = Due.objects.filter(
        obligation__agreement__in=numbers,
        obligation__removed_at=None,
        obligation__debtor__left_on__isnull=False,
    )
    counted = rows.order_by().values_list("obligation__debtor")
    return {
        party: (still, done)
        for party, still, done in counted.annotate(
            still=Count("pk", filter=Q(state__in=OPEN)), done=Max("done_on")
        )
    }
