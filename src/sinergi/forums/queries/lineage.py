"""Reads of what was made of what: the whole family of some things, a step of ancestry at a time."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q

from sinergi.forums.lineage import Lineage
from sinergi.forums.models import Descent, Forum
from sinergi.forums.queries.themes import issues_of_all

ISSUE, THEME = Descent.Kind.ISSUE.value, Descent.Kind.THEME.value
CHUNK = 400
"""Things asked for in one query, so that no database runs out of parameters."""


class Node(NamedTuple):
    """An issue, a theme or a point: `Descent.Kind` and number."""

    kind: str
    number: int


def lineage_from(things: Iterable[Node]) -> Lineage[Node]:
    """Return all that some things came from and all that was made of them; a few queries for each step.

    Themes hold the issues from which an edge leads to them, however they were merged and split.

    Notes
    -----
    Ancestors and descendants are walked apart: siblings, which share an ancestor, are not of the family.
    """
    start = set(things)
    edges = _walk(start, upwards=True) | _walk(start, upwards=False)
    themes = {one for pair in edges for one in pair if one.kind == THEME}
    return Lineage(edges, _holding(themes | {one for one in start if one.kind == THEME}))


def _holding(themes: set[Node]) -> dict[Node, frozenset[Node]]:
    """Return theme to the issues in it; a query for each `CHUNK` of them."""
    found: dict[Node, set[Node]] = {one: set() for one in themes}
    numbers = sorted(one.number for one in themes)
    for begin in range(0, len(numbers), CHUNK):
        inside = issues_of_all(numbers[begin : begin + CHUNK])
        for number, issues in inside.items():
            found[Node(THEME, number)] |= {Node(ISSUE, one) for one in issues}
    return {one: frozenset(issues) for one, issues in found.items()}


def _walk(start: set[Node], *, upwards: bool) -> set[tuple[Node, Node]]:
    seen, waiting = set(start), set(start)
    edges: set[tuple[Node, Node]] = set()
    while waiting:
        found = _edges(sorted(waiting), upwards=upwards)
        edges |= found
        reached = {edge[0] if upwards else edge[1] for edge in found}
        waiting = reached - seen
        seen |= waiting
    return edges


def _edges(things: list[Node], *, upwards: bool) -> set[tuple[Node, Node]]:
    side = "later" if upwards else "earlier"
    found: set[tuple[Node, Node]] = set()
    for kind in Descent.Kind.values:
        numbers = [one.number for one in things if one.kind == kind]
        for begin in range(0, len(numbers), CHUNK):
            part = Q(**{f"{side}_kind": kind, f"{side}__in": numbers[begin : begin + CHUNK]})
            rows = Descent.objects.filter(part).values_list(
                "earlier_kind", "earlier", "later_kind", "later"
            )
            found |= {(Node(a, b), Node(c, d)) for a, b, c, d in rows}
    return found


def leads_on(forum: Forum) -> bool:
    """Whether points of other forums came from points of this one: then it must not be forgotten."""
    points = forum.points.values_list("pk", flat=True)
    return Descent.objects.filter(
        earlier_kind=Descent.Kind.POINT, earlier__in=points, later_kind=Descent.Kind.POINT
    ).exists()
