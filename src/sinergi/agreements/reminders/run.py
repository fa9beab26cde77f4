"""The run that reminds each night: of dues, ends, tasks, approvals and advice, each once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from sinergi.agreements.models import Reminder, ReminderChoice
from sinergi.agreements.reminders.choosing import BACK, USUAL, due
from sinergi.agreements.reminders.targets import targets

AT_ONCE = 2000
Row = tuple[int, int, date]
"""Number of what is reminded of, of its agreement, and the day."""


@dataclass(frozen=True, slots=True)
class Night:
    """A run: its day, the moment that it began, and the days that agreements chose."""

    day: date
    began: datetime
    chosen: dict[int, list[int]]


def run(day: date) -> int:
    """Make the reminders of a day, some at a time, so that a run that is killed loses little.

    Only what lies within the usual days is looked at; further ahead only in agreements that chose to be
    reminded further ahead.

    Returns
    -------
    int
        How many this run made; one that runs beside it counts its own.
    """
    choices = ReminderChoice.objects.filter(usual=False)
    night = Night(day, timezone.now(), dict(choices.values_list("agreement", "days")))
    early = [number for number, days in night.chosen.items() if max(days, default=0) > max(USUAL)]
    spans: list[tuple[date, date, list[int] | None]] = [
        (day - timedelta(days=BACK), day + timedelta(days=max(USUAL)), None)
    ]
    for start in range(0, len(early), AT_ONCE):
        some = early[start : start + AT_ONCE]
        most = max(max(night.chosen[one]) for one in some)
        first = day + timedelta(days=max(USUAL) + 1)
        spans.append((first, day + timedelta(days=most), some))
    return sum(
        _make(target, part, night)
        for target, (rows, field, agreement) in targets().items()
        for first, last, whose in spans
        for part in _parts(
            rows if whose is None else rows.filter(**{f"{agreement}__in": whose}),
            (field, agreement),
            (first, last),
        )
    )


def _parts(
    rows: QuerySet[Any], names: tuple[str, str], span: tuple[date, date]
) -> Iterator[list[Row]]:
    """Yield what falls on the days of a span, some at a time, by day and number: an index has the days."""
    field, agreement = names
    first, last = span
    after = Q()
    while True:
        there = rows.filter(after, **{f"{field}__range": (first, last)}).order_by(field, "pk")
        part = list(there.values_list("pk", agreement, field)[:AT_ONCE])
        if part:
            yield part
        if len(part) < AT_ONCE:
            return
        number, _agreement, first = part[-1]
        after = Q(**{f"{field}__gt": first}) | Q(pk__gt=number)


def _make(target: str, rows: list[Row], night: Night) -> int:
    """Make the reminders of some rows that nobody made; return how many of them are of this run."""
    there = Reminder.objects.filter(
        target=target, target_id__in=[row[0] for row in rows]
    ).order_by()
    known = set(there.values_list("target_id", "on", "days"))
    made = []
    for number, agreement, on in rows:
        days = due(on, night.day, night.chosen.get(agreement, USUAL))
        if days is not None and (number, on, days) not in known:
            made.append(
                Reminder(
                    agreement_id=agreement,
                    target=target,
                    target_id=number,
                    on=on,
                    days=days,
                    made=night.began,
                )
            )
    if not made:
        return 0
    Reminder.objects.bulk_create(made, ignore_conflicts=True)
    return there.filter(made=night.began).count()
