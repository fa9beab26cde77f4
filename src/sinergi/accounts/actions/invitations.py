"""Deeds on invitations: invite, send again, revoke, accept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.deeds import held, tell
from sinergi.accounts.actions.people import assign, checked_role, refuse_oneself
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import Assignment, Invitation, Organisation, Person, Role
from sinergi.accounts.names import clean_name
from sinergi.accounts.principal import Principal, principal_for

BYTES = 32
USUAL_DAYS = 7
A_DAY = 100
"""Invitations of one organisation within a day: who can invite cannot fill the mailboxes of a country."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation with its secret, which is known only now: the database has its digest."""

    invitation: Invitation
    secret: str


def digest_of(secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _expiry() -> datetime:
    return timezone.now() + timedelta(days=getattr(settings, "SINERGI_INVITATION_DAYS", USUAL_DAYS))


def dead() -> UnseenError:
    """Return the one answer for what is forged, used, revoked or expired: none tells which, or for whom."""
    return UnseenError(
        _("This invitation does not exist, was used, or is no longer valid. Ask for a new one.")
    )


def _part(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"


def checked_email(email: str) -> str:
    """Return an e-mail address in small letters.

    Raises
    ------
    InvalidError
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise InvalidError({"email": _("Write an e-mail address.")}) from error
    return address


def is_open(invitation: Invitation) -> bool:
    """Whether it was neither accepted nor revoked; it may have expired."""
    return invitation.accepted_at is None and invitation.revoked_at is None


@transaction.atomic
def invite(
    by: Principal, organisation: Organisation, email: str, role: str, *, reason: str = ""
) -> Offer:
    """Offer a role in an organisation to whoever holds an e-mail address.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of the organisation or of the installation; to oneself.
    InvalidError
        For `email` and `role`; when the same was offered already; when too many were offered today.
    """
    rules.require(by, rules.ORGANISATION_MANAGE, organisation)
    address, offered = checked_email(email), checked_role(role)
    row = held(organisation)
    refuse_oneself(by, Person.objects.filter(email=address).first())
    _refuse_offered(row, address, offered)
    secret = secrets.token_urlsafe(BYTES)
    made = Invitation.objects.create(
        organisation=row,
        role=offered,
        email=address,
        digest=digest_of(secret),
        invited_by_id=by.person_id,
        expires_at=_expiry(),
    )
    tell(by, Verb.INVITED, row, after={"role": str(offered)}, part=_part(made), reason=reason)
    return Offer(made, secret)


def _refuse_offered(organisation: Organisation, address: str, role: Role) -> None:
    holding = Assignment.objects.filter(
        organisation=organisation, role=role, ended_at=None, person__email=address
    )
    if holding.exists():
        raise InvalidError({"email": _("This person holds this role already.")})
    offers = Invitation.objects.filter(organisation=organisation)
    same = offers.filter(
        email=address,
        role=role,
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
    )
    if same.exists():
        text = _("This role was offered to this address already. Send the invitation again below.")
        raise InvalidError({"email": text})
    if offers.filter(created__gt=timezone.now() - timedelta(days=1)).count() >= A_DAY:
        raise InvalidError({"email": _("There were too many invitations today. Go on tomorrow.")})


def _live(by: Principal, invitation: Invitation) -> Invitation:
    """Return an open invitation, held, after asking whether somebody manages its organisation."""
    rules.require(by, rules.ORGANISATION_MANAGE, invitation.organisation)
    held(invitation.organisation)
    row = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if not is_open(row):
        raise InvalidError({"invitation": _("It was accepted or revoked meanwhile.")})
    return row


@transaction.atomic
def resend(by: Principal, invitation: Invitation, *, reason: str = "") -> Offer:
    """Give an open invitation a new secret and a new term; the link that was sent before dies.

    Who sends it again vouches for it from now on.

    Raises
    ------
    ForbiddenError
        Also to oneself.
    InvalidError
        When it was accepted or revoked.
    """
    row = _live(by, invitation)
    refuse_oneself(by, Person.objects.filter(email=row.email).first())
    secret = secrets.token_urlsafe(BYTES)
    row.digest, row.expires_at = digest_of(secret), _expiry()
    row.invited_by_id = by.person_id
    row.save(update_fields=["digest", "expires_at", "invited_by"])
    after = {"role": row.role, "again": True}
    tell(by, Verb.INVITED, row.organisation, after=after, part=_part(row), reason=reason)
    return Offer(row, secret)


@transaction.atomic
def revoke(by: Principal, invitation: Invitation, *, reason: str = "") -> Invitation:
    """Take an invitation back; its link dies.

    Raises
    ------
    ForbiddenError
    InvalidError
        When it was accepted or revoked.
    """
    row = _live(by, invitation)
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    before = {"role": row.role}
    tell(by, Verb.INVITATION_REVOKED, row.organisation, before, part=_part(row), reason=reason)
    return row


def offered(secret: str) -> Invitation:
    """Return the invitation that a secret opens; consumes nothing.

    Raises
    ------
    UnseenError
        When it is forged, used, revoked or expired, or who invited may no longer: all are told alike.
    """
    rows = Invitation.objects.select_related("organisation")
    return _alive(rows.filter(digest=digest_of(secret)).first())


def _alive(row: Invitation | None) -> Invitation:
    if (
        row is None
        or not is_open(row)
        or row.expires_at <= timezone.now()
        or row.organisation.deleted_at is not None
        or not _is_vouched_for(row)
    ):
        raise dead()
    return row


def _is_vouched_for(row: Invitation) -> bool:
    """Whether who invited may still do so: nobody leaves a door open behind them when they are shut out."""
    inviter = row.invited_by
    if inviter is None or (inviter.is_active and inviter.is_administrator):
        return True
    held = Assignment.objects.filter(
        person=inviter,
        organisation=row.organisation_id,
        role=Role.ADMINISTRATOR,
        ended_at=None,
        person__is_active=True,
    )
    return held.exists()


def _taken(secret: str) -> Invitation:
    """Return the invitation, held with its organisation: of two who accept at once, one finds it used."""
    organisation = offered(secret).organisation
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",))
    return _alive(rows.select_related("organisation").filter(digest=digest_of(secret)).first())


def _accept(by: Principal, row: Invitation, person: Person) -> Assignment:
    row.accepted_at, row.accepted_by = timezone.now(), person
    row.save(update_fields=["accepted_at", "accepted_by"])
    return assign(
        by,
        row.organisation,
        person,
        Role(row.role),
        Verb.INVITATION_ACCEPTED,
        part=_part(row),
    )


@transaction.atomic
def accept(by: Principal, secret: str) -> Assignment:
    """Accept an invitation as the person who is signed in.

    Raises
    ------
    UnseenError
        When it is forged, used, revoked or expired.
    ForbiddenError
        When nobody is signed in, a token asks or a session that another organisation's provider opened, the
        invitation is for another address, or is one's own.
    """
    row = _taken(secret)
    person = None
    if by.person_id is not None and by.scopes is None:
        person = Person.objects.filter(pk=by.person_id, is_active=True).first()
    if person is None:
        raise ForbiddenError(_("Sign in to do this."), rules.ORGANISATION_READ)
    if by.within not in {None, row.organisation_id}:
        text = _(
            "You signed in by the provider of another organisation. Sign in with your password."
        )
        raise ForbiddenError(text, rules.ORGANISATION_READ)
    if person.email != row.email:
        text = _("This invitation is for another e-mail address than the one of your account.")
        raise ForbiddenError(text, rules.ORGANISATION_READ)
    if row.invited_by_id is not None:
        refuse_oneself(by, row.invited_by)
    return _accept(by, row, person)


@transaction.atomic
def accept_as_new(
    by: Principal, secret: str, name: str, password: str, *, language: str = ""
) -> Assignment:
    """Accept an invitation as somebody who has no account yet: it is made, with the invited address.

    Raises
    ------
    UnseenError
        When the invitation is forged, used, revoked or expired.
    ForbiddenError
        When somebody is signed in.
    InvalidError
        For `name` and `password`; when the address has an account, which must be signed in to.
    """
    row = _taken(secret)
    if by.signed_in:
        text = _("You are signed in already. Accept with your account, or sign out first.")
        raise ForbiddenError(text, rules.ORGANISATION_READ)
    known = InvalidError({"email": _("There is an account for this address. Sign in to accept.")})
    if Person.objects.filter(email=row.email).exists():
        raise known
    cleaned = _checked_newcomer(row.email, name, password)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                row.email, password, name=cleaned, language=language or get_language() or "id"
            )
    except IntegrityError as error:
        raise known from error
    newcomer = principal_for(person, by.channel, request_id=by.request_id)
    return _accept(newcomer, row, person)


def _checked_newcomer(email: str, name: str, password: str) -> str:
    """Return the cleaned name of somebody new, or say what is wrong with name and password."""
    found: dict[str, str] = {}
    cleaned = name
    try:
        cleaned = clean_name(name)
    except InvalidError as error:
        found |= error.fields
    try:
        validate_password(password, Person(email=email, name=name))
    except ValidationError as error:
        found["password"] = " ".join(error.messages)
    if not password:
        found["password"] = _("Choose a password.")
    if found:
        raise InvalidError(found)
    return cleaned
