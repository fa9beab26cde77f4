"""Klassen typology: level and growth against a reference, in four quadrants."""

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sinergi.analysis.methods.checks import same_shape, signed


class Quadrant(IntEnum):
    """Where a region (or sector) stands; the numbers are the quadrants of Sjafrizal."""

    UNKNOWN = 0
    """Level or growth is missing."""
    DEVELOPED = 1
    """High level, high growth."""
    STAGNANT = 2
    """High level, low growth: developed but under pressure."""
    DEVELOPING = 3
    """Low level, high growth."""
    LAGGING = 4
    """Low level, low growth."""


def klassen(
    level: ArrayLike,
    growth: ArrayLike,
    reference_level: float,
    reference_growth: float,
) -> NDArray[np.int8]:
    """Sort regions into the four quadrants of Klassen.

    High means at or above the reference, low means below.

    Parameters
    ----------
    level
        (regions,) usually GRDP per head.
    growth
        (regions,) usually growth of GRDP, percent per year.
    reference_level, reference_growth
        The same of the nation or province, in the same units.

    Returns
    -------
    NDArray[np.int8]
        (regions,) values of `Quadrant`; `UNKNOWN` where a value, or the reference, is missing.

    Raises
    ------
    InputError
        On shapes that do not fit or infinite values.

    References
    ----------
    Klassen, L. H. (1965). Area Economic and Social Redevelopment. OECD. Sjafrizal (1997). Pertumbuhan
    ekonomi dan ketimpangan regional wilayah Indonesia bagian barat. Prisma 26(3), 27–38.
    """
    levels, rates = signed(level, "level", 1), signed(growth, "growth", 1)
    same_shape("level, growth", levels, rates)
    known = np.isfinite(levels + rates + reference_level + reference_growth)
    high, fast = levels >= reference_level, rates >= reference_growth
    quadrants = np.select(
        [~known, high & fast, high, fast],
        [Quadrant.UNKNOWN, Quadrant.DEVELOPED, Quadrant.STAGNANT, Quadrant.DEVELOPING],
        default=Quadrant.LAGGING,
    )
    return quadrants.astype(np.int8)
