"""Of choices that score the same, the one whose projects start as early as the limits allow."""

import numpy as np

from sinergi.analysis.portfolio.check import check
from sinergi.analysis.portfolio.instance import Choice, Instance
from sinergi.analysis.portfolio.options import Options, options_of
from sinergi.analysis.portfolio.working import Ties, Working


def earliest(instance: Instance, choice: Choice) -> Choice:
    """Return a choice with starts moved to earlier years, one project after the other.

    The same projects in the same ways for exactly the same score, so that what was proven of the score stays;
    no single project can start earlier then without a rule being broken. A choice that breaks a rule comes
    back as it is.
    """
    options = options_of(instance)
    working = Working(instance, options, Ties(instance))
    taken = options.taken(choice)
    for option in taken[taken >= 0].tolist():
        working.take(option)
    order = np.argsort(choice.start, kind="stable")
    waiting = [row for row in order.tolist() if taken[row] >= 0]
    while sum(_moved(working, options, row) for row in waiting):
        pass
    found = options.choice(working.taken)
    same = bool((found.chosen == choice.chosen).all())
    return found if same and not check(instance, found) else choice


def _moved(working: Working, options: Options, project: int) -> bool:
    """Move one project to the earliest start that fits; whether it moved."""
    former = int(working.taken[project])
    own = np.arange(*options.begin[project : project + 2])
    equal = (options.way[own] == options.way[former]) & (
        options.score[own] == options.score[former]
    )
    sooner = own[equal & (options.start[own] < options.start[former])]
    working.drop(project)
    by_start = sooner[np.argsort(options.start[sooner])].tolist()
    option = next((one for one in by_start if working.may(one)), former)
    working.take(option)
    return option != former
