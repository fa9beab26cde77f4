"""Choose the set of projects that scores most, within a time that is really kept."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

import numpy as np

from sinergi.analysis.errors import InputError
from sinergi.analysis.portfolio.check import check
from sinergi.analysis.portfolio.early import earliest
from sinergi.analysis.portfolio.instance import (
    SCORE_UNITS,
    Choice,
    Floats,
    Instance,
    score_of,
    spending,
)
from sinergi.analysis.portfolio.options import Options, options_of
from sinergi.analysis.portfolio.outside import ENDED, Message, Team, Tick, Worker
from sinergi.analysis.portfolio.solvers import known
from sinergi.analysis.portfolio.task import IMPROVE, PROVE, Task
from sinergi.analysis.portfolio.validate import validate
from sinergi.analysis.portfolio.working import at_hand

Status = Literal["optimal", "within_gap", "time", "infeasible", "unknown", "stopped", "memory"]
GIB = 1 << 30
EXACT = 1e-7
"""Part of the score below which nothing is told apart: what solvers compute with is no more exact."""
HINT_SECONDS = 2.0
POOLED, MOST_POOLED = 0.03, 60


@dataclass(frozen=True)
class Gap:
    """How far a choice may be from the best, at most.

    Parameters
    ----------
    score
        Bound less score.
    share
        The same as a part of the score.
    money
        Minor units: with so much less money, taken in proportion out of every ceiling, no choice
        reaches this score (by the Lagrangian bound); None where money is not what limits.
    """

    score: float
    share: float
    money: int | None


@dataclass(frozen=True)
class Incumbent:
    """A better choice, when it came and from which process."""

    seconds: float
    score: float
    origin: str


@dataclass(frozen=True, eq=False)
class Result:
    """What solving came to.

    Parameters
    ----------
    choice
        The best choice that keeps every rule; None when none was found.
    score, bound
        What it scores, and what none can exceed (infinite while that is unknown).
    status
        `optimal` (proven, but for a ten-millionth of the score: `EXACT`), `within_gap` (as near as was
        asked), `time` (the time was over), `infeasible` (proven), `unknown` (nothing found, nothing
        proven), `stopped` (the solver was ended from outside), `memory` (it ran out of memory). With the
        last two and `time` there may be a choice.
    unspent
        Money left under the ceilings, minor units.
    pool
        Other choices that were found on the way and keep every rule, the latest first.
    duals
        First hint of the price of each row of the relaxation, score by unit of the row.
    """

    choice: Choice | None
    score: float
    bound: float
    gap: Gap | None
    status: Status
    seconds: float
    solver: str
    unspent: int
    log: tuple[Incumbent, ...] = ()
    pool: tuple[Choice, ...] = ()
    duals: Floats = field(default_factory=lambda: np.zeros(0))


class _Watch:
    """What is known so far, while the processes work."""

    def __init__(self, instance: Instance, options: Options, gap: float, began: float) -> None:
        self.instance, self.options, self.gap, self.began = instance, options, gap, began
        self.choice: Choice | None = None
        self.score, self.bound, self.enough = -1.0, np.inf, np.inf
        self.relaxed_bound, self.scarce = np.inf, 0.0
        self.duals = np.zeros(0)
        self.log: list[Incumbent] = []
        self.pool: list[Choice] = []
        self.infeasible = self.memory = self.stopped = False

    def offer(self, choice: Choice, origin: str) -> bool:
        """Take a choice over when it is better and keeps every rule."""
        score = score_of(self.instance, choice)
        if score <= self.score * (1 - POOLED) or check(self.instance, choice):
            return False
        self.pool = [choice, *self.pool[: MOST_POOLED - 1]]
        if score <= self.score:
            return False
        self.choice, self.score = choice, score
        self.log.append(Incumbent(monotonic() - self.began, score, origin))
        return True

    def at_once(self, team: Team) -> None:
        """Choose what needs no solver while the processes start, however little time there is."""
        for taken in at_hand(self.instance, self.options):
            if self.choice is not None:
                return
            if self.offer(self.options.choice(taken), "greedy"):
                team.share(taken, None)

    def near(self, gap: float) -> bool:
        """Whether the choice is within a gap of the bound."""
        return self.choice is not None and self.bound - self.score <= gap * max(self.score, EXACT)

    def watch(self, team: Team) -> None:
        """Hear the processes until the time is over, all is known, or none is left."""
        while (arrival := team.next()) is not None:
            self.hear(team, *arrival)
            near = self.near(max(self.gap, EXACT)) or self.score >= self.enough
            if self.infeasible or near:
                break
        # Prices of the relaxation are part of the answer: a proof may have been faster than they.
        team.until = min(team.until, monotonic() + HINT_SECONDS)
        while not self.infeasible and not self.duals.size:
            if (arrival := team.next()) is None:
                return
            self.hear(team, *arrival)

    def hear(self, team: Team, worker: Worker, message: Message) -> None:
        """Take one line in."""
        kind = message["kind"]
        if kind == "choice":
            taken = np.array(message["taken"], np.int64)
            if self.offer(self.options.choice(taken), worker.role):
                team.share(taken, worker)
        elif kind == "bound":
            self.bound = min(self.bound, float(message["value"]) / SCORE_UNITS)
        elif kind == "relaxed":
            self.relaxed_bound = float(message["bound"]) / SCORE_UNITS
            self.scarce = float(message["scarce"]) / SCORE_UNITS
            self.duals = np.array(message["duals"]) / SCORE_UNITS
        elif kind == "infeasible":
            # What keeps every rule exactly outweighs a proof within tolerances.
            self.infeasible = self.choice is None
        elif kind == "memory":
            self.memory = True
        elif kind in {"failed", ENDED}:
            self.stopped = True

    def status(self, late: bool) -> Status:
        """Name the end."""
        if self.infeasible:
            return "infeasible"
        if self.near(EXACT):
            return "optimal"
        if self.near(self.gap) or self.score >= self.enough:
            return "within_gap"
        if self.memory:
            return "memory"
        if self.stopped and not late:
            return "stopped"
        return "unknown" if self.choice is None else "time"

    def result(self, solver: str, seconds: float) -> Result:
        """Return all of it."""
        taken = monotonic() - self.began
        unspent = self.instance.available
        gap = None
        bound = self.bound
        if self.choice is not None:
            self.choice = earliest(self.instance, self.choice)
            unspent -= int(spending(self.instance, self.choice).sum())
            bound = max(bound, self.score)
            missing = bound - self.score
            gap = Gap(missing, missing / max(self.score, 1e-12), self._money())
        return Result(
            choice=self.choice,
            score=max(self.score, 0.0),
            bound=-np.inf if self.infeasible else bound,
            gap=gap,
            status=self.status(late=taken >= seconds),
            seconds=taken,
            solver=solver,
            unspent=unspent,
            log=tuple(self.log),
            pool=tuple(self.pool),
            duals=self.duals,
        )

    def _money(self) -> int | None:
        if self.scarce <= 0 or not np.isfinite(self.relaxed_bound):
            return None
        part = max(0.0, (self.relaxed_bound - self.score) / self.scarce)
        return int(min(1.0, part) * self.instance.available)


def solve(
    instance: Instance,
    *,
    seconds: float = 30.0,
    gap: float = 0.0,
    solver: str = "highs",
    start: Choice | None = None,
    seed: int = 0,
    workers: int = 2,
    memory: int = 4 * GIB,
    plain: bool = False,
    enough: float | None = None,
    tick: Tick | None = None,
) -> Result:
    """Return the choice of the highest score that keeps every rule; of equals, one that starts early.

    Parameters
    ----------
    seconds
        Wall time; the processes that solve are ended when it is over.
    gap
        Stop as soon as the score is proven to be so near the best, as a part of the score.
    solver
        `highs`, `cpsat` or `scip`: which proves; good choices come from our own search.
    start
        A former choice; taken as far as it keeps the rules.
    workers
        Processes: one that searches for good choices, a second that proves how good they can be.
    memory
        Most bytes of address space of each process.
    plain
        Leave all to the solver alone (to compare with).
    enough
        Stop at this score, whatever more might be reached.
    tick
        Called every second or so with the seconds that have passed.

    Raises
    ------
    InputError
        The instance is malformed (see `validate`), or limits are not positive.
    UnknownSolverError, SolverMissingError
        The solver does not exist or is not installed.
    """
    known(solver)
    validate(instance)
    if not seconds > 0 or not 0 <= gap < 1 or workers < 1 or memory < GIB // 4:
        raise InputError(
            "A limit is out of range.",
            "seconds, gap, workers, memory",
            "Give more than 0 seconds, a gap from 0 to below 1, a worker and 256 MiB at least.",
        )
    began = monotonic()
    options = options_of(instance)
    watch = _Watch(instance, options, gap, began)
    watch.enough = np.inf if enough is None else enough
    former = None
    if start is not None:
        watch.offer(start, "start")
        former = options.taken(start)
    if not len(options):
        watch.infeasible = not watch.offer(Choice.nothing(instance.projects), "start")
        watch.bound = 0.0
        return watch.result(solver, seconds)
    roles = [PROVE] if plain else [IMPROVE, PROVE][:workers]
    tasks = [
        Task(
            instance=instance,
            role=role,
            solver=solver,
            seconds=seconds,
            gap=gap,
            seed=seed,
            threads=workers if plain else max(1, workers - 1),
            alone=workers == 1 and not plain,
            plain=plain,
            start=former,
            memory=memory,
        )
        for role in roles
    ]
    team = Team(tasks, seconds - (monotonic() - began), tick)
    try:
        if not plain:
            watch.at_once(team)
        watch.watch(team)
    finally:
        team.end()
    return watch.result(solver, seconds)
