"""What people write about tasks, answers, approvals and advice, and what is wrong with it. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.agreements.models import Answer, ApprovalState, Opinion, TaskState

Faults = dict[str, str]
TEXT = 5_000
LENGTHS = {
    "title": 200,
    "responsible": 200,
    "asked_of": 200,
    "number": 120,
    "note": TEXT,
    "question": TEXT,
    "text": 4 * TEXT,
}


@dataclass(frozen=True, slots=True)
class TaskDetails:
    """What is said of a task; `note` says why where it is not needed."""

    state: str = TaskState.OPEN.value
    done_on: date | None = None
    due_on: date | None = None
    responsible: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task that people add to a stage."""

    title: str
    due_on: date | None = None
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class OfferAnswer:
    """What a party answers to the offer."""

    answer: str
    on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalDetails:
    """How far an approval is, with the number, day and file of the paper."""

    state: str
    asked_on: date | None = None
    due_on: date | None = None
    number: str = ""
    on: date | None = None
    note: str = ""
    attachment_id: int | None = None


@dataclass(frozen=True, slots=True)
class AdviceQuestion:
    """Of whom advice is asked, and to what."""

    asked_of: str
    asked_on: date | None
    is_team: bool = False
    party_id: int | None = None
    question: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class AdviceAnswer:
    """What an advice says."""

    opinion: str
    given_on: date | None
    text: str = ""
    attachment_id: int | None = None


def _not_yet(name: str, day: date | None, today: date) -> Faults:
    """Return that a day lies ahead, where only what has happened is written."""
    if day is None or day <= today:
        return {}
    return {name: _("This day lies ahead: write it when it has come.")}


def _before(name: str, day: date | None, cause: date | None, told: str) -> Faults:
    return {name: told} if day is not None and cause is not None and day < cause else {}


def task_faults(details: TaskDetails, today: date) -> Faults:
    """Return what is wrong with what is said of a task."""
    faults = too_long(details, LENGTHS) | _not_yet("done_on", details.done_on, today)
    if details.state not in TaskState.values:
        faults["state"] = _("Choose whether it is done.")
    if details.state == TaskState.NOT_NEEDED and not details.note:
        faults["note"] = _("Say why it is not needed.")
    if details.state != TaskState.DONE and details.done_on is not None:
        faults["done_on"] = _("Only what is done has a day on which it was done.")
    return faults


def own_task_faults(details: OwnTask) -> Faults:
    """Return what is wrong with a task of people's own."""
    faults = too_long(details, LENGTHS)
    return faults if details.title else {**faults, "title": _("Say what is to be done.")}


def answer_faults(details: OfferAnswer, offered_on: date | None, today: date) -> Faults:
    """Return what is wrong with an answer to an offer; `offered_on` is the day of the letter of offer."""
    faults = too_long(details, LENGTHS) | _not_yet("on", details.on, today)
    if details.answer not in Answer.values:
        faults["answer"] = _("Choose an answer.")
    if details.answer in (Answer.YES, Answer.NO) and details.on is None:
        faults["on"] = _("Write the day of the answer.")
    if details.answer == Answer.UNKNOWN and details.on is not None:
        faults["answer"] = _("A day without an answer: choose the answer.")
    told = _("The answer cannot be from before the letter of offer.")
    return faults | _before("on", details.on, offered_on, told)


def approval_faults(details: ApprovalDetails, today: date, *, firm: bool) -> Faults:
    """Return what is wrong with an approval.

    Parameters
    ----------
    firm
        Whether a sourced rule asks for it, so that nobody puts it aside.
    """
    state = details.state
    faults = too_long(details, LENGTHS)
    faults |= _not_yet("asked_on", details.asked_on, today) | _not_yet("on", details.on, today)
    faults |= _approval_lacks(details)
    if state not in ApprovalState.values:
        faults["state"] = _("Choose how far the approval is.")
    if state == ApprovalState.NOT_NEEDED and firm:
        faults["state"] = _(
            "A rule asks for it: change what is said of the plan and its money instead."
        )
    cause = details.asked_on
    faults |= _before("on", details.on, cause, _("The decision cannot be from before the request."))
    faults |= _before(
        "due_on", details.due_on, cause, _("The deadline cannot be before the request.")
    )
    return faults


def _approval_lacks(details: ApprovalDetails) -> Faults:
    """Return what an approval in its state must tell, and what it cannot."""
    faults: Faults = {}
    decided = details.state in (ApprovalState.GIVEN, ApprovalState.REFUSED)
    if details.state == ApprovalState.ASKED and details.asked_on is None:
        faults["asked_on"] = _("Write the day of the request.")
    if decided and details.on is None:
        faults["on"] = _("Write the day of the decision.")
    if details.state == ApprovalState.GIVEN and not details.number:
        faults["number"] = _("Write the number of the decision.")
    if details.state in (ApprovalState.ASKED, ApprovalState.WANTED) and details.on is not None:
        faults["on"] = _("It has a day of decision only when it was given or refused.")
    if details.state == ApprovalState.NOT_NEEDED and not details.note:
        faults["note"] = _("Say why it is not needed.")
    return faults


def question_faults(details: AdviceQuestion, today: date) -> Faults:
    """Return what is wrong with a question for advice."""
    faults = too_long(details, LENGTHS) | _not_yet("asked_on", details.asked_on, today)
    if not details.asked_of:
        faults["asked_of"] = _("Say who is asked.")
    if details.asked_on is None:
        faults["asked_on"] = _("Write the day of the question.")
    if details.is_team and details.party_id is None:
        faults["party_id"] = _("Choose the party whose cooperation team is asked.")
    told = _("The deadline cannot be before the question.")
    return faults | _before("due_on", details.due_on, details.asked_on, told)


def advice_faults(details: AdviceAnswer, asked_on: date, today: date) -> Faults:
    """Return what is wrong with an advice."""
    faults = too_long(details, LENGTHS) | _not_yet("given_on", details.given_on, today)
    if details.opinion not in (Opinion.AGREES, Opinion.WITH_CHANGES, Opinion.DISAGREES):
        faults["opinion"] = _("Choose what the advice comes to.")
    if details.given_on is None:
        faults["given_on"] = _("Write the day of the advice.")
    if details.opinion in (Opinion.WITH_CHANGES, Opinion.DISAGREES) and not details.text:
        faults["text"] = _("Say which changes are asked for, or what speaks against it.")
    told = _("The advice cannot be from before the question.")
    return faults | _before("given_on", details.given_on, asked_on, told)
