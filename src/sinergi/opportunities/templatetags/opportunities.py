"""Filters for pages about cooperation objects."""

from django import template
from django.utils.translation import get_language

from sinergi.opportunities import messages
from sinergi.opportunities.messages import money
from sinergi.reference.catalogue import CooperationObject, CostCurve, FreightMargin

register = template.Library()


@register.filter
def logic_name(code: str) -> str:
    """Return the name of a partner logic."""
    return messages.logic_name(code)


@register.filter
def lacks(item: CooperationObject) -> str:
    """Return which evidence an object lacks, in the page's language."""
    return item.lacks_en if (get_language() or "id").startswith("en") else item.lacks_id


@register.filter
def source_text(declared: CostCurve | FreightMargin) -> str:
    """Return where a default comes from, in the page's language."""
    return declared.source if (get_language() or "id").startswith("en") else declared.source_id


@register.filter
def provenance_text(provenance: str) -> str:
    """Return where a row of the pack comes from, with its marks in words."""
    return messages.provenance_text(provenance)


@register.filter
def rupiah(value: float | None) -> str:
    """Write money as people say it; missing is a dash."""
    return "–" if value is None else money.rupiah(value)
