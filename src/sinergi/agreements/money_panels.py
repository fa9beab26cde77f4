"""On the overview of an agreement: what threatens it, and what this year's money looks like."""

from typing import Any

from django.utils import timezone

from sinergi.accounts.principal import Principal
from sinergi.agreements import alarm_words as words
from sinergi.agreements.models import Agreement, Bill, BillState
from sinergi.agreements.panels import PANELS
from sinergi.agreements.queries.alarms import raised
from sinergi.agreements.queries.reading import parties
from sinergi.agreements.queries.services import served
from sinergi.agreements.views.services import full_year

FEW = 5


def threats(_by: Principal, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Tell what threatens an agreement today, the firmest first."""
    names = {one.pk: one.name for one in parties(agreement, all_of_them=True)}
    holding = [one for one in raised(agreement, timezone.localdate()) if one.over is None]
    if not holding:
        return None
    holding.sort(key=lambda one: (words.is_question(one.threat.kind), one.first))
    rows = [
        {
            "title": words.title(one.threat.kind),
            "text": words.text(one.threat.kind, one.threat.told),
            "question": words.is_question(one.threat.kind),
            "party": names.get(one.threat.party or 0, ""),
            "since": one.first,
        }
        for one in holding[:FEW]
    ]
    return "agreements/alarms_panel.html", {"rows": rows, "more": max(0, len(holding) - FEW)}


def money(_by: Principal, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Tell what a year costs at full quota, and what of this year's bills is paid."""
    there = served(agreement, parties(agreement, all_of_them=True))
    if not there:
        return None
    year = timezone.localdate().year
    bills = Bill.objects.filter(service__agreement=agreement, month__year=year)
    issued = bills.filter(state__in=(BillState.ISSUED, BillState.PAID))
    billed = sum(one.amount for one in issued)
    paid = sum(one.paid_amount or 0 for one in issued)
    rows = [{"service": one.service, "full": full_year(one, year)} for one in there]
    told = {"rows": rows, "year": year, "billed": billed, "paid": paid, "open": billed - paid}
    return "agreements/money_panel.html", told


PANELS[20] = threats
PANELS[30] = money
