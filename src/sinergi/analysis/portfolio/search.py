"""Good choices early: greedy, then ever other parts of the choice solved again exactly."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic, process_time

import numpy as np

from sinergi.analysis.portfolio.check import check
from sinergi.analysis.portfolio.instance import Bools, Floats, Instance, Ints
from sinergi.analysis.portfolio.large import descend, parts_of, pays
from sinergi.analysis.portfolio.options import Options, options_of
from sinergi.analysis.portfolio.program import Limits, Solver
from sinergi.analysis.portfolio.relaxation import Relaxed, best_of, program_of
from sinergi.analysis.portfolio.rows import Model, model_of
from sinergi.analysis.portfolio.working import Ties, Working, density, greedy, swapped

FIRST_SIZE, LEAST_SIZE = 120, 30
ROUNDS, LEAST_SECONDS, MOST_SECONDS, MOST_WAITING = 40, 0.3, 2.5, 12.0
"""Parts get so much of the whole time, between bounds, and longer on a busy machine."""
LEVEL_ROUNDS, LEVEL_SHARE, LEVEL_GAP, MORE_AT_ONCE = 4.0, 0.3, 2e-4, 4.0
"""A level of the descent gets so many times what a part gets, at most this share of what is left."""
SPLIT = 1e-6
CLOSE = 0.005
"""A choice so near the bound is not begun anew."""
KINDS = ("near", "all", "channel", "year", "region")


@dataclass(eq=False)
class Problem:
    """An instance with everything that is derived from it once."""

    instance: Instance
    options: Options
    model: Model
    ties: Ties

    @classmethod
    def of(cls, instance: Instance) -> "Problem":
        """Derive it."""
        options = options_of(instance)
        return cls(instance, options, model_of(instance, options), Ties(instance))

    def score(self, taken: Ints) -> int:
        """Return the score of a choice in millionths."""
        return int(self.options.score[taken[taken >= 0]].sum())

    def values(self, taken: Ints) -> Floats:
        """Return a choice as 0 and 1 by option."""
        found = np.zeros(len(self.options))
        found[taken[taken >= 0]] = 1.0
        return found

    def taken(self, values: Floats) -> Ints:
        """Return the option each project takes."""
        found = np.full(self.instance.projects, -1, np.int64)
        rows = np.flatnonzero(values > 0.5)
        found[self.options.project[rows]] = rows
        return found

    def kept(self, taken: Ints) -> bool:
        """Whether a choice keeps every rule, judged in whole numbers."""
        return not check(self.instance, self.options.choice(taken))


Tell = Callable[[Ints], None]


class Search:
    """Improves a choice until the time is over (kernel search, local branching's relatives).

    Most options are decided by the prices of the relaxation; those about which the prices are
    undecided form the core (Balas and Zemel 1980, Operations Research 28; kernel search:
    Angelelli, Mansini and Speranza 2010, Computers & Operations Research 37). The core, and after
    it random parts by price, region, channel and year, are solved exactly while the rest is fixed.
    """

    def __init__(
        self,
        problem: Problem,
        relaxed: Relaxed,
        solver: Solver,
        seed: int,
        tell: Tell,
        seconds: float = 60.0,
        tilt: Floats | None = None,
        level_gap: float = LEVEL_GAP,
    ) -> None:
        self.problem, self.relaxed, self.solver, self.tell = problem, relaxed, solver, tell
        self.chance = np.random.default_rng(seed)
        self.best: Ints | None = None
        self.former: Ints | None = None
        self.finished = False
        """Whether everything at once was solved, so that no step can find more."""
        self.best_score = -1
        self.size = FIRST_SIZE
        self.program = program_of(problem.model.strict(), problem.options)
        self.bound = relaxed.bound
        """Of all choices, in units of the model."""
        self.tilt, self.level_gap = tilt, level_gap
        """Factors on profits by which the first choice is led elsewhere, shape (O,), and how near its
        levels come to what they can reach."""
        worth = np.maximum(best_of(problem.options, problem.model.profit), 1e-9)
        absolute = np.minimum(margins(problem.options, relaxed.reduced), 1e6)
        self.worth, self.absolute = worth, absolute
        self.credit = np.ones(len(KINDS))
        self.margin = absolute / worth
        self.began = monotonic(), process_time()
        self.round_seconds = min(max(seconds / ROUNDS, LEAST_SECONDS), MOST_SECONDS)
        self.gains = np.zeros(len(KINDS))

    def offer(self, taken: Ints) -> bool:
        """Take a choice over when it is allowed and better."""
        score = self.problem.score(taken)
        if score <= self.best_score or not self.problem.kept(taken):
            return False
        self.best, self.best_score = taken.copy(), score
        self.tell(self.best)
        return True

    def begin(self, seconds: float) -> None:
        """Find a first choice by greedy, then one by levels of size where small projects are many."""
        until = monotonic() + seconds
        if self.best is None:
            self._greedy()
        far = self.relaxed.bound * self.problem.model.unit - self.best_score
        if far <= CLOSE * self.best_score:
            return
        if not self._by_levels(until):
            self._core(self.relaxed.taken, until)

    def _greedy(self) -> None:
        """Take what fits, in the order of several prices, until that keeps every rule."""
        problem, options = self.problem, self.problem.options
        price = np.zeros(problem.instance.ceilings.shape)
        for label, dual in zip(problem.model.labels, self.relaxed.dual.tolist(), strict=True):
            if label.kind == "ceiling" and dual > 0:
                own = slice(0, label.index[0] + 1)
                years = own if problem.instance.carries[label.index[1]] else label.index[0]
                price[years, label.index[1]] += dual / label.unit
        rounded = np.flatnonzero(self.relaxed.taken > 1 - 1e-6)
        rounded = rounded[np.argsort(-options.score[rounded])]
        former = None if self.former is None else self.former[self.former >= 0]
        if former is not None:
            order = np.argsort(-self.relaxed.reduced, kind="stable").astype(np.int64)
            working = greedy(problem.instance, options, problem.ties, order, former)
            self._polish(working, order)
        for worth, first in (
            (self.relaxed.reduced, rounded),
            (density(problem.instance, options, price), None),
            (density(problem.instance, options), None),
        ):
            if self.best is not None:
                return
            order = np.argsort(-worth, kind="stable").astype(np.int64)
            working = greedy(problem.instance, options, problem.ties, order, first)
            self._polish(working, order)

    def _by_levels(self, until: float) -> bool:
        """Decide large projects first; whether that was of use."""
        parts = parts_of(self.problem.instance, self.problem.options)
        if not pays(parts):
            return False
        loose = program_of(self.problem.model, self.problem.options)
        programs = (loose, self.program)
        if self.tilt is not None:
            programs = (
                replace(loose, profit=loose.profit * self.tilt),
                replace(self.program, profit=self.program.profit * self.tilt),
            )
        for _time in range(2):
            left = until - monotonic()
            seconds = max(min(self.patience() * LEVEL_ROUNDS, left * LEVEL_SHARE), 0.1)
            limits = Limits(seconds, self.level_gap, int(self.chance.integers(1 << 20)))
            found = descend(programs, parts[self.problem.options.project], limits, self.solver)
            if self.tilt is None:
                self.bound = min(self.bound, found.bound)
            if found.values is not None and self._core(found.values, until):
                return True
            # What was split in the end did not fit as a whole: decide more projects at once.
            parts = parts * MORE_AT_ONCE
        return False

    def _polish(self, working: Working, order: Ints) -> None:
        self.offer(working.taken)
        swapped(working, order, self.chance, rounds=200)
        self.offer(working.taken)

    def _core(self, values: Floats, until: float) -> bool:
        """Solve what is split or near its price with the rest as it is, ever more until that can be."""
        problem = self.problem
        split = (values > SPLIT) & (values < 1 - SPLIT)
        base = np.where(values >= 1 - SPLIT, 1.0, 0.0)
        weight = self.margin.copy()
        weight[problem.options.project[split]] = -1.0
        size, done = max(FIRST_SIZE, 2 * int((weight < 0).sum())), False
        while (left := until - monotonic()) > 0:
            began, patience = monotonic(), min(self.patience(), left)
            free = self.around(np.argsort(weight, kind="stable")[:size])
            done = self._solve(free, base, None, patience) or done
            hard = monotonic() - began > patience / 2
            if (done and hard) or size >= problem.instance.projects:
                return done
            size *= 3
        return done

    def around(self, projects: Ints) -> Bools:
        """Return the options of some projects and of those tied to them."""
        wanted = np.zeros(self.problem.instance.projects, bool)
        for project in projects.tolist():
            wanted[project] = True
            wanted[list(self.problem.ties.of(project))] = True
        return np.array(wanted[self.problem.options.project])

    def step(self, seconds: float) -> None:
        """Solve one part of the best choice again, and make parts larger while that is easy."""
        if self.best is None:
            self._core(self.relaxed.taken, monotonic() + seconds)
            return
        began, before = monotonic(), self.best_score
        kind = int(self.chance.choice(len(KINDS), p=self.credit / self.credit.sum()))
        free = self.around(self.part(KINDS[kind]))
        patience = self.patience()
        limit = min(patience, seconds)
        self._solve(free, self.problem.values(self.best), self.best, limit)
        spent = monotonic() - began
        self._learn(kind, (self.best_score - before) / max(before, 1) / (spent + 0.1))
        if spent < patience / 3:
            self.size = min(int(self.size * 1.25) + 1, self.problem.instance.projects)
        elif spent >= patience * 0.95:
            self.size = max(LEAST_SIZE, int(self.size * 0.75))

    def patience(self) -> float:
        """Return how long one part may take: longer where others use the same processors."""
        waited = (monotonic() - self.began[0]) / max(process_time() - self.began[1], 1e-3)
        return self.round_seconds * min(max(waited, 1.0), MOST_WAITING)

    def _learn(self, kind: int, gain: float) -> None:
        """Try kinds of parts more often that gained more in their time, and none never."""
        self.gains[kind] = 0.6 * self.gains[kind] + 0.4 * gain
        total = self.gains.sum()
        even = np.full(len(KINDS), 1.0 / len(KINDS))
        self.credit = 0.4 * even + 0.6 * (self.gains / total if total > 0 else even)

    def part(self, kind: str) -> Ints:
        """Return the projects of the next part: those that prices leave most undecided, of a cut.

        Few large projects hold most of the money, and what they leave decides the rest: so the
        large ones are weighed again most often, together with small ones that fill the gaps.
        """
        size = min(self.size, len(self.margin))
        if kind == "near":
            scale = float(np.partition(self.absolute, size - 1)[size - 1])
            noise = self.chance.exponential(
                scale * self.chance.choice([0.1, 1.0, 3.0]), len(self.margin)
            )
            return np.argsort(self.absolute + noise)[:size].astype(np.int64)
        noise = self.chance.uniform(0.0, self.chance.choice([0.1, 0.3, 0.8]), len(self.margin))
        weight = self.margin + noise
        inside = self._cut(kind)
        few = int(self.chance.integers(size, 3 * size + 1))
        large = np.argsort(np.where(inside, -self.worth, np.inf))[:few]
        picked = large[np.argsort(weight[large])][: size * 2 // 3]
        rest = np.argsort(np.where(inside, weight, weight + 10.0))
        rest = rest[~np.isin(rest, picked)]
        found: Ints = np.concatenate([picked, rest[: size - len(picked)]])
        return found

    def _cut(self, kind: str) -> Bools:
        """Return the projects of some regions, of a channel, of a year and channel, or all."""
        options, instance = self.problem.options, self.problem.instance
        inside = np.zeros(instance.projects, bool)
        year, channel = (int(self.chance.integers(count)) for count in instance.ceilings.shape)
        if kind == "region" and instance.benefit.shape[1] > 2:
            regions = self.chance.permutation(instance.benefit.shape[1])[:3]
            inside = np.array(instance.benefit[:, regions].any(axis=1))
        elif kind == "channel":
            inside[options.project[options.cost[:, :, channel].any(axis=1)]] = True
        elif kind == "year":
            inside[options.project[options.cost[:, year].any(axis=1)]] = True
        return inside if inside.any() else ~inside

    def _solve(self, free: Bools, base: Floats, start: Ints | None, seconds: float) -> bool:
        """Solve the free options while the others keep their value; whether that gave a choice."""
        if not self.program.possible(free, base):
            return False
        part = self.program.restricted(free, base)
        guess = None if start is None else self.problem.values(start)[free]
        seed = int(self.chance.integers(1 << 20))
        found = self.solver(part, Limits(seconds, 1e-5, seed), guess)
        self.finished = self.finished or (found.proven and bool(free.all()))
        if found.values is None:
            return False
        values = base.copy()
        values[free] = np.rint(found.values)
        taken = self.problem.taken(values)
        return self.offer(taken) or self.best is not None


def margins(options: Options, reduced: Floats) -> Floats:
    """Return by how much the best decision about each project beats its second, by price, (P,)."""
    count = len(options.must)
    first, second = np.zeros(count), np.full(count, -np.inf)
    order = np.lexsort((-reduced, options.project))
    has = np.flatnonzero(np.diff(options.begin) > 0)
    top = reduced[order[options.begin[has]]]
    first[has] = np.maximum(top, 0.0)
    second[has] = np.minimum(top, 0.0)
    more = np.flatnonzero(np.diff(options.begin) > 1)
    runner = reduced[order[options.begin[more] + 1]]
    second[more] = np.maximum(second[more], np.minimum(runner, first[more]))
    second[options.must & ~np.isfinite(second)] = 0.0
    found: Floats = np.where(np.diff(options.begin) > 0, first - second, np.inf)
    return np.minimum(found, 1e300)
