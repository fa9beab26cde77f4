"""Groups without a centre: joined link by link, the strongest first."""

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.geography import EARTH_RADIUS_KM, unit_vectors
from sinergi.analysis.groups.base import Group, Limits
from sinergi.analysis.logics.base import Arcs

Floats = NDArray[np.float64]


def meshes(arcs: Arcs, score: Floats, limits: Limits, lat: Floats, lon: Floats) -> list[Group]:
    """Return disjoint groups, the most valuable first.

    Kruskal's algorithm with limits: links are taken by falling score, two groups merge when together
    they are not too many and no two members are further apart than the reach; a single link is always
    within reach, because whoever drew it said so. The links taken are the maximum spanning tree of
    each group, so where links are borders the group is contiguous.

    Parameters
    ----------
    arcs, score
        Mutual links and their scores, shape (m,).
    lat, lon
        (n,) degrees.

    References
    ----------
    Kruskal, J. B. (1956). On the shortest spanning subtree of a graph. Proc. AMS 7.
    """
    rows = np.flatnonzero(score >= limits.threshold)
    rows = rows[np.lexsort((arcs.receiver[rows], arcs.giver[rows], -score[rows]))]
    xyz = unit_vectors(lat, lon)
    farthest = np.cos(min(limits.reach_km / EARTH_RADIUS_KM, np.pi))
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    taken: dict[int, list[int]] = {}
    first, second = arcs.giver.tolist(), arcs.receiver.tolist()
    for row in rows.tolist():
        a, b = (group_of.setdefault(r, r) for r in (first[row], second[row]))
        if a == b:
            continue
        one, other = members.setdefault(a, [a]), members.setdefault(b, [b])
        size = len(one) + len(other)
        if size > limits.size or (size > 2 and (xyz[one] @ xyz[other].T).min() < farthest):
            continue
        one += other
        taken[a] = [*taken.get(a, []), *taken.pop(b, []), row]
        group_of.update(dict.fromkeys(other, a))
        del members[b]
    groups = [
        Group(-1, tuple(members[a]), tuple(links), float(score[links].sum()))
        for a, links in taken.items()
    ]
    return sorted(groups, key=lambda group: (-group.value, group.members))
