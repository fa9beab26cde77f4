"""PEER: regions alike in size and kind, of which one does well what the other finds hard."""

import numpy as np

from sinergi.analysis.logics.base import Arcs, Field, directed

MENTOR_FLOOR = 0.75
"""Only the best quarter of the peers teaches."""


def fit(field: Field) -> Arcs:
    """Return the arcs from a mentor to a like region in need; likeness stands for proximity.

    Likeness is ``2 ** -d`` with d the Euclidean distance of the traits in `Field.size`.
    """
    arcs = directed(field)
    same = field.peers[arcs.giver] == field.peers[arcs.receiver]
    fits = same & (arcs.strength >= MENTOR_FLOOR) & field.needs(arcs.receiver)
    arcs = arcs.where(fits)
    apart = np.linalg.norm(field.size[arcs.giver] - field.size[arcs.receiver], axis=1)
    return arcs._replace(proximity=np.exp2(-apart))
