"""People of an organisation, their roles, and invitations to it."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from sinergi.accounts import rules
from sinergi.accounts.actions import invitations as offers
from sinergi.accounts.actions import letters
from sinergi.accounts.actions import people as actions
from sinergi.accounts.api.access import KNOWN, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.organisations import Code, Reason
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Given, Page
from sinergi.accounts.errors import unseen
from sinergi.accounts.mail.letters import base_of
from sinergi.accounts.models import Assignment, Invitation, Organisation, Person, Role
from sinergi.accounts.queries.organisations import organisation

router = Router(auth=KNOWN, tags=["People"])
Number = Annotated[int, Path(ge=1, le=MOST)]


class PersonLine(Schema):
    """A person who holds roles in an organisation."""

    id: int
    name: str
    email: str | None = Field(description="Told to administrators of the organisation only.")
    roles: list[str] = Field(examples=[["analyst"]])


class InvitationLine(Schema):
    """An invitation; its link is in the e-mail only."""

    id: int
    email: str
    role: str
    created: datetime
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None


class NewInvitation(Given):
    """Whom to invite, as what."""

    email: str = Field(max_length=254, min_length=3, examples=["ani@contoh.test"])
    role: Role
    reason: Reason = ""


def _people(whose: Organisation) -> Any:
    held = Assignment.objects.filter(organisation=whose, ended_at=None)
    return Person.objects.filter(pk__in=held.values("person")).order_by("name", "pk")


@router.get("/organisations/{code}/people", response=Page[PersonLine], operation_id="people")
def people(request: HttpRequest, code: Code, window: Paged) -> HttpResponse:
    """List the people of an organisation with their roles."""
    by, whose = asker(request), organisation(code)
    rules.require(by, rules.ORGANISATION_READ, whose)
    told = rules.may(by, rules.ORGANISATION_MANAGE, whose)
    held: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(organisation=whose, ended_at=None)
    for person, role in rows.order_by("role").values_list("person", "role"):
        held.setdefault(person, []).append(role)

    def shown(row: Person) -> dict[str, Any]:
        mail = row.email if told else None
        return {"id": row.pk, "name": row.name, "email": mail, "roles": held.get(row.pk, [])}

    return answer(page(request, window, _people(whose), shown))


def _person(whose: Organisation, number: int) -> Person:
    """Return somebody who holds or held a role there; nobody else is known to its administrators.

    Raises
    ------
    UnseenError
    """
    known = Assignment.objects.filter(organisation=whose).values("person")
    found: Person | None = Person.objects.filter(pk=number, pk__in=known).first()
    if found is None:
        raise unseen()
    return found


@router.put(
    "/organisations/{code}/people/{person}/roles/{role}",
    response={204: None},
    operation_id="role_give",
)
def role_give(request: HttpRequest, code: Code, person: Number, role: Role) -> HttpResponse:
    """Give a further role to somebody who holds or held one there; others are invited."""
    by, whose = asker(request), organisation(code)
    rules.require(by, rules.ORGANISATION_MANAGE, whose)
    actions.give_role(by, whose, _person(whose, person), role)
    return HttpResponse(status=204)


@router.delete(
    "/organisations/{code}/people/{person}/roles/{role}",
    response={204: None},
    operation_id="role_end",
)
def role_end(request: HttpRequest, code: Code, person: Number, role: Role) -> HttpResponse:
    """End a role of somebody."""
    by, whose = asker(request), organisation(code)
    rules.require(by, rules.ORGANISATION_MANAGE, whose)
    actions.end_role(by, whose, _person(whose, person), role)
    return HttpResponse(status=204)


@router.get(
    "/organisations/{code}/invitations", response=Page[InvitationLine], operation_id="invitations"
)
def invitations(request: HttpRequest, code: Code, window: Paged) -> HttpResponse:
    """List the invitations of an organisation: to its administrators."""
    whose = organisation(code)
    rules.require(asker(request), rules.ORGANISATION_MANAGE, whose)
    rows = Invitation.objects.filter(organisation=whose)
    return answer(page(request, window, rows, _invitation))


@router.post(
    "/organisations/{code}/invitations", response={201: InvitationLine}, operation_id="invite"
)
def invite(request: HttpRequest, code: Code, given: NewInvitation) -> HttpResponse:
    """Invite somebody by e-mail; the letter with the link is sent."""
    by, whose = asker(request), organisation(code)
    base = base_of(request)
    made = letters.invite_by_letter(by, whose, given.email, given.role, base, reason=given.reason)
    return answer(_invitation(made), status=201)


@router.post(
    "/organisations/{code}/invitations/{number}/resend",
    response=InvitationLine,
    operation_id="invitation_resend",
)
def resend(request: HttpRequest, code: Code, number: Number) -> HttpResponse:
    """Send an open invitation again; the link that was sent before dies."""
    found = _of(request, code, number)
    return answer(_invitation(letters.resend_by_letter(asker(request), found, base_of(request))))


@router.delete(
    "/organisations/{code}/invitations/{number}",
    response={204: None},
    operation_id="invitation_revoke",
)
def revoke(request: HttpRequest, code: Code, number: Number) -> HttpResponse:
    """Take an open invitation back."""
    offers.revoke(asker(request), _of(request, code, number))
    return HttpResponse(status=204)


def _of(request: HttpRequest, code: str, number: int) -> Invitation:
    """Return an invitation of an organisation, to its administrators only."""
    whose = organisation(code)
    rules.require(asker(request), rules.ORGANISATION_MANAGE, whose)
    rows = Invitation.objects.select_related("organisation")
    found: Invitation | None = rows.filter(organisation=whose, pk=number).first()
    if found is None:
        raise unseen()
    return found


def _invitation(row: Invitation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "email": row.email,
        "role": str(row.role),
        "created": row.created,
        "expires_at": row.expires_at,
        "accepted_at": row.accepted_at,
        "revoked_at": row.revoked_at,
    }
