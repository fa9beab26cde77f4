"""What falls due by volumes and a tariff follows the bills: it is paid when they are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sinergi.agreements.billed import Billed, Standing, standing
from sinergi.agreements.models import (
    Agreement,
    Bill,
    BillState,
    Due,
    DueState,
    Obligation,
    ObligationKind,
    Service,
)
from sinergi.agreements.schedules import Schedule, ScheduleError

ASKED = (BillState.ISSUED, BillState.PAID)


class Bills:
    """The services of an agreement and what was billed for them, read at once.

    Where who is owed provides no service, or several, no bill can be told to be of an obligation: then bills
    say nothing of it.
    """

    def __init__(self, agreement: Agreement) -> None:
        self._services = list(Service.objects.filter(agreement=agreement))
        self._bills: dict[tuple[int, int], list[Billed]] = defaultdict(list)
        for one in Bill.objects.filter(service__in=self._services, state__in=ASKED):
            paid = one.paid_amount or Decimal(0)
            told = Billed(one.month, one.amount, paid, one.paid_on, one.state == BillState.PAID)
            self._bills[one.service_id, one.party_id].append(told)

    def standing(self, due: Due) -> Standing | None:
        """Return where something due stands by its bills; `None` where they say nothing of it."""
        obligation, schedule = due.obligation, _schedule(due.obligation)
        if due.first is None or due.last is None or schedule is None:
            return None
        owed_to = obligation.creditor_id
        mine = [one for one in self._services if owed_to in (None, one.provider_id)]
        if len(mine) != 1:
            return None
        debtor, service = obligation.debtor, mine[0]
        first = _latest(due.first, service.begins, debtor.joined_on, schedule.since)
        last = _earliest(due.last, service.ends, debtor.left_on)
        return standing(first, last, self._bills[service.pk, debtor.pk])


def _schedule(obligation: Obligation) -> Schedule | None:
    """Return the schedule of what is paid by volumes and a tariff; `None` of anything else."""
    if obligation.kind != ObligationKind.MONEY:
        return None
    try:
        found = Schedule.from_json(obligation.schedule or {})
    except ScheduleError:
        return None
    return found if found.per_unit else None


def _latest(*days: date | None) -> date:
    return max(one for one in days if one is not None)


def _earliest(*days: date | None) -> date:
    return min(one for one in days if one is not None)


def told_by_bills(due: Due) -> bool:
    """Whether bills say what became of something due: then nobody says it by hand."""
    if _schedule(due.obligation) is None:
        return False
    return Bills(due.obligation.agreement).standing(due) is not None


def follow_bills(agreement: Agreement) -> int:
    """Let what falls due by volumes and a tariff stand as the bills do; return how many dates changed.

    What was waived stays, and so does that of which no bill tells, or which was settled when it ended; what
    was confirmed of another standing is no longer confirmed. Part of the deed that changed a bill or an
    obligation, the agreement held.
    """
    rows = Due.objects.filter(
        obligation__agreement=agreement,
        obligation__removed_at=None,
        obligation__kind=ObligationKind.MONEY,
        obligation__schedule__per_unit=True,
    ).exclude(state=DueState.WAIVED)
    dues = list(rows.select_related("obligation__debtor").select_for_update(of=("self",)))
    return _follow_all(dues, Bills(agreement)) if dues else 0


def _follow_all(dues: Iterable[Due], bills: Bills) -> int:
    count = 0
    for one in dues:
        settled = one.obligation.ended_on is not None and one.state == DueState.FULFILLED
        told = None if settled else bills.standing(one)
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
