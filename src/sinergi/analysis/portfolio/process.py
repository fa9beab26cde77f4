"""The process in which solvers run, so that whatever they do, it can be ended from outside."""

import json
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import BinaryIO

import numpy as np

from sinergi.analysis.portfolio import elastic
from sinergi.analysis.portfolio.instance import Different, Floats, Ints
from sinergi.analysis.portfolio.program import Limits
from sinergi.analysis.portfolio.relaxation import Relaxed, priced, program_of, relax
from sinergi.analysis.portfolio.search import Problem, Search
from sinergi.analysis.portfolio.solvers import solver_of
from sinergi.analysis.portfolio.task import EXPLAIN, PROVE, VARY, Task, read

PR_SET_PDEATHSIG = 1
PROVING_SHARE, ALONE_SHARE = 0.4, 0.4
NEAR_GAP = 3e-3
TURN, LEAST_TURN, POLISHING, TILT, DIFFERS_MORE = 0.6, 2.0, 0.5, 0.03, 5_000
"""Another choice gets such a part of the time that is left, and so many seconds at least; one that is
good enough gets so much of what its beginning took to be made better; what others hold counts so
much less in its beginning; where there are many projects it differs in so many more, parts per
million, because what is split will be rounded."""
SOME = 0.5
SMALL = 3_000
"""Options up to which branching finds good choices as well, so that it goes on to the end."""


class Wire:
    """Lines to the parent, and what it sends: better choices of other processes."""

    def __init__(self, incoming: BinaryIO) -> None:
        self.incoming = incoming
        self.lock = threading.Lock()
        self.arrived: list[Ints] = []

    def tell(self, **message: object) -> None:
        """Send one line; a line is whole or it does not count."""
        with self.lock:
            sys.stdout.write(json.dumps(message) + "\n")
            sys.stdout.flush()

    def choice(self, taken: Ints) -> None:
        """Send a choice."""
        self.tell(kind="choice", taken=taken.tolist())

    def listen(self) -> None:
        """Keep what arrives, and end with the parent, of whose end the pipe tells."""
        for line in self.incoming:
            self.arrived.append(np.array(json.loads(line), np.int64))
        os._exit(1)

    def better(self) -> Ints | None:
        """Return the last of what arrived since the last call."""
        found = self.all()
        return found[-1] if found else None

    def all(self) -> list[Ints]:
        """Return what arrived since the last call."""
        found, self.arrived = self.arrived, []
        return found


def _nobody(taken: Ints) -> None:
    """Tell nobody: only the last choice of a turn is wanted."""


def guard(memory: int) -> None:
    """Die with the parent, and stay below a limit of memory, where the system can see to it."""
    with suppress(ImportError, OSError, AttributeError, ValueError):
        import ctypes  # noqa: PLC0415 (only where there is a C library)

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 (not on every system)

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Work:
    """One task, from its beginning to its last line."""

    def __init__(self, task: Task, wire: Wire) -> None:
        self.task, self.wire = task, wire
        self.until = monotonic() + task.seconds
        self.problem = Problem.of(task.instance)
        self.bound, self.turn = np.inf, 0

    def left(self) -> float:
        """Seconds until the end."""
        return self.until - monotonic()

    def run(self) -> None:
        """Do what the task says."""
        if self.task.role == EXPLAIN:
            self.explain()
        elif self.task.role == VARY:
            self.vary()
        elif self.task.plain:
            self.prove(1.0, None)
        elif self.task.role == PROVE:
            whole = self.task.solver != "highs" or len(self.problem.options) <= SMALL
            self.prove(1.0 if whole else PROVING_SHARE, self.task.start)
            if not whole:
                self.improve(1.0)
        else:
            done = self.improve(ALONE_SHARE if self.task.alone else 1.0)
            if self.task.alone and not done:
                self.prove(1.0, self.best)
        self.wire.tell(kind="done")

    best: Ints | None = None

    def improve(self, share: float) -> bool:
        """Search for better choices; whether nothing is left to do."""
        until = monotonic() + self.left() * share
        relaxed = self.relaxed()
        if relaxed is None:
            return True
        seed = self.task.seed + (1000 if self.task.role == PROVE else 0)
        search = Search(
            self.problem, relaxed, solver_of("highs"), seed, self.found, self.task.seconds
        )
        search.former = self.task.start
        for former in (self.task.start, self.best, self.wire.better()):
            if former is not None:
                search.offer(former)
        search.begin(until - monotonic())
        self.lower(search.bound)
        while (left := until - monotonic()) > 0 and not search.finished:
            search.step(left)
            if (other := self.wire.better()) is not None:
                search.offer(other)
            if self.bound * self.problem.model.unit - search.best_score <= (
                self.task.gap * max(search.best_score, 1)
            ):
                return True
        return False

    def relaxed(self) -> Relaxed | None:
        """Return the relaxation and tell its bound; None when there is no choice at all."""
        relaxed = relax(self.problem.model, self.problem.options, self.left())
        if relaxed is None:
            self.wire.tell(kind="infeasible")
            return None
        self.bound = min(self.bound, relaxed.bound)
        model = self.problem.model
        _price, worth = priced(model, relaxed.dual)
        scarce = sum(
            cost
            for label, cost in zip(model.labels, worth.tolist(), strict=True)
            if label.kind in elastic.AMOUNTS
        )
        self.tell_bound(relaxed.bound)
        self.wire.tell(
            kind="relaxed",
            bound=relaxed.bound * model.unit,
            scarce=scarce * model.unit,
            duals=(relaxed.dual * model.unit).tolist(),
        )
        return relaxed

    def lower(self, bound: float) -> None:
        """Take a bound over when it is lower, and tell it."""
        if bound < self.bound:
            self.bound = bound
            self.tell_bound(bound)

    def tell_bound(self, bound: float) -> None:
        """Tell a bound in millionths of score."""
        if np.isfinite(bound):
            self.wire.tell(kind="bound", value=bound * self.problem.model.unit)

    def found(self, taken: Ints) -> None:
        """Tell a choice that is better than those before."""
        self.best = taken.copy()
        self.wire.choice(taken)

    def heard(self, values: Floats | None, bound: float) -> None:
        """Pass on what a solver tells on its way."""
        if values is not None:
            self.wire.choice(self.problem.taken(values))
        self.lower(bound)

    def better(self) -> Floats | None:
        """Return what other processes found, as the solver wants it."""
        found = self.wire.better()
        return None if found is None else self.problem.values(found)

    def vary(self) -> None:
        """Find choices that differ from those known, one after the other, until there are enough."""
        others, missing = list(self.task.others), self.task.turns
        while missing > 0 and self.left() > 0:
            found = self.other(others, max(self.left() * TURN, LEAST_TURN))
            if found is not None:
                self.wire.choice(found)
            # What the other process found may be just like it: then only one of them counts.
            told = self.wire.all()
            others += told if found is None or told else [found]
            missing = self.task.turns + len(self.task.others) - len(others)

    def other(self, others: list[Ints], seconds: float) -> Ints | None:
        """Return a choice that differs enough from all others; None when none came in time."""
        task, until = self.task, monotonic() + seconds
        self.turn += 1
        problem, relaxed = self.apart(others, task.further)
        unit = problem.model.unit
        if task.further and (relaxed is None or relaxed.bound * unit < task.enough):
            problem, relaxed = self.apart(others, 0)
        if relaxed is None or relaxed.bound * unit < task.least:
            none = relaxed is None or self.impossible(problem, relaxed.bound * unit)
            self.exhausted(None if none or relaxed is None else relaxed.bound * unit)
            return None
        tilt = 1.0 - TILT * np.mean([taken >= 0 for taken in others], axis=0)
        search = Search(
            problem,
            relaxed,
            solver_of("highs"),
            task.seed + self.turn,
            _nobody,
            seconds,
            tilt[problem.options.project],
            level_gap=NEAR_GAP,
        )
        search.former = task.others[0]
        began = monotonic()
        search.begin(until - began)
        # What is good enough is made better for a while only: the next one waits for its turn.
        soon = min(until, monotonic() + POLISHING * (monotonic() - began))
        while search.best_score < task.enough and not search.finished:
            end = soon if search.best_score >= task.least else until
            if (left := end - monotonic()) <= 0:
                break
            search.step(left)
        if search.best_score >= task.least:
            return search.best
        if search.finished and task.further:
            # Nothing is so far away: as near as is allowed then, or this turn would come back for ever.
            self.task = replace(task, further=0)
        elif search.finished:
            self.exhausted(search.best_score if search.best is not None else None)
        return None

    def apart(self, others: list[Ints], further: int) -> tuple[Problem, Relaxed | None]:
        """Return the problem in which a choice differs from all others, and its relaxation."""
        task = self.task
        spare = DIFFERS_MORE if len(self.problem.options) > SMALL else 0
        rules = tuple(
            Different(
                tuple(np.flatnonzero(taken >= 0).tolist()),
                task.differs + spare + further,
                task.fresh + spare if task.fresh else 0,
            )
            for taken in others
        )
        problem = Problem.of(replace(task.instance, different=task.instance.different + rules))
        return problem, relax(problem.model, problem.options, self.left())

    def impossible(self, problem: Problem, most: float) -> bool:
        """Whether it is proven that no project at all can be chosen, where next to nothing can score."""
        if most * 2 > self.task.least or len(problem.options) > SMALL:
            return False
        program = program_of(problem.model, problem.options)
        counted = replace(program, profit=np.ones(len(problem.options)))
        limits = Limits(min(self.left(), LEAST_TURN), 0.0, self.task.seed)
        found = solver_of("highs")(
            counted, limits, None, lambda _values, _bound: None, lambda: None
        )
        return found.proven and (found.values is None or not (found.values > SOME).any())

    def exhausted(self, most: float | None) -> None:
        """Tell that no other choice scores more than that, or that there is none, and seek no more."""
        self.wire.tell(kind="exhausted", most=most)
        self.task = replace(self.task, turns=0)

    def explain(self) -> None:
        """Find the fewest rules to relax."""
        task = self.task
        found = elastic.smallest(task.instance, self.left(), task.seed, keep_pins=task.keep_pins)
        if found is not None:
            broken, start, way, proven, least = found
            self.wire.tell(
                kind="broken", broken=broken, start=start, way=way, proven=proven, least=least
            )

    def prove(self, share: float, start: Ints | None) -> None:
        """Let the solver search the whole program."""
        task, options = self.task, self.problem.options
        if (np.diff(options.begin)[options.must] == 0).any():
            self.wire.tell(kind="infeasible")
            return
        limits = Limits(self.left() * share, task.gap, task.seed, task.threads)
        program = program_of(self.problem.model, options)
        guess = None if start is None else self.problem.values(start)
        found = solver_of(task.solver)(program, limits, guess, self.heard, self.better)
        if found.values is None and found.proven:
            self.wire.tell(kind="infeasible")
        else:
            self.heard(found.values, found.bound)
        if found.proven:
            self.wire.tell(kind="done")


def main() -> None:
    """Read the task, work, and tell; an end of memory is told as such."""
    incoming = sys.stdin.buffer
    wire = Wire(incoming)
    task = read(incoming)
    guard(task.memory)
    threading.Thread(target=wire.listen, daemon=True).start()
    try:
        Work(task, wire).run()
    except (MemoryError, RuntimeError) as error:
        wire.tell(kind="memory" if isinstance(error, MemoryError) else "failed", why=str(error))
    except TimeoutError:
        wire.tell(kind="late")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
