"""How firm an order is when weights are drawn again and what is missing may be anything."""

from dataclasses import dataclass

import numpy as np

from sinergi.analysis.priority.scales import Floats, Table
from sinergi.analysis.robustness import CONCENTRATION, draw_weights, weighted_parts

DRAWS = 200


@dataclass(frozen=True, slots=True)
class Acceptability:
    """Where alternatives come out over many draws.

    Attributes
    ----------
    first
        (n,) share of draws with rank 1.
    top
        (n,) share of draws with a rank up to `k`.
    low, high
        (n,) rank that 5% of draws stay above, and that 95% stay below: the best and the worst to expect.
    mean
        (n,) mean rank.
    """

    first: Floats
    top: Floats
    low: Floats
    high: Floats
    mean: Floats


def draw_scores(
    given: Table,
    people: Floats | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    concentration: float = CONCENTRATION,
) -> Floats:
    """Return weighted sums (n, draws) with weights drawn again and missing utilities drawn from [0, 1].

    A value without a scale (`Table.silent`) gets in each draw one utility for all who have it: they stay
    equal on it, and stand on average where those stand whose value is missing.

    Parameters
    ----------
    people
        (m, p) weights of several people: each draw scatters around those of one of them in turn, so that
        people who disagree make the result less firm. Without them, around the weights of the table.

    References
    ----------
    Lahdelma, R., Hokkanen, J. and Salminen, P. (1998). SMAA - stochastic multiobjective acceptability
    analysis. European Journal of Operational Research 106(1), 137-143.
    """
    centres = given.weights[None, :] if people is None or not len(people) else people
    each = -(-draws // len(centres))
    drawn = np.concatenate(
        [
            draw_weights(centre, draws=each, seed=seed + number, concentration=concentration)
            for number, centre in enumerate(centres)
        ]
    )
    drawn = drawn[np.arange(len(drawn)).reshape(len(centres), each).T.ravel()][:draws]
    utilities = given.utilities
    missing = ~np.isfinite(given.values)
    if not missing.any():
        return weighted_parts(utilities, drawn)
    scores: Floats = np.where(np.isfinite(utilities), utilities, 0.0) @ drawn.T
    shared = np.random.default_rng(seed + 20_000).random(drawn.shape)
    scores += given.silent.astype(float) @ (drawn * shared).T
    random = np.random.default_rng(seed + 10_000)
    rows, columns = np.nonzero(missing)
    for draw in range(len(drawn)):
        np.add.at(scores[:, draw], rows, random.random(len(rows)) * drawn[draw, columns])
    return scores


def acceptability(drawn: Floats, *, top: int) -> Acceptability:
    """Return rank acceptabilities of scores (n, draws); equals share the best rank."""
    ordered = np.sort(-drawn, axis=0)
    places = np.empty(drawn.shape)
    for draw in range(drawn.shape[1]):
        places[:, draw] = np.searchsorted(ordered[:, draw], -drawn[:, draw], side="left") + 1
    return Acceptability(
        first=(places == 1).mean(axis=1),
        top=(places <= top).mean(axis=1),
        low=np.quantile(places, 0.05, axis=1, method="lower"),
        high=np.quantile(places, 0.95, axis=1, method="higher"),
        mean=places.mean(axis=1),
    )
