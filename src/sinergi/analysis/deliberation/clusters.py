"""Splitting voters into groups, for many matrices of answers at once.

All arrays begin with an axis of matrices (b), so that hundreds of permuted matrices cost about as
much as one.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ROUNDS = 12
"""Rounds of k-means; small matrices settle in about half of them."""


def centred(answers: Floats, *, by_voter: bool) -> Floats:
    """Return answers (b, n, m) less the mean of each item, with 0 where one is missing.

    Parameters
    ----------
    answers
        (b, n, m); NaN where a voter did not answer.
    by_voter
        Whether the mean of each voter's centred answers is taken away, too: what is left is which
        items a voter prefers, not how many.
    """
    there = np.isfinite(answers)
    filled = np.where(there, answers, 0.0)
    means = filled.sum(axis=1, keepdims=True) / np.maximum(there.sum(axis=1, keepdims=True), 1)
    left = np.where(there, filled - means, 0.0)
    if not by_voter:
        return left
    levels = left.sum(axis=2, keepdims=True) / np.maximum(there.sum(axis=2, keepdims=True), 1)
    result: Floats = np.where(there, left - levels, 0.0)
    return result


def partitions(points: Floats, most: int) -> Iterator[Integers]:
    """Yield labels (b, n) of the points (b, n, m) for 2, 3 … `most` groups.

    k-means. Two groups begin at the two sides of the first principal axis; one group more begins at
    the point that is farthest from the centre of its group. Nothing is drawn by chance.

    References
    ----------
    Su, T. and Dy, J. G. (2007). In search of deterministic methods for initializing k-means and
    Gaussian mixture clustering. Intelligent Data Analysis 11(4), 319-338.
    """
    gram = np.swapaxes(points, 1, 2) @ points
    axis = np.linalg.eigh(gram)[1][:, :, -1]
    labels = ((points @ axis[:, :, None])[:, :, 0] > 0).astype(np.int64)
    labels, distances = _settled(points, labels, 2)
    yield labels
    for groups in range(3, most + 1):
        own = np.take_along_axis(distances, labels[:, :, None], axis=2)[:, :, 0]
        labels = labels.copy()
        np.put_along_axis(labels, own.argmax(axis=1)[:, None], groups - 1, axis=1)
        labels, distances = _settled(points, labels, groups)
        yield labels


def _settled(points: Floats, labels: Integers, groups: int) -> tuple[Integers, Floats]:
    """Return labels after some rounds of k-means, and squared distances (b, n, groups), less |point|²."""
    for _ in range(ROUNDS):
        distances = distances_to_centres(points, centres(points, labels, groups))
        nearest = distances.argmin(axis=2)
        if (nearest == labels).all():
            break
        labels = nearest
    return labels, distances


def members(labels: Integers, groups: int) -> Floats:
    """Return (b, n, groups): 1 where a point is in a group."""
    result: Floats = (labels[:, :, None] == np.arange(groups)).astype(float)
    return result


def centres(points: Floats, labels: Integers, groups: int) -> Floats:
    """Return the mean (b, groups, m) of each group; 0 for an empty one."""
    inside = members(labels, groups)
    size = np.maximum(inside.sum(axis=1), 1)
    means: Floats = (np.swapaxes(inside, 1, 2) @ points) / size[:, :, None]
    return means


def distances_to_centres(points: Floats, middle: Floats) -> Floats:
    """Return squared distances (b, n, groups), each less the squared length of its point."""
    lengths = (middle**2).sum(axis=2)[:, None, :]
    result: Floats = lengths - 2 * points @ np.swapaxes(middle, 1, 2)
    return result


def pairwise_distances(points: Floats) -> Floats:
    """Return the Euclidean distances (b, n, n) between the points (b, n, m)."""
    lengths = (points**2).sum(axis=2)
    # In place: with hundreds of voters most of the time goes into memory.
    squared: Floats = lengths[:, :, None] + lengths[:, None, :]
    squared -= 2 * points @ np.swapaxes(points, 1, 2)
    np.maximum(squared, 0.0, out=squared)
    return np.sqrt(squared, out=squared)


def silhouettes(distances: Floats, labels: Integers, groups: int, *, smallest: int) -> Floats:
    """Return the mean silhouette width (b,) of each partition; -1 where a group is too small.

    s = (b - a) / max(a, b): a is a point's mean distance to the others of its group, b to the
    points of the nearest other group.

    References
    ----------
    Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and validation of
    cluster analysis. Journal of Computational and Applied Mathematics 20, 53-65.
    """
    inside = members(labels, groups)
    size = inside.sum(axis=1)
    sums = distances @ inside
    own = inside.astype(bool)
    within = sums[own].reshape(labels.shape) / np.maximum(
        np.take_along_axis(size, labels, axis=1) - 1, 1
    )
    others = np.where(own, np.inf, sums / np.maximum(size, 1)[:, None, :]).min(axis=2)
    widest = np.maximum(within, others)
    width = np.divide(others - within, widest, out=np.zeros_like(widest), where=widest > 0)
    result: Floats = np.where(size.min(axis=1) >= smallest, width.mean(axis=1), -1.0)
    return result
