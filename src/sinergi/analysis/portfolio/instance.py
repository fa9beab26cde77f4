"""A set of projects, what each costs in which year from which channel, and the rules of choosing."""

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

PPM = 1_000_000
"""Shares are whole parts per million, so that they are checked without rounding."""
SCORE_UNITS = 1_000_000
"""Scores are counted in whole millionths for the same reason."""
FREE = -1
"""A year or way of a pin that is left open."""


@dataclass(frozen=True)
class RegionShare:
    """The least and the most that one region receives.

    Parameters
    ----------
    region
        Column of `Instance.benefit`.
    minimum, maximum
        Parts per million; None where there is none.
    measure
        Whether money or score is counted, each by the region's share of a project's benefit.
    base
        What it is a share of: all money `available` under the ceilings, or all that is `chosen`.
        Scores are always a share of what is chosen.
    """

    region: int
    minimum: int | None = None
    maximum: int | None = None
    measure: Literal["money", "score"] = "money"
    base: Literal["available", "chosen"] = "available"


@dataclass(frozen=True)
class Precedence:
    """`then` may be chosen only with `first`, and begins at least `lag` years after it."""

    first: int
    then: int
    lag: int = 0


@dataclass(frozen=True)
class Alternatives:
    """At most one, or exactly one, of some projects."""

    members: tuple[int, ...]
    exactly: bool = False


@dataclass(frozen=True)
class Joint:
    """All members or none."""

    members: tuple[int, ...]


@dataclass(frozen=True)
class Pin:
    """A decision made by hand: a project is in or out, perhaps from a given year, in a given way."""

    project: int
    chosen: bool
    start: int = FREE
    way: int = FREE


@dataclass(frozen=True)
class Different:
    """What is chosen differs from a former choice: in a share of all that either holds."""

    members: tuple[int, ...]
    share: int
    """Parts per million of the projects that one or both of them hold."""
    fresh: int = 0
    """Parts per million of its own projects that each of both holds alone: it must not only omit."""


@dataclass(frozen=True, eq=False)
class Instance:
    """What can be chosen (P projects, W ways, D years of a profile, Y years, C channels, R regions).

    Parameters
    ----------
    score
        What each project is worth, ≥ 0, shape (P,).
    way_project
        The project of each way of paying, ascending, shape (W,). A project whose cost may come
        from several channels has a way for each (see `ways.ways_of`).
    cost
        Minor units (1/100 rupiah) by year after the start and channel, shape (W, D, C).
    first, last
        Earliest and latest year in which a project may start, as offsets, shape (P,).
    ceilings
        Minor units, shape (Y, C); money of one channel or year is not usable elsewhere.
    benefit
        Share of each region in a project's benefit, parts per million, shape (P, R).
    carries
        Channels whose unspent money may be spent in later years, shape (C,); none unless given.
    timeliness
        Factor on the score of a project that starts in a year, shape (Y,); 1 unless given.
    """

    score: Floats
    way_project: Ints
    cost: Ints
    first: Ints
    last: Ints
    ceilings: Ints
    benefit: Ints
    carries: Bools = field(default_factory=lambda: np.zeros(0, bool))
    timeliness: Floats = field(default_factory=lambda: np.zeros(0))
    shares: tuple[RegionShare, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    alternatives: tuple[Alternatives, ...] = ()
    joints: tuple[Joint, ...] = ()
    pins: tuple[Pin, ...] = ()
    different: tuple[Different, ...] = ()

    def __post_init__(self) -> None:
        """Fill what was left to its default."""
        if not self.carries.size:
            object.__setattr__(self, "carries", np.zeros(self.ceilings.shape[1], bool))
        if not self.timeliness.size:
            object.__setattr__(self, "timeliness", np.ones(self.ceilings.shape[0]))

    @property
    def projects(self) -> int:
        """How many projects there are."""
        return len(self.score)

    @property
    def available(self) -> int:
        """All money under the ceilings, minor units."""
        return int(self.ceilings.sum())

    @property
    def first_way(self) -> Ints:
        """The first row of each project in `way_project`, shape (P + 1,)."""
        return np.searchsorted(self.way_project, np.arange(self.projects + 1)).astype(np.int64)

    def pinned(self, *pins: Pin) -> "Instance":
        """Return the same with some pins, which take the place of former pins of their projects."""
        named = {pin.project for pin in pins}
        kept = tuple(pin for pin in self.pins if pin.project not in named)
        return replace(self, pins=kept + pins)

    def unpinned(self, project: int) -> "Instance":
        """Return the same without the pins of one project."""
        return replace(self, pins=tuple(pin for pin in self.pins if pin.project != project))


@dataclass(frozen=True, eq=False)
class Choice:
    """Which projects are chosen, when each starts and which of its ways pays.

    Parameters
    ----------
    start
        Year offset, -1 for a project that is not chosen, shape (P,).
    way
        Number of the way within its project, -1 likewise, shape (P,).
    """

    start: Ints
    way: Ints

    @classmethod
    def nothing(cls, projects: int) -> "Choice":
        """Return the choice of no project."""
        return cls(np.full(projects, -1, np.int64), np.full(projects, -1, np.int64))

    @property
    def chosen(self) -> Bools:
        """Whether each project is chosen, shape (P,)."""
        found: Bools = self.start >= 0
        return found


def score_units(instance: Instance) -> Ints:
    """Return the score of each project by start year in whole millionths, shape (P, Y)."""
    worth = instance.score[:, None] * instance.timeliness[None, :]
    return np.rint(worth * SCORE_UNITS).astype(np.int64)


def score_of(instance: Instance, choice: Choice) -> float:
    """Return the score of a choice, summed exactly in millionths."""
    rows = np.flatnonzero(choice.chosen)
    return int(score_units(instance)[rows, choice.start[rows]].sum()) / SCORE_UNITS


def spending(instance: Instance, choice: Choice) -> Ints:
    """Return what a choice costs, minor units, shape (Y, C); costs beyond the last year are lost."""
    years, channels = instance.ceilings.shape
    spent = np.zeros((years, channels), np.int64)
    rows = np.flatnonzero(choice.chosen)
    ways = instance.first_way[rows] + choice.way[rows]
    for offset in range(instance.cost.shape[1]):
        when = choice.start[rows] + offset
        inside = when < years
        np.add.at(spent, when[inside], instance.cost[ways[inside], offset])
    return spent
