"""Tags and filters of the pages of agreements."""

from typing import Any

from django import template

from sinergi.agreements.tabs import Tab, tabs

register = template.Library()


@register.simple_tag(takes_context=True)
def agreement_tabs(context: dict[str, Any]) -> list[Tab]:
    """Return the tabs of the room, seen from the present page."""
    return tabs(context["request"].path)
