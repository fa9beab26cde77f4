"""How good probabilities of being the same work are: hits and misses, calibration, intervals."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.errors import InputError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Z95 = 1.959963984540054
THRESHOLD = 0.5
REDRAWS = 1000


class Share(NamedTuple):
    """A share of cases with its 95% interval; all NaN where there are no cases."""

    value: float
    low: float
    high: float
    cases: int


class Quality(NamedTuple):
    """What a threshold finds among labelled pairs."""

    threshold: float
    found: int
    """Pairs at or above the threshold."""
    precision: Share
    recall: Share
    f1: Share
    """Its interval is a bootstrap over groups of pairs."""
    brier: float
    """Mean squared distance between probability and answer; 0 is perfect."""


class Bin(NamedTuple):
    """Pairs with about the same probability, and how many of them are the same work."""

    low: float
    high: float
    pairs: int
    predicted: float
    """Mean probability; NaN without pairs."""
    observed: Share


def wilson(hits: int, cases: int) -> Share:
    """Return a share with its Wilson score interval.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of
    the American Statistical Association 22, 209-212.
    """
    if cases == 0:
        return Share(np.nan, np.nan, np.nan, 0)
    share = hits / cases
    denominator = 1 + Z95**2 / cases
    centre = (share + Z95**2 / (2 * cases)) / denominator
    reach = Z95 * np.sqrt(share * (1 - share) / cases + Z95**2 / (4 * cases**2)) / denominator
    low, high = max(0.0, centre - float(reach)), min(1.0, centre + float(reach))
    return Share(share, min(low, share), max(high, share), cases)


def quality(
    likely: Floats,
    same: Bools,
    *,
    threshold: float = THRESHOLD,
    group: NDArray[np.int64] | None = None,
    redraws: int = REDRAWS,
    seed: int = 0,
) -> Quality:
    """Return precision, recall, F1 and Brier score of probabilities.

    Parameters
    ----------
    likely, same
        (n,) probability and answer of each pair.
    group
        (n,) pairs of one group are redrawn together; each alone by default.
    redraws
        Bootstrap samples for the interval of F1.

    Raises
    ------
    InputError
        When the lengths differ.
    """
    if len(likely) != len(same):
        raise InputError("The parts have different lengths.", "same", "Give one per pair.")
    found = likely >= threshold
    hits = int((found & same).sum())
    precision, recall = wilson(hits, int(found.sum())), wilson(hits, int(same.sum()))
    brier = float(((likely - same) ** 2).mean()) if len(same) else np.nan
    f1 = _f1(found, same, group, redraws, seed)
    return Quality(threshold, int(found.sum()), precision, recall, f1, brier)


def _f1(
    found: Bools, same: Bools, group: NDArray[np.int64] | None, redraws: int, seed: int
) -> Share:
    place = np.unique(np.arange(len(same)) if group is None else group, return_inverse=True)[1]
    counts = np.stack(
        [
            np.bincount(place, weights=found & same),
            np.bincount(place, weights=found),
            np.bincount(place, weights=same),
        ]
    ).astype(np.float64)
    value = float(_harmonic(counts.sum(axis=1)))
    groups = counts.shape[1]
    if not same.any() or groups < 2 or redraws < 2:
        return Share(value, np.nan, np.nan, len(same))
    chance = np.random.default_rng(seed)
    times = chance.multinomial(groups, np.full(groups, 1 / groups), size=redraws)
    drawn = _harmonic(counts @ times.T)
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Share(value, float(low), float(high), len(same))


def _harmonic(counts: Floats) -> Floats:
    hits, found, there = counts
    with np.errstate(invalid="ignore"):
        share: Floats = np.where(found + there > 0, 2 * hits / (found + there), np.nan)
    return share


def by_threshold(
    likely: Floats, same: Bools, thresholds: Floats, group: NDArray[np.int64] | None = None
) -> list[Quality]:
    """Return `quality` at several thresholds; F1 has no interval."""
    return [
        quality(likely, same, threshold=float(one), group=group, redraws=1) for one in thresholds
    ]


def reliability(likely: Floats, same: Bools, bins: int = 10) -> list[Bin]:
    """Return for equally wide bins of probability how often the pairs are the same work.

    References
    ----------
    DeGroot, M. H., Fienberg, S. E. (1983). The comparison and evaluation of forecasters. The
    Statistician 32, 12-22.
    """
    place = np.minimum((likely * bins).astype(np.int64), bins - 1)
    found = []
    for number in range(bins):
        inside = place == number
        pairs = int(inside.sum())
        mean = float(likely[inside].mean()) if pairs else np.nan
        observed = wilson(int(same[inside].sum()), pairs)
        found.append(Bin(number / bins, (number + 1) / bins, pairs, mean, observed))
    return found


def calibration_error(likely: Floats, same: Bools, bins: int = 10) -> float:
    """Return the mean distance between predicted and observed share over bins, by their pairs.

    References
    ----------
    Naeini, M. P., Cooper, G., Hauskrecht, M. (2015). Obtaining well calibrated probabilities using
    Bayesian binning. AAAI, 2901-2907 (expected calibration error).
    """
    told = [one for one in reliability(likely, same, bins) if one.pairs]
    apart = sum(one.pairs * abs(one.predicted - one.observed.value) for one in told)
    return apart / len(same) if len(same) else np.nan
