"""The calendar: what falls due, ends or is waited for in a span, as far as somebody may read it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.waiting import own_agreements
from sinergi.agreements.reminders.run import targets

KINDS = ("due", "end", "task", "approval", "advice")
MOST = 300
"""Entries of each kind on a page; when there are more it is told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day; `target` is its kind, `number` its own."""

    on: date
    target: str
    number: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Span:
    """The entries of a span in order, and whether there are more than are told."""

    entries: tuple[Entry, ...]
    more: bool


def entries(by: Principal, first: date, last: date, kind: str = "", *, mine: bool = False) -> Span:
    """Return what is open on the days of a span in agreements that somebody may read, or that are his."""
    may: QuerySet[Agreement] = own_agreements(by) if mine else reading.agreements(by)
    found, more = [], False
    for target, (rows, field, agreement) in targets().items():
        if kind not in ("", target):
            continue
        there = rows.filter(
            **{f"{field}__range": (first, last), f"{agreement}__in": may.values("pk")}
        )
        some = list(there.order_by(field, "pk").values_list(field, "pk", agreement)[: MOST + 1])
        more = more or len(some) > MOST
        found += [(on, target, number, whose) for on, number, whose in some[:MOST]]
    named = may.in_bulk({one[3] for one in found})
    told = (Entry(on, target, number, named[whose]) for on, target, number, whose in sorted(found))
    return Span(tuple(told), more)
