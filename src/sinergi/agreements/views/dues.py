"""Pages of one thing that falls due: where it stands, what was done, and what the reader may say of it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.audit.history import Deed, history_for
from sinergi.accounts.audit.words import FIELDS
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.requests import revision_of, why_of
from sinergi.accounts.views.history_lines import lines as history_lines
from sinergi.agreements.actions import fulfilment as actions
from sinergi.agreements.actions.alarms import refresh
from sinergi.agreements.actions.billed_dues import told_by_bills
from sinergi.agreements.actions.rows import part_of
from sinergi.agreements.errors import StateError
from sinergi.agreements.forms.fulfilment import FulfilmentForm, WaiverForm
from sinergi.agreements.fulfilment import DONE, OPEN
from sinergi.agreements.models import Due, DueState
from sinergi.agreements.queries.dues import due_of, line
from sinergi.agreements.queries.files import attachments
from sinergi.agreements.views.frame import Frame, frame_of
from sinergi.agreements.views.history import told_value
from sinergi.agreements.views.service_forms import deed_on
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save
from sinergi.programs.templatetags.programs import exact, rupiah
from sinergi.reference.moments import day

PLAIN: dict[str, Callable[[str], str]] = {
    "amount": lambda value: rupiah(Decimal(value)),
    "quantity": lambda value: exact(Decimal(value)),
    "done_on": lambda value: day(date.fromisoformat(value)),
}
"""Fields of a record that hold a number or a day as text, and how it is told."""


def address(row: Due) -> str:
    """Return the address of the page of something due."""
    return reverse("agreements:due", args=[row.obligation.agreement_id, row.pk])


@require_safe
def due(request: HttpRequest, agreement_id: int, due_id: int) -> HttpResponse:
    """Show what falls due: who owes what to whom, what was done, its evidence, who confirmed, its history."""
    frame = frame_of(request, agreement_id)
    row = due_of(frame.agreement, due_id)
    part = part_of("due", row.pk)
    context = _context(
        request,
        frame,
        row,
        may=_may(frame, row),
        lines=history_lines(
            frame.by,
            history_for(frame.by, frame.agreement, part=part),
            field_name=_field_name,
            shown=_shown_in(frame),
        ),
    )
    return render(request, "agreements/due.html", context)


def _context(request: HttpRequest, frame: Frame, row: Due, **more: Any) -> dict[str, Any]:
    told = line(row, timezone.localdate())
    return frame.context(request, due=row, obligation=row.obligation, told=told, **more)


def _may(frame: Frame, row: Due) -> dict[str, bool]:
    """Return what the reader may say of it now."""
    by, is_open = frame.by, row.state in OPEN
    judges, billed = actions.may_judge(by, row), told_by_bills(row)
    unconfirmed = row.state in DONE and row.confirmed_by_id is None
    return {
        "fulfil": is_open and not billed and actions.may_fulfil(by, row),
        "waive": is_open and judges and not actions.is_own(by, row),
        "confirm": unconfirmed and judges and not actions.is_own(by, row),
        "undo": row.state != DueState.OPEN
        and (not billed or row.state == DueState.WAIVED)
        and actions.may_undo(by, row),
        "billed": billed,
    }


def _field_name(name: str) -> str:
    return _("quantity") if name == "quantity" else str(FIELDS.get(name, name))


def _shown_in(frame: Frame) -> Callable[[str, Any, Deed], str]:
    """Return what puts a recorded value into words: states, files by their titles."""

    def shown(name: str, value: Any, deed: Deed) -> str:
        if name == "state" and value in DueState.values:
            return str(DueState(value).label)
        if name == "attachment_id" and isinstance(value, int):
            file = attachments(frame.agreement).filter(pk=value).first()
            return file.title if file is not None else _("a file that was taken out")
        if name in PLAIN and isinstance(value, str):
            return PLAIN[name](value)
        return told_value(name, value, deed)

    return shown


def _form_page(
    request: HttpRequest,
    frame: Frame,
    row: Due,
    form: Any,
    *,
    heading: str,
    told: str,
    save: Callable[[int], object],
    now: Callable[[], tuple[Mapping[str, Any], int]],
) -> HttpResponse:
    """Show a form on something due beside what is due, and save it; nothing typed is lost."""
    remember(form)
    tried = UNTRIED
    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            refresh(frame.agreement)
            messages.success(request, told)
            return redirect(address(row))
    context = _context(
        request, frame, row, form=form, heading=heading, met=tried.met, back=address(row)
    )
    return render(request, "agreements/due_form.html", context, status=tried.status)


def _require(frame: Frame, allowed: bool) -> None:
    if not allowed:
        rule = rules.OBJECT_EDIT
        raise ForbiddenError(rules.refusal(frame.by, rule, frame.agreement), rule)


def _require_open(row: Due) -> None:
    if row.state not in OPEN:
        told = _("This is “%(state)s” already. Take it back first.")
        raise StateError(told % {"state": DueState(row.state).label})


@require_http_methods(["GET", "HEAD", "POST"])
def fulfil(request: HttpRequest, agreement_id: int, due_id: int) -> HttpResponse:
    """Show and keep what was done of something due."""
    frame = frame_of(request, agreement_id)
    row = due_of(frame.agreement, due_id)
    _require(frame, actions.may_fulfil(frame.by, row))
    if request.method != "POST":
        _require_open(row)

    def values(one: Due) -> dict[str, Any]:
        said = asdict(actions.fulfilment_of(one))
        if one.state == DueState.OPEN:
            said |= {"state": DueState.FULFILLED.value, "done_on": timezone.localdate()}
            said |= {"amount": one.amount, "quantity": one.quantity}
        return said

    form = FulfilmentForm(
        request.POST or None,
        agreement=frame.agreement,
        owed=actions.owed_of(row),
        unit=row.obligation.unit,
        initial={**values(row), "revision": row.revision},
    )

    def now() -> tuple[dict[str, Any], int]:
        fresh = due_of(frame.agreement, due_id)
        kept = {name: one for name, one in values(fresh).items() if name in form.fields}
        return kept, fresh.revision

    return _form_page(
        request,
        frame,
        row,
        form,
        heading=_("Record what was fulfilled"),
        told=_("What was fulfilled is recorded."),
        save=lambda revision: actions.fulfil(
            frame.by, agreement_id, due_id, form.details(), revision=revision
        ),
        now=now,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: HttpRequest, agreement_id: int, due_id: int) -> HttpResponse:
    """Show the form of why something is waived; POST waives it."""
    frame = frame_of(request, agreement_id)
    row = due_of(frame.agreement, due_id)
    _require(frame, actions.may_judge(frame.by, row))
    if request.method != "POST":
        _require_open(row)
    form = WaiverForm(request.POST or None, initial={"revision": row.revision})
    return _form_page(
        request,
        frame,
        row,
        form,
        heading=_("Waive what is owed"),
        told=_("It is waived."),
        save=lambda revision: actions.waive(
            frame.by, agreement_id, due_id, reason=form.cleaned_data["why"], revision=revision
        ),
        now=lambda: ({}, due_of(frame.agreement, due_id).revision),
    )


@require_POST
def undo(request: HttpRequest, agreement_id: int, due_id: int) -> HttpResponse:
    """Take back what was said last of something due."""
    frame = frame_of(request, agreement_id)
    row = due_of(frame.agreement, due_id)
    seen, why = revision_of(request), why_of(request)
    return deed_on(
        request,
        frame,
        address(row),
        _("It was taken back; the history keeps it."),
        lambda: actions.undo(frame.by, agreement_id, due_id, reason=why, revision=seen),
    )


@require_POST
def confirm(request: HttpRequest, agreement_id: int, due_id: int) -> HttpResponse:
    """Confirm that something due was fulfilled as it is recorded."""
    frame = frame_of(request, agreement_id)
    row = due_of(frame.agreement, due_id)
    seen = revision_of(request)
    return deed_on(
        request,
        frame,
        address(row),
        _("The fulfilment is confirmed."),
        lambda: actions.confirm(frame.by, agreement_id, due_id, revision=seen),
    )
