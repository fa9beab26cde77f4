"""How firm a result is: without any one voter, and when the voters are redrawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sinergi.analysis.deliberation.ballots import Ballots, Floats
from sinergi.analysis.deliberation.equal_shares import NEAR, equal_shares, equal_shares_by_lot
from sinergi.analysis.deliberation.orders import Order
from sinergi.analysis.deliberation.places import Bools, best_and_worst, credit

FEWEST_VOTERS = 6
"""With five, even a unanimous preference between two items is likely by chance: 2 · ½⁵ > 0.05 ≥ 2 · ½⁶."""

REDRAWS = 500
REDRAWS_BY_LOT = 200
TAIL = 0.05
"""Of the redraws at each end that the interval of a place leaves out."""

AT_ONCE = 50

Masks = tuple[Bools, Bools]
Support = Callable[[Ballots, Floats], Bools]
"""From ballots and weights (b, n) to whether anybody supports each item (b, m)."""


@dataclass(frozen=True)
class ItemFirmness:
    """How firm the place of one item is.

    Parameters
    ----------
    stays
        Share of the redraws in which the item takes one of the places; a tie counts for the share of
        places that the tied have.
    best, worst
        The places between which it lies in 90% of the redraws; None when the rule gives no order.
    """

    stays: float
    best: int | None = None
    worst: int | None = None


@dataclass(frozen=True)
class Firmness:
    """How firm a choice is.

    Parameters
    ----------
    claimed
        Whether there are enough voters to say anything; otherwise the rest is empty.
    effective_voters
        Voters of equal weight that would carry as much.
    changed_without_one
        Number of voters without each of whom other items would be certain or tied.
    items
        In the order of the ballot.
    """

    claimed: bool
    effective_voters: float
    changed_without_one: int | None = None
    items: dict[str, ItemFirmness] | None = None


def firmness_of_order(
    ballots: Ballots, order: Order, places: int, *, seed: int, supported: Support | None = None
) -> Firmness:
    """Return how firm the first `places` places of an order are.

    Voters are redrawn with replacement, each with its weight: the redraws tell how far the result hangs
    on who happened to vote as they did; where all of a fixed group voted, they are no sampling error.

    Parameters
    ----------
    supported
        Of the rules by which an item that nobody supports takes no place.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall, ch. 6, 11.
    """

    def recount(weights: Floats) -> Masks:
        best, worst = best_and_worst(order(ballots, weights))
        there = supported(ballots, weights) if supported else np.array(True)
        return (worst <= places) & there, (best <= places) & (worst > places) & there

    def redraw(rng: np.random.Generator) -> dict[str, ItemFirmness]:
        weights = redrawn_weights(ballots.weights, REDRAWS, rng)
        parts = np.array_split(weights, -(-REDRAWS // AT_ONCE))
        ends = [best_and_worst(order(ballots, part)) for part in parts]
        best, worst = (np.concatenate(end) for end in zip(*ends, strict=True))
        there = supported(ballots, weights) if supported else np.array(True)
        tied = (best <= places) & (worst > places)
        stays = credit((worst <= places) & there, tied & there, places).mean(axis=0)
        low = np.quantile(best, TAIL, axis=0, method="inverted_cdf")
        high = np.quantile(worst, 1 - TAIL, axis=0, method="inverted_cdf")
        return {
            item: ItemFirmness(float(stays[at]), int(low[at]), int(high[at]))
            for at, item in enumerate(ballots.items)
        }

    return _firmness(ballots, recount, redraw, seed)


def firmness_of_shares(ballots: Ballots, places: int, *, seed: int) -> Firmness:
    """Return how firm a choice by equal shares is; in redraws, ties are broken by lot."""

    def recount(weights: Floats) -> Masks:
        each = [equal_shares(ballots, row, places, near=NEAR) for row in weights]
        return np.array([certain for certain, _ in each]), np.array([tied for _, tied in each])

    def redraw(rng: np.random.Generator) -> dict[str, ItemFirmness]:
        weights = redrawn_weights(ballots.weights, REDRAWS_BY_LOT, rng)
        stays = np.mean([equal_shares_by_lot(ballots, row, places, rng) for row in weights], axis=0)
        return {item: ItemFirmness(float(stays[at])) for at, item in enumerate(ballots.items)}

    return _firmness(ballots, recount, redraw, seed)


def _firmness(
    ballots: Ballots,
    recount: Callable[[Floats], Masks],
    redraw: Callable[[np.random.Generator], dict[str, ItemFirmness]],
    seed: int,
) -> Firmness:
    voters = ballots.effective_voters
    if voters < FEWEST_VOTERS:
        return Firmness(claimed=False, effective_voters=voters)
    certain, tied = recount(np.vstack([ballots.weights, weights_without_one(ballots.weights)]))
    changed = (certain[1:] != certain[0]).any(axis=1) | (tied[1:] != tied[0]).any(axis=1)
    items = redraw(np.random.default_rng(seed))
    return Firmness(True, voters, int(changed.sum()), items)


def weights_without_one(weights: Floats) -> Floats:
    """Return the weights (v, n) without each of the v voters that have any."""
    voters = np.flatnonzero(weights)
    without = np.tile(weights, (len(voters), 1))
    without[np.arange(len(voters)), voters] = 0
    return without


def redrawn_weights(weights: Floats, redraws: int, rng: np.random.Generator) -> Floats:
    """Return the weights (redraws, n) of voters redrawn with replacement from those that have any."""
    voters = np.flatnonzero(weights)
    times = rng.multinomial(len(voters), np.full(len(voters), 1 / len(voters)), size=redraws)
    redrawn = np.zeros((redraws, len(weights)))
    redrawn[:, voters] = times * weights[voters]
    return redrawn
