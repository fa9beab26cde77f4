"""Deeds on advice: ask the cooperation team of a party or an agency, keep what it says, withdraw it."""

from dataclasses import fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_READ
from sinergi.accounts.texts import cleaned
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.actions.stage_rows import (
    as_told,
    differing,
    expect_part,
    file_of,
    held_for,
    require_living,
)
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Advice, Agreement, Opinion, Party
from sinergi.agreements.stage_details import (
    AdviceAnswer,
    AdviceQuestion,
    advice_faults,
    question_faults,
)


def may_ask(by: Principal, agreement: Agreement, party: Party | None) -> bool:
    """Whether somebody may ask for advice: who keeps the agreement any, a party its own team and agencies."""
    return permissions.prepares(by, agreement) or (
        party is not None and permissions.acts_for(by, party)
    )


def _party(agreement: Agreement, number: int | None) -> Party | None:
    if number is None:
        return None
    found = Party.objects.filter(agreement=agreement, left_on=None, pk=number).first()
    if found is None:
        raise InvalidError({"party_id": _("This party is not one of the agreement.")})
    found.agreement = agreement
    return found


@transaction.atomic
def ask_advice(by: Principal, agreement_id: int, details: AdviceQuestion) -> Advice:
    """Ask for advice on a draft, by a day or without a deadline.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, StateError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    require_living(agreement)
    party = _party(agreement, details.party_id)
    if not may_ask(by, agreement, party):
        rule = rules.OBJECT_EDIT
        raise ForbiddenError(rules.refusal(by, rule, agreement), rule)
    details = cleaned(details)
    refuse(question_faults(details, timezone.localdate()))
    row = Advice.objects.create(
        agreement=agreement,
        **{one.name: getattr(details, one.name) for one in fields(AdviceQuestion)},
    )
    told = as_told(details, party_id=None)
    told["party"] = party.name if party is not None else ""
    tell(by, Verb.ADVICE_ASKED, agreement, after=told, part=_part(row))
    return row


def _part(row: Advice) -> str:
    return part_of("advice", row.pk)


def answer_of(row: Advice) -> AdviceAnswer:
    """Return what an advice says."""
    return AdviceAnswer(**{one.name: getattr(row, one.name) for one in fields(AdviceAnswer)})


def _held(by: Principal, agreement_id: int, advice_id: int) -> Advice:
    """Return an advice for a deed: of who keeps the agreement, or of the party whose team or agency it is."""
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    row = Advice.objects.filter(pk=advice_id, agreement=agreement).select_related("party").first()
    if row is None:
        raise errors.not_found(_("The advice"))
    held_for(by, agreement_id, row.party_id)
    row.agreement = agreement
    return row


@transaction.atomic
def record_advice(
    by: Principal,
    agreement_id: int,
    advice_id: int,
    details: AdviceAnswer,
    *,
    revision: int | None = None,
) -> Advice:
    """Keep what an advice says, in its words or with its file.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError, StateError
    """
    row = _held(by, agreement_id, advice_id)
    expect_part(row.agreement, row.revision, revision, _part(row))
    details = cleaned(details)
    refuse(advice_faults(details, row.asked_on, timezone.localdate()))
    file_of(row.agreement, details.attachment_id)
    before, after = as_told(answer_of(row)), as_told(details)
    changed = differing(before, after)
    if changed:
        for name in changed:
            setattr(row, name, getattr(details, name))
        row.revision += 1
        row.save()
        old = {name: before[name] for name in changed}
        what = {"asked_of": row.asked_of}
        tell(by, Verb.ADVICE_GIVEN, row.agreement, what | old, what | changed, part=_part(row))
    return row


@transaction.atomic
def withdraw_advice(
    by: Principal, agreement_id: int, advice_id: int, *, revision: int | None = None
) -> None:
    """Take back a question that nobody has answered.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError
    """
    row = _held(by, agreement_id, advice_id)
    expect_part(row.agreement, row.revision, revision, _part(row))
    if row.opinion != Opinion.WAITED_FOR:
        raise StateError(_("It was answered: the advice stays."))
    part, before = _part(row), {"asked_of": row.asked_of, "question": row.question}
    row.delete()
    tell(by, Verb.ADVICE_ASKED, row.agreement, before, {}, part=part)
