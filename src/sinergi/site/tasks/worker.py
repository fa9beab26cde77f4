"""The loop of a worker: one task at a time, until it is told to stop."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar, cast

from django.db import DatabaseError, close_old_connections, connection
from django_tasks.base import TaskContext, TaskResult
from django_tasks.signals import task_finished, task_started

from sinergi.accounts.models import TaskWorker
from sinergi.site.keeping import retention  # noqa: F401 - registers what is done daily
from sinergi.site.tasks import claims, life, periodic

logger = logging.getLogger("sinergi.worker")
Result = TypeVar("Result")
POLL_SECONDS = 1.0
ROUND_SECONDS = 5.0
"""How often it is looked for dead workers and for what is due today."""


class Worker:
    """Works the queue off.

    Parameters
    ----------
    queues
        Names of queues; `claims.ALL` for all.
    watcher
        Tells which workers are dead.
    beside
        Number of the process that started this one, which does not outlive it; `None` when it stands alone.
    """

    def __init__(
        self,
        queues: tuple[str, ...] = (claims.ALL,),
        watcher: life.Watcher | None = None,
        beside: int | None = None,
    ) -> None:
        self.queues = queues
        self.watcher = watcher or life.Watcher()
        self.beside = beside
        self.done = 0
        self._stop = threading.Event()
        self._next_round = 0.0

    def stop(self) -> None:
        """Finish the current task and end."""
        self._stop.set()

    def obey_signals(self) -> None:
        """Stop at SIGTERM and SIGINT; at the second one at once, leaving the task to another worker."""

        def obey(number: int, _frame: FrameType | None) -> None:
            if self._stop.is_set():
                signal.signal(number, signal.SIG_DFL)
                signal.raise_signal(number)
            self.stop()

        signal.signal(signal.SIGTERM, obey)
        signal.signal(signal.SIGINT, obey)

    def run(self, *, once: bool = False) -> int:
        """Work until stopped, or `once`: until nothing is due; return how many tasks were tried."""
        me = life.enrol(self.queues)
        logger.info("worker started", extra={"worker": me.key})
        try:
            with life.Heart(me):
                self._loop(me, once=once)
        finally:
            _keep_trying(lambda: TaskWorker.objects.filter(pk=me.pk).delete())
            logger.info("worker stopped", extra={"worker": me.key})
        return self.done

    def _loop(self, me: TaskWorker, *, once: bool) -> None:
        while not self._stop.is_set() and not self._left_alone():
            try:
                close_old_connections()
                self._round()
                worked = self.step(me.key)
            except DatabaseError as error:
                # busy, restarting or away: nothing is lost, the queue is still there afterwards
                logger.warning("the database cannot be used: %s", type(error).__name__)
                connection.close()
                worked = False
                if once:
                    raise
            if once and not worked:
                return
            if not worked:
                self._stop.wait(POLL_SECONDS)

    def _left_alone(self) -> bool:
        """Whether the process that this one was started by is gone, even killed."""
        return self.beside is not None and os.getppid() != self.beside

    def _round(self) -> None:
        now = time.monotonic()
        if now < self._next_round:
            return
        self._next_round = now + ROUND_SECONDS
        if lost := claims.reclaim(self.watcher.dead):
            logger.warning("took back %d tasks of workers that died", lost)
        claims.mend_clock()
        periodic.enqueue_due()

    def step(self, key: str) -> bool:
        """Do one task; `False` when none is due."""
        claim = claims.take(key, self.queues)
        if claim is None:
            return False
        self.done += 1
        perform(claim)
        return True


def perform(claim: claims.Row) -> None:
    """Do a task that was taken, and write down how it went."""
    logger.info("task started", extra={"task": str(claim.pk), "path": claim.task_path})
    try:
        value = _call(claim)
        kept = _keep_trying(lambda: claims.finish(claim, value))
    except Exception as error:
        failure = error
        kept = _keep_trying(lambda: claims.fail(claim, failure))
        extra = {"task": str(claim.pk), "path": claim.task_path, "error": type(error).__name__}
        logger.warning("task failed", extra=extra)
    if not kept:
        logger.warning("task was given to another worker", extra={"task": str(claim.pk)})
        return
    logger.info("task ended", extra={"task": str(claim.pk), "path": claim.task_path})
    _tell(claim)


def _call(claim: claims.Row) -> object:
    task, result = claim.task, cast("TaskResult[Any]", claim.task_result)
    task_started.send(sender=type(task.get_backend()), task_result=result)
    given = (TaskContext(task_result=result),) if task.takes_context else ()
    value: object = task.call(*given, *result.args, **result.kwargs)
    return value


def _tell(claim: claims.Row) -> None:
    """Send the signal for metrics, once a task is done or failed for good."""
    claim.refresh_from_db()
    if claim.finished_at is None:
        return
    try:
        backend = type(claim.task.get_backend())
    except ImportError:
        return
    task_finished.send(sender=backend, task_result=claim.task_result)


def _keep_trying(work: Callable[[], Result]) -> Result:
    """Return what work returns; while the database is away, try again for two minutes."""
    end = time.monotonic() + 120
    while True:
        try:
            return work()
        except DatabaseError:
            connection.close()
            if time.monotonic() > end:
                raise
            time.sleep(1)
