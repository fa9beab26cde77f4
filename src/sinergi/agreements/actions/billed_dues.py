"""What falls due by volumes and a tariff follows the bills: it is paid when they are."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Q

from sinergi.agreements.billed import Billed, Standing, standing
from sinergi.agreements.models import Agreement, Bill, BillState, Due, DueState, ObligationKind

ASKED = (BillState.ISSUED, BillState.PAID)


def follow_bills(agreement: Agreement) -> int:
    """Let what falls due by volumes and a tariff stand as the bills do; return how many dates changed.

    What was waived stays, and so does that of which no bill tells; what was confirmed of another standing
    is no longer confirmed. Part of the deed that changed a bill or an obligation, the agreement held.
    """
    rows = Due.objects.filter(
        ~Q(state=DueState.WAIVED),
        obligation__agreement=agreement,
        obligation__removed_at=None,
        obligation__kind=ObligationKind.MONEY,
        obligation__schedule__per_unit=True,
        first__isnull=False,
        last__isnull=False,
    )
    dues = list(rows.select_related("obligation").select_for_update(of=("self",)))
    if not dues:
        return 0
    bills, count = _bills(agreement), 0
    for one in dues:
        mine = bills[one.obligation.debtor_id]
        told = standing(one.first, one.last, mine) if one.first and one.last else None
        count += told is not None and _follow(one, told)
    return count


def _follow(due: Due, told: Standing) -> bool:
    if Standing(DueState(due.state), due.done_on, due.done_amount) == told:
        return False
    due.state, due.done_on, due.done_amount = told.state, told.done_on, told.done_amount
    due.confirmed_by = None
    due.revision += 1
    due.save(update_fields=["state", "done_on", "done_amount", "confirmed_by", "revision"])
    return True


def _bills(agreement: Agreement) -> dict[int, list[Billed]]:
    """Return the bills of an agreement that were issued, by who pays them."""
    found: dict[int, list[Billed]] = defaultdict(list)
    for one in Bill.objects.filter(service__agreement=agreement, state__in=ASKED):
        paid = one.paid_amount or Decimal(0)
        settled = one.state == BillState.PAID
        found[one.party_id].append(Billed(one.month, one.amount, paid, one.paid_on, settled))
    return found
