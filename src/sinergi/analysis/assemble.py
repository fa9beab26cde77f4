"""From the scores of regions to ranked groups for one object: the kernel of the map."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.costs import Curve
from sinergi.analysis.geography import DETOUR_FACTOR
from sinergi.analysis.groups import Group, Limits, chains, meshes, stars
from sinergi.analysis.logics import LOGICS, Arcs, Field, link_scores

Floats = NDArray[np.float64]

PARTS = ("need", "strength", "proximity", "gain")


@dataclass(frozen=True, slots=True)
class Task:
    """Everything the kernel needs to know of one object; picklable, so it can be sent to a worker."""

    logic: str
    field: Field
    weights: dict[str, float]
    limits: Limits
    lat: Floats
    lon: Floats
    curve: Curve | None = None
    quantity: Floats | None = None
    """(n,) per year, for the cost curve."""


class Result(NamedTuple):
    """The groups of one object, in the order in which they were formed."""

    arcs: Arcs
    link_score: Floats
    groups: list[Group]
    parts: Floats
    """(g, 4) in the order of `PARTS`; NaN where a part does not apply."""
    alone: Floats
    """(g,) IDR a year; NaN without a cost curve."""
    together: Floats


def assemble(task: Task) -> Result:
    """Return the groups of one object with the parts of their scores.

    Links that lack the need or, where the object weighs it, the strength of an end are left out.
    """
    field, logic = task.field, LOGICS[task.logic]
    arcs = logic.fit(field).known(strength=field.weighs_strength)
    score = link_scores(arcs, task.weights)
    if logic.shape == "star":
        groups = stars(arcs, score, task.limits, task.curve, task.quantity)
    elif logic.shape == "mesh":
        groups = meshes(arcs, score, task.limits, task.lat, task.lon)
    else:
        groups = chains(arcs, score, task.limits, task.lat, task.lon)
    parts, alone, together = parts_of(groups, arcs, task)
    return Result(arcs, score, groups, parts, alone, together)


def parts_of(groups: list[Group], arcs: Arcs, task: Task) -> tuple[Floats, Floats, Floats]:
    """Return the parts (g, 4) of each group's score and its costs (g,) alone and together.

    need
        Mean need of those who receive: all but the host of a star, everybody elsewhere.
    strength
        Strength of the host; mean of all where there is none.
    proximity
        Mean closeness (or likeness) along the group's links.
    gain
        ``1 - 1/n``: the share of separate facilities or efforts that n members together can do without.
        The same for all objects, so that their scores compare; money, where a cost curve gives it, decides
        who joins and is told apart from the score; where together is dearer there is no gain.
    """
    parts = np.full((len(groups), len(PARTS)), np.nan)
    costs = np.full((2, len(groups)), np.nan)
    if not groups:
        return parts, costs[0], costs[1]
    host = np.array([group.host for group in groups])
    sizes = np.array([len(group.members) for group in groups])
    members = np.concatenate([group.members for group in groups])
    starts = np.cumsum(sizes) - sizes
    receives = np.ones(len(members), dtype=bool)
    receives[starts[host >= 0]] = False
    parts[:, 0] = _means(np.where(receives, task.field.need[members], 0.0), receives, starts)
    strength = task.field.strength
    everyone = _means(strength[members], np.ones_like(receives), starts)
    parts[:, 1] = np.where(host >= 0, strength[np.maximum(host, 0)], everyone)
    links = np.concatenate([group.arcs for group in groups])
    link_starts = starts - np.arange(len(groups))
    parts[:, 2] = _means(arcs.proximity[links], np.ones(len(links), dtype=bool), link_starts)
    parts[:, 3] = 1.0 - 1.0 / sizes
    if task.curve is not None and task.quantity is not None:
        for number, group in enumerate(groups):
            costs[:, number] = costs_of(group, arcs, task.curve, task.quantity)
        parts[costs[1] >= costs[0], 3] = 0.0
    return parts, costs[0], costs[1]


def costs_of(group: Group, arcs: Arcs, curve: Curve, quantity: Floats) -> tuple[float, float]:
    """Return what the members of a star pay alone and together, IDR per year."""
    brought = quantity[list(group.members)]
    road = np.concatenate([[0.0], arcs.km[list(group.arcs)] * DETOUR_FACTOR])
    return float(curve.alone(brought).sum()), curve.together(brought, road)


def _means(values: Floats, counted: NDArray[np.bool_], starts: NDArray[np.int64]) -> Floats:
    """Return the mean of the counted values of each run that begins at `starts`."""
    means: Floats = np.add.reduceat(values, starts) / np.add.reduceat(counted, starts, dtype=float)
    return means
