"""Solvers that are killed, overrun, run out of memory or are orphaned."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from bench.portfolio_instances import Shape, instance
from sinergi.analysis.portfolio import check, outside, solve, solving
from sinergi.analysis.portfolio.solving import GIB
from tests.analysis.portfolio.small import plain
from tests.databases import until

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="looks processes up in /proc")

HARD = Shape(800, seed=7)


def children(of: int) -> list[int]:
    """Return the processes of a process that solve."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            text = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(text[1]) == of and b"portfolio.process" in command and text[0] != "Z":
            found.append(int(entry.name))
    return found


@contextmanager
def meeting(number: signal.Signals):
    """Signal the first process that solves, as soon as it is there."""
    over = threading.Event()

    def meet() -> None:
        while not (found := children(os.getpid())):
            if over.wait(0.01):
                return
        os.kill(found[0], number)

    thread = threading.Thread(target=meet)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def killed_after_a_choice(monkeypatch, every: bool, seconds: float):
    """Solve while processes are killed as soon as a first choice has come."""
    real = outside.Team.next
    seen = []

    def watched(team):
        arrival = real(team)
        if arrival and arrival[1]["kind"] == "choice" and not seen:
            seen.append(True)
            for worker in team.workers if every else team.workers[:1]:
                os.kill(worker.process.pid, signal.SIGKILL)
        return arrival

    monkeypatch.setattr(outside.Team, "next", watched)
    made = instance(HARD)
    began = time.monotonic()
    return made, solve(made, seconds=seconds), time.monotonic() - began


def test_the_best_so_far_survives_when_all_solvers_are_killed(monkeypatch):
    made, result, taken = killed_after_a_choice(monkeypatch, every=True, seconds=120)
    assert result.status == "stopped"
    assert result.choice is not None
    assert check(made, result.choice) == []
    assert taken < 120
    assert children(os.getpid()) == []


def test_one_solver_goes_on_when_the_other_is_killed(monkeypatch):
    made, result, _taken = killed_after_a_choice(monkeypatch, every=False, seconds=20)
    assert result.status == "time"
    assert check(made, result.choice) == []
    assert np.isfinite(result.bound)


def test_a_solver_killed_before_it_found_anything_is_told_as_stopped(monkeypatch):
    monkeypatch.setattr(solving, "at_hand", lambda instance, options: [])
    made = instance(HARD)

    with meeting(signal.SIGKILL):
        result = solve(made, seconds=120, workers=1)
    assert result.status == "stopped"
    assert result.choice is None
    assert result.gap is None
    assert result.score == 0


def test_a_process_that_hangs_is_ended_when_the_time_is_over(monkeypatch):
    monkeypatch.setattr(solving, "at_hand", lambda instance, options: [])
    made = instance(HARD)

    with meeting(signal.SIGSTOP):
        result = solve(made, seconds=2, workers=1)
    assert result.status == "unknown"
    assert children(os.getpid()) == []


def test_too_little_memory_ends_in_a_status_and_not_in_a_trace():
    made = instance(Shape(20_000, seed=1))
    result = solve(made, seconds=600, memory=GIB // 4, workers=1)
    assert result.status in {"memory", "stopped"}


def test_solvers_end_with_the_process_that_started_them():
    code = (
        "from bench.portfolio_instances import *\n"
        "from sinergi.analysis.portfolio import solve\n"
        "solve(instance(Shape(800, seed=7)), seconds=600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[3])
    while len(found := children(parent.pid)) < 2:
        assert parent.poll() is None
        time.sleep(0.02)
    parent.kill()
    parent.wait()
    until(lambda: not any(Path(f"/proc/{child}").exists() for child in found))


def test_a_former_choice_is_there_at_once_even_when_the_solver_is_killed(monkeypatch):
    made = plain([6, 5, 5], [[6], [5], [5]], [[10]])
    former = solve(made, seconds=120)
    monkeypatch.setattr(outside.Worker, "_send", lambda worker: worker.process.kill())
    result = solve(made, seconds=120, start=former.choice)
    assert result.status == "stopped"
    assert result.score == former.score == 10
    assert [one.origin for one in result.log] == ["start"]


def test_there_is_a_choice_without_any_solver_when_one_is_easy(monkeypatch):
    made = plain([6, 5, 5], [[6], [5], [5]], [[10]])
    monkeypatch.setattr(outside.Worker, "_send", lambda worker: worker.process.kill())
    result = solve(made, seconds=0.001)
    assert result.choice is not None
    assert check(made, result.choice) == []
    assert result.log[0].origin == "greedy"
