"""Whose something is, who sees it, and its history: the same for every kind of owned thing."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from sinergi.accounts.actions import sharing
from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.organisations import Reason
from sinergi.accounts.api.paging import Paged, Window
from sinergi.accounts.api.schemas import MOST, Given
from sinergi.accounts.audit.history import Deed, history_for
from sinergi.accounts.models import Level, Owned, Share, Visibility
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.audience import audience
from sinergi.accounts.queries.kinds import owned_row
from sinergi.accounts.queries.organisations import organisation

router = Router(tags=["Sharing"])
Kind = Annotated[str, Path(max_length=20, examples=["priority_list"])]
Number = Annotated[int, Path(ge=1, le=MOST)]
Code = Annotated[str, Path(max_length=60, examples=["kota-palangka-raya"])]
MOST_TOLD = 1_000


class ShareLine(Schema):
    """With whom something is shared."""

    organisation: str
    name: str
    level: str = Field(description="read or edit.")
    with_members: bool


class AudienceOf(Schema):
    """Whose something is, who sees it, and what I may do about it."""

    owner: str | None = Field(description="Code of the organisation; null: the installation.")
    public: bool
    shares: list[ShareLine]
    may_edit: bool
    may_remove: bool
    may_share: bool
    may_publish: bool


class NewShare(Given):
    """How far something is opened."""

    level: Level = Level.READ
    with_members: bool = Field(False, description="To the members of an association, too.")
    reason: Reason = ""


class NewVisibility(Given):
    """Who may read something besides those it is shared with."""

    visibility: Visibility
    reason: Reason = ""


class DeedLine(Schema):
    """Who did what, when and why."""

    sequence: int
    at: datetime
    who: str
    verb: str
    what: str = Field(description="The deed in the language of the reader.")
    part: str
    name: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    channel: str


class History(Schema):
    """Deeds on something, the newest first."""

    items: list[DeedLine]


def deed(one: Deed) -> dict[str, Any]:
    """Return a deed as plain values."""
    return {
        "sequence": one.sequence,
        "at": one.at,
        "who": one.who,
        "verb": one.verb,
        "what": one.what,
        "part": one.part,
        "name": one.name,
        "before": one.before,
        "after": one.after,
        "reason": one.reason,
        "channel": one.channel,
    }


def _told(request: HttpRequest, row: Owned) -> HttpResponse:
    by = asker(request)
    seen = audience(by, row)
    shares = seen.shares if by.signed_in else ()
    return answer(
        {
            "owner": seen.owner.code if seen.owner is not None else None,
            "public": seen.public,
            "shares": [_share(one) for one in shares],
            "may_edit": seen.may_edit,
            "may_remove": seen.may_remove,
            "may_share": seen.may_share,
            "may_publish": seen.may_publish,
        }
    )


def _share(one: Share) -> dict[str, Any]:
    return {
        "organisation": one.organisation.code,
        "name": one.organisation.name,
        "level": str(one.level),
        "with_members": one.with_members,
    }


@router.get("/sharing/{kind}/{number}", auth=ANYONE, response=AudienceOf, operation_id="audience")
def audience_of(request: HttpRequest, kind: Kind, number: Number) -> HttpResponse:
    """Return whose something is and who sees it. Kinds: priority_list, saved_map, import, forum."""
    return _told(request, owned_row(asker(request), kind, number))


@router.put(
    "/sharing/{kind}/{number}/shares/{code}",
    auth=KNOWN,
    response=AudienceOf,
    operation_id="share",
)
def share(
    request: HttpRequest, kind: Kind, number: Number, code: Code, given: NewShare
) -> HttpResponse:
    """Open something to another organisation, or change how far it is open to it."""
    by = asker(request)
    row = owned_row(by, kind, number)
    sharing.share(
        by,
        row,
        organisation(code),
        given.level,
        with_members=given.with_members,
        reason=given.reason,
    )
    return _told(request, row)


@router.delete(
    "/sharing/{kind}/{number}/shares/{code}",
    auth=KNOWN,
    response={204: None},
    operation_id="unshare",
)
def unshare(request: HttpRequest, kind: Kind, number: Number, code: Code) -> HttpResponse:
    """Close something to an organisation again."""
    by = asker(request)
    row = owned_row(by, kind, number)
    sharing.unshare(by, row, organisation(code))
    return HttpResponse(status=204)


@router.put(
    "/sharing/{kind}/{number}/visibility",
    auth=KNOWN,
    response=AudienceOf,
    operation_id="set_visibility",
)
def set_visibility(
    request: HttpRequest, kind: Kind, number: Number, given: NewVisibility
) -> HttpResponse:
    """Make something public, or private again."""
    by = asker(request)
    row = owned_row(by, kind, number)
    return _told(request, sharing.set_visibility(by, row, given.visibility, reason=given.reason))


@router.get("/history/{kind}/{number}", auth=KNOWN, response=History, operation_id="history")
def history_of(request: HttpRequest, kind: Kind, number: Number, window: Paged) -> HttpResponse:
    """Return the deeds on something, the newest first: to people who may read it.

    Whoever reads it only because it is public gets those since it was made public.
    """
    by = asker(request)
    row = owned_row(by, kind, number)
    return answer({"items": [deed(one) for one in _part(by, row, window)]})


def _part(by: Principal, row: Owned, window: Window) -> list[Deed]:
    end = min(window.offset + window.limit, MOST_TOLD)
    return history_for(by, row, end)[window.offset :]
