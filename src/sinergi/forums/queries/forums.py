"""Reads of forums: those that somebody may read, one of them, the delegations for which somebody speaks."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums import errors
from sinergi.forums.models import Delegation, Forum, Point, StrategicIssue
from sinergi.forums.permissions import speaks_for


def forums(by: Principal) -> QuerySet[Forum]:
    """Return the forums that somebody may read, the latest first; one query."""
    rows = Forum.objects.filter(deleted_at=None).readable_by(by)
    return rows.select_related("organisation")


def with_counts(rows: QuerySet[Forum]) -> QuerySet[Forum]:
    """Add how many delegations, issues and points each forum has: `invited`, `raised`, `agreed`.

    Each is counted by itself: to join them would make as many rows as their product.
    """
    submitted = StrategicIssue.objects.filter(submitted_at__isnull=False, withdrawn_at=None)
    return rows.annotate(
        invited=_count(Delegation.objects.filter(left_at=None)),
        raised=_count(submitted),
        agreed=_count(Point.objects.filter(struck_at=None)),
    )


def _count(parts: QuerySet[Any]) -> Coalesce:
    """Return how many of some rows a forum has."""
    of_forum = parts.filter(forum=OuterRef("pk")).order_by().values("forum")
    return Coalesce(Subquery(of_forum.annotate(count=Count("pk")).values("count")), 0)


def forums_put_away(by: Principal) -> QuerySet[Forum]:
    """Return the forums that were put away and that somebody may restore."""
    rows = Forum.objects.exclude(deleted_at=None).select_related("organisation")
    return rows if by.operator else rows.filter(organisation__in=by.organisations(Right.REMOVE))


def get_forum(by: Principal, forum_id: int) -> Forum:
    """Return one forum.

    Raises
    ------
    NotFoundError
        When it is not there, was put away, or may not be seen.
    """
    forum: Forum | None = (
        Forum.objects.filter(pk=forum_id, deleted_at=None).select_related("organisation").first()
    )
    if forum is None or not rules.may(by, rules.OBJECT_READ, forum):
        raise errors.not_found(_("The forum"))
    return forum


def my_delegations(by: Principal, forum: Forum) -> list[Delegation]:
    """Return the delegations of a forum for which somebody speaks, by name; one query."""
    rows = forum.delegations.filter(left_at=None).select_related("organisation")
    return [row for row in rows if speaks_for(by, row)]


def issues_for(by: Principal, forum: Forum) -> QuerySet[StrategicIssue]:
    """Return the issues of a forum that a reader of it may read: submitted ones, and drafts of his own.

    What was withdrawn is left out.
    """
    rows = forum.issues.filter(withdrawn_at=None).select_related("raised_by")
    if by.operator:
        return rows
    own = Q(raised_by__in=by.organisations(Right.READ))
    return rows.filter(Q(submitted_at__isnull=False) | own)
