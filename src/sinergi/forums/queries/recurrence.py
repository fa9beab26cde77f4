"""Points that say the same as others: pairs of all points, kept for each process until a point changes."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max
from scipy import sparse

from sinergi.analysis.texts import INDONESIAN, SAME
from sinergi.analysis.texts.weights import likeness, present, weigh
from sinergi.analysis.texts.words import terms
from sinergi.forums.models import Forum, Point

BLOCK = 200
"""Points compared with all at once."""
MOST = 50
"""Points that are remembered as saying the same as one, the most similar ones."""
Version = tuple[object, ...]


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
        return [one for one in there if any(self.earlier(one, there))]

    def earlier(self, point: int, among: set[int]) -> list[int]:
        """Return the earlier points, among some, that say the same as a point."""
        mine = self.order.get(point)
        if mine is None:
            return []
        found = (one for one in self.pairs.get(point, ()) if one in among)
        return [one for one in found if self.order[one] < mine]


_lock = threading.Lock()
_kept: dict[str, tuple[Version, Alike]] = {}


def alike() -> Alike:
    """Return which points say the same; compared anew when a point or the day of a forum has changed.

    It names numbers of points of all forums: what is shown must be narrowed to what the reader may read.
    """
    version = _version()
    with _lock:
        kept = _kept.get("points")
        if kept is not None and kept[0] == version:
            return kept[1]
        found = compare()
        _kept["points"] = version, found
        return found


def _version() -> Version:
    points = Point.objects.order_by().aggregate(n=Count("pk"), last=Max("updated"), top=Max("pk"))
    forums = Forum.objects.order_by().aggregate(last=Max("updated"))
    return (points["n"], points["top"], points["last"], forums["last"])


def compare() -> Alike:
    """Compare all points that were not struck with each other."""
    rows = list(
        Point.objects.filter(struck_at=None)
        .order_by("pk")
        .values_list("pk", "forum", "forum__begins", "title", "text")
    )
    numbers = [row[0] for row in rows]
    order = {pk: (str(begins or "9999"), pk) for pk, _forum, begins, _title, _text in rows}
    matrix = _weights([f"{title}\n{text}" for *_rest, title, text in rows])
    forums = np.array([row[1] for row in rows])
    pairs: dict[int, tuple[int, ...]] = {}
    if matrix.shape[1]:
        for first in range(0, len(rows), BLOCK):
            pairs |= _block(matrix, forums, numbers, first)
    return Alike(pairs, order)


def _weights(texts: list[str]) -> sparse.csr_matrix:
    column: dict[str, int] = {}
    columns, counts, starts = [], [], [0]
    for text in texts:
        for root, term in terms(text, INDONESIAN).items():
            columns.append(column.setdefault(root, len(column)))
            counts.append(term.count)
        starts.append(len(columns))
    shape = len(texts), len(column)
    held = sparse.csr_matrix((counts, columns, starts), shape, dtype=float)
    held.sort_indices()
    return weigh(held).matrix


def _block(
    matrix: sparse.csr_matrix, forums: np.ndarray, numbers: list[int], first: int
) -> dict[int, tuple[int, ...]]:
    """Return the pairs of the points from `first` on, of one block."""
    part = matrix[first : first + BLOCK]
    cosine, shared = (part @ matrix.T).tocsr(), (present(part) @ present(matrix).T).tocsr()
    cosine.sort_indices()
    shared.sort_indices()
    scores = likeness(cosine.data, shared.data)
    found = {}
    for row in range(part.shape[0]):
        begin, end = cosine.indptr[row : row + 2]
        there, mine = cosine.indices[begin:end], scores[begin:end]
        same = np.flatnonzero((mine >= SAME) & (forums[there] != forums[first + row]))
        best = same[np.lexsort((there[same], -mine[same]))][:MOST]
        if len(best):
            found[numbers[first + row]] = tuple(numbers[col] for col in there[best].tolist())
    return found
