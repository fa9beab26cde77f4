"""The facts that alarms rest on, each with the day on which it could be known, read from the tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from sinergi.accounts.principal import operator
from sinergi.agreements.alarm_facts import (
    BillFact,
    BudgetFact,
    CapacityFact,
    Facts,
    OwedFact,
    PayerFact,
    QuotaFact,
    ServiceFact,
    TariffFact,
    VolumeFact,
)
from sinergi.agreements.alarms import Raised, timeline
from sinergi.agreements.billing import month_of
from sinergi.agreements.models import (
    Agreement,
    Alarm,
    Bill,
    BillState,
    BudgetEntry,
    Due,
    DueState,
    Party,
    Quota,
    Service,
    Signature,
    SigningState,
    Tariff,
    Volume,
)
from sinergi.agreements.queries.alarm_dues import Owing
from sinergi.agreements.queries.budget import read_money
from sinergi.agreements.queries.services import price_of, ration_of
from sinergi.agreements.rules import IN_FORCE
from sinergi.reference import queries as reference

Rows = dict[int, list[Any]]


def watched() -> QuerySet[Agreement]:
    """Return the agreements that something can threaten that is told here: all that are not put away."""
    rows: Any = Agreement.objects.filter(deleted_at=None)
    found: QuerySet[Agreement] = rows
    return found


def facts_of(agreement: Agreement) -> Facts:
    """Return the facts of one agreement."""
    return facts([agreement])[agreement.pk]


def facts(agreements: Sequence[Agreement]) -> dict[int, Facts]:
    """Return the facts of agreements by number; as many queries for many as for one.

    What does not say since when it could be known counts from the day on which the agreement could.
    """
    numbers = [one.pk for one in agreements]
    services = list(Service.objects.filter(agreement__in=numbers).order_by("pk"))
    tables = _Tables(numbers, [one.pk for one in services])
    mine: Rows = _by(services, "agreement_id")
    return {
        one.pk: Facts(
            known=_known(one),
            signed=tables.signed.get(one.pk),
            ends=one.ends,
            ended=one.ended_on,
            succeeded=tables.succeeded.get(one.pk),
            done=tuple(tables.done[one.pk]),
            services=tuple(_service(one, each, tables) for each in mine[one.pk]),
            budgets=tuple(_budgets(one, tables)),
            owed=tuple(
                OwedFact(_known(one), party, year, amount)
                for party, year, amount in tables.owed[one.pk]
            ),
            bills=tuple(_bill(bill) for bill in tables.bills[one.pk]),
            holds=_holds(one, tables.signed.get(one.pk)),
            weighed=tuple(tables.owing.weighed[one.pk]) if one.ends else (),
            words=tuple(tables.owing.words(one.pk, _known(one))),
            late=tuple(tables.owing.late[one.pk]),
            left=tuple(tables.owing.left(tables.parties[one.pk])),
        )
        for one in agreements
    }


def _known(agreement: Agreement) -> date:
    """Return the day from which an agreement could be known: said, begun, or written here."""
    written = timezone.localdate(agreement.created)
    return agreement.known_on or min(written, agreement.begins or written)


def _holds(agreement: Agreement, signed: date | None) -> date | None:
    """Return the day from which an agreement is in force, once it is said to be."""
    order = [stage.code for stage in reference.agreement_stages(agreement.family)]
    if agreement.stage not in order[order.index(IN_FORCE) if IN_FORCE in order else len(order) :]:
        return None
    return agreement.begins or signed or _known(agreement)


def _by(rows: Iterable[Any], name: str) -> Rows:
    found: Rows = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


class _Tables:
    """Everything that facts are made of, for some agreements, read at once."""

    def __init__(self, numbers: Sequence[int], services: Sequence[int]) -> None:
        self.parties = _by(Party.objects.filter(agreement__in=numbers), "agreement_id")
        self.quotas = _by(Quota.objects.filter(service__in=services).order_by("pk"), "service_id")
        self.tariffs = _by(Tariff.objects.filter(service__in=services).order_by("pk"), "service_id")
        self.volumes = _by(Volume.objects.filter(service__in=services).order_by("pk"), "service_id")
        self.bills: Rows = defaultdict(list)
        states = (BillState.ISSUED, BillState.PAID)
        issued = Bill.objects.filter(service__in=services, state__in=states)
        for bill in issued.select_related("service").order_by("pk"):
            self.bills[bill.service.agreement_id].append(bill)
        entries = BudgetEntry.objects.filter(party__agreement__in=numbers).select_related("party")
        self.budgets: Rows = defaultdict(list)
        for entry in entries.order_by("pk"):
            self.budgets[entry.party.agreement_id].append(entry)
        self.owed = _owed(numbers)
        self.done = _done(numbers)
        self.signed = _signed(numbers)
        self.owing = Owing(numbers)
        later = watched().filter(follows__in=numbers).order_by("-created")
        self.succeeded = {one.follows_id: timezone.localdate(one.created) for one in later}


def _owed(numbers: Sequence[int]) -> dict[int, list[tuple[int, int, Decimal]]]:
    rows = Due.objects.filter(
        obligation__agreement__in=numbers, obligation__removed_at=None, amount__gt=0
    ).exclude(state=DueState.WAIVED)
    names = ("obligation__agreement", "obligation__debtor", "on__year")
    found: dict[int, list[tuple[int, int, Decimal]]] = defaultdict(list)
    for agreement, party, year, amount in (
        rows.order_by().values_list(*names).annotate(sum=Sum("amount"))
    ):
        found[agreement].append((party, year, Decimal(amount)))
    return found


def _done(numbers: Sequence[int]) -> dict[int, list[date]]:
    rows = Due.objects.filter(obligation__agreement__in=numbers).exclude(done_on=None)
    found: dict[int, list[date]] = defaultdict(list)
    for agreement, day in rows.order_by("done_on").values_list("obligation__agreement", "done_on"):
        if day is not None:
            found[agreement].append(day)
    return found


def _signed(numbers: Sequence[int]) -> dict[int, date]:
    """Return the day on which the last signature of a document was given that all parties gave."""
    rows = Signature.objects.filter(
        document__agreement__in=numbers,
        document__removed_at=None,
        state=SigningState.SIGNED,
    ).exclude(Q(signed_on=None) | Q(document__signed_version=None))
    found: dict[int, date] = {}
    for agreement, day in rows.values_list("document__agreement", "signed_on"):
        if day is not None:
            found[agreement] = max(day, found.get(agreement, day))
    return found


def _service(agreement: Agreement, row: Service, tables: _Tables) -> ServiceFact:
    base = row.known_on or _known(agreement)
    begins = row.begins or agreement.begins or base
    quotas = tables.quotas[row.pk]
    payers: dict[int, date] = {}
    for quota in quotas:
        if quota.per_day:
            known = quota.known_on or base
            payers[quota.party_id] = min(known, payers.get(quota.party_id, known))
    if not payers:
        others = [one.pk for one in tables.parties[agreement.pk] if one.pk != row.provider_id]
        payers = dict.fromkeys(others, base)
    capacity = () if row.capacity is None else (CapacityFact(base, row.capacity),)
    return ServiceFact(
        known=base,
        number=row.pk,
        begins=begins,
        ends=row.ends or agreement.ends,
        tariffs=tuple(_tariff(one, base) for one in tables.tariffs[row.pk]),
        payers=tuple(PayerFact(known, party) for party, known in payers.items()),
        quotas=tuple(
            QuotaFact(one.known_on or base, one.party_id, ration_of(one))
            for one in quotas
            if one.kind == Quota.Kind.OPERATING
        ),
        volumes=tuple(_volume(one) for one in tables.volumes[row.pk]),
        capacity=capacity,
    )


def _tariff(row: Tariff, base: date) -> TariffFact:
    known = row.known_on or base
    basis = max(known, row.basis_on or known) if row.basis else None
    return TariffFact(known, price_of(row), basis)


def _volume(row: Volume) -> VolumeFact:
    first, last = month_of(row.month)
    per_day = row.quantity if row.per_day else row.quantity / ((last - first).days + 1)
    return VolumeFact(row.known_on or last, first, per_day.quantize(Decimal("0.01")), row.party_id)


def _budgets(agreement: Agreement, tables: _Tables) -> Iterable[BudgetFact]:
    """Yield what is said of budgets; lines are judged by their plans, whoever may read these.

    The amounts of plans are told nowhere: an alarm says only that they are less than what is expected.
    """
    entries = tables.budgets[agreement.pk]
    for year in sorted({one.year for one in entries}):
        of_year = [one for one in entries if one.year == year]
        for one in read_money(operator(), of_year, year):
            entry = one.entry
            known = entry.known_on or _known(agreement)
            yield BudgetFact(known, entry.party_id, year, one.amount, entry.has_none)


def _bill(row: Bill) -> BillFact:
    issued = row.issued_on or row.month
    due = row.due_on or issued
    if row.state == BillState.PAID:
        return BillFact(issued, row.pk, row.party_id, due, row.amount, row.paid_on or issued)
    part = row.paid_amount or Decimal(0)
    return BillFact(issued, row.pk, row.party_id, due, row.amount, part=part, part_on=row.paid_on)


def raised(agreement: Agreement, day: date) -> tuple[Raised, ...]:
    """Return everything that threatened an agreement up to a day, by what could be known."""
    return timeline(facts_of(agreement), day)


def alarms(agreement: Agreement) -> QuerySet[Alarm]:
    """Return the alarms that were raised for an agreement, those that hold first."""
    rows = Alarm.objects.filter(agreement=agreement).select_related("party")
    return rows.order_by("-over_on", "-first_day", "-pk")
