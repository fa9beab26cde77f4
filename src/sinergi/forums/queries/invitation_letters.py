"""Reads of invitation letters: to whom they go, and what became of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from sinergi.accounts.mail.fates import FAILED, Fate, fate_of, why_not
from sinergi.accounts.models import Assignment, Person, Role
from sinergi.accounts.principal import RIGHTS
from sinergi.accounts.vocabulary import Right
from sinergi.forums.models import Delegation, Forum, InvitationLetter, NoticeChoice
from sinergi.forums.queries.notices import against

MOST_PEOPLE = 3
"""People of one organisation to whom an invitation goes; coordinators come first, then approvers."""
LATE = timedelta(hours=1)
FIRST = (Role.COORDINATOR, Role.APPROVER)


def is_over(forum: Forum) -> bool:
    """Whether the last day of a meeting is past: nobody is written to any more."""
    last = forum.ends or forum.begins
    return last is not None and last < timezone.localdate()


def answering(organisations: Iterable[int]) -> dict[int, list[Person]]:
    """Return by organisation the people to whom an invitation goes; one query.

    They may answer for it and did not choose against letters of invitation.
    """
    ranks = [When(role=role, then=Value(place)) for place, role in enumerate(FIRST)]
    rows = Assignment.objects.filter(
        organisation__in=list(organisations),
        organisation__deleted_at=None,
        role__in=[role for role, rights in RIGHTS.items() if Right.EDIT in rights],
        ended_at=None,
        person__is_active=True,
        person__erased_at=None,
    ).exclude(person__in=against(NoticeChoice.Kind.INVITATIONS))
    rank = Case(*ranks, default=Value(len(FIRST)), output_field=IntegerField())
    found: dict[int, list[Person]] = defaultdict(list)
    for row in rows.select_related("person").order_by(rank, "person__name", "person_id"):
        people = found[row.organisation_id]
        if row.person not in people and len(people) < MOST_PEOPLE:
            people.append(row.person)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the last letter to somebody.

    Attributes
    ----------
    person_id, name
        To whom it went; no number: to the contact address, which is the name then.
    why
        Why it did not arrive, in words; empty unless it failed.
    said
        What the mail server said: status and its words.
    """

    person_id: int | None
    name: str
    fate: Fate
    at: datetime
    why: str
    said: str

    @property
    def late(self) -> bool:
        """Whether it waits for longer than a mail server that is there lets letters wait."""
        return self.fate is Fate.WAITING and self.at < timezone.now() - LATE

    @property
    def failed(self) -> bool:
        """Whether it did not arrive."""
        return self.fate in FAILED


def deliveries(forum: Forum) -> dict[int, list[Delivery]]:
    """Return by delegation what became of the last letter to each, since it was invited; one query."""
    rows = InvitationLetter.objects.filter(delegation__forum=forum, delegation__left_at=None)
    return _by_delegation(rows.select_related("letter", "person", "delegation").order_by("pk"))


def deliveries_of(row: Delegation) -> list[Delivery]:
    """Return what became of the last letter to each of a delegation; one query."""
    letters = row.letters.select_related("letter", "person", "delegation").order_by("pk")
    return _by_delegation(letters).get(row.pk, [])


def _by_delegation(rows: Iterable[InvitationLetter]) -> dict[int, list[Delivery]]:
    last: dict[int, dict[int | None, Delivery]] = defaultdict(dict)
    for row in rows:
        if row.letter.created >= row.delegation.invited_at:
            last[row.delegation_id][row.person_id] = _delivery(row)
    return {number: list(found.values()) for number, found in last.items()}


def _delivery(row: InvitationLetter) -> Delivery:
    letter = row.letter
    fate = fate_of(letter)
    failed = fate in FAILED
    return Delivery(
        person_id=row.person_id,
        name=row.person.name if row.person else row.delegation.contact,
        fate=fate,
        at=letter.returned_at or letter.refused_at or letter.sent_at or letter.created,
        why=why_not(letter) if failed else "",
        said=" ".join(part for part in (letter.status, letter.reason) if part) if failed else "",
    )
