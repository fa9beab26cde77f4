"""MIGRATION_LINK: regions between which people move."""

import numpy as np

from sinergi.analysis.logics.base import Arcs, Field, directed


def fit(field: Field) -> Arcs:
    """Return the arcs along which people moved; their share of all arrivals is the proximity.

    Without knowledge of flows there are none.
    """
    arcs = directed(field)
    if field.flow is None:
        return arcs.where(np.zeros(len(arcs.km), dtype=bool))
    arrivals = field.flow.sum(axis=0)
    moved = field.flow[arcs.giver, arcs.receiver]
    arcs, moved = arcs.where(moved > 0), moved[moved > 0]
    return arcs._replace(proximity=moved / arrivals[arcs.receiver])
