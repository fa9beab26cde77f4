"""The page of one alternative: what its score is made of, and what a person says of it."""

from typing import Any

import numpy as np
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.programs import errors
from sinergi.programs.actions.judging import Said, rate
from sinergi.programs.forms.priority import RateForm
from sinergi.programs.priority.places import finite, place
from sinergi.programs.priority.rules import takes_words
from sinergi.programs.priority.words import FLAGS
from sinergi.programs.queries import priority as queries
from sinergi.programs.views.priority import UNPROCESSABLE


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, ranking_id: int, alternative_id: int) -> HttpResponse:
    """Show the parts of a score with their origins; POST keeps what a person says by one criterion."""
    principal = principal_of(request)
    one = queries.ranking(principal, ranking_id)
    failed: tuple[int, RateForm] | None = None
    if request.method == "POST":
        rules.require(principal, rules.OBJECT_EDIT, one)
        number = small_number(request.POST.get("kriteria", "")) or 0
        form = RateForm(request.POST, prefix=f"k{number}", seen=True)
        if form.is_valid() and _keep(request, ranking_id, alternative_id, number, form):
            return redirect("programs:ranking-line", ranking_id, alternative_id)
        failed = number, form
    found = queries.comparison(principal, one)
    at = next((r for r, row in enumerate(found.rows) if row.number == alternative_id), None)
    if at is None or not found.rows[at].visible:
        raise errors.not_found(_("The line"))
    weights = queries.weights_of(one, found.criteria, request.GET.get("bobot", "")[:12])
    answer = queries.outcome(found, weights)
    context: dict[str, Any] = {
        "ranking": one,
        "row": found.rows[at],
        "alternative": alternative_id,
        "may_edit": rules.may(principal, rules.OBJECT_EDIT, one),
        "parts": parts(found, answer, at, failed),
    }
    if answer is not None:
        context["place"] = place(found, answer, at, np.full(len(found.rows), np.nan))
    return render(
        request, "programs/priority_line.html", context, status=UNPROCESSABLE if failed else 200
    )


def _keep(
    request: HttpRequest, ranking_id: int, alternative: int, criterion: int, form: RateForm
) -> bool:
    if not form.has_changed():
        return True
    values = form.cleaned_data
    try:
        rate(
            principal_of(request),
            ranking_id,
            alternative,
            criterion,
            value=values["value"],
            degree=values["degree"],
            note=values["note"],
            seen=form.seen(),
        )
    except (InvalidError, ConflictError) as error:
        form.refuse(error)
        return False
    messages.success(request, _("What you said was kept."))
    return True


def parts(
    found: queries.Compared, answer: Any, at: int, failed: tuple[int, RateForm] | None = None
) -> list[dict[str, Any]]:
    """Return the parts of a score: value, scale, weight, contribution, origin, and the form to say more."""
    rows = []
    for c, each in enumerate(found.criteria):
        told, known = found.told(at, c), bool(np.isfinite(found.values[at, c]))
        mine = found.said.get((at, c))
        form = RateForm(prefix=f"k{each.pk}", initial=Said.of(mine)._asdict(), seen=True)
        if failed and failed[0] == each.pk:
            failed[1].initial = form.initial
            form = failed[1]
            if form.non_field_errors():
                form.look_again()
        rows.append(
            {
                "criterion": each,
                "value": finite(found.values[at, c]),
                "utility": finite(answer.utilities[at, c]) if answer is not None else None,
                "weight": float(answer.table.weights[c]) if answer is not None else None,
                "contribution": finite(answer.contributions[at, c]) if answer is not None else None,
                "silent": answer is not None and bool(answer.silent[c]) and known,
                "told": told,
                "lacks": "" if told else found.lacks(at, c),
                "flag": FLAGS[told.flag] if told else "",
                "unsure": told is not None and told.flag in ("imputed", "default", "estimate"),
                "form": form,
                "worded": takes_words(each.unit, each.low, each.high) or bool(mine and mine.degree),
                "open": bool(failed and failed[0] == each.pk),
            }
        )
    return rows
