"""ADJACENT: neighbours that share a land border and have the same need on both sides of it."""

from sinergi.analysis.logics.base import Arcs, Field, mutual


def fit(field: Field) -> Arcs:
    """Return the borders on which both regions need the object."""
    arcs = mutual(field)
    both = field.in_need[arcs.giver] & field.in_need[arcs.receiver]
    return arcs.where(arcs.borders & both)
