"""The page of one load: its numbers, its values, whose it is, its history; undo it, adopt it."""

import dataclasses
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinergi.accounts import rules
from sinergi.accounts.audit import words
from sinergi.accounts.audit.history import Deed, history_for
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.history_lines import Line, lines
from sinergi.accounts.views.sharing import panel
from sinergi.evidence import exports
from sinergi.evidence.actions import (
    AdoptRefusedError,
    UndoRefusedError,
    adopt_import,
    undo_import,
)
from sinergi.evidence.forms import AdoptForm, UndoForm
from sinergi.evidence.models import ImportBatch
from sinergi.evidence.queries import batch as readable_batch
from sinergi.evidence.queries.batch_values import loaded_values
from sinergi.evidence.views.downloads import table_response

VALUES_SHOWN = 20
DECIMALS = 6


def _shown(
    request: HttpRequest, by: Principal, one: ImportBatch, status: int = 200, **forms: Any
) -> HttpResponse:
    loaded = one.state == ImportBatch.State.LOADED
    source = one.adopted_from
    context = {
        "batch": one,
        "form": UndoForm(),
        "adopt_form": AdoptForm(),
        "may_undo": loaded and rules.may(by, rules.OBJECT_REMOVE, one),
        "may_adopt": loaded
        and one.organisation_id is not None
        and rules.may(by, rules.INSTALLATION),
        "origin": source if source and rules.may(by, rules.OBJECT_READ, source) else None,
        "panel": panel(by, one),
        "lines": _history(by, one),
        "values": [
            (row, _exact(row.value), _exact(row.replaced))
            for row in loaded_values(one, VALUES_SHOWN)
        ],
    }
    return render(request, "evidence/batch.html", {**context, **forms}, status=status)


def _history(by: Principal, one: ImportBatch) -> list[Line]:
    """Return the history of a load; that of its undoing without the numbers, which are those of the load."""
    deeds = [
        dataclasses.replace(deed, before={}, after={}) if deed.verb == Verb.UNDONE else deed
        for deed in history_for(by, one)
    ]
    return lines(by, deeds, field_name=_field_name, shown=_shown_value)


def _exact(value: float | None) -> str:
    """Write a value with all its decimals, six at most; none is a dash."""
    if value is None:
        return words.NOTHING
    decimals = len(f"{value:.{DECIMALS}f}".rstrip("0").partition(".")[2])
    return number_format(round(value, decimals), decimals, use_l10n=True, force_grouping=True)


def _field_name(name: str) -> str:
    """Return the name of a number of a load, in words."""
    own = {"skipped": _("left out"), "warnings": _("warnings"), "sha256": "SHA-256"}
    return own.get(name) or words.field_name(name)


def _shown_value(name: str, value: Any, deed: Deed) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return number_format(value, force_grouping=True)
    return words.value_text(name, value)


@require_GET
def values(request: HttpRequest, batch_id: int, extension: str) -> HttpResponseBase:
    """Download everything that a load holds, with what it replaced."""
    one = readable_batch(principal_of(request), batch_id)
    headings = [*exports.observation_headings()[:10], _("replaced value")]
    cells = (
        [
            *(row.region, row.region_name, row.indicator, row.period, row.value, row.unit),
            *(row.flag, row.source, row.source_name, row.licence, row.replaced),
        ]
        for row in loaded_values(one)
    )
    name = _("load-%(number)s") % {"number": one.pk}
    return table_response(name, extension, headings, cells, _("data"))


@require_GET
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show one load and what may be done with it."""
    by = principal_of(request)
    return _shown(request, by, readable_batch(by, batch_id))


@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Undo one load."""
    by = principal_of(request)
    one, form = readable_batch(by, batch_id), UndoForm(request.POST)
    rules.require(by, rules.OBJECT_REMOVE, one)
    if not form.is_valid():
        return _shown(request, by, one, 422, form=form)
    try:
        undo_import(by, batch_id, form.cleaned_data["reason"])
    except UndoRefusedError as refused:
        messages.error(request, str(refused))
        return _shown(request, by, one, 409, form=form)
    messages.success(request, _("The load was undone; what it had replaced is in use again."))
    return redirect("evidence:batch", batch_id)


@require_POST
def adopt(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take a load of an organisation into the common evidence."""
    by = principal_of(request)
    one, form = readable_batch(by, batch_id), AdoptForm(request.POST)
    rules.require(by, rules.INSTALLATION)
    if not form.is_valid():
        return _shown(request, by, one, 422, adopt_form=form)
    try:
        made = adopt_import(by, batch_id, form.cleaned_data["adopt_reason"])
    except AdoptRefusedError as refused:
        messages.error(request, str(refused))
        return _shown(request, by, one, 409, adopt_form=form)
    messages.success(request, _("Its values are in the common evidence now."))
    return redirect("evidence:batch", made.pk)
