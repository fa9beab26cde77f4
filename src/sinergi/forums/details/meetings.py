"""What people write about a meeting and its agenda, and what of it cannot be."""

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from sinergi.forums.details.values import day_fault, text_faults
from sinergi.forums.models import AgendaItem, Forum


@dataclass(frozen=True, slots=True)
class ForumDetails:
    """What is written about a meeting."""

    title: str
    type: str
    theme: str = ""
    purpose: str = ""
    host: str = ""
    place: str = ""
    region_code: str = ""
    begins: date | None = None
    ends: date | None = None
    source: str = ""
    time_zone: str = ""
    """Name of the IANA; empty: that of the place."""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class AgendaDetails:
    """What is written about an item of the agenda."""

    title: str
    day: date
    kind: str
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    note: str = ""


def forum_faults(details: ForumDetails) -> dict[str, str]:
    """Return what is wrong with a meeting, by field; empty when nothing is."""
    faults = text_faults(details, "title", _("Give the forum a title."))
    if details.type not in Forum.Type.values:
        faults["type"] = _("Choose what kind of meeting it is.")
    day_fault(faults, "begins", details.begins)
    day_fault(faults, "ends", details.ends)
    if details.ends is not None and (details.begins is None or details.ends < details.begins):
        faults["ends"] = _("The last day cannot be before the first.")
    return faults


def agenda_faults(details: AgendaDetails, forum: Forum) -> dict[str, str]:
    """Return what is wrong with an item of the agenda of a forum."""
    faults = text_faults(details, "title", _("Give the item a title."))
    if details.kind not in AgendaItem.Kind.values:
        faults["kind"] = _("Choose what kind of item it is.")
    if forum.begins and not forum.begins <= details.day <= (forum.ends or forum.begins):
        faults["day"] = _("This day is none of the days of the meeting.")
    if details.begins and details.ends and details.ends < details.begins:
        faults["ends"] = _("It cannot end before it begins.")
    return faults
