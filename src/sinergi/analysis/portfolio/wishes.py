"""What a wish costs, and what a little more money would buy: differences of two solvings."""

from dataclasses import dataclass, replace

import numpy as np

from sinergi.analysis.portfolio.instance import Instance, Pin, RegionShare
from sinergi.analysis.portfolio.options import options_of
from sinergi.analysis.portfolio.rows import model_of
from sinergi.analysis.portfolio.solving import Result, solve


@dataclass(frozen=True, eq=False)
class Difference:
    """How the best score changes.

    Parameters
    ----------
    result
        What solving the changed instance came to.
    change
        Score of its choice less that of the former one.
    low, high
        The change of the best score lies between; equal when both are proven.
    """

    result: Result
    change: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the change is known to be none, or known to be one."""
        return self.high - self.low < 1e-9 or self.low > 0 or self.high < 0


def _difference(former: Result, result: Result, *, tighter: bool) -> Difference:
    low = result.score - former.bound
    high = result.bound - former.score
    if tighter:
        high = min(high, 0.0)
    else:
        low = max(low, 0.0)
    if result.choice is None:
        low = -former.bound
    return Difference(result, result.score - former.score, min(low, high), high)


def wish(
    instance: Instance, former: Result, *pins: Pin, seconds: float = 10.0, **options: object
) -> Difference:
    """Return what moving projects in or out by hand changes; the former choice is where it begins.

    `change`, `low` and `high` are ≤ 0: the price of the wish is their opposite. With pins that
    replace former ones the change may also be a gain.

    Raises
    ------
    InputError
        As `solve`.
    """
    named = {pin.project for pin in instance.pins}
    tighter = not any(pin.project in named for pin in pins)
    changed = instance.pinned(*pins)
    result = solve(changed, seconds=seconds, start=former.choice, **options)  # type: ignore[arg-type]
    return _difference(former, result, tighter=tighter)


def richer(instance: Instance, year: int, channel: int, amount: int) -> Instance:
    """Return the instance with more money (minor units) under one ceiling.

    Shares of the available money stay the same amounts: what is new is free.
    """
    ceilings = instance.ceilings.copy()
    ceilings[year, channel] += amount
    before, after = instance.available, instance.available + amount

    def kept(share: RegionShare) -> RegionShare:
        if share.measure == "score" or share.base == "chosen" or not after:
            return share
        least = None if share.minimum is None else share.minimum * before // after
        return replace(share, minimum=least)

    return replace(instance, ceilings=ceilings, shares=tuple(map(kept, instance.shares)))


def price_of_money(
    instance: Instance,
    former: Result,
    year: int,
    channel: int,
    amount: int,
    *,
    seconds: float = 10.0,
    **options: object,
) -> Difference:
    """Return what so much more money under one ceiling buys, by solving again.

    Raises
    ------
    InputError
        As `solve`.
    """
    changed = richer(instance, year, channel, amount)
    result = solve(changed, seconds=seconds, start=former.choice, **options)  # type: ignore[arg-type]
    return _difference(former, result, tighter=False)


def price_of_share(
    instance: Instance, former: Result, number: int, *, seconds: float = 10.0, **options: object
) -> Difference:
    """Return what doing without one region's least and most share would gain, by solving again.

    Raises
    ------
    InputError
        As `solve`.
    """
    shares = tuple(share for at, share in enumerate(instance.shares) if at != number)
    changed = replace(instance, shares=shares)
    result = solve(changed, seconds=seconds, start=former.choice, **options)  # type: ignore[arg-type]
    return _difference(former, result, tighter=False)


def hints(instance: Instance, result: Result) -> dict[tuple[str, tuple[int, ...]], float]:
    """Return the first hint of each price: the dual of its row in the relaxation.

    Score by minor unit for money, by project for rules between projects. A hint says where to
    look; what is told comes from solving again, because projects are not divisible.
    """
    labels = model_of(instance, options_of(instance)).labels
    found: dict[tuple[str, tuple[int, ...]], float] = {}
    if len(result.duals) != len(labels):
        return found
    for label, dual in zip(labels, result.duals.tolist(), strict=True):
        key = (label.kind, label.index)
        found[key] = found.get(key, 0.0) + abs(dual) / label.unit
    return {key: price for key, price in found.items() if price > 0 and np.isfinite(price)}
