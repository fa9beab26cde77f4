"""Pages of rankings: all of them, one with its result, and the deeds on the whole."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ForbiddenError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.sharing import panel
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, bring_back, make_once, put_away, try_to_save
from sinergi.programs.actions import priority as actions
from sinergi.programs.forms.priority import NewRankingForm, RankingForm
from sinergi.programs.models import Ranking
from sinergi.programs.queries import priority as queries
from sinergi.programs.views.priority_history import history_of
from sinergi.programs.views.priority_result import result

A_PAGE = 50
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def rankings(request: HttpRequest) -> HttpResponse:
    """Show the rankings that the reader may see, with the form for a new one; POST begins it."""
    principal = principal_of(request)
    organisations = organisations_of(principal)
    form, status = NewRankingForm(request.POST or None, organisations=organisations), 200
    if request.method == "POST":
        if not organisations:
            rule = rules.OBJECT_CREATE
            raise ForbiddenError(rules.refusal(principal, rule, None), rule)
        made = _begin(principal, form, organisations) if form.is_valid() else None
        if made is not None:
            return redirect("programs:ranking", made)
        status = UNPROCESSABLE
    page = Paginator(queries.rankings(principal), A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "form": form,
        "may_create": bool(organisations),
        "put_away": queries.rankings_put_away(principal)[:A_PAGE],
    }
    return render(request, "programs/priority.html", context, status=status)


def _begin(by: Principal, form: NewRankingForm, organisations: list[Organisation]) -> int | None:
    def make(owner: Organisation) -> Ranking:
        return actions.create_ranking(by, owner, form.details())

    return make_once(by, form, organisations, make, deed="create_ranking", kind="ranking")


@require_safe
def ranking(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Show one ranking: order, methods side by side, sensitivity, reversals."""
    principal = principal_of(request)
    one = queries.ranking(principal, ranking_id)
    context = {
        **result(principal, one, request.GET),
        "panel": panel(principal, one),
        "lines": history_of(principal, one),
    }
    return render(request, "programs/priority_ranking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_ranking(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Show and save the details of a ranking; on conflict show what somebody else changed."""
    principal = principal_of(request)
    one = queries.ranking(principal, ranking_id)
    rules.require(principal, rules.OBJECT_EDIT, one)
    form = RankingForm(request.POST or None, initial={**_written(one), "revision": one.revision})
    remember(form)
    tried = UNTRIED

    def save(revision: int) -> object:
        return actions.edit_ranking(principal, ranking_id, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        one.refresh_from_db()
        return _written(one), one.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The ranking was saved."))
            return redirect("programs:ranking", ranking_id)
    may_remove = rules.may(principal, rules.OBJECT_REMOVE, one)
    context = {"ranking": one, "form": form, "met": tried.met, "may_remove": may_remove}
    return render(request, "programs/priority_edit.html", context, status=tried.status)


def _written(one: Ranking) -> dict[str, Any]:
    """Return what is written about a ranking, as its form says it."""
    coverage = round(one.least_coverage * 100)
    return {"title": one.title, "purpose": one.purpose, "top": one.top, "coverage": coverage}


@require_POST
def put_ranking_away(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Put a ranking away."""
    told = _("The ranking “%(name)s” was put away. It can be restored below.")
    pages = ("programs:ranking", "programs:rankings")
    return put_away(request, actions.put_ranking_away, ranking_id, told, *pages)


@require_POST
def restore_ranking(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Bring a ranking back."""
    told = _("The ranking “%(name)s” is back.")
    return bring_back(request, actions.restore_ranking, ranking_id, told, "programs:ranking")


def refused(request: HttpRequest, error: AccountsError, name: str, ranking_id: int) -> HttpResponse:
    """Say why a deed was refused, on the page it was asked from."""
    messages.error(request, error.message)
    return redirect(name, ranking_id)
