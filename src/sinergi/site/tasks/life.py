"""Signs of life of this worker, and whether another is still there."""

import contextlib
import hashlib
import logging
import os
import socket
import threading
import time
import uuid
from pathlib import Path

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F
from django.utils import timezone

from sinergi.accounts.models import TaskWorker

logger = logging.getLogger("sinergi.worker")
BEAT_SECONDS = 5.0
LOST_SECONDS = 60.0
"""How long the beat of a worker on another machine stands still before it is taken for dead."""
PROC = Path("/proc")


def machine() -> str:
    """Return a name for where process numbers are shared: this start of this machine, this container."""
    parts = [socket.gethostname()]
    with contextlib.suppress(OSError):
        parts.append((PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii"))
        parts.append(str((PROC / "self/ns/pid").readlink()))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def born(process: int) -> str | None:
    """Return when a process was started, in the machine's own count; `None` when there is none.

    Where the system does not tell, an empty text for any process that is there.
    """
    if (PROC / "self/stat").exists():
        try:
            text = (PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        state, *rest = text.rpartition(")")[2].split()
        return None if state in {"Z", "X"} else rest[18]
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return ""
    return ""


def enrol(queues: tuple[str, ...]) -> TaskWorker:
    """Write this process down as a worker."""
    now = timezone.now()
    host = socket.gethostname()[:120]
    return TaskWorker.objects.create(
        key=uuid.uuid4().hex,
        host=host,
        machine=machine(),
        process=os.getpid(),
        born=born(os.getpid()) or "",
        queues=",".join(queues)[:255],
        started_at=now,
        seen_at=now,
    )


class Heart:
    """Gives signs of life in a thread of its own, with a connection of its own, until it is stopped.

    Parameters
    ----------
    worker
        Who lives.
    seconds
        Between two signs.
    """

    def __init__(self, worker: TaskWorker, seconds: float = BEAT_SECONDS) -> None:
        self._worker = worker
        self._seconds = seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heart", daemon=True)

    def __enter__(self) -> "Heart":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join(timeout=self._seconds + 1)

    def _run(self) -> None:
        while not self._stop.wait(self._seconds):
            try:
                close_old_connections()
                beat(self._worker)
            except DatabaseError as error:
                # busy or restarting: the next sign tells that the worker is still there
                logger.warning("no sign of life could be given: %s", type(error).__name__)
                connection.close()
        connection.close()


def beat(worker: TaskWorker) -> None:
    """Give one sign of life; a worker that was struck off while it could not is written down again."""
    worker.seen_at = timezone.now()
    rows = TaskWorker.objects.filter(pk=worker.pk)
    if not rows.update(beat=F("beat") + 1, seen_at=worker.seen_at):
        worker.beat += 1
        worker.save(force_insert=True)


class Watcher:
    """Tells which workers are dead, by what this process saw and by its own steady clock.

    On the same machine the process is looked up: it is there or it is not. Elsewhere a worker is dead when
    its beat stood still for a while; clocks of machines, or a clock that is set back, play no part.

    Parameters
    ----------
    patience
        How long a beat may stand still, in seconds.
    """

    def __init__(self, patience: float = LOST_SECONDS) -> None:
        self._patience = patience
        self._machine = machine()
        self._seen: dict[str, tuple[int, float]] = {}

    def dead(self, worker: TaskWorker) -> bool:
        """Whether a worker will never finish what it took."""
        if worker.machine == self._machine:
            return born(worker.process) != worker.born
        now = time.monotonic()
        beat_then, since = self._seen.get(worker.key, (-1, now))
        if beat_then != worker.beat:
            self._seen[worker.key] = (worker.beat, now)
            return False
        return now - since >= self._patience
