"""Deeds on people: give and end roles, deactivate, make administrators of the installation."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.deeds import held, held_person, refuse_last, tell
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError, unseen
from sinergi.accounts.models import Assignment, Organisation, Person, Role
from sinergi.accounts.principal import Principal

INSTALLATION_ROLE = "installation_administrator"
"""How the audit trail names the role that no organisation gives."""


def checked_role(role: str) -> Role:
    """Return a role from its code.

    Raises
    ------
    InvalidError
    """
    if role not in Role.values:
        raise InvalidError({"role": _("Choose a role.")})
    return Role(role)


def refuse_oneself(by: Principal, person: Person | None) -> None:
    """Refuse that somebody gives a role to themselves; the operator is nobody in particular.

    Raises
    ------
    ForbiddenError
    """
    if person is not None and by.person_id == person.pk:
        text = _("Nobody gives a role to themselves. Another administrator can give it.")
        raise ForbiddenError(text, rules.ORGANISATION_MANAGE)


@transaction.atomic
def give_role(
    by: Principal, organisation: Organisation, person: Person, role: str, *, reason: str = ""
) -> Assignment:
    """Give a person a role in an organisation; one held already stays as it is.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of the organisation or of the installation; to oneself.
    InvalidError
        When there is no such role, or the person is deactivated.
    """
    rules.require(by, rules.ORGANISATION_MANAGE, organisation)
    refuse_oneself(by, person)
    given = checked_role(role)
    held(organisation)
    if not Person.objects.filter(pk=person.pk, is_active=True, erased_at=None).exists():
        raise InvalidError({"person": _("This person is deactivated.")})
    return assign(by, organisation, person, given, Verb.ROLE_GIVEN, reason=reason)


def assign(
    by: Principal,
    organisation: Organisation,
    person: Person,
    role: Role,
    verb: Verb,
    *,
    part: str = "",
    reason: str = "",
) -> Assignment:
    """Write down a role and record it, after all has been checked and the organisation is held."""
    made, new = Assignment.objects.get_or_create(
        organisation=organisation, person=person, role=role, ended_at=None
    )
    if new or verb == Verb.INVITATION_ACCEPTED:
        after = {"person": person.pk, "role": str(role)}
        tell(by, verb, organisation, after=after, part=part or _part(person), reason=reason)
    return made


def _part(person: Person) -> str:
    return f"person:{person.pk}"


@transaction.atomic
def end_role(
    by: Principal, organisation: Organisation, person: Person, role: str, *, reason: str = ""
) -> Assignment:
    """End a role of a person in an organisation. Everybody may end their own.

    In a session that the provider of another organisation opened it is not taken for their own.

    Raises
    ------
    UnseenError
        When the person does not hold it.
    ForbiddenError
    InvalidError
        When it would leave the organisation without an administrator.
    """
    elsewhere = by.within not in {None, organisation.pk}
    if by.person_id != person.pk or by.scopes is not None or elsewhere:
        rules.require(by, rules.ORGANISATION_MANAGE, organisation)
    ended = checked_role(role)
    held(organisation)
    live = Assignment.objects.filter(organisation=organisation, ended_at=None)
    found = live.filter(person=person, role=ended).first()
    if found is None:
        raise unseen()
    others = live.filter(role=Role.ADMINISTRATOR, person__is_active=True).exclude(pk=found.pk)
    if ended == Role.ADMINISTRATOR and not others.exists():
        text = _(
            "This is the last administrator of the organisation. Give the role to another first."
        )
        raise InvalidError({"role": text})
    found.ended_at = timezone.now()
    found.save(update_fields=["ended_at"])
    before = {"person": person.pk, "role": str(ended)}
    tell(by, Verb.ROLE_ENDED, organisation, before, part=_part(person), reason=reason)
    return found


def _tell_person(
    by: Principal,
    verb: Verb,
    person: Person,
    before: dict[str, str],
    after: dict[str, str],
    why: str,
) -> None:
    record(
        by,
        verb,
        kind="person",
        object_id=person.pk,
        organisation=None,
        before=before,
        after=after,
        reason=why,
    )


@transaction.atomic
def deactivate_person(by: Principal, person: Person, *, reason: str = "") -> Person:
    """Shut a person out of the installation at once; roles are kept for when they are let in again.

    Sessions end for good: whoever is let in again signs in again.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of the installation.
    InvalidError
        When it is the last administrator of the installation.
    """
    rules.require(by, rules.INSTALLATION)
    row = held_person(person)
    if not row.is_active:
        return row
    refuse_last(row)
    row.is_active = False
    row.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=row):
        session.end()
    _tell_person(by, Verb.DEACTIVATED, row, {}, {}, reason)
    return row


@transaction.atomic
def reactivate_person(by: Principal, person: Person, *, reason: str = "") -> Person:
    """Let a person in again.

    Raises
    ------
    ForbiddenError, UnseenError
    """
    rules.require(by, rules.INSTALLATION)
    row = held_person(person)
    if row.is_active:
        return row
    row.is_active = True
    row.save(update_fields=["is_active"])
    _tell_person(by, Verb.REACTIVATED, row, {}, {}, reason)
    return row


@transaction.atomic
def make_administrator(by: Principal, person: Person, *, reason: str = "") -> Person:
    """Make a person an administrator of the installation.

    Raises
    ------
    ForbiddenError
        Unless by another administrator of the installation or the operator.
    InvalidError
        When the person is deactivated.
    """
    rules.require(by, rules.INSTALLATION)
    row = held_person(person)
    if not row.is_active:
        raise InvalidError({"person": _("This person is deactivated.")})
    if row.is_administrator:
        return row
    row.is_administrator = True
    row.save(update_fields=["is_administrator"])
    _tell_person(by, Verb.ROLE_GIVEN, row, {}, {"role": INSTALLATION_ROLE}, reason)
    return row


@transaction.atomic
def unmake_administrator(by: Principal, person: Person, *, reason: str = "") -> Person:
    """Take from a person the administration of the installation.

    Raises
    ------
    ForbiddenError
    InvalidError
        When it is the last one.
    """
    rules.require(by, rules.INSTALLATION)
    row = held_person(person)
    if not row.is_administrator:
        return row
    refuse_last(row)
    row.is_administrator = False
    row.save(update_fields=["is_administrator"])
    _tell_person(by, Verb.ROLE_ENDED, row, {"role": INSTALLATION_ROLE}, {}, reason)
    return row
