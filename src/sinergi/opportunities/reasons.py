"""Takes a score apart into the observations that made it."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sinergi.analysis.assemble import Result
from sinergi.analysis.groups import Group
from sinergi.evidence.queries import IndicatorInfo
from sinergi.opportunities.compute import ObjectScores
from sinergi.opportunities.ground import Ground
from sinergi.opportunities.results import Opportunity, Reason
from sinergi.reference.catalogue import Side

FLAGS = ("", "official", "estimate", "imputed", "default")


class Case(NamedTuple):
    """One group under explanation, from the map or put together by hand."""

    ground: Ground
    scores: ObjectScores
    result: Result
    group: Group
    number: int
    """Row of the group in `result.parts`."""
    opportunity: Opportunity
    vetoes: tuple[str, ...]
    on_map: bool = True


def reasons_of(case: Case, info: dict[str, IndicatorInfo]) -> Iterator[Reason]:
    """Yield every observation that speaks in the group, also those that are missing.

    The contributions of one part add up to the weight of the part times its value.
    """
    host = case.group.host
    receivers = [row for row in case.group.members if row != host]
    givers = [host] if host >= 0 else list(case.group.members)
    speakers: tuple[tuple[Side, list[int]], ...] = (("need", receivers), ("strength", givers))
    for side, rows in speakers:
        points = case.opportunity.weights.get(side, 0.0) / len(rows)
        for row in rows:
            yield from region_reasons(
                case.ground, case.opportunity.object.code, side, row, case.scores, info, points
            )


def region_reasons(
    ground: Ground,
    code: str,
    side: Side,
    row: int,
    scores: ObjectScores,
    info: dict[str, IndicatorInfo],
    points: float = 1.0,
) -> Iterator[Reason]:
    """Yield the observations of one region for one side of an object.

    Parameters
    ----------
    points
        What the region's score on this side is worth; the contributions add up to `points * score`.
    """
    evidence = ground.sides[code][side]
    shares = (scores.need if side == "need" else scores.strength).shares
    if not shares.shape[1]:
        return
    readings = ground.readings
    for number, use in enumerate(evidence.uses):
        column = evidence.columns[number]
        normalised = float(evidence.normalised[row, number])
        counted = np.isfinite(normalised)
        place, count = (int(array[row]) for array in evidence.places[number])
        value, source = float(readings.values[row, column]), readings.source(row, column)
        share = float(shares[row, number])
        yield Reason(
            member=ground.codes[row],
            part=side,
            indicator=use.indicator,
            name_id=info[use.indicator].name_id,
            name_en=info[use.indicator].name_en,
            value=value if np.isfinite(value) else None,
            unit=info[use.indicator].unit,
            period=str(readings.periods[row, column]),
            source=source.name if source else "",
            flag=FLAGS[int(readings.flags[row, column])],
            kind=use.kind,
            normaliser=use.normaliser,
            peer_rank=place or None,
            peer_count=count,
            normalised=normalised if counted else None,
            weight=share,
            contribution=points * share * normalised if counted else 0.0,
            note_id=use.note_id,
            note_en=use.note_en,
        )
