"""CORRIDOR: regions that lie along one route."""

from sinergi.analysis.logics.base import STRENGTH_FLOOR, Arcs, Field, mutual


def fit(field: Field) -> Arcs:
    """Return the links between regions that both have something to offer along the route."""
    arcs = mutual(field)
    if not field.weighs_strength:
        return arcs
    give = field.strength
    both = (give[arcs.giver] >= STRENGTH_FLOOR) & (give[arcs.receiver] >= STRENGTH_FLOOR)
    return arcs.where(both)
