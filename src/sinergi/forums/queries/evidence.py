"""What Sinergi knows of a region for an issue: its indicators among its peers, opportunities on the map."""

from dataclasses import dataclass

from sinergi.evidence import queries as evidence
from sinergi.evidence.scope import current
from sinergi.forums.details import IssueDetails
from sinergi.opportunities import queries as map_queries
from sinergi.opportunities.compute import Computed
from sinergi.opportunities.describe import known, opportunity
from sinergi.opportunities.profile.partners import places_of, ranks, shelf
from sinergi.opportunities.reasons import region_reasons
from sinergi.opportunities.results import Opportunity, Reason
from sinergi.opportunities.settings import MapSettings
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import CooperationObject, Side

MOST_OBJECTS = 4
"""Cooperation objects of which indicators are shown; the others are named."""
MOST_OPPORTUNITIES = 5

SIDES: tuple[Side, ...] = ("need", "strength")


@dataclass(frozen=True, slots=True)
class Ranked:
    """How a region stands on one side of a cooperation object.

    Attributes
    ----------
    side
        need or strength.
    score
        In [0, 1]; `None` where the evidence does not suffice.
    rank, peers
        1 is the greatest among regions of the same kind; `rank` is `None` without a score.
    """

    side: str
    score: float | None
    rank: int | None
    peers: int


@dataclass(frozen=True, slots=True)
class OfObject:
    """What is known of a region for one cooperation object.

    Attributes
    ----------
    coverage
        Share of the indicators, by weight, that the region has, in [0, 1]; `None` where the object cannot
        be computed.
    known, missing
        Indicators with and without a value, the weightiest first.
    """

    object: CooperationObject
    coverage: float | None = None
    sides: tuple[Ranked, ...] = ()
    known: tuple[Reason, ...] = ()
    missing: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionEvidence:
    """What is known of a region for the objects of an issue.

    Attributes
    ----------
    on_map
        Whether the map has the region: regencies and cities, no provinces. Not asked without an object.
    loaded
        Whether there is any evidence in this installation.
    objects
        Of those that are named or, without any, those of the affair.
    further
        Objects that are named or belong to the affair, but are not shown.
    opportunities
        Groups of the map with this region and one of the objects, the best first.
    total
        How many such groups there are.
    """

    code: str
    name: str
    on_map: bool
    loaded: bool = True
    objects: tuple[OfObject, ...] = ()
    further: tuple[CooperationObject, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    total: int = 0


def objects_of(details: IssueDetails) -> list[CooperationObject]:
    """Return the cooperation objects that an issue names; without any, those of its affair."""
    catalogue = reference.catalogue()
    named = [catalogue[code] for code in details.objects_named if code in catalogue]
    if named or not details.affair:
        return named
    found = [item for item in catalogue.values() if item.affair == details.affair]
    return sorted(found, key=lambda item: not item.computable)


def region_evidence(code: str, details: IssueDetails) -> RegionEvidence | None:
    """Return what is known of a region for an issue, in the scope of evidence that is open.

    The ranking is that of the whole map under the usual settings, so that a place means the same here and
    there. `None` where the reference does not know the region.
    """
    places = reference.region_table().position
    if code not in places:
        return None
    name = reference.pack().region[code].name
    if not evidence.as_of():
        return RegionEvidence(code, name, on_map=False, loaded=False)
    items = objects_of(details)
    if not items:
        return RegionEvidence(code, name, on_map=True)
    computed = map_queries.computed_map(MapSettings(evidence=current().code))
    if code not in computed.ground.position:
        return RegionEvidence(code, name, on_map=False)
    shown = tuple(_of_object(computed, item, code) for item in items[:MOST_OBJECTS])
    found, total = _opportunities(computed, code, {item.code for item in items})
    return RegionEvidence(
        code,
        name,
        on_map=True,
        objects=shown,
        further=tuple(items[MOST_OBJECTS:]),
        opportunities=found,
        total=total,
    )


def _of_object(computed: Computed, item: CooperationObject, code: str) -> OfObject:
    if item.code not in computed.scores:
        return OfObject(item)
    row, scores = computed.ground.position[code], computed.scores[item.code]
    info = evidence.indicator_catalogue()
    reasons = [
        one
        for side in SIDES
        for one in region_reasons(computed.ground, item.code, side, row, scores, info)
    ]
    return OfObject(
        item,
        coverage=float(scores.coverage[row]),
        sides=tuple(
            _ranked(computed, item.code, side, row) for side in SIDES if _has(reasons, side)
        ),
        known=tuple(sorted((one for one in reasons if one.value is not None), key=_weight)),
        missing=tuple(one for one in reasons if one.value is None),
    )


def _has(reasons: list[Reason], side: str) -> bool:
    return any(one.part == side for one in reasons)


def _weight(reason: Reason) -> tuple[float, str]:
    return -reason.contribution, reason.indicator


def _ranked(computed: Computed, name: str, side: Side, row: int) -> Ranked:
    field = computed.scores[name].field
    value = known(float((field.need if side == "need" else field.strength)[row]))
    place, count = ranks(computed, name, side)
    return Ranked(side, value, int(place[row]) or None, int(count[row]))


def _opportunities(
    computed: Computed, code: str, objects: set[str]
) -> tuple[tuple[Opportunity, ...], int]:
    """Return the best groups of the map with a region and one of some objects, and how many there are."""
    whole = shelf(computed).computed
    found = [place for place in places_of(computed, code) if _object_at(computed, place) in objects]
    return tuple(opportunity(whole, place) for place in found[:MOST_OPPORTUNITIES]), len(found)


def _object_at(computed: Computed, place: int) -> str:
    return computed.codes[int(computed.object_of[int(computed.order[place])])]
