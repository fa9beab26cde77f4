"""What a region needs and offers, object by object, under its affair."""

from sinergi.evidence import queries as evidence
from sinergi.evidence.queries import IndicatorInfo
from sinergi.opportunities.compute import Computed
from sinergi.opportunities.profile.economy import known
from sinergi.opportunities.profile.partners import ranks
from sinergi.opportunities.profile.records import AffairStanding, Label, ObjectStanding, Side
from sinergi.opportunities.reasons import region_reasons
from sinergi.reference import catalogue as words
from sinergi.reference import queries as reference

MOST_REASONS = 3


def affairs(
    computed: Computed, code: str, taking_part: dict[str, int]
) -> tuple[AffairStanding, ...]:
    """Return the objects of each affair with need, strength and coverage of a regency or city.

    Parameters
    ----------
    taking_part
        Number of opportunities of the region by object.

    Returns
    -------
    tuple
        Affairs by their greatest need; objects without enough evidence come last, never as zero.
    """
    row, info = computed.ground.position[code], evidence.indicator_catalogue()
    grouped: dict[str, list[ObjectStanding]] = {}
    for name in computed.codes:
        item = computed.ground.objects[name]
        one = _object(computed, name, row, info, taking_part.get(name, 0))
        grouped.setdefault(item.affair, []).append(one)
    names = reference.affairs()
    found = [
        AffairStanding(
            Label(affair, names[affair].name_id, names[affair].name_en),
            tuple(sorted(objects, key=_pressing)),
        )
        for affair, objects in grouped.items()
    ]
    return tuple(sorted(found, key=lambda one: (*_pressing(one.objects[0])[:2], one.affair.code)))


def _pressing(one: ObjectStanding) -> tuple[float, float, str]:
    """Return the key that puts the greatest need first, then the greatest strength, unknown last."""
    scores = [side.score if side else None for side in (one.need, one.strength)]
    need, strength = (1.0 if score is None else -score for score in scores)
    return need, strength, one.code


def _object(
    computed: Computed, name: str, row: int, info: dict[str, IndicatorInfo], count: int
) -> ObjectStanding:
    ground, scores = computed.ground, computed.scores[name]
    item = ground.objects[name]
    return ObjectStanding(
        code=name,
        name_id=item.name_id,
        name_en=item.name_en,
        logic=item.computed_logic,
        coverage=float(scores.coverage[row]),
        need=_side(computed, name, "need", row, info),
        strength=_side(computed, name, "strength", row, info),
        opportunities=count,
    )


def _side(
    computed: Computed, name: str, side: words.Side, row: int, info: dict[str, IndicatorInfo]
) -> Side | None:
    scores = computed.scores[name]
    own = scores.need if side == "need" else scores.strength
    if not own.shares.shape[1]:
        return None
    values = scores.field.need if side == "need" else scores.field.strength
    place, count = ranks(computed, name, side)
    reasons = region_reasons(computed.ground, name, side, row, scores, info)
    strongest = sorted(reasons, key=lambda reason: (-reason.contribution, reason.indicator))
    counted = [reason for reason in strongest if reason.normalised is not None]
    return Side(
        score=known(values[row]),
        coverage=float(own.coverage[row]),
        rank=int(place[row]) or None,
        peers=int(count[row]),
        reasons=tuple(counted[:MOST_REASONS]),
    )
