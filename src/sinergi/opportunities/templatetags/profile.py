"""Tags of the pages about regions."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from sinergi.evidence.queries import unit_label
from sinergi.opportunities import messages
from sinergi.opportunities.lists.words import number
from sinergi.opportunities.profile import words
from sinergi.opportunities.profile.page import by_direction
from sinergi.opportunities.profile.records import Comparison, Sector
from sinergi.opportunities.results import Reason

THOUSAND = 1000
"""From here on decimals say nothing."""

register = template.Library()

register.filter("level_word", words.level)
register.filter("quadrant_word", words.quadrant)
register.filter("quadrant_meaning", words.quadrant_meaning)
register.filter("better_word", words.better)
register.filter("flag_word", messages.flag_name)
register.filter("kind_word", messages.kind_name)
register.filter("unit_word", unit_label)
register.filter("by_direction", by_direction)


@register.filter
def amount(value: float | None, decimals: int | None = None) -> str:
    """Write a number with as many decimals as its size asks for; missing is a dash, never a zero."""
    if decimals is None and value is not None and abs(value) >= THOUSAND:
        decimals = 0
    return number(value, decimals)


@register.filter
def period_word(period: str) -> str:
    """Write a period as people say it: `2024-12` becomes December 2024; a year stays a year."""
    year, dash, month = period.partition("-")
    return date_format(date(int(year), int(month), 1), "F Y") if dash else period


@register.filter
def day_word(day: str) -> str:
    """Write an ISO date as people say it: `2022-07-25` becomes 25 July 2022."""
    return date_format(date.fromisoformat(day), "j F Y")


@register.filter
def signed(value: float | None, decimals: int | None = None) -> str:
    """Write a number with its sign; missing is a dash."""
    text = amount(value, decimals)
    return f"+{text}" if value is not None and value > 0 else text.replace("-", "−")


@register.filter
def note_in_language(thing: object) -> str:
    """Return the caveat of an indicator in the page's language."""
    return str(thing.note(get_language() or "id"))  # type: ignore[attr-defined]


@register.filter
def lacks_in_language(thing: object) -> str:
    """Return what an object lacks in the page's language."""
    return str(thing.lacks(get_language() or "id"))  # type: ignore[attr-defined]


@register.filter
def place(rank: int, peers: int) -> str:
    """Return where a rank lies on a line 100 wide: the first at the right end."""
    share = 1.0 if peers <= 1 else 1.0 - (rank - 1) / (peers - 1)
    return f"{4 + share * 92:.1f}"


@register.filter
def reason_name(reason: Reason) -> str:
    """Return the name of the indicator of a reason in the page's language."""
    english = (get_language() or "id").startswith("en")
    return reason.name_en if english else reason.name_id


@register.filter
def percent_signed(share: float | None) -> str:
    """Write a share as a percentage with its sign, one decimal; missing is a dash."""
    return "–" if share is None else f"{signed(share * 100, 1)}%"


@register.filter
def comparisons(sector: Sector) -> list[Comparison]:
    """Return a sector against each reference, in the order of the economy's references."""
    return list(sector.against.values())
