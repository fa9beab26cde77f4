"""Who asks: a person with roles, a token, the operator of the machine, or nobody in particular."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db.models import Q

from sinergi.accounts.models.organisations import Affiliation, Assignment, Role
from sinergi.accounts.models.people import Person
from sinergi.accounts.vocabulary import SCOPE_OF, Channel, Right, Scope

RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.ANALYST: frozenset({Right.READ, Right.EDIT}),
    Role.COORDINATOR: frozenset({Right.READ, Right.EDIT, Right.REMOVE, Right.SHARE}),
    Role.APPROVER: frozenset(
        {Right.READ, Right.EDIT, Right.REMOVE, Right.SHARE, Right.PUBLISH, Right.AUDIT}
    ),
    Role.ADMINISTRATOR: frozenset({Right.READ, Right.AUDIT, Right.MANAGE}),
}
"""What each role may do with what belongs to its organisation. A person may hold several roles."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who reads or does something, with all that decides what is allowed.

    Attributes
    ----------
    person_id
        Number of the person; `None` for the operator, the worker and for visitors.
    rights
        Organisation to what the roles held there give.
    reach
        Association to what the roles held in its members give: for shares that include members.
    administrator
        Administrator of the installation.
    operator
        Whoever runs commands on the machine itself: may everything, as the files are theirs anyway.
    scopes
        Of a token; `None` in a session, which has no such limit.
    withheld
        Organisations whose roles do not count now, because they require a second factor.
    administration_withheld
        Administrator of the installation who does not count as one now, for lack of a second factor.
    within
        Organisation whose roles alone count: of a token, or of a session that its provider opened.
    """

    person_id: int | None
    name: str
    channel: Channel
    rights: Mapping[int, frozenset[Right]] = field(default_factory=dict)
    reach: Mapping[int, frozenset[Right]] = field(default_factory=dict)
    administrator: bool = False
    operator: bool = False
    scopes: frozenset[Scope] | None = None
    withheld: frozenset[int] = frozenset()
    administration_withheld: bool = False
    within: int | None = None
    request_id: str = ""

    @property
    def signed_in(self) -> bool:
        """Whether it is a person, or a token of one."""
        return self.person_id is not None

    @property
    def partial(self) -> bool:
        """Whether roles of the person are left out: then nothing of what they reach may be told."""
        return bool(self.withheld) or self.within is not None

    def _within_scopes(self, right: Right) -> bool:
        return self.scopes is None or SCOPE_OF[right] in self.scopes

    def has(self, right: Right, organisation: int | None) -> bool:
        """Whether a right is held in an organisation; `None`, the installation: by its administrators."""
        if self.operator:
            return True
        if not self._within_scopes(right):
            return False
        if organisation is None:
            return self.administrator
        return right in self.rights.get(organisation, frozenset())

    def organisations(self, right: Right) -> list[int]:
        """Return the organisations in which a right is held by a role."""
        if not self._within_scopes(right):
            return []
        return [number for number, held in self.rights.items() if right in held]

    def associations(self, right: Right) -> list[int]:
        """Return the associations with a member in which a right is held."""
        if not self._within_scopes(right):
            return []
        return [number for number, held in self.reach.items() if right in held]


def visitor(channel: Channel = Channel.WEB, request_id: str = "") -> Principal:
    """Return somebody who has not signed in."""
    return Principal(None, "", channel, request_id=request_id)


def operator(channel: Channel = Channel.COMMAND_LINE) -> Principal:
    """Return the operator at the command line, or the worker acting for the installation."""
    return Principal(None, "operator", channel, administrator=True, operator=True)


def principal_for(
    person: Person,
    channel: Channel,
    *,
    second_factor: bool = False,
    organisation: int | None = None,
    scopes: frozenset[Scope] | None = None,
    request_id: str = "",
) -> Principal:
    """Return a person as somebody who asks; two queries.

    Parameters
    ----------
    second_factor
        Whether the session was opened with one; without it, roles of organisations that require one do not
        count, and in production not the administration of the installation either.
    organisation
        Only roles in this one count: of a token.
    """
    held = Assignment.objects.filter(
        person=person, ended_at=None, organisation__deleted_at=None
    ).filter(Q() if organisation is None else Q(organisation=organisation))
    rights: dict[int, frozenset[Right]] = {}
    withheld = set()
    rows = held.values_list("organisation", "role", "organisation__requires_second_factor")
    for number, role, required in rows if person.is_active else ():
        if required and not second_factor:
            withheld.add(number)
        else:
            rights[number] = rights.get(number, frozenset()) | RIGHTS[role]
    administrator = person.is_active and person.is_administrator and scopes is None
    lacking = administrator and settings.PRODUCTION and not second_factor
    return Principal(
        person_id=person.pk,
        name=person.name,
        channel=channel,
        rights=rights,
        reach=_reach(rights),
        administrator=administrator and not lacking,
        scopes=scopes,
        withheld=frozenset(withheld),
        administration_withheld=lacking,
        within=organisation,
        request_id=request_id,
    )


def _reach(rights: Mapping[int, frozenset[Right]]) -> dict[int, frozenset[Right]]:
    """Return what is held through members: a share with an association reaches content, nothing else."""
    content = frozenset({Right.READ, Right.EDIT})
    reach: dict[int, frozenset[Right]] = {}
    pairs = Affiliation.objects.filter(
        member__in=list(rights), association__deleted_at=None
    ).values_list("association", "member")
    for association, member in pairs:
        reach[association] = reach.get(association, frozenset()) | (rights[member] & content)
    return reach


def through(principal: Principal, channel: Channel) -> Principal:
    """Return the same person by another way: a task that the worker does for somebody."""
    return replace(principal, channel=channel)
