"""Filters that write times of the day as every page does."""

from datetime import time

from django import template
from django.utils.translation import get_language

from sinergi.reference.moments import CLOCKS

register = template.Library()


@register.filter
def clock(when: time | None) -> str:
    """Write a time of the day: Indonesian 09.30, English 09:30; none is nothing."""
    if when is None:
        return ""
    hours = CLOCKS.get(get_language() or "id", CLOCKS["en"])[0]
    return f"{when:%H}{hours[1]}{when:%M}"
