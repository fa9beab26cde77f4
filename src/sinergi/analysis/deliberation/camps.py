"""Whether voters fall into camps: groups that chance does not make, that hold when redrawn and lie apart."""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from sinergi.analysis.deliberation.chance import LEVEL, Rearranged, chance_of
from sinergi.analysis.deliberation.clusters import (
    Floats,
    Integers,
    centred,
    pairwise_distances,
    partitions,
    silhouettes,
)
from sinergi.analysis.deliberation.levels import clumps_by_chance, levels, spread
from sinergi.analysis.deliberation.stability import jaccard_when_redrawn

FEWEST_VOTERS = 6
"""Below it even a unanimous preference between two items is likely by chance: 2 · ½⁵ > 0.05."""

FEWEST_ANSWERS = 0.5
"""Share of the items that a voter must have answered to be counted into a camp."""

STABLE = 0.75
"""Mean Jaccard similarity from which Hennig (2007) calls a cluster valid and stable."""

EVEN = 0.02
"""Opinions spread evenly along a line may lie as far apart as two camps do in 2% of samples."""

MOST_CAMPS = 4


class Verdict(StrEnum):
    """What can be said of camps."""

    FOUND = "found"
    LIKE_CHANCE = "like_chance"
    UNSTABLE = "unstable"
    GRADUAL = "gradual"
    TOO_FEW_VOTERS = "too_few_voters"


class Basis(StrEnum):
    """In what the camps differ."""

    PREFERENCE = "preference"
    LEVEL = "level"


@dataclass(frozen=True)
class Camps:
    """What can be said of camps, and the numbers behind it.

    Parameters
    ----------
    verdict
        Only `FOUND` is a claim; everything else reads "no distinct camps".
    voters
        How many voters answered enough to be counted.
    camps
        The rows of the voters of each camp, largest first; empty unless found.
    basis
        Whether the camps prefer other items, or one approves more of everything than the other.
    width
        Mean silhouette width of the best split, -1 to 1; None for too few voters.
    p_value
        How often rearranged answers split at least as well.
    stability
        The least of the camps' mean Jaccard similarities when voters are redrawn, 0 to 1; None when
        chance alone explains the split.
    even_p_value
        How often opinions spread evenly along a line lie as far apart as the two nearest camps; None
        when the tests before did not hold.
    """

    verdict: Verdict
    voters: int
    camps: tuple[tuple[int, ...], ...] = ()
    basis: Basis | None = None
    width: float | None = None
    p_value: float | None = None
    stability: float | None = None
    even_p_value: float | None = None

    @property
    def distinct(self) -> bool:
        """Return whether there are distinct camps."""
        return self.verdict is Verdict.FOUND


@dataclass(frozen=True)
class Split:
    """One way to split the voters, and how likely chance splits as well."""

    basis: Basis
    points: Floats
    labels: Integers
    width: float
    p_value: float

    @property
    def groups(self) -> int:
        """Return the number of groups."""
        return int(self.labels.max()) + 1


def find_camps(answers: ArrayLike, *, seed: int = 0, ranked: bool = False) -> Camps:
    """Return whether the voters fall into camps, by three tests that must all hold.

    The answers are split into two to four groups by k-means; the split with the greatest mean silhouette
    width is kept. *Chance:* the answers to each item are rearranged among the voters who answered it (of
    approvals so that each voter keeps its number of them), and the same search, choice of the number of
    groups included, is made again; at most 1% of the rearrangements may do as well. *Stability:* voters
    are redrawn with replacement, and each camp must be found again (mean Jaccard similarity of at least
    0.75). *Distinct:* along the line between any two camps their voters must lie in two clumps, more
    clearly than 98% of samples of evenly spread opinions.

    How much a voter approves in all is taken away first, so that generous and strict voters are no camps
    as such. Only when these levels themselves lie in two clumps, further apart than chance makes them and
    more clearly than levels spread evenly would, they are called camps by `Basis.LEVEL`.

    Parameters
    ----------
    answers
        (n, m) approvals 0 or 1, ratings on one scale, or Borda points; NaN for no answer. Voters who
        answered less than half of the items are left out.
    seed
        Of the rearrangements and redraws; the same seed gives the same result.
    ranked
        Whether each voter's answers are a ranking, so that rearranged answers must be rankings, too.

    References
    ----------
    Anderson, M. J. (2001). Permutation tests for univariate or multivariate analysis of variance and
    regression. Canadian Journal of Fisheries and Aquatic Sciences 58, 626-639.
    Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational Statistics & Data
    Analysis 52, 258-271.
    """
    table = np.asarray(answers, dtype=np.float64)
    counted = np.flatnonzero(_answered_enough(table))
    if len(counted) < FEWEST_VOTERS:
        return Camps(Verdict.TOO_FEW_VOTERS, len(counted))
    rng = np.random.default_rng(seed)
    rearranged = Rearranged(table[counted], rng, ranked)
    preference = _judged(by_preference(rearranged), counted, rng)
    if preference.distinct:
        return preference
    split = by_level(rearranged)
    level = _judged(split, counted, rng) if split else preference
    return level if level.distinct else preference


def _answered_enough(table: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    share = np.isfinite(table).sum(axis=1) / max(table.shape[1], 1)
    enough: np.ndarray[tuple[int], np.dtype[np.bool_]] = share >= FEWEST_ANSWERS
    return enough


def _judged(split: Split, counted: Integers, rng: np.random.Generator) -> Camps:
    """Return what the three tests say of a split, stopping at the first that does not hold."""
    told = Camps(Verdict.LIKE_CHANCE, len(counted), width=split.width, p_value=split.p_value)
    if split.p_value > LEVEL:
        return told
    stability = float(jaccard_when_redrawn(split.points, split.labels, rng).min())
    told = replace(told, verdict=Verdict.UNSTABLE, stability=stability)
    if stability < STABLE:
        return told
    even = max(_evenness(split, pair, rng) for pair in combinations(range(split.groups), 2))
    told = replace(told, verdict=Verdict.GRADUAL, even_p_value=even)
    if even > EVEN:
        return told
    camps = [np.flatnonzero(split.labels == group) for group in range(split.groups)]
    camps.sort(key=lambda rows: (-len(rows), rows[0]))
    rows = tuple(tuple(int(row) for row in counted[camp]) for camp in camps)
    return replace(told, verdict=Verdict.FOUND, camps=rows, basis=split.basis)


def _evenness(split: Split, pair: tuple[int, int], rng: np.random.Generator) -> float:
    """Return how often voters spread evenly between two groups part as clearly as they do."""
    first, second = (split.points[split.labels == group] for group in pair)
    axis = second.mean(axis=0) - first.mean(axis=0)
    return clumps_by_chance(np.concatenate([first, second]) @ axis, rng)


def by_preference(rearranged: Rearranged) -> Split:
    """Return the best split by which items the voters prefer."""
    points = centred(rearranged.answers[None], by_voter=True)
    labels, widths = best_partition(points)
    p_value = chance_of(
        widths[0],
        lambda some: best_partition(centred(some, by_voter=True))[1],
        rearranged.keeping_totals(),
    )
    return Split(Basis.PREFERENCE, points[0], labels[0], float(widths[0]), p_value)


def by_level(rearranged: Rearranged) -> Split | None:
    """Return the split by how much the voters approve in all; None when their levels are not in clumps."""
    level = levels(rearranged.answers[None])
    if clumps_by_chance(level[0], rearranged.rng) > LEVEL:
        return None
    p_value = chance_of(spread(level)[0], lambda some: spread(levels(some)), rearranged)
    points = level[:, :, None]
    labels, widths = best_partition(points, most=2)
    return Split(Basis.LEVEL, points[0], labels[0], float(widths[0]), p_value)


def best_partition(points: Floats, most: int = MOST_CAMPS) -> tuple[Integers, Floats]:
    """Return the labels (b, n) of the split of the greatest silhouette width, and that width (b,).

    A camp has at least two voters and a tenth of all: a few outsiders are no camp.
    """
    voters = points.shape[1]
    smallest = max(2, -(-voters // 10))
    distances = pairwise_distances(points)
    found = list(partitions(points, max(2, min(most, voters // 3))))
    widths = np.array(
        [
            silhouettes(distances, labels, groups, smallest=smallest)
            for groups, labels in enumerate(found, start=2)
        ]
    )
    best = widths.argmax(axis=0)
    every = np.arange(len(points))
    return np.array(found)[best, every], widths[best, every]
