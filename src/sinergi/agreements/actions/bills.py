"""Deeds on bills: draw up a month, issue, take in payments, cancel, close."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.agreements import errors
from sinergi.agreements.actions.billed_dues import follow_bills
from sinergi.agreements.actions.rows import part_of, refuse, tell
from sinergi.agreements.actions.services import held_service
from sinergi.agreements.bill_lines import corrections, line_kept
from sinergi.agreements.billing import Charge
from sinergi.agreements.models import Agreement, Bill, BillState, Party, Service
from sinergi.agreements.queries.reading import parties
from sinergi.agreements.queries.services import one_served
from sinergi.agreements.services import amount_faults

NUMBER = 120


@dataclass(frozen=True, slots=True)
class Drawn:
    """What drawing up a month gave: bills that differ from before, and payers of whom nothing is known."""

    made: tuple[Bill, ...]
    unknown: tuple[Party, ...]


@transaction.atomic
def draw_up(by: Principal, agreement_id: int, service_id: int, month: date) -> Drawn:
    """Compute the bills of a month from what came in; drafts are computed anew, issued ones stay.

    Of parties whose volume is not known no bill is made: they are told.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When the month is still to come, or is closed.
    """
    first = month.replace(day=1)
    service = held_service(by, agreement_id, service_id)
    if first > timezone.localdate():
        refuse({"month": _("This month is still to come.")})
    if Bill.objects.filter(service=service, month=first, closed=True).exists():
        refuse({"month": _("This month is closed: it takes no other bill.")})
    there = parties(service.agreement, all_of_them=True)
    served = one_served(service.agreement, there, service.pk)
    made, unknown = [], []
    for party in served.payers:
        owed = served.charge(party, first)
        if owed is None:
            if party.left_on is None or party.left_on >= first:
                unknown.append(party)
            continue
        if owed.lines and (bill := _draft(by, service, party, first, owed)) is not None:
            made.append(bill)
    return Drawn(tuple(made), tuple(unknown))


def _draft(by: Principal, service: Service, party: Party, month: date, owed: Charge) -> Bill | None:
    """Write the draft of a party's bill; `None` where it stands so already or was issued."""
    rows = Bill.objects.filter(service=service, party=party, month=month)
    row = rows.exclude(state=BillState.CANCELLED).first()
    if row is not None and row.state != BillState.DRAFT:
        return None
    kept = corrections(row) if row is not None else []
    lines = [*map(line_kept, owed.lines), *kept]
    amount = owed.amount + sum((Decimal(one["amount"]) for one in kept), Decimal(0))
    if row is not None and (row.amount, row.lines) == (amount, lines):
        return None
    before = {} if row is None else {"amount": str(row.amount)}
    row = row or Bill(service=service, party=party, month=month)
    row.quantity, row.amount, row.lines = owed.quantity, amount, lines
    row.revision += 1
    row.save()
    tell_bill(by, service, row, before, {"amount": str(row.amount), "party": party.name})
    return row


@transaction.atomic
def issue(
    by: Principal,
    agreement_id: int,
    bill_id: int,
    *,
    number: str,
    on: date,
    due: date,
    revision: int | None = None,
) -> Bill:
    """Issue a bill; from then on its volume and its tariff do not change.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError, InvalidError
    """
    row = _held(by, agreement_id, bill_id, revision, BillState.DRAFT)
    kept = printable(number)
    faults = {}
    if len(kept) > NUMBER:
        faults["number"] = _("At most %(most)s characters.") % {"most": NUMBER}
    if on > timezone.localdate():
        faults["on"] = _("This day is still to come.")
    if on < row.month:
        faults["on"] = _("This day lies before the month of the bill.")
    if row.amount < 0:
        faults[""] = _(
            "Its corrections take away more than the month costs. Correct with a bill that can bear it."
        )
    if due < on:
        faults["due"] = _("It falls due before it is issued.")
    refuse(faults)

    def change() -> None:
        row.number, row.issued_on, row.due_on = kept, on, due
        row.state = BillState.ISSUED
        if not row.amount:
            row.state, row.paid_on, row.paid_amount = BillState.PAID, on, Decimal(0)

    return _changed(by, row, change)


@transaction.atomic
def pay(
    by: Principal,
    agreement_id: int,
    bill_id: int,
    *,
    amount: Decimal,
    on: date,
    revision: int | None = None,
) -> Bill:
    """Record a payment, of all or of a part; it is paid once the parts come to the whole.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError, InvalidError
    """
    row = _held(by, agreement_id, bill_id, revision, BillState.ISSUED)
    sofar = row.paid_amount or Decimal(0)
    faults = amount_faults("amount", amount)
    if not faults and not amount:
        faults["amount"] = _("Write an amount.")
    if not faults and sofar + amount > row.amount:
        faults["amount"] = _("More than is still owed.")
    if on > timezone.localdate():
        faults["on"] = _("This day is still to come.")
    if row.issued_on is not None and on < row.issued_on:
        faults["on"] = _("This day lies before the bill was issued.")
    refuse(faults)

    def change() -> None:
        row.paid_amount, row.paid_on = sofar + amount, on
        row.state = BillState.PAID if row.paid_amount == row.amount else BillState.ISSUED

    return _changed(by, row, change)


@transaction.atomic
def cancel(
    by: Principal, agreement_id: int, bill_id: int, *, reason: str, revision: int | None = None
) -> Bill:
    """Cancel a bill of which nothing was paid, so that it can be drawn up anew; says why.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError, InvalidError
    """
    row = _held(by, agreement_id, bill_id, revision, BillState.DRAFT, BillState.ISSUED)
    kept = why(reason)
    if not kept:
        refuse({"why": _("Say why the bill is cancelled.")})
    if row.paid_amount:
        refuse({"why": _("Something was paid on this bill already: it cannot be cancelled.")})

    def change() -> None:
        row.state = BillState.CANCELLED

    return _changed(by, row, change, kept)


@transaction.atomic
def close_month(by: Principal, agreement_id: int, service_id: int, month: date) -> int:
    """Close a month of which every bill was issued; return how many bills it has.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When it has no bill, or one that is not issued.
    """
    first = month.replace(day=1)
    service = held_service(by, agreement_id, service_id)
    rows = Bill.objects.filter(service=service, month=first).exclude(state=BillState.CANCELLED)
    states = list(rows.values_list("state", flat=True))
    if not states:
        refuse({"month": _("This month has no bill.")})
    if BillState.DRAFT in states:
        refuse({"month": _("Bills of this month are not issued yet.")})
    count = rows.filter(closed=False).update(closed=True)
    if count:
        after = {"month": first.isoformat(), "closed": True}
        part = part_of("service", service.pk)
        tell(by, Verb.BILLED, service.agreement, {}, after, part=part)
    return len(states)


def _held(
    by: Principal, agreement_id: int, bill_id: int, revision: int | None, *states: BillState
) -> Bill:
    rows = Bill.objects.filter(pk=bill_id, service__agreement=agreement_id)
    row = rows.select_related("service", "party").first()
    if row is None:
        raise errors.not_found(_("The bill"))
    row.service = held_service(by, agreement_id, row.service_id)
    part = part_of("bill", row.pk)
    row.refresh_from_db(fields=["revision", "state", "paid_amount", "closed"])
    expect_revision(Agreement.KIND, agreement_id, row.revision, revision, part=part)
    if row.state not in states or (row.closed and BillState.DRAFT in states):
        told = _("This bill is “%(state)s”: this cannot be done with it.")
        raise errors.StateError(told % {"state": BillState(row.state).label})
    return row


def _changed(by: Principal, row: Bill, change: Callable[[], None], reason: str = "") -> Bill:
    before = _said(row)
    change()
    row.revision += 1
    row.save()
    tell_bill(by, row.service, row, before, _said(row), reason)
    return row


def _said(row: Bill) -> dict[str, Any]:
    return {
        "state": str(row.state),
        "number": row.number,
        "paid_amount": str(row.paid_amount) if row.paid_amount is not None else "",
    }


def tell_bill(
    by: Principal,
    service: Service,
    row: Bill,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str = "",
) -> None:
    """Let what falls due follow a bill that changed, and write the record of the deed on it."""
    follow_bills(service.agreement)
    part = part_of("bill", row.pk)
    tell(by, Verb.BILLED, service.agreement, before, after, part=part, reason=reason)
