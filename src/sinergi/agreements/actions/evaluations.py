"""Deeds on evaluations: write one, change it."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules as rights
from sinergi.accounts.actions.owned import expect_revision
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_EDIT, OBJECT_READ
from sinergi.accounts.texts import cleaned, printable, too_long
from sinergi.agreements import errors, evaluating, permissions
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.models import Agreement, Evaluation, Party, Verdict
from sinergi.reference import queries as reference

LENGTHS = {"reason": 20_000}


@dataclass(frozen=True, slots=True)
class EvaluationDetails:
    """What somebody judges.

    Attributes
    ----------
    party
        Number of the party that judges; `None`: all together.
    answers
        Code of a question to grade and text.
    """

    first: date | None
    last: date | None
    party: int | None = None
    answers: dict[str, tuple[int | None, str]] = field(default_factory=dict)
    verdict: str = ""
    reason: str = ""


def details_of(one: Evaluation) -> EvaluationDetails:
    """Return what an evaluation says."""
    answers = {
        code: (evaluating.grade_of(said), evaluating.text_of(said))
        for code, said in one.answers.items()
    }
    return EvaluationDetails(
        one.first, one.last, one.party_id, answers, one.verdict, one.reason
    )  # fmt: skip


def may_evaluate(by: Principal, agreement: Agreement, parties: list[Party]) -> bool:
    """Whether somebody may evaluate: who keeps the agreement, and every party for itself."""
    acts = any(permissions.acts_for(by, one) for one in parties)
    return acts or permissions.prepares(by, agreement)


def _judge(by: Principal, agreement: Agreement, number: int | None) -> None:
    """Refuse who may not judge in the name of a party, or of all."""
    if number is None:
        allowed = permissions.prepares(by, agreement)
    else:
        party = Party.objects.filter(pk=number, agreement=agreement).first()
        if party is None:
            raise errors.not_found(_("The party"))
        party.agreement = agreement
        allowed = permissions.acts_for(by, party)
    if not allowed:
        raise ForbiddenError(rights.refusal(by, OBJECT_EDIT, agreement), OBJECT_EDIT)


def _checked(details: EvaluationDetails) -> dict[str, Any]:
    details = cleaned(details)
    known = reference.agreement_terms("evaluation_question")
    faults = dict(too_long(details, LENGTHS)) | _day_faults(details)
    if details.verdict not in Verdict.values:
        faults["verdict"] = _("Choose what is decided.")
    elif details.verdict and not details.reason:
        faults["reason"] = _("Say why this is decided.")
    for code, (grade, text) in details.answers.items():
        wrong = grade is not None and not evaluating.LOWEST <= grade <= evaluating.HIGHEST
        if code not in known or wrong or len(text) > evaluating.LONGEST:
            faults[f"grade_{code}"] = _(
                "A grade from 0 to 4, and a text of 4,000 characters at most."
            )
    refuse(faults)
    given = {code: (grade, printable(text)) for code, (grade, text) in details.answers.items()}
    values = asdict(details) | {"answers": evaluating.answered(given)}
    values["party_id"] = values.pop("party")
    return values


def _day_faults(details: EvaluationDetails) -> dict[str, str]:
    if details.first is None:
        return {"first": _("Say from which day on.")}
    if details.last is None:
        return {"last": _("Say until which day.")}
    if details.last < details.first:
        return {"last": _("The last day lies before the first.")}
    if details.last > timezone.localdate():
        return {"last": _("What is still to come cannot be judged.")}
    return {}


def _told(values: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in values.items() if name != "answers"}
    graded = evaluating.summary(values["answers"], values["answers"]).graded
    return {**told, "graded": graded}


@transaction.atomic
def evaluate(by: Principal, agreement_id: int, details: EvaluationDetails) -> Evaluation:
    """Write an evaluation of a party, or of all.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    _judge(by, agreement, details.party)
    values = _checked(details)
    one = Evaluation.objects.create(
        agreement=agreement,
        on=timezone.localdate(),
        by_id=by.person_id,
        by_name=by.name[:160],
        **values,
    )
    tell(by, Verb.EVALUATED, agreement, {}, _told(values), part=part_of("evaluation", one.pk))
    return one


@transaction.atomic
def edit_evaluation(
    by: Principal,
    agreement_id: int,
    number: int,
    details: EvaluationDetails,
    *,
    revision: int | None,
) -> Evaluation:
    """Change an evaluation; whose it is stays; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    one = Evaluation.objects.filter(pk=number, agreement=agreement).first()
    if one is None:
        raise errors.not_found(_("The evaluation"))
    _judge(by, agreement, one.party_id)
    part = part_of("evaluation", one.pk)
    expect_revision(Agreement.KIND, agreement.pk, one.revision, revision, part=part)
    values = _checked(details) | {"party_id": one.party_id}
    before = {name: getattr(one, name) for name in values}
    if before == values:
        return one
    for name, value in values.items():
        setattr(one, name, value)
    one.revision += 1
    one.save()
    tell(by, Verb.EVALUATED, agreement, _told(before), _told(values), part=part)
    return one
