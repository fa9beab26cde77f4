"""Correcting a bill that is issued or closed: it stays as it is, the next open month bears the difference."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.principal import Principal
from sinergi.agreements import errors
from sinergi.agreements.actions.bills import tell_bill
from sinergi.agreements.actions.rows import part_of, refuse
from sinergi.agreements.actions.services import held_service
from sinergi.agreements.bill_lines import line_kept, standing
from sinergi.agreements.billing import Line, correction
from sinergi.agreements.models import Agreement, Bill, BillState
from sinergi.agreements.services import volume_number_faults

FINAL = (BillState.ISSUED, BillState.PAID)


@transaction.atomic
def correct(
    by: Principal,
    agreement_id: int,
    bill_id: int,
    *,
    quantity: Decimal,
    month: date,
    reason: str,
    revision: int | None = None,
) -> Bill:
    """Write in the bill of a later month by how much an earlier one was wrong; return that later bill.

    Parameters
    ----------
    quantity
        What was really brought in the month of the bill that was wrong.
    month
        Whose bill bears the difference: a later one that is not issued and not closed.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError, InvalidError
    """
    row = _final(by, agreement_id, bill_id, revision)
    kept, first = why(reason), month.replace(day=1)
    faults = volume_number_faults("quantity", quantity)
    if not kept:
        faults["reason"] = _("Say why the quantity was wrong.")
    refuse(faults)
    bills = _counting(row)
    target = _target(row, first, bills)
    was = standing(row, row.pk, bills)
    lines = correction(was, quantity)
    if not lines:
        refuse({"quantity": _("This is what was billed already: nothing differs.")})
    before = {"amount": str(target.amount)} if target.pk else {}
    _add(target, row, lines, (sum((one.quantity for one in was), Decimal(0)), quantity), kept)
    after = {"amount": str(target.amount), "corrects": row.pk, "party": row.party.name}
    tell_bill(by, row.service, target, before, after, kept)
    return target


def _final(by: Principal, agreement_id: int, bill_id: int, revision: int | None) -> Bill:
    """Return a bill that does not change any more, its agreement held."""
    rows = Bill.objects.filter(pk=bill_id, service__agreement=agreement_id)
    row = rows.select_related("party").first()
    if row is None:
        raise errors.not_found(_("The bill"))
    row.service = held_service(by, agreement_id, row.service_id)
    row.refresh_from_db(fields=["revision", "state", "closed", "lines"])
    part = part_of("bill", row.pk)
    expect_revision(Agreement.KIND, agreement_id, row.revision, revision, part=part)
    if row.state not in FINAL:
        told = _("Only a bill that was issued is corrected; a draft is drawn up anew.")
        raise errors.StateError(told)
    return row


def _counting(row: Bill) -> list[Bill]:
    """Return all bills of the same payer and service that count, in the order of their months."""
    rows = Bill.objects.filter(service=row.service_id, party=row.party_id)
    return list(rows.exclude(state=BillState.CANCELLED).order_by("month", "pk"))


def _target(row: Bill, month: date, bills: list[Bill]) -> Bill:
    """Return the bill that bears a correction, not yet written where the month has none."""
    if month <= row.month:
        refuse({"month": _("Choose a month after the one that was wrong.")})
    if month > timezone.localdate():
        refuse({"month": _("This month is still to come.")})
    found = next((one for one in bills if one.month == month), None)
    closed = Bill.objects.filter(service=row.service_id, month=month, closed=True).exists()
    if closed or (found is not None and found.state != BillState.DRAFT):
        refuse({"month": _("The bill of this month was issued already: choose a later one.")})
    return found or Bill(
        service=row.service,
        party=row.party,
        month=month,
        quantity=Decimal(0),
        amount=Decimal(0),
        lines=[],
        revision=0,
    )


def _add(
    target: Bill,
    row: Bill,
    lines: tuple[Line, ...],
    quantities: tuple[Decimal, Decimal],
    reason: str,
) -> None:
    was, now = quantities
    about: dict[str, Any] = {
        "of": row.pk,
        "of_month": row.month.isoformat(),
        "was": f"{was:f}",
        "now": f"{now:f}",
        "reason": reason,
        "on": timezone.localdate().isoformat(),
    }
    target.lines = [*target.lines, *({**line_kept(one), **about} for one in lines)]
    target.amount += sum((one.amount for one in lines), Decimal(0))
    target.revision += 1
    target.save()


def open_month(row: Bill) -> date | None:
    """Return the first month after that of a bill whose bill can still bear a correction, up to today."""
    bills = _counting(row)
    taken = {one.month for one in bills if one.state != BillState.DRAFT}
    shut = Bill.objects.filter(service=row.service_id, closed=True)
    taken |= set(shut.values_list("month", flat=True))
    month, last = row.month, timezone.localdate()
    while (month := _next(month)) <= last:
        if month not in taken:
            return month
    return None


def _next(month: date) -> date:
    year, number = divmod(month.year * 12 + month.month, 12)
    return date(year, number + 1, 1)
