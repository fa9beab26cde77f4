"""Large projects first: they are decided as wholes while smaller ones may be split, level by level."""

from dataclasses import dataclass, replace

import numpy as np

from sinergi.analysis.portfolio.instance import Floats, Instance
from sinergi.analysis.portfolio.options import Options, limits_of
from sinergi.analysis.portfolio.program import Limits, Program, Solver

LEVELS = (0.1, 0.01)
"""Projects are decided in turn whose largest cost takes more than so much of what is there for it."""
LEAST_SMALL = 0.4
"""Splitting is worth it where at least this part of all projects is below the first level."""


@dataclass(frozen=True, eq=False)
class Descent:
    """A choice in which only the smallest projects are split, shape (O,), and the first level's bound.

    The bound holds for all choices, because splitting small projects allows more; infinite when none is
    known.
    """

    values: Floats | None
    bound: float


def parts_of(instance: Instance, options: Options) -> Floats:
    """Return the largest part of a ceiling that any option of a project takes, shape (P,)."""
    costs, limits = limits_of(instance, options.cost)
    part = (costs / np.maximum(limits, 1)).max(axis=(1, 2), initial=0.0)
    found = np.zeros(instance.projects)
    np.maximum.at(found, options.project, part)
    return found


def pays(parts: Floats) -> bool:
    """Whether there are enough small projects for large ones to be decided first."""
    return bool(np.mean(parts <= LEVELS[0]) >= LEAST_SMALL)


def descend(
    programs: tuple[Program, Program], parts: Floats, limits: Limits, solver: Solver
) -> Descent:
    """Decide the large projects while smaller ones may be split, fix them, and go on to the next level.

    Few large projects hold most of the money, and what they leave is filled by many small ones:
    split or not, those score nearly the same. So each level is close to what can be reached, and
    has few decisions (relax-and-fix: Pochet and Wolsey 2006, Production Planning by Mixed Integer
    Programming, ch. 3.6).

    Parameters
    ----------
    programs
        The program for the first level, whose bound is told, and the one for all others.
    parts
        As `parts_of`, by option, shape (O,).
    limits
        Of each level.
    """
    fixed, base, values = np.zeros(len(parts), bool), np.zeros(len(parts)), np.zeros(len(parts))
    bound = np.inf
    for number, level in enumerate(LEVELS):
        whole = parts > level
        program = programs[min(number, 1)]
        if not program.possible(~fixed, base):
            return Descent(None, bound)
        left = program.restricted(~fixed, base)
        found = solver(replace(left, top=np.where(whole[~fixed], np.nan, 1.0)), limits)
        bound = found.bound if number == 0 else bound
        if found.values is None:
            return Descent(None, bound)
        values = base.copy()
        values[~fixed] = found.values
        fixed, base = whole, np.where(whole, np.rint(values), 0.0)
    return Descent(values, bound)
