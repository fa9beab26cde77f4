"""Personal data: everything that is stored about a person in one document, and its erasure."""

import json
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.deeds import held, held_person, refuse_last
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import (
    ApiToken,
    Assignment,
    AuditRecord,
    Invitation,
    Person,
    Role,
)
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right

KIND = "person"
STORED: dict[str, Callable[[Principal, Person], Any]] = {}
"""Heading of the document to what a room stores about a person, as plain values; rooms register theirs."""
FORGOTTEN: dict[str, Callable[[Person], None]] = {}
"""Room to what forgets what it stores about a person, in the transaction of the erasure."""


def _require(by: Principal, person: Person) -> None:
    """Refuse everybody but the person, in a session, and administrators of the installation."""
    if by.person_id == person.pk and by.scopes is None:
        return
    rules.require(by, rules.INSTALLATION)


@transaction.atomic
def export_person(by: Principal, person: Person) -> dict[str, Any]:
    """Return everything that is stored about a person, without secrets; records that it was taken.

    In a session in which not all roles of the person count, what deeds changed elsewhere is left out: it
    belongs to organisations.

    Raises
    ------
    ForbiddenError
        Unless by the person in a session, or by an administrator of the installation.
    """
    _require(by, person)
    found = {
        "person": _said_person(person),
        "roles": _roles(person),
        "invitations": _invitations(person),
        "tokens": _tokens(person),
        "second_factors": _factors(person),
        "sessions": _rows(
            UserSession.objects.filter(user=person),
            ("created_at", "last_seen_at", "ip", "user_agent"),
        ),
        "addresses": _rows(
            EmailAddress.objects.filter(user=person), ("email", "verified", "primary")
        ),
        "external_accounts": _rows(
            SocialAccount.objects.filter(user=person),
            ("provider", "uid", "date_joined", "last_login", "extra_data"),
        ),
        **{heading: stored(by, person) for heading, stored in STORED.items()},
        "deeds": _deeds(by, person),
    }
    record(by, Verb.DATA_EXPORTED, kind=KIND, object_id=person.pk, organisation=None)
    return found


def _rows(rows: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*names))


def _said_person(person: Person) -> dict[str, Any]:
    names = ("pk", "email", "name", "language", "is_active", "is_administrator")
    dates = ("created", "last_login")
    return {name: getattr(person, name) for name in (*names, *dates)}


def _roles(person: Person) -> list[dict[str, Any]]:
    rows = Assignment.objects.filter(person=person)
    return _rows(rows, ("organisation__code", "role", "created", "ended_at"))


def _invitations(person: Person) -> list[dict[str, Any]]:
    rows = Invitation.objects.filter(
        Q(email=person.email) | Q(accepted_by=person) | Q(invited_by=person)
    )
    names = ("organisation__code", "role", "created", "expires_at", "accepted_at", "revoked_at")
    own = rows.filter(Q(email=person.email) | Q(accepted_by=person))
    return [
        *({"direction": "received", **row} for row in _rows(own, (*names, "email"))),
        *({"direction": "sent", **row} for row in _rows(rows.exclude(pk__in=own), names)),
    ]


def _tokens(person: Person) -> list[dict[str, Any]]:
    names = ("organisation__code", "name", "hint", "scopes", "created", "expires_at")
    return _rows(ApiToken.objects.filter(person=person), (*names, "last_used_at", "revoked_at"))


def _factors(person: Person) -> list[dict[str, Any]]:
    rows = Authenticator.objects.filter(user=person).order_by("pk")
    return [
        {
            "type": row.type,
            "name": row.data.get("name", ""),
            "created_at": row.created_at,
            "last_used_at": row.last_used_at,
        }
        for row in rows
    ]


def _deeds(by: Principal, person: Person) -> list[dict[str, Any]]:
    """Return the records of what a person did and of what was done to the person."""
    rows = AuditRecord.objects.filter(
        Q(actor=person.pk) | Q(kind=KIND, object_id=str(person.pk))
    ).order_by("sequence")
    return [_deed(row, in_full=_told(by, row)) for row in rows.iterator()]


def _told(by: Principal, row: AuditRecord) -> bool:
    """Whether the content of a record is told: not of organisations whose roles do not count now."""
    return not by.partial or row.organisation is None or by.has(Right.READ, row.organisation)


def _deed(row: AuditRecord, *, in_full: bool) -> dict[str, Any]:
    names = ("sequence", "at", "channel", "verb", "kind", "object_id", "part")
    found = {name: getattr(row, name) for name in names}
    if not in_full:
        return found
    content = {"before": json.loads(row.before), "after": json.loads(row.after)}
    return {**found, "name": row.name, "reason": row.reason, **content}


@transaction.atomic
def erase_person(by: Principal, person: Person, *, reason: str = "") -> Person:
    """Erase what is known of a person; the number stays, because the audit trail names it.

    The name becomes empty, the address one that cannot exist; roles end; sessions, second factors, tokens,
    addresses and connected accounts are removed; invitations to the address lose it; rooms forget what they
    store (`FORGOTTEN`).

    Raises
    ------
    ForbiddenError
        Unless by the person in a session, or by an administrator of the installation.
    InvalidError
        When an organisation or the installation would be left without an administrator; says which.
    UnseenError
        When the person was erased before.
    """
    _require(by, person)
    roles = _held_roles(person)
    row = held_person(person)
    refuse_last(row)
    _refuse_alone(row, roles)
    address = row.email
    now = timezone.now()
    Assignment.objects.filter(person=row, ended_at=None).update(ended_at=now)
    _forget_entries(row, address)
    for forget in FORGOTTEN.values():
        forget(row)
    row.email = f"terhapus-{row.pk}@terhapus.invalid"
    row.name, row.is_active, row.is_administrator, row.erased_at = "", False, False, now
    row.last_login = None
    row.set_unusable_password()
    row.save()
    record(by, Verb.ERASED, kind=KIND, object_id=row.pk, organisation=None, reason=reason)
    return row


def _held_roles(person: Person) -> list[Assignment]:
    """Return the roles of a person; their organisations are held, so that nobody else leaves meanwhile."""
    rows = Assignment.objects.filter(person=person, ended_at=None, organisation__deleted_at=None)
    found = list(rows.select_related("organisation").order_by("organisation"))
    for row in found:
        held(row.organisation)
    return found


def _refuse_alone(person: Person, roles: list[Assignment]) -> None:
    """Refuse to leave an organisation without an administrator."""
    alone = [row.organisation.name for row in roles if _is_last(person, row)]
    if alone:
        text = _(
            "This is the last administrator of %(names)s. Give the role to somebody else first."
        )
        raise InvalidError({"person": text % {"names": ", ".join(alone)}})


def _is_last(person: Person, row: Assignment) -> bool:
    if row.role != Role.ADMINISTRATOR:
        return False
    others = Assignment.objects.filter(
        organisation=row.organisation,
        role=Role.ADMINISTRATOR,
        ended_at=None,
        person__is_active=True,
    )
    return not others.exclude(person=person).exists()


def _forget_entries(person: Person, address: str) -> None:
    """Remove every way in, and the address from invitations."""
    now = timezone.now()
    for session in UserSession.objects.filter(user=person):
        session.end()
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    tokens = ApiToken.objects.filter(person=person)
    tokens.filter(revoked_at=None).update(revoked_at=now)
    tokens.update(name="")
    invited = Invitation.objects.filter(Q(email=address) | Q(accepted_by=person))
    invited.filter(accepted_at=None, revoked_at=None).update(revoked_at=now)
    invited.update(email=f"terhapus-{person.pk}@terhapus.invalid")
