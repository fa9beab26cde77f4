"""Organisations, their second factor, and the members of associations."""

from typing import Annotated, Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sinergi.accounts.actions import organisations as actions
from sinergi.accounts.api.access import KNOWN, asker
from sinergi.accounts.api.answers import answer, expected
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import Given, Page, text
from sinergi.accounts.errors import unseen
from sinergi.accounts.models import Affiliation, Organisation
from sinergi.accounts.organisation_rules import OrganisationDetails
from sinergi.accounts.queries.organisations import organisation
from sinergi.accounts.vocabulary import Right

router = Router(auth=KNOWN, tags=["Organisations"])
Code = Annotated[str, Path(max_length=60, examples=["kota-palangka-raya"])]
GUARDED: dict[str, Any] = {"x-guarded": True}
Reason = text(1000, description="Why; kept in the audit trail.", examples=["RKPD 2028"])


class OrganisationLine(Schema):
    """A body that owns priority lists, imports and settings."""

    code: str = Field(examples=["kota-palangka-raya"])
    name: str
    kind: str = Field(examples=["government"])
    region: str = Field(description="Kemendagri code; empty where it has none.")
    parent: str | None = Field(description="Code of the organisation above it.")


class OrganisationInFull(OrganisationLine):
    """An organisation with what its members may know of it."""

    revision: int
    requires_second_factor: bool | None = Field(description="Told to its own people only.")
    rights: list[str] = Field(description="What I may do there.")


class Organisations(Schema):
    """Which organisations."""

    kind: str = Field("", max_length=20)
    q: str = Field("", max_length=80, description="A part of the name or of the code.")


class NewOrganisation(Given):
    """An organisation to be made."""

    name: text(160, least=1)  # type: ignore[valid-type]
    kind: Organisation.Kind
    code: str = Field("", max_length=60, description="Without one, what the name suggests.")
    region: str = Field("", max_length=13)
    parent: str = Field("", max_length=60)
    reason: Reason = ""  # type: ignore[valid-type]


class OrganisationChange(Given):
    """What is to be changed; what is left out stays."""

    name: text(160, least=1) | None = None  # type: ignore[valid-type]
    kind: Organisation.Kind | None = None
    region: Annotated[str, Field(max_length=13)] | None = None
    parent: Annotated[str, Field(max_length=60)] | None = None
    requires_second_factor: bool | None = None
    reason: Reason = ""  # type: ignore[valid-type]


class Why(Given):
    """Why something is done."""

    reason: Reason = ""  # type: ignore[valid-type]


class WhyQuery(Schema):
    """Why something is put away, which has no body."""

    reason: Reason = ""  # type: ignore[valid-type]


def _line(row: Organisation) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "region": row.region_code,
        "parent": row.parent.code if row.parent is not None else None,
    }


def _full(request: HttpRequest, row: Organisation, status: int = 200) -> HttpResponse:
    by = asker(request)
    values = {
        **_line(row),
        "revision": row.revision,
        "requires_second_factor": row.requires_second_factor
        if by.has(Right.READ, row.pk) or by.administrator or row.pk in by.withheld
        else None,
        "rights": sorted(right for right in Right if by.has(right, row.pk)),
    }
    return answer(values, status=status, revision=row.revision)


@router.get("/organisations", response=Page[OrganisationLine], operation_id="organisations")
def organisations(
    request: HttpRequest, choice: Query[Organisations], window: Paged
) -> HttpResponse:
    """List the organisations: one shares with them, so everybody who is known sees their names."""
    rows = Organisation.objects.filter(deleted_at=None).select_related("parent")
    if choice.kind:
        rows = rows.filter(kind=choice.kind)
    if choice.q:
        rows = rows.filter(Q(name__icontains=choice.q) | Q(code__icontains=choice.q))
    return answer(page(request, window, rows.order_by("code"), _line))


@router.post(
    "/organisations", response={201: OrganisationInFull}, operation_id="organisation_create"
)
def organisation_create(request: HttpRequest, given: NewOrganisation) -> HttpResponse:
    """Make an organisation: by administrators of the installation, in a session and never by a token."""
    details = OrganisationDetails(given.name, given.kind, given.region, given.parent)
    made = actions.create_organisation(
        asker(request), details, code=given.code, reason=given.reason
    )
    return _full(request, made, 201)


@router.get("/organisations/{code}", response=OrganisationInFull, operation_id="organisation")
def one_organisation(request: HttpRequest, code: Code) -> HttpResponse:
    """Return an organisation."""
    return _full(request, organisation(code))


@router.patch(
    "/organisations/{code}",
    response=OrganisationInFull,
    operation_id="organisation_change",
    openapi_extra=GUARDED,
)
def organisation_change(
    request: HttpRequest, code: Code, given: OrganisationChange
) -> HttpResponse:
    """Change an organisation: kind, region and parent only as administrator of the installation."""
    by, row, revision = asker(request), organisation(code), expected(request)
    sent = given.dict(exclude_unset=True, exclude_none=True)
    old = actions.details_of(row)
    details = OrganisationDetails(
        name=sent.get("name", old.name),
        kind=sent.get("kind", old.kind),
        region_code=sent.get("region", old.region_code),
        parent=sent.get("parent", old.parent),
    )
    with transaction.atomic():
        if details != old or "requires_second_factor" not in sent:
            row = actions.change_organisation(
                by, row, details, revision=revision, reason=given.reason
            )
            revision = row.revision if revision is not None else None
        if (required := sent.get("requires_second_factor")) is not None:
            row = actions.require_second_factor(
                by, row, required=required, revision=revision, reason=given.reason
            )
    return _full(request, row)


@router.delete(
    "/organisations/{code}",
    response={204: None},
    operation_id="organisation_put_away",
    openapi_extra=GUARDED,
)
def organisation_put_away(request: HttpRequest, code: Code) -> HttpResponse:
    """Put an organisation away: its roles count no longer, what it owns stays."""
    actions.put_organisation_away(asker(request), organisation(code), revision=expected(request))
    return HttpResponse(status=204)


@router.post(
    "/organisations/{code}/restore",
    response=OrganisationInFull,
    operation_id="organisation_restore",
)
def organisation_restore(request: HttpRequest, code: Code) -> HttpResponse:
    """Bring back an organisation that was put away."""
    by = asker(request)
    row = Organisation.objects.exclude(deleted_at=None).filter(code=code).first()
    if row is None or not by.administrator:
        raise unseen()
    return _full(request, actions.restore_organisation(by, row))


@router.get(
    "/organisations/{code}/members", response=Page[OrganisationLine], operation_id="members"
)
def members(request: HttpRequest, code: Code, window: Paged) -> HttpResponse:
    """List the members of an association or commissariat."""
    whose = organisation(code)
    rows = Organisation.objects.filter(belongs_to__association=whose, deleted_at=None)
    return answer(page(request, window, rows.select_related("parent").order_by("code"), _line))


@router.put(
    "/organisations/{code}/members/{member}", response={204: None}, operation_id="member_add"
)
def member_add(request: HttpRequest, code: Code, member: Code) -> HttpResponse:
    """Add a member to an association; one that is there already stays."""
    actions.add_member(asker(request), organisation(code), organisation(member))
    return HttpResponse(status=204)


@router.delete(
    "/organisations/{code}/members/{member}", response={204: None}, operation_id="member_remove"
)
def member_remove(request: HttpRequest, code: Code, member: Code) -> HttpResponse:
    """Take a member out of an association."""
    whose = organisation(code)
    found = Affiliation.objects.filter(association=whose, member__code=member)
    row = found.select_related("member").first()
    if row is None:
        actions.remove_member(asker(request), whose, organisation(member))
    else:
        actions.remove_member(asker(request), whose, row.member)
    return HttpResponse(status=204)
