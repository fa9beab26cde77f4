"""Units of indicators in the language of the page."""

from django.utils.translation import gettext_lazy as _

UNITS = {
    "IDR per kg": _("IDR per kg"),
    "IDR per litre": _("IDR per litre"),
    "billion IDR": _("billion IDR"),
    "events per year": _("events per year"),
    "index 0-100": _("index 0-100"),
    "kg per day and km2": _("kg per day and km²"),
    "kg per person and year": _("kg per person and year"),
    "million IDR per person": _("million IDR per person"),
    "number": _("number"),
    "people": _("people"),
    "people per health worker": _("people per health worker"),
    "people per km2": _("people per km²"),
    "percent": _("percent"),
    "percent per year": _("percent per year"),
    "points per year": _("points per year"),
    "ratio": _("ratio"),
    "t/year": _("t/year"),
    "t per day": _("t per day"),
    "t per year": _("t per year"),
    "thousand IDR per person per year": _("thousand IDR per person per year"),
    "tonnes per year": _("tonnes per year"),
    "years": _("years"),
    "years per year": _("years per year"),
}


def unit_label(unit: str) -> str:
    """Return a unit in the language of the page; units that Sinergi does not know stay as they are."""
    return str(UNITS.get(unit, unit))
