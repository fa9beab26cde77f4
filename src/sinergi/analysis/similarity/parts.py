"""One part of the work: its candidates, their evidence, and the pairs that are likely enough."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.similarity.blocks import Family, candidates
from sinergi.analysis.similarity.compare import (
    Compared,
    compare,
    evidence_of,
)
from sinergi.analysis.similarity.documents import Documents, spread
from sinergi.analysis.similarity.lines import Lines
from sinergi.analysis.similarity.model import EVIDENCE, Model, features_of
from sinergi.analysis.similarity.vetoes import vetoes

Rows = NDArray[np.int64]
Progress = Callable[[float], None]

PIECE = 20_000
"""Pairs that are compared at once: what fits the cache."""


class Task(NamedTuple):
    """All that a part needs."""

    lines: Lines
    documents: Documents
    families: list[Family]
    model: Model
    least: float
    within_plans: bool
    vetoed: bool


class Found(NamedTuple):
    """Pairs that are likely enough."""

    a: Rows
    """Row of a line, below `b`, (pairs,)."""
    b: Rows
    likely: NDArray[np.float64]
    compared: Compared


def part(task: Task, number: int, parts: int) -> Found:
    """Return what one part of the work finds; no two parts look at the same pair."""
    pairs = [candidates(family, number, parts) for family in task.families]
    none = np.zeros(0, dtype=np.int64)
    one = np.concatenate([none, *(pair[0] for pair in pairs)])
    two = np.concatenate([none, *(pair[1] for pair in pairs)])
    alone = np.arange(number, len(task.documents.first), parts)
    a, b = spread(task.lines, task.documents.of, one, two, alone)
    if not task.within_plans:
        apart = task.lines.plan[a] != task.lines.plan[b]
        a, b = a[apart], b[apart]
    return judged(task, a, b)


def judged(task: Task, a: Rows, b: Rows) -> Found:
    """Return those pairs of lines that are likely enough."""
    pieces = [
        _judged(task, a[start : start + PIECE], b[start : start + PIECE])
        for start in range(0, max(len(a), 1), PIECE)
    ]
    return joined(pieces)


def joined(found: list[Found]) -> Found:
    """Return the pairs of several parts together."""
    compared = _joined([one.compared for one in found])
    a, b, likely = (np.concatenate([one[column] for one in found]) for column in range(3))
    return Found(a, b, likely, compared)


def compare_in_pieces(lines: Lines, a: Rows, b: Rows) -> Compared:
    """Return the evidence for pairs, whatever it is."""
    pieces = [
        compare(lines, a[start : start + PIECE], b[start : start + PIECE])
        for start in range(0, max(len(a), 1), PIECE)
    ]
    return _joined(pieces)


def _joined(pieces: list[Compared]) -> Compared:
    return Compared(
        **{
            name: np.concatenate([getattr(one, name) for one in pieces])
            for name in Compared._fields
        }
    )


def in_parts(
    task: Task, parts: int, executor: Executor | None, workers: int, progress: Progress | None
) -> list[Found]:
    """Return what all parts find: in an executor, in processes of this machine, or here (one worker)."""
    if executor is not None:
        asked = [executor.submit(part, task, number, parts) for number in range(parts)]
        return _told((one.result() for one in asked), parts, progress)
    if workers < 2:
        return _told((part(task, number, parts) for number in range(parts)), parts, progress)
    with ProcessPoolExecutor(
        workers, mp_context=get_context("forkserver"), initializer=_take, initargs=(task,)
    ) as pool:
        asked = [pool.submit(_taken, number, parts) for number in range(parts)]
        return _told((one.result() for one in asked), parts, progress)


def _told(found: Iterable[Found], parts: int, progress: Progress | None) -> list[Found]:
    done = []
    for one in found:
        done.append(one)
        if progress:
            progress(len(done) / parts)
    return done


_task: list[Task] = []


def _take(task: Task) -> None:
    _task[:] = [task]


def _taken(number: int, parts: int) -> Found:
    return part(_task[0], number, parts)


def _judged(task: Task, a: Rows, b: Rows) -> Found:
    """Return those pairs that are likely enough; only of these is asked what forbids them."""
    found = evidence_of(task.lines, a, b)
    likely = task.model.of(features_of({name: getattr(found, name) for name in EVIDENCE}))
    keep = (likely >= task.least) & ~np.isnan(found.text)
    kept = _some(Found(a, b, likely, found), keep)
    kept = kept._replace(compared=kept.compared._replace(veto=vetoes(task.lines, kept.a, kept.b)))
    return kept if task.vetoed else _some(kept, kept.compared.veto < 0)


def _some(found: Found, keep: NDArray[np.bool_]) -> Found:
    compared = Compared(**{n: getattr(found.compared, n)[keep] for n in Compared._fields})
    return Found(found.a[keep], found.b[keep], found.likely[keep], compared)
