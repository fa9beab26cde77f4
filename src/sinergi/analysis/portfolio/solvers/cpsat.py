"""CP-SAT of OR-tools, when the extra `solvers` is installed."""

import numpy as np
from ortools.sat.python import cp_model

from sinergi.analysis.portfolio.instance import Floats
from sinergi.analysis.portfolio.program import Better, Found, Heard, Limits, Program

WHOLE = 1e4
"""CP-SAT counts in whole numbers: rows that are not whole are given so much finer steps."""


def solve(
    program: Program,
    limits: Limits,
    start: Floats | None = None,
    heard: Heard | None = None,
    better: Better | None = None,
) -> Found:
    """Search a 0-1 program with CP-SAT.

    Rows and profits that are not whole are rounded so that nothing allowed is lost and the bound
    holds; what then breaks a rule by a hair is told by `check`.
    """
    del better
    model = cp_model.CpModel()
    columns = [model.new_bool_var(str(number)) for number in range(len(program.profit))]
    _add_rows(model, program, columns)
    step = 1.0 if _whole(program.profit) else WHOLE
    profit = np.ceil(program.profit * step - 1e-9).astype(np.int64)
    model.maximize(cp_model.LinearExpr.weighted_sum(columns, profit.tolist()))
    if start is not None:
        for column, value in zip(columns, start.tolist(), strict=True):
            model.add_hint(column, round(value))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(limits.seconds, 0.01)
    solver.parameters.relative_gap_limit = limits.gap
    solver.parameters.random_seed = limits.seed
    solver.parameters.num_workers = limits.threads
    told = _Told(columns, heard, step) if heard is not None else None
    status = solver.solve(model, told)
    if status == cp_model.INFEASIBLE:
        return Found(None, -np.inf, proven=True)
    values = None
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        values = np.array([solver.value(column) for column in columns], float)
    bound = solver.best_objective_bound / step if status != cp_model.UNKNOWN else np.inf
    return Found(values, float(bound), status == cp_model.OPTIMAL)


def _whole(values: Floats) -> bool:
    return bool((values == np.rint(values)).all())


def _add_rows(model: cp_model.CpModel, program: Program, columns: list[cp_model.IntVar]) -> None:
    matrix = program.matrix
    for row in range(len(program.lower)):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        names, data = matrix.indices[part].tolist(), matrix.data[part]
        step = 1.0 if _whole(data) else WHOLE
        for side, sign in ((program.upper[row], 1.0), (program.lower[row], -1.0)):
            if np.isfinite(side):
                values = np.floor(sign * data * step + 1e-9).astype(np.int64).tolist()
                total = cp_model.LinearExpr.weighted_sum([columns[name] for name in names], values)
                model.add(total <= int(np.floor(sign * side * step + 1e-9)))


class _Told(cp_model.CpSolverSolutionCallback):
    """Tells each better solution while CP-SAT searches."""

    def __init__(self, columns: list[cp_model.IntVar], heard: Heard, step: float) -> None:
        super().__init__()
        self.columns, self.heard, self.step = columns, heard, step

    def on_solution_callback(self) -> None:
        """Pass the values on."""
        values = np.array([self.value(column) for column in self.columns], float)
        self.heard(values, self.best_objective_bound / self.step)
