"""The organisations and roles of a person, as the account shows them."""

from collections.abc import Set
from dataclasses import dataclass

from sinergi.accounts.models import Organisation, Person, Role


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in an organisation.

    Attributes
    ----------
    withheld
        The roles do not count in this session, because the organisation requires a second factor.
    """

    organisation: Organisation
    roles: tuple[str, ...]
    withheld: bool


def memberships(person: Person, withheld: Set[int]) -> list[Membership]:
    """Return the organisations in which a person holds roles, by name; one query."""
    held: dict[int, list[str]] = {}
    organisations: dict[int, Organisation] = {}
    rows = person.assignments.filter(ended_at=None, organisation__deleted_at=None)
    for row in rows.select_related("organisation"):
        organisations[row.organisation_id] = row.organisation
        held.setdefault(row.organisation_id, []).append(str(Role(row.role).label))
    return [
        Membership(organisations[number], tuple(roles), number in withheld)
        for number, roles in held.items()
    ]
