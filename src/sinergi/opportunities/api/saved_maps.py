"""Saved maps: settings of the map that an organisation keeps under a name."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer, expected
from sinergi.accounts.api.once import EXTRA, done_once
from sinergi.accounts.api.organisations import GUARDED, Why, WhyQuery
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Given, Page, text
from sinergi.accounts.queries.organisations import organisation
from sinergi.opportunities.lists.rules import LENGTHS
from sinergi.opportunities.maps import actions, queries
from sinergi.opportunities.maps.actions import MapDetails
from sinergi.opportunities.models import SavedMap

router = Router(tags=["Saved maps"])
Number = Annotated[int, Path(ge=1, le=MOST, description="Number of the saved map.")]
Name = text(LENGTHS["name"], least=1)
Settings = text(LENGTHS["query"])
Note = text(LENGTHS["note"])


class MapLine(Schema):
    """A saved map."""

    id: int
    name: str
    organisation: str
    visibility: str
    settings: str = Field(description="Query string of the map.", examples=["objek=TPA_REGIONAL"])
    note: str
    revision: int
    created: datetime
    updated: datetime


class Maps(Schema):
    """Which saved maps."""

    organisation: str = Field("", max_length=60, description="Only those of this organisation.")


class NewMap(Given):
    """A map to be saved."""

    organisation: str = Field(max_length=60, min_length=1, examples=["kota-palangka-raya"])
    name: Name  # type: ignore[valid-type]
    settings: Settings = ""  # type: ignore[valid-type]
    note: Note = ""  # type: ignore[valid-type]


class MapChange(Given):
    """What is to be changed; what is left out stays."""

    name: Name | None = None  # type: ignore[valid-type]
    settings: Settings | None = None  # type: ignore[valid-type]
    note: Note | None = None  # type: ignore[valid-type]


def _line(row: SavedMap) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "organisation": row.organisation.code,
        "visibility": str(row.visibility),
        "settings": row.query,
        "note": row.note,
        "revision": row.revision,
        "created": row.created,
        "updated": row.updated,
    }


def _told(request: HttpRequest, number: int, status: int = 200) -> HttpResponse:
    row = queries.get_map(asker(request), number)
    return answer(_line(row), status=status, revision=row.revision)


@router.get("/maps", auth=ANYONE, response=Page[MapLine], operation_id="saved_maps")
def saved_maps(request: HttpRequest, choice: Query[Maps], window: Paged) -> HttpResponse:
    """List the saved maps that I may read."""
    whose = organisation(choice.organisation) if choice.organisation else None
    return answer(
        page(request, window, queries.saved_maps(asker(request), organisation=whose), _line)
    )


@router.post(
    "/maps", auth=KNOWN, response={201: MapLine}, operation_id="map_save", openapi_extra=EXTRA
)
def map_save(request: HttpRequest, given: NewMap) -> HttpResponse:
    """Keep settings of the map for an organisation; only that organisation sees them."""
    whose = organisation(given.organisation)
    details = MapDetails(given.name, given.settings, given.note)

    def do() -> dict[str, Any]:
        return {"map": actions.save_map(asker(request), whose, details).pk}

    made = done_once(request, "map_save", given.dict(), do)
    return _told(request, made["map"], 201)


@router.get("/maps/{number}", auth=ANYONE, response=MapLine, operation_id="saved_map")
def saved_map(request: HttpRequest, number: Number) -> HttpResponse:
    """Return a saved map; its ETag is what changes of it want in If-Match."""
    return _told(request, number)


@router.patch(
    "/maps/{number}",
    auth=KNOWN,
    response=MapLine,
    operation_id="map_change",
    openapi_extra=GUARDED,
)
def map_change(request: HttpRequest, number: Number, given: MapChange) -> HttpResponse:
    """Change name, settings or note of a saved map."""
    by = asker(request)
    row = queries.get_map(by, number)
    details = MapDetails(
        row.name if given.name is None else given.name,
        row.query if given.settings is None else given.settings,
        row.note if given.note is None else given.note,
    )
    actions.edit_map(by, number, details, revision=expected(request))
    return _told(request, number)


@router.delete(
    "/maps/{number}",
    auth=KNOWN,
    response={204: None},
    operation_id="map_put_away",
    openapi_extra=GUARDED,
)
def map_put_away(
    request: HttpRequest,
    number: Number,
    why: Query[WhyQuery],
) -> HttpResponse:
    """Put a saved map away; it can be restored."""
    actions.put_map_away(asker(request), number, revision=expected(request), reason=why.reason)
    return HttpResponse(status=204)


@router.post("/maps/{number}/restore", auth=KNOWN, response=MapLine, operation_id="map_restore")
def map_restore(request: HttpRequest, number: Number, given: Why) -> HttpResponse:
    """Bring back a saved map that was put away."""
    actions.restore_map(asker(request), number, reason=given.reason)
    return _told(request, number)
