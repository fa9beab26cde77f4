"""Explains one opportunity: every point of its score down to the observation that made it."""

import numpy as np

from sinergi.analysis.assemble import PARTS
from sinergi.analysis.robustness import weighted_parts
from sinergi.evidence import queries as evidence
from sinergi.opportunities import rules
from sinergi.opportunities.changes import changes_of
from sinergi.opportunities.compose import Composition
from sinergi.opportunities.compute import Computed, object_scores
from sinergi.opportunities.describe import describe, is_contiguous, opportunity
from sinergi.opportunities.reasons import Case, reasons_of
from sinergi.opportunities.results import Explanation
from sinergi.reference import queries as reference


def explain_members(computed: Computed, code: str, members: tuple[int, ...]) -> Explanation:
    """Return the explanation of a set of regions for one object.

    Parameters
    ----------
    computed
        The map of that object (settings with only this object), for the rank.
    members
        Rows of the regions; any set, also one that the map would not form.
    """
    case = _case(computed, code, members)
    item = case.opportunity
    info = evidence.indicator_catalogue()
    reasons = tuple(reasons_of(case, info))
    points = {part: item.weights[part] * value for part, value in item.parts.items()}
    provinces = tuple(case.ground.provinces[row] for row in case.group.members)
    tests = rules.mandatory_tests(
        item.object,
        contiguous=is_contiguous(case.ground, case.group.members),
        cheaper=item.cheaper,
    )
    channels = reference.funding_channels().values()
    return Explanation(
        opportunity=item,
        reasons=tuple(reason for reason in reasons if reason.normalised is not None),
        contributions=points,
        legal=rules.legal_notes(
            item.object,
            channels,
            provinces,
            item.province_required,
            tests,
            case.ground.administrative,
        ),
        changes=tuple(changes_of(computed, item, reasons)) if case.on_map else (),
        missing=tuple(reason for reason in reasons if reason.normalised is None),
        vetoes=case.vetoes,
        evidence_version=case.ground.evidence_version,
        evidence_as_of=case.ground.as_of,
        catalogue_version=case.ground.catalogue_version,
    )


def _case(computed: Computed, code: str, members: tuple[int, ...]) -> Case:
    """Return the group as the map has it, or put together by hand where the map has not."""
    ground, wanted = computed.ground, set(members)
    for place, row in enumerate(computed.listed):
        found, result, group, number = computed.group(int(row))
        if found == code and set(group.members) == wanted:
            return Case(
                ground,
                computed.scores[code],
                result,
                group,
                number,
                opportunity(computed, place),
                (),
            )
    scores = computed.scores.get(code) or object_scores(ground, code, computed.settings)
    made = Composition(ground, code, members, scores, computed.settings)
    score = float(_score(computed, made.result.parts)[0])
    rank = 1 + int((computed.score[computed.listed] > score).sum())
    shown = describe(
        ground,
        made.item,
        scores,
        made.result,
        made.group,
        0,
        shares=computed.settings.shares,
        rank=rank,
        score=score,
        among=len(computed.listed),
        acceptability=None,
    )
    outside = () if computed.universe[list(members)].all() else ("outside_filter",)
    vetoes = (*outside, *made.vetoes()) or ("other_groups",)
    return Case(ground, scores, made.result, made.group, 0, shown, vetoes, on_map=False)


def _score(computed: Computed, parts: np.ndarray) -> np.ndarray:
    """Return the scores (g,) of parts (g, 4) under the weights of the map."""
    shares = computed.settings.shares
    return weighted_parts(parts, np.array([[shares[part] for part in PARTS]]))[:, 0]
