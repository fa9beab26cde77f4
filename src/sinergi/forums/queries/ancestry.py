"""Where a point comes from and where it went, as trees that tell no more than their reader may know."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.forums import permissions
from sinergi.forums.models import Descent, Forum, Point, StrategicIssue, Theme
from sinergi.forums.queries.lineage import Node, lineage_from
from sinergi.reference import queries as reference

ISSUE, THEME, POINT = (str(kind) for kind in Descent.Kind.values)
Relatives = Callable[[Node], Iterable[Node]]


class State(StrEnum):
    """What is told of something besides its content."""

    THERE = "there"
    HIDDEN = "hidden"
    """The reader may not see it: nothing of its content is told, and nothing of what lies behind it."""
    PUT_AWAY = "put_away"
    """Its forum was put away; it lives on here."""
    STRUCK = "struck"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Relative:
    """Something that a point came from or that was made of it.

    Attributes
    ----------
    kind
        `Descent.Kind`.
    raised_by, regions
        Of an issue: the organisation, and the names of the regions it is about.
    point
        Of a point that may be seen, for its status.
    url
        Its page; empty where it has none any more.
    relatives
        The next step in the same direction.
    """

    kind: str
    state: State
    title: str = ""
    text: str = ""
    asked_for: str = ""
    raised_by: str = ""
    regions: tuple[str, ...] = ()
    forum: Forum | None = None
    point: Point | None = None
    url: str = ""
    relatives: tuple["Relative", ...] = ()


@dataclass(frozen=True, slots=True)
class Ancestry:
    """Both directions of a point.

    Attributes
    ----------
    earlier
        Themes, issues and points of lower forums.
    later
        Points of higher forums.
    """

    earlier: tuple[Relative, ...]
    later: tuple[Relative, ...]


def ancestry(by: Principal, point: Point) -> Ancestry:
    """Return where a point comes from and where it went; a few queries for each step, however wide it is."""
    start = Node(POINT, point.pk)
    graph = lineage_from([start])
    nodes = {start, *graph.ancestors(start), *graph.descendants(start)}
    told = _told(by, nodes)
    return Ancestry(
        _relatives(start, lambda one: _nearest(graph.parents(one), one), told),
        _relatives(start, graph.children, told),
    )


def _nearest(parents: Iterable[Node], of: Node) -> list[Node]:
    """Return parents without the themes that a theme was merged from: each of its issues leads to it."""
    return [one for one in parents if not (one.kind == THEME and of.kind == THEME)]


def _relatives(start: Node, step: Relatives, told: Mapping[Node, Relative]) -> tuple[Relative, ...]:
    """Return the tree behind something; what was met already is told again without what lies behind it."""
    seen: set[Node] = set()

    def tree(node: Node) -> Relative:
        here = told[node]
        if node in seen or here.state is State.HIDDEN:
            return here
        seen.add(node)
        return _with(here, tuple(tree(one) for one in sorted(step(node))))

    return tuple(tree(one) for one in sorted(step(start)))


def _with(here: Relative, relatives: tuple[Relative, ...]) -> Relative:
    values = {name: getattr(here, name) for name in Relative.__slots__}
    return Relative(**{**values, "relatives": relatives})


def raising_regions(earlier: Iterable[Relative]) -> dict[str, None]:
    """Return the names of the organisations that raised what a point comes from, each once, in order."""
    found: dict[str, None] = {}
    for one in earlier:
        if one.raised_by:
            found[one.raised_by] = None
        found |= raising_regions(one.relatives)
    return found


def region_codes(by: Principal, point: Point) -> tuple[str, ...]:
    """Return the codes of the regions that raised what a point comes from, as far as somebody may see them.

    They are the regions that an issue names, or that of the organisation where it names none.
    """
    start = Node(POINT, point.pk)
    graph = lineage_from([start])
    seen = [one for one, told in _told(by, set(graph.ancestors(start))).items() if told.title]
    found: dict[str, None] = {}
    for issue in _issues(seen).values():
        own = issue.raised_by.region_code if issue.raised_by else ""
        found |= dict.fromkeys(issue.regions or ([own] if own else []))
    return tuple(found)


def _told(by: Principal, nodes: Iterable[Node]) -> dict[Node, Relative]:
    """Return what may be told of each; hidden where it may not be seen, or is not there at all."""
    wanted = list(nodes)
    issues = _issues(wanted)
    themes = Theme.objects.in_bulk(_numbers(THEME, wanted))
    points = Point.objects.in_bulk(_numbers(POINT, wanted))
    rows: Iterable[Any] = chain(issues.values(), themes.values(), points.values())
    readable = Forum.objects.filter(pk__in={row.forum_id for row in rows}).readable_by(by).in_bulk()
    names = {one.code: one.name for one in reference.pack().regions} if issues else {}
    found = {node: Relative(node.kind, State.HIDDEN) for node in wanted}
    for number, issue in issues.items():
        forum = readable.get(issue.forum_id)
        if forum is not None and permissions.reads_issue(by, issue):
            found[Node(ISSUE, number)] = _issue(issue, forum, names)
    for number, theme in themes.items():
        if (forum := readable.get(theme.forum_id)) is not None:
            here = Relative(THEME, _state(forum), theme.title, theme.text, forum=forum)
            found[Node(THEME, number)] = here
    for number, point in points.items():
        if (forum := readable.get(point.forum_id)) is not None:
            found[Node(POINT, number)] = _point(point, forum)
    return found


def _issues(nodes: Iterable[Node]) -> dict[int, StrategicIssue]:
    found: dict[int, StrategicIssue] = StrategicIssue.objects.select_related("raised_by").in_bulk(
        _numbers(ISSUE, nodes)
    )
    return found


def _numbers(kind: str, nodes: Iterable[Node]) -> list[int]:
    return [one.number for one in nodes if one.kind == kind]


def _state(forum: Forum) -> State:
    return State.THERE if forum.deleted_at is None else State.PUT_AWAY


def _issue(issue: StrategicIssue, forum: Forum, names: Mapping[str, str]) -> Relative:
    state = _state(forum)
    if issue.withdrawn_at is not None and state is State.THERE:
        state = State.WITHDRAWN
    return Relative(
        ISSUE,
        state,
        issue.title,
        issue.text,
        issue.asked_for,
        issue.raised_by.name if issue.raised_by else "",
        tuple(names.get(code, code) for code in issue.regions),
        forum,
    )


def _point(point: Point, forum: Forum) -> Relative:
    state = _state(forum)
    if point.struck_at is not None:
        state = State.STRUCK
    url = point.get_absolute_url() if state is State.THERE else ""
    title = f"{point.number}. {point.title}"
    return Relative(POINT, state, title, point.text, forum=forum, point=point, url=url)
