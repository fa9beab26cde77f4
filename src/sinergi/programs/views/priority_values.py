"""The page on which people say values of one criterion for many lines at once."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.programs.actions.judging import Said, rate
from sinergi.programs.forms.priority import RateForm
from sinergi.programs.models import Criterion
from sinergi.programs.priority.places import finite
from sinergi.programs.priority.rules import takes_words
from sinergi.programs.priority.words import FLAGS
from sinergi.programs.queries import priority as queries
from sinergi.programs.views.priority import UNPROCESSABLE

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def values(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Show the lines with what is known of them by one criterion; POST keeps all or nothing."""
    principal = principal_of(request)
    one = queries.ranking(principal, ranking_id)
    rules.require(principal, rules.OBJECT_EDIT, one)
    found = queries.comparison(principal, one)
    chosen = _chosen(found, request.GET.get("kriteria", ""))
    lines = [number for number, row in enumerate(found.rows) if row.visible]
    only = request.GET.get("tampil") == "kosong"
    context: dict[str, Any] = {
        "ranking": one,
        "criteria": found.criteria,
        "tab": "values",
        "may_edit": True,
        "only": only,
    }
    if chosen is None:
        return render(request, "programs/priority_values.html", context)
    column = found.criteria.index(chosen)
    if request.method == "POST":  # the lines that were shown, whatever was said of others meanwhile
        lines = [n for n in lines if f"b{found.rows[n].number}-value" in request.POST]
    elif only:
        lines = [n for n in lines if finite(found.values[n, column]) is None]
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("halaman"))
    rows = [_row(found, number, column, request) for number in page.object_list]
    asked: dict[str, str | int] = {"kriteria": chosen.pk, **({"tampil": "kosong"} if only else {})}
    if request.method == "POST" and _kept(request, ranking_id, chosen, rows):
        here = small_number(request.GET.get("halaman", "")) or 1
        place: dict[str, str | int] = {} if only or here == 1 else {"halaman": here}
        return redirect(f"{request.path}?{urlencode({**asked, **place})}")
    context |= {
        "chosen": chosen,
        "page": page,
        "rows": rows,
        "worded": takes_words(chosen.unit, chosen.low, chosen.high)
        or any(one["form"]["degree"].value() for one in rows),
        "query": urlencode(asked),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "programs/priority_values.html", context, status=status)


def _chosen(found: queries.Compared, text: str) -> Criterion | None:
    """Return the criterion that is asked for; otherwise the first on which a value is missing."""
    asked = next((each for each in found.criteria if str(each.pk) == text), None)
    if asked is not None:
        return asked
    missing = (
        each
        for column, each in enumerate(found.criteria)
        if any(finite(value) is None for value in found.values[:, column])
    )
    return next(missing, found.criteria[0] if found.criteria else None)


def _row(found: queries.Compared, number: int, column: int, request: HttpRequest) -> dict[str, Any]:
    row, mine = found.rows[number], found.said.get((number, column))
    told = found.told(number, column)
    data = request.POST if request.method == "POST" else None
    return {
        "row": row,
        "value": finite(found.values[number, column]),
        "told": told,
        "flag": FLAGS[told.flag] if told else "",
        "lacks": "" if told else found.lacks(number, column),
        "form": RateForm(data, prefix=f"b{row.number}", initial=Said.of(mine)._asdict(), seen=True),
    }


def _kept(
    request: HttpRequest, ranking_id: int, chosen: Criterion, rows: list[dict[str, Any]]
) -> bool:
    """Keep what was changed; on any refusal nothing is kept, and each fault stands at its line."""
    changed = [one for one in rows if one["form"].has_changed()]
    if sum(not one["form"].is_valid() for one in changed):
        messages.error(request, _("Nothing was kept: look at the lines that are marked."))
        return False
    try:
        with transaction.atomic():
            for one in changed:
                _keep(request, ranking_id, chosen, one)
    except (InvalidError, ConflictError):
        messages.error(request, _("Nothing was kept: look at the lines that are marked."))
        return False
    told = ngettext("%(count)s line was changed.", "%(count)s lines were changed.", len(changed))
    messages.success(request, told % {"count": len(changed)})
    return True


def _keep(request: HttpRequest, ranking_id: int, chosen: Criterion, one: dict[str, Any]) -> None:
    form = one["form"]
    said = form.cleaned_data
    try:
        rate(
            principal_of(request),
            ranking_id,
            one["row"].number,
            chosen.pk,
            value=said["value"],
            degree=said["degree"],
            note=said["note"],
            seen=form.seen(),
        )
    except (InvalidError, ConflictError) as error:
        form.refuse(error)
        if isinstance(error, ConflictError):
            form.look_again()
        raise
