"""Imports: what was loaded; undo it; take it into the common evidence."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.organisations import Why
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Page
from sinergi.evidence.actions import adopt_import, undo_import
from sinergi.evidence.models import ImportBatch
from sinergi.evidence.queries.batches import batch, batches, listed

router = Router(tags=["Imports"])
Number = Annotated[int, Path(ge=1, le=MOST, description="Number of the import.")]


class ImportLine(Schema):
    """One load of observations: it stands or is undone as a whole."""

    id: int
    filename: str
    sha256: str
    kind: str = Field(description="shipped or import.")
    state: str = Field(description="loaded or undone.")
    organisation: str = Field(description="On whose shelf it stands; empty: the common evidence.")
    visibility: str
    created_at: datetime
    rows: int = Field(description="Observations that it stored.")
    replaced: int
    skipped: int
    warnings: int
    last_period: str
    note: str
    mapping: dict[str, Any]
    undone_at: datetime | None
    undo_reason: str


class Imports(Schema):
    """Which imports."""

    milik: Literal["", "saya", "dibagikan", "umum", "publik"] = Field(
        "", description="Of my organisations, shared with me, common, public; empty: all."
    )


def line(row: ImportBatch) -> dict[str, Any]:
    """Return an import as plain values."""
    return {
        "id": row.pk,
        "filename": row.filename,
        "sha256": row.sha256,
        "kind": row.kind,
        "state": row.state,
        "organisation": row.organisation.code if row.organisation is not None else "",
        "visibility": str(row.visibility) if row.organisation is not None else "public",
        "created_at": row.created_at,
        "rows": row.rows,
        "replaced": row.replaced,
        "skipped": row.skipped,
        "warnings": row.warnings,
        "last_period": row.last_period,
        "note": row.note,
        "mapping": row.mapping,
        "undone_at": row.undone_at,
        "undo_reason": row.undo_reason,
    }


@router.get("/imports", auth=ANYONE, response=Page[ImportLine], operation_id="imports")
def imports(request: HttpRequest, choice: Query[Imports], window: Paged) -> HttpResponse:
    """List the imports that I may read, the newest first."""
    by = asker(request)
    return answer(page(request, window, listed(by, batches(by), choice.milik), line))


@router.get("/imports/{number}", auth=ANYONE, response=ImportLine, operation_id="import")
def one_import(request: HttpRequest, number: Number) -> HttpResponse:
    """Return one import."""
    return answer(line(batch(asker(request), number)))


@router.post("/imports/{number}/undo", auth=KNOWN, response=ImportLine, operation_id="import_undo")
def undo(request: HttpRequest, number: Number, given: Why) -> HttpResponse:
    """Take the observations of an import out of use; what they replaced is in use again."""
    by = asker(request)
    undo_import(by, number, given.reason)
    return answer(line(batch(by, number)))


@router.post(
    "/imports/{number}/adopt",
    auth=KNOWN,
    response={201: ImportLine},
    operation_id="import_adopt",
)
def adopt(request: HttpRequest, number: Number, given: Why) -> HttpResponse:
    """Copy an organisation's import into the common evidence: by administrators of the installation."""
    by = asker(request)
    made = adopt_import(by, number, given.reason)
    return answer(line(batch(by, made.pk)), status=201)
