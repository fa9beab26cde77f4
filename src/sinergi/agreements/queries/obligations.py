"""Obligations of an agreement with what became of them, and what stands beside one: budget, clause, dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from sinergi.agreements import errors
from sinergi.agreements.changes import binds
from sinergi.agreements.fulfilment import OPEN
from sinergi.agreements.models import (
    Agreement,
    BudgetEntry,
    DocumentVersion,
    Due,
    DueState,
    Measure,
    Obligation,
    Party,
)
from sinergi.agreements.obligations import in_words_only, wanted
from sinergi.agreements.queries.dues import Line, line
from sinergi.agreements.schedule_words import fault_text, in_words
from sinergi.agreements.schedules import DueDay, Schedule, ScheduleError


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation as pages show it.

    Attributes
    ----------
    words
        Its schedule in words.
    unfit
        Why its schedule does not fit the agreement any more; empty where it does, and where it has ended.
    words_only
        It has neither number nor day.
    next
        What is open and falls due first.
    late, open, fulfilled, waived
        How many dates; late ones are open, too, and those fulfilled in part are open.
    planned
        What will fall due once the agreement binds its parties; nothing where it does.
    """

    row: Obligation
    words: str
    unfit: str
    words_only: bool
    next: Line | None
    late: int = 0
    open: int = 0
    fulfilled: int = 0
    waived: int = 0
    amount: Decimal | None = None
    planned: tuple[DueDay, ...] = ()

    @property
    def left(self) -> bool:
        """Whether a party of it has left although it still runs."""
        row = self.row
        parties = [row.debtor] if row.creditor is None else [row.debtor, row.creditor]
        return row.ended_on is None and any(one.left_on is not None for one in parties)


def obligations(agreement: Agreement) -> QuerySet[Obligation]:
    """Return the obligations of an agreement that were not taken out, with their parties."""
    rows = Obligation.objects.filter(agreement=agreement, removed_at=None)
    return rows.select_related("debtor", "creditor").order_by("debtor__position", "number")


def obligation_of(agreement: Agreement, obligation_id: int) -> Obligation:
    """Return one obligation of an agreement.

    Raises
    ------
    NotFoundError
    """
    row = obligations(agreement).filter(pk=obligation_id).first()
    if row is None:
        raise errors.not_found(_("The obligation"))
    row.agreement = agreement
    return row


def owed(agreement: Agreement, today: date, rows: QuerySet[Obligation] | None = None) -> list[Owed]:
    """Return obligations with what became of them; two queries, however many."""
    soonest = Due.objects.filter(obligation=OuterRef("pk"), state__in=OPEN).order_by("on", "pk")
    is_open = Q(dues__state__in=OPEN)
    found = list(
        (obligations(agreement) if rows is None else rows).annotate(
            next_due=Subquery(soonest.values("pk")[:1]),
            n_open=Count("dues", filter=is_open),
            n_late=Count("dues", filter=is_open & Q(dues__on__lt=today)),
            n_done=Count("dues", filter=Q(dues__state=DueState.FULFILLED)),
            n_waived=Count("dues", filter=Q(dues__state=DueState.WAIVED)),
            n_rupiah=Sum("dues__amount"),
        )
    )
    following = Due.objects.in_bulk([one.next_due for one in found if one.next_due is not None])
    return [_owed(agreement, one, following, today) for one in found]


def _owed(agreement: Agreement, row: Obligation, following: dict[int, Due], today: date) -> Owed:
    row.agreement = agreement
    late, is_open, done, waived = (
        int(getattr(row, name)) for name in ("n_late", "n_open", "n_done", "n_waived")
    )
    soonest = following.get(row.next_due or 0)  # type: ignore[attr-defined]
    words, unfit, schedule, planned = read(row)
    return Owed(
        row,
        words,
        unfit,
        in_words_only(row.quantity, row.amount, schedule) and not (is_open or done or waived),
        line(soonest, today) if soonest is not None else None,
        late,
        is_open,
        done,
        waived,
        row.n_rupiah,  # type: ignore[attr-defined]
        planned,
    )


def read(row: Obligation) -> tuple[str, str, Schedule, tuple[DueDay, ...]]:
    """Return the schedule of an obligation in words, why it does not fit, itself, and what it plans.

    Planned is what falls due once the agreement binds; where it does, the dates are kept.
    """
    try:
        schedule = Schedule.from_json(row.schedule or {})
    except ScheduleError as error:
        return "–", fault_text(error.code), Schedule(), ()
    words, agreement = in_words(schedule), row.agreement
    if row.ended_on is not None:
        return words, "", schedule, ()
    try:
        dues = wanted(schedule, agreement.begins, agreement.ends, row.amount)
    except ScheduleError as error:
        return words, fault_text(error.code), schedule, ()
    return words, "", schedule, () if binds(agreement.stage, agreement.state) else tuple(dues)


def dues_with(row: Obligation) -> QuerySet[Due]:
    """Return all that falls due by an obligation, in order."""
    return Due.objects.filter(obligation=row).select_related("confirmed_by").order_by("on", "pk")


def budget_lines(row: Obligation, most: int = 20) -> list[BudgetEntry]:
    """Return what the debtor said of the budget line that pays an obligation, the latest year first."""
    if not row.account:
        return []
    rows = BudgetEntry.objects.filter(party=row.debtor_id, account=row.account)
    return list(rows.order_by("-year", "pk")[:most])


def accounts(parties: Iterable[Party]) -> list[str]:
    """Return the codes of budget lines that parties have named."""
    rows = BudgetEntry.objects.filter(party__in=list(parties)).exclude(account="").order_by()
    return sorted(set(rows.values_list("account", flat=True)))


def measures(agreement: Agreement) -> list[str]:
    """Return the names of the indicators of an agreement."""
    rows = Measure.objects.filter(agreement=agreement).order_by("name")
    return list(dict.fromkeys(rows.values_list("name", flat=True)))


def clauses(agreement: Agreement) -> list[tuple[str, str]]:
    """Return key and heading of the clauses in the latest text of each document of an agreement."""
    rows = DocumentVersion.objects.filter(
        document__agreement=agreement, document__removed_at=None
    ).order_by("document", "-number")
    found: dict[str, str] = {}
    seen: set[int] = set()
    for version in rows.only("document", "number", "clauses"):
        if version.document_id in seen:
            continue
        seen.add(version.document_id)
        for one in version.clauses or []:
            found.setdefault(str(one.get("key", "")), str(one.get("heading", "")))
    return [(key, heading) for key, heading in found.items() if key]
