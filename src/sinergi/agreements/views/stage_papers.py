"""Forms of what stages wait for: the answer to the offer, approvals, advice."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.requests import principal_of, revision_of
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions import advice as advice_actions
from sinergi.agreements.actions import approvals as actions
from sinergi.agreements.errors import StateError
from sinergi.agreements.forms.stages import (
    AdviceAnswerForm,
    AdviceQuestionForm,
    AnswerForm,
    ApprovalForm,
)
from sinergi.agreements.models import Advice, Agreement, Approval, Party, State
from sinergi.agreements.stage_words import term_name
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.agreements.views.stage_tasks import compared, refuse
from sinergi.agreements.views.stages import insider, page_of
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save


def _own_party(frame: Frame, party_id: int) -> Party:
    """Return a party for which the reader acts.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    party = next((one for one in frame.parties if one.pk == party_id), None)
    if party is None:
        raise errors.not_found(_("The party"))
    permissions.require_for(frame.by, party)
    _living(frame.agreement)
    return party


def _living(agreement: Agreement) -> None:
    if agreement.state != State.LIVING:
        raise StateError(_("The agreement has ended: its stages stay as they are."))


@require_http_methods(["GET", "HEAD", "POST"])
def offer_answer(request: HttpRequest, agreement_id: int, party_id: int) -> HttpResponse:
    """Show and keep what a party answers to the offer."""
    frame = frame_of(request, agreement_id)
    party = _own_party(frame, party_id)

    def values() -> dict[str, Any]:
        return {**asdict(actions.answer_of(party)), "revision": party.revision}

    form, tried = AnswerForm(request.POST or None, initial=values()), UNTRIED
    remember(form)

    def save(revision: int) -> object:
        details = form.details()
        return actions.answer_offer(frame.by, agreement_id, party_id, details, revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        party.refresh_from_db()
        return compared(form, values()), party.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The answer was kept."))
            return redirect(page_of(agreement_id, f"#pihak-{party_id}"))
    context = frame.context(request, form=form, met=tried.met, party=party)
    return render(request, "agreements/offer_answer.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, agreement_id: int, party_id: int, kind: str) -> HttpResponse:
    """Show and keep how far an approval of a party is."""
    frame = frame_of(request, agreement_id)
    party = _own_party(frame, party_id)
    row = actions.row_of(party, kind)

    def values(one: Approval) -> dict[str, Any]:
        return {**asdict(actions.details_of(one)), "revision": one.revision if one.pk else 0}

    form = ApprovalForm(request.POST or None, agreement=frame.agreement, initial=values(row))
    remember(form)
    tried = UNTRIED

    def save(revision: int) -> object:
        details, number = form.details(), frame.agreement.pk
        return actions.set_approval(frame.by, number, party_id, kind, details, revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        again = actions.row_of(party, kind)
        return compared(form, values(again)), again.revision if again.pk else 0

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The approval was kept."))
            return redirect(page_of(agreement_id, "#persetujuan"))
    context = frame.context(
        request,
        form=form,
        met=tried.met,
        party=party,
        kind_name=term_name("approval_kind", kind),
        need=actions.need_of(party, kind),
    )
    return render(request, "agreements/approval.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def new_advice(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form of a question for advice; POST asks, once however often it is sent."""
    frame = frame_of(request, agreement_id)
    _living(frame.agreement)
    if not (frame.edit or frame.mine):
        refuse(frame)
    theirs = [one for one in frame.parties if frame.edit or one.pk in frame.mine]
    form = AdviceQuestionForm(
        request.POST or None,
        parties=[(one.pk, one.name) for one in theirs],
        keeps=frame.edit,
        initial={"asked_on": timezone.localdate(), "asked_of": "TKKSD", "is_team": True},
    )
    status = 200
    if request.method == "POST":
        if form.is_valid() and _asked(frame, form):
            messages.success(request, _("The question was kept."))
            return redirect(page_of(agreement_id, "#saran"))
        status = UNPROCESSABLE
    context = frame.context(request, form=form)
    return render(request, "agreements/advice_new.html", context, status=status)


def _asked(frame: Frame, form: AdviceQuestionForm) -> bool:
    details = form.details()
    sent = {"agreement": frame.agreement.pk, **asdict(details)}

    def do() -> dict[str, Any]:
        row = advice_actions.ask_advice(frame.by, frame.agreement.pk, details)
        return {"advice": row.pk}

    try:
        once(frame.by, "ask_advice", seal(form.cleaned_data["once"], sent), sent, do)
    except (InvalidError, StateError) as error:
        form.refuse(error)
        return False
    return True


def _advice(frame: Frame, advice_id: int) -> Advice:
    rows = Advice.objects.filter(agreement=frame.agreement, pk=advice_id)
    found = rows.select_related("party", "attachment").first()
    if found is None:
        raise errors.not_found(_("The advice"))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: HttpRequest, agreement_id: int, advice_id: int) -> HttpResponse:
    """Show a question with its advice; who may keeps what it says."""
    frame = frame_of(request, agreement_id)
    if not insider(frame):
        raise errors.not_found(_("The advice"))
    row = _advice(frame, advice_id)
    may = frame.edit if row.party_id is None else row.party_id in frame.mine
    may = may and frame.agreement.state == State.LIVING

    def values(one: Advice) -> dict[str, Any]:
        return {**asdict(advice_actions.answer_of(one)), "revision": one.revision}

    form = AdviceAnswerForm(request.POST or None, agreement=frame.agreement, initial=values(row))
    remember(form)
    tried = UNTRIED

    def save(revision: int) -> object:
        return advice_actions.record_advice(
            frame.by, agreement_id, advice_id, form.details(), revision=revision
        )

    def now() -> tuple[dict[str, Any], int]:
        again = _advice(frame, advice_id)
        return compared(form, values(again)), again.revision

    if request.method == "POST":
        if not may:
            _living(frame.agreement)
            refuse(frame)
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The advice was kept."))
            return redirect(page_of(agreement_id, "#saran"))
    context = frame.context(request, form=form, met=tried.met, advice=row, may=may)
    return render(request, "agreements/advice.html", context, status=tried.status)


@require_POST
def withdraw_advice(request: HttpRequest, agreement_id: int, advice_id: int) -> HttpResponse:
    """Take back a question that nobody has answered."""
    by, seen = principal_of(request), revision_of(request)
    try:
        advice_actions.withdraw_advice(by, agreement_id, advice_id, revision=seen)
        messages.success(request, _("The question was taken back."))
    except (ConflictError, StateError) as error:
        messages.error(request, error.message)
    return redirect(page_of(agreement_id, "#saran"))
