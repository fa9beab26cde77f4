"""Economic complexity: how many rare things a region can do, from who makes what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods.checks import FloatArray, divide, numbers
from sinergi.analysis.methods.specialisation import revealed_comparative_advantage


@dataclass(frozen=True, slots=True, eq=False)
class Complexity:
    """Complexity of regions and of sectors."""

    eci: FloatArray
    """(regions,) economic complexity index: mean 0, standard deviation 1, higher is more complex."""
    pci: FloatArray
    """(sectors,) product complexity index, standardised likewise."""
    diversity: FloatArray
    """(regions,) number of sectors in which a region has an advantage."""
    ubiquity: FloatArray
    """(sectors,) number of regions that have an advantage in a sector."""


def economic_complexity(x: ArrayLike, threshold: float = 1.0) -> Complexity:
    """Compute economic complexity from output or exports.

    A region “has” a sector when its revealed comparative advantage is at least `threshold`. Parameters and
    missing values as in `revealed_comparative_advantage`; see `complexity_of_presence` for the index.
    """
    rca = revealed_comparative_advantage(x)
    return complexity_of_presence(np.where(np.isfinite(rca), rca >= threshold, np.nan))


def complexity_of_presence(presence: ArrayLike) -> Complexity:
    """Compute the indices of Hidalgo and Hausmann from who has what.

    ECI is the second eigenvector of M̃ = D⁻¹ M U⁻¹ Mᵀ (M presence, D diversity, U ubiquity). M̃ is not
    symmetric, but D^½ M̃ D^-½ is: both indices come, stable and real, from the singular vectors of
    D^-½ M U^-½. The sign is chosen so that ECI rises with diversity.

    Parameters
    ----------
    presence
        (regions, sectors) of 0 and 1; NaN in a region with unknown sectors.

    Returns
    -------
    Complexity
        NaN for regions with unknown sectors or none, and for sectors that no known region has. All
        indices are NaN where the table does not settle them: fewer than three regions or sectors, parts
        that share nothing, or regions that all have the same.

    Raises
    ------
    InputError
        On values other than 0 and 1.

    References
    ----------
    Hidalgo, C. A. and Hausmann, R. (2009). The building blocks of economic complexity. PNAS 106(26).
    Hausmann, R. et al. (2014). The Atlas of Economic Complexity. MIT Press, ch. 2.
    """
    table = numbers(presence, "presence", 2)
    if not np.isin(table[np.isfinite(table)], (0.0, 1.0)).all():
        raise InputError("Presence holds other values than 0 and 1.", "presence", "Give 0 or 1.")
    known = np.isfinite(table).all(axis=1)
    diversity = np.where(known, table.sum(axis=1), np.nan)
    ubiquity: FloatArray = table[known].sum(axis=0)
    rows, columns = known & (diversity > 0), ubiquity > 0
    eci, pci = np.full(len(rows), np.nan), np.full(len(columns), np.nan)
    eci[rows], pci[columns] = _second_vectors(table[np.ix_(rows, columns)])
    return Complexity(eci, pci, diversity, ubiquity)


def _second_vectors(presence: FloatArray) -> tuple[FloatArray, FloatArray]:
    unsettled = np.full(presence.shape[0], np.nan), np.full(presence.shape[1], np.nan)
    if min(presence.shape) < 3:
        return unsettled
    diversity, ubiquity = presence.sum(axis=1), presence.sum(axis=0)
    scaled = presence / np.sqrt(np.outer(diversity, ubiquity))
    left, sizes, right = np.linalg.svd(scaled, full_matrices=False)
    gap = 1e-9
    if sizes[1] > 1.0 - gap or sizes[1] < gap or sizes[1] - sizes[2] < gap:
        return unsettled
    regions, sectors = left[:, 1] / np.sqrt(diversity), right[1] / np.sqrt(ubiquity)
    sign = _sign(regions, diversity)
    return _standardised(sign * regions), _standardised(sign * sectors)


def _sign(index: FloatArray, diversity: FloatArray) -> float:
    agreement = float((index - index.mean()) @ (diversity - diversity.mean()))
    return -1.0 if agreement < 0 else 1.0


def _standardised(index: FloatArray) -> FloatArray:
    return divide(index - index.mean(), index.std())
