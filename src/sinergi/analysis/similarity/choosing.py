"""Chooses which pairs a person should judge next: unsure ones, and unlike those judged before."""

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.errors import InputError

Floats = NDArray[np.float64]

LEAST_SPREAD = 1e-6
FARTHEST = 3.0
"""Distance, in standard deviations of all pairs, from which a pair is as new as can be."""


def most_telling(probability: Floats, features: Floats, judged: Floats, count: int) -> list[int]:
    """Return the pairs to be judged next, the most telling first.

    A pair tells the more the nearer its probability is to a half (uncertainty sampling) and the farther
    its features are from every pair that was judged or chosen before (farthest first): the product of
    both. Of equals the first goes first, so that nothing depends on chance.

    Parameters
    ----------
    probability
        (n,) of each pair, in [0, 1].
    features
        (n, k) what the model weighs.
    judged
        (m, k) features of pairs that were judged; may have no rows.
    count
        At most how many.

    Raises
    ------
    InputError
        When the lengths differ.

    References
    ----------
    Settles, B. (2012). Active Learning. Morgan & Claypool, ch. 2.3 (uncertainty) and 3.3 (diversity).
    """
    if len(probability) != len(features):
        raise InputError("The parts have different lengths.", "features", "Give one row per pair.")
    unsure = 1.0 - np.abs(2.0 * probability - 1.0)
    spread = np.maximum(features.std(axis=0), LEAST_SPREAD) if len(features) else 1.0
    scaled = features / spread
    distance = np.full(len(scaled), FARTHEST)
    for row in judged / spread:
        distance = np.minimum(distance, np.linalg.norm(scaled - row, axis=1))
    chosen: list[int] = []
    for _ in range(min(count, len(scaled))):
        worth = (unsure + LEAST_SPREAD) * (distance + LEAST_SPREAD)
        worth[chosen] = -1.0
        best = int(np.argmax(worth))
        chosen.append(best)
        distance = np.minimum(distance, np.linalg.norm(scaled - scaled[best], axis=1))
    return chosen
