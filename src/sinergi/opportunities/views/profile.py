"""Pages about regions: the directory, one region, and the same as JSON and CSV."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.opportunities.addresses import settings_from_query, settings_to_query
from sinergi.opportunities.lists.elsewhere import elsewhere
from sinergi.opportunities.messages import settings_message
from sinergi.opportunities.profile import Listing, directory, page, profile, words
from sinergi.opportunities.profile.data import to_json
from sinergi.opportunities.profile.directory import Entry, ListingError, suggestions
from sinergi.opportunities.profile.records import Facts, RegionProfile
from sinergi.opportunities.profile.tables import TABLES, directory_csv, table
from sinergi.opportunities.rendered import kept
from sinergi.opportunities.settings import MapSettings, SettingsError
from sinergi.reference import queries as reference
from sinergi.reference.errors import UnknownRegion

CSV = "text/csv; charset=utf-8"
LONGEST = 80
"""Characters of a search text that are read."""
SHOWN_PARTNERS = 8
LISTING = {
    "text": "cari",
    "association": "asosiasi",
    "island": "pulau",
    "level": "tingkat",
    "order": "urut",
}
"""Names of the fields of a listing in the address."""


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """List all regions, filtered and sorted as the address says."""
    listing, entries = _listed(request)
    context = {
        "listing": listing,
        "entries": entries,
        "provinces": _under_provinces(entries) if listing.plain else [],
        "associations": reference.associations(),
        "islands": reference.islands(),
        "levels": words.LEVELS,
        "orders": words.ORDERS,
        "query": request.GET.urlencode(),
    }
    return render(request, "opportunities/regions.html", context)


@require_safe
def regions_table(request: HttpRequest) -> HttpResponse:
    """Send the directory as CSV, filtered and sorted as the address says."""
    return _file(directory_csv(_listed(request)[1]), CSV, "daerah.csv")


def _listed(request: HttpRequest) -> tuple[Listing, tuple[Entry, ...]]:
    given = {name: request.GET.get(field, "").strip() for name, field in LISTING.items()}
    listing = Listing(**{**given, "text": given["text"][:LONGEST]})
    try:
        return listing, directory(listing)
    except ListingError as error:
        values = {
            "field": LISTING[error.field],
            "value": error.value,
            "allowed": ", ".join(error.allowed),
        }
        text = _("%(field)s: “%(value)s” is not known here. Use one of: %(allowed)s.")
        raise BadRequest(text % values) from error


def _under_provinces(entries: tuple[Entry, ...]) -> list[tuple[Entry, list[Entry]]]:
    """Return each province with its regencies and cities."""
    inside: dict[str, list[Entry]] = {}
    for one in entries:
        if one.level != "province":
            inside.setdefault(one.province_code, []).append(one)
    return [(one, inside.get(one.code, [])) for one in entries if one.level == "province"]


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Show one region; an unknown code is a 404 that names what could have been meant."""
    settings = _settings(request)
    try:
        facts, body = kept(settings, "region", code, make=lambda: _made(code, settings))
    except UnknownRegion as error:
        context = {"code": code[:LONGEST], "suggestions": suggestions(error)}
        return render(request, "opportunities/region_unknown.html", context, status=404)
    shown = {"facts": facts, "body": body}
    above = {"elsewhere": elsewhere(principal_of(request), facts.code)}
    return render(request, "opportunities/region.html", shown | above)


def _made(code: str, settings: MapSettings) -> tuple[Facts, SafeString]:
    found = _profile(code, settings)
    body = render_to_string("opportunities/region_body.html", _context(found, settings))
    return found.facts, body


@require_safe
def region_data(request: HttpRequest, code: str) -> HttpResponse:
    """Send a profile as JSON."""
    content = to_json(_profile_or_404(request, code))
    return HttpResponse(content, content_type="application/json")


@require_safe
def region_table(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Send one table of a profile as CSV."""
    if name not in TABLES:
        raise Http404
    found = _profile_or_404(request, code)
    return _file(table(found, name), CSV, f"{slugify(found.facts.name)}-{name}.csv")


def _profile_or_404(request: HttpRequest, code: str) -> RegionProfile:
    try:
        return _profile(code, _settings(request))
    except UnknownRegion as error:
        raise Http404(str(error)) from error


def _settings(request: HttpRequest) -> MapSettings:
    try:
        return settings_from_query(request.GET)
    except SettingsError as error:
        raise BadRequest(settings_message(error)) from error


def _profile(code: str, settings: MapSettings) -> RegionProfile:
    try:
        return profile(code, settings)
    except SettingsError as error:
        raise BadRequest(settings_message(error)) from error


def _context(found: RegionProfile, settings: MapSettings) -> dict[str, Any]:
    economy = found.economy
    return {
        "profile": found,
        "facts": found.facts,
        "economy": economy,
        "charts": {} if economy is None else page.economy_charts(economy, found.facts.code),
        "glance": page.glance(found),
        "groups": page.indicator_groups(found),
        "partners": found.partners[:SHOWN_PARTNERS],
        "more_partners": found.partners[SHOWN_PARTNERS:],
        "lacking": [one for one in found.missing if one.kind == "indicator"],
        "not_computable": [one for one in found.missing if one.kind == "object"],
        "origins": [
            (
                one,
                words.origin(one, found.facts.code),
            )
            for one in found.facts.origins
        ],
        "query": settings_to_query(settings.but(regions=())),
    }


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
