"""NETWORK: all join, and the value grows with the members."""

from sinergi.analysis.logics.base import Arcs, Field, mutual


def fit(field: Field) -> Arcs:
    """Return the links on which at least one region needs the object and both are known."""
    arcs = mutual(field)
    either = field.in_need[arcs.giver] | field.in_need[arcs.receiver]
    return arcs.where(either)
