"""What minutes hold of a meeting besides its points: agenda, who came, how it voted, who proposed what."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from sinergi.forums.counting import APPROVALS
from sinergi.forums.models import (
    AgendaItem,
    Ballot,
    Delegation,
    Descent,
    Forum,
    Option,
    Point,
    StrategicIssue,
)
from sinergi.forums.queries.ballots import published_votes
from sinergi.forums.queries.lineage import Node, lineage_from
from sinergi.forums.results import answer_text, places_of, standings_of

ABOUT = ("rights", "votes", "members", "all_weight", "used_weight", "quorum_met", "blank")
ISSUE, THEME, POINT = (str(kind) for kind in Descent.Kind.values)


def agenda_of(forum: Forum) -> list[dict[str, str]]:
    """Return the agenda in the order of the days."""
    return [_item(one) for one in forum.agenda.all()]


def _item(item: AgendaItem) -> dict[str, str]:
    return {
        "day": item.day.isoformat(),
        "begins": f"{item.begins:%H:%M}" if item.begins else "",
        "ends": f"{item.ends:%H:%M}" if item.ends else "",
        "kind": str(item.kind),
        "title": item.title,
        "place": item.place,
    }


def offices_of(here: Iterable[Delegation]) -> list[dict[str, Any]]:
    """Return the delegations that were checked in, each with the offices of those who came, without names."""
    return [
        {
            "name": row.organisation.name,
            "offices": [
                one.office
                for one in row.delegates.all()
                if one.checked_in_at is not None and one.removed_at is None
            ],
        }
        for row in here
    ]


def ballots_of(forum: Forum) -> list[tuple[Ballot, dict[str, Any]]]:
    """Return the closed ballots of a forum in the order in which they were opened, as minutes tell them.

    Of a secret ballot nothing says who voted what, nor who voted; of an open one each vote stands beside
    its delegation.
    """
    rows = forum.ballots.filter(state=Ballot.State.CLOSED).order_by("opened_at", "pk")
    rows = rows.prefetch_related("options")
    return [(row, _ballot(number, row)) for number, row in enumerate(rows, start=1)]


def _ballot(number: int, row: Ballot) -> dict[str, Any]:
    outcome: Mapping[str, Any] = row.outcome or {}
    choice = outcome.get("choice", {})
    return {
        "number": number,
        "question": row.question,
        "method": str(row.method),
        "places": row.places,
        "secret": row.secret,
        "weighted": row.weighted,
        "quorum": row.quorum,
        "quorum_rule": row.quorum_rule,
        "quorum_base": row.quorum_base,
        "closed": timezone.localdate(row.closed_at).isoformat() if row.closed_at else "",
        "counted": None if row.outcome is None else bool(outcome["counted"]),
        **{name: outcome.get(name) for name in ABOUT},
        "remaining": choice.get("remaining", 0),
        "unfilled": choice.get("unfilled", 0),
        "options": _options(row, outcome),
        "cast": [] if row.secret else _cast(row),
    }


def _options(row: Ballot, outcome: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the options, best first where they were counted, with place and outcome."""
    options = {str(one.pk): one for one in row.options.all()}
    places = places_of(outcome) if outcome.get("counted") else {}
    standings = standings_of(outcome) if outcome.get("counted") else {}
    scores = outcome.get("scores") or {}
    return [
        {
            "number": options[item].position,
            "text": options[item].text,
            "place": places.get(item, ""),
            "standing": standings.get(item, ""),
            "score": round(scores[item], 2) if item in scores else None,
        }
        for item in standings or options
        if item in options
    ]


def _cast(row: Ballot) -> list[dict[str, Any]]:
    numbers = {str(one.pk): one.position for one in row.options.all()}
    approvals = row.method in APPROVALS
    return [
        {
            "name": vote.right.delegation.organisation.name if vote.right else "",
            "answer": answer_text(vote.places, numbers, approvals=approvals),
            "weight": vote.weight,
        }
        for vote in published_votes(row)
    ]


def origins_of(
    points: Iterable[Point], ballots: Iterable[tuple[Ballot, dict[str, Any]]]
) -> dict[int, dict[str, Any]]:
    """Return for each point, by its key, who proposed it and which options of which ballots it came from.

    Proposers are the organisations that raised its issues in this forum, and the conveners of the forums
    whose points it was made of; what was withdrawn proposes nothing.
    """
    rows = {Node(POINT, one.pk): one for one in points}
    graph = lineage_from(rows)
    families = {node: graph.ancestors(node) for node in rows}
    all_nodes = {one for family in families.values() for one in family}
    named = _names(all_nodes)
    options = _by_theme(ballots)
    found = {}
    for node, point in rows.items():
        proposing = [one for one in families[node] if _proposes(one, point, named)]
        themes = [one.number for one in families[node] if one.kind == THEME]
        voted = {pair for theme in themes for pair in options.get(theme, ())}
        found[point.pk] = {
            "proposers": sorted({named[one][1] for one in proposing}),
            "ballots": [{"ballot": ballot, "option": option} for ballot, option in sorted(voted)],
        }
    return found


def _proposes(node: Node, point: Point, named: Mapping[Node, tuple[int, str]]) -> bool:
    """Whether something proposed a point: an issue of its forum, a point of another."""
    if node not in named:
        return False
    same = named[node][0] == point.forum_id
    return same if node.kind == ISSUE else not same


def _names(nodes: Iterable[Node]) -> dict[Node, tuple[int, str]]:
    """Return the forum of each issue and point, and the organisation that speaks in it."""
    there = list(nodes)
    issues = StrategicIssue.objects.select_related("raised_by").filter(
        pk__in=[one.number for one in there if one.kind == ISSUE],
        withdrawn_at=None,
        raised_by__isnull=False,
    )
    points = Point.objects.select_related("forum__organisation").filter(
        pk__in=[one.number for one in there if one.kind == POINT]
    )
    found = {
        Node(ISSUE, one.pk): (one.forum_id, one.raised_by.name) for one in issues if one.raised_by
    }
    return found | {
        Node(POINT, one.pk): (one.forum_id, one.forum.organisation.name) for one in points
    }


def _by_theme(
    ballots: Iterable[tuple[Ballot, dict[str, Any]]],
) -> dict[int, list[tuple[int, int]]]:
    """Return the options that are themes: theme to numbers of a ballot and of the option in it."""
    numbers = {row.pk: told["number"] for row, told in ballots}
    options = Option.objects.filter(ballot__in=numbers, theme__isnull=False)
    found: dict[int, list[tuple[int, int]]] = {}
    for theme, ballot, position in options.values_list("theme", "ballot", "position"):
        found.setdefault(theme, []).append((numbers[ballot], position))
    return found
