"""CLUSTER: regions with the same strength that only together reach the scale it takes."""

from sinergi.analysis.logics.base import NEED_FLOOR, STRENGTH_FLOOR, Arcs, Field, mutual


def fit(field: Field) -> Arcs:
    """Return the links on which both ends have the strength, or the need where none is measured."""
    arcs = mutual(field)
    score, floor = (
        (field.strength, STRENGTH_FLOOR) if field.weighs_strength else (field.need, NEED_FLOOR)
    )
    both = (score[arcs.giver] >= floor) & (score[arcs.receiver] >= floor)
    return arcs.where(both)
