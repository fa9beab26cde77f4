"""The methods side by side: their scores, which intervals they know, and for how many alternatives."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sinergi.analysis.priority import electre as outranking
from sinergi.analysis.priority.additive import Scores, topsis, weighted_product, weighted_sum
from sinergi.analysis.priority.promethee import promethee
from sinergi.analysis.priority.scales import Floats, Table


@dataclass(frozen=True, slots=True)
class Method:
    """A method of aggregation.

    Attributes
    ----------
    code
        wsm, wpm, topsis, promethee, electre.
    most
        For up to how many alternatives.
    """

    code: str
    run: Callable[[Table], Scores]
    most: int = 1_000_000


def _electre(given: Table) -> Scores:
    """Return the outranking score; the interval is open where anything is missing."""
    score = outranking.electre(given)
    whole = np.isfinite(given.values[:, given.weights > 0]).all(axis=1)
    return Scores(score, np.where(whole, score, 0.0), np.where(whole, score, 1.0))


METHODS: dict[str, Method] = {
    one.code: one
    for one in (
        Method("wsm", weighted_sum),
        Method("wpm", weighted_product),
        Method("topsis", topsis),
        Method("promethee", promethee),
        Method("electre", _electre, most=outranking.MOST),
    )
}


def run_all(given: Table, codes: tuple[str, ...] = ()) -> dict[str, Scores]:
    """Return the scores of the methods that can be used for so many alternatives, by code."""
    wanted = codes or tuple(METHODS)
    return {
        code: METHODS[code].run(given) for code in wanted if len(given.values) <= METHODS[code].most
    }


def claimed(scores: Floats, coverage: Floats, least: float) -> Floats:
    """Return scores (n,) with NaN where coverage is below `least`: too little is known for a claim."""
    result: Floats = np.where(coverage >= least - 1e-9, scores, np.nan)
    return result
