"""Puts an indicator on [0, 1]: by its distance to a standard, or by its rank among peers."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MIN_PEERS = 5
"""A rank among fewer peers than this says nothing; the result is missing."""


def _ranks(values: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Return the mean rank and the best rank of each value (n,), the lowest value first."""
    _, inverse, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    mean = last - (count - 1) / 2
    return mean[inverse], (last - count + 1)[inverse]


def peer_rank(
    values: Floats, peers: NDArray[np.int64], *, rises: bool, least_share: float = 0.0
) -> Floats:
    """Return the mid-rank of each value within its peer group, as a share of the group.

    ``(rank - 0.5) / n``, ties at their mean rank (Hazen plotting position), so that the middle
    region of every peer group stands at 0.5 whatever the unit and the skew of the indicator.

    Parameters
    ----------
    values
        (n,) any unit; NaN where missing.
    peers
        (n,) peer group of each region, for example 0 for regencies and 1 for cities.
    rises
        True when a higher value shall give a higher score.
    least_share
        Share of its peers, 0-1, that must have a value for a rank to say anything.

    Returns
    -------
    (n,) in (0, 1); NaN where the value is missing or too few peers have one.

    References
    ----------
    Hazen, A. (1914). Storage to be provided in impounding reservoirs. Trans. ASCE 77.
    """
    result = np.full(len(values), np.nan)
    signed = values if rises else -values
    for group in np.unique(peers):
        members = peers == group
        rows = np.flatnonzero(members & ~np.isnan(values))
        if len(rows) >= max(MIN_PEERS, least_share * members.sum()):
            result[rows] = (_ranks(signed[rows])[0] - 0.5) / len(rows)
    return result


def peer_position(
    values: Floats, peers: NDArray[np.int64], *, rises: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each region's place among its peers and how many of them have a value.

    Place 1 is the highest value when `rises`, otherwise the lowest; ties share the better place;
    0 where the value is missing. Shapes as in `peer_rank`.
    """
    place = np.zeros(len(values), dtype=np.int64)
    count = np.zeros(len(values), dtype=np.int64)
    signed = -values if rises else values
    for group in np.unique(peers):
        members = peers == group
        rows = np.flatnonzero(members & ~np.isnan(values))
        place[rows] = _ranks(signed[rows])[1]
        count[members] = len(rows)
    return place, count


def distance_to_standard(values: Floats, *, good: float, bad: float, side: str = "need") -> Floats:
    """Return how far each value is from a standard, between `good` and `bad`.

    Parameters
    ----------
    values
        (n,) in the unit of the standard; NaN where missing.
    good, bad
        The value that meets the standard, and the value at which nothing of it is met.
    side
        ``need``: 0 at `good`, 1 at `bad`. ``strength``: the other way round.

    Returns
    -------
    (n,) in [0, 1], NaN where missing.

    Raises
    ------
    ValueError
        If `good` equals `bad`.
    """
    if good == bad:
        raise ValueError("A standard needs a good and a bad value that differ.")
    share = np.abs(np.clip((values - good) / (bad - good), 0.0, 1.0))
    return share if side == "need" else 1.0 - share
