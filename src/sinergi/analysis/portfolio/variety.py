"""Several choices that are nearly as good as the best and truly different from each other."""

from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal

import numpy as np

from sinergi.analysis.portfolio.check import check
from sinergi.analysis.portfolio.early import earliest
from sinergi.analysis.portfolio.instance import (
    PPM,
    SCORE_UNITS,
    Choice,
    Instance,
    score_of,
    spending,
)
from sinergi.analysis.portfolio.options import options_of
from sinergi.analysis.portfolio.outside import ENDED, Team, Tick
from sinergi.analysis.portfolio.solving import EXACT, GIB, Gap, Result
from sinergi.analysis.portfolio.task import VARY, Task

FURTHER = 250_000
NEARER = 0.4
"""A choice is sought that loses no more than this part of what may be lost, then time decides."""


@dataclass(frozen=True, eq=False)
class Variant:
    """One more choice: what it scores beside the best, and how far it is from the nearest other."""

    choice: Choice
    score: float
    lost: float
    differs: float


@dataclass(frozen=True, eq=False)
class Variety:
    """The choices that were found, the best first.

    Parameters
    ----------
    best
        The result with the best choice of all: seeking others may come upon a better one.
    asked
        How many were wanted.
    why
        Why there are fewer: `time` was over, all that differ so much, and hold enough of their own, are
        `lossy` (proven by the relaxation), the solver was `ended` from outside or ran out of memory; empty
        where there are enough.
    least_lost
        Where they are lossy: what a further one loses of the best score at least; None where all of these
        break a rule.
    seconds
        What the search took.
    """

    found: tuple[Variant, ...]
    best: Result
    asked: int
    why: Literal["", "time", "lossy", "ended"]
    least_lost: float | None
    seconds: float


def difference(one: Choice, other: Choice) -> float:
    """Return the part of the projects in either choice that only one of them holds."""
    either = int((one.chosen | other.chosen).sum())
    return int((one.chosen ^ other.chosen).sum()) / either if either else 0.0


def variants(
    instance: Instance,
    best: Result,
    *,
    count: int = 5,
    differs: float = 0.2,
    fresh: float = 0.05,
    within: float = 0.02,
    seconds: float = 30.0,
    seed: int = 0,
    workers: int = 2,
    memory: int = 4 * GIB,
    tick: Tick | None = None,
) -> Variety:
    """Return the best and up to `count - 1` others, each pair of which differs enough.

    Those come first that solving passed on its way; what is missing is found by solving again
    under the condition that it differs from all before (a cut by distance, Fischetti and Lodi
    2003, Mathematical Programming 98). Fewer come back when the time is over or no other is good
    enough; `why` tells which.

    Parameters
    ----------
    differs
        Least part of the projects in either of two choices that only one holds.
    fresh
        Least part of its own projects that each of two choices holds alone: one that only leaves some out is
        no other choice.
    within
        Most part of the best score that may be lost.
    seconds
        Wall time for all of them together.
    tick
        As of `solve`.

    Raises
    ------
    InputError
        As `solve`.
    """
    if best.choice is None:
        return Variety((), best, count, "", None, 0.0)
    began = monotonic()
    search = _Variety(instance, best, count, (differs, fresh), within)
    for choice in best.pool:
        search.offer(choice)
    if len(search.found) < count:
        search.solve(seconds, seed, workers, memory, tick)
    search.found.sort(key=lambda one: -score_of(instance, one))
    search.found = [earliest(instance, one) for one in search.found]
    search.best = _with(instance, best, search.found[0])
    found = tuple(search.variant(choice) for choice in search.found)
    why = search.why if len(found) < count else ""
    least = search.least_lost() if why == "lossy" else None
    return Variety(found, search.best, count, why, least, monotonic() - began)


def _with(instance: Instance, result: Result, choice: Choice) -> Result:
    """Return a result with another choice in the place of its own, when that is better."""
    score = score_of(instance, choice)
    if choice is result.choice or score <= result.score:
        return result
    bound = max(result.bound, score)
    # The gap in money stays: with so much less, what scores even more cannot be reached either.
    money = None if result.gap is None else result.gap.money
    return replace(
        result,
        choice=choice,
        score=score,
        bound=bound,
        gap=Gap(bound - score, (bound - score) / max(score, EXACT), money),
        unspent=instance.available - int(spending(instance, choice).sum()),
    )


class _Variety:
    """The choices found so far, each pair of which differs enough."""

    def __init__(
        self,
        instance: Instance,
        best: Result,
        count: int,
        differs: tuple[float, float],
        within: float,
    ) -> None:
        assert best.choice is not None
        self.instance, self.best, self.count = instance, best, count
        (self.differs, self.fresh), self.within = differs, within
        self.found = [best.choice]
        self.why: Literal["time", "lossy", "ended"] = "time"
        self.most: float | None = None
        """Millionths of score that no further choice exceeds."""

    def offer(self, choice: Choice) -> bool:
        """Take a choice over when it is good, allowed, and differs from all others."""
        good = (
            len(self.found) < self.count
            and score_of(self.instance, choice) >= self.best.score * (1 - self.within)
            and all(self.apart(choice, other) for other in self.found)
            and not check(self.instance, choice)
        )
        if good:
            self.found.append(choice)
        return good

    def apart(self, one: Choice, other: Choice) -> bool:
        """Whether two choices differ enough, and each holds enough that the other does not."""
        alone = min(
            (first.chosen & ~second.chosen).sum() / max(1, first.chosen.sum())
            for first, second in ((one, other), (other, one))
        )
        return bool(difference(one, other) >= self.differs and alone >= self.fresh)

    def solve(
        self, seconds: float, seed: int, workers: int, memory: int, tick: Tick | None
    ) -> None:
        """Seek what is missing in processes that end in time."""
        options = options_of(self.instance)
        enough = self.best.score * (1 - self.within * NEARER) * SCORE_UNITS
        tasks = [
            Task(
                instance=self.instance,
                role=VARY,
                solver="highs",
                seconds=seconds,
                gap=0.0,
                seed=seed + 100 * number,
                threads=1,
                alone=True,
                plain=False,
                start=None,
                memory=memory,
                others=tuple(options.taken(choice) for choice in self.found),
                differs=int(np.ceil(self.differs * PPM)),
                fresh=int(np.ceil(self.fresh * PPM)),
                # By the triangle inequality of this distance what both find differs as well.
                further=FURTHER * number,
                enough=int(enough),
                least=int(np.ceil(self.best.score * (1 - self.within) * SCORE_UNITS)),
                turns=self.count - len(self.found),
            )
            for number in range(workers)
        ]
        team = Team(tasks, seconds, tick)
        try:
            while len(self.found) < self.count and (arrival := team.next()) is not None:
                worker, message = arrival
                if message["kind"] == "choice":
                    taken = np.array(message["taken"], np.int64)
                    if self.offer(options.choice(taken)):
                        team.share(taken, worker)
                elif message["kind"] == "exhausted":
                    self.why, self.most = "lossy", message["most"]
                elif message["kind"] in {"failed", "memory", ENDED} and self.why == "time":
                    self.why = "ended"
        finally:
            team.end()

    def least_lost(self) -> float | None:
        """Return what a further choice loses at least, as a part of the best score."""
        if self.most is None or not self.best.score:
            return None
        return max(0.0, 1 - self.most / SCORE_UNITS / self.best.score)

    def variant(self, choice: Choice) -> Variant:
        """Return one of them beside the best and the others."""
        score = score_of(self.instance, choice)
        distances = [difference(choice, other) for other in self.found if other is not choice]
        lost = (self.best.score - score) / self.best.score if self.best.score else 0.0
        return Variant(choice, score, lost, min(distances, default=1.0))
