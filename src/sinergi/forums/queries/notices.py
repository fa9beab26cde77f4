"""Reads of what somebody is told: points that wait for news, and news of points of the own issues."""

from datetime import date, datetime

from django.db.models import Q

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums.models import Descent, FollowUp, NoticeChoice, Point, StrategicIssue
from sinergi.forums.queries.forums import forums
from sinergi.forums.queries.lineage import Node, lineage_from
from sinergi.forums.queries.points import Shown, is_overdue, is_untouched, shown, with_names
from sinergi.forums.stages import Deed, when

MOST = 100
"""Points, and news, that are told at once."""
POINT, ISSUE = Descent.Kind.POINT.value, Descent.Kind.ISSUE.value


def waiting(by: Principal, today: date) -> list[Shown]:
    """Return points untouched since their review, or overdue, that somebody sees to; two queries.

    These are coordinators and approvers of the owner of a point and of the secretariat of its forum.
    """
    mine = by.organisations(Right.REMOVE)
    stages = [one.value for one in when(Deed.FOLLOW_UP)]
    readable = forums(by).filter(stage__in=stages).select_related(None).order_by().values("pk")
    rows = Point.objects.filter(struck_at=None, forum__in=readable)
    rows = rows.filter(Q(owner__in=mine) | Q(forum__organisation__in=mine))
    rows = rows.filter(is_untouched(today) | is_overdue(today)).select_related("forum")
    return shown(
        with_names(rows).select_related("owner", "forum").order_by("review", "pk")[:MOST], today
    )


def moved(by: Principal, since: datetime) -> list[FollowUp]:
    """Return news, the latest first, of points that came from an issue of one of somebody's organisations.

    What these organisations told themselves is left out.
    """
    mine = by.organisations(Right.READ)
    readable = forums(by).select_related(None).order_by().values("pk")
    rows = FollowUp.objects.filter(created__gte=since, point__struck_at=None)
    rows = rows.filter(point__forum__in=readable).exclude(told_by__in=mine)
    news = list(rows.select_related("point__forum", "told_by").order_by("-created", "-pk"))
    graph = lineage_from({Node(POINT, one.point_id) for one in news})
    issues = {
        number: [up.number for up in graph.ancestors(Node(POINT, number)) if up.kind == ISSUE]
        for number in {one.point_id for one in news}
    }
    own = set(
        StrategicIssue.objects.filter(
            pk__in={one for line in issues.values() for one in line}, raised_by__in=mine
        ).values_list("pk", flat=True)
    )
    return [one for one in news if own.intersection(issues[one.point_id])][:MOST]


def wants_digest(person_id: int) -> bool:
    """Whether somebody gets the digest: unless the person chose not to."""
    return not NoticeChoice.objects.filter(person=person_id, digest=False).exists()
