"""What a group of regions is, and what limits it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Limits(NamedTuple):
    """What every group must keep."""

    size: int
    """Most members, the host included."""
    threshold: float
    """Least score of the link by which a region joins."""
    reach_km: float


class Group(NamedTuple):
    """Members of one group and the arcs that hold it together."""

    host: int
    """Region at the centre of a star; -1 where there is none."""
    members: tuple[int, ...]
    """Regions; the host first where there is one, a chain in the order of the route."""
    arcs: tuple[int, ...]
    """Rows of the arcs, one for each member that joined."""
    value: float
    """What the group is worth when groups compete for a region: sum of link scores, or IDR a year."""
