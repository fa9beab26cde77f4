"""Interaction: how strongly two places draw on each other, by size and distance."""

import numpy as np
from numpy.typing import ArrayLike

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods.checks import FloatArray, divide, same_shape, signed

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""


def gravity(
    population_i: ArrayLike,
    population_j: ArrayLike,
    distance: ArrayLike,
    k: float = 1.0,
    exponent: float = 2.0,
) -> FloatArray:
    """Compute interaction: I_ij = k · P_i · P_j / d_ij^b.

    Parameters
    ----------
    population_i, population_j
        Sizes of the two places, in any shapes that broadcast (persons, GRDP, beds).
    distance
        Distance between them, km or hours; hours of travel say more where roads are few.
    k
        Constant of proportion; sets the unit.
    exponent
        Friction of distance b; about 2 in most studies.

    Returns
    -------
    FloatArray
        The broadcast shape. Only comparison with other pairs has meaning. NaN where a value is missing or
        the distance is zero (a place with itself).

    Raises
    ------
    InputError
        On negative values, shapes that do not fit, or an exponent below zero.

    References
    ----------
    Reilly, W. J. (1931). The Law of Retail Gravitation. Zipf, G. K. (1946). The P1 P2 / D hypothesis.
    American Sociological Review 11(6), 677–686.
    """
    if exponent < 0:
        raise InputError("The exponent is negative.", "exponent", "Give zero or more; 2 is usual.")
    arrays = [np.asarray(a, dtype=np.float64) for a in (population_i, population_j, distance)]
    for array, where in zip(arrays, ("population_i", "population_j", "distance"), strict=True):
        if (array < 0).any() or np.isinf(array).any():
            raise InputError(
                "A value is negative or infinite.", where, "Give zero or positive numbers."
            )
    try:
        first, second, far = np.broadcast_arrays(*arrays)
    except ValueError as cause:
        raise InputError(
            "The arrays have different shapes: {shapes}.",
            "population_i, population_j, distance",
            "Give them shapes that broadcast, such as (n, 1), (1, n) and (n, n).",
            shapes=", ".join(str(array.shape) for array in arrays),
        ) from cause
    known = np.where(far == 0, np.nan, far)
    return divide(k * first * second, known**exponent)


def great_circle_km(latitude: ArrayLike, longitude: ArrayLike) -> FloatArray:
    """Compute distances between all points over the sphere, in km (haversine formula).

    Parameters
    ----------
    latitude, longitude
        (n,) degrees.

    Returns
    -------
    FloatArray
        (n, n), symmetric, zero on the diagonal; NaN for a point that is missing.

    Raises
    ------
    InputError
        On shapes that differ or degrees out of range.
    """
    north, east = signed(latitude, "latitude", 1), signed(longitude, "longitude", 1)
    same_shape("latitude, longitude", north, east)
    for degrees, most, where in ((north, 90.0, "latitude"), (east, 180.0, "longitude")):
        if (np.abs(degrees) > most).any():
            raise InputError(
                "Degrees are out of range.",
                where,
                "Give decimal degrees, not more than {most}.",
                most=most,
            )
    phi, lam = np.radians(north), np.radians(east)
    half = (
        np.sin((phi[:, np.newaxis] - phi) / 2.0) ** 2
        + np.cos(phi[:, np.newaxis]) * np.cos(phi) * np.sin((lam[:, np.newaxis] - lam) / 2.0) ** 2
    )
    arcs: FloatArray = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return arcs
