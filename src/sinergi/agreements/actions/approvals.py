"""Deeds of one party: its answer to the offer, and how far its approvals are."""

from dataclasses import fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.agreements import errors
from sinergi.agreements.actions.rows import held_party, part_of, refuse, tell
from sinergi.agreements.actions.stage_rows import (
    as_told,
    differing,
    expect_part,
    file_of,
    require_living,
)
from sinergi.agreements.families import YES
from sinergi.agreements.models import Approval, Party
from sinergi.agreements.parties import COUNCIL, Need
from sinergi.agreements.queries.stages import needs_of, offered_on
from sinergi.agreements.stage_details import (
    ApprovalDetails,
    OfferAnswer,
    answer_faults,
    approval_faults,
)
from sinergi.reference import queries as reference


def answer_of(party: Party) -> OfferAnswer:
    """Return what a party answered to the offer."""
    return OfferAnswer(party.offer_answer, party.offer_answered_on, party.offer_note)


@transaction.atomic
def answer_offer(
    by: Principal,
    agreement_id: int,
    party_id: int,
    details: OfferAnswer,
    *,
    revision: int | None = None,
) -> Party:
    """Keep what a party answers to the offer; empty takes the answer back.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError, StateError
    """
    party = held_party(by, agreement_id, party_id)
    agreement, part = party.agreement, part_of("party", party.pk)
    require_living(agreement)
    expect_part(agreement, party.revision, revision, part)
    details = cleaned(details)
    refuse(answer_faults(details, offered_on(agreement), timezone.localdate()))
    before, after = as_told(answer_of(party)), as_told(details)
    changed = differing(before, after)
    if changed:
        party.offer_answer, party.offer_answered_on = details.answer, details.on
        party.offer_note = details.note
        party.revision += 1
        party.save(update_fields=["offer_answer", "offer_answered_on", "offer_note", "revision"])
        old = {name: before[name] for name in changed}
        tell(by, Verb.PARTY_SET, agreement, old, changed, part=part)
    return party


def details_of(row: Approval) -> ApprovalDetails:
    """Return what is said of an approval."""
    return ApprovalDetails(**{one.name: getattr(row, one.name) for one in fields(ApprovalDetails)})


def need_of(party: Party, kind: str) -> Need | None:
    """Return what the rules say of an approval of a party; None where they do not speak of it."""
    needs = needs_of(party, party.agreement.family)
    return next((one for one in needs if one.kind == kind), None)


def row_of(party: Party, kind: str) -> Approval:
    """Return an approval of a party, new where nothing was said of it.

    Raises
    ------
    NotFoundError
        When the pack has no such approval.
    """
    if kind not in reference.agreement_terms("approval_kind"):
        raise errors.not_found(_("The approval"))
    found = Approval.objects.filter(party=party, kind=kind).select_related("attachment").first()
    return found or Approval(party=party, kind=kind)


@transaction.atomic
def set_approval(
    by: Principal,
    agreement_id: int,
    party_id: int,
    kind: str,
    details: ApprovalDetails,
    *,
    revision: int | None = None,
) -> Approval:
    """Say how far an approval of a party is: asked for, given, refused, or not needed with a reason.

    Parameters
    ----------
    revision
        That the writer saw; 0 for an approval of which nothing was said.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError, StateError
    """
    party = held_party(by, agreement_id, party_id)
    agreement = party.agreement
    require_living(agreement)
    row = row_of(party, kind)
    expect_part(
        agreement, row.revision if row.pk else 0, revision, part_of("approval", row.pk or 0)
    )
    details, need = cleaned(details), need_of(party, kind)
    firm = need is not None and need.needed == YES and kind == COUNCIL
    refuse(approval_faults(details, timezone.localdate(), firm=firm))
    file_of(agreement, details.attachment_id)
    before, after = as_told(details_of(row)), as_told(details)
    changed = differing(before, after)
    if row.pk and not changed:
        return row
    for name in changed:
        setattr(row, name, getattr(details, name))
    row.needed_because = need.because if need is not None else ""
    row.revision = row.revision + 1 if row.pk else 1
    row.save()
    old = {name: before[name] for name in changed}
    what = {"approval": kind, "party": party.name}
    part = part_of("approval", row.pk)
    tell(by, Verb.APPROVAL_SET, agreement, what | old, what | changed, part=part)
    return row
