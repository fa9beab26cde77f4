"""Where something of a forum comes from and what was made of it, as steps that a page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sinergi.accounts.principal import Principal
from sinergi.forums import permissions
from sinergi.forums.models import Descent, Point, StrategicIssue, Theme
from sinergi.forums.queries.forums import forums
from sinergi.forums.queries.lineage import CHUNK, Node, lineage_from

ISSUE, THEME, POINT = (str(kind) for kind in Descent.Kind.values)
MODELS: dict[str, Any] = {ISSUE: StrategicIssue, THEME: Theme, POINT: Point}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that something came from, or that was made of it.

    Attributes
    ----------
    row
        The issue, theme or point, with its forum.
    url
        Its page.
    """

    kind: str
    row: Any
    url: str


@dataclass(frozen=True, slots=True)
class Family:
    """What something came from and what was made of it, the nearest first.

    Attributes
    ----------
    hidden
        How many steps the reader may not read.
    """

    earlier: tuple[Step, ...] = ()
    later: tuple[Step, ...] = ()
    hidden: int = 0

    @property
    def points(self) -> tuple[Step, ...]:
        """The agreed points that were made of it."""
        return tuple(step for step in self.later if step.kind == POINT)

    @property
    def in_use(self) -> tuple[Step, ...]:
        """The themes made of it that are in use: where one that was merged or split lives on."""
        return tuple(s for s in self.later if s.kind == THEME and s.row.retired_at is None)


def family(principal: Principal, node: Node) -> Family:
    """Return what a node came from and became, as far as somebody may read it; a few queries a step."""
    graph = lineage_from([node])
    up, down = graph.ancestors(node), graph.descendants(node)
    there = _steps(principal, {*up, *down})
    return Family(
        tuple(there[one] for one in up if one in there),
        tuple(there[one] for one in down if one in there),
        sum(one not in there for one in {*up, *down}),
    )


def _steps(principal: Principal, nodes: Iterable[Node]) -> dict[Node, Step]:
    wanted = sorted(nodes)
    if not wanted:
        return {}
    readable = set(forums(principal).order_by().values_list("pk", flat=True))
    found: dict[Node, Step] = {}
    for kind in MODELS:
        numbers = [one.number for one in wanted if one.kind == kind]
        for row in _rows(kind, numbers):
            if row.forum_id in readable and _seen(principal, row):
                found[Node(kind, row.pk)] = Step(kind, row, _url(kind, row))
    return found


def _rows(kind: str, numbers: list[int]) -> Iterable[Any]:
    related = ("forum", "raised_by") if kind == ISSUE else ("forum",)
    for begin in range(0, len(numbers), CHUNK):
        part = numbers[begin : begin + CHUNK]
        yield from MODELS[kind].objects.filter(pk__in=part).select_related(*related)


def _seen(principal: Principal, row: Any) -> bool:
    if isinstance(row, StrategicIssue):
        return permissions.reads_issue(principal, row)
    return not (isinstance(row, Point) and row.struck_at is not None)


def _url(kind: str, row: Any) -> str:
    return reverse(f"forums:{kind}", args=[row.forum_id, row.pk])
