"""Turns computed groups into opportunities that can be read, shown and sent."""

from collections.abc import Iterable

import numpy as np

from sinergi.analysis.assemble import PARTS, Result
from sinergi.analysis.costs import Curve
from sinergi.analysis.geography import DETOUR_FACTOR
from sinergi.analysis.groups import Group
from sinergi.analysis.logics import LOGICS
from sinergi.opportunities import rules
from sinergi.opportunities.compute import Computed, ObjectScores
from sinergi.opportunities.ground import Ground
from sinergi.opportunities.results import Link, Member, Money, Opportunity
from sinergi.reference.catalogue import CooperationObject


def opportunity(computed: Computed, place: int) -> Opportunity:
    """Return the opportunity at one place of the ranking; place 0 is the best."""
    row = int(computed.listed[place])
    code, result, group, number = computed.group(row)
    return describe(
        computed.ground,
        computed.ground.objects[code],
        computed.scores[code],
        result,
        group,
        number,
        shares=computed.settings.shares,
        rank=place + 1,
        score=float(computed.score[row]),
        among=len(computed.listed),
        acceptability=known(computed.acceptability[place]),
    )


def describe(
    ground: Ground,
    item: CooperationObject,
    scores: ObjectScores,
    result: Result,
    group: Group,
    number: int,
    *,
    shares: dict[str, float],
    rank: int,
    score: float,
    among: int,
    acceptability: float | None,
) -> Opportunity:
    """Return a group of regions with everything that is known about it.

    Parameters
    ----------
    number
        Row of the group in `result.parts`.
    shares
        Weight of each part; those that apply are scaled to add up to 1.
    """
    parts = {
        part: float(value)
        for part, value in zip(PARTS, result.parts[number], strict=True)
        if np.isfinite(value)
    }
    total = sum(shares[part] for part in parts) or 1.0
    money = money_of(item, float(result.alone[number]), float(result.together[number]))
    cheaper = None if money is None else money.saving > 0
    provinces = tuple(ground.provinces[row] for row in group.members)
    tests = rules.mandatory_tests(
        item, contiguous=is_contiguous(ground, group.members), cheaper=cheaper
    )
    candidate = rules.is_mandatory_candidate(tests)
    return Opportunity(
        rank=rank,
        object=item,
        logic=item.computed_logic,
        members=members_of(ground, item, scores, result, group),
        score=score,
        parts=parts,
        weights={part: shares[part] / total for part in parts},
        coverage=float(np.mean(scores.coverage[list(group.members)])),
        links=links_of(ground, result, group),
        mandatory_candidate=candidate,
        cheaper=cheaper,
        geographic_type=rules.geographic_type(provinces, ground.administrative)
        if candidate
        else "",
        province_required=rules.provinces_required(item, provinces, ground.administrative),
        among=among,
        acceptability=acceptability,
        money=money,
    )


def money_of(item: CooperationObject, alone: float, together: float) -> Money | None:
    """Return the costs alone and together; None without a cost curve."""
    if item.cost_curve is None or not np.isfinite(alone):
        return None
    return Money(alone, together, item.cost_curve.source)


def is_contiguous(ground: Ground, members: Iterable[int]) -> bool:
    """Whether the land borders among the members join all of them."""
    left = set(members)
    reached = [left.pop()]
    while reached:
        here = reached.pop()
        touching = {x for x in left if (min(here, x), max(here, x)) in ground.border_set}
        left -= touching
        reached += touching
    return not left


def members_of(
    ground: Ground, item: CooperationObject, scores: ObjectScores, result: Result, group: Group
) -> tuple[Member, ...]:
    """Return the members with their roles and what each adds; the host first."""
    logic = LOGICS[item.computed_logic]
    adds = dict.fromkeys(group.members, 0.0)
    for row in group.arcs:
        for end in (int(result.arcs.giver[row]), int(result.arcs.receiver[row])):
            adds[end] += float(result.link_score[row])
    saves = savings_by_member(ground, item, result, group)
    return tuple(
        Member(
            code=ground.codes[row],
            name=ground.names[row],
            role=logic.giver if row == group.host else logic.receiver,
            adds=adds[row],
            need=known(scores.field.need[row]),
            strength=known(scores.field.strength[row]),
            coverage=float(scores.coverage[row]),
            saves=saves.get(row),
        )
        for row in group.members
    )


def savings_by_member(
    ground: Ground, item: CooperationObject, result: Result, group: Group
) -> dict[int, float]:
    """Return what the group loses a year, in IDR, when a member stays away; empty without a curve.

    Without its host there is no joint facility: the host's absence costs the whole saving.
    """
    found = ground.curve(item.code)
    if found is None or group.host < 0:
        return {}
    curve, quantity = found
    others = list(group.members[1:])
    road = result.arcs.km[list(group.arcs)] * DETOUR_FACTOR
    whole = _saving(curve, quantity[[group.host, *others]], np.concatenate([[0.0], road]))
    saves = {group.host: whole}
    for place, row in enumerate(others):
        left = np.delete(np.array([group.host, *others]), place + 1)
        roads = np.concatenate([[0.0], np.delete(road, place)])
        saves[row] = whole - _saving(curve, quantity[left], roads)
    return saves


def _saving(curve: Curve, quantity: np.ndarray, road: np.ndarray) -> float:
    return float(curve.alone(quantity).sum()) - curve.together(quantity, road)


def links_of(ground: Ground, result: Result, group: Group) -> tuple[Link, ...]:
    """Return the lines between the members, from giver to receiver."""
    arcs = result.arcs
    return tuple(
        Link(
            a=ground.codes[arcs.giver[row]],
            b=ground.codes[arcs.receiver[row]],
            score=float(result.link_score[row]),
            km=float(arcs.km[row]),
            borders=bool(arcs.borders[row]),
        )
        for row in group.arcs
    )


def known(value: float) -> float | None:
    """Return a number, or None for what is missing."""
    return float(value) if np.isfinite(value) else None
