"""The queue as administrators see it. Arguments of tasks are not shown: they may name people."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from sinergi.accounts import rules
from sinergi.accounts.models import DailyRun, TaskWorker
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.workers import SILENCE
from sinergi.accounts.tasks import trying_of
from sinergi.site.tasks.claims import Row, name_of

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A task.

    Attributes
    ----------
    attempts, most
        How often it was begun, and how often it may be.
    due
        When it is tried next; empty: as soon as a worker is free.
    error
        What is kept of its last failure: `claims.told`.
    """

    number: str
    name: str
    path: str
    queue: str
    enqueued: datetime
    started: datetime | None
    finished: datetime | None
    due: datetime | None
    attempts: int
    most: int
    error: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A worker and its last sign of life."""

    worker: TaskWorker
    alive: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The queue: how many of each state, the first of each, and who works it off."""

    counts: dict[str, int]
    waiting: list[Line]
    running: list[Line]
    failed: list[Line]
    workers: list[Sign]
    daily: list[DailyRun]


def overview(by: Principal) -> Overview:
    """Return the queue; constant number of queries.

    Raises
    ------
    ForbiddenError
        For anybody but administrators of the installation.
    """
    rules.require(by, rules.INSTALLATION)
    rows = DBTaskResult.objects.order_by().values_list("status")
    counts = Counter(dict(rows.annotate(number=Count("pk"))))
    return Overview(
        counts={str(one.value): counts[one.value] for one in TaskResultStatus},
        waiting=_lines(TaskResultStatus.READY),
        running=_lines(TaskResultStatus.RUNNING),
        failed=_lines(TaskResultStatus.FAILED, "-finished_at"),
        workers=[_sign(one) for one in TaskWorker.objects.all()],
        daily=list(DailyRun.objects.order_by("name")),
    )


def _sign(worker: TaskWorker) -> Sign:
    return Sign(worker, alive=abs(timezone.now() - worker.seen_at) <= SILENCE)


def _lines(status: TaskResultStatus, *order: str) -> list[Line]:
    rows = DBTaskResult.objects.filter(status=status)
    return [_line(row) for row in (rows.order_by(*order) if order else rows)[:SHOWN]]


def _line(row: Row) -> Line:
    return Line(
        number=str(row.pk),
        name=name_of(row),
        path=row.task_path,
        queue=row.queue_name,
        enqueued=row.enqueued_at,
        started=row.started_at,
        finished=row.finished_at,
        due=None if row.run_after == get_date_max() else row.run_after,
        attempts=len(row.worker_ids),
        most=trying_of(row.task_path).attempts,
        error=row.traceback,
    )
