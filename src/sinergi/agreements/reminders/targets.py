"""What is reminded of, and stands in the calendar: everything open that has a day."""

from typing import Any

from sinergi.agreements.models import (
    Advice,
    Agreement,
    Approval,
    ApprovalState,
    Due,
    DueState,
    Opinion,
    StageTask,
    State,
    TaskState,
)


def targets() -> dict[str, tuple[Any, str, str]]:
    """Return what is reminded of: open rows of living agreements, where the day stands, whose it is."""
    rows: Any = Agreement.objects
    living = rows.filter(deleted_at=None, state=State.LIVING)
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
