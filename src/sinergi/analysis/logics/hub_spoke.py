"""HUB_SPOKE: one region has capacity or a place for it, others within reach lack it."""

from sinergi.analysis.logics.base import STRENGTH_FLOOR, Arcs, Field, directed


def fit(field: Field) -> Arcs:
    """Return the arcs from a region that can serve to one that needs it and can serve less."""
    arcs = directed(field, field.strength >= STRENGTH_FLOOR, field.in_need)
    return arcs.where(field.lacks(arcs.receiver, arcs.giver))
