"""Reads for the pages of organisations: the directory, people with roles, open invitations, members."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sinergi.accounts.models import Assignment, Invitation, Organisation, Person, Role

WORKING = Q(assignments__ended_at=None, assignments__person__is_active=True)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the roles held in an organisation."""

    person: Person
    roles: tuple[Role, ...]


def directory(text: str = "", kind: str = "") -> QuerySet[Organisation]:
    """Return the live organisations whose name or code holds a text, by name.

    Parameters
    ----------
    kind
        Only of this kind; what is no kind is passed over.
    """
    rows = Organisation.objects.filter(deleted_at=None).select_related("parent")
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
    if kind in Organisation.Kind.values:
        rows = rows.filter(kind=kind)
    return rows.order_by("name", "pk")


def holders(organisation: Organisation) -> list[Holder]:
    """Return who holds which roles in an organisation, by name; one query."""
    rows = Assignment.objects.filter(organisation=organisation, ended_at=None)
    found: dict[int, tuple[Person, list[Role]]] = {}
    for row in rows.select_related("person").order_by("person__name", "person", "pk"):
        found.setdefault(row.person_id, (row.person, []))[1].append(Role(row.role))
    return [Holder(person, tuple(roles)) for person, roles in found.values()]


def roles_of(person: Person) -> list[Assignment]:
    """Return the roles of a person in live organisations, by organisation."""
    rows = Assignment.objects.filter(person=person, ended_at=None, organisation__deleted_at=None)
    return list(rows.select_related("organisation"))


def open_invitations(organisation: Organisation) -> list[Invitation]:
    """Return the invitations of an organisation neither accepted nor revoked, the newest first."""
    rows = Invitation.objects.filter(
        organisation=organisation, accepted_at=None, revoked_at=None
    ).select_related("invited_by")
    return list(rows)


def expired(invitation: Invitation) -> bool:
    """Whether the term of an invitation is over."""
    return invitation.expires_at <= timezone.now()


def members_of(association: Organisation) -> list[Organisation]:
    """Return the live members of an association, by name."""
    rows = Organisation.objects.filter(belongs_to__association=association, deleted_at=None)
    return list(rows.order_by("name"))


def associations_of(member: Organisation) -> list[Organisation]:
    """Return the live associations that an organisation is a member of, by name."""
    rows = Organisation.objects.filter(affiliations__member=member, deleted_at=None)
    return list(rows.order_by("name"))


def parts_of(organisation: Organisation) -> list[Organisation]:
    """Return the agencies or commissariats below an organisation, by name."""
    return list(organisation.parts.filter(deleted_at=None).order_by("name"))


def without_administrator() -> QuerySet[Organisation]:
    """Return live organisations that people work in although nobody active administers them, by name."""
    keepers = Q(assignments__role=Role.ADMINISTRATOR) & WORKING
    rows = Organisation.objects.filter(deleted_at=None)
    return (
        rows.annotate(
            keepers=Count("assignments", filter=keepers),
            working=Count("assignments", filter=WORKING),
        )
        .filter(keepers=0, working__gt=0)
        .order_by("name")
    )


def people(text: str = "") -> QuerySet[Any]:
    """Return the people of the installation whose name or address holds a text, by name; not the erased.

    Each has `held`, the number of roles.
    """
    rows = Person.objects.filter(erased_at=None).annotate(
        held=Count("assignments", filter=Q(assignments__ended_at=None))
    )
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return rows.order_by("name", "pk")
