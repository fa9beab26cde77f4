"""Whether every payer has a line with enough money, and every payee a tariff by law: year by year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, BudgetEntry, Due, DueState, Party
from sinergi.agreements.queries.services import Served
from sinergi.programs.models import LineAmount, PlanKind, PlanLine, VersionState
from sinergi.programs.queries.plans import versions

LAW = {kind: place for place, kind in enumerate((PlanKind.APBD, PlanKind.KUA_PPAS, PlanKind.RKPD))}
"""Plans in which money for a year is looked for, the budget itself first."""
OFFERED = 20


@dataclass(frozen=True, slots=True)
class Money:
    """A line, as it is said or as it stands in a plan that may be read.

    Attributes
    ----------
    amount
        Rupiah for the year; `None` where it is not known.
    line
        The line of the plan, where it may be read; its amount is the one of the plan.
    """

    entry: BudgetEntry
    amount: Decimal | None
    line: PlanLine | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a payer and a year.

    Attributes
    ----------
    fixed, served
        What falls due by fixed dates, and what its quota costs; `served` of `None`: it pays by quantity, and
        how much is not known.
    """

    party: Party
    year: int
    fixed: Decimal
    served: Decimal | None
    money: tuple[Money, ...] = field(default=())

    @property
    def expected(self) -> Decimal | None:
        """What it must be able to pay; `None` where that is not known."""
        return None if self.served is None else self.fixed + self.served

    @property
    def there(self) -> Decimal | None:
        """What its lines hold together; `None` where that is not known."""
        amounts = [one.amount for one in self.money if not one.entry.has_none]
        if not amounts or any(one is None for one in amounts):
            return None
        return sum((one for one in amounts if one is not None), Decimal(0))

    @property
    def answer(self) -> str:
        """`none`, `short`, `enough`, `line` (of unknown amount) or `unknown`."""
        if not self.money:
            return "unknown"
        if all(one.entry.has_none for one in self.money):
            return "none"
        if self.there is None or self.expected is None:
            return "line"
        return "enough" if self.there >= self.expected else "short"

    @property
    def missing(self) -> Decimal | None:
        """How much its lines lack; `None` where they do not, or that is not known."""
        if self.answer != "short" or self.expected is None or self.there is None:
            return None
        return self.expected - self.there


def standings(
    by: Principal,
    agreement: Agreement,
    parties: Sequence[Party],
    served: Sequence[Served],
    expected: dict[int, Decimal | None],
    year: int,
) -> list[Standing]:
    """Return what is known of each payer in a year, in the order of the parties.

    Parameters
    ----------
    expected
        As `alarms.expected` tells of the year: by number of the party.
    """
    fixed = fixed_dues(agreement, year)
    entries = BudgetEntry.objects.filter(party__in=parties, year=year).order_by("pk")
    money = read_money(by, list(entries), year)
    found = []
    for party in parties:
        if party.pk not in expected and not any(one.entry.party_id == party.pk for one in money):
            continue
        due = fixed.get(party.pk, Decimal(0))
        whole = expected.get(party.pk, Decimal(0))
        by_quantity = None if whole is None else whole - due
        mine = tuple(one for one in money if one.entry.party_id == party.pk)
        found.append(Standing(party, year, due, by_quantity, mine))
    return found


def fixed_dues(agreement: Agreement, year: int) -> dict[int, Decimal]:
    """Return what each party owes in a year by dates that were agreed, waived ones left out."""
    rows = Due.objects.filter(
        obligation__agreement=agreement,
        obligation__removed_at=None,
        on__year=year,
        amount__gt=0,
    ).exclude(state=DueState.WAIVED)
    sums = rows.order_by().values_list("obligation__debtor").annotate(sum=Sum("amount"))
    return {party: Decimal(amount) for party, amount in sums}


def read_money(by: Principal, entries: Sequence[BudgetEntry], year: int) -> list[Money]:
    """Return what was said of budgets, with the amounts that stand in plans now; two queries."""
    wanted = [one.line for one in entries if one.line is not None]
    lines = current_lines(by, wanted)
    amounts = dict(
        LineAmount.objects.filter(line__in=list(lines.values()), year=year)
        .order_by()
        .values_list("line__identity")
        .annotate(sum=Sum("amount"))
    )
    found = []
    for one in entries:
        line = lines.get(one.line) if one.line is not None else None
        amount = one.amount
        if line is not None:
            amount = Decimal(amounts.get(one.line, 0))
        found.append(Money(one, amount, line))
    return found


def current_lines(by: Principal, identities: Iterable[UUID]) -> dict[UUID, PlanLine]:
    """Return lines by identity as they stand in current versions that somebody may read."""
    rows = PlanLine.objects.filter(
        identity__in=list(identities),
        version__in=versions(by).order_by().values("pk"),
        version__state=VersionState.CURRENT,
    )
    return {one.identity: one for one in rows.select_related("version__plan")}


def offered_lines(
    by: Principal, agreement: Agreement, party: Party, year: int, account: str = ""
) -> list[PlanLine]:
    """Return lines of a payer's current plans that may be meant: by object, account or words; few.

    Lines of its budget come before those of its work plan.
    """
    if not party.region_code:
        return []
    rows = PlanLine.objects.filter(
        version__in=versions(by).order_by().values("pk"),
        version__state=VersionState.CURRENT,
        version__plan__region_code=party.region_code,
        version__plan__kind__in=list(LAW),
        first_year__lte=year,
        last_year__gte=year,
    )
    meant = Q(title__icontains="kerja sama")
    if agreement.object_code:
        meant |= Q(object_code=agreement.object_code)
    if account:
        meant |= Q(code__startswith=account)
    found = list(rows.filter(meant).select_related("version__plan")[: OFFERED * 5])
    found.sort(
        key=lambda one: (
            one.object_code != agreement.object_code,
            LAW.get(PlanKind(one.version.plan.kind), len(LAW)),
            one.position,
        )
    )
    return found[:OFFERED]


def years_of(agreement: Agreement, today: date, served: Sequence[Served]) -> list[int]:
    """Return the years of which a budget can be asked: from the beginning to next year or the end."""
    begins = [one.service.begins for one in served if one.service.begins]
    first = min([one for one in (agreement.begins, *begins) if one], default=today).year
    last = today.year + 1
    if agreement.ends is not None:
        last = min(last, agreement.ends.year)
    return list(range(max(first, last - 15), last + 1)) or [today.year]
