"""Says what would change a rank: the map is computed again with another weight or another observation."""

from collections.abc import Iterator

import numpy as np

from sinergi.analysis.assemble import PARTS
from sinergi.opportunities.compute import Computed, ObjectScores, compute, object_scores
from sinergi.opportunities.results import Change, Opportunity, Reason
from sinergi.opportunities.settings import MapSettings
from sinergi.reference.catalogue import Side

FACTORS = ((0.5, 0.0), (2.0, 4.0))
"""By how much each weight is changed, down and up, until the rank moves."""

MOST_OBSERVATIONS = 5

GONE = 0
"""Rank of a group that the map no longer forms."""


def changes_of(
    computed: Computed, shown: Opportunity, reasons: tuple[Reason, ...]
) -> Iterator[Change]:
    """Yield the changes that move the rank of an opportunity of the map.

    Parameters
    ----------
    computed
        The map of its object alone.
    reasons
        Everything that speaks in the group.
    """
    yield from _weight_changes(computed, shown)
    yield from _observation_changes(computed, shown, reasons)


def rank_of(computed: Computed, members: frozenset[int]) -> int:
    """Return the rank of a group of rows on the map of one object; `GONE` where it is not there."""
    for place, row in enumerate(computed.order.tolist()):
        if members == set(computed.group(row)[2].members):
            return place + 1
    return GONE


def _weight_changes(computed: Computed, shown: Opportunity) -> Iterator[Change]:
    """Yield, for each part down and up, the smallest tried change of its weight that moves the rank."""
    shares = computed.settings.shares
    members = _rows(computed, shown)
    for part in shown.parts:
        for direction in FACTORS:
            for factor in direction:
                weights = {**shares, part: shares[part] * factor}
                total = sum(weights.values())
                if not total or weights[part] == shares[part]:
                    continue
                after = rank_of(_again(computed, computed.settings.but(weights=weights)), members)
                if after != shown.rank:
                    yield Change(part, shares[part], weights[part] / total, shown.rank, after)
                    break


def _observation_changes(
    computed: Computed, shown: Opportunity, reasons: tuple[Reason, ...]
) -> Iterator[Change]:
    """Yield the rank if an observation that counts much were that of the middle of its peers instead."""
    members = _rows(computed, shown)
    speakers = {part: len({r.member for r in reasons if r.part == part}) for part in PARTS}
    moves = []
    for reason in reasons:
        if reason.normalised is None:
            continue
        middle = _middle(computed, shown, reason)
        points = shown.weights.get(reason.part, 0.0) / speakers[reason.part] * reason.weight
        moves.append((abs(points * (middle - reason.normalised)), middle, reason))
    moves.sort(key=lambda move: -move[0])
    for _, middle, reason in moves[:MOST_OBSERVATIONS]:
        scores = _with_observation(computed, shown.object.code, reason, middle)
        after = rank_of(_again(computed, computed.settings, scores), members)
        if after != shown.rank and reason.normalised is not None:
            what = f"{reason.member}:{reason.indicator}"
            yield Change(what, reason.normalised, middle, shown.rank, after)


def _rows(computed: Computed, shown: Opportunity) -> frozenset[int]:
    return frozenset(computed.ground.position[member.code] for member in shown.members)


def _again(
    computed: Computed, settings: MapSettings, scores: dict[str, ObjectScores] | None = None
) -> Computed:
    """Return the map under other settings or with other scores."""
    return compute(computed.ground, settings, computed.universe, scores=scores)


def _place(computed: Computed, code: str, reason: Reason) -> tuple[Side, int, int]:
    """Return side, row and column of an observation."""
    side: Side = "need" if reason.part == "need" else "strength"
    uses = computed.ground.sides[code][side].uses
    column = next(n for n, use in enumerate(uses) if use.indicator == reason.indicator)
    return side, computed.ground.position[reason.member], column


def _middle(computed: Computed, shown: Opportunity, reason: Reason) -> float:
    """Return the median of an observation among the peers of its region, normalised."""
    side, row, column = _place(computed, shown.object.code, reason)
    evidence = computed.ground.sides[shown.object.code][side]
    together = evidence.uses[column].normaliser == "national_rank"
    peers = computed.ground.peers
    group = np.ones_like(peers, dtype=bool) if together else peers == peers[row]
    return float(np.nanmedian(evidence.normalised[group, column]))


def _with_observation(
    computed: Computed, code: str, reason: Reason, value: float
) -> dict[str, ObjectScores]:
    """Return the scores of an object with one observation replaced."""
    side, row, column = _place(computed, code, reason)
    normalised = computed.ground.sides[code][side].normalised.copy()
    normalised[row, column] = value
    return {code: object_scores(computed.ground, code, computed.settings, {side: normalised})}
