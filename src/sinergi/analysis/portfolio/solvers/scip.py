"""SCIP, when the extra `solvers` is installed."""

import numpy as np
import pyscipopt
from pyscipopt.scip import PY_SCIP_EVENTTYPE as SCIP_EVENTTYPE

from sinergi.analysis.portfolio.instance import Floats
from sinergi.analysis.portfolio.program import Better, Found, Heard, Limits, Program


def solve(
    program: Program,
    limits: Limits,
    start: Floats | None = None,
    heard: Heard | None = None,
    better: Better | None = None,
) -> Found:
    """Search a 0-1 program with SCIP."""
    del better
    model = pyscipopt.Model()
    model.hideOutput()
    model.setParam("limits/time", max(limits.seconds, 0.01))
    model.setParam("limits/gap", limits.gap)
    model.setParam("randomization/randomseedshift", limits.seed)
    columns = [model.addVar(vtype="B", obj=-float(value)) for value in program.profit]
    _add_rows(model, program, columns)
    if start is not None:
        guess = model.createSol()
        for column, value in zip(columns, start.tolist(), strict=True):
            model.setSolVal(guess, column, round(value))
        model.addSol(guess)
    if heard is not None:
        model.includeEventhdlr(_Events(columns, heard), "portfolio", "tells better solutions")
    model.optimize()
    status = model.getStatus()
    if status == "infeasible":
        return Found(None, -np.inf, proven=True)
    values = None
    if model.getNSols():
        best = model.getBestSol()
        values = np.array([model.getSolVal(best, column) for column in columns])
    return Found(values, -float(model.getDualbound()), status in {"optimal", "gaplimit"})


def _add_rows(model: pyscipopt.Model, program: Program, columns: list[pyscipopt.Variable]) -> None:
    matrix = program.matrix
    for row in range(len(program.lower)):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        pairs = zip(matrix.indices[part].tolist(), matrix.data[part].tolist(), strict=True)
        total = pyscipopt.quicksum(value * columns[column] for column, value in pairs)
        lower, upper = float(program.lower[row]), float(program.upper[row])
        if lower == upper:
            model.addCons(total == lower)
            continue
        if np.isfinite(upper):
            model.addCons(total <= upper)
        if np.isfinite(lower):
            model.addCons(total >= lower)


class _Events(pyscipopt.Eventhdlr):
    """Tells each better solution while SCIP searches."""

    def __init__(self, columns: list[pyscipopt.Variable], heard: Heard) -> None:
        self.columns, self.heard = columns, heard

    def eventinit(self) -> None:
        self.model.catchEvent(SCIP_EVENTTYPE.BESTSOLFOUND, self)

    def eventexit(self) -> None:
        self.model.dropEvent(SCIP_EVENTTYPE.BESTSOLFOUND, self)

    def eventexec(self, event: object) -> None:
        del event
        best = self.model.getBestSol()
        values = np.array([self.model.getSolVal(best, column) for column in self.columns])
        self.heard(values, -float(self.model.getDualbound()))
