"""What the stages ask of agreements, read from the tables in few questions for many agreements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sinergi.agreements import parties as party_rules
from sinergi.agreements.facts import NOBODY, YES, Facts, PartyFacts, task_key
from sinergi.agreements.families import NO
from sinergi.agreements.models import (
    Agreement,
    Approval,
    ApprovalState,
    Document,
    DocumentKind,
    Obligation,
    Party,
    StageTask,
    State,
    TaskState,
)
from sinergi.agreements.queries.parties import item_of, side_of
from sinergi.agreements.queries.texts import Text, furthest, offer_day, texts_of
from sinergi.agreements.rules import BINDING, IN_FORCE, Stages
from sinergi.reference import queries as reference

OFFER_LETTER = task_key("offer", "offer_letter")
Row = TypeVar("Row", Party, StageTask)


@dataclass(frozen=True, slots=True)
class Known:
    """An agreement with everything that its stages ask for.

    Attributes
    ----------
    parties
        All of them, those that left among them.
    tasks
        Those that people said something about.
    """

    agreement: Agreement
    stages: Stages
    parties: tuple[Party, ...]
    facts: Facts
    tasks: tuple[StageTask, ...]
    approvals: tuple[Approval, ...]

    @property
    def tracks(self) -> dict[int, str]:
        """Where each party stands that has not left."""
        return {one.pk: one.stage for one in self.parties if one.left_on is None}

    def party(self, number: int | None) -> Party | None:
        """Return a party by its number."""
        return next((one for one in self.parties if one.pk == number), None)


def known_of(agreement: Agreement) -> Known:
    """Return what is known of one agreement."""
    return known([agreement])[agreement.pk]


def known(agreements: Sequence[Agreement]) -> dict[int, Known]:
    """Return what is known of agreements, by their number; as many questions for many as for one."""
    numbers = [one.pk for one in agreements]
    rows = _by_agreement(Party.objects.filter(agreement__in=numbers).select_related("organisation"))
    tasks = _by_agreement(StageTask.objects.filter(agreement__in=numbers))
    texts = texts_of(numbers)
    approvals: dict[int, list[Approval]] = defaultdict(list)
    for approval in Approval.objects.filter(party__agreement__in=numbers).select_related("party"):
        approvals[approval.party.agreement_id].append(approval)
    owing = set(
        Obligation.objects.filter(agreement__in=numbers, removed_at=None).values_list(
            "agreement", flat=True
        )
    )
    return {
        one.pk: _known(
            one, rows[one.pk], tasks[one.pk], approvals[one.pk], texts[one.pk], one.pk in owing
        )
        for one in agreements
    }


def _by_agreement(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.agreement_id].append(row)
    return found


def _known(
    agreement: Agreement,
    rows: list[Party],
    tasks: list[StageTask],
    approvals: list[Approval],
    texts: list[Text],
    owing: bool,
) -> Known:
    for party in rows:
        party.agreement = agreement
    done = _done(tasks)
    main = {kind: text for kind in BINDING if (text := furthest(texts, kind)) is not None}
    offering = _offering(agreement, rows, texts)
    facts = Facts(
        parties={
            one.pk: _party(one, agreement, offering, done, main, texts, approvals) for one in rows
        },
        done=done.get(None, NOBODY),
        required_missing=_required_missing(agreement, rows),
        documents=frozenset(one.document.kind for one in texts if one.number),
        offer_sent=OFFER_LETTER in done.get(None, NOBODY) or offer_day(texts) is not None,
        out_of_order=frozenset(kind for kind, text in main.items() if not text.in_order),
        obligations=owing,
        begins=agreement.begins is not None,
        ended=agreement.state != State.LIVING,
        concluded=_told_by_register(agreement),
    )
    stages = reference.agreement_stages(agreement.family)
    return Known(agreement, stages, tuple(rows), facts, tuple(tasks), tuple(approvals))


def _told_by_register(agreement: Agreement) -> str:
    """Return the stage in which an agreement stood when a register told of it; empty where none did."""
    if not agreement.is_told_later:
        return ""
    return str(agreement.origin_told.get("stage", IN_FORCE))


def _required_missing(agreement: Agreement, rows: Iterable[Party]) -> tuple[str, ...]:
    """Return the rules that ask for a party which is not there."""
    sides = [side_of(one) for one in rows if one.left_on is None]
    pack = reference.pack()
    asked = party_rules.required(
        item_of(agreement.object_code), sides, pack.administrative_provinces
    )
    return party_rules.missing(asked)


def _done(tasks: Iterable[StageTask]) -> dict[int | None, frozenset[str]]:
    """Return the keys of tasks that ask for nothing more, by party."""
    found: dict[int | None, set[str]] = defaultdict(set)
    for one in tasks:
        if one.state != TaskState.OPEN:
            found[one.party_id].add(task_key(one.stage, one.code))
    return {party: frozenset(keys) for party, keys in found.items()}


def _offering(agreement: Agreement, rows: Iterable[Party], texts: Iterable[Text]) -> int | None:
    """Return who makes the offer: whose letter it is, who keeps the agreement, or who is named first."""
    there = {one.pk: one for one in rows if one.left_on is None}
    letters = [one.document for one in texts if one.document.kind == DocumentKind.OFFER]
    said = [one.party_id for one in letters if one.party_id in there]
    keeps = [pk for pk, one in there.items() if one.organisation_id == agreement.organisation_id]
    return next(iter([*said, *keeps, *there]), None)


def _party(
    party: Party,
    agreement: Agreement,
    offering: int | None,
    done: Mapping[int | None, frozenset[str]],
    main: Mapping[str, Text],
    texts: Iterable[Text],
    approvals: Iterable[Approval],
) -> PartyFacts:
    words = {name: set[str]() for name in ("accepted", "rejected", "signed", "refused")}
    for kind, text in main.items():
        accepted = text.answers.get(party.pk)
        words["accepted"] |= {kind} if accepted else set()
        words["rejected"] |= {kind} if accepted is False else set()
        words["signed"] |= {kind} if party.pk in text.signed else set()
        words["refused"] |= {kind} if party.pk in text.refused else set()
    if party.joined_on is not None:
        _by_addendum(party, main, texts, words)
    needed, unanswered = _needed(party, agreement, approvals)
    return PartyFacts(
        left=party.left_on is not None,
        joined_later=party.joined_on is not None,
        done=done.get(party.pk, NOBODY),
        offers=party.pk == offering,
        answer=party.offer_answer,
        accepted=frozenset(words["accepted"]),
        rejected=frozenset(words["rejected"]),
        signed=frozenset(words["signed"]),
        refused=frozenset(words["refused"]),
        unanswered=unanswered,
        **{name: frozenset(needed[state]) for name, state in APPROVALS.items()},
    )


APPROVALS = {
    "wanted": ApprovalState.WANTED,
    "asked": ApprovalState.ASKED,
    "given": ApprovalState.GIVEN,
    "denied": ApprovalState.REFUSED,
}


def _by_addendum(
    party: Party, main: Mapping[str, Text], texts: Iterable[Text], words: Mapping[str, set[str]]
) -> None:
    """Count an addendum that a party accepts and signs, who came in later, as the documents it enters."""
    for text in texts:
        if text.document.kind != DocumentKind.ADDENDUM:
            continue
        words["accepted"].update(main if text.answers.get(party.pk) else ())
        words["signed"].update(main if party.pk in text.signed else ())


def offered_on(agreement: Agreement) -> date | None:
    """Return the day on which the offer was made: of its letter, or on which the task was done."""
    letters = Document.objects.filter(agreement=agreement, kind=DocumentKind.OFFER, removed_at=None)
    dated = letters.exclude(dated=None).order_by("pk").values_list("dated", flat=True).first()
    stage, code = OFFER_LETTER.split("/")
    rows = StageTask.objects.filter(agreement=agreement, party=None, stage=stage, code=code)
    return dated or rows.values_list("done_on", flat=True).first()


def needs_of(party: Party, family: str) -> tuple[party_rules.Need, ...]:
    """Return the approvals that rules ask of a party."""
    return party_rules.approvals(side_of(party), reference.agreement_families().get(family))


def _needed(
    party: Party, agreement: Agreement, approvals: Iterable[Approval]
) -> tuple[dict[str, set[str]], bool]:
    """Return the kinds of approvals that a party needs by how far they are, and whether more may be.

    What a sourced rule asks for is not put off by a remark that it is not needed.
    """
    rows = {one.kind: one for one in approvals if one.party_id == party.pk}
    found: dict[str, set[str]] = defaultdict(set)
    needs = {need.kind: need for need in needs_of(party, agreement.family)}
    unanswered = False
    for kind in sorted({*rows, *needs}):
        row, need = rows.get(kind), needs.get(kind)
        state = row.state if row is not None else ApprovalState.WANTED
        open_question = need is not None and need.needed not in (YES, NO)
        unanswered = unanswered or (open_question and state != ApprovalState.GIVEN)
        if state == ApprovalState.NOT_NEEDED:
            firm = need is not None and need.needed == YES and kind == party_rules.COUNCIL
            found[ApprovalState.WANTED].update({kind} if firm else ())
        elif row is not None or (need is not None and need.needed == YES):
            moot = need is not None and need.needed == NO and state == ApprovalState.WANTED
            found[state].update(set() if moot else {kind})
    return found, unanswered
