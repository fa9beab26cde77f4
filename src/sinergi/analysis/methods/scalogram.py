"""Hierarchy of places by the facilities they have: Guttman's scalogram and Marshall's centrality."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sinergi.analysis.methods.checks import FloatArray, divide, numbers


@dataclass(frozen=True, slots=True, eq=False)
class Scalogram:
    """Places and facilities in the order of a perfect staircase, and how far from one they are."""

    place_order: NDArray[np.intp]
    """(known places,) positions of the places, from most kinds of facility to fewest."""
    facility_order: NDArray[np.intp]
    """(facilities,) positions of the facilities, from most common to rarest."""
    kinds: FloatArray
    """(places,) number of kinds of facility; NaN for a place with an unknown facility."""
    errors: int
    """Cells that differ from the staircase (Goodenough–Edwards count)."""
    reproducibility: float
    """1 − errors / cells; 0.90 or more is taken as a true hierarchy."""


def guttman(facilities: ArrayLike) -> Scalogram:
    """Order places and facilities by Guttman's scalogram.

    In a perfect hierarchy a place with k kinds of facility has the k most common ones. Each cell that
    departs from this is an error; CR = 1 − errors / (places · facilities).

    Parameters
    ----------
    facilities
        (places, facilities) counts or 0/1; only whether there is one matters.

    Returns
    -------
    Scalogram
        Places with an unknown facility are left out of the order, the errors and the coefficient.
        The coefficient is NaN when nothing is known.

    Raises
    ------
    InputError
        On negative values or a table of other than two dimensions.

    References
    ----------
    Guttman, L. (1944). A basis for scaling qualitative data. American Sociological Review 9(2), 139–150.
    Rondinelli, D. A. (1985). Applied Methods of Regional Analysis. Westview Press.
    """
    counts = numbers(facilities, "facilities", 2)
    known = np.isfinite(counts).all(axis=1)
    present = counts > 0
    kinds = np.where(known, present.sum(axis=1).astype(np.float64), np.nan)
    facility_order = np.argsort(-present[known].sum(axis=0), kind="stable")
    places = np.flatnonzero(known)
    place_order = places[np.argsort(-kinds[places], kind="stable")]
    staircase = np.arange(counts.shape[1]) < kinds[place_order, np.newaxis]
    wrong = present[np.ix_(place_order, facility_order)] != staircase
    errors = int(wrong.sum())
    fit = 1.0 - errors / wrong.size if wrong.size else float("nan")
    return Scalogram(place_order, facility_order, kinds, errors, fit)


def marshall(facilities: ArrayLike) -> FloatArray:
    """Compute Marshall's centrality index of places.

    The weight of one facility of a kind is C = 100 / T, with T the number of that kind in all places; the
    index of a place is Σ number · C. All places together have 100 for each kind.

    Parameters
    ----------
    facilities
        (places, facilities) counts.

    Returns
    -------
    FloatArray
        (places,). NaN for a place with an unknown facility; such a place also does not count in T. A kind
        that no place has adds nothing.

    Raises
    ------
    InputError
        On negative values or a table of other than two dimensions.

    References
    ----------
    Marshall, J. U. (1969). The Location of Service Towns. University of Toronto Press.
    """
    counts = numbers(facilities, "facilities", 2)
    known = np.isfinite(counts).all(axis=1)
    totals = counts[known].sum(axis=0)
    weights = np.where(totals > 0, divide(100.0, totals), 0.0)
    index: FloatArray = np.where(known, (counts * weights).sum(axis=1), np.nan)
    return index
