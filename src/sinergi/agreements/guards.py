"""What must hold before a stage is left, each guard as a pure function of the facts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sinergi.agreements.facts import NO, YES, Facts, PartyFacts, task_key
from sinergi.reference.stages import AgreementStage, AgreementTask, Guard

LEAST_PARTIES = 2
MARKED = frozenset({"done", "document", "offer_sent"})
"""Guards that hold, too, when people say that the task is done; all others follow from what is known."""
DEAD_ENDS = frozenset({"offer_declined", "text_rejected", "signature_refused", "approval_refused"})
"""Lacks that time does not mend: somebody said no, so the way goes back or the agreement ends."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing before a party may move.

    Attributes
    ----------
    code
        What is missing; `stage_words` says it.
    place
        Where it can be mended: `parties`, `documents`, `signing`, `approvals`, `tasks`, `offer`,
        `obligations`, `agreement`; empty where nothing can.
    stage, task
        That ask for it, by their codes.
    party
        Who must act; None: whoever keeps the agreement.
    about
        Kind of the document or of the approval, or code of the rule.
    """

    code: str
    place: str = ""
    stage: str = ""
    task: str = ""
    party: int | None = None
    about: str = ""

    @property
    def is_dead_end(self) -> bool:
        """Whether somebody said no."""
        return self.code in DEAD_ENDS


Told = Iterator[tuple[str, str, int | None, str]]
"""Code, place, party and subject of each lack."""
Holds = Callable[[Facts, int, str, AgreementTask], Told]


def lacks_of(stage: AgreementStage, facts: Facts, party: int) -> tuple[Lack, ...]:
    """Return what is missing before a party leaves a stage; nothing where all its guards hold."""
    found = [
        Lack(code, place, stage.code, task.code, who, about)
        for task in stage.tasks
        for guard in task.guards
        for code, place, who, about in HOLDS[guard](facts, party, stage.code, task)
    ]
    return tuple(dict.fromkeys(found))


def follows_from_facts(task: AgreementTask) -> bool:
    """Whether nobody can say that a task is done, as it follows from what is known."""
    return not set(task.guards) <= MARKED


def _is_done(facts: Facts, party: int, stage: str, task: AgreementTask) -> bool:
    key = task_key(stage, task.code)
    return key in (facts.parties[party].done if task.scope == "party" else facts.done)


def _done(facts: Facts, party: int, stage: str, task: AgreementTask) -> Told:
    if not _is_done(facts, party, stage, task):
        yield "task_open", "tasks", party if task.scope == "party" else None, ""


def _document(facts: Facts, party: int, stage: str, task: AgreementTask) -> Told:
    if task.document not in facts.documents and not _is_done(facts, party, stage, task):
        yield "document_missing", "documents", None, task.document


def _two_parties(facts: Facts, _party: int, _stage: str, _task: AgreementTask) -> Told:
    if len(facts.present) < LEAST_PARTIES:
        yield "parties_missing", "parties", None, ""


def _required_parties(facts: Facts, _party: int, _stage: str, _task: AgreementTask) -> Told:
    for rule in facts.required_missing:
        yield "required_party_missing", "parties", None, rule


def _offer_sent(facts: Facts, _party: int, _stage: str, _task: AgreementTask) -> Told:
    if not facts.offer_sent:
        yield "offer_not_sent", "documents", None, "offer"


def _offer_answered(facts: Facts, party: int, _stage: str, _task: AgreementTask) -> Told:
    if not facts.parties[party].offers:
        yield from _answer(party, facts.parties[party])
        return
    others = {number: one for number, one in facts.present.items() if number != party}
    if not any(one.answer == YES for one in others.values()):
        for number, one in others.items():
            yield from _answer(number, one)


def _answer(party: int, known: PartyFacts) -> Told:
    if known.answer == NO:
        yield "offer_declined", "offer", party, ""
    elif known.answer != YES:
        yield "offer_unanswered", "offer", party, ""


def _asked(facts: Facts, party: int) -> dict[int, PartyFacts]:
    """Return the parties whose answers and signatures a party waits for, itself among them."""
    there = facts.present.items()
    return {number: one for number, one in there if number == party or not one.joined_later}


def _text_accepted(facts: Facts, party: int, _stage: str, task: AgreementTask) -> Told:
    kind = task.document
    for number, one in _asked(facts, party).items():
        if kind in one.signed:
            continue
        if kind in one.rejected:
            yield "text_rejected", "documents", number, kind
        elif kind not in one.accepted:
            yield "text_not_accepted", "documents", number, kind


def _signed(facts: Facts, party: int, _stage: str, task: AgreementTask) -> Told:
    kind = task.document
    for number, one in _asked(facts, party).items():
        if kind in one.refused:
            yield "signature_refused", "signing", number, kind
        elif kind not in one.signed:
            yield "signature_missing", "signing", number, kind
    if kind in facts.out_of_order:
        yield "signed_out_of_order", "signing", None, kind


def _approvals_given(facts: Facts, party: int, _stage: str, _task: AgreementTask) -> Told:
    known = facts.parties[party]
    if known.unanswered:
        yield "approval_unanswered", "approvals", party, ""
    told = (
        ("approval_not_asked", known.wanted),
        ("approval_waited_for", known.asked),
        ("approval_refused", known.denied),
    )
    for code, kinds in told:
        for kind in sorted(kinds):
            yield code, "approvals", party, kind


def _obligations_written(facts: Facts, _party: int, _stage: str, _task: AgreementTask) -> Told:
    if not facts.obligations:
        yield "obligations_missing", "obligations", None, ""


def _begins_known(facts: Facts, _party: int, _stage: str, _task: AgreementTask) -> Told:
    if not facts.begins:
        yield "beginning_unknown", "agreement", None, ""


HOLDS: dict[Guard, Holds] = {
    "done": _done,
    "document": _document,
    "two_parties": _two_parties,
    "required_parties": _required_parties,
    "offer_sent": _offer_sent,
    "offer_answered": _offer_answered,
    "text_accepted": _text_accepted,
    "signed": _signed,
    "approvals_given": _approvals_given,
    "obligations_written": _obligations_written,
    "begins_known": _begins_known,
}
"""Every guard that the pack may name."""
