"""The page on which people judge pairs of lines, from which the matching learns."""

import csv
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ConflictError, ForbiddenError, UnseenError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.vocabulary import Right
from sinergi.programs import errors, similarity
from sinergi.programs.actions import labels as actions
from sinergi.programs.exports.leaving import record_left
from sinergi.programs.forms.labels import AnswerForm
from sinergi.programs.models import PairAnswer, PlanVersion
from sinergi.programs.queries import labels as queries
from sinergi.programs.views.label_words import calibration_told, pair_told

SHOWN_ANSWERS = 10
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def labels(request: HttpRequest) -> HttpResponse:
    """Show the pair whose answer tells most; POST keeps an answer and shows the next."""
    by = principal_of(request)
    organisation = _organisation(request, by)
    versions = queries.versions_for(by, _plans(request))
    if request.method != "POST":
        return _page(request, by, organisation, versions)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, by, organisation, versions, form.trouble(), UNPROCESSABLE)
    told = form.cleaned_data
    try:
        asked = queries.this_pair(by, organisation.pk, versions, told["a"], told["b"])
        made = actions.judge(by, organisation, asked, told["seen"], told["answer"])
    except ConflictError as error:
        return _page(request, by, organisation, versions, error.message, status_of(error))
    messages.success(request, _("Kept: %(answer)s.") % {"answer": made.get_answer_display()})
    return redirect(_address(request))


@require_POST
def take_back(request: HttpRequest, label_id: int) -> HttpResponse:
    """Take back an own answer."""
    by = principal_of(request)
    try:
        actions.take_back(by, label_id)
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The answer is taken back. The pair may be asked again."))
    return redirect(_address(request))


@require_safe
def answers_file(request: HttpRequest) -> HttpResponse:
    """Return the own answers as CSV, with the lines as they were judged while they may be read."""
    by = principal_of(request)
    organisation = _organisation(request, by)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pelabelan.csv"'
    writer = csv.writer(response)
    sides = [f"{side}_{name}" for side in "ab" for name in queries.JUDGED]
    writer.writerow(["created", "answer", "probability", *sides])
    rows = queries.readable_answers(by, queries.own_answers(by, organisation.pk))
    plans = {number for one, shown in rows if shown for number in one.plans}
    record_left(by, None, plans, {"format": "csv", "rows": len(rows)})
    for one, shown in rows:
        told = (one.a, one.b) if shown else ({}, {})
        cells = [_plain(line.get(name)) for line in told for name in queries.JUDGED]
        writer.writerow([one.created.isoformat(), one.answer, f"{one.probability:.4f}", *cells])
    return response


def _plain(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _page(
    request: HttpRequest,
    by: Principal,
    organisation: Organisation,
    versions: tuple[int, ...],
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    asked = queries.next_pair(by, organisation.pk, versions)
    model = similarity.calibration(organisation.pk)
    own = queries.own_answers(by, organisation.pk)
    context = {
        "organisation": organisation,
        "organisations": _mine(by),
        "asked": asked,
        "pair": pair_told(asked, _plans_of(versions)) if asked else None,
        "answers": list(PairAnswer.choices),
        "told": calibration_told(model),
        "least": similarity.LEAST_ANSWERS,
        "given": own.count(),
        "own": queries.readable_answers(by, own[:SHOWN_ANSWERS]),
        "plans": request.GET.getlist("rencana"),
        "query": _query(request),
        "trouble": trouble,
    }
    return render(request, "programs/labels.html", context, status=status)


def _mine(by: Principal) -> list[Organisation]:
    rows = Organisation.objects.filter(deleted_at=None).order_by("name")
    return list(rows if by.operator else rows.filter(pk__in=by.organisations(Right.EDIT)))


def _organisation(request: HttpRequest, by: Principal) -> Organisation:
    """Return the organisation for which somebody answers: of the address, else the first.

    Raises
    ------
    ForbiddenError
        When there is none in which somebody may edit.
    """
    mine = _mine(by)
    wanted = request.GET.get("organisasi", "")
    if wanted:
        found = [one for one in mine if str(one.pk) == wanted]
        if not found:
            raise errors.not_found(_("The organisation"))
        return found[0]
    if not mine:
        told = _("Only who may edit for an organisation can judge pairs of lines.")
        raise ForbiddenError(told, rules.OBJECT_CREATE)
    return mine[0]


def _plans(request: HttpRequest) -> list[int] | None:
    told = [value for value in request.GET.getlist("rencana") if value.isascii()]
    found = [int(value) for value in told if value.isdecimal() and len(value) < 10]
    return found or None


def _plans_of(versions: tuple[int, ...]) -> dict[int, Any]:
    rows = PlanVersion.objects.filter(pk__in=versions).select_related("plan")
    return {row.pk: row.plan for row in rows}


def _query(request: HttpRequest) -> str:
    kept = [(name, v) for name in ("organisasi", "rencana") for v in request.GET.getlist(name)]
    return urlencode(kept)


def _address(request: HttpRequest) -> str:
    query = _query(request)
    return reverse("programs:labels") + (f"?{query}" if query else "")
