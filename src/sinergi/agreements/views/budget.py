"""Pages of the budget: who has money for a year, who has none, of whom nothing is known."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.requests import why_of
from sinergi.accounts.texts import small_number
from sinergi.agreements import errors
from sinergi.agreements.actions import budget as actions
from sinergi.agreements.alarms import expected
from sinergi.agreements.forms.budget import BudgetForm
from sinergi.agreements.models import BudgetEntry, Party
from sinergi.agreements.queries import budget as queries
from sinergi.agreements.queries.alarms import facts_of
from sinergi.agreements.queries.services import served
from sinergi.agreements.views.frame import Frame, frame_of
from sinergi.agreements.views.service_forms import (
    deed_on,
    everybody,
    page_of_change,
    page_of_form,
)
from sinergi.agreements.views.services import full_year


@require_safe
def budget(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show for a year whether every payer can pay, and every payee may ask for its tariff."""
    frame = frame_of(request, agreement_id)
    parties, today = everybody(frame), timezone.localdate()
    there = served(frame.agreement, parties)
    years = queries.years_of(frame.agreement, today, there)
    asked = small_number(request.GET.get("tahun", ""), 4)
    year = asked if asked in years else min(today.year, years[-1])
    owed = expected(facts_of(frame.agreement), year)
    rows = queries.standings(frame.by, frame.agreement, parties, there, owed, year)
    context = frame.context(
        request,
        year=year,
        years=years,
        rows=[(one, _may_say(frame, one.party)) for one in rows],
        payees=[(one, full_year(one, year)) for one in there],
        sayers=[one for one in frame.parties if _may_say(frame, one)],
    )
    return render(request, "agreements/budget.html", context)


def _may_say(frame: Frame, party: Party) -> bool:
    return frame.edit or party.pk in frame.mine


def _payer(frame: Frame, party_id: int) -> Party:
    party = next((one for one in everybody(frame) if one.pk == party_id), None)
    if party is None:
        raise errors.not_found(_("The party"))
    if not _may_say(frame, party):
        rule = rules.OBJECT_EDIT
        raise ForbiddenError(rules.refusal(frame.by, rule, frame.agreement), rule)
    return party


def _back(agreement_id: int, year: object) -> str:
    return f"{reverse('agreements:budget', args=[agreement_id])}?tahun={year or ''}"


@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest, agreement_id: int, party_id: int) -> HttpResponse:
    """Show the form of what a party has in its budget; POST writes it."""
    frame = frame_of(request, agreement_id)
    party = _payer(frame, party_id)
    year = small_number(request.GET.get("tahun", ""), 4) or timezone.localdate().year
    year = year if actions.FIRST_YEAR <= year <= actions.LAST_YEAR else timezone.localdate().year
    offered = queries.offered_lines(frame.by, frame.agreement, party, year)
    form = BudgetForm(request.POST or None, offered=offered, initial={"year": year})
    return page_of_form(
        request,
        frame,
        form,
        deed="set_budget",
        heading=_("Budget of %(name)s") % {"name": party.name},
        told=_("It was written down."),
        back=_back(agreement_id, year),
        make=lambda: actions.set_budget(frame.by, agreement_id, party_id, form.details()),
        key={"agreement": agreement_id, "party": party_id},
        hint=_("The amount of a line that is chosen is read in its plan and need not be written."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_entry(
    request: HttpRequest, agreement_id: int, party_id: int, entry_id: int
) -> HttpResponse:
    """Show and save what was said of a budget."""
    frame = frame_of(request, agreement_id)
    party = _payer(frame, party_id)
    row = BudgetEntry.objects.filter(pk=entry_id, party=party).first()
    if row is None:
        raise errors.not_found(_("What was said of the budget"))
    offered = queries.offered_lines(frame.by, frame.agreement, party, row.year, row.account)
    if row.line is not None and all(one.identity != row.line for one in offered):
        offered += list(queries.current_lines(frame.by, [row.line]).values())

    def now() -> tuple[Mapping[str, Any], int]:
        row.refresh_from_db()
        return asdict(actions.budget_details(row)), row.revision

    values = {**asdict(actions.budget_details(row)), "revision": row.revision}
    form = BudgetForm(request.POST or None, offered=offered, initial=values)
    return page_of_change(
        request,
        frame,
        form,
        heading=_("Budget of %(name)s") % {"name": party.name},
        told=_("It was saved."),
        back=_back(agreement_id, row.year),
        save=lambda revision: actions.set_budget(
            frame.by, agreement_id, party_id, form.details(), entry_id=entry_id, revision=revision
        ),
        now=now,
    )


@require_POST
def remove_entry(
    request: HttpRequest, agreement_id: int, party_id: int, entry_id: int
) -> HttpResponse:
    """Take out what was said of a budget."""
    frame = frame_of(request, agreement_id)
    _payer(frame, party_id)
    why = why_of(request)
    return deed_on(
        request,
        frame,
        _back(agreement_id, small_number(request.POST.get("tahun", ""), 4)),
        _("It was taken out: nothing is known of this budget now."),
        lambda: actions.remove_budget(frame.by, agreement_id, party_id, entry_id, why),
    )
