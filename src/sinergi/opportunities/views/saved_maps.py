"""Pages of saved maps: all, one, save, change, put away, restore."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.audit.history import history_for
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.audience import shares_of
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.history_lines import lines
from sinergi.accounts.views.sharing import panel
from sinergi.opportunities.lists import errors, words
from sinergi.opportunities.lists.merging import Met, merge, remember
from sinergi.opportunities.maps import actions, queries
from sinergi.opportunities.maps.forms import MapForm, NewMapForm
from sinergi.opportunities.models import SavedMap
from sinergi.opportunities.views.lists import (
    A_PAGE,
    CONFLICT,
    UNPROCESSABLE,
    revision_of,
    status_of,
    why_of,
)


@require_safe
def saved_maps(request: HttpRequest) -> HttpResponse:
    """Show the saved maps that the reader may see, and those put away that may be restored."""
    principal = principal_of(request)
    page = Paginator(queries.saved_maps(principal), A_PAGE).get_page(request.GET.get("halaman"))
    shown = list(page.object_list)
    shares = shares_of(SavedMap.KIND, [row.pk for row in shown]) if principal.signed_in else {}
    context = {
        "page": page,
        "maps": [(row, shares.get(row.pk, [])) for row in shown],
        "put_away": queries.maps_put_away(principal),
    }
    return render(request, "opportunities/saved_maps.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def save_map(request: HttpRequest) -> HttpResponse:
    """Show the form that keeps the settings of the address; POST keeps them."""
    principal = principal_of(request)
    organisations = organisations_of(principal)
    if not organisations:
        rule = rules.OBJECT_CREATE
        raise ForbiddenError(rules.refusal(principal, rule, None), rule)
    initial = {"query": request.META.get("QUERY_STRING", "")}
    form = NewMapForm(request.POST or None, initial=initial, organisations=organisations)
    status = 200
    if request.method == "POST":
        number = _save(principal, form) if form.is_valid() else None
        if number is not None:
            messages.success(request, _("The map was saved."))
            return redirect("opportunities:saved-map", number)
        status = UNPROCESSABLE
    context = {"form": form, "query": form["query"].value()}
    return render(request, "opportunities/saved_map_new.html", context, status=status)


def _save(principal: Principal, form: NewMapForm) -> int | None:
    """Save the map of a valid form, once however often it is sent; on refusal fill the form."""
    values = form.cleaned_data
    mine = {str(one.pk): one for one in organisations_of(principal)}

    def save() -> dict[str, Any]:
        organisation = mine[values["organisation"]]
        return {"map": actions.save_map(principal, organisation, form.details()).pk}

    sent = {name: value for name, value in values.items() if name != "once"}
    try:
        done = once(principal, "save_map", seal(values["once"], sent), sent, save)
    except InvalidError as error:
        form.refuse(error)
        return None
    return int(done.result["map"])


@require_http_methods(["GET", "HEAD", "POST"])
def saved_map(request: HttpRequest, map_id: int) -> HttpResponse:
    """Show a saved map with its settings, whose it is and its history; POST changes name and note."""
    principal = principal_of(request)
    row = queries.get_map(principal, map_id)
    form, met, status = _form(row), list[Met](), 200
    if request.method == "POST":
        rules.require(principal, rules.OBJECT_EDIT, row)
        form, status = _form(row, request.POST), UNPROCESSABLE
        if form.is_valid():
            try:
                revision = form.cleaned_data["revision"] or 0
                actions.edit_map(principal, map_id, form.details(), revision=revision)
            except (errors.ListError, ConflictError, InvalidError) as error:
                form.refuse(error)
                status = status_of(error)
                if status == CONFLICT:
                    row = queries.get_map(principal, map_id)
                    met = merge(form, asdict(actions.details_of(row)), row.revision)
            else:
                messages.success(request, _("The map was saved."))
                return redirect("opportunities:saved-map", map_id)
    context = {
        "map": row,
        "form": form,
        "met": met,
        "panel": panel(principal, row),
        "lines": lines(principal, history_for(principal, row), field_name=_field_name),
    }
    return render(request, "opportunities/saved_map.html", context, status=status)


def _field_name(name: str) -> str:
    return _("Name of the map") if name == "name" else words.field_name(name)


def _form(row: SavedMap, data: Any = None) -> MapForm:
    """Return the form of a saved map, with its values or with what a person sent."""
    form = MapForm(data, initial={**asdict(actions.details_of(row)), "revision": row.revision})
    remember(form)
    return form


@require_POST
def put_map_away(request: HttpRequest, map_id: int) -> HttpResponse:
    """Put a saved map away."""
    principal = principal_of(request)
    try:
        row = actions.put_map_away(
            principal, map_id, revision=revision_of(request), reason=why_of(request)
        )
    except (ConflictError, InvalidError) as error:
        messages.error(request, error.message)
        return redirect("opportunities:saved-map", map_id)
    text = _("The map “%(name)s” was put away. It can be restored below.")
    messages.success(request, text % {"name": row.name})
    return redirect("opportunities:saved-maps")


@require_POST
def restore_map(request: HttpRequest, map_id: int) -> HttpResponse:
    """Bring a saved map back."""
    row = actions.restore_map(principal_of(request), map_id, reason=why_of(request))
    messages.success(request, _("The map “%(name)s” is back.") % {"name": row.name})
    return redirect("opportunities:saved-map", map_id)
