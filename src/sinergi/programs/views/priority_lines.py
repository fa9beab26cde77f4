"""The page on which lines are put into a ranking and taken out."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import printable, small_number
from sinergi.programs.actions import priority as actions
from sinergi.programs.models import Alternative
from sinergi.programs.priority import words as priority_words
from sinergi.programs.priority.rules import MOST_LINES
from sinergi.programs.queries import priority as queries
from sinergi.programs.queries.plans import plans

A_PAGE = 50
MOST_PLANS = 500


@require_http_methods(["GET", "HEAD", "POST"])
def lines(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Show the lines of a plan that could be ranked; POST puts them in or takes them out."""
    principal = principal_of(request)
    one = queries.ranking(principal, ranking_id)
    rules.require(principal, rules.OBJECT_EDIT, one)
    asked = request.GET
    plan = small_number(asked.get("rencana", ""))
    words = printable(asked.get("kata", ""))[:200]
    code = printable(asked.get("kode", ""))[:20].strip()
    rows = queries.candidates(principal, plan or 0, words, code)
    if request.method == "POST":
        _do(request, principal, ranking_id, plan or 0, [str(r) for r in _all(request, rows)])
        address = reverse("programs:ranking-lines", args=[ranking_id])
        return redirect(f"{address}?{asked.urlencode()}")
    page = Paginator(rows, A_PAGE).get_page(asked.get("halaman"))
    kept = QueryDict(mutable=True)
    kept.update({"rencana": str(plan or ""), "kata": words, "kode": code})
    asked_for = plans(principal).filter(pk=plan or 0).first()
    unread = asked_for is not None and asked_for.pk not in queries.plans_compared(one)
    context = {
        "ranking": one,
        "unread": priority_words.unread(one, asked_for) if asked_for and unread else "",
        "plans": plans(principal).order_by("title")[:MOST_PLANS],
        "plan": plan,
        "kata": words,
        "kode": code,
        "page": page,
        "there": queries.chosen(one, plan) if plan else set(),
        "numbers": _numbers(one.pk, plan),
        "query": kept.urlencode(),
        "tab": "lines",
        "may_edit": True,
        "most": MOST_LINES,
    }
    return render(request, "programs/priority_lines.html", context)


def _numbers(ranking: int, plan: int | None) -> dict[UUID, int]:
    rows = Alternative.objects.filter(ranking=ranking, plan=plan or 0)
    return dict(rows.values_list("identity", "pk"))


def _all(request: HttpRequest, rows: object) -> list[object]:
    """Return every identity that fits where all are asked for, otherwise those that were ticked."""
    if "semua" in request.POST:
        found = rows.values_list("identity", flat=True)  # type: ignore[attr-defined]
        return list(found[: MOST_LINES + 1])
    return list(request.POST.getlist("baris"))


def _do(
    request: HttpRequest, principal: Principal, ranking_id: int, plan: int, sent: list[str]
) -> None:
    if "keluar" in request.POST:
        numbers = [small_number(text) or 0 for text in request.POST.getlist("keluar")]
        count = actions.remove_lines(principal, ranking_id, numbers)
        told = ngettext("%(count)s line was taken out.", "%(count)s lines were taken out.", count)
        messages.success(request, told % {"count": count})
        return
    try:
        identities = {UUID(text) for text in sent}
        count = actions.add_lines(principal, ranking_id, plan, identities)
    except InvalidError as error:
        messages.error(request, error.message)
    except ValueError:
        messages.error(request, _("Choose lines of the list."))
    else:
        told = ngettext("%(count)s line was put in.", "%(count)s lines were put in.", count)
        messages.success(request, told % {"count": count})
