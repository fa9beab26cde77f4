"""A plain 0-1 program, and the smaller one that is left when most of it is decided."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import sparse

from sinergi.analysis.portfolio.instance import Bools, Floats


@dataclass(frozen=True, eq=False)
class Program:
    """Maximise `profit · x`, x in {0, 1}, under `lower ≤ matrix · x ≤ upper`."""

    profit: Floats
    matrix: sparse.csr_array
    lower: Floats
    upper: Floats
    top: Floats | None = None
    """Upper bounds of columns that are amounts, not decisions; NaN for decisions (HiGHS only)."""

    def restricted(self, free: Bools, values: Floats) -> "Program":
        """Return the program of the free columns when the others keep their values."""
        fixed = np.where(free, 0.0, values)
        used = self.matrix @ fixed
        part = sparse.csr_array(sparse.csc_array(self.matrix)[:, np.flatnonzero(free)])
        rows = np.flatnonzero(np.diff(part.indptr))
        return Program(
            self.profit[free],
            sparse.csr_array(part[rows]),
            (self.lower - used)[rows],
            (self.upper - used)[rows],
        )

    def possible(self, free: Bools, values: Floats, tolerance: float = 1e-6) -> bool:
        """Whether rows without free columns are kept by the values of the others."""
        fixed = np.where(free, 0.0, values)
        used = self.matrix @ fixed
        touched = (abs(self.matrix) @ free.astype(float)) > 0
        kept = (used >= self.lower - tolerance) & (used <= self.upper + tolerance)
        return bool((touched | kept).all())


@dataclass(frozen=True, eq=False)
class Limits:
    """How long and how exactly to search."""

    seconds: float
    gap: float = 0.0
    seed: int = 0
    threads: int = 1


@dataclass(frozen=True, eq=False)
class Found:
    """What a solver came to: values (or none), a bound on the profit, and whether it is proven."""

    values: Floats | None
    bound: float
    proven: bool
    """Optimal within the gap, or, without values, proven to have no solution."""


Heard = Callable[[Floats | None, float], None]
"""Told each better solution, and each better bound."""
Better = Callable[[], Floats | None]
"""Asked for a better solution from elsewhere."""


class Solver(Protocol):
    """What every solver does."""

    def __call__(
        self,
        program: Program,
        limits: Limits,
        start: Floats | None = None,
        heard: Heard | None = None,
        better: Better | None = None,
    ) -> Found:
        """Search until the limits."""
        ...
