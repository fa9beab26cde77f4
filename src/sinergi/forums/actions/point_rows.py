"""A point as it is written down: its values checked, its row, its addressees, what it is made of."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, printable
from sinergi.forums import errors
from sinergi.forums.actions.descent import descend
from sinergi.forums.actions.point_meaning import meant_faults, meant_of, write_meant
from sinergi.forums.actions.rows import refuse, tell
from sinergi.forums.codes import unknown_codes
from sinergi.forums.details import PointDetails, plain, point_faults, too_early
from sinergi.forums.fates import USUAL_REVIEW
from sinergi.forums.models import Addressee, Descent, Forum, Point
from sinergi.forums.queries.lineage import Node

MOST_POINTS = 400


def held_point(forum: Forum, point_id: int) -> Point:
    """Return a point of a forum that was not struck, and hold it.

    Raises
    ------
    NotFoundError
    """
    rows = Point.objects.select_for_update(of=("self",)).select_related("forum")
    point = rows.filter(forum=forum, pk=point_id, struck_at=None).first()
    if point is None:
        raise errors.not_found(_("The point"))
    return point


def clean_point(details: PointDetails, forum: Forum, *, but: Point | None = None) -> PointDetails:
    """Return details fit to be kept as a point of a forum, other than the point `but`.

    Raises
    ------
    InvalidError
    """
    names = tuple(dict.fromkeys(printable(name) for name in details.addressees if name.strip()))
    owner = printable(details.owner_name)
    pairs = {(printable(name), code) for name, code in details.meant if code}
    meant = tuple(sorted(pair for pair in pairs if pair[0] in {*names, owner}))
    details = cleaned(details, addressees=names, meant=meant)
    last = forum.ends or forum.begins
    faults = too_early(details, last, but=but) | point_faults(details)
    faults |= unknown_codes(objects_named=details.objects_named, affair=[details.affair])
    for name, told in meant_faults(meant, was=() if but is None else meant_of(but)).items():
        faults.setdefault("addressees" if name in names else "owner_name", told)
    same = forum.points.filter(number=details.number, struck_at=None)
    others = same if but is None else same.exclude(pk=but.pk)
    if "number" not in faults and others.exists():
        told = _("There is a point %(number)s already.") % {"number": details.number}
        faults["number"] = told
    refuse(faults)
    return details


def write_point(point: Point, details: PointDetails) -> None:
    """Give a point its values; of the names those mean an organisation of which `details` say so."""
    for field in fields(PointDetails):
        if field.name not in ("addressees", "meant"):
            setattr(point, field.name, getattr(details, field.name))
    point.objects_named = list(details.objects_named)
    point.save()
    point.addressees.exclude(name__in=details.addressees).delete()
    there = set(point.addressees.values_list("name", flat=True))
    Addressee.objects.bulk_create(
        Addressee(point=point, name=name) for name in details.addressees if name not in there
    )
    write_meant(point, dict(details.meant))
    point.save(update_fields=["owner"])


def first_day(forum: Forum) -> date:
    """Return the day on which a new point of a forum was touched first: of the meeting, but never to come."""
    today = timezone.localdate()
    return min(forum.ends or forum.begins or today, today)


def with_review(details: PointDetails, forum: Forum) -> PointDetails:
    """Return details of a new point with a day of review; what is known from publications keeps none."""
    if details.review is not None or details.source:
        return details
    return replace(details, review=first_review(forum))


def first_review(forum: Forum) -> date:
    """Return when a new point of a forum is looked at first: some time after its last day."""
    return (forum.ends or forum.begins or timezone.localdate()) + USUAL_REVIEW


def record_point(
    by: Principal, forum: Forum, details: PointDetails, origin: Sequence[Node]
) -> Point:
    """Write a point of a forum that is held, with what it was made of, and its audit record.

    Raises
    ------
    InvalidError, ForumError
    """
    details = with_review(clean_point(details, forum), forum)
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
