"""Every single thing that can be decided: a project, from a year, paid in one of its ways."""

from dataclasses import dataclass

import numpy as np

from sinergi.analysis.portfolio.instance import FREE, Bools, Choice, Instance, Ints, score_units
from sinergi.analysis.portfolio.validate import length_of


@dataclass(frozen=True, eq=False)
class Options:
    """The options of an instance (O options), ordered by project; pins have been obeyed.

    Parameters
    ----------
    project, way, start
        What each option is, shape (O,); the way is counted within its project.
    score
        Millionths, shape (O,).
    cost
        Minor units by year and channel, shape (O, Y, C).
    total
        Minor units over all years and channels, shape (O,).
    begin
        First option of each project, shape (P + 1,).
    must
        Projects that are pinned in, shape (P,).
    """

    project: Ints
    way: Ints
    start: Ints
    score: Ints
    cost: Ints
    total: Ints
    begin: Ints
    must: Bools

    def __len__(self) -> int:
        return len(self.project)

    def choice(self, taken: Ints) -> Choice:
        """Return the choice in which each project takes an option, or none where it is -1."""
        rows = np.maximum(taken, 0)
        chosen = taken >= 0
        if not len(self):
            return Choice.nothing(len(taken))
        return Choice(np.where(chosen, self.start[rows], -1), np.where(chosen, self.way[rows], -1))

    def taken(self, choice: Choice) -> Ints:
        """Return the option each project takes in a choice, -1 for none, shape (P,).

        A start or way that pins forbid counts as not chosen.
        """
        matches = (self.start == choice.start[self.project]) & (
            self.way == choice.way[self.project]
        )
        found = np.full(len(choice.start), -1, np.int64)
        found[self.project[matches]] = np.flatnonzero(matches)
        return found


def options_of(instance: Instance, *, affordable: bool = True) -> Options:
    """Return all options whose costs end within the years and that no pin forbids.

    Without `affordable` those are kept that alone cost more than a ceiling.
    """
    years, channels = instance.ceilings.shape
    length, first_way = length_of(instance), instance.first_way
    project = instance.way_project
    latest = np.minimum(instance.last[project], years - length)
    count = np.maximum(latest - instance.first[project] + 1, 0)
    ways = np.repeat(np.arange(len(project)), count)
    within = np.arange(len(ways)) - np.repeat(np.cumsum(count) - count, count)
    start = instance.first[project[ways]] + within
    kept = _allowed(instance, project[ways], ways - first_way[project[ways]], start)
    ways, start = ways[kept], start[kept]
    cost = np.zeros((len(ways), years, channels), np.int64)
    rows = np.arange(len(ways))
    for offset in range(instance.cost.shape[1]):
        inside = start + offset < years
        cost[rows[inside], start[inside] + offset] = instance.cost[ways[inside], offset]
    if affordable:
        fits = _fits(instance, cost)
        ways, start, cost = ways[fits], start[fits], cost[fits]
    owner = project[ways]
    must = np.zeros(instance.projects, bool)
    must[[pin.project for pin in instance.pins if pin.chosen]] = True
    return Options(
        project=owner,
        way=ways - first_way[owner],
        start=start,
        score=score_units(instance)[owner, start],
        cost=cost,
        total=cost.sum(axis=(1, 2)),
        begin=np.searchsorted(owner, np.arange(instance.projects + 1)).astype(np.int64),
        must=must,
    )


def _fits(instance: Instance, cost: Ints) -> Bools:
    """Whether each option alone is within all ceilings; relaxations are much tighter so."""
    sums, limits = limits_of(instance, cost)
    fits: Bools = np.asarray((sums <= limits).all(axis=(1, 2)))
    return fits


def limits_of(instance: Instance, cost: Ints) -> tuple[Ints, Ints]:
    """Return costs, shape (O, Y, C), and ceilings, (Y, C), summed over the years that carry over."""
    carries = instance.carries
    sums = np.where(carries, np.cumsum(cost, axis=1), cost)
    return sums, np.where(carries, np.cumsum(instance.ceilings, axis=0), instance.ceilings)


def _allowed(instance: Instance, project: Ints, way: Ints, start: Ints) -> Bools:
    kept = np.ones(len(project), bool)
    for pin in instance.pins:
        begin, end = np.searchsorted(project, [pin.project, pin.project + 1])
        own = slice(int(begin), int(end))
        if not pin.chosen:
            kept[own] = False
            continue
        if pin.start != FREE:
            kept[own] &= start[own] == pin.start
        if pin.way != FREE:
            kept[own] &= way[own] == pin.way
    return kept
