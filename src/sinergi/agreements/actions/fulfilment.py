"""Deeds on what fell due: fulfilled or in part, waived, taken back, confirmed by whom it was owed to."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_READ
from sinergi.accounts.texts import cleaned
from sinergi.accounts.vocabulary import Right
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions.billed_dues import told_by_bills
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.fulfilment import DONE, OPEN, Fulfilment, Owed, completed, faults
from sinergi.agreements.models import Agreement, Due, DueState, Party
from sinergi.agreements.queries.files import attachments


def may_fulfil(by: Principal, due: Due) -> bool:
    """Whether somebody says what was done: the debtor's people, or who keeps the agreement."""
    obligation = due.obligation
    if permissions.prepares(by, obligation.agreement):
        return True
    return permissions.acts_for(by, obligation.debtor)


def may_judge(by: Principal, due: Due) -> bool:
    """Whether somebody confirms and waives: the creditor's people, or the keeper where there are none."""
    creditor = due.obligation.creditor
    if creditor is None or creditor.left_on is not None:
        return permissions.prepares(by, due.obligation.agreement)
    return permissions.acts_for(by, creditor)


def may_undo(by: Principal, due: Due) -> bool:
    """Whether somebody takes back: what was confirmed or waived is the creditor's to take back.

    Of what is open nothing can be taken back; both sides are told so, and not that they may not.
    """
    if due.state == DueState.OPEN:
        return may_fulfil(by, due) or may_judge(by, due)
    if due.state == DueState.WAIVED or due.confirmed_by_id is not None:
        return may_judge(by, due)
    return may_fulfil(by, due)


def _refuse_billed(due: Due) -> None:
    if told_by_bills(due):
        raise errors.StateError(
            _("This follows the bills of its months: record the payment on the bill.")
        )


def owed_of(due: Due) -> Owed:
    """Return what was due, to be compared with what was done."""
    obligation = due.obligation
    return Owed(obligation.kind, due.amount, due.quantity, obligation.agreement.begins)


def fulfilment_of(due: Due) -> Fulfilment:
    """Return what is said of something due."""
    return Fulfilment(
        str(due.state), due.done_on, due.done_amount, due.done_quantity, due.note, due.evidence_id
    )


@transaction.atomic
def fulfil(
    by: Principal,
    agreement_id: int,
    due_id: int,
    details: Fulfilment,
    *,
    revision: int | None = None,
) -> Due:
    """Record that something was fulfilled, or in part; what stands so already is left alone.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError, InvalidError
    """
    row = _held(by, agreement_id, due_id)
    _require(by, row, may_fulfil(by, row))
    said = completed(cleaned(details), owed_of(row))
    if said == fulfilment_of(row):
        return row
    _expect(row, revision)
    _refuse_billed(row)
    if row.state not in OPEN:
        told = _("This is “%(state)s” already. Take it back first.")
        raise errors.StateError(told % {"state": DueState(row.state).label})
    wrong = faults(said, owed_of(row), timezone.localdate())
    files = attachments(row.obligation.agreement)
    if said.evidence is not None and not files.filter(pk=said.evidence).exists():
        wrong["evidence"] = _("This file is not one of the agreement.")
    refuse(wrong)
    before = _told(row)
    row.state, row.done_on, row.note = DueState(said.state), said.done_on, said.note
    row.done_amount, row.done_quantity = said.amount, said.quantity
    row.evidence_id, row.confirmed_by = said.evidence, None
    return _kept(by, row, before)


@transaction.atomic
def waive(
    by: Principal, agreement_id: int, due_id: int, *, reason: str, revision: int | None = None
) -> Due:
    """Waive what is still owed; what was done in part stays as it was recorded.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError
    InvalidError
        Without a reason.
    """
    row = _held(by, agreement_id, due_id)
    _require(by, row, may_judge(by, row))
    _expect(row, revision)
    if is_own(by, row):
        raise errors.StateError(_("Nobody waives what his own organisation owes."))
    if row.state not in OPEN:
        told = _("This is “%(state)s”: nothing of it can be waived.")
        raise errors.StateError(told % {"state": DueState(row.state).label})
    kept = why(reason)
    if not kept:
        refuse({"why": _("Say why it is waived.")})
    before = _told(row)
    row.state, row.note = DueState.WAIVED, f"{row.note}\n{kept}".strip()
    return _kept(by, row, before, kept)


@transaction.atomic
def undo(
    by: Principal, agreement_id: int, due_id: int, *, reason: str = "", revision: int | None = None
) -> Due:
    """Take back what was said last: it is open again; what was waived after a part, in part again.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError
    """
    row = _held(by, agreement_id, due_id)
    _require(by, row, may_undo(by, row))
    _expect(row, revision)
    if row.state == DueState.OPEN:
        raise errors.StateError(_("Nothing was recorded here that could be taken back."))
    if row.state != DueState.WAIVED:
        _refuse_billed(row)
    before, kept = _told(row), why(reason)
    if row.state == DueState.WAIVED and row.done_on is not None:
        row.state = DueState.PARTLY
    else:
        row.state, row.done_on, row.note = DueState.OPEN, None, ""
        row.done_amount = row.done_quantity = None
        row.evidence = row.confirmed_by = None
    return _kept(by, row, before, kept)


@transaction.atomic
def confirm(by: Principal, agreement_id: int, due_id: int, *, revision: int | None = None) -> Due:
    """Confirm for the creditor that it was fulfilled as it is recorded.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    StateError
        When nothing was recorded, it was confirmed already, or somebody would confirm his own.
    """
    row = _held(by, agreement_id, due_id)
    _require(by, row, may_judge(by, row))
    _expect(row, revision)
    if row.state not in DONE:
        raise errors.StateError(_("Nothing was recorded here that could be confirmed."))
    if row.confirmed_by_id is not None:
        raise errors.StateError(_("This was confirmed already."))
    if is_own(by, row):
        raise errors.StateError(
            _(
                "Nobody confirms what his own organisation did. Keep the receipt of the other party as "
                "evidence."
            )
        )
    party = _confirming(by, row)
    if party is None:
        raise errors.StateError(_("There is no other party for which you could confirm this."))
    before = _told(row)
    row.confirmed_by = party
    return _kept(by, row, before)


def is_own(by: Principal, due: Due) -> bool:
    """Whether somebody of the debtor's organisation would confirm, for a creditor whose people he is not."""
    debtor, creditor = due.obligation.debtor, due.obligation.creditor
    if (
        debtor.organisation_id is None
        or not by.has(Right.EDIT, debtor.organisation_id)
        or by.operator
    ):
        return False
    whose = creditor.organisation_id if creditor is not None else None
    return whose is None or whose == debtor.organisation_id or not by.has(Right.EDIT, whose)


def _confirming(by: Principal, row: Due) -> Party | None:
    """Return the party that confirms: the creditor, or another party for which somebody acts."""
    agreement, creditor = row.obligation.agreement, row.obligation.creditor
    if creditor is not None:
        return creditor
    others = Party.objects.filter(agreement=agreement, left_on=None).select_related("organisation")
    there = list(others.exclude(pk=row.obligation.debtor_id).order_by("position"))
    for one in there:
        one.agreement = agreement
    keeper = [one for one in there if one.organisation_id == agreement.organisation_id]
    return next((one for one in (*keeper, *there) if permissions.acts_for(by, one)), None)


def _held(by: Principal, agreement_id: int, due_id: int) -> Due:
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    rows = Due.objects.filter(
        pk=due_id, obligation__agreement=agreement, obligation__removed_at=None
    )
    row = rows.select_related("obligation__debtor", "obligation__creditor", "confirmed_by").first()
    if row is None:
        raise errors.not_found(_("What falls due"))
    obligation = row.obligation
    obligation.agreement = obligation.debtor.agreement = agreement
    if obligation.creditor is not None:
        obligation.creditor.agreement = agreement
    return row


def _require(by: Principal, row: Due, allowed: bool) -> None:
    if not allowed:
        rule = rules.OBJECT_EDIT
        raise ForbiddenError(rules.refusal(by, rule, row.obligation.agreement), rule)


def _expect(row: Due, revision: int | None) -> None:
    agreement = row.obligation.agreement_id
    part = part_of("due", row.pk)
    expect_revision(Agreement.KIND, agreement, row.revision, revision, part=part)


def _told(row: Due) -> dict[str, Any]:
    """Return what is recorded of something due, as records keep it."""
    values = {
        "state": str(row.state),
        "done_on": row.done_on,
        "amount": row.done_amount,
        "quantity": row.done_quantity,
        "note": row.note,
        "attachment_id": row.evidence_id,
        "confirmed": row.confirmed_by.name if row.confirmed_by is not None else "",
    }
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if isinstance(value, int) else str(value or "")


def _kept(by: Principal, row: Due, before: dict[str, Any], reason: str = "") -> Due:
    row.revision += 1
    row.save()
    after = _told(row)
    changed = [name for name in after if after[name] != before[name]]
    old, new = ({name: values[name] for name in changed} for values in (before, after))
    agreement, part = row.obligation.agreement, part_of("due", row.pk)
    tell(by, Verb.FULFILMENT_RECORDED, agreement, old, new, part=part, reason=reason)
    return row
