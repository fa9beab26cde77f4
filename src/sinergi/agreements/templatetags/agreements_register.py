"""Filters of the register: names of families, stages and states, parties in short, days that are left."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _

from sinergi.agreements import register_words as words
from sinergi.agreements.models import Agreement
from sinergi.agreements.queries.register import Line

FEW = 4
register = template.Library()


@register.filter
def family_name(code: str) -> str:
    """Return the name of a family."""
    return words.family_name(code)


@register.filter
def stage_name(code: str) -> str:
    """Return the name of a stage."""
    return words.stage_name(code)


@register.filter
def state_name(code: str) -> str:
    """Return the name of a state, also of one that is past its end."""
    return words.state_name(code)


@register.filter
def about(row: Agreement) -> str:
    """Return what an agreement is about."""
    return words.about(row)


@register.filter
def left_told(line: Line) -> str:
    """Return how long an agreement still has."""
    return words.left_told(line)


@register.filter
def some_of(names: Sequence[str]) -> str:
    """Return the first of some names, and how many more there are; none is a dash."""
    if not names:
        return "–"
    told = ", ".join(names[:FEW])
    more = len(names) - FEW
    return told if more <= 0 else _("%(names)s and %(n)s more") % {"names": told, "n": more}
