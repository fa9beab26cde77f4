"""In which zone the clock of a meeting is read: its own, else that of its place, else the usual one here."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import get_language

from sinergi.forums.models import AgendaItem, Forum
from sinergi.reference import queries as reference
from sinergi.reference.moments import CLOCKS


def usual(region_code: str) -> str:
    """Return the zone of a place; of none that is known, that of the installation."""
    return (reference.pack().zone_of(region_code) if region_code else "") or settings.TIME_ZONE


def zone_of(forum: Forum) -> str:
    """Return the name of the zone of a meeting, such as `Asia/Makassar`."""
    return forum.time_zone or usual(forum.region_code)


def is_zone(name: str) -> bool:
    """Whether there is a zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def known() -> list[str]:
    """Return the zones of the country, and that of the installation, from the west to the east."""
    names = {*reference.pack().zone.values(), settings.TIME_ZONE}
    day = datetime.combine(date(2026, 1, 1), time(12))
    return sorted(names, key=lambda name: (day.replace(tzinfo=ZoneInfo(name)).utcoffset(), name))


def short(zone: str, day: date | None = None) -> str:
    """Return how a zone is called beside a time, such as WITA.

    Examples
    --------
    >>> short("Asia/Makassar")
    'WITA'
    """
    noon = datetime.combine(day or date(2026, 1, 1), time(12), ZoneInfo(zone))
    return noon.tzname() or zone


def clock(when: time | None) -> str:
    """Write a time of the day: Indonesian 09.30, English 09:30; none is nothing."""
    if when is None:
        return ""
    hours_first = CLOCKS.get(get_language() or "id", CLOCKS["en"])[0]
    return f"{when:%H}{hours_first[1]}{when:%M}"


def hours(item: AgendaItem, forum: Forum) -> str:
    """Write when an item of an agenda begins and ends, on the clock of its meeting: 09.00–11.30 WITA."""
    if item.begins is None:
        return ""
    ends = f"–{clock(item.ends)}" if item.ends else ""
    return f"{clock(item.begins)}{ends} {short(zone_of(forum), item.day)}"
