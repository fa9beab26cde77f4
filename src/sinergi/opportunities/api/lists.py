"""Priority lists: read, make, change, put away, restore, hand in as a file."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer, expected
from sinergi.accounts.api.once import EXTRA, done_once
from sinergi.accounts.api.organisations import GUARDED, Why, WhyQuery
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Given, Page, text
from sinergi.accounts.queries.organisations import organisation
from sinergi.opportunities.lists import actions, exports, queries
from sinergi.opportunities.lists.actions.lists import details_of
from sinergi.opportunities.lists.rules import LENGTHS, ListDetails
from sinergi.opportunities.models import PriorityList

router = Router(tags=["Priority lists"])
Number = Annotated[int, Path(ge=1, le=MOST, description="Number of the list.")]
Name = text(LENGTHS["name"], least=1)
Owner = text(LENGTHS["owner"])
Document = text(LENGTHS["planning_document"])
Purpose = text(LENGTHS["purpose"])
Signatory = text(LENGTHS["signatory"])
BINARY = {"schema": {"type": "string", "format": "binary"}}
VALUES = {"schema": {"type": "object"}}
FILE: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The file.",
            "content": {
                kind.split(";")[0]: VALUES if fmt == "json" else BINARY
                for fmt, kind in exports.CONTENT_TYPES.items()
            },
        }
    }
}


class ListLine(Schema):
    """A priority list."""

    id: int
    name: str
    organisation: str = Field(description="Code of the organisation that it belongs to.")
    visibility: str = Field(description="private or public.")
    owner: str = Field(description="Who hands it in, as it is printed.")
    planning_document: str
    purpose: str
    signatory: str
    size: int = Field(description="Entries on it.")
    revision: int
    created: datetime
    updated: datetime


class Lists(Schema):
    """Which lists."""

    organisation: str = Field("", max_length=60, description="Only those of this organisation.")
    editable: bool = Field(False, description="Only those that I may edit.")


class NewList(Given):
    """A list to be started."""

    organisation: str = Field(max_length=60, min_length=1, examples=["kota-palangka-raya"])
    name: Name  # type: ignore[valid-type]
    owner: Owner = ""  # type: ignore[valid-type]
    planning_document: Document = ""  # type: ignore[valid-type]
    purpose: Purpose = ""  # type: ignore[valid-type]
    signatory: Signatory = ""  # type: ignore[valid-type]


class ListChange(Given):
    """What is to be changed; what is left out stays."""

    name: Name | None = None  # type: ignore[valid-type]
    owner: Owner | None = None  # type: ignore[valid-type]
    planning_document: Document | None = None  # type: ignore[valid-type]
    purpose: Purpose | None = None  # type: ignore[valid-type]
    signatory: Signatory | None = None  # type: ignore[valid-type]


def line(row: PriorityList) -> dict[str, Any]:
    """Return a list of `queries.lists` as plain values."""
    return {
        "id": row.pk,
        "name": row.name,
        "organisation": row.organisation.code,
        "visibility": str(row.visibility),
        "owner": row.owner,
        "planning_document": row.planning_document,
        "purpose": row.purpose,
        "signatory": row.signatory,
        "size": row.size,  # type: ignore[attr-defined]
        "revision": row.revision,
        "created": row.created,
        "updated": row.updated,
    }


def _told(request: HttpRequest, number: int, status: int = 200) -> HttpResponse:
    row = queries.get_list(asker(request), number)
    return answer(line(row), status=status, revision=row.revision)


@router.get("/lists", auth=ANYONE, response=Page[ListLine], operation_id="lists")
def lists(request: HttpRequest, choice: Query[Lists], window: Paged) -> HttpResponse:
    """List the priority lists that I may read, the last changed first."""
    whose = organisation(choice.organisation) if choice.organisation else None
    rows = queries.lists(asker(request), organisation=whose, editable=choice.editable)
    return answer(page(request, window, rows, line))


@router.post(
    "/lists",
    auth=KNOWN,
    response={201: ListLine},
    operation_id="list_create",
    openapi_extra=EXTRA,
)
def list_create(request: HttpRequest, given: NewList) -> HttpResponse:
    """Start an empty list of an organisation; only that organisation sees it."""
    values = given.dict()
    whose = organisation(values.pop("organisation"))

    def do() -> dict[str, Any]:
        return {"list": actions.create_list(asker(request), whose, ListDetails(**values)).pk}

    made = done_once(request, "list_create", given.dict(), do)
    return _told(request, made["list"], 201)


@router.get("/lists/{number}", auth=ANYONE, response=ListLine, operation_id="list")
def one_list(request: HttpRequest, number: Number) -> HttpResponse:
    """Return a priority list; its ETag is what changes of it want in If-Match."""
    return _told(request, number)


@router.patch(
    "/lists/{number}",
    auth=KNOWN,
    response=ListLine,
    operation_id="list_change",
    openapi_extra=GUARDED,
)
def list_change(request: HttpRequest, number: Number, given: ListChange) -> HttpResponse:
    """Change what is written about a list."""
    by = asker(request)
    old = details_of(queries.get_list(by, number))
    sent = given.dict(exclude_unset=True, exclude_none=True)
    details = ListDetails(**{name: sent.get(name, getattr(old, name)) for name in NAMES})
    actions.rename_list(by, number, details, revision=expected(request))
    return _told(request, number)


NAMES = tuple(ListDetails.__dataclass_fields__)


@router.delete(
    "/lists/{number}",
    auth=KNOWN,
    response={204: None},
    operation_id="list_put_away",
    openapi_extra=GUARDED,
)
def list_put_away(
    request: HttpRequest,
    number: Number,
    why: Query[WhyQuery],
) -> HttpResponse:
    """Put a list away with its entries; it can be restored."""
    actions.delete_list(asker(request), number, revision=expected(request), reason=why.reason)
    return HttpResponse(status=204)


@router.post("/lists/{number}/restore", auth=KNOWN, response=ListLine, operation_id="list_restore")
def list_restore(request: HttpRequest, number: Number, given: Why) -> HttpResponse:
    """Bring back a list that was put away."""
    actions.restore_list(asker(request), number, reason=given.reason)
    return _told(request, number)


@router.get("/lists/{number}/file.{fmt}", auth=ANYONE, operation_id="list_file", openapi_extra=FILE)
def list_file(
    request: HttpRequest, number: Number, fmt: Literal["xlsx", "docx", "pdf", "csv", "json"]
) -> HttpResponse:
    """Return a list as the annex in Excel, Word or PDF, or as data; in the language of Accept-Language."""
    language = (translation.get_language() or "id").split("-")[0]
    name, content = exports.export_list(asker(request), number, fmt, language)
    response = HttpResponse(content, content_type=exports.CONTENT_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
