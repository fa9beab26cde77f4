"""Search for earlier points and issues that say what somebody is writing, and what became of them.

The index of words is kept between requests, one for the process: it takes up what was added or changed since
the last question. It holds submitted issues and agreed points only; what of it somebody may read is asked at
every search.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Count, Max, QuerySet, Sum

from sinergi.accounts.principal import Principal
from sinergi.analysis.texts import Index, Mark, Shared
from sinergi.forums.lineage import Lineage
from sinergi.forums.models import Descent, Forum, Point, StrategicIssue, Theme
from sinergi.forums.queries.forums import forums
from sinergi.forums.queries.language import language
from sinergi.forums.queries.lineage import Node, lineage_from
from sinergi.forums.queries.themes import text_of

MOST = 5
"""Earlier texts that are shown."""
STEPS = 3
"""So many times as many are looked up: a point may have been forwarded, and its steps are told as one."""
LEAST_WORDS = 3
"""Words below which nothing is looked for: too little to say the same."""
OVERLAP = timedelta(minutes=5)
"""Changes are read again from so long before the last one: a transaction may end after a later one."""
STALE = 0.25
"""Share of texts that are no longer as they were, above which the index is made anew."""

POINT, ISSUE = Descent.Kind.POINT.value, Descent.Kind.ISSUE.value


class Version(NamedTuple):
    """By which a change of the texts is known."""

    texts: int
    revisions: int
    updated: datetime | None


class Entry(NamedTuple):
    """What the index holds of a text."""

    row: int
    forum: int
    revision: int


@dataclass
class Kept:
    """The index, and which of its rows say what is there now."""

    index: Index = field(default_factory=lambda: Index(language=language()))
    versions: dict[str, Version] = field(default_factory=dict)
    entries: dict[Node, Entry] = field(default_factory=dict)
    forums: list[int] = field(default_factory=list)
    """Of every row; 0 for one that is not as it was written any more."""
    nodes: list[Node] = field(default_factory=list)


_lock = threading.Lock()
_kept: Kept | None = None


def forget() -> None:
    """Drop the index; the next search makes it anew."""
    global _kept  # noqa: PLW0603 - one index for the process
    with _lock:
        _kept = None


def warm() -> None:
    """Make the index, so that the first search of a process need not wait for it."""
    with _lock:
        _refresh()


def _points() -> QuerySet[Point]:
    return Point.objects.filter(struck_at=None)


def _issues() -> QuerySet[StrategicIssue]:
    return StrategicIssue.objects.filter(submitted_at__isnull=False, withdrawn_at=None)


def text_of_point(point: Point) -> str:
    """Return what a point says, for comparing it with others."""
    return "\n".join(part for part in (point.title, point.text) if part)


SOURCES: dict[str, tuple[Any, Any]] = {POINT: (_points, text_of_point), ISSUE: (_issues, text_of)}


def _refresh() -> Kept:
    """Bring the index up to what is there; two queries where nothing changed."""
    global _kept  # noqa: PLW0603 - one index for the process
    kept = _kept = Kept() if _kept is None else _kept
    for kind, (rows, text) in SOURCES.items():
        found = rows().aggregate(
            count=Count("pk"), revisions=Sum("revision"), updated=Max("updated")
        )
        version = Version(found["count"], found["revisions"] or 0, found["updated"])
        if kept.versions.get(kind) == version:
            continue
        _take_up(kept, kind, rows(), text)
        _drop(kept, kind, version.texts, rows())
        if _worn(kept):
            _kept = None
            return _refresh()
        kept.versions[kind] = version
    return kept


def _take_up(kept: Kept, kind: str, rows: QuerySet[Any], text: Any) -> None:
    """Add what was written or changed since the last question."""
    before = kept.versions.get(kind)
    if before is not None and before.updated is not None:
        rows = rows.filter(updated__gte=before.updated - OVERLAP)
    texts = []
    for row in rows.order_by("pk").iterator():
        node, known = Node(kind, row.pk), kept.entries.get(Node(kind, row.pk))
        if known is not None and known.revision == row.revision:
            continue
        if known is not None:
            kept.forums[known.row] = 0
        kept.entries[node] = Entry(len(kept.nodes), row.forum_id, row.revision)
        kept.forums.append(row.forum_id)
        kept.nodes.append(node)
        texts.append(text(row))
    if texts:
        kept.index.add(texts)


def _drop(kept: Kept, kind: str, count: int, rows: QuerySet[Any]) -> None:
    """Forget what was struck or withdrawn: then the index knows more than there is."""
    if sum(node.kind == kind for node in kept.entries) == count:
        return
    there = set(rows.order_by().values_list("pk", flat=True))
    for node in [one for one in kept.entries if one.kind == kind and one.number not in there]:
        kept.forums[kept.entries.pop(node).row] = 0


def _worn(kept: Kept) -> bool:
    """Whether too much of the index is no longer as it was written."""
    return len(kept.nodes) - len(kept.entries) > max(STALE * len(kept.nodes), 100)


@dataclass(frozen=True, slots=True)
class Became:
    """What was made of an earlier point or issue.

    Attributes
    ----------
    point
        A point that came of it; its `fate` says where it stands.
    theme
        The theme in which an issue stands of which no point was made.
    """

    point: Point | None = None
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier point or issue that seems alike.

    Attributes
    ----------
    shared
        Words by which it is alike, as asked and as found, the weightiest first.
    differs
        What the two plainly differ in, though they seem alike: negations, opposites, numbers.
    became
        Points that came of it, itself included when it is one, as far as the reader may read them.
    """

    kind: str
    row: Any
    score: float
    shared: tuple[Shared, ...]
    differs: tuple[Mark, ...] = ()
    became: tuple[Became, ...] = ()

    @property
    def is_point(self) -> bool:
        """Whether it is an agreed point, not an issue."""
        return self.kind == POINT


def long_enough(text: str) -> bool:
    """Whether a text says enough to look for what says the same."""
    return len(text.split()) >= LEAST_WORDS


def earlier(by: Principal, forum: Forum, text: str, most: int = MOST) -> list[Earlier]:
    """Return points and issues of other forums that seem like a text, as far as somebody may read them.

    Nothing below the score from which texts are said to say the same; see `analysis.texts.SAME`. Of a point
    that was forwarded the first is returned, with what came of it, and not each of its steps.

    Parameters
    ----------
    forum
        Where the text is written; its own issues and points are not earlier ones.
    """
    if not long_enough(text):
        return []
    readable = set(forums(by).order_by().values_list("pk", flat=True)) - {forum.pk}
    with _lock:
        kept = _refresh()
        among = np.isin(np.array(kept.forums, dtype=np.int64), sorted(readable))
        hits = kept.index.search(text, STEPS * most, among=among) if among.any() else []
        found = {kept.nodes[one.row]: one for one in hits}
    graph = lineage_from(found)
    first = [node for node in found if not found.keys() & _points_before(graph, node)][:most]
    rows = _rows(first)
    became = _became(graph, first, readable)
    return [
        Earlier(node.kind, rows[node], hit.score, hit.shared, hit.differs, became[node])
        for node, hit in ((one, found[one]) for one in first)
        if node in rows
    ]


def _points_before(graph: Lineage[Node], node: Node) -> set[Node]:
    """Return the points of which a point was made."""
    return {one for one in graph.ancestors(node) if node.kind == one.kind == POINT}


def _rows(nodes: Iterable[Node]) -> dict[Node, Any]:
    """Return the rows of nodes as they are now; two queries."""
    found: dict[Node, Any] = {}
    for kind, (rows, _text) in SOURCES.items():
        numbers = [node.number for node in nodes if node.kind == kind]
        related = ("forum", "raised_by") if kind == ISSUE else ("forum",)
        for row in rows().filter(pk__in=numbers).select_related(*related) if numbers else ():
            found[Node(kind, row.pk)] = row
    return found


def _became(
    graph: Lineage[Node], nodes: list[Node], readable: set[int]
) -> dict[Node, tuple[Became, ...]]:
    """Return what became of each node: points, else the themes in use that it stands in."""
    family = {node: (node, *graph.descendants(node)) for node in nodes}
    numbers = {
        kind: {one.number for line in family.values() for one in line if one.kind == kind}
        for kind in (POINT, Descent.Kind.THEME.value)
    }
    points = _points().filter(pk__in=numbers[POINT], forum__in=readable).select_related("forum")
    there = {Node(POINT, row.pk): Became(point=row) for row in points}
    themes = Theme.objects.filter(
        pk__in=numbers[Descent.Kind.THEME.value], retired_at=None, forum__in=readable
    )
    drawn = {Node(Descent.Kind.THEME.value, row.pk): Became(theme=row) for row in themes}
    return {
        node: tuple(there[one] for one in line if one in there)
        or tuple(drawn[one] for one in line if one in drawn)
        for node, line in family.items()
    }
