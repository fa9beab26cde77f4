"""Weights from comparisons in pairs: principal eigenvector, consistency, what contradicts what."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.errors import InputError

Floats = NDArray[np.float64]

RANDOM_INDEX = (
    0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip
"""Mean consistency index of random judgements by the number of criteria (Saaty 1980, table 1-9)."""
ACCEPTABLE = 0.10
SLIGHT = 1e-9
SCALE = tuple(1 / one for one in range(9, 1, -1)) + tuple(float(one) for one in range(1, 10))
"""Saaty's scale: 1/9 ... 1 ... 9."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A comparison that fits the others badly.

    Attributes
    ----------
    first, second
        Positions of the criteria.
    said
        How many times the first matters as much as the second, as it was judged.
    fits
        The value of Saaty's scale closest to what all other comparisons say.
    ratio_then
        Consistency ratio if it were changed to `fits`.
    """

    first: int
    second: int
    said: float
    fits: float
    ratio_then: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """What comparisons in pairs say.

    Attributes
    ----------
    weights
        (p,) sum 1.
    ratio
        Consistency ratio; 0 is perfect, up to 0.10 is accepted. NaN where the comparisons are too few
        to contradict each other.
    judged, pairs
        Comparisons made, and those possible.
    misfits
        Comparisons whose change would help, the one that would help most first; empty where all fit.
    circles
        Triples (a, b, c) in which a is over b, b over c, and c over a.
    """

    weights: Floats
    ratio: float
    judged: int
    pairs: int
    misfits: tuple[Judgement, ...]
    circles: tuple[tuple[int, int, int], ...]


def matrix_of(count: int, judgements: dict[tuple[int, int], float]) -> Floats:
    """Return the reciprocal matrix (p, p) of judgements {(a, b): how many times a matters as much as b}.

    What was not judged is NaN.

    Raises
    ------
    InputError
        For a judgement that is not a positive number, of one criterion with itself, or of no criterion.
    """
    matrix = np.full((count, count), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for (a, b), said in judgements.items():
        if a == b or not (0 <= a < count and 0 <= b < count) or not 0 < said < np.inf:
            raise InputError(
                "“{said}” cannot be a comparison.",
                "({first}, {second})",
                "Give a number above zero, for example 3 or 1/3.",
                said=said,
                first=a + 1,
                second=b + 1,
            )
        matrix[a, b], matrix[b, a] = said, 1.0 / said
    return matrix


def connected(matrix: Floats) -> bool:
    """Tell whether every criterion is compared with every other one, directly or through others."""
    reach = np.isfinite(matrix)
    for through in range(len(matrix)):
        reach |= np.outer(reach[:, through], reach[through])
    return bool(reach.all())


def eigenvector(matrix: Floats) -> tuple[Floats, float]:
    """Return the weights (p,) of a reciprocal matrix and its principal eigenvalue.

    What is NaN is left out by Harker's method: it stands for the ratio of the weights to be found, which
    adds one to the diagonal for each missing comparison of a row.

    References
    ----------
    Saaty, T. L. (1980). The Analytic Hierarchy Process. McGraw-Hill.
    Harker, P. T. (1987). Incomplete pairwise comparisons in the analytic hierarchy process.
    Mathematical Modelling 9(11), 837-848.
    """
    missing = ~np.isfinite(matrix)
    filled = np.where(missing, 0.0, matrix)
    filled[np.diag_indices(len(filled))] = 1.0 + missing.sum(axis=1)
    values, vectors = np.linalg.eig(filled)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    return weights / weights.sum(), float(values[first].real)


def weights_of(matrix: Floats) -> Floats:
    """Return the weights (p,) of a connected reciprocal matrix: the principal eigenvector where it is whole.

    Where comparisons are missing, the weights whose ratios are nearest to those judged, in logarithms: what
    hangs on one comparison only keeps its ratio, however much others contradict each other. (Harker's
    eigenvector takes weight from it as the contradictions elsewhere grow.)

    References
    ----------
    Saaty (1980) as in `eigenvector`.
    Bozóki, S., Fülöp, J. and Rónyai, L. (2010). On optimal completion of incomplete pairwise comparison
    matrices. Mathematical and Computer Modelling 52(1-2), 318-333.
    """
    judged = np.isfinite(matrix)
    if judged.all():
        return eigenvector(matrix)[0]
    there = judged.astype(float)
    logs = np.log(np.where(judged, matrix, 1.0)).sum(axis=1)
    laplacian = np.diag(there.sum(axis=1)) - there
    found = np.linalg.lstsq(laplacian, logs, rcond=None)[0]
    weights = np.exp(found - found.max())
    result: Floats = weights / weights.sum()
    return result


def consistency_ratio(matrix: Floats) -> float:
    """Return the consistency index over that of random judgements.

    ``CI = (lambda - p) / (p - 1)``. With m comparisons missing the random index is reduced to
    ``(1 - 2m / ((p - 1)(p - 2))) RI``; it is NaN where no circle of comparisons is closed.

    References
    ----------
    Saaty (1980) as in `eigenvector`.
    Ágoston, K. Cs. and Csató, L. (2022). Inconsistency thresholds for incomplete pairwise comparison
    matrices. Omega 108, 102576 (the linear approximation for incomplete matrices).
    """
    p = len(matrix)
    missing = int((~np.isfinite(matrix)).sum()) // 2
    if p < 3 or missing * 2 >= (p - 1) * (p - 2):
        return float("nan") if missing or p > 2 else 0.0
    random = RANDOM_INDEX[min(p, len(RANDOM_INDEX) - 1)]
    reduced = random * (1.0 - 2.0 * missing / ((p - 1) * (p - 2)))
    index = max((eigenvector(matrix)[1] - p) / (p - 1), 0.0)
    return index / reduced


def circles(matrix: Floats) -> tuple[tuple[int, int, int], ...]:
    """Return the triples in which each is said to matter more than the next, all the way round.

    References
    ----------
    Kendall, M. G. and Babington Smith, B. (1940). On the method of paired comparisons. Biometrika
    31(3/4), 324-345.
    """
    above = np.where(np.isfinite(matrix), matrix, 1.0) > 1.0
    found = []
    for a, b, c in combinations(range(len(matrix)), 3):
        if above[a, b] and above[b, c] and above[c, a]:
            found.append((a, b, c))
        elif above[a, c] and above[c, b] and above[b, a]:
            found.append((a, c, b))
    return tuple(found)


def misfits(matrix: Floats) -> tuple[Judgement, ...]:
    """Return the comparisons whose change to what the others say lowers the consistency ratio, most first.

    Empty where nothing can be improved: the matrix is consistent, or each comparison is the only link
    between its criteria.
    """
    now = consistency_ratio(matrix)
    if not now > SLIGHT:
        return ()
    found = []
    for a, b in combinations(range(len(matrix)), 2):
        one = _fitted(matrix, a, b) if np.isfinite(matrix[a, b]) else None
        if one is not None and one.ratio_then < now - SLIGHT:
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.ratio_then))


def _fitted(matrix: Floats, a: int, b: int) -> Judgement | None:
    """Return a comparison as all others would have it; None where they do not say."""
    without = matrix.copy()
    without[a, b] = without[b, a] = np.nan
    if not connected(without):
        return None
    weights = weights_of(without)
    fits = nearest(weights[a] / weights[b])
    without[a, b], without[b, a] = fits, 1.0 / fits
    return Judgement(a, b, float(matrix[a, b]), fits, consistency_ratio(without))


def nearest(ratio: float) -> float:
    """Return the value of Saaty's scale that is nearest on a logarithmic scale."""
    distance = np.abs(np.log(np.array(SCALE)) - np.log(ratio))
    return SCALE[int(np.argmin(distance))]


def weigh(matrix: Floats) -> Weighing:
    """Return weights, consistency and contradictions of a reciprocal matrix (p, p), NaN where not judged.

    Raises
    ------
    InputError
        When some criterion is not compared with the others, even indirectly.
    """
    if not connected(matrix):
        raise InputError(
            "The comparisons fall into parts that nothing links.",
            "judgements",
            "Compare at least one criterion of each part with one of another.",
        )
    p = len(matrix)
    judged = int(np.isfinite(matrix).sum() - p) // 2
    return Weighing(
        weights=weights_of(matrix),
        ratio=consistency_ratio(matrix),
        judged=judged,
        pairs=p * (p - 1) // 2,
        misfits=misfits(matrix),
        circles=circles(matrix),
    )
