"""The map of opportunities, one opportunity in full, and what is known of each region."""

import re
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Router

from sinergi.accounts.api.access import ANYONE
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.problems import ProblemError
from sinergi.accounts.api.schemas import Page
from sinergi.evidence.api.scope import overlaid
from sinergi.opportunities import exports, queries
from sinergi.opportunities.api.parameters import MapSettingsQuery, settings_of, weighed
from sinergi.opportunities.api.shapes import (
    ExplanationDocument,
    GeoCollection,
    MapDocument,
    RegionOnMap,
)
from sinergi.opportunities.messages import settings_message
from sinergi.opportunities.settings import SettingsError
from sinergi.opportunities.views.map import PEER_LEVELS
from sinergi.opportunities.views.map_state import inside_codes, places
from sinergi.opportunities.views.opportunity import MOST_EXPLAINED

router = Router(auth=ANYONE, tags=["Map"])
router.add_decorator(overlaid, mode="operation")
Object = Annotated[str, Path(max_length=60, examples=["TPA_REGIONAL"])]
Members = Annotated[
    str,
    Path(
        max_length=400,
        description="Codes of regencies and cities, joined by +.",
        examples=["63.01+63.03+63.04+63.71+63.72"],
    ),
]


@router.get("/opportunities", response=MapDocument, operation_id="map")
def opportunity_map(request: HttpRequest, settings: MapSettingsQuery) -> HttpResponse:
    """Return the best opportunities under some settings, each with its reasons.

    The same document as the JSON of the map page; the parameters are those of its address.
    """
    return answer(exports.map_document(weighed(request, settings_of(request))))


@router.get("/opportunities/geojson", response=GeoCollection, operation_id="map_geojson")
def opportunity_lines(request: HttpRequest, settings: MapSettingsQuery) -> HttpResponse:
    """Return the best opportunities as GeoJSON."""
    found = queries.opportunity_map(weighed(request, settings_of(request)))
    return answer(exports.map_geojson(found))


@router.get("/opportunities/{code}/{members}", response=ExplanationDocument, operation_id="explain")
def explanation(
    request: HttpRequest, code: Object, members: Members, settings: MapSettingsQuery
) -> HttpResponse:
    """Explain one opportunity in full: any group of at least two regencies or cities, on the map or not."""
    chosen = settings_of(request)
    codes = tuple(one for one in re.split(r"[+,; ]+", members) if one)
    if len(codes) > MOST_EXPLAINED:
        text = _("A group has 2 to %(most)s members.") % {"most": MOST_EXPLAINED}
        raise ProblemError(422, errors=[{"parameter": "members", "detail": text}])
    weighed(request, chosen.but(objects=(code,), affairs=(), regions=()))
    try:
        found = queries.explain(code, codes, chosen)
    except SettingsError as error:
        if error.code in {"unknown_code", "not_computable"}:
            raise ProblemError(404, settings_message(error)) from error
        raise
    return answer(exports.explanation_document(found, chosen))


@router.get("/map/regions", response=Page[RegionOnMap], operation_id="map_regions")
def regions_on_map(request: HttpRequest, settings: MapSettingsQuery, window: Paged) -> HttpResponse:
    """List what the map shows of each regency and city: need and strength for one object, opportunities."""
    chosen = weighed(request, settings_of(request))
    found = queries.opportunity_map(chosen)
    only = chosen.objects[0] if len(chosen.objects) == 1 else ""
    where, inside = places(), set(inside_codes(chosen))
    layers = {side: getattr(found, side).get(only, {}) for side in ("need", "strength", "coverage")}

    def shown(code: str) -> dict[str, Any]:
        place = where[code]
        return {
            "code": code,
            "name": place.name,
            "level": place.level,
            "province": place.province,
            **{side: values.get(code) for side, values in layers.items()},
            "opportunities": found.count.get(code, 0),
            "best": found.best.get(code),
        }

    codes = [c for c, place in where.items() if c in inside and place.level in PEER_LEVELS]
    return answer(page(request, window, codes, shown))
