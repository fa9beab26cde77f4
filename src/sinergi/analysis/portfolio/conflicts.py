"""Why nothing can be chosen: the fewest rules to relax, with amounts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np

from sinergi.analysis.portfolio.check import Violation, check
from sinergi.analysis.portfolio.instance import Choice, Instance
from sinergi.analysis.portfolio.outside import Team, Tick
from sinergi.analysis.portfolio.solving import GIB
from sinergi.analysis.portfolio.task import EXPLAIN, Task
from sinergi.analysis.portfolio.validate import validate


@dataclass(frozen=True, eq=False)
class Conflict:
    """What must give way.

    Parameters
    ----------
    relaxed
        The rules to relax, each with the amount by which `choice` breaks it, and by how much every
        choice does (`Violation.least`); counted in whole numbers.
    choice
        A choice that breaks only those.
    proven
        Whether fewer rules are proven not to do. Of as many, others may do as well.
    """

    relaxed: tuple[Violation, ...]
    choice: Choice | None
    proven: bool
    seconds: float


def conflict_of(
    instance: Instance,
    *,
    seconds: float = 30.0,
    seed: int = 0,
    memory: int = 4 * GIB,
    tick: Tick | None = None,
    keep_pins: bool = False,
) -> Conflict:
    """Return the fewest rules to relax; without rules and choice when time was too short.

    Of as many, those are sought whose prices are least: pins and least shares before other rules, and these
    before ceilings. With `keep_pins` all else gives way before what was decided by hand: what stands against
    it, with amounts.

    Raises
    ------
    InputError
        The instance is malformed.
    """
    validate(instance)
    began = monotonic()
    task = Task(
        instance=instance,
        role=EXPLAIN,
        solver="highs",
        seconds=seconds,
        gap=0.0,
        seed=seed,
        threads=1,
        alone=True,
        plain=False,
        start=None,
        memory=memory,
        keep_pins=keep_pins,
    )
    team = Team([task], seconds, tick)
    try:
        while (arrival := team.next()) is not None:
            message = arrival[1]
            if message["kind"] == "broken":
                choice = Choice(
                    np.array(message["start"], np.int64), np.array(message["way"], np.int64)
                )
                found = check(instance, choice)
                proven = bool(message["proven"]) and len(found) <= len(message["broken"])
                told = tuple(_with_least(instance, found, message["least"]))
                return Conflict(told, choice, proven, monotonic() - began)
    finally:
        team.end()
    return Conflict((), None, proven=False, seconds=monotonic() - began)


def _with_least(
    instance: Instance, found: list[Violation], least: list[list[Any]]
) -> Iterator[Violation]:
    """Yield what is broken with the least amount, unless the choice for it breaks further rules."""
    broken = {(one.kind, one.index) for one in found}
    amounts = {}
    for (kind, index), start, way in least:
        alone = check(instance, Choice(np.array(start, np.int64), np.array(way, np.int64)))
        told = {(one.kind, one.index): one.amount for one in alone}
        key = (kind, tuple(index))
        if told.keys() <= broken:
            amounts[key] = told.get(key, 0)
    for one in found:
        sure = amounts.get((one.kind, one.index))
        yield replace(one, least=None if sure is None else min(sure, one.amount))


def promised(instance: Instance) -> int:
    """Return what the least shares of all money there is come to together, parts per million of it."""
    return sum(
        share.minimum or 0
        for share in instance.shares
        if share.measure == "money" and share.base == "available"
    )
