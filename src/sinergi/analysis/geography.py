"""Distances between places and the links within reach."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

DETOUR_FACTOR = 1.3
"""Length of a road per great-circle km; an expert default, because no road network is at hand."""


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of regions, each once with `a < b`; all arrays have length m."""

    a: Indexes
    b: Indexes
    km: Floats
    """Great-circle distance between the two seats of government."""
    borders: NDArray[np.bool_]

    def where(self, mask: NDArray[np.bool_]) -> "Links":
        """Return the links chosen by a mask of shape (m,)."""
        return Links(self.a[mask], self.b[mask], self.km[mask], self.borders[mask])


def great_circle_km(lat_a: Floats, lon_a: Floats, lat_b: Floats, lon_b: Floats) -> Floats:
    """Return great-circle distances in km between points in degrees (haversine formula).

    References
    ----------
    Sinnott, R. W. (1984). Virtues of the haversine. Sky and Telescope 68(2).
    """
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half = np.sin((phi_b - phi_a) / 2) ** 2
    half = half + np.cos(phi_a) * np.cos(phi_b) * np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return distance


def unit_vectors(lat: Floats, lon: Floats) -> Floats:
    """Return points in degrees as vectors of length 1 from the centre of the Earth, (n, 3)."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


FEW = 2_000
"""Up to so many points all pairs are compared; above, a tree finds the near ones."""


def links_within(
    lat: Floats, lon: Floats, reach_km: float, *, few: int = FEW
) -> tuple[Indexes, Indexes, Floats]:
    """Return all pairs of points at most `reach_km` apart as arrays a < b and km.

    Beyond `few` points a k-d tree on the unit sphere finds them, so that 84,000 villages are as easy
    as 514 regencies.
    """
    if len(lat) <= few:
        a, b = np.triu_indices(len(lat), k=1)
    else:
        a, b = _near_pairs(unit_vectors(lat, lon), reach_km)
    km = great_circle_km(lat[a], lon[a], lat[b], lon[b])
    near = km <= reach_km
    return a[near].astype(np.int64), b[near].astype(np.int64), km[near]


def _near_pairs(xyz: Floats, reach_km: float) -> tuple[Indexes, Indexes]:
    """Return candidates for pairs within reach, in order."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 - takes a second to import, rarely needed

    chord = 2 * np.sin(min(reach_km / EARTH_RADIUS_KM, np.pi) / 2)
    pairs = cKDTree(xyz).query_pairs(chord * (1 + 1e-9), output_type="ndarray")
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].astype(np.int64)
    return pairs[:, 0], pairs[:, 1]


def proximity(km: Floats, reach_km: float) -> Floats:
    """Return closeness: 1 at no distance, 1/2 at half the reach, 1/4 at the reach.

    ``2 ** (-2 km / reach)``: exponential distance decay (Wilson, 1971) scaled to the object's reach.
    """
    closeness: Floats = np.exp2(-2.0 * np.asarray(km) / reach_km)
    return closeness
