"""Pages of obligations: all by who owes them, one with its dates, the form with a preview of them."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.once import once, seal
from sinergi.accounts.requests import revision_of, why_of
from sinergi.accounts.texts import cleaned, small_number
from sinergi.agreements.actions import obligations as actions
from sinergi.agreements.actions.alarms import refresh
from sinergi.agreements.changes import binds
from sinergi.agreements.forms.obligations import ObligationForm, values_of
from sinergi.agreements.models import Obligation, Party
from sinergi.agreements.obligations import ObligationDetails, Preview, preview
from sinergi.agreements.queries import obligations as queries
from sinergi.agreements.queries.dues import lines
from sinergi.agreements.schedules import ScheduleError
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.agreements.views.service_forms import deed_on, everybody
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import try_to_save

PREVIEW = "preview"


def address(row: Obligation) -> str:
    """Return the address of the page of an obligation."""
    return reverse("agreements:obligation", args=[row.agreement_id, row.pk])


@require_safe
def obligations(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show what is owed in an agreement by who owes it; of one party, what it owes or is owed."""
    frame = frame_of(request, agreement_id)
    there, today = everybody(frame), timezone.localdate()
    chosen = small_number(request.GET.get("pihak", ""))
    found = queries.owed(frame.agreement, today)
    shown = [one for one in found if chosen is None or chosen in _sides(one.row)]
    groups = [(name, list(rows)) for name, rows in groupby(shown, lambda one: one.row.debtor)]
    context = frame.context(
        request,
        groups=groups,
        everybody=there,
        chosen=chosen,
        count=len(found),
        shown=len(shown),
        words_only=sum(one.words_only for one in found),
        unfit=sum(bool(one.unfit) for one in found),
        late=sum(one.late for one in found),
        planned=sum(len(one.planned) for one in found),
    )
    return render(request, "agreements/obligations.html", context)


def _sides(row: Obligation) -> tuple[int | None, int | None]:
    return row.debtor_id, row.creditor_id


@require_safe
def obligation(request: HttpRequest, agreement_id: int, obligation_id: int) -> HttpResponse:
    """Show one obligation with all its dates and what became of each."""
    frame = frame_of(request, agreement_id)
    queries.obligation_of(frame.agreement, obligation_id)
    today = timezone.localdate()
    rows = queries.obligations(frame.agreement).filter(pk=obligation_id)
    told = queries.owed(frame.agreement, today, rows)[0]
    clauses = dict(queries.clauses(frame.agreement))
    context = frame.context(
        request,
        told=told,
        obligation=told.row,
        dues=lines(queries.dues_with(told.row), today),
        budget=queries.budget_lines(told.row),
        clause=clauses.get(told.row.clause, ""),
        measured=told.row.indicator in queries.measures(frame.agreement),
        removable=not actions.has_history(told.row),
    )
    return render(request, "agreements/obligation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_obligation(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form of an obligation, with all its dates where they are asked for; POST writes it."""
    frame = frame_of(request, agreement_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    chosen = small_number(request.GET.get("pihak", ""))
    form = ObligationForm(request.POST or None, parties=frame.parties, initial={"debtor": chosen})
    told, status = None, 200
    if request.method == "POST":
        made: dict[str, Any] = {}
        if PREVIEW in request.POST:
            told = _previewed(frame, form, None)
        elif form.is_valid() and _write_once(frame, form, made):
            refresh(frame.agreement)
            messages.success(request, _("The obligation was written."))
            return redirect("agreements:obligation", agreement_id, made["obligation"])
        status = 200 if told is not None else UNPROCESSABLE
    back = reverse("agreements:obligations", args=[agreement_id])
    context = _form_context(frame, form, told) | {"heading": _("Write an obligation"), "back": back}
    return render(
        request,
        "agreements/obligation_form.html",
        frame.context(request, **context),
        status=status,
    )


def _write_once(frame: Frame, form: ObligationForm, made: dict[str, Any]) -> bool:
    details, number = form.details(), frame.agreement.pk
    sent = {"agreement": number} | {name: str(one) for name, one in values_of(details).items()}

    def do() -> dict[str, Any]:
        return {"obligation": actions.set_obligation(frame.by, number, details).pk}

    try:
        key = seal(form.cleaned_data["once"], sent)
        made.update(once(frame.by, "set_obligation", key, sent, do).result)
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        form.refuse(error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def edit_obligation(request: HttpRequest, agreement_id: int, obligation_id: int) -> HttpResponse:
    """Show and save what is written about an obligation; what was fulfilled stays."""
    frame = frame_of(request, agreement_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    row = queries.obligation_of(frame.agreement, obligation_id)
    was = actions.details_of(row)

    def now() -> tuple[Mapping[str, Any], int]:
        row.refresh_from_db()
        return values_of(actions.details_of(row)), row.revision

    form = ObligationForm(
        request.POST or None,
        parties=_parties(frame, row),
        initial={**values_of(was), "revision": row.revision},
    )
    remember(form)
    met: Any = ()
    told, status = None, 200
    if request.method == "POST" and PREVIEW in request.POST:
        told = _previewed(frame, form, was)
        status = 200 if told is not None else UNPROCESSABLE
    elif request.method == "POST":
        tried = try_to_save(
            form,
            lambda revision: actions.set_obligation(
                frame.by,
                agreement_id,
                form.details(),
                obligation_id=obligation_id,
                revision=revision,
            ),
            now,
        )
        if tried.saved:
            refresh(frame.agreement)
            messages.success(request, _("The obligation was saved."))
            return redirect(address(row))
        met, status = tried.met, tried.status
    context = _form_context(frame, form, told) | {
        "heading": _("Change the obligation"),
        "back": address(row),
        "met": met,
        "kept": actions.has_history(row),
    }
    return render(
        request,
        "agreements/obligation_form.html",
        frame.context(request, **context),
        status=status,
    )


def _parties(frame: Frame, row: Obligation) -> list[Party]:
    """Return the parties that may be named: those that are there, and those that stand in it."""
    return [one for one in everybody(frame) if one.left_on is None or one.pk in _sides(row)]


def _previewed(frame: Frame, form: ObligationForm, was: ObligationDetails | None) -> Preview | None:
    """Return all dates of what a form says; `None`, and the faults in the form, where that cannot be."""
    if not form.is_valid():
        return None
    details = cleaned(form.details())
    faults = actions.faults_of(frame.agreement, details, was)
    if faults:
        form.refuse(InvalidError(faults))
        return None
    details = actions.kept_with(details, was)
    begins, ends = frame.agreement.begins, frame.agreement.ends
    try:
        return preview(details.schedule, begins, ends, details.amount)
    except ScheduleError:  # The faults above name it already.
        return None


def _form_context(frame: Frame, form: ObligationForm, told: Preview | None) -> dict[str, Any]:
    return {
        "form": form,
        "told": told,
        "clauses": queries.clauses(frame.agreement),
        "indicators": queries.measures(frame.agreement),
        "accounts": queries.accounts(frame.parties),
        "binding": binds(frame.agreement.stage, frame.agreement.state),
    }


@require_POST
def remove_obligation(request: HttpRequest, agreement_id: int, obligation_id: int) -> HttpResponse:
    """Take an obligation out of which nothing was fulfilled."""
    frame = frame_of(request, agreement_id)
    row = queries.obligation_of(frame.agreement, obligation_id)
    revision, why = revision_of(request), why_of(request)
    done: list[bool] = []

    def do() -> None:
        actions.remove_obligation(
            frame.by, agreement_id, obligation_id, revision=revision, reason=why
        )
        done.append(True)

    answer = deed_on(request, frame, address(row), _("The obligation was taken out."), do)
    return redirect("agreements:obligations", agreement_id) if done else answer
