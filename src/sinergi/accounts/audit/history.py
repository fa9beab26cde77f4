"""Reads of the audit trail: the history of an object, with the names of people."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord, Owned, Person
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Deed:
    """A record as it is shown.

    Attributes
    ----------
    who
        Name of the person; “erased person 12”, “operator”, “worker”, “visitor”.
    what
        The deed in words.
    """

    sequence: int
    at: datetime
    who: str
    verb: str
    what: str
    kind: str
    object_id: str
    part: str
    name: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    channel: str
    request_id: str
    organisation: int | None
    actor: int | None = None
    previous: str = ""
    hash: str = ""


CHOOSE: dict[str, Callable[[Principal, Any, list[Deed]], list[Deed]]] = {}
"""Kind of what is owned to what keeps the deeds that a reader of it may know of; rooms register theirs."""


FURTHEST = 10_000
"""Records that are looked through at most for one history, however few of them its reader may know of."""


def told(records: Iterable[AuditRecord]) -> list[Deed]:
    """Return records with names and words; one query for all names."""
    rows = list(records)
    people = Person.objects.in_bulk({row.actor for row in rows if row.actor is not None})
    return [
        Deed(
            sequence=row.sequence,
            at=row.at,
            who=_who(row, people),
            verb=row.verb,
            what=verb_words(row.verb),
            kind=row.kind,
            object_id=row.object_id,
            part=row.part,
            name=row.name,
            before=_values(row.before),
            after=_values(row.after),
            reason=row.reason,
            channel=row.channel,
            request_id=row.request_id,
            organisation=row.organisation,
            actor=row.actor,
            previous=row.previous,
            hash=row.hash,
        )
        for row in rows
    ]


def _values(text: str) -> dict[str, Any]:
    """Return recorded values; those that a forger left unreadable are shown as they stand."""
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    return values if isinstance(values, dict) else {"?": text}


def _who(row: AuditRecord, people: dict[int, Person]) -> str:
    if row.actor is not None:
        person = people.get(row.actor)
        if person is None or person.erased_at is not None:
            return _("erased person %(number)s") % {"number": row.actor}
        return person.name
    names = {Channel.COMMAND_LINE.value: _("operator"), Channel.WORKER.value: _("worker")}
    return names.get(row.channel, _("visitor"))


def verb_words(verb: str) -> str:
    """Return a deed in words; one of another version, or forged, as it is written."""
    return str(Verb(verb).label) if verb in Verb.values else verb


def history(kind: str, object_id: object, limit: int = 100) -> list[Deed]:
    """Return the last deeds on an object, the newest first; two queries."""
    rows = AuditRecord.objects.filter(kind=kind, object_id=str(object_id))
    return told(rows.order_by("-sequence")[:limit])


def history_for(by: Principal, row: Owned, limit: int = 100, *, part: str = "") -> list[Deed]:
    """Return the last deeds on something owned, or on a part of it, that somebody may know of.

    The newest is first.

    Whoever reads it only because it is public learns of it from the day on which it was made so: what it held
    before was not meant for everybody. A room may tell some readers less: `CHOOSE`; then records are read on
    until `limit` of them may be told, `FURTHEST` at most.
    """
    rows = AuditRecord.objects.filter(kind=row.KIND, object_id=str(row.pk))
    if not rules.may(by, rules.OBJECT_HISTORY, row):
        published = rows.filter(verb=Verb.PUBLISHED).aggregate(last=Max("sequence"))["last"]
        rows = rows.filter(sequence__gte=published) if published else rows.none()
    if part:
        rows = rows.filter(part=part)
    rows = rows.order_by("-sequence")
    choose = CHOOSE.get(row.KIND)
    if choose is None:
        return told(rows[:limit])
    found: list[Deed] = []
    for first, last in _stretches(limit):
        deeds = told(rows[first:last])
        found += choose(by, row, deeds)
        if len(found) >= limit or len(deeds) < last - first:
            break
    return found[:limit]


def _stretches(limit: int) -> Iterator[tuple[int, int]]:
    """Yield where to begin and to stop reading, each stretch twice the last: few queries for few, too."""
    first, long = 0, limit
    while first < FURTHEST:
        yield first, min(first + long, FURTHEST)
        first, long = first + long, 2 * long
