"""Who holds which task: taking, finishing, failing, taking back. Each a short transaction.

A task is held by the last of its `worker_ids` and that list only grows until an administrator starts it
anew, so the list as it was when the task was taken is the claim. Whoever comes back after the task was
given to another finds another list, and changes nothing.
"""

import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from sinergi.accounts.errors import AccountsError
from sinergi.accounts.models import TaskWorker
from sinergi.accounts.tasks import LONGEST_WAIT, GiveUpError, trying_of

ALL = "*"
Row: TypeAlias = DBTaskResult[..., Any]
"""A task in the queue."""
TOLD = (GiveUpError, AccountsError)
"""Errors whose text is written for people; of others only kind and place are kept, the text may hold
what nobody should read."""


class WorkerLostError(Exception):
    """The worker that held a task died."""


def name_of(row: Row) -> str:
    """Return what a task is called; also one whose function is gone."""
    return str(row.task_path).rpartition(".")[2]


def _of_queues(queues: Sequence[str]) -> "QuerySet[Row]":
    rows = DBTaskResult.objects.all()
    return rows if ALL in queues else rows.filter(queue_name__in=queues)


@transaction.atomic
def take(worker: str, queues: Sequence[str]) -> Row | None:
    """Take the next task that is due; `None` when there is none.

    Two workers never take the same: on PostgreSQL each passes over the row that the other holds, on SQLite
    a transaction begins as a writing one.
    """
    due = Q(run_after=get_date_max()) | Q(run_after__lte=timezone.now())
    rows = _of_queues(queues).filter(due, status=TaskResultStatus.READY)
    found: Row | None = rows.select_for_update(skip_locked=True).first()
    if found is not None:
        found.claim(worker)
    return found


def _held(claim: Row) -> Row | None:
    """Return the row, locked, if it is still held as it was when it was taken."""
    row: Row | None = DBTaskResult.objects.select_for_update().filter(pk=claim.pk).first()
    if row is None or row.status != TaskResultStatus.RUNNING or row.worker_ids != claim.worker_ids:
        return None
    return row


@transaction.atomic
def finish(claim: Row, value: object) -> bool:
    """Write down that a task is done; `False` when it was given to another meanwhile."""
    row = _held(claim)
    if row is None:
        return False
    row.status, row.finished_at = TaskResultStatus.SUCCESSFUL, timezone.now()
    row.return_value = value
    row.exception_class_path = row.traceback = ""
    row.save()
    return True


@transaction.atomic
def fail(claim: Row, error: BaseException) -> bool:
    """Put a failed task back for later, or aside after the last attempt; `False` when it is another's."""
    row = _held(claim)
    if row is None:
        return False
    put_back(row, error)
    return True


def put_back(row: Row, error: BaseException) -> None:
    """Set a locked task to be tried again after a while; after its last attempt to failed."""
    now = timezone.now()
    policy = trying_of(row.task_path)
    attempt = len(row.worker_ids)
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = told(error)
    row.return_value = None
    if attempt >= policy.attempts or isinstance(error, GiveUpError):
        row.status, row.finished_at = TaskResultStatus.FAILED, now
    else:
        row.status, row.run_after = TaskResultStatus.READY, now + policy.wait(attempt)
    row.save()


def told(error: BaseException) -> str:
    """Return what is kept of an error: its kind, where in the code, and its text only if meant for people."""
    lines = [
        f"{type(error).__name__}: {error}" if isinstance(error, TOLD) else type(error).__name__
    ]
    for frame in traceback.extract_tb(error.__traceback__)[-12:]:
        place = "/".join(Path(frame.filename).parts[-3:])
        lines.append(f"  {place}:{frame.lineno} {frame.name}")
    if error.__cause__ is not None:
        lines.append(told(error.__cause__))
    return "\n".join(lines)


def reclaim(dead: Callable[[TaskWorker], bool]) -> int:
    """Take tasks back from workers that died, and strike these off; return how many tasks.

    Looks before it locks anything, as there is seldom something to do.

    Parameters
    ----------
    dead
        Tells whether a worker is; one that is not written down is.
    """
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    orphans, gone = _lost(running, dead)
    if not orphans and not gone:
        return 0
    with transaction.atomic():
        orphans, gone = _lost(running.select_for_update(skip_locked=True), dead)
        for row in orphans:
            put_back(row, WorkerLostError())
        TaskWorker.objects.filter(pk__in=gone).delete()
    return len(orphans)


def _lost(
    running: "QuerySet[Row]", dead: Callable[[TaskWorker], bool]
) -> tuple[list[Row], set[str]]:
    """Return tasks whose holder will not finish them, and dead workers.

    Tasks are read first: whoever holds one was written down before.
    """
    rows = list(running)
    workers = TaskWorker.objects.in_bulk()
    gone = {key for key, worker in workers.items() if dead(worker)}
    alive = workers.keys() - gone
    return [row for row in rows if not row.worker_ids or row.worker_ids[-1] not in alive], gone


def mend_clock(now: datetime | None = None) -> int:
    """Bring tasks forward that wait longer than any wait: a clock was set back after they failed."""
    now = now or timezone.now()
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run_after__gt=now + LONGEST_WAIT, started_at__isnull=False
    ).exclude(run_after=get_date_max())
    return int(waiting.update(run_after=now))
