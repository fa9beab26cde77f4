"""Tags that every page of Sinergi uses: numbers in the reader's language, score bars, notices."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.translation import get_language

from sinergi.evidence.scope import current
from sinergi.opportunities import messages
from sinergi.opportunities.settings import PARTS
from sinergi.reference import queries as reference

register = template.Library()

NOTICES = {
    "error": "notice-error",
    "warning": "notice-warn",
    "success": "notice-good",
    "info": "notice-info",
    "debug": "notice-info",
}


@register.filter
def notice_class(level: str) -> str:
    """Return the class of a message box for a level of `django.contrib.messages`."""
    return NOTICES.get(level, "notice-info")


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """Write a number with the separators of the page's language; missing is a dash, never a zero."""
    if value is None:
        return "–"
    rounded = round(value, decimals)  # number_format cuts
    return number_format(rounded, decimal_pos=decimals, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: float | None, decimals: int = 0) -> str:
    """Write a share in [0, 1] as a percentage; missing is a dash."""
    if share is None:
        return "–"
    return f"{number(share * 100, decimals)}%"


@register.filter
def points(score: float | None) -> str:
    """Write a score in [0, 1] as points out of 100, one decimal; missing is a dash."""
    return number(None if score is None else score * 100, 1)


@register.filter
def in_language(thing: Any) -> str:
    """Return the name of anything `Named` in the page's language."""
    return str(thing.name(get_language() or "id"))


@register.filter
def plain(value: float | None) -> str:
    """Write a number as a form field wants it: no grouping, a point for decimals; missing is empty."""
    return "" if value is None else f"{value:.10g}"


@register.filter
def svg_width(share: float | None) -> str:
    """Write a share in [0, 1] as a width in a drawing 100 wide."""
    return f"{(share or 0) * 100:.2f}"


@register.filter
def part_name(code: str) -> str:
    """Return the name of a part of the score."""
    return messages.part_name(code)


@register.filter
def role_name(code: str) -> str:
    """Return the name of a member's role."""
    return messages.role_name(code)


@register.filter
def short_region(name: str) -> str:
    """Shorten the name of a region where space is scarce: Kabupaten becomes Kab."""
    return name.replace("Kabupaten ", "Kab.\u00a0", 1).replace("Kota ", "Kota\u00a0", 1)


@register.filter
def region_name(code: str) -> str:
    """Return the name of a region by its code; the code itself when it is unknown."""
    table = reference.region_table()
    return dict(zip(table.codes, table.names, strict=True)).get(code, code)


@register.simple_tag
def shelf_name() -> str:
    """Return whose evidence lies above the common one here; empty where nothing does.

    It goes by the version of the evidence, under which pages are kept: an empty shelf changes nothing.
    """
    scope = current()
    return scope.name if scope.version else ""


@register.simple_tag
def region_url(code: str) -> str:
    """Return the address of a region's profile."""
    try:
        return reverse("opportunities:region", args=[code])
    except NoReverseMatch:
        return f"{reverse('opportunities:map')}?wilayah={code}"


@register.inclusion_tag("site/parts/scorebar.html")
def scorebar(parts: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, Any]:
    """Draw a score as a bar of its weighted parts; the full width is 100 points."""
    segments, start = [], 0.0
    for part in PARTS:
        if part in parts and part in weights:
            width = max(0.0, parts[part] * weights[part]) * 100
            segments.append(
                {
                    "part": part,
                    "label": messages.part_name(part),
                    "points": width,
                    "x": f"{start:.2f}",
                    "width": f"{width:.2f}",
                }
            )
            start += width
    return {"segments": segments, "total": start}
