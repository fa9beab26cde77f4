"""Pages on which lines of plans become projects, and one project is changed."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import printable, small_number
from sinergi.opportunities.lists.merging import Met, in_words, remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save
from sinergi.programs.actions import portfolio_projects as actions
from sinergi.programs.amounts import number_written, written
from sinergi.programs.forms.portfolio import ProjectForm, project_values
from sinergi.programs.models import Decision, PlanLine, Portfolio, PortfolioProject
from sinergi.programs.portfolio.rules import MOST_PROJECTS
from sinergi.programs.queries import portfolio as queries
from sinergi.programs.queries import priority
from sinergi.programs.queries.plans import plans
from sinergi.programs.queries.portfolio_scores import Rescoring, rescoring, scores_of
from sinergi.programs.queries.words import channel_name
from sinergi.programs.views.portfolio import A_PAGE, frame

MOST_PLANS = 500
MOST_SHOWN = 200
"""Scores that would be replaced, on the page that asks; of more only the number is told."""


@require_http_methods(["GET", "HEAD", "POST"])
def projects(request: HttpRequest, portfolio_id: int) -> HttpResponse:
    """Show the projects and the lines that could become some; POST takes them in or out."""
    by = principal_of(request)
    one = queries.portfolio(by, portfolio_id)
    asked = request.GET
    plan = small_number(asked.get("rencana", "")) or 0
    words = printable(asked.get("kata", ""))[:200]
    code = printable(asked.get("kode", ""))[:20].strip()
    lines = priority.candidates(by, plan, words, code)
    if request.method == "POST":
        rules.require(by, rules.OBJECT_EDIT, one)
        asking = _done(request, by, one, plan, lines)
        if asking is not None:
            return asking
        address = reverse("programs:portfolio-projects", args=[portfolio_id])
        return redirect(f"{address}?{asked.urlencode()}")
    kept = QueryDict(mutable=True)
    kept.update({"rencana": str(plan or ""), "kata": words, "kode": code})
    rows = queries.projects(by, one)
    there = set(rows.filter(plan=plan).values_list("identity", flat=True))
    context = {
        **frame(by, one, "projects"),
        "page": Paginator(rows, A_PAGE).get_page(asked.get("halaman")),
        "plans": plans(by).order_by("title")[:MOST_PLANS],
        "rankings": priority.rankings(by)[:MOST_PLANS],
        "newest": queries.newest_ranking(by, plan, lines) if plan else None,
        "plan": plan,
        "kata": words,
        "kode": code,
        "found": Paginator(lines, A_PAGE).get_page(asked.get("baris")) if plan else None,
        "there": there,
        "query": kept.urlencode(),
        "most": MOST_PROJECTS,
    }
    return render(request, "programs/portfolio_projects.html", context)


def _done(
    request: HttpRequest, by: Principal, one: Portfolio, plan: int, lines: QuerySet[PlanLine]
) -> HttpResponse | None:
    """Do what was asked; return the page that asks first, where scores would be replaced."""
    sent = request.POST
    if "keluar" in sent or "tersembunyi" in sent:
        _take_out(request, by, one.pk)
        return None
    try:
        if "semua" in sent:
            identities = set(lines.values_list("identity", flat=True)[: MOST_PROJECTS + 1])
        else:
            identities = {UUID(text) for text in sent.getlist("baris")}
    except ValueError:
        messages.error(request, _("Choose lines of the list."))
        return None
    ranking = small_number(sent.get("peringkat", ""))
    seen = None
    if ranking is not None:
        found = _found(by, one, plan, identities, ranking)
        seen = printable(sent.get("dilihat", "")) or found.digest
        if found.replaced and "dilihat" not in sent:
            return _ask(request, by, one, found)
    try:
        taken = actions.take_lines(
            by,
            one.pk,
            plan,
            identities,
            ranking=ranking,
            replace_by_hand=sent.get("tangan") == "ganti",
            seen=seen,
        )
    except InvalidError as error:
        messages.error(request, error.message)
    except ConflictError as error:
        found = _found(by, one, plan, identities, ranking or 0)
        return _ask(request, by, one, found, error)
    else:
        messages.success(request, _what_came(taken))
    return None


def _found(
    by: Principal, one: Portfolio, plan: int, identities: set[UUID], ranking: int
) -> Rescoring:
    return rescoring(by, one, plan, identities, scores_of(by, ranking, plan))


def _ask(
    request: HttpRequest,
    by: Principal,
    one: Portfolio,
    found: Rescoring,
    error: ConflictError | None = None,
) -> HttpResponse:
    """Show the scores that would be replaced, those written by hand first; sending it does it."""
    rows = found.replaced
    context = {
        **frame(by, one, "projects"),
        "found": found,
        "rows": rows[:MOST_SHOWN],
        "more": max(len(rows) - MOST_SHOWN, 0),
        "replaced": len(rows),
        "first": len(found.changes) - len(rows),
        "ranking": small_number(request.POST.get("peringkat", "")),
        "every": "semua" in request.POST,
        "lines": [] if "semua" in request.POST else request.POST.getlist("baris"),
        "replace": request.POST.get("tangan") == "ganti",
        "query": request.GET.urlencode(),
        "message": error.message if error else "",
    }
    status = status_of(error) if error else 200
    return render(request, "programs/portfolio_scores.html", context, status=status)


def _what_came(taken: actions.Taken) -> str:
    new, scored, kept = taken
    told = ngettext("%(count)s project was taken in.", "%(count)s projects were taken in.", new)
    found = [told % {"count": new}] if new or not (scored or kept) else []
    if scored:
        told = ngettext(
            "%(count)s project that was in already got a score from the ranking.",
            "%(count)s projects that were in already got a score from the ranking.",
            scored,
        )
        found.append(told % {"count": scored})
    if kept:
        told = ngettext(
            "%(count)s score written by hand was kept.",
            "%(count)s scores written by hand were kept.",
            kept,
        )
        found.append(told % {"count": kept})
    return " ".join(found)


def _take_out(request: HttpRequest, by: Principal, number: int) -> None:
    hidden = small_number(request.POST.get("tersembunyi", ""))
    try:
        if hidden is None:
            gone = [small_number(text) or 0 for text in request.POST.getlist("keluar")]
            if not any(gone):
                messages.error(request, _("Tick the projects to take out first."))
                return
            count = actions.remove_projects(by, number, gone)
        else:
            count = actions.remove_hidden_projects(by, number, hidden)
    except InvalidError as error:
        messages.error(request, error.message)
        return
    told = ngettext("%(count)s project was taken out.", "%(count)s projects were taken out.", count)
    messages.success(request, told % {"count": count})


@require_http_methods(["GET", "HEAD", "POST"])
def project(request: HttpRequest, portfolio_id: int, number: int) -> HttpResponse:
    """Show and change one project."""
    by = principal_of(request)
    one = queries.portfolio(by, portfolio_id)
    row = queries.project(by, one, number)
    form, tried = ProjectForm(request.POST or None, project=row), UNTRIED
    remember(form)

    def save(revision: int) -> object:
        return actions.change_project(by, portfolio_id, number, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        present = queries.project(by, one, number)
        return {**project_values(present), **form.met_parts(present)}, present.revision

    if request.method == "POST":
        rules.require(by, rules.OBJECT_EDIT, one)
        tried = try_to_save(form, save, now, _shown)
        if tried.saved:
            messages.success(request, _("The project was saved."))
            return redirect("programs:portfolio-projects", portfolio_id)
    context = {
        **frame(by, one, "projects"),
        "project": row,
        "form": form,
        "parts": [form[name] for name in form.parts],
        "total": written(row.total),
        "line": _line(by, row),
        "met": [*tried.met, *_taken(form)],
    }
    return render(request, "programs/portfolio_project.html", context, status=tried.status)


def _taken(form: ProjectForm) -> list[Met]:
    return [
        Met(str(form.fields[name].label), _shown(name, now), _shown(name, seen), both=False)
        for name, (now, seen) in form.taken.items()
    ]


def _shown(name: str, value: Any) -> str:
    """Return a value of the form in words."""
    if isinstance(value, list):
        return "; ".join(channel_name("" if code == "-" else code) for code in value)
    if name == "decision" and value in Decision.values:
        return str(Decision(value).label)
    return number_written(value) if isinstance(value, Decimal) else in_words(name, value)


def _line(by: Principal, row: PortfolioProject) -> PlanLine | None:
    """Return the line of the current version that the project was taken from."""
    return priority.candidates(by, row.plan_id).filter(identity=row.identity).first()
