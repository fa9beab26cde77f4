"""Pages of the entries of a list: add an opportunity, edit, move, remove, restore, renew."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.opportunities import queries as map_queries
from sinergi.opportunities.addresses import settings_from_query
from sinergi.opportunities.lists import actions, errors, queries, snapshot, words
from sinergi.opportunities.lists.forms import NEW, AddForm
from sinergi.opportunities.messages import role_name, settings_message
from sinergi.opportunities.models import PriorityEntry, PriorityList
from sinergi.opportunities.results import Explanation
from sinergi.opportunities.settings import MapSettings, SettingsError
from sinergi.opportunities.views.list_page import form_of, list_page
from sinergi.opportunities.views.lists import (
    CONFLICT,
    UNPROCESSABLE,
    entry_address,
    found,
    renewed,
    revision_of,
    status_of,
)

CODES = re.compile(r"[\s+,]+")
SPAN = re.compile(r"\d*(\.\.\d*)?")


def chosen(query: QueryDict) -> tuple[str, tuple[str, ...], MapSettings]:
    """Return object, region codes and map settings of an address.

    The first `objek` is the opportunity's; further ones, and an `anggota` that is a span (`2..5`), are
    settings of the map.

    Raises
    ------
    BadRequest
        When object or members are missing, or a setting is out of range.
    """
    objects, members = query.getlist("objek"), query.getlist("anggota")
    spans = [text for text in members if SPAN.fullmatch(text)]
    codes = tuple(c for text in members if text not in spans for c in CODES.split(text) if c)
    if not objects or not objects[0] or len(codes) < 2:
        raise BadRequest(
            _("The address must name an object (`objek`) and at least two regions (`anggota`).")
        )
    rest = query.copy()
    rest.setlist("objek", objects[1:])
    rest.setlist("anggota", spans)
    try:
        return objects[0], codes, settings_from_query(rest)
    except SettingsError as error:
        raise BadRequest(settings_message(error)) from error


def explained(code: str, regions: tuple[str, ...], settings: MapSettings) -> Explanation:
    """Return what the map says of an opportunity, or answer 400."""
    try:
        return map_queries.explain(code, regions, settings)
    except SettingsError as error:
        raise BadRequest(settings_message(error)) from error


@require_http_methods(["GET", "HEAD", "POST"])
def add_entry(request: HttpRequest) -> HttpResponse:
    """Show an opportunity with the form that puts it on a list; POST does it."""
    code, regions, settings = chosen(request.GET)
    explanation = explained(code, regions, settings)
    kept = snapshot.Snapshot(snapshot.take(explanation, settings))
    plans = list(queries.lists())
    initial = {
        "reason": words.proposed_reason(kept),
        "to": str(plans[0].pk) if plans else NEW,
    }
    form = AddForm(request.POST or None, initial=initial, funding=kept.funding, lists=plans)
    status = 200
    if request.method == "POST":
        entry = _add(form, explanation, settings) if form.is_valid() else None
        if entry is not None:
            text = _("“%(object)s” is now number %(position)s on this list.")
            values = {"object": kept.name, "position": entry.position}
            messages.success(request, text % values)
            return redirect(entry_address(entry.priority_list_id, entry.pk))
        status = UNPROCESSABLE
    context = {
        "form": form,
        "kept": kept,
        "partners": [(m.name, role_name(m.role)) for m in kept.members],
        "kind": words.cooperation_type(kept),
        "reasons": [words.reason_line(kept, r) for r in snapshot.strongest(kept.reasons, 5)],
        "new": NEW,
    }
    return render(request, "opportunities/list_add.html", context, status=status)


def _add(form: AddForm, explanation: Explanation, settings: MapSettings) -> PriorityEntry | None:
    """Add to the chosen list, or to a new one in the same transaction; on refusal fill the form."""
    try:
        with transaction.atomic():
            new = form.new_list()
            list_id = actions.create_list(new).pk if new else int(form.cleaned_data["to"])
            return actions.add_entry(list_id, explanation, settings, form.details())
    except errors.ListError as error:
        form.refuse(error)
        return None


@require_POST
def edit_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Save an entry; a refusal shows the list with the form open, the input kept."""
    plan, entry = _found_entry(list_id, entry_id)
    form = form_of(entry, request.POST)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            actions.edit_entry(
                list_id, entry_id, form.details(), revision=form.cleaned_data["revision"] or 0
            )
        except errors.ListError as error:
            form.refuse(error)
            status = status_of(error)
            form = renewed(form, entry.revision) if status == CONFLICT else form
        else:
            messages.success(request, _("The entry was saved."))
            return redirect(entry_address(list_id, entry_id))
    context = list_page(plan, form, conflict=status == CONFLICT)
    return render(request, "opportunities/list.html", context, status=status)


def _found_entry(list_id: int, entry_id: int) -> tuple[PriorityList, PriorityEntry]:
    plan = found(list_id)
    entry = next((e for e in queries.entries(plan) if e.pk == entry_id), None)
    if entry is None:
        raise Http404(errors.entry_not_found(entry_id).message)
    return plan, entry


def _do(request: HttpRequest, list_id: int, entry_id: int, deed: Callable[[], Any]) -> HttpResponse:
    """Do a deed that has no form to keep; a refusal is shown above the list."""
    try:
        deed()
    except errors.NotFoundError as error:
        raise Http404(error.message) from error
    except errors.ListError as error:
        messages.error(request, error.message)
    return redirect(entry_address(list_id, entry_id))


@require_POST
def move_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Move an entry: `ke` is `naik`, `turun` or a position from 1."""
    _plan, entry = _found_entry(list_id, entry_id)
    to = request.POST.get("ke", "")
    steps = {"naik": entry.position - 1, "turun": entry.position + 1}
    if to not in steps and not re.fullmatch(r"[0-9]{1,6}", to):
        raise BadRequest(_("Move where? Give a position from 1, or up or down."))
    target = steps[to] if to in steps else int(to)
    return _do(
        request,
        list_id,
        entry_id,
        lambda: actions.move_entry(list_id, entry_id, target, revision=revision_of(request)),
    )


@require_POST
def remove_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Take an entry off the list."""

    def deed() -> None:
        actions.remove_entry(list_id, entry_id, revision=revision_of(request))
        messages.success(request, _("The entry was removed. It can be put back below."))

    return _do(request, list_id, entry_id, deed)


@require_POST
def restore_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Put a removed entry back."""
    return _do(request, list_id, entry_id, lambda: actions.restore_entry(list_id, entry_id))


@require_POST
def renew_entry(request: HttpRequest, list_id: int, entry_id: int) -> HttpResponse:
    """Replace the reasons of an entry by what the evidence says now."""
    _plan, entry = _found_entry(list_id, entry_id)
    kept = snapshot.Snapshot(entry.snapshot)
    now = explained(entry.object_code, tuple(entry.members_key.split("+")), kept.settings)

    def deed() -> None:
        actions.renew_entry(list_id, entry_id, now, revision=revision_of(request))
        messages.success(request, _("The reasons were renewed; the old score is in the history."))

    return _do(request, list_id, entry_id, deed)
