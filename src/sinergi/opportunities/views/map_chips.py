"""The filters that are set, each with the address of the same map without it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.opportunities.addresses import settings_to_query
from sinergi.opportunities.settings import MapSettings
from sinergi.reference import queries as reference

USUAL = MapSettings()
Dropped = tuple[str, dict[str, Any]]
"""What is shown of a filter, and the settings that take it away."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is set."""

    label: str
    query: str
    """Query string of the same map without this filter; empty for the usual map."""


def chips(settings: MapSettings) -> tuple[Chip, ...]:
    """Return what narrows the map besides a single object, in the order of the form."""
    found = (*_named(settings), *_limits(settings), *_weighing(settings))
    return tuple(Chip(label, settings_to_query(settings.but(**drop))) for label, drop in found)


def _named(settings: MapSettings) -> Iterator[Dropped]:
    language = get_language() or "id"
    if len(settings.objects) > 1:
        catalogue = reference.catalogue()
        for code in settings.objects:
            label = catalogue[code].name(language) if code in catalogue else code
            yield label, {"objects": _without(settings.objects, code)}
    affairs = reference.affairs()
    for code in settings.affairs:
        label = affairs[code].name(language) if code in affairs else code
        yield label, {"affairs": _without(settings.affairs, code)}
    areas = {
        one.code: one.name(language) for one in (*reference.islands(), *reference.associations())
    }
    table = reference.region_table()
    regions = dict(zip(table.codes, table.names, strict=True))
    for code in settings.within:
        label = areas.get(code) or regions.get(code, code)
        yield label, {"within": _without(settings.within, code)}
    for code in settings.regions:
        label = _("with %(region)s") % {"region": regions.get(code, code)}
        yield label, {"regions": _without(settings.regions, code)}


def _limits(settings: MapSettings) -> Iterator[Dropped]:
    low, high = settings.members_min, settings.members_max
    if (low, high) != (USUAL.members_min, USUAL.members_max):
        span = str(low) if low == high else f"{low}–{high}"
        usual = {"members_min": USUAL.members_min, "members_max": USUAL.members_max}
        yield _("%(span)s members") % {"span": span}, usual
    if settings.max_km is not None:
        yield _("at most %(km)s km") % {"km": f"{settings.max_km:g}"}, {"max_km": None}
    if settings.population_min != USUAL.population_min:
        label = _("population from %(people)s") % {"people": _people(settings.population_min)}
        yield label, {"population_min": USUAL.population_min}
    if settings.population_max is not None:
        label = _("population up to %(people)s") % {"people": _people(settings.population_max)}
        yield label, {"population_max": None}
    if settings.each != USUAL.each:
        label = (
            _("%(most)s per object") % {"most": settings.each}
            if settings.each
            else _("no limit per object")
        )
        yield label, {"each": USUAL.each}
    for name, label in (
        ("join_threshold", _("threshold of joining")),
        ("min_coverage", _("least evidence")),
    ):
        value = getattr(settings, name)
        if value != getattr(USUAL, name):
            yield f"{label} {round(100 * value)}%", {name: getattr(USUAL, name)}


def _weighing(settings: MapSettings) -> Iterator[Dropped]:
    if settings.shares != USUAL.shares:
        yield _("your own weights"), {"weights": USUAL.weights}
    if settings.indicator_weights:
        yield _("your own weights of indicators"), {"indicator_weights": {}}


def _people(number: int) -> str:
    """Return whole thousands as they are written in the language of the page."""
    text = f"{number:,}"
    return text if (get_language() or "id").startswith("en") else text.replace(",", ".")


def _without(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(one for one in codes if one != code)
