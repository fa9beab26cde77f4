"""Letters to those who may vote, as soon as a ballot opens: one each, none to who chose against them."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django_tasks import task

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.letters import send
from sinergi.accounts.models import Assignment, Person
from sinergi.accounts.principal import RIGHTS
from sinergi.accounts.tasks import first_time, trying
from sinergi.accounts.vocabulary import Right
from sinergi.forums.models import Ballot, NoticeChoice
from sinergi.forums.queries.notices import against

TEMPLATE = "forums/mail/ballot"


def link_to(path: str) -> str:
    """Return a path as an address, as far as the installation knows its own."""
    start = str(settings.SINERGI_BASE_URL or settings.SINERGI_SERVED_AT)
    return f"{start.rstrip('/')}{path}"


@task()
@trying(attempts=3)
def call_to_vote(number: int) -> None:
    """Write to everybody who may vote in a ballot that is open still; once, however often it is called."""
    ballot = Ballot.objects.select_related("forum").filter(pk=number).first()
    if ballot is None or ballot.state != Ballot.State.OPEN:
        return
    for person, assignments in voters(ballot):
        _write(ballot, person, assignments)


def voters(ballot: Ballot) -> list[tuple[Person, list[Assignment]]]:
    """Return the people who may vote in a ballot, each with the roles that let him; two queries."""
    homes = ballot.rights.filter(delegation__left_at=None).values("delegation__organisation")
    rows = Assignment.objects.filter(
        organisation__in=homes,
        organisation__deleted_at=None,
        role__in=[role for role, rights in RIGHTS.items() if Right.EDIT in rights],
        ended_at=None,
        person__is_active=True,
        person__erased_at=None,
    ).exclude(person__in=against(NoticeChoice.Kind.BALLOTS))
    found: dict[int, tuple[Person, list[Assignment]]] = {}
    for row in rows.select_related("person", "organisation").order_by("person", "pk"):
        found.setdefault(row.person_id, (row.person, []))[1].append(row)
    return list(found.values())


@transaction.atomic
def _write(ballot: Ballot, person: Person, assignments: list[Assignment]) -> None:
    """Write to one person, the first time.

    What belongs to organisations that require a second factor is not written: a letter asks for none.
    """
    if not first_time(f"forums.ballot:{ballot.pk}:{person.pk}"):
        return
    told = [
        row.organisation.name for row in assignments if not row.organisation.requires_second_factor
    ]
    where = [ballot.forum_id, ballot.pk]
    context: dict[str, Any] = {
        "forum": ballot.forum.title if told else "",
        "question": ballot.question if told else "",
        "organisations": "; ".join(sorted(set(told))),
        "secret": ballot.secret,
        "link": link_to(reverse("forums:vote", args=where)),
        "choice": link_to(reverse("forums:notices")),
    }
    try:
        send(person, person.language, TEMPLATE, context)
    except InvalidError:
        return
