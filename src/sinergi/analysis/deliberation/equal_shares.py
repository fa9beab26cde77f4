"""The method of equal shares: choosing points so that every group of voters gets its share of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from sinergi.analysis.deliberation.ballots import Ballots, Floats
from sinergi.analysis.deliberation.places import Bools

Number = Fraction | float

MOST_STATES = 300
"""Ways to break ties that are followed; beyond them all that is not yet certain is shown as tied."""

NEAR = 1e-9
"""Prices computed as floats that are this close are equal."""

DIGITS = 12
"""Of what a voter has left, when computed as floats: the same by another way is the same."""


@dataclass(frozen=True)
class Electorate:
    """Voters with the same approvals as one.

    Parameters
    ----------
    supporters
        For each item the voters who approve it.
    weights
        The weight of each voter.
    """

    supporters: tuple[tuple[int, ...], ...]
    weights: tuple[Number, ...]

    @cached_property
    def table(self) -> Floats:
        """The weight (n, m) with which each voter supports each item, as floats."""
        found = np.zeros((len(self.weights), len(self.supporters)))
        for item, who in enumerate(self.supporters):
            for voter in who:
                found[voter, item] = float(self.weights[voter])
        return found

    def rest(self, chosen: frozenset[int]) -> list[int]:
        """Return the items not chosen that anybody supports."""
        return [item for item, who in enumerate(self.supporters) if who and item not in chosen]


@dataclass(frozen=True)
class State:
    """What is chosen so far and what each voter has left, for each unit of its weight.

    Less than nothing left is a load in the sense of Phragmén.
    """

    chosen: frozenset[int]
    left: tuple[Number, ...]


def equal_shares(
    ballots: Ballots, weights: Floats, places: int, *, near: float = 0
) -> tuple[Bools, Bools]:
    """Return which items (m,) are certainly chosen for `places` places, and which are tied for them.

    Each voter gets an equal share of `places` (by weight); an item costs 1, which its supporters pay in
    equal parts or with all they have left. The item with the smallest part is bought, until none can be
    paid; the places that are left go by Phragmén's sequential rule with what is left as a lead. Every way
    to break ties is followed: certain is what all choose, tied what some do.

    Parameters
    ----------
    weights
        (n,) whole numbers.
    near
        0 computes with fractions, so that equal is equal; otherwise with floats, several times as fast,
        and prices that are this close are equal.

    References
    ----------
    Peters, D. and Skowron, P. (2020). Proportionality and the limits of welfarism. EC '20, 793-794.
    Lackner, M. and Skowron, P. (2023). Multi-Winner Voting with Approval Preferences. Springer, rule 11.
    """
    number = float if near else _fraction
    voters = electorate(ballots, [number(weight) for weight in weights])
    states = {beginning(voters, places)}
    complete = True
    for _ in range(places):
        following = set()
        for state in states:
            following |= set(successors(voters, state, near=near)) or {state}
            if len(following) > MOST_STATES:
                complete = False
                break
        if not complete:
            break
        states = following
    return _agreed(voters, states, complete=complete, items=len(ballots.items))


def _fraction(weight: float) -> Fraction:
    return Fraction(int(weight))


def _agreed(
    voters: Electorate, states: set[State], *, complete: bool, items: int
) -> tuple[Bools, Bools]:
    chosen = [state.chosen for state in states]
    certain = frozenset.intersection(*chosen)
    some = frozenset.union(*chosen) if complete else frozenset(voters.rest(certain))
    number = range(items)
    return (
        np.array([item in certain for item in number]),
        np.array([item in some and item not in certain for item in number]),
    )


def equal_shares_by_lot(
    ballots: Ballots, weights: Floats, places: int, rng: np.random.Generator
) -> Bools:
    """Return one choice (m,) of equal shares in which ties are broken by lot; for redraws."""
    voters = electorate(ballots, [float(weight) for weight in weights])
    state = beginning(voters, places)
    for _ in range(places):
        following = list(successors(voters, state, near=NEAR))
        if not following:
            break
        state = following[int(rng.integers(len(following)))]
    return np.array([item in state.chosen for item in range(len(ballots.items))])


def electorate(ballots: Ballots, weights: list[Number]) -> Electorate:
    """Return the voters of positive weight, those with the same approvals as one."""
    kinds: dict[bytes, Number] = {}
    approved = ballots.answers == 1
    for row, weight in zip(approved, weights, strict=True):
        if weight > 0:
            kinds[row.tobytes()] = kinds.get(row.tobytes(), 0) + weight
    rows = np.array([np.frombuffer(kind, dtype=bool) for kind in kinds]).reshape(
        -1, approved.shape[1]
    )
    supporters = tuple(tuple(int(who) for who in np.flatnonzero(column)) for column in rows.T)
    return Electorate(supporters, tuple(kinds.values()))


def beginning(voters: Electorate, places: int) -> State:
    """Return the state in which nothing is chosen and all have their share."""
    share = places / sum(voters.weights)
    return State(frozenset(), (share,) * len(voters.weights))


def successors(voters: Electorate, state: State, *, near: float = 0) -> Iterator[State]:
    """Yield the states after the next choice, one for each item that is tied for it."""
    rest = voters.rest(state.chosen)
    affordable, loads = (
        _at_once(voters, state, rest, near) if near else _exactly(voters, state, rest)
    )
    costs = affordable or loads
    least = min(costs.values(), default=0)
    for item, cost in costs.items():
        if cost <= least + near:
            yield _after(voters, state, item, cost, bought=bool(affordable))


Costs = dict[int, Number]
"""Items and what each costs a unit of weight: those that can be paid, and all by Phragmén's rule."""


def _exactly(voters: Electorate, state: State, rest: list[int]) -> tuple[Costs, Costs]:
    poorest = sorted(range(len(state.left)), key=state.left.__getitem__)
    rank = {voter: place for place, voter in enumerate(poorest)}
    prices = {item: _price(voters, state, item, rank) for item in rest}
    affordable = {item: price for item, price in prices.items() if price is not None}
    return affordable, {} if affordable else {item: _load(voters, state, item) for item in rest}


def _at_once(voters: Electorate, state: State, rest: list[int], near: float) -> tuple[Costs, Costs]:
    """Return what `_exactly` does for all items in one go, as floats; who is short of `near` can pay."""
    left = np.array(state.left, dtype=np.float64)
    order = left.argsort(kind="stable")
    left, weights = left[order, None], voters.table[order][:, rest]
    paid = left * weights
    due = 1 - (paid.cumsum(axis=0) - paid)
    whole = weights.sum(axis=0)
    paying = whole - (weights.cumsum(axis=0) - weights)
    enough = (weights > 0) & (left * paying >= due - near)
    first, every = enough.argmax(axis=0), np.arange(len(rest))
    prices = due[first, every] / paying[first, every]
    loads = (1 - paid.sum(axis=0)) / whole
    can = enough.any(axis=0)
    return (
        {item: float(prices[at]) for at, item in enumerate(rest) if can[at]},
        {item: float(loads[at]) for at, item in enumerate(rest)},
    )


def _price(voters: Electorate, state: State, item: int, rank: dict[int, int]) -> Number | None:
    """Return the most that a supporter pays for each unit of its weight; None when they cannot pay 1."""
    who = sorted(voters.supporters[item], key=rank.__getitem__)
    due: Number = 1
    paying: Number = sum(voters.weights[voter] for voter in who)
    for voter in who:
        if state.left[voter] * paying >= due:
            return due / paying
        due -= state.left[voter] * voters.weights[voter]
        paying -= voters.weights[voter]
    return None


def _load(voters: Electorate, state: State, item: int) -> Number:
    """Return the load that each supporter carries when they share the item (Phragmén)."""
    who = voters.supporters[item]
    spare = sum(state.left[voter] * voters.weights[voter] for voter in who)
    return (1 - spare) / sum(voters.weights[voter] for voter in who)


def _after(voters: Electorate, state: State, item: int, cost: Number, *, bought: bool) -> State:
    who = list(voters.supporters[item])
    if isinstance(cost, float):
        floats = np.array(state.left, dtype=np.float64)
        floats[who] = np.round(np.maximum(floats[who] - cost, 0) if bought else -cost, DIGITS)
        return State(state.chosen | {item}, tuple(floats.tolist()))
    left = list(state.left)
    for voter in who:
        left[voter] = left[voter] - min(left[voter], cost) if bought else -cost
    return State(state.chosen | {item}, tuple(left))
