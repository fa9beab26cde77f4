"""Deeds on organisations: make, change, put away, restore, members, second factor."""

from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import organisation_rules, rules
from sinergi.accounts.actions.deeds import expect, held, tell, touch
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Affiliation, Organisation
from sinergi.accounts.names import clean_name
from sinergi.accounts.organisation_rules import ASSOCIATIONS, Kind, OrganisationDetails
from sinergi.accounts.principal import Principal


def details_of(row: Organisation) -> OrganisationDetails:
    """Return what is said about an organisation."""
    parent = row.parent.code if row.parent is not None else ""
    return OrganisationDetails(row.name, row.kind, row.region_code, parent)


def _checked(details: OrganisationDetails, but: int | None = None) -> OrganisationDetails:
    found = organisation_rules.faults(details, but)
    name = details.name
    try:
        name = clean_name(details.name)
    except InvalidError as error:
        found |= error.fields
    else:
        if fault := organisation_rules.name_fault(name, but):
            found["name"] = fault
    if found:
        raise InvalidError(found)
    return replace(details, name=name)


def _values(details: OrganisationDetails) -> dict[str, Any]:
    """Return the columns that details fill; an agency without a region works for that of its parent."""
    parent = Organisation.objects.filter(code=details.parent).first() if details.parent else None
    region = details.region_code
    if not region and details.kind == Kind.AGENCY and parent is not None:
        region = parent.region_code
    return {"name": details.name, "kind": details.kind, "region_code": region, "parent": parent}


@transaction.atomic
def create_organisation(
    by: Principal, details: OrganisationDetails, *, code: str = "", reason: str = ""
) -> Organisation:
    """Make an organisation.

    Parameters
    ----------
    code
        For addresses; without one, what the name suggests.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of the installation.
    InvalidError
        For `name`, `code`, `kind`, `region_code`, `parent`.
    """
    rules.require(by, rules.INSTALLATION)
    checked = _checked(details)
    code = code or organisation_rules.code_for(checked.name)
    if fault := organisation_rules.code_fault(code):
        raise InvalidError({"code": fault})
    made = Organisation.objects.create(code=code, **_values(checked))
    tell(by, Verb.CREATED, made, after={"code": code, **asdict(details_of(made))}, reason=reason)
    return made


@transaction.atomic
def change_organisation(
    by: Principal,
    organisation: Organisation,
    details: OrganisationDetails,
    *,
    revision: int | None = None,
    reason: str = "",
) -> Organisation:
    """Change name, kind, region or parent; a change of nothing leaves no trace. The code stays.

    Raises
    ------
    ForbiddenError
        Unless by one of its administrators; kind, region and parent: by one of the installation.
    InvalidError
        For `name`, `kind`, `region_code`, `parent`.
    ConflictError
        When it is no longer at `revision`.
    """
    rules.require(by, rules.ORGANISATION_MANAGE, organisation)
    row = held(organisation)
    expect(row, revision)
    before = asdict(details_of(row))
    if replace(details, name=row.name) != details_of(row):
        rules.require(by, rules.INSTALLATION)
        checked = _checked(details, row.pk)
    else:
        checked = _renamed(row, details)
    for name, value in _values(checked).items():
        setattr(row, name, value)
    after = asdict(details_of(row))
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        touch(row)
        was, now = ({name: side[name] for name in changed} for side in (before, after))
        tell(by, Verb.CHANGED, row, was, now, reason=reason)
    return row


def _renamed(row: Organisation, details: OrganisationDetails) -> OrganisationDetails:
    """Return checked details where only the name may differ: the rest was checked before."""
    name = clean_name(details.name)
    if fault := organisation_rules.name_fault(name, row.pk):
        raise InvalidError({"name": fault})
    return replace(details, name=name)


@transaction.atomic
def put_organisation_away(
    by: Principal, organisation: Organisation, *, revision: int | None = None, reason: str = ""
) -> Organisation:
    """Put an organisation away: its roles count no longer, what it owns stays; `restore` brings it back.

    Raises
    ------
    ForbiddenError, ConflictError
    InvalidError
        While others stand below it.
    """
    rules.require(by, rules.INSTALLATION)
    row = held(organisation)
    expect(row, revision)
    below = list(row.parts.filter(deleted_at=None).values_list("name", flat=True))
    if below:
        text = _("Put away first what belongs to it: %(names)s.")
        raise InvalidError({"organisation": text % {"names": ", ".join(below)}})
    row.deleted_at = timezone.now()
    touch(row)
    tell(by, Verb.PUT_AWAY, row, reason=reason)
    return row


@transaction.atomic
def restore_organisation(
    by: Principal, organisation: Organisation, *, reason: str = ""
) -> Organisation:
    """Bring an organisation back that was put away.

    Raises
    ------
    ForbiddenError, UnseenError
    InvalidError
        When its region has another government now, or its parent is put away.
    """
    rules.require(by, rules.INSTALLATION)
    row = held(organisation, put_away=True)
    if row.kind != Kind.WORKSPACE and (found := organisation_rules.faults(details_of(row), row.pk)):
        raise InvalidError(found)
    row.deleted_at = None
    touch(row)
    tell(by, Verb.RESTORED, row, reason=reason)
    return row


@transaction.atomic
def require_second_factor(
    by: Principal,
    organisation: Organisation,
    *,
    required: bool,
    revision: int | None = None,
    reason: str = "",
) -> Organisation:
    """Let the roles of an organisation count only in sessions opened with a second factor, or in all again.

    Raises
    ------
    ForbiddenError, ConflictError
    """
    rules.require(by, rules.ORGANISATION_MANAGE, organisation)
    row = held(organisation)
    expect(row, revision)
    if row.requires_second_factor == required:
        return row
    row.requires_second_factor = required
    touch(row)
    before, after = ({"requires_second_factor": one} for one in (not required, required))
    tell(by, Verb.CHANGED, row, before, after, reason=reason)
    return row


@transaction.atomic
def add_member(
    by: Principal, association: Organisation, member: Organisation, *, reason: str = ""
) -> Affiliation:
    """Take an organisation into an association or commissariat; who is in it already stays.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of both, or of the installation: what is shared with the members of an
        association reaches the people of a new one, so it takes both to join.
    InvalidError
        When it is none, or the member would contain itself.
    """
    rules.require(by, rules.ORGANISATION_MANAGE, association)
    if association.kind not in ASSOCIATIONS:
        raise InvalidError({"member": _("Only associations and commissariats have members.")})
    rules.require(by, rules.ORGANISATION_MANAGE, member)
    # All are held, because a circle may close through several additions at once.
    rows = Organisation.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(kind__in=ASSOCIATIONS))
    held(association)
    if member.deleted_at is not None or member.kind == Kind.WORKSPACE:
        raise InvalidError({"member": _("This organisation cannot be a member.")})
    if organisation_rules.makes_circle(association, member):
        text = _("An association cannot, through its members, be a member of itself.")
        raise InvalidError({"member": text})
    made, new = Affiliation.objects.get_or_create(association=association, member=member)
    if new:
        after = {"member": member.pk, "code": member.code}
        tell(by, Verb.MEMBER_ADDED, association, after=after, reason=reason)
    return made


@transaction.atomic
def remove_member(
    by: Principal, association: Organisation, member: Organisation, *, reason: str = ""
) -> None:
    """Take an organisation out of an association; what is not in it stays out.

    Raises
    ------
    ForbiddenError
    """
    rules.require(by, rules.ORGANISATION_MANAGE, association)
    held(association)
    gone, _kinds = Affiliation.objects.filter(association=association, member=member).delete()
    if gone:
        before = {"member": member.pk, "code": member.code}
        tell(by, Verb.MEMBER_REMOVED, association, before, reason=reason)
