"""Pages of priority lists: all lists, one list, and the deeds on a list."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ConflictError, ForbiddenError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.audience import shares_of
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.opportunities.lists import actions, exports, queries
from sinergi.opportunities.lists.actions.lists import details_of
from sinergi.opportunities.lists.forms import ListForm, NewListForm
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.models import PriorityList
from sinergi.opportunities.views.list_page import list_page
from sinergi.opportunities.views.saving import UNTRIED, bring_back, put_away, try_to_save

UNPROCESSABLE, CONFLICT = 422, 409
A_PAGE = 50


def status_of(error: AccountsError) -> int:
    """Return the HTTP status of a refusal."""
    return CONFLICT if isinstance(error, ConflictError) else UNPROCESSABLE


@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Show the lists that the reader may see, with the form for a new one; POST starts it."""
    principal = principal_of(request)
    organisations = organisations_of(principal)
    form, status = NewListForm(request.POST or None, organisations=organisations), 200
    if request.method == "POST":
        if not organisations:
            rule = rules.OBJECT_CREATE
            raise ForbiddenError(rules.refusal(principal, rule, None), rule)
        made = _make(principal, form) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("The list “%(name)s” was made.") % {"name": made["name"]})
            return redirect("opportunities:list", made["list"])
        status = UNPROCESSABLE
    context = {**_overview(request, principal), "form": form, "may_create": bool(organisations)}
    return render(request, "opportunities/lists.html", context, status=status)


def _make(principal: Principal, form: NewListForm) -> dict[str, Any] | None:
    """Make the list of a valid form, once however often it is sent; on refusal fill the form."""
    values, details = form.cleaned_data, form.details()
    mine = {str(one.pk): one for one in organisations_of(principal)}

    def make() -> dict[str, Any]:
        plan = actions.create_list(principal, mine[values["organisation"]], details)
        return {"list": plan.pk, "name": plan.name}

    sent = {name: value for name, value in values.items() if name != "once"}
    try:
        return once(principal, "create_list", seal(values["once"], sent), sent, make).result
    except InvalidError as error:
        form.refuse(error)
        return None


def _overview(request: HttpRequest, principal: Principal) -> dict[str, Any]:
    """Return what the page of all lists shows; the same number of queries however many there are."""
    owners = list(queries.owners(principal))
    chosen = next((o for o in owners if o.code == request.GET.get("organisasi")), None)
    rows = queries.with_standing(queries.lists(principal, organisation=chosen), principal)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    shown = list(page.object_list)
    shares = shares_of(PriorityList.KIND, [row.pk for row in shown]) if principal.signed_in else {}
    return {
        "page": page,
        "lists": [
            (row, queries.Standing(vars(row)["standing"]), shares.get(row.pk, [])) for row in shown
        ],
        "owners": owners,
        "chosen": chosen,
        "put_away": queries.lists_put_away(principal),
    }


@require_safe
def one_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show a list with its entries, what changed since, what was removed, and the history."""
    principal = principal_of(request)
    context = list_page(principal, queries.get_list(principal, list_id))
    return render(request, "opportunities/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show and save the details of a list; on conflict show what somebody else changed meanwhile."""
    principal = principal_of(request)
    plan = queries.get_list(principal, list_id)
    rules.require(principal, rules.OBJECT_EDIT, plan)
    form, tried = _list_form(plan, request.POST or None), UNTRIED

    def save(revision: int) -> object:
        return actions.rename_list(principal, list_id, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        plan.refresh_from_db()
        return asdict(details_of(plan)), plan.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The list was saved."))
            return redirect("opportunities:list", list_id)
    may_remove = rules.may(principal, rules.OBJECT_REMOVE, plan)
    context = {"list": plan, "form": form, "met": tried.met, "may_remove": may_remove}
    return render(request, "opportunities/list_edit.html", context, status=tried.status)


def _list_form(plan: PriorityList, data: Any = None) -> ListForm:
    """Return the form of a list, with its values or with what a person sent."""
    form = ListForm(data, initial={**asdict(details_of(plan)), "revision": plan.revision})
    remember(form)
    return form


@require_POST
def delete_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """Put a list away."""
    told = _("The list “%(name)s” was put away. It can be restored below.")
    pages = ("opportunities:list", "opportunities:lists")
    return put_away(request, actions.delete_list, list_id, told, *pages)


@require_POST
def restore_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """Bring a list back."""
    told = _("The list “%(name)s” is back.")
    return bring_back(request, actions.restore_list, list_id, told, "opportunities:list")


@require_safe
def export(request: HttpRequest, list_id: int, fmt: str) -> HttpResponse:
    """Send a list as a file in the language of the page."""
    language = get_language() or "id"
    name, content = exports.export_list(principal_of(request), list_id, fmt, language)
    response = HttpResponse(content, content_type=exports.CONTENT_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def entry_address(list_id: int, entry_id: int) -> str:
    """Return the address of an entry on its list."""
    return f"{reverse('opportunities:list', args=[list_id])}#butir-{entry_id}"
