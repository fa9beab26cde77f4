"""PEER: regions alike in size and kind, of which one does well what the other finds hard."""

import numpy as np

from sinergi.analysis.logics.base import Arcs, Field, Floats, Indexes, directed

MENTOR_FLOOR = 0.75
"""Only the best quarter of the peers teaches."""


def fit(field: Field) -> Arcs:
    """Return the arcs from a mentor to a like region in need.

    The proximity of an arc is the geometric mean of closeness and `likeness`: people travel to learn,
    but to those they recognise themselves in.
    """
    arcs = directed(field, field.strength >= MENTOR_FLOOR, field.in_need)
    same = field.peers[arcs.giver] == field.peers[arcs.receiver]
    return with_likeness(arcs.where(same), field.size)


def likeness(size: Floats, giver: Indexes, receiver: Indexes) -> Floats:
    """Return ``2 ** -d`` with d the Euclidean distance between the traits (n, d) of both ends."""
    apart = np.linalg.norm(size[giver] - size[receiver], axis=1)
    alike: Floats = np.exp2(-apart)
    return alike


def with_likeness(arcs: Arcs, size: Floats) -> Arcs:
    """Return the arcs with the geometric mean of closeness and likeness as their proximity."""
    alike = likeness(size, arcs.giver, arcs.receiver)
    return arcs._replace(proximity=np.sqrt(arcs.proximity * alike))
