"""The home page: the map of opportunities with its list; and the card of one region on it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from sinergi.opportunities import queries
from sinergi.opportunities.addresses import settings_from_query, settings_to_query
from sinergi.opportunities.messages import settings_message
from sinergi.opportunities.rendered import kept
from sinergi.opportunities.results import OpportunityMap
from sinergi.opportunities.settings import MapSettings, SettingsError
from sinergi.opportunities.views.map_chips import chips
from sinergi.opportunities.views.map_form import map_form
from sinergi.opportunities.views.map_state import group_id, inside_codes, map_state, places
from sinergi.reference import queries as reference

DOWNLOADS = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"), ("geojson", "GeoJSON"))
PEER_LEVELS = {"city", "regency"}


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Show the map; to htmx only the list and the state, with the address to show."""
    partial = bool(getattr(request, "htmx", False)) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    part = "opportunities/map_results.html" if partial else "opportunities/map_panel.html"
    try:
        settings = settings_from_query(request.GET)
        page = kept(settings, part, make=lambda: _made(settings, part, partial=partial))
    except SettingsError as error:
        if partial:
            context = {"detail": settings_message(error)}
            return render(request, "opportunities/map_refused.html", context, status=422)
        raise BadRequest(settings_message(error)) from error
    if partial:
        response = HttpResponse(page.panel)
        weighing = (request.htmx.trigger_name or "").startswith("bobot_")  # type: ignore[attr-defined]
        address = reverse("opportunities:map") + (f"?{page.query}" if page.query else "")
        response["HX-Replace-Url" if weighing else "HX-Push-Url"] = address
    else:
        more = {"page": page, "evidence_as_of": page.evidence_as_of}
        response = render(request, "opportunities/map.html", more)
    patch_vary_headers(response, ["HX-Request"])
    return response


@dataclass(frozen=True, slots=True)
class MapParts:
    """What the page of the map says to everybody: form and list, names of regions, its settings."""

    panel: SafeString
    names: SafeString
    query: str
    evidence_as_of: str


def _made(settings: MapSettings, part: str, *, partial: bool) -> MapParts:
    found = queries.opportunity_map(settings)
    query = settings_to_query(settings)
    context = {
        "settings": settings,
        "form": map_form(settings),
        "chips": chips(settings),
        "found": found,
        "shown": [(one, group_id(one)) for one in found.opportunities],
        "state": map_state(settings, found),
        "query": query,
        "downloads": DOWNLOADS,
        "choice_query": _choice_query(settings),
        "partial": partial,
    }
    names = {code: place.name for code, place in places().items() if place.level in PEER_LEVELS}
    return MapParts(
        panel=render_to_string(part, context),
        names=json_script(names, "region-names"),
        query=query,
        evidence_as_of=found.evidence_as_of,
    )


def _choice_query(settings: MapSettings) -> str:
    """Return the settings that go with a chosen group, whose object and members are said beside them."""
    usual = MapSettings()
    span = {"members_min": usual.members_min, "members_max": usual.members_max}
    return settings_to_query(settings.but(objects=(), **span))


@dataclass(frozen=True, slots=True)
class Standing:
    """One side of a region for the chosen object, among its peers."""

    side: str
    value: float | None
    rank: int | None
    """1 is the greatest among peers."""
    peers: int


@require_safe
def region_card(request: HttpRequest, code: str) -> HttpResponse:
    """Show a region in brief: its need and strength among peers, and its best opportunities."""
    where = places()
    if code not in where or where[code].level not in PEER_LEVELS:
        raise Http404
    settings, found = _computed(request, regions=(code,), top=3)
    peers = {other for other, place in where.items() if place.level == where[code].level}
    only = settings.objects[0] if len(settings.objects) == 1 else ""
    context = {
        "code": code,
        "place": where[code],
        "province": where.get(where[code].province),
        "standings": [
            standing(side, getattr(found, side).get(only, {}), code, peers)
            for side in ("need", "strength")
            if only
        ],
        "own": [(one, group_id(one)) for one in found.opportunities],
        "own_count": found.total,
        "settings": settings,
    }
    return render(request, "opportunities/map_card.html", context)


def standing(side: str, values: dict[str, float], code: str, peers: set[str]) -> Standing:
    """Return where a region stands among its peers; a missing value has no rank."""
    among = [value for other, value in values.items() if other in peers]
    value = values.get(code)
    rank = None if value is None else 1 + sum(other > value for other in among)
    return Standing(side, value, rank, len(among))


@dataclass(frozen=True, slots=True)
class Row:
    """One region in the table that says what the map shows."""

    code: str
    name: str
    province: str
    need: float | None
    strength: float | None
    coverage: float | None
    count: int
    best: float | None


@require_safe
def map_table(request: HttpRequest) -> HttpResponse:
    """Show what the map shows as a table: to htmx the table alone, otherwise a page."""
    settings, found = _computed(request)
    only = settings.objects[0] if len(settings.objects) == 1 else ""
    where = places()
    inside = set(inside_codes(settings))
    rows = [
        Row(
            code,
            place.name,
            where[place.province].name,
            found.need.get(only, {}).get(code),
            found.strength.get(only, {}).get(code),
            found.coverage.get(only, {}).get(code),
            found.count.get(code, 0),
            found.best.get(code),
        )
        for code, place in where.items()
        if code in inside
    ]
    item = reference.catalogue().get(only)
    partial = bool(getattr(request, "htmx", False))
    template = "opportunities/map_rows.html" if partial else "opportunities/map_table.html"
    context = {"rows": rows, "only": item, "query": settings_to_query(settings)}
    return render(request, template, context)


def _computed(request: HttpRequest, **changes: Any) -> tuple[MapSettings, OpportunityMap]:
    """Return the settings of the address, and the map under them with some of them changed.

    Raises
    ------
    BadRequest
        When the address makes no sense.
    """
    try:
        settings = settings_from_query(request.GET)
        return settings, queries.opportunity_map(settings.but(**changes))
    except SettingsError as error:
        raise BadRequest(settings_message(error)) from error
