"""Pages of a delegation: it answers, names its people, and leaves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of, why_of
from sinergi.forums import permissions
from sinergi.forums.actions import invitations as actions
from sinergi.forums.errors import StageError
from sinergi.forums.forms.meeting import DelegateForm
from sinergi.forums.models import Delegation, Forum
from sinergi.forums.queries import meetings
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.forums.views.meeting_page import answer_form

COMES, STAYS_AWAY = "datang", "tidak"
"""Answers, as the buttons send them."""
REFUSALS = (InvalidError, StageError)


@require_safe
def delegation(request: HttpRequest, forum_id: int, delegation_id: int) -> HttpResponse:
    """Show a delegation to its own people and to the secretariat."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    return _page(
        request, principal, forum, meetings.get_delegation(principal, forum, delegation_id)
    )


def _page(
    request: HttpRequest,
    principal: Principal,
    forum: Forum,
    row: Delegation,
    status: int = 200,
    **refused: Any,
) -> HttpResponse:
    """Show a delegation; `refused` holds forms with their faults."""
    context = {
        **frame(principal, forum, "forum"),
        "row": row,
        "speaks": permissions.speaks_for(principal, row),
        "people": list(meetings.delegates(row)),
        "answer_form": answer_form(row),
        "delegate_form": DelegateForm(),
        **refused,
    }
    return render(request, "forums/forum_delegation.html", context, status=status)


@require_POST
def answer(request: HttpRequest, forum_id: int, delegation_id: int) -> HttpResponse:
    """Answer an invitation."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = meetings.get_delegation(principal, forum, delegation_id)
    form, said, status = answer_form(row, request.POST), request.POST.get("jawab"), UNPROCESSABLE
    if form.is_valid() and said in {COMES, STAYS_AWAY}:
        note = form.cleaned_data["note"]
        try:
            actions.answer(principal, forum_id, delegation_id, coming=said == COMES, note=note)
        except REFUSALS as error:
            form.refuse(error)
            status = status_of(error)
        else:
            _thank(request, row, coming=said == COMES)
            return redirect("forums:delegation", forum_id, delegation_id)
    elif form.is_valid():
        form.add_error(None, _("Say whether you come or not."))
    return _page(request, principal, forum, row, status, answer_form=form)


def _thank(request: HttpRequest, row: Delegation, *, coming: bool) -> None:
    if coming:
        told = _("%(name)s comes. Now name who comes, so that each has a pass.")
    else:
        told = _("%(name)s does not come. You can change the answer while there is time.")
    messages.success(request, told % {"name": row.organisation.name})


@require_POST
def name_delegate(request: HttpRequest, forum_id: int, delegation_id: int) -> HttpResponse:
    """Name somebody of a delegation."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = meetings.get_delegation(principal, forum, delegation_id)
    form, status = DelegateForm(request.POST), UNPROCESSABLE
    if form.is_valid():
        try:
            _name(principal, row, form)
        except REFUSALS as error:
            form.refuse(error)
            status = status_of(error)
        else:
            messages.success(request, _("The delegation has one more member, with a pass."))
            return redirect("forums:delegation", forum_id, delegation_id)
    return _page(request, principal, forum, row, status, delegate_form=form)


def _name(principal: Principal, row: Delegation, form: DelegateForm) -> None:
    """Name the delegate of a valid form, once however often it is sent."""
    office, name = form.cleaned_data["office"], form.cleaned_data["name"]
    sent = {"delegation": row.pk, "office": office, "name": name}

    def add() -> dict[str, Any]:
        return {"delegate": actions.name_delegate(principal, row.forum_id, row.pk, office, name).pk}

    once(principal, "name_delegate", seal(form.cleaned_data["once"], sent), sent, add)


@require_POST
def remove_delegate(
    request: HttpRequest, forum_id: int, delegation_id: int, delegate_id: int
) -> HttpResponse:
    """Take somebody off a delegation."""
    try:
        actions.remove_delegate(principal_of(request), forum_id, delegation_id, delegate_id)
    except StageError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The delegate was removed; the name is forgotten."))
    return redirect("forums:delegation", forum_id, delegation_id)


@require_POST
def leave(request: HttpRequest, forum_id: int, delegation_id: int) -> HttpResponse:
    """Take a delegation out, by itself or by the secretariat."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = meetings.get_delegation(principal, forum, delegation_id)
    try:
        actions.leave(principal, forum_id, delegation_id, reason=why_of(request))
    except InvalidError as error:
        refused = {"reason": why_of(request), "reason_fault": error.message}
        return _page(request, principal, forum, row, UNPROCESSABLE, **refused)
    told = _("%(name)s is no longer invited. What it raised stays.")
    messages.success(request, told % {"name": row.organisation.name})
    if permissions.prepares(principal, forum):
        return redirect("forums:invitations", forum_id)
    return redirect("forums:forums")
