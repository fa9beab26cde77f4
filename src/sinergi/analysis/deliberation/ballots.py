"""Ballots as numbers: who approved what or put what in which place, and with what weight."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sinergi.analysis.errors import InputError

Floats = NDArray[np.float64]
Weight = int | float | str | Decimal | Fraction

LARGEST_TOTAL = 2**40
"""Sums of weights stay whole numbers that a float holds exactly, so that equal means equal."""


class Kind(StrEnum):
    """What a voter writes on the ballot."""

    APPROVAL = "approval"
    RANKING = "ranking"


@dataclass(frozen=True, eq=False)
class Ballots:
    """All ballots of one vote; make them with `approval_ballots` or `ranking_ballots`.

    Parameters
    ----------
    kind
        What the answers mean.
    items
        (m,) what was voted on, each once.
    answers
        (n, m). Approval: 1 approved, 0 not, NaN no answer. Ranking: 1 best, equal numbers for equally
        good, NaN not ranked.
    weights
        (n,) whole numbers; a voter's weight is this number times `unit`.
    unit
        The greatest number of which all weights are whole multiples.
    """

    kind: Kind
    items: tuple[str, ...]
    answers: Floats
    weights: Floats
    unit: Fraction = field(default=Fraction(1))

    @property
    def voters(self) -> int:
        """Return the number of voters."""
        return len(self.answers)

    @property
    def effective_voters(self) -> float:
        """Return how many voters of equal weight would carry as much: (Σw)² / Σw².

        References
        ----------
        Kish, L. (1965). Survey Sampling. Wiley, section 11.7.
        """
        squares = float((self.weights**2).sum())
        return float(self.weights.sum()) ** 2 / squares if squares else 0.0


def approval_ballots(
    items: Sequence[str], answers: ArrayLike, weights: Sequence[Weight] | None = None
) -> Ballots:
    """Return ballots from `answers` (n, m): 1 approved, 0 not approved, NaN no answer.

    Without weights each voter counts once.

    Raises
    ------
    InputError
        For another answer, a wrong shape, items named twice, or weights that are negative, not finite
        or all zero.
    """
    table = _table(items, answers)
    _refuse(
        ~(np.isnan(table) | (table == 0) | (table == 1)),
        "An approval is neither 0 nor 1.",
        "Use 1 for approved, 0 for not approved and NaN for no answer.",
    )
    return Ballots(Kind.APPROVAL, tuple(items), table, *_exact(weights, len(table)))


def ranking_ballots(
    items: Sequence[str], places: ArrayLike, weights: Sequence[Weight] | None = None
) -> Ballots:
    """Return ballots from `places` (n, m): 1 best; equal places for equally good, NaN not ranked.

    Only the order of a voter's places counts: 1, 2, 2, 5 says the same as 1, 2, 2, 3. Items that a voter
    did not rank lie below all that it ranked, and equal to one another. Without weights each voter
    counts once.

    Raises
    ------
    InputError
        For a place below 1 or infinite, and as `approval_ballots`.
    """
    table = _table(items, places)
    _refuse(
        ~(np.isnan(table) | ((table >= 1) & np.isfinite(table))),
        "A place is below 1 or infinite.",
        "Count places from 1; leave what was not ranked NaN.",
    )
    return Ballots(Kind.RANKING, tuple(items), table, *_exact(weights, len(table)))


def _table(items: Sequence[str], answers: ArrayLike) -> Floats:
    if len(set(items)) < len(items) or not len(items):
        raise InputError(
            "There are no items, or one is named twice.", "items", "Name each item once."
        )
    table = np.array(answers, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(items):
        raise InputError(
            "The table of answers has the shape {shape}.",
            "answers",
            "Give one row for each voter and one column for each of the {items} items.",
            shape=table.shape,
            items=len(items),
        )
    return table


def _refuse(wrong: NDArray[np.bool_], what: str, remedy: str) -> None:
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise InputError(what, f"answers[{row}, {column}]", remedy)


def _exact(weights: Sequence[Weight] | None, voters: int) -> tuple[Floats, Fraction]:
    """Return weights as whole numbers and their unit; 0.1 is read as one tenth, not as binary."""
    if weights is None:
        return np.ones(voters), Fraction(1)
    if len(weights) != voters:
        raise InputError(
            "There are {given} weights for {voters} voters.",
            "weights",
            "Give one weight for each voter.",
            given=len(weights),
            voters=voters,
        )
    try:
        fractions = [Fraction(str(weight)) for weight in weights]
    except ValueError as error:
        raise InputError(
            "A weight is not a number.", "weights", "Give weights of zero or more."
        ) from error
    if min(fractions, default=Fraction(0)) < 0 or not any(fractions):
        raise InputError(
            "A weight is negative, or no weight is positive.",
            "weights",
            "Give weights of zero or more.",
        )
    whole = lcm(*(fraction.denominator for fraction in fractions))
    counted = [int(fraction * whole) for fraction in fractions]
    common = int(np.gcd.reduce(np.array(counted, dtype=object)))
    counted = [count // common for count in counted]
    if sum(counted) > LARGEST_TOTAL:
        raise InputError(
            "The weights have too many digits.", "weights", "Round them to six digits or fewer."
        )
    return np.array(counted, dtype=np.float64), Fraction(common, whole)
