"""Specialisation: what a region does more of than the reference economy."""

import numpy as np
from numpy.typing import ArrayLike

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods.checks import FloatArray, complete_sum, divide, numbers, same_shape


def location_quotient(x: ArrayLike, reference: ArrayLike | None = None) -> FloatArray:
    """Compute location quotients.

    LQ_ri = (x_ri / Σ_i x_ri) / (X_i / Σ_i X_i). Above 1 the sector weighs more in the region than in the
    reference economy (a base sector).

    Parameters
    ----------
    x
        (regions, sectors) output, employment or the like, in one unit, zero or positive.
    reference
        (sectors,) the reference economy; by default the sum of the regions that have every sector.

    Returns
    -------
    FloatArray
        (regions, sectors), no unit. NaN for a region with a missing sector or a zero total, and for a
        sector that the reference does not have.

    Raises
    ------
    InputError
        On negative values or shapes that do not fit.

    References
    ----------
    Isard, W. (1960). Methods of Regional Analysis. MIT Press, ch. 7.
    """
    table = numbers(x, "x", 2)
    total = complete_sum(table) if reference is None else numbers(reference, "reference", 1)
    same_shape("reference", total, np.empty(table.shape[1]))
    return divide(_shares(table), _shares(total[np.newaxis, :]))


def dynamic_location_quotient(
    start: ArrayLike,
    end: ArrayLike,
    years: float = 1.0,
    horizon: float | None = None,
    *,
    reference_start: ArrayLike | None = None,
    reference_end: ArrayLike | None = None,
) -> FloatArray:
    """Compute dynamic location quotients: whether a sector is gaining on the reference.

    DLQ_ri = {[(1 + g_ri) / (1 + g_r)] / [(1 + G_i) / (1 + G)]}^t, where g and G are compound yearly growth
    rates of the sector and of the total, in the region and in the reference. Above 1 the sector is
    gaining. With t equal to the years observed, DLQ = LQ_end / LQ_start. (Some authors put the plain mean
    of the sectors' rates for g_r and G; the growth of the total is used here because it adds up.)

    Parameters
    ----------
    start, end
        (regions, sectors), zero or positive, at constant prices.
    years
        Years between the two.
    horizon
        The exponent t, in years; by default `years`.
    reference_start, reference_end
        (sectors,) the reference economy; by default the sum of the regions complete in both.

    Returns
    -------
    FloatArray
        (regions, sectors), no unit. NaN for a region with a missing sector, and where a sector begins or
        the reference's sector ends at zero.

    Raises
    ------
    InputError
        On negative values, shapes that do not fit, or a span that is not positive.

    References
    ----------
    Nazara, S. (1994); as used in Kuncoro, M. (2012), Perencanaan Daerah, Salemba Empat.
    """
    first, last, first_total, last_total = both(start, end, reference_start, reference_end)
    if not years > 0:
        raise InputError("The span is not positive.", "years", "Give the years between the two.")
    power = (years if horizon is None else horizon) / years
    if not power >= 0:
        raise InputError("The horizon is negative.", "horizon", "Give zero or more years.")
    here = divide(_shares(last), _shares(first))
    there = divide(_shares(last_total[np.newaxis, :]), _shares(first_total[np.newaxis, :]))
    quotient: FloatArray = divide(here, there) ** power
    return quotient


def revealed_comparative_advantage(x: ArrayLike, *, symmetric: bool = False) -> FloatArray:
    """Compute Balassa's index of revealed comparative advantage.

    RCA_ri = (x_ri / Σ_i x_ri) / (Σ_r x_ri / Σ x). With `symmetric`, (RCA − 1) / (RCA + 1), which lies in
    [−1, 1) (Laursen). Shapes, missing values and errors as in `location_quotient`; `x` are exports, or
    production where trade between regions is not recorded.

    References
    ----------
    Balassa, B. (1965). Trade liberalisation and “revealed” comparative advantage. The Manchester School
    33(2), 99–123. Laursen, K. (2015). Eurasian Business Review 5(1), 99–115.
    """
    index = location_quotient(x)
    return (index - 1.0) / (index + 1.0) if symmetric else index


def both(
    start: ArrayLike,
    end: ArrayLike,
    reference_start: ArrayLike | None,
    reference_end: ArrayLike | None,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Check two tables (regions, sectors) and return them with their references (sectors,).

    A reference that is not given is the sum of the regions that are complete at both times.

    Raises
    ------
    InputError
        On negative values, shapes that do not fit, or only one of the two references.
    """
    first, last = numbers(start, "start", 2), numbers(end, "end", 2)
    same_shape("start, end", first, last)
    if (reference_start is None) != (reference_end is None):
        raise InputError(
            "Only one of the two references is given.",
            "reference_start, reference_end",
            "Give both or neither.",
        )
    if reference_start is None or reference_end is None:
        complete = np.isfinite(first + last).all(axis=1)
        return first, last, complete_sum(first[complete]), complete_sum(last[complete])
    first_total = numbers(reference_start, "reference_start", 1)
    last_total = numbers(reference_end, "reference_end", 1)
    same_shape("reference_start, reference_end", first_total, last_total, first[:1].ravel())
    return first, last, first_total, last_total


def _shares(table: FloatArray) -> FloatArray:
    return divide(table, table.sum(axis=1, keepdims=True))
