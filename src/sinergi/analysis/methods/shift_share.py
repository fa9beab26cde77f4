"""Shift-share: how much of a region's growth is the nation's, its sector mix's, its own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sinergi.analysis.methods.checks import FloatArray, divide
from sinergi.analysis.methods.specialisation import both


@dataclass(frozen=True, slots=True, eq=False)
class ShiftShare:
    """Components of change, each (regions, sectors) in the unit of the input; they add up to `change`."""

    national: FloatArray
    """What the sector would have gained at the growth of the whole reference economy."""
    mix: FloatArray
    """What it gained or lost because its sector grew faster or slower than the whole."""
    competitive: FloatArray
    """What it gained or lost against the same sector elsewhere."""
    change: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class HomotheticShiftShare(ShiftShare):
    """Shift-share in which specialisation is taken out of the competitive component."""

    allocation: FloatArray
    """Whether the region is specialised in the sectors in which it is competitive."""


def shift_share(
    start: ArrayLike,
    end: ArrayLike,
    reference_start: ArrayLike | None = None,
    reference_end: ArrayLike | None = None,
) -> ShiftShare:
    """Split change into national growth, industry mix and competitive share.

    N = E·r, M = E·(r_i − r), C = E·(e_i − r_i), with E the start value, r the growth of the reference
    total, r_i of the reference's sector and e_i of the region's sector; N + M + C = end − start.

    Parameters
    ----------
    start, end
        (regions, sectors), zero or positive, at constant prices or in jobs.
    reference_start, reference_end
        (sectors,) the reference economy; by default the sum of the regions complete at both times.

    Returns
    -------
    ShiftShare
        NaN where a cell is missing; mix and competitive are NaN for a sector that the reference did not
        have at the start.

    Raises
    ------
    InputError
        On negative values or shapes that do not fit.

    References
    ----------
    Dunn, E. S. (1960). A statistical and analytical technique for regional analysis. Papers of the
    Regional Science Association 6, 97–112.
    """
    first, last, total, sector = _rates(start, end, reference_start, reference_end)
    change = last - first
    return ShiftShare(
        national=np.where(np.isfinite(change), first * total, np.nan),
        mix=np.where(np.isfinite(change), first * (sector - total), np.nan),
        competitive=last - first * (1.0 + sector),
        change=change,
    )


def esteban_marquillas(
    start: ArrayLike,
    end: ArrayLike,
    reference_start: ArrayLike | None = None,
    reference_end: ArrayLike | None = None,
) -> HomotheticShiftShare:
    """Split change into four: national, mix, homothetic competitive and allocation.

    With H = (Σ_i E_ri)·(E_i / ΣE), what the region would have in the sector if it had the reference's
    structure: C' = H·(e_i − r_i), A = (E − H)·(e_i − r_i); N and M as in `shift_share`.

    Parameters, errors and references as in `shift_share`.

    Returns
    -------
    HomotheticShiftShare
        NaN for a region with a missing sector at the start; competitive and allocation are NaN where the
        region's sector began at zero and so has no rate of growth.

    References
    ----------
    Esteban-Marquillas, J. M. (1972). A reinterpretation of shift-share analysis. Regional and Urban
    Economics 2(3), 249–255.
    """
    classic = shift_share(start, end, reference_start, reference_end)
    first, _, reference, _ = both(start, end, reference_start, reference_end)
    structure = divide(reference, reference.sum())
    homothetic = first.sum(axis=1, keepdims=True) * structure
    lead = divide(classic.competitive, first)
    known = np.isfinite(homothetic)
    return HomotheticShiftShare(
        national=np.where(known, classic.national, np.nan),
        mix=np.where(known, classic.mix, np.nan),
        competitive=homothetic * lead,
        change=np.where(known, classic.change, np.nan),
        allocation=(first - homothetic) * lead,
    )


def _rates(
    start: ArrayLike,
    end: ArrayLike,
    reference_start: ArrayLike | None,
    reference_end: ArrayLike | None,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    first, last, before, after = both(start, end, reference_start, reference_end)
    total = divide(after.sum(), before.sum()) - 1.0
    return first, last, total, divide(after, before) - 1.0
