"""The page on which a person weighs the criteria, and the check of comparisons while they are made."""

from typing import Any

import numpy as np
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.analysis.priority import circles
from sinergi.analysis.priority.ahp import ACCEPTABLE
from sinergi.programs.actions.judging import matrix, paired, weigh
from sinergi.programs.forms.priority import PairsForm, PointsForm, fraction
from sinergi.programs.models import Ranking, WeighingMethod, Weighting
from sinergi.programs.naming import names_told
from sinergi.programs.priority import words
from sinergi.programs.queries import priority as queries
from sinergi.programs.views.priority import UNPROCESSABLE
from sinergi.programs.views.priority_result import people

Named = list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Show how the person weighs and what the group says; POST keeps it."""
    principal = principal_of(request)
    one = queries.ranking(principal, ranking_id)
    rules.require(principal, rules.OBJECT_EDIT, one)
    criteria = queries.criteria_shown(one)
    named = [(each.code, each.title) for each in criteria]
    mine = Weighting.objects.filter(ranking=one, person=principal.person_id).first()
    method = _method(request, mine)
    form, status = _form(method, named, request, mine), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form is None or form.is_valid():
            try:
                kept = weigh(
                    principal,
                    ranking_id,
                    method,
                    form.said() if form is not None else {},
                    revision=small_number(request.POST.get("revision", "")) or 0,
                )
            except (InvalidError, ConflictError) as error:
                status = status_of(error)
                if form is not None:
                    form.refuse(error)
                else:
                    messages.error(request, error.message)
            else:
                messages.success(request, _("Your weights were kept."))
                _warn(request, kept)
                address = reverse("programs:ranking-weights", args=[ranking_id])
                return redirect(f"{address}?cara={method}")
    context = {
        "ranking": one,
        "tab": "weights",
        "may_edit": True,
        "method": method,
        "ways": WeighingMethod.choices,
        "form": form,
        "mine": mine,
        "criteria": criteria,
        "own": [(title, (mine.weights.get(code) if mine else None)) for code, title in named],
        "revision": mine.revision if mine else 0,
        **_group(one),
        "people": people(one, named=names_told(principal, one)),
    }
    if isinstance(form, PairsForm):
        context |= _checked(form, named)
    return render(request, "programs/priority_weights.html", context, status=status)


def _warn(request: HttpRequest, kept: Weighting) -> None:
    """Say that comparisons which were kept contradict each other; the page names which."""
    if kept.ratio is not None and kept.ratio > ACCEPTABLE:
        told = _(
            "They contradict each other (consistency ratio %(ratio)s, above 0.10). They count all the "
            "same; below stands which comparisons fit the others worst."
        )
        messages.warning(
            request, told % {"ratio": number_format(round(kept.ratio, 2), decimal_pos=2)}
        )


def _method(request: HttpRequest, mine: Weighting | None) -> str:
    asked = request.POST.get("cara") or request.GET.get("cara", "")
    if asked in WeighingMethod.values:
        return asked
    return mine.method if mine else WeighingMethod.AHP.value


def _form(
    method: str, named: Named, request: HttpRequest, mine: Weighting | None
) -> PairsForm | PointsForm | None:
    data = request.POST if request.method == "POST" else None
    said = mine.said if mine and mine.method == method else {}
    if method == WeighingMethod.AHP:
        steps = {name: words.step_text(value) for name, value in said.items()}
        return PairsForm(data, criteria=named, initial=steps)
    if method == WeighingMethod.EQUAL:
        return None
    return PointsForm(data, prefix="b", criteria=named, initial=said)


def _group(one: Ranking) -> dict[str, Any]:
    criteria = queries.criteria_shown(one)
    found = queries.weights_of(one, criteria)
    if found.group is None:
        return {"group": None}
    rows: list[dict[str, Any]] = [
        {
            "title": each.title,
            "mean": float(found.group.weights[c]),
            "low": float(found.group.low[c]),
            "high": float(found.group.high[c]),
        }
        for c, each in enumerate(criteria)
    ]
    chart = {"rows": [{"label": r["title"], "value": round(r["mean"] * 100, 1)} for r in rows]}
    return {
        "group": rows,
        "group_chart": chart,
    }


def _checked(form: PairsForm, named: Named) -> dict[str, Any]:
    """Return what the comparisons on the form say: consistency, contradictions, weights."""
    values: dict[str, float] = {}
    for name, _first, _second in form.pairs:
        text = str(form[name].value() or "")
        if text in words.STEPS:
            values[name] = fraction(text)
    if not values:
        return {"judged": 0, "pairs": len(form.pairs)}
    titles = [title for _code, title in named]
    try:
        found = paired(values, [code for code, _title in named])
    except InvalidError as error:
        return {
            "judged": len(values),
            "pairs": len(form.pairs),
            "open": error.fields.get("", error.message),
            "circles": words.contradictions(
                circles(matrix(values, [code for code, _title in named])), titles
            ),
        }
    return {
        "judged": found.judged,
        "pairs": found.pairs,
        "ratio": None if np.isnan(found.ratio) else found.ratio,
        "good": not np.isnan(found.ratio) and found.ratio <= ACCEPTABLE,
        "circles": words.contradictions(found.circles, titles),
        "misfits": words.misfits(found, titles) if found.ratio > ACCEPTABLE else [],
        "shares": list(zip(titles, found.weights.tolist(), strict=True)),
    }


@require_POST
def check(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Say what comparisons that are not kept yet amount to; changes nothing."""
    principal = principal_of(request)
    one = queries.ranking(principal, ranking_id)
    rules.require(principal, rules.OBJECT_EDIT, one)
    named = [(each.code, each.title) for each in queries.criteria_shown(one)]
    form = PairsForm(request.POST, criteria=named)
    return render(request, "programs/parts/priority_check.html", _checked(form, named))
