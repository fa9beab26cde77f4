"""Filters and tags of the room: rupiah, regions, channels, remarks in words, tabs."""

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from sinergi.programs import tabs
from sinergi.programs.queries import words
from sinergi.programs.remarks import remark_text

register = template.Library()
DASH = "–"
SHORT = (
    (Decimal(10) ** 12, "triliun", "trillion"),
    (Decimal(10) ** 9, "miliar", "billion"),
    (Decimal(10) ** 6, "juta", "million"),
)


@register.filter
def rupiah(amount: Decimal | None) -> str:
    """Write an amount in full: `Rp1.250.000.000,50`; missing is a dash."""
    return DASH if amount is None else f"{_sign(amount)}Rp\u00a0{_digits(abs(amount))}"


@register.filter
def short_rupiah(amount: Decimal | None) -> str:
    """Write an amount in short, three digits or more: `Rp2,53 miliar`; missing is a dash."""
    if amount is None:
        return DASH
    for scale, indonesian, english in SHORT:
        if abs(amount) >= scale:
            word = english if _english() else indonesian
            told = (abs(amount) / scale).quantize(Decimal("0.01"))
            return f"{_sign(amount)}Rp\u00a0{_digits(told)}\u00a0{word}"
    return rupiah(amount)


def _english() -> bool:
    return (get_language() or "id").startswith("en")


def _sign(amount: Decimal) -> str:
    return "−" if amount < 0 else ""


def _digits(amount: Decimal) -> str:
    whole, sen = divmod(round(amount * 100), 100)
    text = f"{whole:,}" if _english() else f"{whole:,}".replace(",", ".")
    if not sen:
        return text
    return f"{text}{'.' if _english() else ','}{sen:02}"


@register.filter
def exact(number: Decimal | None) -> str:
    """Write a number as it is, in the language of the page: `125,5`; missing is a dash."""
    if number is None:
        return DASH
    whole, _point, rest = format(number.normalize(), "f").partition(".")
    told = f"{int(whole):,}"
    told = told if _english() else told.replace(",", ".")
    return f"{told}{'.' if _english() else ','}{rest}" if rest else told


@register.filter
def region_name(code: str) -> str:
    """Return the name of a region."""
    return words.region_name(code)


@register.filter
def channel_name(code: str) -> str:
    """Return the name of a funding channel."""
    return words.channel_name(code)


@register.filter
def affair_name(code: str) -> str:
    """Return the name of the affair of an activity code."""
    return words.affair_name(code)


@register.filter
def object_name(code: str) -> str:
    """Return the name of a cooperation object."""
    return words.object_name(code)


@register.filter
def remark(code: str) -> str:
    """Return what a remark says."""
    return remark_text(code)


@register.filter
def at(values: Any, key: Any) -> Any:
    """Return what a mapping holds at a key; `None` where it holds nothing."""
    return values.get(key) if values else None


@register.simple_tag
def shapes_of(region_code: str) -> str:
    """Return the address of the outlines in which a region lies: those of its province, or of the nation."""
    if region_code == words.NATION:
        return reverse("reference:national_shape")
    return reverse("reference:province_shape", args=[region_code[:2]])


@register.simple_tag(takes_context=True)
def room_tabs(context: dict[str, Any]) -> list[tabs.Tab]:
    """Return the tabs of the room, seen from this page."""
    request = context.get("request")
    return tabs.tabs(request.path if request is not None else "")
