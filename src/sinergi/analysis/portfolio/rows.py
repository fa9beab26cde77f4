"""The rules of an instance as rows of a linear model over its options."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import gcd

import numpy as np
from scipy import sparse

from sinergi.analysis.portfolio.check import Kind
from sinergi.analysis.portfolio.instance import (
    PPM,
    Bools,
    Different,
    Floats,
    Instance,
    Ints,
    RegionShare,
)
from sinergi.analysis.portfolio.options import Options

LARGEST = 1e6
"""Solvers tolerate 1e-6 in a row: amounts are scaled so that this is little beside them."""
EXACT_ROW = 1e7
"""Whole numbers up to this are left whole, so that the tolerance cannot matter."""
EXACT = 2.0**53
SLACK = 2e-6


@dataclass(frozen=True)
class Label:
    """Which rule a row stands for, and what one of its units is worth in the rule's own units."""

    kind: Kind
    index: tuple[int, ...]
    unit: float


@dataclass(frozen=True, eq=False)
class Model:
    """Maximise `profit · x` under `lower ≤ matrix · x ≤ upper`, at most one option a project.

    Parameters
    ----------
    matrix
        Rows that tie projects together, shape (M, O). That a project takes one option at most is
        kept apart (`Options.begin`, `Options.must`).
    lower, upper
        Shape (M,), infinite where there is none.
    profit
        Score of the options in `unit` millionths, shape (O,).
    """

    matrix: sparse.csr_array
    lower: Floats
    upper: Floats
    labels: tuple[Label, ...]
    profit: Floats
    unit: float

    def strict(self) -> "Model":
        """Return the same with rows that are not whole numbers tightened by the tolerance."""
        data = self.matrix.data
        broken = np.add.reduceat(
            np.concatenate([(data != np.rint(data)), [False]]), self.matrix.indptr[:-1]
        ) * (np.diff(self.matrix.indptr) > 0)
        slack = np.where(broken, SLACK, 0.0)
        return replace(self, lower=self.lower + slack, upper=self.upper - slack)

    def complete(self, options: Options) -> tuple[sparse.csr_array, Floats, Floats]:
        """Return the rows with those by which a project takes at most one option, or must."""
        size = len(options)
        projects = len(options.must)
        count = np.diff(options.begin)
        needed = (count > 1) | options.must
        picks = sparse.csr_array(
            (np.ones(size), (options.project, np.arange(size))), shape=(projects, size)
        )
        rows = sparse.csr_array(sparse.vstack([self.matrix, picks[np.flatnonzero(needed)]]))
        lower = np.concatenate([self.lower, np.where(options.must[needed], 1.0, -np.inf)])
        upper = np.concatenate([self.upper, np.ones(int(needed.sum()))])
        return rows, lower, upper


@dataclass
class _Row:
    columns: Ints
    values: Floats
    lower: float
    upper: float
    label: Label


def model_of(instance: Instance, options: Options) -> Model:
    """Return the linear model of an instance."""
    rows = [
        *_ceilings(instance, options),
        *_shares(instance, options),
        *_precedences(instance, options),
        *_sets(instance, options),
        *_differences(instance, options),
    ]
    indptr = np.concatenate([[0], np.cumsum([len(row.columns) for row in rows])]).astype(np.int64)
    columns = np.concatenate([row.columns for row in rows]) if rows else np.zeros(0, np.int64)
    values = np.concatenate([row.values for row in rows]) if rows else np.zeros(0)
    unit = max(1.0, float(options.score.max(initial=1)) / 1000)
    if options.score.max(initial=0) < LARGEST and len(options):
        unit = float(max(1, np.gcd.reduce(options.score)))
    return Model(
        matrix=sparse.csr_array((values, columns, indptr), shape=(len(rows), len(options))),
        lower=np.array([row.lower for row in rows], float),
        upper=np.array([row.upper for row in rows], float),
        labels=tuple(row.label for row in rows),
        profit=options.score / unit,
        unit=unit,
    )


def scale(amounts: Ints, limit: int) -> float:
    """Return by what whole amounts are divided: exact where the numbers stay small."""
    shared = gcd(int(np.gcd.reduce(amounts)) if amounts.size else 0, limit) or 1
    return max(float(shared), float(max(limit, int(amounts.max(initial=0)))) / EXACT_ROW)


def _ceilings(instance: Instance, options: Options) -> Iterator[_Row]:
    for channel, carries in enumerate(instance.carries.tolist()):
        costs = options.cost[:, :, channel]
        limits = instance.ceilings[:, channel]
        if carries:
            costs, limits = np.cumsum(costs, axis=1), np.cumsum(limits)
        for year, limit in enumerate(limits.tolist()):
            columns = np.flatnonzero(costs[:, year])
            unit = scale(costs[columns, year], limit)
            yield _Row(
                columns,
                costs[columns, year] / unit,
                -np.inf,
                limit / unit,
                Label("ceiling", (year, channel), unit),
            )


def _shares(instance: Instance, options: Options) -> Iterator[_Row]:
    for number, share in enumerate(instance.shares):
        worth = options.total if share.measure == "money" else options.score
        own = instance.benefit[options.project, share.region]
        if share.minimum:
            yield _share(instance, number, share, worth, own, share.minimum, least=True)
        if share.maximum is not None:
            yield _share(instance, number, share, worth, own, share.maximum, least=False)


def _share(
    instance: Instance,
    number: int,
    share: RegionShare,
    worth: Ints,
    own: Ints,
    limit: int,
    *,
    least: bool,
) -> _Row:
    """Return one row: received against a part of all money, or of what is chosen."""
    kind: Kind = "minimum" if least else "maximum"
    if share.measure == "money" and share.base == "available":
        received, bound = worth.astype(float) * own, float(limit * instance.available)
    else:
        received, bound = worth.astype(float) * (own - limit), 0.0
    most = max(float(np.abs(received).max(initial=1.0)), bound)
    unit = most / LARGEST
    if most < EXACT:
        unit = float(max(scale(np.abs(received).astype(np.int64), int(bound)), most / EXACT_ROW))
    columns = np.flatnonzero(received)
    side = (bound / unit, np.inf) if least else (-np.inf, bound / unit)
    label = Label(kind, (number,), unit / PPM)
    return _Row(columns, received[columns] / unit, *side, label)


def _precedences(instance: Instance, options: Options) -> Iterator[_Row]:
    """Yield for each start of `then`: it may have begun only if `first` has, `lag` years ago.

    This form by time is the tightest of the usual ones (Christofides, Alvarez-Valdes and
    Tamarit 1987, European Journal of Operational Research 29).
    """
    for number, rule in enumerate(instance.precedences):
        first = np.arange(*options.begin[rule.first : rule.first + 2])
        then = np.arange(*options.begin[rule.then : rule.then + 2])
        for year in sorted(set(options.start[then].tolist())):
            left = then[options.start[then] <= year]
            right = first[options.start[first] <= year - rule.lag]
            yield _Row(
                np.concatenate([left, right]),
                np.concatenate([np.ones(len(left)), -np.ones(len(right))]),
                -np.inf,
                0.0,
                Label("precedence", (number,), 1.0),
            )


def _sets(instance: Instance, options: Options) -> Iterator[_Row]:
    def of(project: int) -> Ints:
        return np.arange(*options.begin[project : project + 2])

    for number, group in enumerate(instance.alternatives):
        columns = np.concatenate([of(member) for member in group.members])
        least = 1.0 if group.exactly else -np.inf
        label = Label("alternatives", (number,), 1.0)
        yield _Row(columns, np.ones(len(columns)), least, 1.0, label)
    for number, joint in enumerate(instance.joints):
        leader = of(joint.members[0])
        for member in joint.members[1:]:
            own = of(member)
            yield _Row(
                np.concatenate([own, leader]),
                np.concatenate([np.ones(len(own)), -np.ones(len(leader))]),
                0.0,
                0.0,
                Label("joint", (number,), 1.0),
            )


def _differences(instance: Instance, options: Options) -> Iterator[_Row]:
    """Yield (2 - d) · |X ∩ F| - (1 - d) · |X| ≤ (1 - d) · |F| for each former choice F.

    That is |X Δ F| ≥ d · |X ∪ F|, written without the union. With a share n of fresh projects also
    |X ∩ F| ≤ (1 - n) · |X| and ≤ (1 - n) · |F|.
    """
    for number, other in enumerate(instance.different):
        inside = np.zeros(instance.projects, bool)
        inside[list(other.members)] = True
        inside = np.asarray(inside[options.project])
        kept, part = PPM - other.share, gcd(PPM, other.share)
        # Whole numbers, so that no tolerance shuts out what is just different enough.
        yield _Row(
            np.arange(len(options)),
            np.where(inside, PPM, -kept) / part,
            -np.inf,
            kept * len(other.members) / part,
            Label("different", (number,), 1.0),
        )
        if other.fresh:
            yield from _fresh(options, number, other, inside)


def _fresh(options: Options, number: int, other: Different, inside: Bools) -> Iterator[_Row]:
    kept, part = PPM - other.fresh, gcd(PPM, other.fresh)
    label = Label("different", (number,), 1.0)
    values = np.where(inside, other.fresh, -kept) / part
    yield _Row(np.arange(len(options)), values, -np.inf, 0.0, label)
    columns = np.flatnonzero(inside)
    most = float(kept * len(other.members) // PPM)
    yield _Row(columns, np.ones(len(columns)), -np.inf, most, label)
