"""How likely two lines are the same work, from separate evidence: a small logistic model."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

EVIDENCE = (
    "text", "place", "year", "code", "amount", "contained", "apart", "shared", "alone", "agency",
    "within",
)  # fmt: skip
"""Columns of evidence, f32 in [0, 1] or null where unknown; see `evidence`."""

_CENTRES = {
    "text": 0.8, "place": 0.7, "year": 0.7, "code": 0.75, "amount": 0.5, "contained": 0.9, "apart": 0.0,
    "shared": 0.5, "alone": 1.0, "agency": 0.9,
    "within": 0.0,
}  # fmt: skip
_SINGLE = EVIDENCE
_PRODUCTS = (
    ("text", "text"),
    ("amount", "amount"),
    ("code", "code"),
    ("within", "alone"),
    ("within", "amount"),
    ("within", "code"),
    ("text", "place"),
    ("text", "shared"),
    ("text", "amount"),
    ("text", "code"),
    ("place", "shared"),
    ("place", "amount"),
    ("amount", "shared"),
    ("apart", "place"),
    ("apart", "shared"),
    ("alone", "amount"),
    ("alone", "text"),
)

FEATURES = (*_SINGLE, *(f"{a}*{b}" for a, b in _PRODUCTS))
"""What coefficients are given for: single evidence and products of two."""


_PROVISIONAL = {
    "text": 10.9,
    "place": 4.4,
    "year": 4.0,
    "code": 5.0,
    "amount": 3.6,
    "contained": 1.2,
    "apart": -3.3,
    "shared": -1.0,
    "alone": 0.6,
    "agency": 5.9,
    "within": -3.5,
    "text*text": 4.7,
    "amount*amount": 0.3,
    "code*code": 0.1,
    "within*alone": 0.7,
    "within*amount": 1.5,
    "within*code": 4.3,
    "text*place": 0.2,
    "text*shared": 2.6,
    "text*amount": -1.5,
    "text*code": 0.7,
    "place*shared": -0.8,
    "place*amount": -0.8,
    "amount*shared": 0.6,
    "apart*place": -1.6,
    "apart*shared": -1.4,
    "alone*amount": -2.5,
    "alone*text": 0.1,
}
"""What a fit on labelled lines of one regency came to, rounded."""


@dataclass(frozen=True)
class Model:
    """A logistic model of evidence; a feature without a coefficient has none (zero)."""

    intercept: float = -2.4
    coefficients: Mapping[str, float] = field(default_factory=lambda: dict(_PROVISIONAL))

    def probability(self, evidence: pl.DataFrame) -> NDArray[np.float64]:
        """Return how likely each pair is the same work, shape (pairs,), in [0, 1]."""
        return self.of(design(evidence))

    def of(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probability for rows of `FEATURES`, shape (pairs, features)."""
        weights = np.array([self.coefficients.get(name, 0.0) for name in FEATURES])
        # einsum, since a product of matrices would start threads in each of the processes
        logit = np.clip(np.einsum("pf,f->p", features, weights) + self.intercept, -700.0, 700.0)
        likely: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-logit))
        return likely


DEFAULT = Model()
"""Provisional; a calibration on labelled pairs replaces it."""


def design(evidence: pl.DataFrame) -> NDArray[np.float64]:
    """Return what a model weighs, shape (pairs, len(FEATURES)).

    Each evidence is centred where it speaks neither for nor against and is zero where unknown, so
    that what is missing moves nothing.

    Parameters
    ----------
    evidence
        The columns `EVIDENCE`, one that is missing being unknown; others are passed over.
    """
    unknown = pl.Series([None], dtype=pl.Float64).new_from_index(0, len(evidence))
    known = {
        name: evidence.get_column(name, default=unknown).cast(pl.Float64).to_numpy()
        for name in EVIDENCE
    }
    return features_of(known)


def features_of(known: Mapping[str, NDArray[np.floating]]) -> NDArray[np.float64]:
    """Return the same as `design` from arrays with NaN where unknown."""
    centred = {
        name: np.nan_to_num(values.astype(np.float64) - _CENTRES[name], nan=0.0)
        for name, values in known.items()
    }
    columns = [centred[name] for name in _SINGLE]
    columns += [centred[a] * centred[b] for a, b in _PRODUCTS]
    return np.stack(columns, axis=1) if columns[0].size else np.zeros((0, len(FEATURES)))
