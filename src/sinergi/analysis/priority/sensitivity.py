"""How little a weight must change for the first place, or the best k, to change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.priority.scales import Floats

NARROW = 1e-9


@dataclass(frozen=True, slots=True)
class Turn:
    """The nearest weight of a criterion at which something changes.

    Attributes
    ----------
    criterion
        Its position.
    weight
        Its weight now.
    at
        The nearest weight at which one alternative passes another, the other weights keeping their
        proportions; NaN where none between 0 and 1 does it.
    leaves, enters
        Positions of the alternatives that change places there; -1 where none do.
    """

    criterion: int
    weight: float
    at: float
    leaves: int
    enters: int

    @property
    def change(self) -> float:
        """Points of weight, 0-1, up to the turn; negative where the weight must fall."""
        return self.at - self.weight


@dataclass(frozen=True, slots=True)
class Without:
    """Who would be best if a criterion did not count.

    Attributes
    ----------
    criterion
        Its position.
    first
        Position of the first without it; -1 where nothing else is known of anybody.
    stay
        How many of the best `top` are still among them.
    """

    criterion: int
    first: int
    stay: int


def without(parts: Floats, weights: Floats, *, top: int = 1) -> tuple[Without, ...]:
    """Return, for each criterion, who leads and how many of the best `top` stay if it does not count.

    Parameters
    ----------
    parts
        (n, p) in [0, 1], NaN where missing.
    weights
        (p,) sum 1.
    """
    now = set(_order(parts, weights)[:top].tolist())
    found = []
    for criterion in range(len(weights)):
        rest = weights.copy()
        rest[criterion] = 0.0
        order = _order(parts, rest)
        first = int(order[0]) if len(order) else -1
        found.append(Without(criterion, first, len(now & set(order[:top].tolist()))))
    return tuple(found)


def _order(parts: Floats, weights: Floats) -> NDArray[np.int64]:
    """Return positions by the weighted sum, the best first; those of whom nothing is known are left out."""
    scores = _sums(parts, weights)
    order = np.argsort(-scores, kind="stable")
    return order[np.isfinite(scores[order])]


def _sums(parts: Floats, weights: Floats) -> Floats:
    """Return the weighted sums (n,) over what is known; minus infinity where nothing is."""
    there = np.isfinite(parts)
    known = there.astype(float) @ weights
    scores = np.full(len(parts), -np.inf)
    np.divide(np.where(there, parts, 0.0) @ weights, known, out=scores, where=known > 0)
    return scores


def turns(parts: Floats, weights: Floats, *, top: int = 1) -> tuple[Turn, ...]:
    """Return, for each criterion, the nearest weight at which the set of the best `top` changes.

    Exact for scores of the form ``sum w u / sum w`` over the parts that are there: the weighted sum with
    utilities, PROMETHEE II with flows, the weighted product with logarithms.

    Parameters
    ----------
    parts
        (n, p) NaN where missing.
    weights
        (p,) sum 1.
    """
    there = np.isfinite(parts)
    filled = np.where(there, parts, 0.0)
    order = _order(parts, weights)
    inside, outside = order[:top], order[top:]
    return tuple(
        _turn(filled, there.astype(float), weights, c, inside, outside) for c in range(len(weights))
    )


def _turn(
    filled: Floats,
    there: Floats,
    weights: Floats,
    criterion: int,
    inside: NDArray[np.int64],
    outside: NDArray[np.int64],
) -> Turn:
    now = float(weights[criterion])
    nothing = Turn(criterion, now, float("nan"), -1, -1)
    if not len(inside) or not len(outside) or now >= 1.0 - NARROW:
        return nothing
    rest = weights.copy()
    rest[criterion] = 0.0
    rest = rest / rest.sum()
    lines = (
        filled[:, criterion],
        filled @ rest,
        there[:, criterion],
        there @ rest,
    )
    best, pair = np.inf, (-1, -1)
    at = float("nan")
    for one in inside:
        roots = _crossings(
            *(np.array([line[one]]) for line in lines), *(line[outside] for line in lines)
        )
        gap = np.where(np.isfinite(roots), np.abs(roots - now), np.inf)
        nearest = np.unravel_index(int(np.argmin(gap)), gap.shape)
        if gap[nearest] < best:
            best, at = float(gap[nearest]), float(roots[nearest])
            pair = int(one), int(outside[nearest[1]])
    return Turn(criterion, now, at, *pair) if np.isfinite(best) else nothing


def _crossings(
    u1: Floats, r1: Floats, a1: Floats, b1: Floats,
    u2: Floats, r2: Floats, a2: Floats, b2: Floats,
) -> Floats:  # fmt: skip
    """Return the weights (2, m) between 0 and 1 at which two scores cross; NaN where they never do.

    Scores that only meet at 0 or 1 do not pass each other. A score at weight t is
    ``(t u + (1-t) r) / (t a + (1-t) b)``; two are equal at the roots of a quadratic.
    """
    x1, x2, y1, y2 = u1 - r1, u2 - r2, a1 - b1, a2 - b2
    square = x1 * y2 - x2 * y1
    linear = x1 * b2 + r1 * y2 - x2 * b1 - r2 * y1
    constant = r1 * b2 - r2 * b1
    flat = np.abs(square) < NARROW
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(linear**2 - 4.0 * square * constant)
        found = np.array([(-linear + root) / (2 * square), (-linear - root) / (2 * square)])
        straight = np.where(np.abs(linear) > NARROW, -constant / linear, np.nan)
    found = np.where(flat, np.array([straight, np.full_like(straight, np.nan)]), found)
    found[:, (a1 == 0) & (a2 == 0)] = np.nan  # neither has a value there: its weight moves neither
    found[(found <= NARROW) | (found >= 1.0 - NARROW)] = np.nan
    return found


def distance(utilities: Floats, weights: Floats) -> Floats:
    """Return how much weight must move between criteria for each alternative to catch up with the first.

    The smallest sum of weight, 0-1, that must be taken from some criteria and given to others, in any
    way: weight goes from where the leader is furthest ahead to where it is furthest behind. 0 for the
    leader, infinite where no weights do it, NaN where the leader and the alternative are not both known on
    every criterion that has weight and a value at all.
    """
    weighs = (weights > 0) & np.isfinite(utilities).any(axis=0)
    parts, shares = utilities[:, weighs], weights[weighs]
    there = np.isfinite(parts)
    scores = _sums(parts, shares)
    result = np.full(len(parts), np.nan)
    if not len(shares):
        return result
    leader = int(np.argmax(scores))
    if not there[leader].all():
        return result
    for one in np.flatnonzero(there.all(axis=1)):
        result[one] = _moved(parts[leader] - parts[one], shares)
    return result


def _moved(ahead: Floats, weights: Floats) -> float:
    gap = float(ahead @ weights)
    if gap <= NARROW:
        return 0.0
    least = ahead.min()
    moved = 0.0
    for c in np.argsort(-ahead):
        gain = ahead[c] - least
        if gain <= NARROW:
            break
        needed = gap / gain
        if needed <= weights[c] + NARROW:
            return moved + float(needed)
        moved += float(weights[c])
        gap -= weights[c] * gain
    return float("inf") if gap > NARROW else moved
