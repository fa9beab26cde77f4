"""What was agreed and what became of it, and what of it cannot be."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long, too_long_text
from sinergi.forums.details.raising import MOST_CODES
from sinergi.forums.details.values import LENGTHS, day_fault, text_faults
from sinergi.forums.models import Point
from sinergi.reference.moments import day


@dataclass(frozen=True, slots=True)
class PointDetails:
    """What was agreed; `addressees` are names as the minutes have them.

    Attributes
    ----------
    meant
        Of these names, and of that of the owner, those that mean an organisation here: (name, its code).
    links
        Addresses of the evidence, a line each.
    """

    number: int
    title: str
    type: str
    text: str = ""
    affair: str = ""
    objects_named: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    owner_name: str = ""
    due: date | None = None
    review: date | None = None
    source: str = ""
    meant: tuple[tuple[str, str], ...] = ()
    evidence: str = ""
    links: str = ""


@dataclass(frozen=True, slots=True)
class NewsDetails:
    """What became of a point, on which day, by what evidence, and when it is looked at again.

    Attributes
    ----------
    review
        Empty: as far ahead of the day as the review before was.
    """

    fate: str
    day: date
    text: str = ""
    evidence: str = ""
    link: str = ""
    review: date | None = None


def point_faults(details: PointDetails) -> dict[str, str]:
    """Return what is wrong with a point."""
    faults = text_faults(details, "title", _("Write what was agreed in one line."))
    if details.type not in Point.Type.values:
        faults["type"] = _("Choose what kind of recommendation it is.")
    if not 1 <= details.number <= 999:
        faults["number"] = _("Number it from 1 to 999.")
    longest = max(details.addressees, key=len, default="")
    faults |= too_long_text("addressees", longest, LENGTHS["name"])
    if len(details.addressees) > MOST_CODES:
        faults["addressees"] = _("Too many: at most %(most)s.") % {"most": MOST_CODES}
    if "links" not in faults and not _are_links(details.links):
        faults["links"] = _("Each line holds one link, which begins with https://.")
    for name in ("due", "review"):
        day_fault(faults, name, getattr(details, name))
    return faults


def too_early(
    details: PointDetails, last: date | None, *, but: PointDetails | Point | None = None
) -> dict[str, str]:
    """Return which of due and review lie before the last day of the meeting; what `but` says stays.

    Otherwise a point would be overdue, or untouched, as soon as it was agreed.
    """
    told = _("Choose %(day)s, the last day of the meeting, or a later day.")
    found: dict[str, str] = {}
    for name in ("due", "review"):
        value = getattr(details, name)
        kept = but is not None and value == getattr(but, name)
        if value is not None and last is not None and value < last and not kept:
            found[name] = told % {"day": day(last)}
    return found


def _are_links(text: str) -> bool:
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    return all(
        one.startswith(("https://", "http://")) and " " not in one and len(one) <= LENGTHS["link"]
        for one in lines
    )


def news_faults(details: NewsDetails, today: date, *, needs_evidence: bool) -> dict[str, str]:
    """Return what is wrong with news of a point."""
    faults = too_long(details, LENGTHS)
    if details.day > today:
        faults["day"] = _("This day has not come yet.")
    day_fault(faults, "day", details.day)
    if needs_evidence and not details.evidence.strip():
        faults["evidence"] = _("Name the letter, plan, agreement or figure that shows it.")
    day_fault(faults, "review", details.review)
    if details.review is not None and details.review <= details.day:
        faults["review"] = _("Choose a day after the day of the news.")
    if details.link and not details.link.startswith(("https://", "http://")):
        faults["link"] = _("A link begins with https://.")
    return faults
