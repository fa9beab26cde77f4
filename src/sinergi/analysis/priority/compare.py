"""The whole answer: methods side by side, bands, firmness, sensitivity, reversals."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.priority import sensitivity
from sinergi.analysis.priority.additive import Scores, coverage
from sinergi.analysis.priority.draws import DRAWS, Acceptability, acceptability, draw_scores
from sinergi.analysis.priority.methods import claimed, run_all
from sinergi.analysis.priority.ranks import bands, kendall_tau, kendall_w, possible_ranks, ranks
from sinergi.analysis.priority.reversals import Reversal, Trial, rank_reversals
from sinergi.analysis.priority.scales import Floats, Table

TRIED_UP_TO = {"wsm": 10_000, "topsis": 10_000, "wpm": 1_000, "promethee": 1_000, "electre": 40}
"""For how many alternatives reversals are tried: each trial runs the method again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is to be said of a ranking.

    Attributes
    ----------
    utilities
        (n, p) in [0, 1]: on the scale of those ranked for them, on that of all for the others.
    coverage
        (n,) share of the weight that has a value.
    enough
        (n,) whether that reaches what is asked for.
    ranked
        (n,) whether there is enough of it for a rank, and any of it tells alternatives apart.
    scores
        Of each method, n rows.
    ranks
        Of each method (n,); NaN without a claim.
    bands
        (n,) by the weighted sum; 0 without a claim.
    best, worst
        (n,) ranks that what is missing leaves possible, among those ranked; 0 without a claim.
    agreement
        Kendall's W of all methods.
    taus
        Kendall's tau-b of each pair of methods.
    """

    table: Table
    utilities: Floats
    coverage: Floats
    enough: NDArray[np.bool_]
    ranked: NDArray[np.bool_]
    scores: dict[str, Scores]
    ranks: dict[str, Floats]
    bands: NDArray[np.int64]
    best: NDArray[np.int64]
    worst: NDArray[np.int64]
    acceptability: Acceptability
    agreement: float
    taus: dict[tuple[str, str], float]

    @property
    def contributions(self) -> Floats:
        """(n, p) parts that add up to the weighted sum; NaN where nothing is known."""
        there = np.isfinite(self.utilities)
        known = there.astype(float) @ self.table.weights
        share = np.divide(1.0, known, out=np.zeros_like(known), where=known > 0)
        result: Floats = self.utilities * self.table.weights * share[:, None]
        return result

    @property
    def silent(self) -> NDArray[np.bool_]:
        """(p,) criteria that count for nobody, as all those ranked who have a value have the same."""
        rows = self.ranked if self.ranked.any() else np.ones(len(self.ranked), dtype=bool)
        valued = np.isfinite(self.table.values[rows]).any(axis=0)
        counts = np.isfinite(self.utilities[rows]).any(axis=0)
        result: NDArray[np.bool_] = np.logical_and(valued, ~counts)
        return result

    @property
    def unplaced(self) -> NDArray[np.bool_]:
        """(n,) alternatives of which enough is known, but nothing that tells them from others."""
        result: NDArray[np.bool_] = self.enough & ~self.ranked
        return result

    @property
    def common_ranks(self) -> dict[str, Floats]:
        """Method to ranks (n,) among those that every method places: only these compare; NaN the others."""
        everywhere = np.logical_and.reduce([np.isfinite(one) for one in self.ranks.values()])
        return {code: ranks(np.where(everywhere, -one, np.nan)) for code, one in self.ranks.items()}


def prioritise(
    given: Table,
    people: Floats | None = None,
    *,
    least_coverage: float = 0.5,
    top: int = 10,
    draws: int = DRAWS,
    seed: int = 0,
) -> Outcome:
    """Return ranks by every method, and how firm they are.

    Alternatives with less than `least_coverage` of the weight known keep their scores and intervals but
    get no rank, and take part in no comparison of the others; no rank have those either of whom nothing is
    known but what all who have a value have alike.
    """
    covered = coverage(given)
    enough = (covered >= least_coverage - 1e-9) & (covered > 0)
    whole = run_all(given)
    ranked = _told_apart(given, enough)
    rows = np.flatnonzero(ranked)
    part = given.rows(rows) if len(rows) else given
    judged = run_all(part) if len(rows) else {}
    merged = {code: _merged(found, judged.get(code), rows) for code, found in whole.items()}
    for code, found in judged.items():
        merged.setdefault(code, _merged(_nothing(len(enough)), found, rows))
    main = {
        code: claimed(one.score, np.where(ranked, 1.0, 0.0), 1.0) for code, one in merged.items()
    }
    drawn = np.zeros((len(enough), draws))
    if len(rows):
        drawn[rows] = draw_scores(part, people, draws=draws, seed=seed)
    best, worst = np.zeros((2, len(enough)), dtype=np.int64)
    if len(rows):
        best[rows], worst[rows] = possible_ranks(merged["wsm"].low[rows], merged["wsm"].high[rows])
    codes = list(main)
    return Outcome(
        table=given,
        utilities=_utilities(given, part, rows),
        coverage=covered,
        enough=enough,
        ranked=ranked,
        scores=merged,
        ranks={code: ranks(score) for code, score in main.items()},
        bands=bands(main["wsm"], drawn),
        best=best,
        worst=worst,
        acceptability=_acceptability(drawn, rows, top),
        agreement=kendall_w(np.array([main[code] for code in codes])),
        taus={
            (a, b): kendall_tau(main[a], main[b])
            for number, a in enumerate(codes)
            for b in codes[number + 1 :]
        },
    )


def _told_apart(given: Table, enough: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return those of whom enough is known (n,) that have a place on a scale made by them."""
    result = enough.copy()
    if enough.any():
        parts = given.rows(np.flatnonzero(enough)).utilities
        result[enough] = np.isfinite(parts[:, given.weights > 0]).any(axis=1)
    return result


def _nothing(count: int) -> Scores:
    return Scores(np.full(count, np.nan), np.full(count, np.nan), np.full(count, np.nan))


def _merged(whole: Scores, judged: Scores | None, rows: NDArray[np.int64]) -> Scores:
    """Return the scores among those ranked; among all for those without a claim."""
    if judged is None:
        return whole
    low, score, high = whole.low.copy(), whole.score.copy(), whole.high.copy()
    score[rows], low[rows], high[rows] = judged.score, judged.low, judged.high
    return Scores(score, low, high)


def _acceptability(drawn: Floats, rows: NDArray[np.int64], top: int) -> Acceptability:
    found = acceptability(drawn[rows], top=top) if len(rows) else None
    spread = []
    for name in ("first", "top", "low", "high", "mean"):
        column = np.full(len(drawn), np.nan)
        if found is not None:
            column[rows] = getattr(found, name)
        spread.append(column)
    return Acceptability(*spread)


def turning_points(outcome: Outcome, *, top: int = 1) -> tuple[sensitivity.Turn, ...]:
    """Return, by criterion, the nearest weight at which the best `top` of those ranked change."""
    parts = np.where(outcome.ranked[:, None], outcome.utilities, np.nan)
    return sensitivity.turns(parts, outcome.table.weights, top=top)


def distances(outcome: Outcome) -> Floats:
    """Return how much weight (n,) must move for each ranked alternative to catch up with the first."""
    parts = np.where(outcome.ranked[:, None], outcome.utilities, np.nan)
    return sensitivity.distance(parts, outcome.table.weights)


def without_each(outcome: Outcome, *, top: int = 10) -> tuple[sensitivity.Without, ...]:
    """Return, by criterion, who would be the best `top` of those ranked if it did not count."""
    parts = np.where(outcome.ranked[:, None], outcome.utilities, np.nan)
    return sensitivity.without(parts, outcome.table.weights, top=top)


def _utilities(given: Table, part: Table, rows: NDArray[np.int64]) -> Floats:
    result = given.utilities.copy()
    if len(rows):
        result[rows] = part.utilities
    return result


def reversals(outcome: Outcome) -> dict[str, Trial]:
    """Return what each method does when alternatives leave or come twice, among those ranked."""
    rows = np.flatnonzero(outcome.ranked)
    if len(rows) < 2:
        return {}
    given = outcome.table.rows(rows)
    found = {}
    for code in outcome.scores:
        if len(rows) > TRIED_UP_TO[code]:
            continue
        trial = rank_reversals(given, code)
        renamed = tuple(
            Reversal(one.deed, int(rows[one.cause]), int(rows[one.above]), int(rows[one.below]))
            for one in trial.found
        )
        found[code] = replace(trial, found=renamed)
    return found
