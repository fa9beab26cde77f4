"""COMPLEMENTARY: a surplus meets a deficit, and something is left after freight."""

from sinergi.analysis.logics.base import STRENGTH_FLOOR, Arcs, Field, directed


def fit(field: Field) -> Arcs:
    """Return the arcs from surplus to deficit whose margin is positive.

    Where the object declares no prices the margin is not tested; where it does, an arc with an
    unknown price is left out, because nobody could say that it pays.
    """
    arcs = directed(field, field.strength >= STRENGTH_FLOOR, field.in_need)
    arcs = arcs.where(field.lacks(arcs.receiver, arcs.giver))
    if field.margin is None:
        return arcs
    return arcs.where(field.margin.per_kg(arcs.giver, arcs.receiver, arcs.km) > 0)
