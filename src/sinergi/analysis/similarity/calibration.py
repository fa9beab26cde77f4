"""Fits how evidence makes a probability on labelled pairs, and compares fits on pairs they have not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sinergi.analysis.errors import InputError
from sinergi.analysis.similarity.model import FEATURES, Model, design

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

RIDGE = 1.0
"""Strength with which coefficients are drawn to zero; that of a normal prior with variance 1 / RIDGE."""
NO_PRIOR: Mapping[str, float] = MappingProxyType({})
LEAST_LOGIT = 1e-6
_STEPS, _CLOSE = 100, 1e-10


@dataclass(frozen=True)
class Labels:
    """Pairs with their evidence and what people say about them, n pairs.

    Attributes
    ----------
    evidence
        The columns of `sinergi.analysis.similarity.EVIDENCE` and `veto`, as `evidence` returns them.
    same
        (n,) whether the two lines are the same work.
    weight
        (n,) how much each pair counts, above 0.
    group
        (n,) pairs of one group share lines: they are never on both sides of a fold.
    """

    evidence: pl.DataFrame
    same: Bools
    weight: Floats
    group: NDArray[np.int64]

    def __post_init__(self) -> None:
        sizes = {len(self.evidence), len(self.same), len(self.weight), len(self.group)}
        if len(sizes) > 1:
            raise InputError("The parts have different lengths.", "labels", "Give one per pair.")
        if len(self.weight) and not (np.isfinite(self.weight).all() and self.weight.min() > 0):
            raise InputError("A weight is not above zero.", "labels.weight", "Correct it.")

    def __len__(self) -> int:
        return len(self.same)

    @property
    def vetoed(self) -> Bools:
        """Return which pairs something forbids, (n,)."""
        found: Bools = (self.evidence["veto"].fill_null("") != "").to_numpy()
        return found

    def some(self, keep: Bools) -> "Labels":
        """Return only some of the pairs."""
        return Labels(
            self.evidence.filter(pl.Series(keep)),
            self.same[keep],
            self.weight[keep],
            self.group[keep],
        )

    def and_also(self, others: "Labels") -> "Labels":
        """Return these pairs and others; groups of others stay apart from these."""
        columns = self.evidence.columns
        first = int(self.group.max(initial=-1)) + 1 - int(others.group.min(initial=0))
        return Labels(
            pl.concat([self.evidence, others.evidence.select(columns)], how="vertical_relaxed"),
            np.concatenate([self.same, others.same]),
            np.concatenate([self.weight, others.weight]),
            np.concatenate([self.group, others.group + first]),
        )


def labels(
    evidence: pl.DataFrame,
    same: Sequence[bool] | Bools,
    weight: Sequence[float] | Floats | None = None,
    group: Sequence[int] | NDArray[np.int64] | None = None,
) -> Labels:
    """Return pairs with what people say; each weighs 1 and stands alone unless told otherwise."""
    count = len(evidence)
    weight = np.ones(count) if weight is None else weight
    group = np.arange(count) if group is None else group
    return Labels(
        evidence,
        np.asarray(same, dtype=bool),
        np.asarray(weight, dtype=np.float64),
        np.asarray(group, dtype=np.int64),
    )


def fit(given: Labels, *, ridge: float = RIDGE, prior: Mapping[str, float] = NO_PRIOR) -> Model:
    """Return the logistic model that fits labelled pairs best, its coefficients drawn to a prior.

    Maximises the weighted log-likelihood less `ridge / 2 * ||coefficients - prior||²` by iteratively
    reweighted least squares with halved steps where a whole one would overshoot; the intercept is free.
    Vetoed pairs teach nothing: they never reach the model.

    Parameters
    ----------
    given
        At least one pair of each answer that nothing forbids.
    ridge
        Above 0, so that there is one best fit even where the answers part perfectly.
    prior
        What coefficients are where the pairs say nothing, 0 for those not named: a feature that never
        varies among them keeps what an expert said.

    Raises
    ------
    InputError
        When all answers are the same, or `ridge` is not above 0.

    References
    ----------
    Hastie, T., Tibshirani, R., Friedman, J. (2009). The Elements of Statistical Learning, 2nd ed., sections
    4.4.1 (IRLS) and 4.4.4 (penalised). le Cessie, S., van Houwelingen, J. C. (1992). Ridge estimators in
    logistic regression. Applied Statistics 41, 191-201.
    """
    if not ridge > 0:
        raise InputError("The ridge is not above zero.", "ridge", "Give a number above 0.")
    open_pairs = given.some(~given.vetoed)
    if len(np.unique(open_pairs.same)) < 2:
        raise InputError("All pairs have the same answer.", "labels.same", "Label pairs of both.")
    matrix = np.column_stack([np.ones(len(open_pairs)), design(open_pairs.evidence)])
    penalty = np.full(matrix.shape[1], ridge)
    penalty[0] = 0.0
    middle = np.array([0.0, *(prior.get(name, 0.0) for name in FEATURES)])
    same, weight = open_pairs.same.astype(np.float64), open_pairs.weight
    away = _newton(_Task(matrix, same, weight, penalty, matrix @ middle))
    found = away + middle
    return Model(float(found[0]), dict(zip(FEATURES, map(float, found[1:]), strict=True)))


class _Task(NamedTuple):
    """What is minimised over the distance of the weights from their prior."""

    matrix: Floats
    same: Floats
    weight: Floats
    penalty: Floats
    start: Floats
    """(n,) logit by the prior alone."""

    def value(self, away: Floats) -> float:
        """Return the penalised loss."""
        logit = self.start + self.matrix @ away
        lost = self.weight @ (np.logaddexp(0.0, logit) - self.same * logit)
        return float(lost + self.penalty @ away**2 / 2.0)


def _newton(task: _Task) -> Floats:
    matrix, same, weight, penalty, start = task
    weights = np.zeros(matrix.shape[1])
    loss = task.value(weights)
    for _ in range(_STEPS):
        likely = _sigmoid(start + matrix @ weights)
        slope = matrix.T @ (weight * (likely - same)) + penalty * weights
        spread = weight * np.maximum(likely * (1.0 - likely), LEAST_LOGIT)
        bend = (matrix * spread[:, None]).T @ matrix + np.diag(penalty)
        step = np.linalg.lstsq(bend, slope, rcond=None)[0]
        size = 1.0
        while (new := task.value(weights - size * step)) > loss and size > _CLOSE:
            size /= 2.0
        if new > loss:
            break
        weights, gained, loss = weights - size * step, loss - new, new
        if gained < _CLOSE:
            break
    return weights


def _sigmoid(logit: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-np.clip(logit, -700.0, 700.0)))


def likely(model: Model, given: Labels) -> Floats:
    """Return the probability of each pair, (n,); 0 where something forbids it."""
    return np.where(given.vetoed, 0.0, model.probability(given.evidence))


def unseen(
    given: Labels,
    *,
    folds: int = 5,
    ridge: float = RIDGE,
    prior: Mapping[str, float] = NO_PRIOR,
    extra: Labels | None = None,
) -> Floats:
    """Return for each pair the probability by a model fitted on the other folds, (n,).

    Groups are dealt out to the folds in turn, the larger first, those with pairs that are the same work
    before others, so that each fold has some; nothing is drawn by chance.

    Parameters
    ----------
    given
        The pairs to be judged and learned from.
    folds
        At least 2.
    extra
        Pairs that every fold learns from and that are not judged.

    Raises
    ------
    InputError
        When there are fewer groups than folds, or what a fold learns from has one answer only.
    """
    fold = _dealt(given, folds)
    found = np.zeros(len(given))
    for number in range(folds):
        out = fold == number
        known = given.some(~out)
        model = fit(extra.and_also(known) if extra is not None else known, ridge=ridge, prior=prior)
        found[out] = likely(model, given.some(out))
    return found


def _dealt(given: Labels, folds: int) -> NDArray[np.int64]:
    groups, place = np.unique(given.group, return_inverse=True)
    if folds < 2 or len(groups) < folds:
        raise InputError("There are too few groups of pairs.", "labels", "Label more pairs.")
    size = np.bincount(place)
    positive = np.bincount(place, weights=given.same)
    order = np.lexsort((groups, -size, -positive))
    fold_of = np.empty(len(groups), dtype=np.int64)
    fold_of[order] = np.arange(len(groups)) % folds
    return fold_of[place]


class Comparison(NamedTuple):
    """How a new model does against the present one, on pairs that neither was fitted on."""

    pairs: int
    present: float
    """Mean logarithmic loss of the present model."""
    new: float
    difference: float
    """Mean of new less present; below 0 the new one is better."""
    low: float
    high: float
    """95% interval of the difference, from its spread over groups of pairs."""

    @property
    def not_worse(self) -> bool:
        """Whether the new model lost nothing on the whole."""
        return self.difference <= 0.0


def compare(present: Floats, new: Floats, given: Labels) -> Comparison:
    """Compare two sets of probabilities for the same pairs by their logarithmic loss.

    The interval is the mean ± 1.96 standard errors of the sums over groups, since pairs with a common
    line are not independent.

    Parameters
    ----------
    present, new
        (n,) probabilities of `given`, of which neither model has seen the answers.
    """
    losses = [loss(one, given.same) for one in (present, new)]
    gap = losses[1] - losses[0]
    _, place = np.unique(given.group, return_inverse=True)
    sums = np.bincount(place, weights=gap - gap.mean())
    error = np.sqrt((sums**2).sum()) / len(gap)
    mean = float(gap.mean())
    return Comparison(
        len(gap),
        float(losses[0].mean()),
        float(losses[1].mean()),
        mean,
        mean - 1.96 * float(error),
        mean + 1.96 * float(error),
    )


def loss(likely: Floats, same: Bools) -> Floats:
    """Return the logarithmic loss of each pair, (n,); probabilities are kept 0.001 from 0 and 1."""
    kept = np.clip(likely, 0.001, 0.999)
    return -np.log(np.where(same, kept, 1.0 - kept))
