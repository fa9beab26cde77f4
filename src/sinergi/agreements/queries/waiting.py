"""What waits for somebody: deeds of parties for which he acts, of agreements that he keeps, advice, tasks."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.agreements import permissions, rules
from sinergi.agreements.guards import Lack
from sinergi.agreements.models import Advice, Agreement, Opinion, Party, StageTask, State, TaskState
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.stages import Known, known

MOST = 60
"""Agreements looked at for one page; the most recently changed ones."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An agreement that waits for somebody.

    Attributes
    ----------
    lacks
        What is missing that he can bring.
    ready
        Names of his parties that may go on.
    tasks, advice
        Open tasks of his parties, or of all where he keeps the agreement, that have a deadline; advice
        that is waited for.
    """

    known: Known
    lacks: tuple[Lack, ...]
    ready: tuple[str, ...]
    tasks: tuple[StageTask, ...]
    advice: tuple[Advice, ...]

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.known.agreement


def own_agreements(by: Principal) -> QuerySet[Agreement]:
    """Return the living agreements that somebody keeps, or for a party of which he acts."""
    rows = reading.agreements(by).filter(state=State.LIVING)
    if by.operator:
        return rows
    mine = by.organisations(Right.EDIT)
    kept = Agreement.objects.filter(organisation__in=mine).order_by().values("pk")
    acting = Party.objects.filter(organisation__in=mine, left_on=None).order_by()
    # Apart, so that each is found by its index; together all parties that there are would be read.
    return rows.filter(pk__in=kept.union(acting.values("agreement")))


def waiting_for(by: Principal, today: date, most: int = MOST) -> list[Waiting]:
    """Return what waits for somebody, agreements changed last first; in few questions for all of them."""
    rows = list(own_agreements(by).order_by("-updated", "-pk")[:most])
    there = known(rows)
    asked: dict[int, list[Advice]] = {}
    open_advice = Advice.objects.filter(agreement__in=rows, opinion=Opinion.WAITED_FOR)
    for advice in open_advice.select_related("party").order_by("due_on", "pk"):
        asked.setdefault(advice.agreement_id, []).append(advice)
    found = (_waiting(by, there[row.pk], asked.get(row.pk, [])) for row in rows)
    return [one for one in found if one.lacks or one.ready or one.tasks or one.advice]


def _waiting(by: Principal, one: Known, advice: list[Advice]) -> Waiting:
    keeps = permissions.prepares(by, one.agreement)
    mine = {party.pk for party in one.parties if permissions.acts_for(by, party)}
    told = rules.waiting(one.stages, one.facts, one.tracks)
    lacks = [
        lack
        for who, found in told.items()
        if (keeps if who is None else who in mine)
        for lack in found
    ]
    ready = [
        party.name
        for party in one.parties
        if party.pk in mine
        and rules.standing(one.stages, one.facts, one.tracks, party.pk).may_advance
    ]

    def is_mine(party: int | None) -> bool:
        return keeps if party is None else party in mine

    tasks = [
        task
        for task in one.tasks
        if task.state == TaskState.OPEN and task.due_on is not None and is_mine(task.party_id)
    ]
    return Waiting(
        one,
        tuple(lacks),
        tuple(ready),
        tuple(tasks),
        tuple(row for row in advice if is_mine(row.party_id)),
    )


def watched(by: Principal, most: int = MOST) -> list[Known]:
    """Return the living agreements that somebody reads and can do nothing about: to be watched."""
    own = own_agreements(by).values("pk")
    rows = reading.agreements(by).filter(state=State.LIVING).exclude(pk__in=own)
    if by.operator or not by.signed_in:
        return []
    theirs = by.organisations(Right.READ)
    parties = Agreement.objects.filter(parties__organisation__in=theirs, parties__left_on=None)
    kept = Agreement.objects.filter(organisation__in=theirs)
    rows = rows.filter(Q(pk__in=parties.values("pk")) | Q(pk__in=kept.values("pk")))
    there = list(rows.order_by("-updated", "-pk")[:most])
    found = known(there)
    return [found[one.pk] for one in there]
