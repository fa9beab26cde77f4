"""How days and moments are written: one way on every page, with the zone in which the clock is read."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

DAY = "j F Y"
CLOCKS = {"id": ("H.i", "H.i.s"), "en": ("H:i", "H:i:s")}
"""Hours and minutes, and with seconds; Indonesian parts them with points (Ejaan yang Disempurnakan, 2022)."""
NOTHING = "–"


def day(when: date | None) -> str:
    """Write a day, that of a moment in the zone of the installation; none is a dash.

    Examples
    --------
    22 November 2026
    """
    if when is None:
        return NOTHING
    return date_format(_here(when) if isinstance(when, datetime) else when, DAY)


def days(first: date | None, last: date | None) -> str:
    """Write the days from the first to the last; what they share is written once, none is a dash.

    Examples
    --------
    22 November 2026; 22–23 November 2026; 30 May – 2 June 2026; 30 December 2026 – 2 January 2027
    """
    if first is None or last is None or first == last:
        return day(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    begins = date_format(first, "j F") if first.year == last.year else day(first)
    return f"{begins} – {day(last)}"


def moment(when: datetime | None, *, seconds: bool = False) -> str:
    """Write a moment in the zone of the installation, with the name of that zone; none is a dash.

    Parameters
    ----------
    seconds
        Whether they matter, as in the audit trail.

    Examples
    --------
    Indonesian “22 November 2026, 11.09 WIB”, English “22 November 2026, 11:09 WIB”.
    """
    if when is None:
        return NOTHING
    clock = CLOCKS.get(get_language() or "id", CLOCKS["en"])[seconds]
    return date_format(_here(when), f"{DAY}, {clock} T")


def _here(when: datetime) -> datetime:
    """Return a moment on the clock of the installation."""
    return timezone.localtime(when) if timezone.is_aware(when) else timezone.make_aware(when)
