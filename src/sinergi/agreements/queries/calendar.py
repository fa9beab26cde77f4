"""The calendar: what falls due, ends or is waited for in a span, as far as somebody may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, Due, State
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.waiting import own_agreements
from sinergi.agreements.reminders.targets import targets

KINDS = ("due", "end", "task", "approval", "advice")
Row = tuple[date, str, int, int]
"""Day, kind, number of the entry and of its agreement."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day; `target` is its kind, `number` its own, `due` what falls due if it is that."""

    on: date
    target: str
    number: int
    agreement: Agreement
    due: Due | None = None


def found(
    by: Principal, first: date, last: date, kind: str = "", *, mine: bool = False
) -> QuerySet[Any, Row]:
    """Return rows of the days of a span in order, in agreements that somebody may read, or that are his.

    Of what falls due all is there, also what was fulfilled or waived; of the rest what is open.
    """
    may: QuerySet[Agreement] = own_agreements(by) if mine else reading.agreements(by)
    numbers = may.order_by().values("pk")
    parts = []
    for target, (rows, field, agreement) in {**targets(), "due": _dues()}.items():
        if kind in ("", target):
            there = rows.filter(**{f"{field}__range": (first, last), f"{agreement}__in": numbers})
            parts.append(_rows(there, target, field, agreement))
    every: Any = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    ordered: QuerySet[Any, Row] = every.order_by("c_on", "c_kind", "c_number")
    return ordered


def _dues() -> tuple[Any, str, str]:
    """Return all that falls due in living agreements, and where its day and its agreement stand."""
    living = Agreement.objects.filter(deleted_at=None, state=State.LIVING)
    rows = Due.objects.filter(
        obligation__removed_at=None, obligation__agreement__in=living.values("pk")
    )
    return rows, "on", "obligation__agreement"


def _rows(rows: Any, target: str, field: str, agreement: str) -> Any:
    named = rows.order_by().annotate(
        c_on=F(field),
        c_kind=Value(target, output_field=CharField()),
        c_number=F("pk"),
        c_agreement=F(agreement),
    )
    return named.values_list("c_on", "c_kind", "c_number", "c_agreement")


def entries(by: Principal, rows: Iterable[Row]) -> list[Entry]:
    """Return rows with their agreements and what falls due; two questions for all of them."""
    there = list(rows)
    named = reading.agreements(by).in_bulk({row[3] for row in there})
    wanted = [row[2] for row in there if row[1] == "due"]
    dues = Due.objects.select_related("obligation__debtor").in_bulk(wanted)
    return [
        Entry(on, target, number, named[whose], dues.get(number) if target == "due" else None)
        for on, target, number, whose in there
        if whose in named
    ]
