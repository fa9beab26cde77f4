"""A point as it is written down: its values checked, its row, its addressees, what it is made of."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, printable
from sinergi.forums.actions.descent import descend
from sinergi.forums.actions.rows import refuse, tell
from sinergi.forums.codes import unknown_codes
from sinergi.forums.details import PointDetails, plain, point_faults
from sinergi.forums.models import Addressee, Descent, Forum, Point
from sinergi.forums.queries.lineage import Node

MOST_POINTS = 400


def clean_point(details: PointDetails, forum: Forum, *, but: int | None = None) -> PointDetails:
    """Return details fit to be kept as a point of a forum, other than the point `but`.

    Raises
    ------
    InvalidError
    """
    names = dict.fromkeys(printable(name) for name in details.addressees if name.strip())
    details = cleaned(details, addressees=tuple(names))
    faults = point_faults(details)
    faults |= unknown_codes(objects_named=details.objects_named, affair=[details.affair])
    same = forum.points.filter(number=details.number, struck_at=None)
    others = same if but is None else same.exclude(pk=but)
    if "number" not in faults and others.exists():
        told = _("There is a point %(number)s already.") % {"number": details.number}
        faults["number"] = told
    refuse(faults)
    return details


def _organisation(name: str) -> Organisation | None:
    """Return the live organisation of exactly this name."""
    return Organisation.objects.filter(name=name, deleted_at=None).first() if name else None


def write_point(point: Point, details: PointDetails) -> None:
    """Give a point its values, with the organisations here whose names stand in them."""
    for field in fields(PointDetails):
        if field.name != "addressees":
            setattr(point, field.name, getattr(details, field.name))
    point.objects_named = list(details.objects_named)
    point.owner = _organisation(details.owner_name)
    point.save()
    point.addressees.exclude(name__in=details.addressees).delete()
    there = set(point.addressees.values_list("name", flat=True))
    Addressee.objects.bulk_create(
        Addressee(point=point, name=name, organisation=_organisation(name))
        for name in details.addressees
        if name not in there
    )


def first_day(forum: Forum) -> date:
    """Return the day on which a new point of a forum was touched first: of the meeting, but never to come."""
    today = timezone.localdate()
    return min(forum.ends or forum.begins or today, today)


def record_point(
    by: Principal, forum: Forum, details: PointDetails, origin: Sequence[Node]
) -> Point:
    """Write a point of a forum that is held, with what it was made of, and its audit record.

    Raises
    ------
    InvalidError, ForumError
    """
    details = clean_point(details, forum)
    if forum.points.count() >= MOST_POINTS:
        told = _("A forum has at most %(most)s points.") % {"most": MOST_POINTS}
        raise InvalidError({"number": told})
    point = Point(forum=forum, touched=first_day(forum))
    write_point(point, details)
    descend(list(origin), Node(Descent.Kind.POINT, point.pk))
    made_of = {
        f"{kind}s": [one.number for one in origin if one.kind == kind]
        for kind in ("theme", "issue")
    }
    tell(by, Verb.POINT_AGREED, forum, f"point:{point.pk}", after={**plain(details), **made_of})
    return point
