"""Processes that solve, watched from outside: heard, told of each other, and ended in time."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

import numpy as np

from sinergi.analysis.portfolio.instance import Ints
from sinergi.analysis.portfolio.task import Task, write

Message = dict[str, Any]
Tick = Callable[[float], None]
"""Told every second or so how many have passed."""
ENDED = "ended"
TICK_SECONDS = 1.0


class Worker:
    """One process; its lines arrive in a queue together with those of the others."""

    def __init__(self, task: Task, arrivals: "queue.Queue[tuple[Worker, Message]]") -> None:
        self.role = task.role
        self.arrivals = arrivals
        self.finished = False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sinergi.analysis.portfolio.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        # Writing may have to wait until the process reads: it must not hold the watch up.
        self.outgoing: queue.Queue[Task | Ints | None] = queue.Queue()
        self.outgoing.put(task)
        self.threads = [
            threading.Thread(target=self._send, daemon=True),
            threading.Thread(target=self._hear, daemon=True),
        ]
        for thread in self.threads:
            thread.start()

    def send(self, taken: Ints) -> None:
        """Tell the process of a better choice."""
        self.outgoing.put(taken)

    def _send(self) -> None:
        pipe = self.process.stdin
        assert pipe is not None
        with suppress(OSError, ValueError):
            while (item := self.outgoing.get()) is not None:
                if isinstance(item, Task):
                    write(item, pipe)
                else:
                    pipe.write(json.dumps(item.tolist()).encode() + b"\n")
                    pipe.flush()

    def _hear(self) -> None:
        pipe = self.process.stdout
        assert pipe is not None
        with suppress(OSError, ValueError):
            for line in pipe:
                with suppress(json.JSONDecodeError):
                    self.arrivals.put((self, json.loads(line)))
        self.arrivals.put((self, {"kind": ENDED}))

    def end(self) -> int:
        """End the process whatever it does, and return how it ended."""
        self.process.kill()
        code = self.process.wait()
        self.outgoing.put(None)
        for thread in self.threads:
            thread.join()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()
        return code


class Team:
    """The processes of one solving."""

    def __init__(self, tasks: list[Task], seconds: float, tick: Tick | None = None) -> None:
        self.began, self.until = monotonic(), monotonic() + seconds
        self.tick, self.told = tick, 0.0
        self.arrivals: queue.Queue[tuple[Worker, Message]] = queue.Queue()
        self.workers: list[Worker] = []
        self.running = 0
        for task in tasks:
            self.workers.append(Worker(task, self.arrivals))
            self.running += 1

    def next(self) -> tuple[Worker, Message] | None:
        """Return the next line of any process; None when the time is over or all have ended."""
        while self.running:
            self._tell()
            left = max(0.0, self.until - monotonic())
            try:
                worker, message = self.arrivals.get(timeout=min(left, TICK_SECONDS))
            except queue.Empty:
                if monotonic() < self.until:
                    continue
                return None
            if message["kind"] == ENDED:
                self.running -= 1
                if not worker.finished:
                    return worker, message
                continue
            if message["kind"] in {"done", "late", "infeasible"}:
                worker.finished = True
            return worker, message
        return None

    def _tell(self) -> None:
        passed = monotonic() - self.began
        if self.tick is not None and passed >= self.told + TICK_SECONDS:
            self.told = passed
            self.tick(passed)

    def share(self, taken: Ints, but: Worker | None) -> None:
        """Tell the others of a choice."""
        for worker in self.workers:
            if worker is not but:
                worker.send(np.asarray(taken))

    def end(self) -> None:
        """End all processes."""
        for worker in self.workers:
            worker.end()
