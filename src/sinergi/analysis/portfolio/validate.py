"""Refuse an instance that cannot mean anything, and say where it is wrong."""

from collections.abc import Iterable

import numpy as np

from sinergi.analysis.errors import InputError
from sinergi.analysis.portfolio.instance import (
    FREE,
    PPM,
    SCORE_UNITS,
    Bools,
    Instance,
    Ints,
    Pin,
)

MOST = 2**62
"""Sums of money and of score stay below this, so that 64 bits hold them."""


def validate(instance: Instance) -> None:
    """Refuse what is malformed.

    Whether the rules can be met together is not judged here: that is what solving tells.

    Raises
    ------
    InputError
        Shapes that do not agree, negative or too large numbers, rules about projects or regions
        that are not there, pins that contradict each other.
    """
    shapes(instance)
    numbers(instance)
    windows(instance)
    rules(instance)
    pins(instance)


def shapes(instance: Instance) -> None:
    """Refuse arrays whose lengths do not agree."""
    projects, (years, channels) = instance.projects, instance.ceilings.shape
    expected = {
        "first": (instance.first.shape, (projects,)),
        "last": (instance.last.shape, (projects,)),
        "benefit": (instance.benefit.shape[:1], (projects,)),
        "carries": (instance.carries.shape, (channels,)),
        "timeliness": (instance.timeliness.shape, (years,)),
        "cost": (instance.cost.shape[::2], (len(instance.way_project), channels)),
    }
    for name, (found, wanted) in expected.items():
        if found != wanted:
            raise InputError(
                "The shape is {found}, not {wanted}.",
                name,
                "Give one row for each project, year or channel.",
                found=found,
                wanted=wanted,
            )
    counted = np.bincount(instance.way_project, minlength=projects)
    if (
        len(counted) != projects
        or (counted == 0).any()
        or (np.diff(instance.way_project) < 0).any()
    ):
        raise InputError(
            "Each project needs at least one way of paying, in the order of the projects.",
            "way_project",
            "Give the ways project by project.",
        )


def numbers(instance: Instance) -> None:
    """Refuse negative, missing and too large numbers."""
    for name in ("score", "timeliness"):
        values = getattr(instance, name)
        if not np.isfinite(values).all() or (values < 0).any():
            row = int(np.flatnonzero(~np.isfinite(values) | (values < 0))[0])
            raise refused(name, row, "The value is negative or missing.")
    for name in ("cost", "ceilings", "benefit"):
        values = getattr(instance, name)
        if (values < 0).any():
            raise refused(name, int(np.argwhere(values < 0)[0][0]), "The value is negative.")
    if (instance.benefit.sum(axis=1) > PPM).any():
        row = int(np.flatnonzero(instance.benefit.sum(axis=1) > PPM)[0])
        raise refused("benefit", row, "The shares of the regions sum to more than the whole.")
    sums = {
        "cost": instance.cost.sum(dtype=np.float64),
        "ceilings": instance.ceilings.sum(dtype=np.float64),
        "score": instance.score.sum() * max(1.0, float(instance.timeliness.max())) * SCORE_UNITS,
    }
    for name, total in sums.items():
        if total >= MOST:
            raise InputError(
                "The sum is too large to be counted exactly.",
                name,
                "Give amounts in minor units and scores below a million.",
            )


def refused(name: str, row: int, what: str) -> InputError:
    """Return the error about one row of one column."""
    return InputError(what, "{name}, row {row}", "Correct the value.", name=name, row=row + 1)


def length_of(instance: Instance) -> Ints:
    """Return for each way how many years its costs last, at least one, shape (W,)."""
    spends = np.array(instance.cost.any(axis=2))
    last = spends.shape[1] - np.argmax(spends[:, ::-1], axis=1)
    return np.where(spends.any(axis=1), last, 1).astype(np.int64)


def windows(instance: Instance) -> None:
    """Refuse a project that could never start and end within the years."""
    years = len(instance.ceilings)
    if (instance.first < 0).any() or (instance.last < instance.first).any():
        row = int(np.flatnonzero((instance.first < 0) | (instance.last < instance.first))[0])
        raise refused("first", row, "The years in which it may start are out of order.")
    latest = years - length_of(instance)
    shortest = np.full(instance.projects, -1, np.int64)
    np.maximum.at(shortest, instance.way_project, latest)
    never: Bools = np.zeros(instance.projects, bool)
    np.greater(instance.first, shortest, out=never)
    if never.any():
        row = int(np.flatnonzero(never)[0])
        raise InputError(
            "The costs of the project reach beyond the last year whenever it starts.",
            "first, row {row}",
            "Let it start earlier, or plan for more years.",
            row=row + 1,
        )


def rules(instance: Instance) -> None:
    """Refuse rules about projects or regions that do not exist, and shares that are none."""
    for rule in instance.precedences:
        known(instance, "precedences", (rule.first, rule.then))
        if rule.first == rule.then or rule.lag < 0:
            raise InputError(
                "A project cannot come before itself, nor by a negative number of years.",
                "precedences",
                "Name two projects, and a lag of 0 or more.",
            )
    for name in ("alternatives", "joints"):
        for group in getattr(instance, name):
            known(instance, name, group.members)
            if len(set(group.members)) != len(group.members) or not group.members:
                raise InputError(
                    "The set is empty or names a project twice.", name, "Name each project once."
                )
    for share in instance.shares:
        if not 0 <= share.region < instance.benefit.shape[1]:
            raise InputError("There is no such region.", "shares", "Name a region of the benefit.")
        least, most = share.minimum or 0, PPM if share.maximum is None else share.maximum
        if not 0 <= least <= most <= PPM:
            raise InputError(
                "The minimum is above the maximum, or a share is not between 0 and the whole.",
                "shares, region {region}",
                "Give parts per million, the minimum not above the maximum.",
                region=share.region,
            )


def known(instance: Instance, where: str, members: Iterable[int]) -> None:
    """Refuse the number of a project that is not there."""
    if not all(0 <= member < instance.projects for member in members):
        raise InputError("There is no such project.", where, "Name projects of the instance.")


def pins(instance: Instance) -> None:
    """Refuse pins about unknown projects, years or ways, and pins that contradict each other."""
    known(instance, "pins", (pin.project for pin in instance.pins))
    ways = np.bincount(instance.way_project, minlength=instance.projects)
    seen: dict[int, Pin] = {}
    for pin in instance.pins:
        former = seen.setdefault(pin.project, pin)
        if former != pin:
            raise InputError(
                "Project {project} is pinned in two ways that contradict each other.",
                "pins",
                "Keep one of the two.",
                project=pin.project,
            )
        inside = instance.first[pin.project] <= pin.start <= instance.last[pin.project]
        if (pin.start != FREE and not inside) or not FREE <= pin.way < ways[pin.project]:
            raise InputError(
                "Project {project} is pinned to a year or a way that it does not have.",
                "pins",
                "Pin it to a year of its window, or leave the year open.",
                project=pin.project,
            )
