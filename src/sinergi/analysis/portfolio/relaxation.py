"""The most that can be reached: the linear relaxation, and a bound that needs no trust in it."""

from dataclasses import dataclass

import numpy as np

from sinergi.analysis.portfolio.instance import Floats
from sinergi.analysis.portfolio.options import Options
from sinergi.analysis.portfolio.program import Limits, Program
from sinergi.analysis.portfolio.rows import Model

SAFETY = 1e-9


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A solution of the relaxation.

    Parameters
    ----------
    taken
        Share of each option, in [0, 1], shape (O,).
    dual
        Price of each row, ≥ 0 for an upper side, ≤ 0 for a lower one, shape (M,).
    reduced
        Profit of each option after it has paid these prices, shape (O,).
    bound
        Nothing scores more than this, in units of the model.
    """

    taken: Floats
    dual: Floats
    reduced: Floats
    bound: float


def best_of(options: Options, values: Floats) -> Floats:
    """Return the best value among the options of each project, -inf without any, shape (P,)."""
    found = np.full(len(options.must), -np.inf)
    np.maximum.at(found, options.project, values)
    return found


def priced(model: Model, dual: Floats) -> tuple[Floats, Floats]:
    """Return prices without those of a side that a row does not have, and what each row's side costs at them.

    A solver may tell a tiny price of the wrong sign; its side is infinite.
    """
    side = np.where(dual > 0, model.upper, model.lower)
    right = (dual != 0) & np.isfinite(side)
    return np.where(right, dual, 0.0), np.where(right, dual, 0.0) * np.where(right, side, 0.0)


def bound_of(model: Model, options: Options, dual: Floats) -> tuple[float, Floats]:
    """Return the Lagrangian bound of some prices and the reduced profits.

    Right for any prices of the right sign (Geoffrion 1974, Mathematical Programming Study 2), so
    that it holds however the prices were found.
    """
    price, worth = priced(model, dual)
    money = float(worth.sum())
    reduced = model.profit - model.matrix.T @ price
    best = best_of(options, reduced)
    kept = np.where(options.must, best, np.maximum(best, 0.0))
    total = money + float(kept.sum())
    return total + SAFETY * max(1.0, abs(total)), reduced


def program_of(model: Model, options: Options) -> Program:
    """Return the 0-1 program of a model."""
    matrix, lower, upper = model.complete(options)
    return Program(model.profit, matrix, lower, upper)


def relax(model: Model, options: Options, seconds: float) -> Relaxed | None:
    """Return the solution of the relaxation by HiGHS; None when it has none.

    Raises
    ------
    TimeoutError
        When the time is over before it is known.
    """
    from sinergi.analysis.portfolio.solvers import highs  # noqa: PLC0415 (slow to load)

    if (np.diff(options.begin)[options.must] == 0).any():
        return None
    if not len(options):
        kept = (model.lower <= 0).all() and (model.upper >= 0).all()
        none = np.zeros(0)
        return Relaxed(none, np.zeros(len(model.labels)), none, 0.0) if kept else None
    found = highs.linear(program_of(model, options), Limits(seconds))
    if found is False:
        return None
    if found is True:
        raise TimeoutError
    taken, dual = found
    dual = dual[: len(model.labels)]
    bound, reduced = bound_of(model, options, dual)
    return Relaxed(taken, dual, reduced, bound)
