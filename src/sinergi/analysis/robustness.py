"""How firm a rank is when the weights, which are opinions, are drawn again."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 200
CONCENTRATION = 20.0
"""Of the Dirichlet distribution around the weights: a weight of 0.25 gets a standard deviation of 0.09."""


def draw_weights(
    weights: Floats, *, draws: int = DRAWS, seed: int = 0, concentration: float = CONCENTRATION
) -> Floats:
    """Return weights (draws, p) scattered around `weights` (p,); a weight of zero stays zero.

    Raises
    ------
    ValueError
        If no weight is positive.
    """
    positive = weights > 0
    if not positive.any():
        raise ValueError("At least one weight must be positive.")
    share = weights[positive] / weights.sum()
    drawn = np.zeros((draws, len(weights)))
    drawn[:, positive] = np.random.default_rng(seed).dirichlet(concentration * share, draws)
    return drawn


def weighted_parts(parts: Floats, weights: Floats) -> Floats:
    """Return the weighted mean of the parts that are there.

    Parameters
    ----------
    parts
        (g, p) in [0, 1]; NaN where a part does not apply.
    weights
        (d, p): one row for each set of weights.

    Returns
    -------
    (g, d); 0 where no part that applies has any weight.
    """
    there = np.isfinite(parts)
    total = there.astype(float) @ weights.T
    summed = np.where(there, parts, 0.0) @ weights.T
    result: Floats = np.divide(summed, total, out=np.zeros_like(summed), where=total > 0)
    return result


def rank_acceptability(
    parts: Floats, weights: Floats, *, top: int, draws: int = DRAWS, seed: int = 0
) -> Floats:
    """Return the share of weight draws in which each alternative is among the best `top`.

    Parameters
    ----------
    parts
        (g, p) as in `weighted_parts`.
    weights
        (p,) chosen weights.

    Returns
    -------
    (g,) in [0, 1]; 1 for all when there are no more than `top`. Ties at the border count for all.

    References
    ----------
    Lahdelma, R. and Salminen, P. (2001). SMAA-2: stochastic multicriteria acceptability analysis
    for group decision making. Operations Research 49(3), 444-454.
    """
    if len(parts) <= top:
        return np.ones(len(parts))
    scores = weighted_parts(parts, draw_weights(weights, draws=draws, seed=seed))
    border = np.partition(scores, len(parts) - top, axis=0)[len(parts) - top]
    share: Floats = (scores >= border).mean(axis=1)
    return share
