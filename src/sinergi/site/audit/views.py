"""Pages of the audit trail: search, one record, export, verification, own deeds."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.audit import checks, search, words
from sinergi.accounts.audit.history import Deed
from sinergi.accounts.audit.named import names_in
from sinergi.accounts.audit.proof import Fault
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.models import AuditCheck, Organisation
from sinergi.accounts.queries.workers import workers_alive
from sinergi.accounts.requests import principal_of
from sinergi.accounts.rules import refusal
from sinergi.evidence.views.downloads import attachment
from sinergi.site.audit import exports
from sinergi.site.audit.forms import FIELDS, CheckForm, SearchForm

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise BadRequest(_("This page of the trail does not exist."))
    return int(text)


def _form(request: HttpRequest) -> SearchForm:
    """Return the search that was sent; all organisations can be chosen by who may read the whole trail."""
    organisations = search.audited(principal_of(request))
    if organisations is None:
        organisations = list(Organisation.objects.order_by("name"))
    sent = request.POST if request.method == "POST" else request.GET
    form = SearchForm(sent, organisations=organisations)
    form.is_valid()
    return form


def _lines(deeds: list[Deed]) -> list[dict[str, Any]]:
    names = names_in(deeds)
    return [
        {
            "deed": one,
            "kind": words.kind_name(one.kind),
            "part": words.part_text(one.part, names),
            "channel": words.channel_name(one.channel),
            "organisation": names.organisations.get(one.organisation or 0, ""),
            "changes": words.changes(one.before, one.after, names),
        }
        for one in deeds
    ]


def _listed(request: HttpRequest, rows: search.Records) -> dict[str, Any]:
    found = search.page(rows, older=_number(request, "sebelum"), newer=_number(request, "sesudah"))
    query = request.GET.copy()
    for name in ("sebelum", "sesudah"):
        query.pop(name, None)
    kept = query.urlencode()
    return {"page": found, "lines": _lines(found.deeds), "query": f"{kept}&" if kept else ""}


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Search the trail."""
    return _trail(request, _form(request))


def _trail(request: HttpRequest, form: SearchForm) -> HttpResponse:
    """Show what was found by what is valid of a search, and what is not."""
    sent = request.POST if request.method == "POST" else request.GET
    rows = search.search(principal_of(request), form.wanted())
    context = {
        **_listed(request, rows),
        "form": form,
        "check_form": CheckForm(),
        "last_check": AuditCheck.objects.exclude(finished_at=None).first(),
        "searched": bool(form.changed_data),
        "sent": [(name, sent.get(name, "")) for name in FIELDS],
    }
    return render(request, "site/audit/trail.html", context, status=422 if form.errors else 200)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """List the deeds of the person who asks."""
    by = principal_of(request)
    if not by.signed_in:
        raise ForbiddenError(refusal(by, "", None), "")
    return render(request, "site/audit/own.html", _listed(request, search.own(by)))


@require_safe
def record(request: HttpRequest, sequence: int) -> HttpResponse:
    """Show a record with what changed, its hash and the one before."""
    deed = search.one(principal_of(request), sequence)
    return render(request, "site/audit/record.html", {"line": _lines([deed])[0]})


@require_POST
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send the records that were looked for as a file; that it was done is itself recorded.

    A search that makes no sense is told as a page: without its wrong part it would send more than was asked.
    """
    by, searched = principal_of(request), _form(request)
    if searched.errors:
        return _trail(request, searched)
    wanted = searched.wanted()
    last = checks.take_out(by, wanted, form)
    rows = search.search(by, wanted).filter(sequence__lte=last)
    name = f"sinergi-audit-{timezone.localtime():%Y%m%d-%H%M}.{form}"
    if form != "xlsx":
        parts: Any = exports.as_csv(rows) if form == "csv" else exports.as_json(rows)
        return attachment(StreamingHttpResponse(parts, content_type=CONTENT_TYPES[form]), name)
    try:
        return FileResponse(exports.as_xlsx(rows), as_attachment=True, filename=name)
    except exports.TooLongError as error:
        text = _("The table has more rows than a spreadsheet can hold; take the CSV file.")
        raise BadRequest(text) from error


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Have the chain verified."""
    form = CheckForm(request.POST)
    expected = form.cleaned_data["expected"] if form.is_valid() else request.POST["expected"][:200]
    try:
        check = checks.begin_check(principal_of(request), expected)
    except InvalidError as error:
        form.add_error("expected", error.fields["expected"])
        return render(request, "site/audit/check.html", {"form": form}, status=422)
    if check.expected != expected.strip().lower():
        messages.warning(
            request,
            _(
                "Another verification is under way. Verify again when it is done: it compares another hash."
            ),
        )
    return redirect("audit:check", check.pk)


@require_safe
def check(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a verification found, or that it is under way."""
    found = checks.check_of(principal_of(request), number)
    fault = Fault(found.fault, found.sequence or 0) if found.fault else None
    context = {
        "check": found,
        "fault": words.fault_text(fault) if fault else "",
        "worker_lacks": found.finished_at is None and not workers_alive(),
        "form": CheckForm(),
    }
    return render(request, "site/audit/check.html", context)
