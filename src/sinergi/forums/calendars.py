"""The calendar file of a meeting (iCalendar, RFC 5545): its days, and what on its agenda has a time."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Calendar, Event

from sinergi.forums.models import AgendaItem, Forum

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Sinergi//Forum//ID"


def calendar_of(forum: Forum, address: str, zone: str) -> bytes | None:
    """Return the calendar file of a forum; `None` while there is no day in it.

    Parameters
    ----------
    address
        Of the page of the forum, absolute; its host makes the marks of the events unlike all others.
    zone
        In which times of the agenda are read, such as `Asia/Jakarta`.

    Notes
    -----
    An event keeps its mark when the meeting is changed, and its `SEQUENCE` grows, so that a calendar that
    loads the file again replaces what it has.
    """
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if forum.begins is not None:
        made.add_component(_meeting(forum, forum.begins, address))
    for item in forum.agenda.exclude(begins=None):
        made.add_component(_item(item, forum, address, ZoneInfo(zone)))
    if not made.events:
        return None
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(forum: Forum, address: str, mark: str) -> Event:
    host = address.split("//", 1)[-1].split("/", 1)[0]
    event = Event()
    event.add("uid", f"{mark}@{host}")
    event.add("dtstamp", timezone.now())
    event.add("last-modified", forum.updated)
    event.add("sequence", forum.revision)
    event.add("url", address)
    return event


def _meeting(forum: Forum, begins: date, address: str) -> Event:
    event = _event(forum, address, f"forum-{forum.pk}")
    event.add("summary", forum.title)
    event.add("dtstart", begins)
    event.add("dtend", (forum.ends or begins) + timedelta(days=1))
    _texts(event, forum.place, "\n\n".join(part for part in (forum.theme, forum.purpose) if part))
    return event


def _item(item: AgendaItem, forum: Forum, address: str, zone: ZoneInfo) -> Event:
    event = _event(forum, address, f"forum-{forum.pk}-{item.pk}")
    event.add("summary", f"{item.title} – {forum.title}")
    event.add("dtstart", datetime.combine(item.day, item.begins or time(), zone))
    if item.ends is not None:
        event.add("dtend", datetime.combine(item.day, item.ends, zone))
    _texts(event, item.place or forum.place, item.note)
    return event


def _texts(event: Event, place: str, told: str) -> None:
    if place:
        event.add("location", place)
    if told:
        event.add("description", told)
