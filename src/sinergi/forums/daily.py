"""What forums do once a day: one letter to each person for whom points are new, wait, or have moved."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.letters import send
from sinergi.accounts.models import Assignment, Person
from sinergi.accounts.principal import principal_for
from sinergi.accounts.tasks import daily, first_time
from sinergi.accounts.vocabulary import Channel
from sinergi.forums.calling import link_to
from sinergi.forums.models import FollowUp, NoticeChoice, Point
from sinergi.forums.queries.notices import UNRECEIVED, against, moved, unreceived, waiting
from sinergi.forums.queries.points import Shown, is_overdue, is_untouched
from sinergi.reference.moments import day as written_day

BACK = timedelta(days=3)
"""How old news may be: a worker that stood still for some days tells it all the same, and each only once."""
TEMPLATE = "forums/mail/digest"


@dataclass(frozen=True, slots=True)
class Line:
    """What a letter says of one point."""

    title: str
    forum: str
    what: str
    link: str


@daily("forums.digest")
def digest(day: date) -> None:
    """Send each person one letter of what is new since the last; a second run of the day sends nothing."""
    since = timezone.make_aware(datetime.combine(day, time.min)) - BACK
    alone = is_untouched(day) | is_overdue(day)
    points = Point.objects.filter(struck_at=None, forum__deleted_at=None)
    fresh = points.filter(fate__in=UNRECEIVED, addressees__organisation__isnull=False)
    news = FollowUp.objects.filter(created__gte=since)
    if not any(rows.exists() for rows in (points.filter(alone), fresh, news)):
        return
    for person in _people():
        _tell(person, day, since)


def _people() -> list[Person]:
    """Return those who hold a role anywhere and did not choose against the digest."""
    held = Assignment.objects.filter(ended_at=None, organisation__deleted_at=None)
    rows = Person.objects.filter(is_active=True, erased_at=None, pk__in=held.values("person"))
    return list(rows.exclude(pk__in=against(NoticeChoice.Kind.DIGEST)).order_by("pk"))


@transaction.atomic
def _tell(person: Person, day: date, since: datetime) -> None:
    """Write the letter to a person, unless there is nothing new; marks and letter are kept together.

    What belongs to organisations that require a second factor is not sent: a letter asks for none.
    """
    by = principal_for(person, Channel.WORKER)
    who, week = f"forums.digest:{person.pk}", f"{day:%G-W%V}"
    wait = [one for one in waiting(by, day) if first_time(f"{who}:point:{one.point.pk}:{week}")]
    news = [one for one in moved(by, since) if first_time(f"{who}:news:{one.pk}")]
    mine = [one for one in unreceived(by, day) if first_time(f"{who}:addressed:{one.point.pk}")]
    if not wait and not news and not mine:
        return
    with translation.override(person.language):
        context: dict[str, Any] = {
            "addressed": [_plain(_named(one)) for one in mine],
            "waiting": [_plain(_waits(one)) for one in wait],
            "news": [_plain(_moved(one)) for one in news],
            "board": link_to(reverse("forums:board")),
            "choice": link_to(reverse("forums:notices")),
        }
    try:
        send(person, person.language, TEMPLATE, context)
    except InvalidError:
        return


def _plain(line: Line) -> dict[str, str]:
    return {name: getattr(line, name) for name in Line.__slots__}


def _named(one: Shown) -> Line:
    point = one.point
    told = _("addressed to %(names)s")
    names = "; ".join(name.written for name in one.addressees)
    link = link_to(point.get_absolute_url())
    title = f"{point.number}. {point.title}"
    return Line(title, point.forum.title, told % {"names": names}, link)


def _waits(one: Shown) -> Line:
    point, told = one.point, []
    if one.marks.untouched:
        told.append(_("without news since %(day)s") % {"day": written_day(point.touched)})
    if one.marks.overdue:
        told.append(_("was due on %(day)s") % {"day": written_day(point.due)})
    link = link_to(point.get_absolute_url())
    return Line(f"{point.number}. {point.title}", point.forum.title, "; ".join(told), link)


def _moved(news: FollowUp) -> Line:
    point = news.point
    told = f"{news.get_fate_display()}, {written_day(news.day)}"
    link = link_to(point.get_absolute_url())
    return Line(f"{point.number}. {point.title}", point.forum.title, told, link)
