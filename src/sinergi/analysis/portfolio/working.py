"""A choice in the making: what is left under each ceiling, and whether an option may join."""

from collections.abc import Iterator

import numpy as np

from sinergi.analysis.portfolio.instance import Floats, Instance, Ints
from sinergi.analysis.portfolio.options import Options, limits_of


class Ties:
    """Which projects each project is tied to."""

    def __init__(self, instance: Instance) -> None:
        count = instance.projects
        self.before: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self.after: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self.rivals: list[list[int]] = [[] for _ in range(count)]
        self.fellows: list[list[int]] = [[] for _ in range(count)]
        for rule in instance.precedences:
            self.before[rule.then].append((rule.first, rule.lag))
            self.after[rule.first].append((rule.then, rule.lag))
        for group in instance.alternatives:
            for member in group.members:
                self.rivals[member] += [other for other in group.members if other != member]
        for joint in instance.joints:
            for member in joint.members:
                self.fellows[member] += [other for other in joint.members if other != member]

    def of(self, project: int) -> set[int]:
        """Return the projects that any rule names together with this one."""
        ordered = [other for other, _lag in self.before[project] + self.after[project]]
        return {*ordered, *self.rivals[project], *self.fellows[project]}


class Working:
    """A choice that always keeps ceilings, precedence and alternatives, while it is built.

    Least shares and joint projects are pursued, not kept: `check` has the last word.
    """

    def __init__(self, instance: Instance, options: Options, ties: Ties) -> None:
        self.instance, self.options, self.ties = instance, options, ties
        cost, limits = limits_of(instance, options.cost)
        self.cost = cost.reshape(len(options), instance.ceilings.size)
        self.left = limits.ravel().copy()
        self.taken = np.full(instance.projects, -1, np.int64)

    def may(self, option: int) -> bool:
        """Whether an option fits as things stand, its joint projects aside."""
        project = int(self.options.project[option])
        if self.taken[project] >= 0 or (self.cost[option] > self.left).any():
            return False
        start = int(self.options.start[option])
        if any(self.taken[rival] >= 0 for rival in self.ties.rivals[project]):
            return False
        for first, lag in self.ties.before[project]:
            if self.taken[first] < 0 or self.options.start[self.taken[first]] + lag > start:
                return False
        for then, lag in self.ties.after[project]:
            if self.taken[then] >= 0 and self.options.start[self.taken[then]] < start + lag:
                return False
        return True

    def put(self, option: int) -> bool:
        """Take an option, with the first that fits of each joint project; nothing if one fails."""
        if not self.may(option):
            return False
        self.take(option)
        done = [int(self.options.project[option])]
        for fellow in self.ties.fellows[done[0]]:
            if self.taken[fellow] >= 0:
                continue
            own = range(*self.options.begin[fellow : fellow + 2].tolist())
            fitting = next((other for other in own if self.may(other)), None)
            if fitting is None:
                for project in done:
                    self.drop(project)
                return False
            self.take(fitting)
            done.append(fellow)
        return True

    def take(self, option: int) -> None:
        """Take an option, whether it fits or not."""
        self.taken[self.options.project[option]] = option
        self.left -= self.cost[option]

    def drop(self, project: int) -> None:
        """Give a project up, whatever follows from it."""
        self.left += self.cost[self.taken[project]]
        self.taken[project] = -1

    def free(self, project: int) -> bool:
        """Whether a project may be given up without another rule being broken."""
        if self.options.must[project] or self.ties.fellows[project]:
            return False
        return all(self.taken[then] < 0 for then, _lag in self.ties.after[project])


def density(instance: Instance, options: Options, price: Floats | None = None) -> Floats:
    """Return score by what an option takes of scarce money, shape (O,).

    Prices are those of the relaxation by year and channel; without them each ceiling counts as
    one whole (Senju and Toyoda 1968, Management Science 15).
    """
    limits = np.maximum(instance.ceilings.astype(float), 1.0)
    weight = 1.0 / limits if price is None else price
    paid = np.einsum("oyc,yc->o", options.cost.astype(float), weight)
    least = max(float(paid.max(initial=1.0)) * 1e-9, 1e-300)
    found: Floats = options.score / np.maximum(paid, least)
    return found


def greedy(
    instance: Instance, options: Options, ties: Ties, order: Ints, begin: Ints | None = None
) -> Working:
    """Return what fits, taken in an order of options, after those to begin with.

    What is pinned comes first, then regions that lack their least share, then everything.
    """
    working = Working(instance, options, ties)
    for option in order[options.must[options.project[order]]].tolist():
        working.put(option)
    for option in [] if begin is None else begin.tolist():
        working.put(option)
    for share in instance.shares:
        if share.minimum:
            _reach(working, share.region, share.minimum, share.measure == "money", order)
    _exactly_one(working, order)
    for option in order.tolist():
        working.put(option)
    return working


def at_hand(instance: Instance, options: Options) -> Iterator[Ints]:
    """Yield choices that need no solver, as the option of each project, shape (P,): the better first.

    By what an option takes of scarce money, then by score alone; whether they keep every rule is for `check`
    to say.
    """
    ties = Ties(instance)
    for worth in (density(instance, options), options.score.astype(float)):
        order = np.argsort(-worth, kind="stable").astype(np.int64)
        yield greedy(instance, options, ties, order).taken


def _reach(working: Working, region: int, minimum: int, money: bool, order: Ints) -> None:
    """Put projects of a region until its least share of the money is reached."""
    instance, options = working.instance, working.options
    own = instance.benefit[:, region]
    worth = options.total if money else options.score
    chosen = working.taken[working.taken >= 0]
    received = float((worth[chosen] * (own[options.project[chosen]] / 1.0)).sum())
    whole = float(instance.available) if money else 0.0
    for option in order[own[options.project[order]] > 0].tolist():
        if received >= minimum * whole:
            return
        if working.put(option):
            received += float(worth[option]) * float(own[options.project[option]])


def _exactly_one(working: Working, order: Ints) -> None:
    sets = [group.members for group in working.instance.alternatives if group.exactly]
    if not sets:
        return
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    begin = working.options.begin
    for members in sets:
        own = np.concatenate([np.arange(*begin[member : member + 2]) for member in members])
        for option in own[np.argsort(rank[own])].tolist():
            if working.put(option):
                break


def swapped(working: Working, order: Ints, chance: np.random.Generator, rounds: int) -> None:
    """Exchange single projects for what fits in their place, whenever the score grows."""
    options = working.options
    for _round in range(rounds):
        inside = np.flatnonzero(working.taken >= 0)
        outside = order[working.taken[options.project[order]] < 0][:400]
        if not inside.size or not outside.size:
            return
        project = int(chance.choice(inside))
        if not working.free(project):
            continue
        former = int(working.taken[project])
        working.drop(project)
        gained, added = 0, []
        fits = (working.cost[outside] <= working.left).all(axis=1)
        for option in outside[fits].tolist():
            plain = not working.ties.fellows[int(options.project[option])]
            if options.project[option] != project and plain and working.put(option):
                gained += int(options.score[option])
                added.append(int(options.project[option]))
        if gained <= options.score[former]:
            for other in reversed(added):
                working.drop(other)
            working.put(former)
