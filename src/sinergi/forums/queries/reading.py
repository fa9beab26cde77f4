"""Which points somebody may read: with their forums, or because they concern an organisation of his."""

from typing import Any

from django.db.models import Q, QuerySet

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums import permissions
from sinergi.forums.models import Addressee, Point
from sinergi.forums.queries.forums import forums


def readable(by: Principal) -> QuerySet[Point]:
    """Return the points that somebody may read, in no order: with their forum, or because they concern him.

    `permissions.reads_point` says the same of one. Struck points and those of forums put away are left out.
    """
    rows = Point.objects.filter(struck_at=None).order_by()
    if by.operator:
        return rows.filter(forum__deleted_at=None)
    return rows.filter(Q(forum__in=_numbers(forums(by))) | Q(pk__in=_numbers(concerning(by))))


def concerning(by: Principal) -> QuerySet[Point]:
    """Return the sealed points that are addressed to, or owned by, organisations of somebody; in no order."""
    mine = by.organisations(Right.READ)
    rows = Point.objects.filter(
        struck_at=None, forum__deleted_at=None, forum__stage__in=permissions.SEALED
    ).order_by()
    if not mine:
        return rows.none()
    addressed = Addressee.objects.filter(organisation__in=mine).order_by().values("point")
    return rows.filter(Q(owner__in=mine) | Q(pk__in=addressed))


def _numbers(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.select_related(None).order_by().values("pk")


def concerned(by: Principal, point: Point) -> list[str]:
    """Return the names of somebody's organisations that a point is addressed to, or that own it."""
    mine = set(by.organisations(Right.READ))
    named = [point.owner, *(row.organisation for row in point.addressees.all())]
    return sorted({one.name for one in named if one is not None and one.pk in mine})
