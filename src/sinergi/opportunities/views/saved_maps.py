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
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.audience import shares_of
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.history_lines import lines
from sinergi.accounts.views.sharing import panel
from sinergi.opportunities.lists import words
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.maps import actions, queries
from sinergi.opportunities.maps.forms import MapForm, NewMapForm
from sinergi.opportunities.models import SavedMap
from sinergi.opportunities.views.lists import (
    A_PAGE,
    UNPROCESSABLE,
)
from sinergi.opportunities.views.saving import UNTRIED, bring_back, make_once, put_away, try_to_save


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
        number = _save(principal, form, organisations) if form.is_valid() else None
        if number is not None:
            messages.success(request, _("The map was saved."))
            return redirect("opportunities:saved-map", number)
        status = UNPROCESSABLE
    context = {"form": form, "query": form["query"].value()}
    return render(request, "opportunities/saved_map_new.html", context, status=status)


def _save(principal: Principal, form: NewMapForm, organisations: list[Organisation]) -> int | None:
    def save(owner: Organisation) -> SavedMap:
        return actions.save_map(principal, owner, form.details())

    return make_once(principal, form, organisations, save, deed="save_map", kind="map")


@require_http_methods(["GET", "HEAD", "POST"])
def saved_map(request: HttpRequest, map_id: int) -> HttpResponse:
    """Show a saved map with its settings, whose it is and its history; POST changes name and note."""
    principal = principal_of(request)
    row = queries.get_map(principal, map_id)
    form, tried = _form(row, request.POST or None), UNTRIED

    def save(revision: int) -> object:
        return actions.edit_map(principal, map_id, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        row.refresh_from_db()
        return asdict(actions.details_of(row)), row.revision

    if request.method == "POST":
        rules.require(principal, rules.OBJECT_EDIT, row)
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The map was saved."))
            return redirect("opportunities:saved-map", map_id)
    context = {
        "map": row,
        "form": form,
        "met": tried.met,
        "panel": panel(principal, row),
        "lines": lines(principal, history_for(principal, row), field_name=_field_name),
    }
    return render(request, "opportunities/saved_map.html", context, status=tried.status)


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
    told = _("The map “%(name)s” was put away. It can be restored below.")
    pages = ("opportunities:saved-map", "opportunities:saved-maps")
    return put_away(request, actions.put_map_away, map_id, told, *pages)


@require_POST
def restore_map(request: HttpRequest, map_id: int) -> HttpResponse:
    """Bring a saved map back."""
    told = _("The map “%(name)s” is back.")
    return bring_back(request, actions.restore_map, map_id, told, "opportunities:saved-map")
