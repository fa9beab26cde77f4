"""What is done every day, and the tidying of what the queue leaves behind."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sinergi.accounts.models import DailyRun, TaskMark
from sinergi.accounts.tasks import GiveUpError, daily, daily_functions

KEPT = timedelta(days=14)
"""How long finished tasks stay; failed ones stay until somebody discards them or half a year."""
KEPT_FAILED = timedelta(days=183)
KEPT_MARKS = timedelta(days=400)
WRONG = timedelta(days=31)
"""A clock that is set back by more was wrong before."""


@task()
def run_daily(name: str, day: str) -> None:
    """Do what is registered under a name, for a day.

    Raises
    ------
    GiveUpError
        When nothing is: a room was removed.
    """
    function = daily_functions().get(name)
    if function is None:
        msg = f"nothing daily is called {name}"
        raise GiveUpError(msg)
    function(date.fromisoformat(day))


def enqueue_due(today: date | None = None) -> list[str]:
    """Put what is due today into the queue, and return its names; safe with several workers.

    A row for each name keeps the last day. A clock that is set back finds a later day and does nothing until
    it has caught up; a day more than `WRONG` ahead was left by a clock that was wrong, and is set to today,
    so that tomorrow goes on as usual.
    """
    today = today or timezone.localdate()
    begun = dict(DailyRun.objects.values_list("name", "day"))
    names = [name for name in daily_functions() if begun.get(name) != today]
    return [name for name in names if _begin(name, today)]


@transaction.atomic
def _begin(name: str, today: date) -> bool:
    _row, made = DailyRun.objects.get_or_create(name=name, defaults={"day": today})
    rows = DailyRun.objects.filter(name=name)
    if not made and not rows.filter(day__lt=today).update(day=today):
        rows.filter(day__gt=today + WRONG).update(day=today)
        return False
    run_daily.enqueue(name, today.isoformat())
    return True


@daily("tasks.purge")
def purge(day: date) -> None:
    """Delete finished tasks and marks that are old."""
    now = timezone.now()
    rows = DBTaskResult.objects
    rows.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEPT).delete()
    rows.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - KEPT_FAILED).delete()
    TaskMark.objects.filter(at__lt=now - KEPT_MARKS).delete()
