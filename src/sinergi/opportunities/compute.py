"""Computes the map: scores, links, groups and their rank, for all objects under one setting."""

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.assemble import PARTS, Result, Task, assemble
from sinergi.analysis.geography import Links
from sinergi.analysis.groups import Group, Limits
from sinergi.analysis.logics import Field
from sinergi.analysis.robustness import rank_acceptability, weighted_parts
from sinergi.analysis.scores import Scores, weighted_score
from sinergi.opportunities.ground import Ground
from sinergi.opportunities.settings import MapSettings
from sinergi.reference.catalogue import CooperationObject, Side

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

SIDES: tuple[Side, ...] = ("need", "strength")

PREFERRED_BORDER = 0.5
"""Where the catalogue prefers a border, neighbours count as half as far as they are."""

FIRM_TOP = 10
"""Rank acceptability is the share of weight draws in which an opportunity is among this many."""


@dataclass(frozen=True)
class ObjectScores:
    """Need and strength of every region for one object, under given indicator weights."""

    need: Scores
    strength: Scores
    field: Field

    @property
    def coverage(self) -> Floats:
        """(n,) coverage over the sides the object has."""
        if not self.strength.shares.shape[1]:
            return self.need.coverage
        return (self.need.coverage + self.strength.coverage) / 2


@dataclass(frozen=True)
class Computed:
    """All groups under one setting. g groups, over all objects; `order` ranks them."""

    ground: Ground
    settings: MapSettings
    codes: tuple[str, ...]
    """Objects computed."""
    scores: dict[str, ObjectScores]
    results: dict[str, Result]
    object_of: NDArray[np.int64]
    """(g,) number of the object in `codes`."""
    number: NDArray[np.int64]
    """(g,) number of the group in its object's result."""
    parts: Floats
    """(g, 4)"""
    score: Floats
    """(g,)"""
    order: NDArray[np.int64]
    """Rows of the groups that pass the filters, the best first."""
    universe: Mask
    """(n,) regions among which partners were sought."""
    listed: NDArray[np.int64]
    """The rows of `order` that are listed: not more than `settings.each` of one object."""

    def group(self, row: int) -> tuple[str, Result, Group, int]:
        """Return the object, its result, the group and its number there, of one row."""
        code = self.codes[self.object_of[row]]
        number = int(self.number[row])
        return code, self.results[code], self.results[code].groups[number], number

    @cached_property
    def acceptability(self) -> Floats:
        """Share of weight draws in which each group of `listed` is among the best `FIRM_TOP` of them.

        Missing where there are no more: a place among the first ten of five says nothing.
        """
        if len(self.listed) <= FIRM_TOP:
            return np.full(len(self.listed), np.nan)
        weights = np.array([self.settings.shares[part] for part in PARTS])
        return rank_acceptability(self.parts[self.listed], weights, top=FIRM_TOP)


def object_scores(
    ground: Ground, code: str, settings: MapSettings, normalised: dict[Side, Floats] | None = None
) -> ObjectScores:
    """Return need and strength for one object; without enough coverage a score is missing.

    Parameters
    ----------
    normalised
        Evidence (n, k) of a side to use instead of the recorded one.
    """
    weights = settings.indicator_weights.get(code, {})
    other = normalised or {}
    sides = {side: _score(ground, code, side, weights, other.get(side)) for side in SIDES}
    item = ground.objects[code]
    enough = {
        side: np.where(found.coverage >= settings.min_coverage, found.score, np.nan)
        for side, found in sides.items()
    }
    field = Field(
        need=enough["need"],
        strength=enough["strength"],
        links=ground.links(code),
        reach_km=item.reach_km,
        peers=ground.peers,
        size=ground.size,
        border_factor=PREFERRED_BORDER if item.adjacency == "preferred" else 1.0,
        cost_decides=item.cost_curve is not None,
        margin=ground.margin(code),
    )
    return ObjectScores(sides["need"], sides["strength"], field)


def _score(
    ground: Ground, code: str, side: Side, given: dict[str, float], normalised: Floats | None
) -> Scores:
    """Return the scores of one side of an object; indicators weighed 0 do not count at all."""
    evidence = ground.sides[code][side]
    weights = np.array([given.get(f"{side}:{use.indicator}", use.weight) for use in evidence.uses])
    if not weights.sum() > 0:
        n = len(ground.rows)
        return Scores(np.full(n, np.nan), np.zeros(n), np.zeros((n, 0)))
    return weighted_score(evidence.normalised if normalised is None else normalised, weights)


def chosen_objects(ground: Ground, settings: MapSettings) -> tuple[str, ...]:
    """Return the codes of the computable objects that the settings ask for."""

    def asked(item: CooperationObject) -> bool:
        if settings.objects and item.code not in settings.objects:
            return False
        affairs = {item.affair, *item.secondary_affairs}
        return not settings.affairs or bool(affairs.intersection(settings.affairs))

    return tuple(code for code, item in ground.objects.items() if asked(item))


def compute(
    ground: Ground,
    settings: MapSettings,
    universe: Mask,
    executor: Executor | None = None,
    scores: dict[str, ObjectScores] | None = None,
) -> Computed:
    """Return all groups under the settings, ranked.

    Parameters
    ----------
    universe
        (n,) regions among which partners are sought.
    executor
        Where to run the kernels, one object each; here and now when there is none.
    scores
        Scores of the objects, where they are to differ from those of the evidence.
    """
    codes = chosen_objects(ground, settings)
    scores = scores or {code: object_scores(ground, code, settings) for code in codes}
    tasks = [task_for(ground, code, scores[code], settings, universe) for code in codes]
    run = map if executor is None else executor.map
    results = dict(zip(codes, run(assemble, tasks), strict=True))
    sizes = [len(results[code].groups) for code in codes]
    object_of = np.repeat(np.arange(len(codes)), sizes)
    number = np.concatenate([np.arange(size) for size in sizes]) if codes else object_of
    parts = np.concatenate([np.empty((0, 4)), *(results[code].parts for code in codes)])
    weights = np.array([[settings.shares[part] for part in PARTS]])
    score = weighted_parts(parts, weights)[:, 0]
    passes = _passes(ground, settings, codes, results)
    rows = np.flatnonzero(passes)
    order = rows[np.lexsort((number[rows], object_of[rows], -score[rows]))]
    listed = order if settings.objects else _few_of_each(order, object_of, settings.each)
    return Computed(
        ground,
        settings,
        codes,
        scores,
        results,
        object_of,
        number,
        parts,
        score,
        order,
        universe,
        listed,
    )


def _few_of_each(
    order: NDArray[np.int64], object_of: NDArray[np.int64], each: int
) -> NDArray[np.int64]:
    """Return the ranked rows without those after the first `each` of their object."""
    if not each:
        return order
    objects = object_of[order]
    by_object = np.argsort(objects, kind="stable")
    starts = np.searchsorted(objects[by_object], objects[by_object])
    place = np.empty(len(order), dtype=np.int64)
    place[by_object] = np.arange(len(order)) - starts
    return order[place < each]


def task_for(
    ground: Ground, code: str, scores: ObjectScores, settings: MapSettings, universe: Mask
) -> Task:
    """Return what the kernel needs to form the groups of one object."""
    item = ground.objects[code]
    field = _limited(scores.field, universe, settings.max_km)
    reach = min(item.reach_km, settings.max_km or item.reach_km)
    size = min(settings.members_max, item.members_max)
    curve, quantity = ground.curve(code) or (None, None)
    return Task(
        logic=item.computed_logic,
        field=field,
        weights=settings.weights,
        limits=Limits(size, settings.join_threshold, reach),
        lat=ground.lat,
        lon=ground.lon,
        curve=curve,
        quantity=quantity,
    )


def _limited(field: Field, universe: Mask, max_km: float | None) -> Field:
    """Return the field with only the links inside the universe and within `max_km`."""
    links: Links = field.links
    keep = universe[links.a] & universe[links.b]
    if max_km is not None:
        keep &= links.km <= max_km
    if keep.all():
        return field
    return replace(field, links=links.where(keep))


def _passes(
    ground: Ground, settings: MapSettings, codes: tuple[str, ...], results: dict[str, Result]
) -> Mask:
    """Return which groups are large enough and have a region that the settings ask for."""
    asked = {ground.position[code] for code in settings.regions if code in ground.position}
    return np.array(
        [
            len(group.members) >= max(settings.members_min, ground.objects[code].members_min)
            and (not settings.regions or not asked.isdisjoint(group.members))
            for code in codes
            for group in results[code].groups
        ],
        dtype=bool,
    )
