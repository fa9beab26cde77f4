"""Points that are forwarded: those that may be, and that one of them was sent."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.forums import errors
from sinergi.forums.actions.news import teller
from sinergi.forums.actions.rows import in_time, refuse
from sinergi.forums.details.values import day_fault
from sinergi.forums.fates import Fate
from sinergi.forums.models import FollowUp, Forum, Point
from sinergi.forums.permissions import prepares
from sinergi.forums.stages import Deed


def sent_day(day: date | None) -> date:
    """Return the day on which points are sent: today, unless another is given.

    Raises
    ------
    InvalidError
        When it is still to come, or in no sensible year.
    """
    today = timezone.localdate()
    faults: dict[str, str] = {}
    if day is not None and day > today:
        faults["sent"] = _("This day has not come yet.")
    day_fault(faults, "sent", day)
    refuse(faults)
    return day or today


def send(by: Principal, point: Point, target: Forum, day: date) -> bool:
    """Say of a point that was only agreed that it was sent; return whether it was.

    Only by those who prepare its forum, too: that a higher forum took it up is no news that its own
    secretariat told. That one finds it among what waits, and confirms it.
    """
    if Fate(point.fate) is not Fate.AGREED or not prepares(by, point.forum):
        return False
    FollowUp.objects.create(
        point=point,
        fate=Fate.SENT.value,
        day=day,
        text=target.title,
        told_by_id=teller(by, point),
    )
    point.fate, point.touched = Point.Fates.SENT, max(point.touched, day)
    point.revision += 1
    point.save()
    return True


def forwarded(by: Principal, numbers: Sequence[int]) -> list[Point]:
    """Return points that somebody may read and that are forwarded.

    Raises
    ------
    NotFoundError, StageError
    InvalidError
        When there are none.
    """
    if not numbers:
        raise InvalidError({"points": _("Choose at least one point.")})
    rows = Point.objects.select_for_update(of=("self",)).filter(
        pk__in=numbers, struck_at=None, forum__deleted_at=None
    )
    found = list(rows.select_related("forum__organisation").order_by("pk"))
    readable = {f.pk: rules.may(by, rules.OBJECT_READ, f) for f in {p.forum for p in found}}
    if len(found) != len(numbers) or not all(readable[one.forum_id] for one in found):
        raise errors.not_found(_("One of the points"))
    for one in found:
        in_time(one.forum, Deed.FORWARD)
    return found
