"""Food balance: what a region has over or short of its need."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sinergi.analysis.methods.checks import FloatArray, divide, numbers, same_shape


@dataclass(frozen=True, slots=True, eq=False)
class FoodBalance:
    """Balance of each region."""

    balance: FloatArray
    """(regions,) production − need, in the unit of the input: positive is a surplus."""
    self_sufficiency: FloatArray
    """(regions,) production / need · 100, in percent."""


def food_balance(production: ArrayLike, need: ArrayLike) -> FoodBalance:
    """Compute surplus or deficit and the self-sufficiency ratio.

    Balance = P − N; SSR = P / N · 100. Stocks and trade are not in it: it says what a region must bring
    in or can send out.

    Parameters
    ----------
    production, need
        (regions,) in one unit and period, for example tonnes of rice per year (not paddy against rice).

    Returns
    -------
    FoodBalance
        NaN where a value is missing; SSR is NaN where need is zero.

    Raises
    ------
    InputError
        On negative values or shapes that do not fit.

    References
    ----------
    FAO (2001). Food Balance Sheets: A Handbook. Badan Pangan Nasional: Prognosa Neraca Pangan.
    """
    made, wanted = numbers(production, "production", 1), numbers(need, "need", 1)
    same_shape("production, need", made, wanted)
    return FoodBalance(made - wanted, np.asarray(100.0 * divide(made, wanted)))
