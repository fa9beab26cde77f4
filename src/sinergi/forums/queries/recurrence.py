"""Points that say the same as others: pairs of all points, kept for each process until a text changes."""

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max
from numpy.typing import NDArray
from scipy import sparse

from sinergi.analysis.texts import say_the_same
from sinergi.analysis.texts.weights import likeness, present, weigh
from sinergi.analysis.texts.words import terms
from sinergi.forums.models import Descent, Forum, Point
from sinergi.forums.queries.language import language

BLOCK = 200
"""Points compared with all at once."""
MOST = 50
"""Points that are remembered as saying the same as one, the most similar ones."""
EXACT = 2_000
"""Up to so many points all pairs are compared; above, those that share their weightiest words."""
WEIGHTIEST = 8
COMMON = 0.05
"""Share of the points above which a word says too little to look for pairs by it."""
Version = tuple[object, ...]
Numbers = NDArray[np.int64]
Row = tuple[int, int, object, str, str]
Step = tuple[int, int]
"""A point, and one that was made of it: forwarded, it says the same and does not recur."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Which points say the same.

    Attributes
    ----------
    pairs
        Number of a point to the numbers of those of other forums that say the same, the most similar first.
    order
        Number of a point to its place in time: the first day of its forum, then its number.
    """

    pairs: Mapping[int, tuple[int, ...]]
    order: Mapping[int, tuple[str, int]]

    def recurring(self, readable: Iterable[int]) -> list[int]:
        """Return those of some points that say the same as an earlier one among them."""
        there = set(readable)
        return [one for one in there if self._has_earlier(one, there)]

    def _has_earlier(self, point: int, among: set[int]) -> bool:
        mine = self.order.get(point)
        if mine is None:
            return False
        same = self.pairs.get(point, ())
        return any(one in among and self.order[one] < mine for one in same)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found, and of what: `version` changes with every change of a row, `digest` with the texts."""

    version: Version
    digest: str
    found: Alike


_lock = threading.Lock()
_kept: dict[str, Kept] = {}


def alike() -> Alike:
    """Return which points say the same; compared anew when a text or the day of a forum has changed.

    It names numbers of points of all forums: what is shown must be narrowed to what the reader may read.
    """
    version = _version()
    with _lock:
        kept = _kept.get("points")
        if kept is not None and kept.version == version:
            return kept.found
        rows, steps = _rows(), _steps()
        digest = hashlib.sha256(repr((rows, steps)).encode()).hexdigest()
        same = kept is not None and kept.digest == digest
        found = kept.found if same and kept is not None else compare(rows, steps)
        _kept["points"] = Kept(version, digest, found)
        return found


def _version() -> Version:
    points = Point.objects.order_by().aggregate(n=Count("pk"), last=Max("updated"), top=Max("pk"))
    forums = Forum.objects.order_by().aggregate(last=Max("updated"))
    struck = Point.objects.exclude(struck_at=None).count()
    last_step = Descent.objects.order_by().aggregate(top=Max("pk"))["top"]
    return (points["n"], points["top"], points["last"], forums["last"], struck, last_step)


def _steps() -> list[Step]:
    kind = Descent.Kind.POINT
    rows = Descent.objects.filter(earlier_kind=kind, later_kind=kind).order_by("pk")
    return list(rows.values_list("earlier", "later"))


def _rows() -> list[Row]:
    rows = Point.objects.filter(struck_at=None).order_by("pk")
    return list(rows.values_list("pk", "forum", "forum__begins", "title", "text"))


def compare(rows: list[Row], steps: Iterable[Step] = ()) -> Alike:
    """Compare points with each other; what was made of a point is not held against it.

    Parameters
    ----------
    rows
        Number, forum, first day of the forum, title and text of each point.
    steps
        Numbers of points with those that were made of them.
    """
    came_from = _came_from(steps)
    numbers = [row[0] for row in rows]
    order = {pk: (str(begins or "9999"), pk) for pk, _forum, begins, _title, _text in rows}
    matrix = _weights([f"{title}\n{text}" for *_rest, title, text in rows])
    forums = np.array([row[1] for row in rows], dtype=np.int64)
    pairs: dict[int, tuple[int, ...]] = {}
    if matrix.shape[1]:
        picked = present(matrix) if len(rows) <= EXACT else _weightiest(matrix)
        for first in range(0, len(rows), BLOCK):
            for row, best in _block(matrix, picked, forums, first):
                same = _without_kin(numbers[row], [numbers[col] for col in best], came_from)
                if same:
                    pairs[numbers[row]] = same
    return Alike(pairs, order)


def _came_from(steps: Iterable[Step]) -> dict[int, set[int]]:
    """Return each point that was made of others with all of them, however many steps back."""
    before: dict[int, set[int]] = {}
    for earlier, later in steps:
        before.setdefault(later, set()).add(earlier)
    found: dict[int, set[int]] = {}
    for point in before:
        waiting, seen = [point], set[int]()
        while waiting:
            new = before.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        found[point] = seen
    return found


def _without_kin(
    point: int, others: Iterable[int], came_from: Mapping[int, set[int]]
) -> tuple[int, ...]:
    mine = came_from.get(point, set())
    return tuple(
        one for one in others if one not in mine and point not in came_from.get(one, set())
    )


def _weights(texts: list[str]) -> sparse.csr_matrix:
    """Return texts as rows of term weights; see `analysis.texts.weights`."""
    column: dict[str, int] = {}
    columns, counts, starts = [], [], [0]
    known = language()
    for text in texts:
        for root, term in terms(text, known).items():
            columns.append(column.setdefault(root, len(column)))
            counts.append(term.count)
        starts.append(len(columns))
    shape = len(texts), len(column)
    held = sparse.csr_matrix((counts, columns, starts), shape, dtype=float)
    held.sort_indices()
    return weigh(held).matrix


def _weightiest(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return ones in the places of the weightiest terms of each text that are not common."""
    within = np.bincount(matrix.indices, minlength=matrix.shape[1])
    kept = matrix.copy()
    kept.data[within[kept.indices] > COMMON * matrix.shape[0]] = 0.0
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((kept.indices, -kept.data, row))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) - np.repeat(matrix.indptr[:-1], np.diff(matrix.indptr))
    kept.data[place >= WEIGHTIEST] = 0.0
    kept.eliminate_zeros()
    return present(kept)


def _block(
    matrix: sparse.csr_matrix, picked: sparse.csr_matrix, forums: Numbers, first: int
) -> Iterable[tuple[int, list[int]]]:
    """Yield each point of a block that has any, with those that say the same, the most similar first."""
    shared = (picked[first : first + BLOCK] @ picked.T).tocsr()
    lines = [_near(shared, forums, first, row) for row in range(shared.shape[0])]
    cols = np.concatenate(lines)
    rows = first + np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    mine, theirs = matrix[rows], matrix[cols]
    cosine = np.asarray(mine.multiply(theirs).sum(axis=1)).ravel()
    together = np.asarray(present(mine).multiply(present(theirs)).sum(axis=1)).ravel()
    scores = likeness(cosine, together)
    same = np.flatnonzero(say_the_same(scores, together))
    best = same[np.lexsort((cols[same], -scores[same], rows[same]))]
    starts = np.searchsorted(rows[best], np.arange(first, first + len(lines) + 1))
    for row in range(len(lines)):
        found = cols[best[starts[row] : starts[row + 1]]][:MOST].tolist()
        if found:
            yield first + row, found


def _near(shared: sparse.csr_matrix, forums: Numbers, first: int, row: int) -> Numbers:
    """Return the texts of other forums that a text of a block is compared with."""
    begin, end = shared.indptr[row : row + 2]
    there: Numbers = shared.indices[begin:end]
    many = shared.data[begin:end]
    other = forums[there] != forums[first + row]
    if len(forums) > EXACT:
        other &= many > 1
    there, many = there[other], many[other]
    if len(forums) > EXACT and len(there) > 2 * MOST:
        return there[np.argpartition(-many, 2 * MOST)[: 2 * MOST]]
    return there
