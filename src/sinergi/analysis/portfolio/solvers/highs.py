"""HiGHS: linear relaxations and 0-1 programs."""

from typing import Any

import highspy
import numpy as np

from sinergi.analysis.portfolio.instance import Floats
from sinergi.analysis.portfolio.program import Better, Found, Heard, Limits, Program

Kind = highspy.cb.HighsCallbackType


def _passed(program: Program, limits: Limits, *, whole: bool) -> Any:
    # One process has one pool of threads, made for the first solver that ran.
    highspy.Highs.resetGlobalScheduler(True)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {
        "output_flag": False,
        "time_limit": max(limits.seconds, 0.01),
        "random_seed": limits.seed,
        "threads": limits.threads,
        "mip_rel_gap": limits.gap,
        "mip_abs_gap": 1e-6,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    model = highspy.HighsLp()
    size = len(program.profit)
    model.num_col_, model.num_row_ = size, len(program.lower)
    model.col_cost_ = program.profit
    amount = np.zeros(size, bool) if program.top is None else ~np.isnan(program.top)
    top = np.ones(size) if program.top is None else np.where(amount, program.top, 1.0)
    model.col_lower_, model.col_upper_ = np.zeros(size), top
    model.row_lower_, model.row_upper_ = program.lower, program.upper
    model.sense_ = highspy.ObjSense.kMaximize
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.matrix.indptr
    model.a_matrix_.index_ = program.matrix.indices
    model.a_matrix_.value_ = program.matrix.data
    if whole:
        kinds = {False: highspy.HighsVarType.kInteger, True: highspy.HighsVarType.kContinuous}
        model.integrality_ = [kinds[one] for one in amount.tolist()]
    solver.passModel(model)
    return solver


def linear(program: Program, limits: Limits) -> tuple[Floats, Floats] | bool:
    """Return values and duals of the linear relaxation; False without a solution, True unknown."""
    solver = _passed(program, limits, whole=False)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return False
    if status != highspy.HighsModelStatus.kOptimal:
        return True
    solution = solver.getSolution()
    return np.array(solution.col_value), np.array(solution.row_dual)


def solve(
    program: Program,
    limits: Limits,
    start: Floats | None = None,
    heard: Heard | None = None,
    better: Better | None = None,
) -> Found:
    """Search a 0-1 program with HiGHS."""
    solver = _passed(program, limits, whole=True)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        solver.setSolution(solution)
    if heard is not None:
        _listen(solver, heard, better)
    solver.run()
    status = solver.getModelStatus()
    info = solver.getInfo()
    has = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value) if has else None
    proven = status in {
        highspy.HighsModelStatus.kOptimal,
        highspy.HighsModelStatus.kInfeasible,
    }
    bound = float(info.mip_dual_bound)
    if status == highspy.HighsModelStatus.kInfeasible:
        bound = -np.inf
    return Found(values, bound, proven)


def _listen(solver: highspy.Highs, heard: Heard, better: Better | None) -> None:
    def called(kind: Any, _text: str, out: Any, give: Any, _own: object) -> None:
        if kind == Kind.kCallbackMipImprovingSolution:
            heard(np.array(out.mip_solution), float(out.mip_dual_bound))
        elif kind == Kind.kCallbackMipLogging:
            heard(None, float(out.mip_dual_bound))
        elif better is not None and (found := better()) is not None:
            give.setSolution(found)

    solver.setCallback(called, None)
    solver.startCallback(Kind.kCallbackMipImprovingSolution)
    solver.startCallback(Kind.kCallbackMipLogging)
    if better is not None:
        solver.startCallback(Kind.kCallbackMipUserSolution)
