"""Pages of runs: begin one, see what it chose, try a wish, take it home as a file."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.once import new_token, once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.workers import workers_alive
from sinergi.accounts.requests import SECOND_FACTOR, principal_of
from sinergi.accounts.texts import printable, small_number
from sinergi.opportunities.exports.writing import write_csv, write_xlsx
from sinergi.programs.actions import portfolio_limits as actions
from sinergi.programs.exports.leaving import record_left
from sinergi.programs.exports.portfolio import sheets
from sinergi.programs.forms.portfolio import RunForm
from sinergi.programs.models import Portfolio, PortfolioProject, RunState
from sinergi.programs.portfolio.words import projects_of, shown, stage, wish_told
from sinergi.programs.queries import portfolio as queries
from sinergi.programs.views.portfolio import UNPROCESSABLE, choosing, frame

UNDER_WAY = (RunState.WAITING, RunState.RUNNING)
SECONDS = "4"
SECONDS_WITHOUT_SCRIPTS = "30"
"""While a wish is computed: with scripts, the page asks for the state alone, see `state_only`."""
AT_FIRST = 20
"""Chosen projects that a page shows at once; all others are folded away."""
A_PAGE = 200
"""Projects of a folded table."""
OFFERED = 150
"""Projects to take in, and as many to leave out, that a wish offers by title; others go by their number."""
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_POST
def begin(request: HttpRequest, portfolio_id: int) -> HttpResponse:
    """Begin a run; on refusal show the form with what was typed."""
    by = principal_of(request)
    one = queries.portfolio(by, portfolio_id)
    rules.require(by, rules.OBJECT_EDIT, one)
    form = RunForm(request.POST)
    if form.is_valid():
        second = bool(request.session.get(SECOND_FACTOR))
        details = form.details()

        def prepare() -> dict[str, Any]:
            made = actions.prepare_run(by, portfolio_id, details, second_factor=second)
            return {"run": made.pk}

        sent = {"portfolio": portfolio_id, **asdict(details)}
        try:
            made = _begun(by, one, form.cleaned_data["once"], sent, prepare)
        except InvalidError as error:
            form.refuse(error)
        else:
            return redirect("programs:portfolio-run", portfolio_id, made)
    context = choosing(by, one, form)
    return render(request, "programs/portfolio.html", context, status=UNPROCESSABLE)


def _begun(
    by: Principal,
    one: Portfolio,
    token: str,
    sent: dict[str, Any],
    prepare: Callable[[], dict[str, Any]],
) -> int:
    """Begin a run, once however often its form is sent; return its number."""
    done = once(by, "run_portfolio", seal(token, sent), sent, prepare)
    number = int(done.result["run"])
    if not done.repeated:
        # After `once`: its transaction would hold everybody else's writing while this computes.
        actions.start(by, one.runs.get(pk=number))
    return number


@require_safe
def run(request: HttpRequest, portfolio_id: int, run_id: int) -> HttpResponse:
    """Show what a run chose, or why nothing could be chosen."""
    by = principal_of(request)
    one = queries.portfolio(by, portfolio_id)
    actions.end_silent(one.runs.all())
    row = queries.run(by, one, run_id)
    waiting = row.state in UNDER_WAY or row.wishes.filter(state__in=UNDER_WAY).exists()
    if "keadaan" in request.GET:
        return state_only(waiting)
    done = row.state == RunState.DONE
    projects = projects_of(by, one) if done else {}
    wishes = [wish_told(each, projects) for each in row.wishes.select_related("portfolio")]
    context: dict[str, Any] = {
        **frame(by, one, "runs"),
        "run": row,
        "under_way": waiting,
        "stage": stage(row),
        "worker": not waiting or workers_alive() > 0,
        "wishes": wishes,
        "token": new_token(),
        "stale": done and row.digest != queries.digest_now(one),
    }
    if done:
        context |= shown(row, projects)
        context |= _tables(request, context["chosen"], projects)
    response = render(request, "programs/portfolio_run.html", context)
    if waiting:
        response["Refresh"] = SECONDS_WITHOUT_SCRIPTS if done else SECONDS
        response["Cache-Control"] = "no-store"
    return response


def state_only(waiting: bool) -> HttpResponse:
    """Tell a page that looks again by itself whether it is time to be loaded anew, and nothing else."""
    response = HttpResponse(status=204)
    if not waiting:
        response["HX-Refresh"] = "true"
    response["Cache-Control"] = "no-store"
    return response


def _tables(
    request: HttpRequest, chosen: list[dict[str, Any]], projects: dict[int, PortfolioProject]
) -> dict[str, Any]:
    """Return the pages of the tables of projects, and those that a wish offers by title."""
    largest = sorted(chosen, key=lambda each: -each["total"])
    taken = {each["project"].pk for each in chosen}
    left = [each for each in projects.values() if each.pk not in taken]
    few = len(projects) <= 2 * OFFERED
    best = left if few else sorted(left, key=lambda each: -each.score)[:OFFERED]
    return {
        "largest": largest[:AT_FIRST],
        "rest": Paginator(largest[AT_FIRST:], A_PAGE).get_page(request.GET.get("dipilih")),
        "left_out": Paginator(left, A_PAGE).get_page(request.GET.get("sisa")),
        "offered_in": best,
        "offered_out": [each["project"] for each in (chosen if few else largest[:OFFERED])],
        "few": few,
        "unfolded": [name for name in ("dipilih", "sisa") if name in request.GET],
    }


@require_POST
def wish(request: HttpRequest, portfolio_id: int, run_id: int) -> HttpResponse:
    """Ask what moving a project in or out costs; what is chosen goes out unless `ke` says otherwise.

    The project is `proyek`, or has the place `nomor` in the list of projects.
    """
    by, to = principal_of(request), request.POST.get("ke", "")
    second = bool(request.session.get(SECOND_FACTOR))
    one = queries.portfolio(by, portfolio_id)
    response = redirect("programs:portfolio-run", portfolio_id, run_id)
    response["Location"] += "#keinginan"
    project = _named(by, one, request.POST)
    if project is None:
        told = _("There is no project number “%(number)s”.")
        messages.error(request, told % {"number": printable(request.POST.get("nomor", ""))[:20]})
        return response
    sent = {"portfolio": portfolio_id, "run": run_id, "project": project, "to": to}

    def prepare() -> dict[str, Any]:
        wanted = to == "masuk" if to else not _is_chosen(by, one, run_id, project)
        made = actions.prepare_wish(by, portfolio_id, run_id, project, wanted, second_factor=second)
        return {"run": made.pk}

    try:
        _begun(by, one, request.POST.get("once", ""), sent, prepare)
    except InvalidError as error:
        messages.error(request, error.message)
    return response


def _named(by: Principal, one: Portfolio, sent: QueryDict) -> int | None:
    """Return the number of the project that a form names; None where none has the place it names."""
    if "nomor" not in sent:
        return small_number(sent.get("proyek", "")) or 0
    place = small_number(printable(sent.get("nomor", "")).strip().rstrip("."))
    rows = queries.projects(by, one).filter(position=place or 0)
    return rows.values_list("pk", flat=True).first()


def _is_chosen(by: Principal, one: Portfolio, run_id: int, project: int) -> bool:
    row = queries.run(by, one, run_id)
    return any(int(one["project"]) == project for one in row.result.get("chosen") or ())


@require_safe
def run_file(request: HttpRequest, portfolio_id: str, run_id: str, kind: str) -> HttpResponse:
    """Send a run: what is chosen, ceilings, regions, choices side by side, prices; CSV holds the first."""
    by = principal_of(request)
    one = queries.portfolio(by, int(portfolio_id))
    made = sheets(by, queries.run(by, one, int(run_id)))
    plans = queries.projects(by, one).values_list("plan", flat=True)
    record_left(by, one, plans, {"format": kind, "rows": len(made[0].rows)})
    content = write_csv(made[0]) if kind == "csv" else write_xlsx(made)
    response = HttpResponse(content, content_type=TYPES[kind])
    name = _("portfolio")
    response["Content-Disposition"] = f'attachment; filename="{name}-{one.pk}-{run_id}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response
