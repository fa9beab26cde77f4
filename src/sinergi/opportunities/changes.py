"""Says what would change a rank: another weight, or another value of an observation."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.assemble import PARTS
from sinergi.analysis.robustness import weighted_parts
from sinergi.opportunities.compute import Computed
from sinergi.opportunities.results import Change, Opportunity, Reason

Floats = NDArray[np.float64]

FACTORS = ((0.75, 0.5, 0.25, 0.0), (1.25, 1.5, 2.0, 4.0))
"""By how much each weight is changed, down and up, until the rank moves."""

MOST_OBSERVATIONS = 5
MIDDLE = 0.5
"""Normalised value of the region in the middle of its peers."""


def weight_changes(computed: Computed, parts: Floats) -> Iterator[Change]:
    """Yield, for each part down and up, the smallest tried change of its weight that moves the rank.

    Parameters
    ----------
    parts
        (4,) of the group in the order of `PARTS`; NaN where a part does not apply.
    """
    chosen = np.array([computed.settings.shares[part] for part in PARTS])
    before = _rank(computed, parts, chosen)
    for column, part in enumerate(PARTS):
        for direction in FACTORS:
            for factor in direction:
                weights = chosen.copy()
                weights[column] *= factor
                if not weights.sum() > 0:
                    continue
                after = _rank(computed, parts, weights)
                if after != before:
                    share = weights[column] / weights.sum()
                    yield Change(part, float(chosen[column]), float(share), before, after)
                    break


def _rank(computed: Computed, parts: Floats, weights: Floats) -> int:
    """Return the rank of a group among those of the map under other weights."""
    everyone = weighted_parts(computed.parts[computed.listed], weights[None, :])[:, 0]
    own = weighted_parts(parts[None, :], weights[None, :])[0, 0]
    return 1 + int((everyone > own + 1e-12).sum())


def observation_changes(
    computed: Computed, shown: Opportunity, reasons: tuple[Reason, ...]
) -> Iterator[Change]:
    """Yield the rank if an observation that counts much stood in the middle of its peers instead.

    The groups are taken as they are; only the score of this one moves.
    """
    counted = [reason for reason in reasons if reason.normalised]
    counted.sort(key=lambda reason: -abs(_shift(reason)))
    others = computed.score[computed.listed]
    for reason in counted[:MOST_OBSERVATIONS]:
        score = shown.score + _shift(reason)
        rank = 1 + int((others > score + 1e-12).sum())
        if score < shown.score and rank > 1:
            rank -= int(_is_on_map(computed, shown))
        if rank != shown.rank and reason.normalised is not None:
            what = f"{reason.member}:{reason.indicator}"
            yield Change(what, reason.normalised, MIDDLE, shown.rank, rank)


def _shift(reason: Reason) -> float:
    """Return by how many points the score moves when the observation moves to the middle."""
    if not reason.normalised:
        return 0.0
    return reason.contribution * (MIDDLE / reason.normalised - 1.0)


def _is_on_map(computed: Computed, shown: Opportunity) -> bool:
    """Whether the group itself is among those it is compared with."""
    return bool(np.isclose(computed.score[computed.listed], shown.score, rtol=0, atol=1e-12).any())
