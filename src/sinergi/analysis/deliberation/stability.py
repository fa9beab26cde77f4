"""Whether groups are found again when the voters are redrawn."""

import numpy as np

from sinergi.analysis.deliberation.clusters import (
    Floats,
    Integers,
    centres,
    distances_to_centres,
    members,
    partitions,
)

REDRAWS = 100


def jaccard_when_redrawn(points: Floats, labels: Integers, rng: np.random.Generator) -> Floats:
    """Return for each group the mean similarity (g,) to the group most like it in redrawn voters.

    Voters (n, m) are redrawn with replacement and split anew into as many groups; Jaccard similarity is
    counted over the voters in the redraw, each once.

    References
    ----------
    Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational Statistics & Data
    Analysis 52, 258-271.
    """
    voters, groups = len(points), int(labels.max()) + 1
    rows = rng.integers(voters, size=(REDRAWS, voters))
    redrawn = points[rows]
    middle = redrawn.mean(axis=1, keepdims=True)
    *_, anew = partitions(redrawn - middle, groups)
    nearest = distances_to_centres(
        points[None] - middle, centres(redrawn - middle, anew, groups)
    ).argmin(axis=2)
    drawn = np.zeros((REDRAWS, voters))
    np.put_along_axis(drawn, rows, 1.0, axis=1)
    before = members(labels[None], groups) * drawn[:, :, None]
    after = members(nearest, groups) * drawn[:, :, None]
    shared = np.swapaxes(before, 1, 2) @ after
    either = before.sum(axis=1)[:, :, None] + after.sum(axis=1)[:, None, :] - shared
    similar: Floats = (shared / np.maximum(either, 1)).max(axis=2).mean(axis=0)
    return similar
