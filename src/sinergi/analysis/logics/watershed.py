"""WATERSHED: the same river basin, what is done upstream is felt downstream."""

import numpy as np

from sinergi.analysis.logics.base import Arcs, Field, directed


def fit(field: Field) -> Arcs:
    """Return the arcs from upstream to a downstream region in need, inside one basin.

    Without knowledge of basins there are none.
    """
    arcs = directed(field, receivers=field.in_need)
    if field.basin is None or field.height is None:
        return arcs.where(np.zeros(len(arcs.km), dtype=bool))
    basin, height = field.basin, field.height
    same = (basin[arcs.giver] == basin[arcs.receiver]) & (basin[arcs.giver] >= 0)
    above = height[arcs.giver] > height[arcs.receiver]
    return arcs.where(same & above)
