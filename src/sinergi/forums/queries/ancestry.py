"""Where a point comes from and where it went, as trees that tell no more than their reader may know."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from django.urls import reverse

from sinergi.accounts.models.owned import Share, reaching
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
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
    """Its forum was put away; it lives on here for those who read it otherwise than because it was public."""
    GONE = "gone"
    """Its forum was public and was put away: strangers are told that, and nothing of its content."""
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
        if node in seen or here.state in {State.HIDDEN, State.GONE}:
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


def proposers_seen(by: Principal, points: Iterable[Point]) -> dict[int, list[str]]:
    """Return point number to the organisations that raised what it comes from, as far as somebody may see."""
    starts = {Node(POINT, one.pk) for one in points}
    graph = lineage_from(starts)
    told = _told(by, starts.union(*map(graph.ancestors, starts)))

    def earlier(node: Node) -> list[Node]:
        return _nearest(graph.parents(node), node)

    return {one.number: sorted(raising_regions(_relatives(one, earlier, told))) for one in starts}


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
    themes = Theme.objects.select_related("forum").in_bulk(_numbers(THEME, wanted))
    points = Point.objects.select_related("forum").in_bulk(_numbers(POINT, wanted))
    rows: Iterable[Any] = chain(issues.values(), themes.values(), points.values())
    seen = Forum.objects.filter(pk__in={row.forum_id for row in rows}).readable_by(by).in_bulk()
    readable = _still_readable(by, seen)
    names = {one.code: one.name for one in reference.pack().regions} if issues else {}
    found = {node: Relative(node.kind, State.HIDDEN) for node in wanted}
    for number, issue in issues.items():
        forum = readable.get(issue.forum_id)
        if forum is not None and permissions.reads_issue(by, issue):
            found[Node(ISSUE, number)] = _issue(issue, forum, names)
    for number, theme in themes.items():
        if (forum := readable.get(theme.forum_id)) is not None:
            url = _address(THEME, theme)
            here = Relative(THEME, _state(forum), theme.title, theme.text, forum=forum, url=url)
            found[Node(THEME, number)] = here
    for number, point in points.items():
        named = point.forum.deleted_at is None and permissions.reads_point(by, point)
        if point.forum_id in readable or named:
            found[Node(POINT, number)] = _point(point, point.forum)
    away = seen.keys() - readable.keys()
    return found | _gone({ISSUE: issues, THEME: themes, POINT: points}, away)


def _gone(rows: Mapping[str, Mapping[int, Any]], away: Set[int]) -> dict[Node, Relative]:
    """Return what is told of the things of forums that were put away."""
    return {
        Node(kind, number): Relative(kind, State.GONE)
        for kind, some in rows.items()
        for number, row in some.items()
        if row.forum_id in away
    }


def _still_readable(by: Principal, seen: Mapping[int, Forum]) -> dict[int, Forum]:
    """Return forums without those put away that somebody reads only because they were public."""
    away = [number for number, forum in seen.items() if forum.deleted_at is not None]
    if not away or by.operator:
        return dict(seen)
    shares = Share.objects.filter(reaching(by, Right.READ), kind=Forum.KIND, object_id__in=away)
    own = {number for number in away if by.has(Right.READ, seen[number].organisation_id)}
    kept = own | {int(one) for one in shares.values_list("object_id", flat=True)}
    return {
        number: forum
        for number, forum in seen.items()
        if forum.deleted_at is None or number in kept
    }


def _issues(nodes: Iterable[Node]) -> dict[int, StrategicIssue]:
    found: dict[int, StrategicIssue] = StrategicIssue.objects.select_related(
        "raised_by", "forum"
    ).in_bulk(_numbers(ISSUE, nodes))
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
        url=_address(ISSUE, issue),
    )


def _address(kind: str, row: Any) -> str:
    """Return where the page of an issue or a theme is; empty once its forum was put away."""
    there = row.forum.deleted_at is None
    return reverse(f"forums:{kind}", args=[row.forum_id, row.pk]) if there else ""


def _point(point: Point, forum: Forum) -> Relative:
    state = _state(forum)
    if point.struck_at is not None:
        state = State.STRUCK
    url = point.get_absolute_url() if state is State.THERE else ""
    title = f"{point.number}. {point.title}"
    return Relative(POINT, state, title, point.text, forum=forum, point=point, url=url)
