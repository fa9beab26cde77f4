"""An alternative in its place, as pages and files show it, and what an address asks of a ranking."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis import priority as methods
from sinergi.programs.priority.rows import Row
from sinergi.programs.priority.words import METHODS
from sinergi.programs.queries.priority import Compared

PARTS = ("urutan", "metode", "kepekaan", "pembalikan")


def finite(value: float) -> float | None:
    """Return a number, or None for what is none."""
    return float(value) if np.isfinite(value) else None


@dataclass(frozen=True, slots=True)
class Place:
    """An alternative on the page; `row` is None where the reader may not be told which it is.

    Attributes
    ----------
    ranks
        Name of each method, and the rank by it.
    """

    row: Row | None
    rank: int | None
    band: int
    score: float | None
    low: float | None
    high: float | None
    coverage: float
    ranks: tuple[tuple[str, int | None], ...]
    top: float | None
    first: float | None
    expected: tuple[int, int] | None
    distance: float | None


@dataclass(frozen=True)
class Asked:
    """What an address asks for."""

    part: str
    whose: str
    method: str

    @classmethod
    def of(cls, get: Mapping[str, str]) -> "Asked":
        """Read an address; nonsense is read as nothing."""
        part, method = get.get("bagian", ""), get.get("urut", "")
        return cls(
            part if part in PARTS else PARTS[0],
            get.get("bobot", "")[:12],
            method if method in methods.METHODS else "wsm",
        )


def ordered(answer: methods.Outcome, method: str) -> list[int]:
    """Return alternatives by a method: ranked ones first, then those without a claim by coverage."""
    method = method if method in answer.scores else "wsm"
    rank = answer.ranks[method]
    last = np.where(np.isfinite(rank), rank, np.inf)
    return [int(one) for one in np.lexsort((-answer.coverage, last))]


def place(
    found: Compared,
    answer: methods.Outcome,
    one: int,
    away: NDArray[np.float64],
    method: str = "wsm",
) -> Place:
    """Return what is shown of an alternative; nothing of one that the reader may not read but its place.

    Parameters
    ----------
    away
        (n,) as `analysis.priority.distances` gives it.
    method
        Whose rank is shown first; scores and bands are of the weighted sum.
    """
    row = found.rows[one]
    rank, score = answer.ranks.get(method, answer.ranks["wsm"])[one], answer.scores["wsm"]
    if not row.visible:
        number = int(rank) if np.isfinite(rank) else None
        empty = tuple((str(METHODS[code]), None) for code in answer.ranks)
        band = int(answer.bands[one])
        return Place(None, number, band, None, None, None, 0, empty, None, None, None, None)
    ranked = bool(answer.ranked[one])
    firm = answer.acceptability
    return Place(
        row=row,
        rank=int(rank) if np.isfinite(rank) else None,
        band=int(answer.bands[one]),
        score=finite(score.score[one]) if ranked else None,
        low=finite(score.low[one]),
        high=finite(score.high[one]),
        coverage=float(answer.coverage[one]),
        ranks=tuple(
            (str(METHODS[code]), int(each[one]) if np.isfinite(each[one]) else None)
            for code, each in answer.ranks.items()
        ),
        top=finite(firm.top[one]),
        first=finite(firm.first[one]),
        expected=(int(firm.low[one]), int(firm.high[one])) if ranked else None,
        distance=finite(away[one]),
    )
