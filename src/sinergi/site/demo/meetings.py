"""The five founding meetings of the demo, as far as publications tell of them; made by the usual actions."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from sinergi.accounts.actions import sharing
from sinergi.accounts.models import Organisation, Visibility
from sinergi.accounts.principal import Principal
from sinergi.forums.actions import agenda, issues, meetings, news, points
from sinergi.forums.details import (
    AgendaDetails,
    ForumDetails,
    IssueDetails,
    NewsDetails,
    PointDetails,
)
from sinergi.forums.models import Forum
from sinergi.forums.stages import Stage

FACTS = Path(__file__).with_name("meetings.toml")
WRITTEN = ("title", "type", "theme", "purpose", "host", "place", "region_code", "begins", "ends")
"""What is written of a meeting, in `FACTS` as in `ForumDetails`."""


@cache
def facts() -> tuple[dict[str, Any], ...]:
    """Return the meetings as `meetings.toml` tells them; not to be changed."""
    return tuple(tomllib.loads(FACTS.read_text(encoding="utf-8"))["forum"])


def ensure_meetings(by: Principal) -> int:
    """Enter the founding meetings that are missing, and return how many.

    One that was put away by somebody does not come back, and what people changed stays changed.
    """
    conveners = Organisation.objects.filter(code__in={one["convener"] for one in facts()})
    owners = {one.code: one for one in conveners}
    there = set(
        Forum.objects.filter(organisation__in=owners.values()).values_list(
            "organisation__code", "title"
        )
    )
    missing = [one for one in facts() if (one["convener"], one["title"]) not in there]
    for one in missing:
        _enter(by, owners[one["convener"]], one)
    return len(missing)


@transaction.atomic
def _enter(by: Principal, owner: Organisation, told: dict[str, Any]) -> None:
    """Enter a meeting that is over: what it was, what was raised and agreed, what became of it."""
    written = {name: told[name] for name in WRITTEN}
    details = ForumDetails(**written, source=told["source"])
    forum = meetings.announce(by, owner, details)
    for item in told.get("agenda", ()):
        agenda.add_agenda_item(by, forum.pk, AgendaDetails(**item))
    raised = {one.get("key", one["title"]): _issue(by, forum, one) for one in told.get("issue", ())}
    meetings.enter_past(by, forum.pk, Stage.FOLLOWING_UP, told["source"])
    for number, point in enumerate(told.get("point", ()), start=1):
        origin = points.Origin(issues=tuple(raised[key] for key in point.get("issues", ())))
        _point(by, forum, number, point, origin)
    if "points_told" in told:
        news.say_how_many(by, forum.pk, told["points_told"])
    for row in forum.points.all() if "news" in told else ():
        news.report(by, forum.pk, row.pk, NewsDetails(**told["news"]))
    forum.refresh_from_db()
    sharing.set_visibility(by, forum, Visibility.PUBLIC, reason=told["source"])


def _issue(by: Principal, forum: Forum, told: dict[str, Any]) -> int:
    """Enter an issue; without `by` the sources do not say who raised it."""
    raised_by = told.get("by")
    organisation = Organisation.objects.get(code=raised_by).pk if raised_by else None
    details = IssueDetails(
        told["title"],
        told["text"],
        affair=told.get("affair", ""),
        regions=tuple(told.get("regions", ())),
        objects_named=tuple(told.get("objects", ())),
        source=told.get("source", forum.source),
    )
    return issues.enter_issue(by, forum.pk, details, organisation=organisation).pk


def _point(
    by: Principal, forum: Forum, number: int, told: dict[str, Any], origin: points.Origin
) -> None:
    details = PointDetails(
        number, told["title"], told["type"], text=told["text"], source=forum.source
    )
    points.enter_point(by, forum.pk, details, origin)
