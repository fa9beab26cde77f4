"""Pages of reports: of an organisation, of one agreement, and batches of them."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Organisation, Visibility
from sinergi.accounts.once import new_token, once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.workers import workers_alive
from sinergi.accounts.requests import SECOND_FACTOR, principal_of
from sinergi.accounts.texts import printable
from sinergi.agreements import errors
from sinergi.agreements.actions import reports as actions
from sinergi.agreements.models import BatchState, ReportBatch
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.register import owners
from sinergi.agreements.reports import batches
from sinergi.agreements.reports.figures import report
from sinergi.agreements.reports.periods import Period, read_period, recent
from sinergi.agreements.reports.writing import excel, word

UNDER_WAY = (BatchState.WAITING, BatchState.RUNNING)
SECONDS = "4"
FEW = 20
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show what reports can be made, and the batches of the reader."""
    by = principal_of(request)
    mine = _batches(by)
    batches.end_silent(mine)
    context = {
        "owners": owners(by),
        "periods": [(str(one), one.label) for one in recent(timezone.localdate())],
        "batches": mine.select_related("organisation")[:FEW],
        "may_batch": by.signed_in,
        "token": new_token(),
    }
    return render(request, "agreements/reports.html", context)


def _batches(by: Principal) -> Any:
    """Return the batches that somebody began: nobody else sees them."""
    rows = ReportBatch.objects.all()
    return rows.filter(person=by.person_id) if by.signed_in else rows.none()


def _period(request: HttpRequest) -> Period:
    sent = request.POST if request.method == "POST" else request.GET
    found = read_period(printable(sent.get("masa", ""))[:10])
    return found or Period(timezone.localdate().year)


def _organisation(by: Principal, code: str) -> Organisation:
    """Return an organisation of which the reader may see agreements."""
    known = dict(owners(by))
    found = Organisation.objects.filter(code=code).first() if code in known else None
    if found is None:
        raise errors.not_found(_("The organisation"))
    return found


@require_safe
def report_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the report on the agreements of an organisation that the reader may see."""
    by, period = principal_of(request), _period(request)
    organisation = _organisation(by, printable(request.GET.get("organisasi", ""))[:80])
    rows = reading.agreements(by).filter(organisation=organisation)
    numbers = list(rows.order_by("number", "title", "pk").values_list("pk", flat=True))
    return _sent(by, kind, organisation.name, numbers, period)


@require_safe
def agreement_file(request: HttpRequest, agreement_id: str, kind: str) -> HttpResponse:
    """Send the report on one agreement."""
    by, period = principal_of(request), _period(request)
    row = reading.agreement(by, int(agreement_id))
    if row.visibility != Visibility.PUBLIC:
        record_on(by, Verb.EXPORTED, row, after={"format": kind, "period": str(period)})
    return _sent(by, kind, row.title, [row.pk], period)


def _sent(
    by: Principal, kind: str, subject: str, numbers: list[int], period: Period
) -> HttpResponse:
    told = report(subject, numbers, period, timezone.localdate(), by)
    content = word(told) if kind == "docx" else excel(told)
    response = HttpResponse(content, content_type=TYPES[kind])
    what = _("cooperation report")
    name = slugify(f"{what} {subject} {period}")[:100].strip("-")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a batch: one report for each agreement of an organisation."""
    by, period = principal_of(request), _period(request)
    organisation = _organisation(by, printable(request.POST.get("organisasi", ""))[:80])
    second = bool(request.session.get(SECOND_FACTOR))
    sent = {"organisation": organisation.pk, "period": str(period)}
    key = seal(str(request.POST.get("once", ""))[:64], sent)

    def do() -> dict[str, Any]:
        made = actions.begin_batch(by, organisation, period, second_factor=second)
        return {"batch": made.pk}

    try:
        done = once(by, "begin_report_batch", key, sent, do)
    except InvalidError as error:
        messages.error(request, error.message)
        return redirect("agreements:reports")
    return redirect("agreements:report-batch", done.result["batch"])


def _batch(request: HttpRequest, batch_id: int) -> ReportBatch:
    rows = _batches(principal_of(request)).filter(pk=batch_id)
    batches.end_silent(rows)
    found: ReportBatch | None = rows.select_related("organisation").first()
    if found is None:
        raise errors.not_found(_("The batch"))
    return found


@require_safe
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show how far a batch is; the page looks again by itself."""
    row = _batch(request, batch_id)
    waiting = row.state in UNDER_WAY
    period = read_period(str(row.wanted.get("period", "")))
    context = {
        "batch": row,
        "under_way": waiting,
        "worker": not waiting or workers_alive() > 0,
        "period": period,
        "there": row.state == BatchState.DONE and batches.archive(row).exists(),
        "token": new_token(),
    }
    response = render(request, "agreements/report_batch.html", context)
    if waiting:
        response["Refresh"] = SECONDS
        response["Cache-Control"] = "no-store"
    return response


@require_safe
def batch_file(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Send the archive of a batch to who began it."""
    row = _batch(request, batch_id)
    path = batches.archive(row)
    if row.state != BatchState.DONE or not path.exists():
        raise errors.not_found(_("The archive"))
    what = _("cooperation reports")
    name = slugify(f"{what} {row.organisation.name} {row.wanted.get('period', '')}")[:100]
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.zip")
    response["Cache-Control"] = "no-store"
    return response
