"""Pages of the criteria of a ranking."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.programs.actions import priority as actions
from sinergi.programs.forms.priority import CriterionForm
from sinergi.programs.models import Criterion, Ranking
from sinergi.programs.priority import words
from sinergi.programs.queries import priority as queries
from sinergi.programs.views.priority import UNPROCESSABLE, refused
from sinergi.programs.views.priority_history import history_of


@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest, ranking_id: int) -> HttpResponse:
    """Show the criteria with the form for another one; POST adds it."""
    one = queries.ranking(principal_of(request), ranking_id)
    return _page(request, one, None)


@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: HttpRequest, ranking_id: int, criterion_id: int) -> HttpResponse:
    """Show and save one criterion."""
    one = queries.ranking(principal_of(request), ranking_id)
    return _page(request, one, queries.criterion(one, criterion_id))


def _page(request: HttpRequest, one: Ranking, chosen: Criterion | None) -> HttpResponse:
    principal = principal_of(request)
    may_edit = rules.may(principal, rules.OBJECT_EDIT, one)
    if chosen is not None or request.method == "POST":
        rules.require(principal, rules.OBJECT_EDIT, one)
    initial = {"revision": one.revision}
    if chosen is not None:
        initial |= asdict(actions.criterion_details_of(chosen))
        initial["rises"] = int(chosen.rises)
    form, status = CriterionForm(request.POST or None, initial=initial), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                kept = actions.set_criterion(
                    principal,
                    one.pk,
                    form.details(),
                    criterion_id=chosen.pk if chosen else None,
                    revision=form.cleaned_data["revision"] or 0,
                )
            except (InvalidError, ConflictError) as error:
                form.refuse(error)
                status = status_of(error)
            else:
                told = _("The criterion “%(name)s” was saved.") % {"name": kept.title}
                messages.success(request, told)
                return redirect("programs:ranking-criteria", one.pk)
    shown = queries.criteria_shown(one)
    context: dict[str, Any] = {
        "ranking": one,
        "criteria": list(zip(shown, words.indicator_names(shown), strict=True)),
        "chosen": chosen,
        "form": form,
        "may_edit": may_edit,
        "tab": "criteria",
    }
    if chosen is not None:
        context["lines"] = history_of(principal, one, f"criterion:{chosen.pk}")
    return render(request, "programs/priority_criteria.html", context, status=status)


@require_POST
def remove(request: HttpRequest, ranking_id: int, criterion_id: int) -> HttpResponse:
    """Take a criterion out."""
    seen = small_number(request.POST.get("revision", "")) or 0
    try:
        actions.remove_criterion(principal_of(request), ranking_id, criterion_id, revision=seen)
    except ConflictError as error:
        return refused(request, error, "programs:ranking-criteria", ranking_id)
    messages.success(request, _("The criterion was taken out. Its history stays."))
    return redirect("programs:ranking-criteria", ranking_id)
