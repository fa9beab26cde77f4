"""ELECTRE III: outranking with thresholds and vetoes, and the two distillations made of it."""

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.errors import InputError
from sinergi.analysis.priority.scales import Floats, Table, flat, oriented, thresholds

Indexes = NDArray[np.int64]

MOST = 300
"""Alternatives: each is compared with each, and distilled one by one."""
ALPHA, BETA = -0.15, 0.30
"""Distillation threshold ``s(x) = BETA + ALPHA x``, as the authors of the method use it."""


def credibility(given: Table) -> Floats:
    """Return how credible it is (n, n) that the row is at least as good as the column, in [0, 1].

    Concordance is the weighted share of the criteria that agree; a criterion whose difference comes near
    its veto takes credibility away. A pair is judged by the criteria that both have, and that tell any two
    alternatives apart; where there are none nothing is credible.

    References
    ----------
    Roy, B. (1978). ELECTRE III: un algorithme de classements fondé sur une représentation floue des
    préférences en présence de critères multiples. Cahiers du CERO 20(1), 3-24.
    Figueira, J., Mousseau, V. and Roy, B. (2005). ELECTRE methods. In: Multiple Criteria Decision
    Analysis, Springer, 133-153.
    """
    values = oriented(given)
    q, p, veto = thresholds(given.values, given.criteria)
    n = len(values)
    agreed, known = np.zeros((n, n)), np.zeros((n, n))
    opposed = []
    for c in np.flatnonzero(given.weights > 0):
        if flat(values[:, c]):
            continue
        loss = values[None, :, c] - values[:, None, c]
        both = np.isfinite(loss)
        loss = np.where(both, loss, 0.0)
        agreed += given.weights[c] * both * _falls(loss, q[c], p[c])
        known += given.weights[c] * both
        if np.isfinite(veto[c]):
            opposed.append(np.where(both, 1.0 - _falls(loss, p[c], max(veto[c], p[c])), 0.0))
    concordance = np.divide(agreed, known, out=np.zeros((n, n)), where=known > 0)
    found = concordance.copy()
    for discordance in opposed:
        strong = discordance > concordance
        room = np.maximum(1.0 - concordance, 1e-12)
        found = np.where(strong, found * (1.0 - discordance) / room, found)
    return found


def _falls(loss: Floats, start: float, end: float) -> Floats:
    """Return 1 up to `start`, 0 from `end`, straight between."""
    if end <= start:
        return (loss <= start).astype(float)
    result: Floats = np.clip((end - loss) / (end - start), 0.0, 1.0)
    return result


def electre(given: Table) -> Floats:
    """Return a score (n,): the mean of the places in both distillations, more is better, in [0, 1].

    Alternatives of which nothing is known that counts are NaN.

    Raises
    ------
    InputError
        For more than `MOST` alternatives.
    """
    n = len(given.values)
    if n > MOST:
        raise InputError(
            "Outranking compares each with each; it is made for up to {most} alternatives.",
            "alternatives",
            "Choose fewer alternatives.",
            most=MOST,
        )
    credible = credibility(given)
    np.fill_diagonal(credible, 0.0)
    down, up = distil(credible, best_first=True), distil(credible, best_first=False)
    up = up.max() - up
    places = (down + up) / 2.0
    score = 1.0 - places / max(n - 1, 1)
    score[~np.isfinite(given.utilities[:, given.weights > 0]).any(axis=1)] = np.nan
    result: Floats = score
    return result


def distil(credible: Floats, *, best_first: bool) -> Floats:
    """Return the class (n,) of each alternative in one distillation, 0 the first drawn out.

    Classes are numbered by how many alternatives were drawn out before, so that a class of many costs
    those behind it as much as many classes of one.
    """
    n = len(credible)
    place = np.zeros(n)
    left = np.arange(n)
    drawn = 0
    while len(left):
        taken = _draw(credible, left, best_first=best_first)
        place[taken] = drawn
        drawn += len(taken)
        left = np.setdiff1d(left, taken)
    return place


def _draw(credible: Floats, left: Indexes, *, best_first: bool) -> Indexes:
    inside = credible[np.ix_(left, left)]
    level = float(inside.max(initial=0.0))
    members = np.arange(len(left))
    while level > 0:
        block = inside[np.ix_(members, members)]
        cut = level - (BETA + ALPHA * level)
        below = block[block < cut]
        next_level = float(below.max(initial=0.0))
        beats = (block > next_level) & (block > block.T + BETA + ALPHA * block)
        power = beats.sum(axis=1) - beats.sum(axis=0)
        extreme = power.max() if best_first else power.min()
        members = members[power == extreme]
        level = next_level
        if len(members) == 1:
            break
    return left[members]
