"""Pages of services: all of an agreement, one with its quotas, tariffs and bills, and what changes them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.requests import why_of
from sinergi.agreements import errors
from sinergi.agreements.actions import services as actions
from sinergi.agreements.billing import year_at_quota
from sinergi.agreements.forms.services import QuotaForm, ServiceForm, TariffForm
from sinergi.agreements.models import BillState
from sinergi.agreements.queries.services import Served, served
from sinergi.agreements.views.frame import frame_of
from sinergi.agreements.views.service_forms import (
    deed_on,
    everybody,
    may_write,
    page_of_change,
    page_of_form,
    require_writing,
    service_of,
)

MONTHS_SHOWN = 6


def address(agreement_id: int, service_id: int) -> str:
    """Return the address of the page of a service."""
    return reverse("agreements:service", args=[agreement_id, service_id])


@require_safe
def services(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show what is done by quantity in an agreement, with what a year costs at full quota."""
    frame = frame_of(request, agreement_id)
    year = timezone.localdate().year
    rows = [
        {"served": one, "full": full_year(one, year)}
        for one in served(frame.agreement, everybody(frame))
    ]
    context = frame.context(request, rows=rows, year=year)
    return render(request, "agreements/services.html", context)


def full_year(one: Served, year: int) -> dict[str, Any]:
    """Return what a year costs each payer and all together if quotas are used on every day."""
    price = next(
        (each for each in reversed(one.prices) if each.holds(date(year, 12, 31)) and each.amount),
        None,
    )
    lawful = price is not None and price.is_lawful(date(year, 12, 31))
    amounts: list[tuple[Any, Decimal, Decimal | None]] = []
    days = 0
    for party in one.payers:
        rations = [each for each in one.rations(party.pk) if each.holds(date(year, 12, 31))]
        if not rations:
            continue
        quota = rations[-1].per_day
        amount, days = year_at_quota(
            year, one.rations(party.pk), price.amount if price is not None else Decimal(0)
        )
        amounts.append((party, quota, amount if price is not None else None))
    return {
        "price": price.amount if price is not None else None,
        "lawful": lawful,
        "rows": amounts,
        "days": days,
        "per_day": sum((quota for _party, quota, _amount in amounts), Decimal(0)),
        "total": sum((amount or Decimal(0) for _party, _quota, amount in amounts), Decimal(0)),
    }


@require_safe
def service(request: HttpRequest, agreement_id: int, service_id: int) -> HttpResponse:
    """Show one service: quotas, tariffs with their law, what came in, and its bills."""
    frame, one = service_of(request, agreement_id, service_id)
    year = timezone.localdate().year
    names = {party.pk: party for party in everybody(frame)}
    months = sorted({volume.month for volume in one.volumes}, reverse=True)[:MONTHS_SHOWN]
    context = frame.context(
        request,
        served=one,
        service=one.service,
        full=full_year(one, year),
        year=year,
        writes=may_write(frame, one),
        records=may_write(frame, one) or bool(frame.mine),
        quotas=[(quota, names.get(quota.party_id)) for quota in one.quotas],
        months=months,
        volumes={(v.party_id, v.month): v for v in one.volumes},
        flows=[_flow(one, month) for month in months],
        bills=[(bill, names.get(bill.party_id)) for bill in one.bills],
        years=_years(one),
        drawable=timezone.localdate().strftime("%Y-%m"),
    )
    return render(request, "agreements/service.html", context)


def _years(one: Served) -> list[dict[str, Any]]:
    """Return what was billed for each year, and what of it is paid and open; drafts are not billed yet."""
    issued = [bill for bill in one.bills if bill.state in (BillState.ISSUED, BillState.PAID)]
    found = []
    for year in sorted({bill.month.year for bill in issued}, reverse=True):
        mine = [bill for bill in issued if bill.month.year == year]
        billed = sum((bill.amount for bill in mine), Decimal(0))
        paid = sum((bill.paid_amount or Decimal(0) for bill in mine), Decimal(0))
        found.append({"year": year, "billed": billed, "paid": paid, "open": billed - paid})
    return found


def _flow(one: Served, month: date) -> dict[str, Any]:
    """Return what came in a month beside what might have come."""
    found = []
    for party in (None, *one.payers):
        volume = one.volume(party.pk if party is not None else None, month)
        if volume is None:
            continue
        charge = one.charge(party, month) if party is not None else None
        found.append({"party": party, "volume": volume, "charge": charge})
    closed = any(bill.closed for bill in one.bills if bill.month == month)
    return {"month": month, "rows": found, "closed": closed}


@require_http_methods(["GET", "HEAD", "POST"])
def new_service(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form of a service; POST writes it."""
    frame = frame_of(request, agreement_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    form = ServiceForm(request.POST or None, parties=frame.parties)
    return page_of_form(
        request,
        frame,
        form,
        deed="set_service",
        heading=_("Write a service"),
        told=_("The service was written."),
        back=reverse("agreements:services", args=[agreement_id]),
        make=lambda: actions.set_service(frame.by, agreement_id, form.details()),
        key={"agreement": agreement_id},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_service(request: HttpRequest, agreement_id: int, service_id: int) -> HttpResponse:
    """Show and save what is written about a service."""
    frame, one = service_of(request, agreement_id, service_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    row = one.service

    def now() -> tuple[Mapping[str, Any], int]:
        row.refresh_from_db()
        return asdict(actions.service_details(row)), row.revision

    values = {**asdict(actions.service_details(row)), "revision": row.revision}
    form = ServiceForm(request.POST or None, parties=everybody(frame), initial=values)
    return page_of_change(
        request,
        frame,
        form,
        heading=_("Change the service"),
        told=_("The service was saved."),
        back=address(agreement_id, service_id),
        save=lambda revision: actions.set_service(
            frame.by, agreement_id, form.details(), service_id=service_id, revision=revision
        ),
        now=now,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_quota(request: HttpRequest, agreement_id: int, service_id: int) -> HttpResponse:
    """Show the form of a quota; POST writes it."""
    frame, one = service_of(request, agreement_id, service_id)
    require_writing(frame, one)
    form = QuotaForm(request.POST or None, parties=one.payers)
    return page_of_form(
        request,
        frame,
        form,
        deed="set_quota",
        heading=_("Write a quota"),
        told=_("The quota was written."),
        back=address(agreement_id, service_id),
        make=lambda: actions.set_quota(frame.by, agreement_id, service_id, form.details()),
        key={"agreement": agreement_id, "service": service_id},
        hint=_("A quota from a later day ends the one before it."),
    )


@require_POST
def remove_quota(
    request: HttpRequest, agreement_id: int, service_id: int, quota_id: int
) -> HttpResponse:
    """Take a quota out."""
    frame, one = service_of(request, agreement_id, service_id)
    if all(each.pk != quota_id for each in one.quotas):
        raise errors.not_found(_("The quota"))
    return deed_on(
        request,
        frame,
        address(agreement_id, service_id),
        _("The quota was taken out."),
        lambda: actions.remove_quota(frame.by, agreement_id, service_id, quota_id),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_tariff(request: HttpRequest, agreement_id: int, service_id: int) -> HttpResponse:
    """Show the form of a tariff; POST writes it."""
    frame, one = service_of(request, agreement_id, service_id)
    require_writing(frame, one)
    form = TariffForm(request.POST or None)
    return page_of_form(
        request,
        frame,
        form,
        deed="set_tariff",
        heading=_("Write a tariff"),
        told=_("The tariff was written."),
        back=address(agreement_id, service_id),
        make=lambda: actions.set_tariff(frame.by, agreement_id, service_id, form.details()),
        key={"agreement": agreement_id, "service": service_id},
        hint=_("Without a regulation nothing can be billed, and nothing is claimed afterwards."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_tariff(
    request: HttpRequest, agreement_id: int, service_id: int, tariff_id: int
) -> HttpResponse:
    """Show and save a tariff, such as the regulation that was passed meanwhile."""
    frame, one = service_of(request, agreement_id, service_id)
    require_writing(frame, one)
    row = next((each for each in one.tariffs if each.pk == tariff_id), None)
    if row is None:
        raise errors.not_found(_("The tariff"))

    def now() -> tuple[Mapping[str, Any], int]:
        row.refresh_from_db()
        return asdict(actions.tariff_details(row)), row.revision

    values = {**asdict(actions.tariff_details(row)), "revision": row.revision}
    form = TariffForm(request.POST or None, initial=values)
    return page_of_change(
        request,
        frame,
        form,
        heading=_("Change the tariff"),
        told=_("The tariff was saved."),
        back=address(agreement_id, service_id),
        save=lambda revision: actions.set_tariff(
            frame.by,
            agreement_id,
            service_id,
            form.details(),
            tariff_id=tariff_id,
            revision=revision,
        ),
        now=now,
    )


@require_POST
def remove_tariff(
    request: HttpRequest, agreement_id: int, service_id: int, tariff_id: int
) -> HttpResponse:
    """Take a tariff out."""
    frame, _one = service_of(request, agreement_id, service_id)
    why = why_of(request)
    return deed_on(
        request,
        frame,
        address(agreement_id, service_id),
        _("The tariff was taken out."),
        lambda: actions.remove_tariff(frame.by, agreement_id, service_id, tariff_id, why),
    )
