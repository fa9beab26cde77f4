"""Which regions could join a group: those near enough, the nearest first."""

from dataclasses import dataclass

import numpy as np

from sinergi.opportunities.ground import Ground
from sinergi.reference.catalogue import CooperationObject

MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region that is not in the group."""

    code: str
    name: str
    km: float
    borders: bool


def candidates(
    base: Ground, codes: tuple[str, ...], item: CooperationObject, host: str = ""
) -> list[Candidate]:
    """Return regions within reach, or bordering a member where the object asks for borders.

    Parameters
    ----------
    host
        Where the group has one, the reach counts from it; otherwise from any member.
    """
    inside = [base.position[code] for code in codes]
    ends = [base.position[host]] if host else inside
    every = np.arange(len(base.codes))
    km = np.min([base.distance(every, np.full(len(every), row)) for row in ends], axis=0)
    touching = {
        other
        for a, b in base.border_set
        for here, other in ((a, b), (b, a))
        if here in inside and other not in inside
    }
    near = [
        row
        for row in np.argsort(km).tolist()
        if row not in inside
        and (row in touching if item.adjacency == "required" else km[row] <= item.reach_km)
    ]
    return [
        Candidate(base.codes[row], base.names[row], float(km[row]), row in touching)
        for row in near[:MOST_CANDIDATES]
    ]
