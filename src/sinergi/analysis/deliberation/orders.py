"""Voting rules that order items: approval, Borda, Schulze and ranked pairs, for many recounts at once.

Each takes ballots and weights (b, n), one row for each recount (all voters, all but one, a redraw),
and returns (b, m, m): whether the first item is above the second however ties are broken.
"""

from collections.abc import Callable

import numpy as np

from sinergi.analysis.deliberation.ballots import Ballots, Floats
from sinergi.analysis.deliberation.places import Bools

Order = Callable[[Ballots, Floats], Bools]


def approval(ballots: Ballots, weights: Floats) -> Bools:
    """Order items by the weight of the voters who approve them; no answer is no approval.

    References
    ----------
    Brams, S. J. and Fishburn, P. C. (1978). Approval voting. American Political Science Review 72(3),
    831-847.
    """
    return _by_score(approvals(ballots, weights))


def approvals(ballots: Ballots, weights: Floats) -> Floats:
    """Return the weight (b, m) of the voters who approve each item."""
    result: Floats = weights @ (ballots.answers == 1).astype(float)
    return result


def approved(ballots: Ballots, weights: Floats) -> Bools:
    """Return (b, m) whether anybody approves each item; what nobody approves takes no place."""
    found: Bools = approvals(ballots, weights) > 0
    return found


def borda(ballots: Ballots, weights: Floats) -> Bools:
    """Order items by Borda points, where equals share the points of their places.

    An item gets one point for each item that a voter places below it and half a point for each equal
    one; items that the voter did not rank are equal to one another and below the ranked. So every
    ballot gives away the same number of points, whatever it leaves out. (The modified count of
    Emerson 2013, which gives fewer points to short ballots, is not used.)

    References
    ----------
    Black, D. (1976). Partial justification of the Borda count. Public Choice 28, 1-15.
    Emerson, P. (2013). The original Borda count and partial voting. Social Choice and Welfare 40,
    353-358.
    """
    return _by_score(margins(preferences(ballots, weights)).sum(axis=2))


def borda_points(ballots: Ballots, weights: Floats) -> Floats:
    """Return the mean Borda points (b, m) of each item, between 0 and m - 1."""
    net = margins(preferences(ballots, weights)).sum(axis=2)
    points: Floats = (net / weights.sum(axis=1, keepdims=True) + len(ballots.items) - 1) / 2
    return points


def schulze(ballots: Ballots, weights: Floats) -> Bools:
    """Order items by their strongest paths of pairwise victories, measured by margins.

    a is above b when the strongest path from a to b is stronger than the one back; a path is as strong
    as its smallest margin. Schulze leaves the measure open; margins count an indifference as half a
    preference each way, as `borda` does.

    References
    ----------
    Schulze, M. (2011). A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method. Social Choice and Welfare 36, 267-303.
    """
    path = margins(preferences(ballots, weights))
    for through in range(path.shape[1]):
        detour = np.minimum(path[:, :, through, None], path[:, None, through, :])
        path = np.maximum(path, detour)
    above: Bools = path > np.swapaxes(path, 1, 2)
    return above


def ranked_pairs(ballots: Ballots, weights: Floats) -> Bools:
    """Order items by locking pairwise victories, largest margin first, unless they close a circle.

    Equal margins can be locked in any sequence, and to try them all takes too long. Instead one graph
    keeps the victories that are locked in every sequence and another those that may be; a victory is
    sure when no path that may exist leads back. What is above is above in every sequence; rarely,
    something that is above in every sequence is shown as tied.

    References
    ----------
    Tideman, T. N. (1987). Independence of clones as a criterion for voting rules. Social Choice and
    Welfare 4, 185-206.
    Brill, M. and Fischer, F. (2012). The price of neutrality for the ranked pairs method. AAAI 26.
    """
    left = np.maximum(margins(preferences(ballots, weights)), 0.0)
    sure = np.zeros(left.shape, dtype=bool)
    possible = sure
    while left.any():
        largest = (left > 0) & (left == left.max(axis=(1, 2), keepdims=True))
        left = np.where(largest, 0.0, left)
        victories = largest & ~np.swapaxes(sure, 1, 2)
        possible = _closed(possible | victories)
        sure = _closed(sure | (victories & ~np.swapaxes(possible, 1, 2)))
    return sure


def preferences(ballots: Ballots, weights: Floats) -> Floats:
    """Return the weight (b, m, m) of the voters who place the first item above the second."""
    places = np.where(np.isnan(ballots.answers), np.inf, ballots.answers)
    better = (places[:, :, None] < places[:, None, :]).astype(float)
    items = len(ballots.items)
    result: Floats = (weights @ better.reshape(len(places), -1)).reshape(-1, items, items)
    return result


def margins(preferred: Floats) -> Floats:
    """Return the preferences (b, m, m) less those the other way."""
    return preferred - np.swapaxes(preferred, 1, 2)


def _by_score(scores: Floats) -> Bools:
    above: Bools = scores[:, :, None] > scores[:, None, :]
    return above


def _closed(graphs: Bools) -> Bools:
    """Return which items (b, m, m) can be reached from which (Warshall 1962)."""
    reach = graphs.copy()
    for through in range(reach.shape[1]):
        reach |= reach[:, :, through, None] & reach[:, None, through, :]
    return reach
