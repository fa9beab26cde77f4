"""Pages of the entries of a list: add an opportunity, edit, move, remove, restore, renew."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules as permissions
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.evidence.scope import reading, scope_of
from sinergi.opportunities.lists import actions, errors, queries, snapshot, words
from sinergi.opportunities.lists.forms import NEW, AddForm
from sinergi.opportunities.lists.merging import Met
from sinergi.opportunities.messages import role_name
from sinergi.opportunities.models import PriorityEntry, PriorityList
from sinergi.opportunities.results import Explanation
from sinergi.opportunities.settings import MapSettings
from sinergi.opportunities.views.choice import chosen, explained
from sinergi.opportunities.views.list_page import form_of, list_page, merge_entry
from sinergi.opportunities.views.lists import (
    CONFLICT,
    UNPROCESSABLE,
    entry_address,
    status_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
def add_entry(request: HttpRequest) -> HttpResponse:
    """Show an opportunity with the form that puts it on a list; POST does it."""
    principal = principal_of(request)
    code, regions, settings = chosen(request.GET)
    plans = list(queries.lists(principal, editable=True))
    organisations = organisations_of(principal)
    if not plans and not organisations:
        rule = permissions.OBJECT_CREATE
        raise ForbiddenError(permissions.refusal(principal, rule, None), rule)
    explanation = explained(code, regions, settings)
    kept = snapshot.Snapshot(snapshot.take(explanation, settings))
    initial = {
        "reason": words.proposed_reason(kept),
        "to": str(plans[0].pk) if plans else NEW,
    }
    form = AddForm(
        request.POST or None,
        initial=initial,
        funding=kept.funding,
        lists=plans,
        organisations=organisations,
    )
    status = 200
    if request.method == "POST":
        added = _add(principal, form, explanation, settings) if form.is_valid() else None
        if added is not None:
            text = _("“%(object)s” is now number %(position)s on this list.")
            values = {"object": kept.name, "position": added["position"]}
            messages.success(request, text % values)
            return redirect(entry_address(added["list"], added["entry"]))
        status = UNPROCESSABLE
    context = {
        "form": form,
        "kept": kept,
        "rank": words.rank(kept),
        "partners": [(m.name, role_name(m.role)) for m in kept.members],
        "kind": words.cooperation_type(kept),
        "reasons": [words.reason_line(kept, r) for r in snapshot.strongest(kept.reasons, 5)],
        "new": NEW,
    }
    return render(request, "opportunities/list_add.html", context, status=status)


def _add(
    principal: Principal, form: AddForm, explanation: Explanation, settings: MapSettings
) -> dict[str, Any] | None:
    """Add to the chosen list, or to a new one in the same transaction; on refusal fill the form.

    A form that is sent twice adds once.
    """
    values = form.cleaned_data
    new = form.new_list()

    def add() -> dict[str, Any]:
        list_id = 0 if new else int(values["to"])
        if new:
            mine = {str(one.pk): one for one in organisations_of(principal)}
            list_id = actions.create_list(principal, mine[values["organisation"]], new).pk
        entry = actions.add_entry(principal, list_id, explanation, settings, form.details())
        return {"list": list_id, "entry": entry.pk, "position": entry.position}

    what = [explanation.opportunity.object.code, explanation.opportunity.key]
    sent = [{k: v for k, v in values.items() if k != "once"}, what, settings.digest]
    try:
        with transaction.atomic():
            return once(principal, "add_entry", seal(values["once"], sent), sent, add).result
    except (errors.ListError, ConflictError, InvalidError) as error:
        form.refuse(error)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def edit_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Save an entry; a refusal shows the list with the form open, the input kept; GET leads to the entry."""
    principal = principal_of(request)
    plan, entry = _found_entry(principal, list_id, entry_id)
    if request.method != "POST":
        return redirect(entry_address(list_id, entry_id))
    form, met = form_of(entry, request.POST), list[Met]()
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            revision = form.cleaned_data["revision"] or 0
            actions.edit_entry(principal, list_id, entry_id, form.details(), revision=revision)
        except (errors.ListError, ConflictError, InvalidError) as error:
            form.refuse(error)
            status = status_of(error)
            if status == CONFLICT:
                plan, entry = _found_entry(principal, list_id, entry_id)
                met = merge_entry(form, entry)
        else:
            messages.success(request, _("The entry was saved."))
            return redirect(entry_address(list_id, entry_id))
    context = list_page(principal, plan, form, met)
    return render(request, "opportunities/list.html", context, status=status)


def _found_entry(
    principal: Principal, list_id: int, entry_id: int
) -> tuple[PriorityList, PriorityEntry]:
    """Return a list that the principal may edit, and an entry that is on it.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    plan = queries.get_list(principal, list_id)
    permissions.require(principal, permissions.OBJECT_EDIT, plan)
    entry = next((e for e in queries.entries(plan) if e.pk == entry_id), None)
    if entry is None:
        raise errors.entry_not_found(entry_id)
    return plan, entry


def _do(request: HttpRequest, list_id: int, entry_id: int, deed: Callable[[], Any]) -> HttpResponse:
    """Do a deed that has no form to keep; a refusal is shown above the list."""
    try:
        deed()
    except errors.NotFoundError:
        raise
    except (errors.ListError, ConflictError, InvalidError) as error:
        messages.error(request, error.message)
    return redirect(entry_address(list_id, entry_id))


@require_POST
def move_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Move an entry: `ke` is `naik`, `turun` or a position from 1."""
    principal = principal_of(request)
    _plan, entry = _found_entry(principal, list_id, entry_id)
    to = request.POST.get("ke", "")
    steps = {"naik": entry.position - 1, "turun": entry.position + 1}
    if to not in steps and not re.fullmatch(r"[0-9]{1,6}", to):
        raise BadRequest(_("Move where? Give a position from 1, or up or down."))
    target = steps[to] if to in steps else int(to)
    return _do(
        request,
        list_id,
        entry_id,
        lambda: actions.move_entry(
            principal, list_id, entry_id, target, revision=revision_of(request)
        ),
    )


@require_POST
def remove_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Take an entry off the list."""
    principal = principal_of(request)

    def deed() -> None:
        actions.remove_entry(
            principal,
            list_id,
            entry_id,
            revision=revision_of(request),
            reason=why_of(request),
        )
        messages.success(request, _("The entry was removed. It can be put back below."))

    return _do(request, list_id, entry_id, deed)


@require_POST
def restore_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Put a removed entry back."""
    principal, reason = principal_of(request), why_of(request)
    return _do(
        request,
        list_id,
        entry_id,
        lambda: actions.restore_entry(principal, list_id, entry_id, reason=reason),
    )


@require_POST
def renew_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Replace the reasons of an entry by what the evidence says now."""
    principal = principal_of(request)
    _plan, entry = _found_entry(principal, list_id, entry_id)
    kept = snapshot.Snapshot(entry.snapshot)
    with reading(scope_of(principal, kept.settings.evidence)):
        now = explained(entry.object_code, tuple(entry.members_key.split("+")), kept.settings)

    def deed() -> None:
        actions.renew_entry(principal, list_id, entry_id, now, revision=revision_of(request))
        messages.success(request, _("The reasons were renewed; the old score is in the history."))

    return _do(request, list_id, entry_id, deed)
