"""Pages of portfolios: all of them, one, and the deeds on the whole."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.sharing import panel
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, bring_back, make_once, put_away, try_to_save
from sinergi.programs.actions import portfolio as actions
from sinergi.programs.actions.portfolio_limits import end_silent
from sinergi.programs.forms.portfolio import NewPortfolioForm, PortfolioForm, RunForm
from sinergi.programs.models import Portfolio
from sinergi.programs.queries import portfolio as queries
from sinergi.programs.views.portfolio_history import told as told_history

A_PAGE = 50
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def portfolios(request: HttpRequest) -> HttpResponse:
    """Show the portfolios that the reader may see, with the form for a new one; POST begins it."""
    by = principal_of(request)
    organisations = organisations_of(by)
    form, status = NewPortfolioForm(request.POST or None, organisations=organisations), 200
    if request.method == "POST":
        if not organisations:
            rule = rules.OBJECT_CREATE
            raise ForbiddenError(rules.refusal(by, rule, None), rule)
        made = _begin(by, form, organisations) if form.is_valid() else None
        if made is not None:
            return redirect("programs:portfolio-projects", made)
        status = UNPROCESSABLE
    context = {
        "page": Paginator(queries.portfolios(by), A_PAGE).get_page(request.GET.get("halaman")),
        "form": form,
        "may_create": bool(organisations),
        "put_away": queries.portfolios_put_away(by)[:A_PAGE] if by.signed_in else (),
    }
    return render(request, "programs/portfolios.html", context, status=status)


def _begin(by: Principal, form: NewPortfolioForm, organisations: list[Organisation]) -> int | None:
    def make(owner: Organisation) -> Portfolio:
        return actions.create_portfolio(by, owner, form.details())

    return make_once(by, form, organisations, make, deed="create_portfolio", kind="portfolio")


def frame(by: Principal, one: Portfolio, tab: str) -> dict[str, Any]:
    """Return what all pages of a portfolio show."""
    return {
        "portfolio": one,
        "tab": tab,
        "may_edit": rules.may(by, rules.OBJECT_EDIT, one),
        "hidden": queries.hidden_projects(by, one),
    }


@require_safe
def portfolio(request: HttpRequest, portfolio_id: int) -> HttpResponse:
    """Show one portfolio: what is in it, its runs, and the form for another run."""
    by = principal_of(request)
    one = queries.portfolio(by, portfolio_id)
    end_silent(one.runs.all())
    context = {
        **choosing(by, one, RunForm()),
        "panel": panel(by, one),
        "lines": told_history(by, one),
    }
    return render(request, "programs/portfolio.html", context)


def choosing(by: Principal, one: Portfolio, form: RunForm) -> dict[str, Any]:
    """Return what the page says of the projects that somebody may see, the money of its years, the runs."""
    rows = queries.projects(by, one)
    money = one.ceilings.filter(year__range=(one.first_year, one.last_year))
    return {
        **frame(by, one, "runs"),
        "runs": queries.runs(by, one).filter(base=None)[:A_PAGE],
        "form": form,
        "count": rows.count(),
        "ceilings": sum((ceiling.amount for ceiling in money), start=0),
        "wished": sum((project.total for project in rows), start=0),
        "without_score": rows.filter(score=0).count(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit_portfolio(request: HttpRequest, portfolio_id: int) -> HttpResponse:
    """Show and save the details of a portfolio; on conflict show what somebody else changed."""
    by = principal_of(request)
    one = queries.portfolio(by, portfolio_id)
    rules.require(by, rules.OBJECT_EDIT, one)
    form = PortfolioForm(request.POST or None, initial={**_written(one), "revision": one.revision})
    remember(form)
    tried = UNTRIED

    def save(revision: int) -> object:
        details = form.details(tuple(one.carries))
        return actions.edit_portfolio(by, portfolio_id, details, revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        one.refresh_from_db()
        return _written(one), one.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The portfolio was saved."))
            return redirect("programs:portfolio", portfolio_id)
    may_remove = rules.may(by, rules.OBJECT_REMOVE, one)
    frame_of = frame(by, one, "edit")
    context = {**frame_of, "form": form, "met": tried.met, "may_remove": may_remove}
    return render(request, "programs/portfolio_edit.html", context, status=tried.status)


def _written(one: Portfolio) -> dict[str, Any]:
    """Return what is written about a portfolio, as its form says it."""
    return {name: getattr(one, name) for name in ("title", "first_year", "last_year", "note")}


@require_POST
def put_portfolio_away(request: HttpRequest, portfolio_id: int) -> HttpResponse:
    """Put a portfolio away."""
    told = _("The portfolio “%(name)s” was put away. It can be restored below.")
    pages = ("programs:portfolio", "programs:portfolios")
    return put_away(request, actions.put_portfolio_away, portfolio_id, told, *pages)


@require_POST
def restore_portfolio(request: HttpRequest, portfolio_id: int) -> HttpResponse:
    """Bring a portfolio back."""
    told = _("The portfolio “%(name)s” is back.")
    return bring_back(request, actions.restore_portfolio, portfolio_id, told, "programs:portfolio")
