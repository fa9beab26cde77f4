"""Entries of a priority list: add, change, move, renew, take off, put back."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer, expected
from sinergi.accounts.api.once import EXTRA, done_once
from sinergi.accounts.api.organisations import GUARDED, Why, WhyQuery
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Given, Page, text
from sinergi.evidence.scope import reading, scope_of
from sinergi.opportunities import queries as maps
from sinergi.opportunities.addresses import settings_from_query
from sinergi.opportunities.api.lists import Number
from sinergi.opportunities.api.parameters import weighed
from sinergi.opportunities.api.shapes import GroupMember
from sinergi.opportunities.lists import actions, queries, snapshot
from sinergi.opportunities.lists.actions.entries import details_of
from sinergi.opportunities.lists.errors import entry_not_found
from sinergi.opportunities.lists.rules import FIRST_YEAR, LAST_YEAR, LENGTHS, EntryDetails
from sinergi.opportunities.models import PriorityEntry, PriorityList
from sinergi.opportunities.views.opportunity import MOST_EXPLAINED

router = Router(tags=["Entries of priority lists"])
Entry = Annotated[int, Path(ge=1, le=MOST, description="Number of the entry.")]
Line = text(160)
Long = text(LENGTHS["note"])
Channel = text(60)
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Region = Annotated[str, Field(min_length=2, max_length=20)]
NAMES = tuple(EntryDetails.__dataclass_fields__)


class EntryLine(Schema):
    """An opportunity on a list, with its reasons as they were when it was chosen."""

    id: int
    position: int
    object: str = Field(examples=["TPA_REGIONAL"])
    members: list[GroupMember]
    proposer: str
    target_year: int | None
    funding_channel: str
    lead: str
    reason: str
    note: str
    revision: int
    chosen: datetime
    snapshot: dict[str, Any] | None = Field(description="Told of one entry; null in lists.")


class NewEntry(Given):
    """An opportunity to be put on a list."""

    object: str = Field(max_length=60, min_length=1, examples=["TPA_REGIONAL"])
    members: Annotated[list[Region], Field(min_length=2, max_length=MOST_EXPLAINED)] = Field(
        examples=[["63.01", "63.03", "63.04", "63.71", "63.72"]]
    )
    settings: text(4000) = Field(  # type: ignore[valid-type]
        "", description="Settings of the map, as the query string of its page."
    )
    proposer: Line = ""  # type: ignore[valid-type]
    target_year: Year | None = None
    funding_channel: Channel = ""  # type: ignore[valid-type]
    lead: Line = ""  # type: ignore[valid-type]
    reason: Long = ""  # type: ignore[valid-type]
    note: Long = ""  # type: ignore[valid-type]


class EntryChange(Given):
    """What is to be changed; what is left out stays. `target_year: null` takes the year away."""

    proposer: Line | None = None  # type: ignore[valid-type]
    target_year: Year | None = None
    funding_channel: Channel | None = None  # type: ignore[valid-type]
    lead: Line | None = None  # type: ignore[valid-type]
    reason: Long | None = None  # type: ignore[valid-type]
    note: Long | None = None  # type: ignore[valid-type]


class Move(Given):
    """Where an entry is to stand; changes of order want the revision of the list."""

    to: int = Field(ge=1, le=10_000, description="Position, counted from 1.")


def line(row: PriorityEntry, *, full: bool = False) -> dict[str, Any]:
    """Return an entry as plain values."""
    return {
        "id": row.pk,
        "position": row.position,
        "object": row.object_code,
        "members": [
            {"code": one.region_code, "name": one.name, "role": one.role}
            for one in row.members.all()
        ],
        **{name: getattr(row, name) for name in NAMES},
        "revision": row.revision,
        "chosen": row.created,
        "snapshot": row.snapshot if full else None,
    }


def _entry(plan: PriorityList, number: int) -> PriorityEntry:
    row = plan.entries.filter(pk=number, deleted_at=None).prefetch_related("members").first()
    if row is None:
        raise entry_not_found(number)
    return row


def _told(request: HttpRequest, list_id: int, number: int, status: int = 200) -> HttpResponse:
    row = _entry(queries.get_list(asker(request), list_id), number)
    return answer(line(row, full=True), status=status, revision=row.revision)


@router.get(
    "/lists/{number}/entries", auth=ANYONE, response=Page[EntryLine], operation_id="entries"
)
def entries(request: HttpRequest, number: Number, window: Paged) -> HttpResponse:
    """List the entries of a list, first priority first."""
    plan = queries.get_list(asker(request), number)
    rows = plan.entries.filter(deleted_at=None).prefetch_related("members")
    return answer(page(request, window, rows.order_by("position", "pk"), line))


@router.post(
    "/lists/{number}/entries",
    auth=KNOWN,
    response={201: EntryLine},
    operation_id="entry_add",
    openapi_extra=EXTRA,
)
def entry_add(request: HttpRequest, number: Number, given: NewEntry) -> HttpResponse:
    """Put an opportunity at the end of a list, with its explanation as it is now."""
    by = asker(request)
    queries.get_list(by, number)
    settings = settings_from_query(QueryDict(given.settings.removeprefix("?")))
    details = EntryDetails(**{name: getattr(given, name) for name in NAMES})
    weighed(request, settings.but(objects=(given.object,), affairs=(), regions=()))

    def do() -> dict[str, Any]:
        with reading(scope_of(by, settings.evidence)):
            found = maps.explain(given.object, tuple(given.members), settings)
        return {"entry": actions.add_entry(by, number, found, settings, details).pk}

    made = done_once(request, "entry_add", {"list": number, **given.dict()}, do)
    return _told(request, number, made["entry"], 201)


@router.get(
    "/lists/{number}/entries/{entry}", auth=ANYONE, response=EntryLine, operation_id="entry"
)
def one_entry(request: HttpRequest, number: Number, entry: Entry) -> HttpResponse:
    """Return an entry with the snapshot of its reasons; its ETag is what changes want in If-Match."""
    return _told(request, number, entry)


@router.patch(
    "/lists/{number}/entries/{entry}",
    auth=KNOWN,
    response=EntryLine,
    operation_id="entry_change",
    openapi_extra=GUARDED,
)
def entry_change(
    request: HttpRequest, number: Number, entry: Entry, given: EntryChange
) -> HttpResponse:
    """Change what is written about an entry."""
    by = asker(request)
    old = details_of(_entry(queries.get_list(by, number), entry))
    sent = given.dict(exclude_unset=True)
    kept = {n: v for n, v in sent.items() if v is not None or n == "target_year"}
    details = EntryDetails(**{name: kept.get(name, getattr(old, name)) for name in NAMES})
    actions.edit_entry(by, number, entry, details, revision=expected(request))
    return _told(request, number, entry)


@router.delete(
    "/lists/{number}/entries/{entry}",
    auth=KNOWN,
    response={204: None},
    operation_id="entry_remove",
    openapi_extra=GUARDED,
)
def entry_remove(
    request: HttpRequest,
    number: Number,
    entry: Entry,
    why: Query[WhyQuery],
) -> HttpResponse:
    """Take an entry off the list; it can be put back."""
    actions.remove_entry(
        asker(request), number, entry, revision=expected(request), reason=why.reason
    )
    return HttpResponse(status=204)


@router.post(
    "/lists/{number}/entries/{entry}/restore",
    auth=KNOWN,
    response=EntryLine,
    operation_id="entry_restore",
)
def entry_restore(request: HttpRequest, number: Number, entry: Entry, given: Why) -> HttpResponse:
    """Put an entry that was taken off back in its place."""
    actions.restore_entry(asker(request), number, entry, reason=given.reason)
    return _told(request, number, entry)


@router.post(
    "/lists/{number}/entries/{entry}/move",
    auth=KNOWN,
    response=EntryLine,
    operation_id="entry_move",
    openapi_extra=GUARDED,
)
def entry_move(request: HttpRequest, number: Number, entry: Entry, given: Move) -> HttpResponse:
    """Move an entry to another position; If-Match or revision are those of the list."""
    actions.move_entry(asker(request), number, entry, given.to, revision=expected(request))
    return _told(request, number, entry)


@router.post(
    "/lists/{number}/entries/{entry}/renew",
    auth=KNOWN,
    response=EntryLine,
    operation_id="entry_renew",
    openapi_extra=GUARDED,
)
def entry_renew(request: HttpRequest, number: Number, entry: Entry) -> HttpResponse:
    """Replace the reasons of an entry by what the evidence says now; the old score stays in the history."""
    by, revision = asker(request), expected(request)
    row = _entry(queries.get_list(by, number), entry)
    settings = snapshot.Snapshot(row.snapshot).settings
    weighed(request, settings.but(objects=(row.object_code,), affairs=(), regions=()))
    with reading(scope_of(by, settings.evidence)):
        found = maps.explain(row.object_code, tuple(row.members_key.split("+")), settings)
    actions.renew_entry(by, number, entry, found, revision=revision)
    return _told(request, number, entry)
