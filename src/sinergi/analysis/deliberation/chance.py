"""How often chance does as well: answers rearranged among the voters, and a test that stops early."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sinergi.analysis.deliberation.clusters import Floats, Integers

LEVEL = 0.01
"""Chance may do as well in 1% of rearrangements, so that two tests together stay well below 5%."""

REARRANGEMENTS = 499
ENOUGH = 5
"""When so many rearrangements have done as well, no more are needed to say that chance explains it."""

CELLS = 2_000_000
"""Distances between voters that are held at once; more voters make smaller batches."""

CLOSE = 1e-12

ROUNDS = 20
"""Rounds of trades between an outset and what is drawn from it; in each every voter trades once."""


@dataclass(frozen=True)
class Rearranged:
    """Answers (n, m) whose items can be rearranged, each among those who answered it.

    With `ranked`, rearranged rows become rankings again: each voter keeps its own values, in the order of
    what it was given, equals by lot. Otherwise places, which add up to the same for all, would be compared
    with rows that do not.
    """

    answers: Floats
    rng: np.random.Generator
    ranked: bool = False

    def draw(self, count: int) -> Floats:
        """Return `count` rearrangements (count, n, m); what is missing stays where it is."""
        drawn = np.full((count, *self.answers.shape), np.nan)
        for item, given in enumerate(self.answers.T):
            rows = np.flatnonzero(np.isfinite(given))
            orders = self.rng.random((count, len(rows))).argsort(axis=1)
            drawn[:, rows, item] = given[rows][orders]
        return self._as_rankings(drawn) if self.ranked else drawn

    def _as_rankings(self, drawn: Floats) -> Floats:
        lots = self.rng.random(drawn.shape)
        order = np.lexsort((lots, drawn), axis=2)
        own = np.broadcast_to(np.sort(self.answers, axis=1), drawn.shape)
        result = np.empty_like(drawn)
        np.put_along_axis(result, order, own, axis=2)
        return result

    def keeping_totals(self) -> "Rearranged":
        """Return the same answers, of approvals rearranged so that voters keep their number of them, too.

        Otherwise whoever may approve one of three would be compared with voters who approve none or all,
        and ballots filled in by lot would look like three camps.
        """
        given = self.answers[np.isfinite(self.answers)]
        if self.ranked or not np.isin(given, (0.0, 1.0)).all():
            return self
        return Traded(self.answers, self.rng)

    def batches(self) -> Iterator[int]:
        """Yield how many to draw next, few at first, `REARRANGEMENTS` in all."""
        most = int(np.clip(CELLS // len(self.answers) ** 2, 1, 128))
        size, left = min(16, most), REARRANGEMENTS
        while left:
            yield (size := min(size, left))
            left -= size
            size = min(2 * size, most)


@dataclass(frozen=True)
class Traded(Rearranged):
    """Approvals (n, m) that voters trade, so that every voter and every item keeps its number of approvals.

    The draws go forward from one outset, which is reached by going back from the answers: so they and the
    answers stand in for each other under the null hypothesis, however well the trades mix.

    References
    ----------
    Besag, J. and Clifford, P. (1989). Generalized Monte Carlo significance tests. Biometrika 76, 633-642.
    Strona, G. et al. (2014). A fast and unbiased procedure to randomize ecological binary matrices with
    fixed row and column totals. Nature Communications 5, 4114.
    """

    @cached_property
    def _outset(self) -> Floats:
        return self._mixed(self.answers[None].copy())

    def draw(self, count: int) -> Floats:
        """Return `count` rearrangements (count, n, m); what is missing stays where it is."""
        return self._mixed(np.repeat(self._outset, count, axis=0))

    def _mixed(self, tables: Floats) -> Floats:
        voters = tables.shape[1]
        for _round in range(ROUNDS):
            met = self.rng.permutation(voters)[: voters - voters % 2].reshape(2, -1)
            self._trade(tables, met[0], met[1])
        return tables

    def _trade(self, tables: Floats, ones: Integers, others: Integers) -> None:
        """Let pairs of voters deal out anew, by lot, the approvals that one of them has and the other not."""
        one, other = tables[:, ones], tables[:, others]
        differ = np.isfinite(one) & np.isfinite(other) & (one != other)
        had = (differ & (one == 1)).sum(axis=2, keepdims=True)
        lots = np.where(differ, self.rng.random(differ.shape), np.inf)
        last = np.take_along_axis(np.sort(lots, axis=2), np.maximum(had - 1, 0), axis=2)
        gets = (lots <= last) & (had > 0)
        tables[:, ones] = np.where(differ, gets, one)
        tables[:, others] = np.where(differ, ~gets, other)


def chance_of(
    observed: float, statistic: Callable[[Floats], Floats], rearranged: Rearranged
) -> float:
    """Return the p-value of `observed`: how often rearranged answers give at least as much.

    Stops at the fifth that does; then it is 5 / (number drawn), otherwise (1 + number that did) / 500.

    References
    ----------
    Besag, J. and Clifford, P. (1991). Sequential Monte Carlo p-values. Biometrika 78(2), 301-304.
    """
    drawn = reached = 0
    for size in rearranged.batches():
        as_good = np.flatnonzero(statistic(rearranged.draw(size)) >= observed - CLOSE)
        if reached + len(as_good) >= ENOUGH:
            return ENOUGH / (drawn + int(as_good[ENOUGH - reached - 1]) + 1)
        drawn += size
        reached += len(as_good)
    return (1 + reached) / (1 + drawn)
