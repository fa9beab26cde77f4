"""Where voters differ: how divided they are over each item, without a claim about who is with whom."""

from dataclasses import dataclass

import numpy as np

from sinergi.analysis.deliberation.ballots import Ballots, Floats, Kind


@dataclass(frozen=True)
class Difference:
    """How divided the voters are over one item.

    Parameters
    ----------
    answered
        Number of voters who answered.
    support
        Mean answer by weight, 0 to 1: the share that approves, or of the Borda points to be had.
    division
        0 when all answer alike, 1 when half of the weight stands at each end; see `by_chance` for what
        answers by lot give. None when fewer than two answered.
    """

    answered: int
    support: float | None
    division: float | None


def differences(ballots: Ballots) -> dict[str, Difference]:
    """Return how divided the voters are over each item.

    division = variance of the answers / largest variance on the scale = 4 Σ w (x - x̄)² / Σ w, x in [0, 1];
    for approvals 4 p (1 - p). It is the *dispersion* of Bramson et al.; groups are another question, for
    `find_camps`.

    References
    ----------
    Bramson, A. et al. (2017). Understanding polarization: meanings, measures, and model evaluation.
    Philosophy of Science 84(1), 115-159.
    """
    answers = support_of_each(ballots)
    return {
        item: _difference(given, ballots.weights)
        for item, given in zip(ballots.items, answers.T, strict=True)
    }


def by_chance(kind: Kind, items: int) -> float:
    """Return the division that is expected when everybody answers by lot.

    Of approvals 1, half of them on either side. Of full rankings of m items, whose points are spread evenly
    over m places from 0 to 1, 4 · (m + 1) / 12 (m - 1): 1 for two items, 0.5 for five, near 1/3 for many.

    Parameters
    ----------
    items
        How many can be ranked, 2 or more.
    """
    if kind is Kind.APPROVAL:
        return 1.0
    return (items + 1) / (3 * (items - 1))


def _difference(answers: Floats, weights: Floats) -> Difference:
    there = np.isfinite(answers) & (weights > 0)
    number = int(there.sum())
    if not number:
        return Difference(0, None, None)
    given, weight = answers[there], weights[there] / weights[there].sum()
    mean = float(weight @ given)
    division = float(4 * weight @ (given - mean) ** 2) if number > 1 else None
    return Difference(number, mean, division)


def support_of_each(ballots: Ballots) -> Floats:
    """Return what each voter gives each item (n, m), 0 to 1; NaN for no answer.

    Of an approval its 0 or 1; of a ranking the share of the m - 1 Borda points, equals sharing theirs.
    Who ranked nothing gave no answer.
    """
    if ballots.kind is Kind.APPROVAL:
        return ballots.answers
    places = np.where(np.isnan(ballots.answers), np.inf, ballots.answers)
    above = (places[:, :, None] < places[:, None, :]).sum(axis=2)
    below = (places[:, :, None] > places[:, None, :]).sum(axis=2)
    share = 0.5 + (above - below) / (2 * max(len(ballots.items) - 1, 1))
    ranked = np.isfinite(ballots.answers).any(axis=1, keepdims=True)
    result: Floats = np.where(ranked, share, np.nan)
    return result
