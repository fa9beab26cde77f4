"""Solvers of 0-1 programs behind one call; each is loaded when it is named."""

from importlib import import_module
from importlib.util import find_spec

from sinergi.analysis.portfolio.errors import SolverMissingError, UnknownSolverError
from sinergi.analysis.portfolio.program import Solver

PACKAGES = {"highs": "highspy", "cpsat": "ortools", "scip": "pyscipopt"}
EXTRA = "solvers"


def known(name: str) -> str:
    """Return the name of a solver that can be used.

    Raises
    ------
    UnknownSolverError
        There is no solver of this name.
    SolverMissingError
        Its package is not installed.
    """
    if name not in PACKAGES:
        raise UnknownSolverError(name, tuple(PACKAGES))
    if find_spec(PACKAGES[name]) is None:
        raise SolverMissingError(name, EXTRA)
    return name


def solver_of(name: str) -> Solver:
    """Return the solver of a name; raises what `known` does."""
    found: Solver = import_module(f"{__name__}.{known(name)}").solve
    return found
