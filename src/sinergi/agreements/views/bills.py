"""Pages of bills: draw up a month, one bill, issue, pay, cancel, close; all of them as a file."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.errors import AccountsError, ForbiddenError, UnseenError
from sinergi.accounts.requests import revision_of, why_of
from sinergi.agreements import errors
from sinergi.agreements.actions import bill_corrections as corrections
from sinergi.agreements.actions import bills as actions
from sinergi.agreements.actions.alarms import refresh
from sinergi.agreements.bill_lines import corrections as corrections_in
from sinergi.agreements.bill_lines import own_lines
from sinergi.agreements.forms.services import CorrectForm, IssueForm, PayForm, month_of_text
from sinergi.agreements.models import Bill, BillState
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.agreements.views.service_forms import deed_on, may_write, require_writing, service_of
from sinergi.agreements.views.services import address
from sinergi.opportunities.exports.writing import Sheet, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


DEEDS = {"issue_form": actions.issue, "pay_form": actions.pay, "correct_form": corrections.correct}
"""What the forms on the page of a bill do."""


def why_free(code: str) -> str:
    """Return why a part of a bill costs nothing."""
    return {
        "no_tariff": _("no tariff was agreed"),
        "no_basis": _("no regulation allows to ask for it"),
        "free": _("agreed to be free"),
    }.get(code, "")


def lines_told(line: dict[str, str]) -> dict[str, Any]:
    """Return a kept line of a bill with its days and numbers as such, and why it costs nothing."""
    days = {name: date.fromisoformat(line[name]) for name in ("first", "last")}
    numbers = {name: Decimal(line[name]) for name in ("quantity", "amount")}
    price = Decimal(line["price"]) if line.get("price") not in (None, "", "None") else None
    told = {**days, **numbers, "price": price, "why": why_free(line.get("why", ""))}
    return told | (_corrected(line) if line.get("of") else {})


def _corrected(line: dict[str, str]) -> dict[str, Any]:
    """Return of which month a correction is, what was billed, what is right, and why."""
    return {
        "of": line["of"],
        "of_month": date.fromisoformat(line["of_month"]),
        "was": Decimal(line["was"]),
        "now": Decimal(line["now"]),
        "reason": line.get("reason", ""),
    }


def _month_of(
    request: HttpRequest, agreement_id: int, service_id: int
) -> tuple[Frame, str, date | None]:
    """Return for a deed on a month: the agreement, where to go then, and the month, told where it is none."""
    frame, one = service_of(request, agreement_id, service_id)
    require_writing(frame, one)
    month = month_of_text(request.POST.get("bulan", ""))
    if month is None:
        messages.error(request, _("Write the month as 2022-01."))
    return frame, address(agreement_id, service_id), month


@require_POST
def draw_up(request: HttpRequest, agreement_id: int, service_id: int) -> HttpResponse:
    """Compute the bills of a month."""
    frame, back, month = _month_of(request, agreement_id, service_id)
    if month is None:
        return redirect(back)
    try:
        drawn = actions.draw_up(frame.by, agreement_id, service_id, month)
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        messages.error(request, error.message)
        return redirect(back)
    refresh(frame.agreement)
    if drawn.unknown:
        told = _("No bill for %(names)s: what they brought is not recorded.")
        messages.warning(request, told % {"names": ", ".join(one.name for one in drawn.unknown)})
    told = _("Bills drawn up or computed anew: %(number)s.")
    messages.success(request, told % {"number": len(drawn.made)})
    return redirect(back)


@require_POST
def close_month(request: HttpRequest, agreement_id: int, service_id: int) -> HttpResponse:
    """Close a month."""
    frame, back, month = _month_of(request, agreement_id, service_id)
    if month is None:
        return redirect(back)
    return deed_on(
        request,
        frame,
        back,
        _("The month is closed."),
        lambda: actions.close_month(frame.by, agreement_id, service_id, month),
    )


def _bill(frame: Frame, bill_id: int) -> Bill:
    rows = Bill.objects.filter(pk=bill_id, service__agreement=frame.agreement)
    row = rows.select_related("service__provider", "party").first()
    if row is None:
        raise errors.not_found(_("The bill"))
    return row


@require_safe
def bill(request: HttpRequest, agreement_id: int, bill_id: int) -> HttpResponse:
    """Show one bill: what it was computed from, and what is still owed."""
    return _page(request, frame_of(request, agreement_id), bill_id)


def _page(
    request: HttpRequest, frame: Frame, bill_id: int, status: int = 200, **forms: Any
) -> HttpResponse:
    row = _bill(frame, bill_id)
    _frame, one = service_of(request, frame.agreement.pk, row.service_id)
    today = timezone.localdate()
    owed = row.amount - (row.paid_amount or 0)
    writes, final = may_write(frame, one), row.state in corrections.FINAL
    bears = corrections.open_month(row) if writes and final else None
    context = frame.context(
        request,
        bill=row,
        owed=owed,
        lines=[lines_told(line) for line in own_lines(row)],
        corrections=[lines_told(line) for line in corrections_in(row)],
        own_amount=sum((Decimal(line["amount"]) for line in own_lines(row)), Decimal(0)),
        corrected=_corrected_by(row, one.bills),
        writes=writes,
        may_correct=writes and final,
        bears=bears,
        correct_form=forms.get("correct_form")
        or CorrectForm(initial={"month": bears.strftime("%Y-%m") if bears else ""}),
        issue_form=forms.get("issue_form") or IssueForm(initial={"on": today}),
        pay_form=forms.get("pay_form") or PayForm(initial={"on": today, "amount": owed}),
        late=row.state == BillState.ISSUED and row.due_on is not None and row.due_on < today,
    )
    return render(request, "agreements/bill.html", context, status=status)


def _corrected_by(row: Bill, bills: Iterable[Bill]) -> list[tuple[Bill, dict[str, Any]]]:
    """Return the bills that correct this one, each with a line of the correction."""
    return [
        (each, lines_told(line))
        for each in bills
        for line in corrections_in(each)
        if line["of"] == row.pk
    ]


@require_POST
def issue(request: HttpRequest, agreement_id: int, bill_id: int) -> HttpResponse:
    """Issue a bill."""
    frame = frame_of(request, agreement_id)
    form = IssueForm(request.POST)
    return _tried(request, frame, bill_id, "issue_form", form, _("The bill was issued."))


@require_POST
def pay(request: HttpRequest, agreement_id: int, bill_id: int) -> HttpResponse:
    """Record a payment."""
    frame = frame_of(request, agreement_id)
    form = PayForm(request.POST)
    return _tried(request, frame, bill_id, "pay_form", form, _("The payment was recorded."))


@require_POST
def correct(request: HttpRequest, agreement_id: int, bill_id: int) -> HttpResponse:
    """Correct a bill that was issued, with a bill of a later month."""
    frame = frame_of(request, agreement_id)
    told = _(
        "The difference was written into the bill of the later month; this one stays as it was."
    )
    return _tried(request, frame, bill_id, "correct_form", CorrectForm(request.POST), told)


def _tried(
    request: HttpRequest,
    frame: Frame,
    bill_id: int,
    name: str,
    form: IssueForm | PayForm | CorrectForm,
    told: str,
) -> HttpResponse:
    """Do what a form on the page of a bill says; a refusal keeps what was typed."""
    row = _bill(frame, bill_id)
    _frame, one = service_of(request, frame.agreement.pk, row.service_id)
    require_writing(frame, one)
    agreement_id, revision = frame.agreement.pk, revision_of(request)
    do: Any = DEEDS[name]
    if form.is_valid():
        try:
            do(frame.by, agreement_id, bill_id, **form.cleaned_data, revision=revision)
        except (UnseenError, ForbiddenError):
            raise
        except AccountsError as error:
            form.refuse(error)
        else:
            refresh(frame.agreement)
            messages.success(request, told)
            return redirect("agreements:bill", agreement_id, bill_id)
    return _page(request, frame, bill_id, UNPROCESSABLE, **{name: form})


@require_POST
def cancel(request: HttpRequest, agreement_id: int, bill_id: int) -> HttpResponse:
    """Cancel a bill."""
    frame = frame_of(request, agreement_id)
    row = _bill(frame, bill_id)
    revision, why = revision_of(request), why_of(request)
    return deed_on(
        request,
        frame,
        reverse("agreements:bill", args=[agreement_id, row.pk]),
        _("The bill was cancelled."),
        lambda: actions.cancel(frame.by, agreement_id, bill_id, reason=why, revision=revision),
    )


@require_safe
def bills_file(request: HttpRequest, agreement_id: int, service_id: int) -> HttpResponse:
    """Give the bills of a service as an Excel file."""
    _frame, one = service_of(request, agreement_id, service_id)
    names = {party.pk: party.name for party in one.payers}
    columns = (
        _("Month"), _("Payer"), _("Number"), _("State"), _("Quantity"), _("Amount"), _("Paid"),
        _("Due on"), _("Paid on"), _("Closed"), _("Of it corrections of earlier months"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (
            row.month.strftime("%Y-%m"),
            names.get(row.party_id, ""),
            row.number,
            str(BillState(row.state).label),
            row.quantity,
            row.amount,
            row.paid_amount,
            row.due_on,
            row.paid_on,
            row.closed,
            sum((Decimal(line["amount"]) for line in corrections_in(row)), Decimal(0)),
        )
        for row in one.bills
    ]
    response = HttpResponse(write_xlsx([Sheet(_("Bills"), columns, rows)]), content_type=XLSX)
    name = f"tagihan-{agreement_id}-{service_id}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
