"""The run that reminds each night: of dues, ends, tasks, approvals and advice, each once."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sinergi.accounts.tasks import daily
from sinergi.agreements.models import (
    Advice,
    Agreement,
    Approval,
    ApprovalState,
    Due,
    DueState,
    Opinion,
    Reminder,
    ReminderChoice,
    StageTask,
    State,
    TaskState,
)
from sinergi.agreements.reminders.choosing import BACK, USUAL, due

AT_ONCE = 2000
Row = tuple[int, int, date]
"""Number of what is reminded of, of its agreement, and the day."""


@daily("agreements.reminders")
def remind(day: date) -> None:
    """Make the reminders that stand on a day; repeated, beside another or after a stop, each once."""
    run(day)


def run(day: date) -> int:
    """Make the reminders of a day, some at a time, so that a run that is killed loses little.

    Returns
    -------
    int
        How many stood and had not been made.
    """
    chosen = dict(ReminderChoice.objects.values_list("agreement", "days"))
    furthest = max((one for days in (USUAL, *chosen.values()) for one in days), default=0)
    span = (day - timedelta(days=BACK), day + timedelta(days=furthest))
    return sum(
        _make(target, some, chosen, day)
        for target, (rows, field, agreement) in targets().items()
        for some in _some(rows.filter(**{f"{field}__range": span}), agreement, field)
    )


def targets() -> dict[str, tuple[Any, str, str]]:
    """Return what is reminded of: open rows of living agreements, where the day stands, whose it is."""
    living = Agreement.objects.filter(deleted_at=None, state=State.LIVING)
    kept = living.values("pk")
    return {
        "due": (
            Due.objects.filter(
                state__in=(DueState.OPEN, DueState.PARTLY),
                obligation__removed_at=None,
                obligation__agreement__in=kept,
            ),
            "on",
            "obligation__agreement",
        ),
        "end": (living, "ends", "pk"),
        "task": (
            StageTask.objects.filter(state=TaskState.OPEN, agreement__in=kept),
            "due_on",
            "agreement",
        ),
        "approval": (
            Approval.objects.filter(
                state__in=(ApprovalState.WANTED, ApprovalState.ASKED),
                party__left_on=None,
                party__agreement__in=kept,
            ),
            "due_on",
            "party__agreement",
        ),
        "advice": (
            Advice.objects.filter(opinion=Opinion.WAITED_FOR, agreement__in=kept),
            "due_on",
            "agreement",
        ),
    }


def _some(rows: Any, agreement: str, field: str) -> Iterator[list[Row]]:
    found = list(rows.order_by("pk").values_list("pk", agreement, field))
    for start in range(0, len(found), AT_ONCE):
        yield found[start : start + AT_ONCE]


def _make(target: str, rows: list[Row], chosen: dict[int, list[int]], day: date) -> int:
    there = set(
        Reminder.objects.filter(target=target, target_id__in=[row[0] for row in rows])
        .order_by()
        .values_list("target_id", "on", "days")
    )
    made = []
    for number, agreement, on in rows:
        days = due(on, day, chosen.get(agreement, USUAL))
        if days is not None and (number, on, days) not in there:
            made.append(
                Reminder(agreement_id=agreement, target=target, target_id=number, on=on, days=days)
            )
    Reminder.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
