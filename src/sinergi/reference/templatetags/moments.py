"""Filters that write days and moments as every page does."""

from datetime import date, datetime

from django import template

from sinergi.reference import moments

register = template.Library()


@register.filter
def day(when: date | None) -> str:
    """Write a day: 22 November 2026; none is a dash."""
    return moments.day(when)


@register.filter
def until(first: date | None, last: date | None) -> str:
    """Write the days of something that lasts: 22–23 November 2026."""
    return moments.days(first, last)


@register.filter
def moment(when: datetime | None) -> str:
    """Write a moment: 22 November 2026, 11:09 WIB; none is a dash."""
    return moments.moment(when)


@register.filter
def second(when: datetime | None) -> str:
    """Write a moment to the second: 22 November 2026, 11:09:41 WIB; none is a dash."""
    return moments.moment(when, seconds=True)
