"""Pages of bringing a plan in: the upload, the preview with all that was found, the load."""

import logging
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, InvalidError
from sinergi.accounts.lengths import declared_length, judges_length
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.vocabulary import Right
from sinergi.evidence import uploads
from sinergi.evidence.forms import no_space, too_large
from sinergi.evidence.uploads import Upload
from sinergi.evidence.views.downloads import table_response
from sinergi.programs.actions.imports import (
    ImportRefusedError,
    Wish,
    compared_with,
    keep_agency_totals,
    load_previewed,
    preview_plan,
)
from sinergi.programs.forms.imports import NewPlanOfFileForm, ReadingForm, UploadForm, plan_initial
from sinergi.programs.imports import waiting as kept
from sinergi.programs.imports.guessing import details_from
from sinergi.programs.imports.messages import told
from sinergi.programs.imports.preview import PlanPreview, suggest_for
from sinergi.programs.imports.waiting import Waiting
from sinergi.programs.models import Plan, PlanVersion
from sinergi.programs.queries import plans as queries
from sinergi.programs.queries.imports import loaded_before
from sinergi.programs.queries.lines import shown_version
from sinergi.programs.queries.nomenclature import known_without_nomenclature
from sinergi.programs.views.imports_shown import (
    first_lines,
    groups,
    shown_totals,
    shown_years,
    summary,
    years_outside,
)

TOO_LARGE, UNPROCESSABLE, NO_SPACE = 413, 422, 507
FORM_BYTES = 64 * 1024
log = logging.getLogger("sinergi.programs")


@judges_length
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: HttpRequest, plan_id: int | None = None) -> HttpResponse:
    """Take a file for a new plan, or for a further version of one.

    A file over the limit is refused by the length that its sender declares, before it is parsed.
    """
    if request.method == "POST" and (declared_length(request) or 0) > _most_bytes():
        return _offer(request, plan_id, None, TOO_LARGE, too_large())
    try:
        return _new_import(request, plan_id)
    except OSError as error:
        if not uploads.is_full(error):
            raise
        log.error("an upload was not kept: %s", error.strerror)
        return _offer(request, plan_id, None, NO_SPACE, no_space())


def _most_bytes() -> int:
    return int(settings.SINERGI_IMPORT_MAX_BYTES) + FORM_BYTES


def _plan(by: Principal, plan_id: int | None) -> Plan | None:
    if plan_id is None:
        return None
    plan = queries.plan(by, plan_id)
    rules.require(by, rules.OBJECT_EDIT, plan)
    return plan


@csrf_protect
def _new_import(request: HttpRequest, plan_id: int | None) -> HttpResponse:
    by = principal_of(request)
    plan = _plan(by, plan_id)
    if request.method != "POST":
        return _offer(request, plan_id, None)
    owners = organisations_of(by, Right.EDIT)
    form = UploadForm(request.POST, request.FILES, owners=owners, further=plan is not None)
    if not form.may_load:
        rules.require(by, rules.OBJECT_CREATE, None)
    if not form.is_valid():
        return _offer(request, plan_id, form, UNPROCESSABLE)
    owner = plan.organisation if plan else form.owner()
    rules.require(by, rules.OBJECT_CREATE if plan is None else rules.OBJECT_EDIT, plan or owner)
    upload = uploads.keep(form.cleaned_data["file"], by.person_id, owner.pk if owner else None)
    waiting = Waiting(plan=plan_id)
    if plan is None:
        wish = Wish(organisation=owner)
        seen = preview_plan(by, upload.path, wish, filename=upload.filename)
        waiting = replace(waiting, details=details_from(seen, owner))
    kept.remember(upload, waiting)
    address = reverse("programs:import-preview", args=[upload.token])
    if not request.accepts("text/html"):
        return JsonResponse({"address": address, "progress": address})
    return redirect(address)


def _offer(
    request: HttpRequest,
    plan_id: int | None,
    form: UploadForm | None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    by = principal_of(request)
    plan = _plan(by, plan_id)
    if form is None:
        form = UploadForm(owners=organisations_of(by, Right.EDIT), further=plan is not None)
    if not request.accepts("text/html"):
        errors = [str(one) for found in form.errors.values() for one in found]
        return JsonResponse({"errors": [refused] if refused else errors}, status=status)
    context = {
        "form": form,
        "plan": plan,
        "refused": refused,
        "limit": settings.SINERGI_IMPORT_MAX_BYTES,
        "too_large": too_large(),
        "signed_in": by.signed_in,
    }
    return render(request, "programs/import_new.html", context, status=status)


def _own(by: Principal, token: str) -> tuple[Upload, Waiting]:
    """Return a waiting file of the person who asks; for others it is not there."""
    upload = uploads.find(token)
    if upload is None or not by.signed_in or upload.person != by.person_id:
        raise Http404
    waiting = kept.find(upload)
    if waiting is None:
        raise Http404
    return upload, waiting


def _wish(upload: Upload, waiting: Waiting) -> Wish:
    owner = Organisation.objects.filter(pk=upload.organisation or 0).first()
    return Wish(
        plan=waiting.plan,
        organisation=owner,
        details=waiting.details,
        label=waiting.label,
        current=waiting.current,
        key=upload.token,
    )


def _seen(by: Principal, upload: Upload, waiting: Waiting) -> PlanPreview:
    return preview_plan(
        by, upload.path, _wish(upload, waiting), waiting.reading, filename=upload.filename
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show how a file is read and what was found; change that; load it."""
    by = principal_of(request)
    if (done := loaded_before(by, token)) is not None:
        return redirect("programs:version", done.plan_id, done.number)
    upload, waiting = _own(by, token)
    if request.method != "POST":
        return _show(request, upload, waiting, _seen(by, upload, waiting))
    if "again" in request.POST:
        kept.remember(upload, replace(waiting, reading=None))
        return redirect("programs:import-preview", token)
    return _changed(request, by, upload, waiting)


def _changed(request: HttpRequest, by: Principal, upload: Upload, waiting: Waiting) -> HttpResponse:
    """Take over what the form says; then preview again, or load."""
    seen = _seen(by, upload, waiting)
    form = ReadingForm(request.POST, seen, waiting)
    plan_form = NewPlanOfFileForm(request.POST) if waiting.plan is None else None
    valid = form.is_valid()
    if plan_form is not None and not plan_form.is_valid():
        valid = False
    if not valid:
        return _show(request, upload, waiting, seen, form, plan_form, status=UNPROCESSABLE)
    details = waiting.details if plan_form is None else plan_form.details()
    reading = form.reading()
    old = seen.reading
    if (reading.sheet, reading.header_row, reading.header_rows) != (
        old.sheet,
        old.header_row,
        old.header_rows,
    ):
        row = reading.header_row if reading.sheet == old.sheet else None
        reading = suggest_for(upload.path, reading.sheet, row, reading.header_rows)
    label, current = form.cleaned_data["label"], form.cleaned_data["current"]
    same = reading == old and details == waiting.details
    waiting = replace(waiting, details=details, reading=reading, label=label, current=current)
    kept.remember(upload, waiting)
    if "load" not in request.POST:
        return redirect("programs:import-preview", upload.token)
    if not same:
        seen = _seen(by, upload, waiting)
    return _load(request, by, upload, waiting, seen, plan_form)


def _load(
    request: HttpRequest,
    by: Principal,
    upload: Upload,
    waiting: Waiting,
    seen: PlanPreview,
    plan_form: NewPlanOfFileForm | None,
) -> HttpResponse:
    try:
        version = _loaded(by, upload, waiting, seen)
    except InvalidError as error:
        if plan_form is not None:
            plan_form.refuse(error)
        return _show(request, upload, waiting, seen, None, plan_form, status=UNPROCESSABLE)
    except (ImportRefusedError, AccountsError) as error:
        messages.error(request, _("Nothing was loaded. %(why)s") % {"why": error})
        return _show(request, upload, waiting, seen, None, plan_form, status=UNPROCESSABLE)
    uploads.forget(upload.token)
    number = len(seen.lines) if seen.lines else len(seen.agency_totals)
    text = ngettext("%(n)s line was loaded.", "%(n)s lines were loaded.", number)
    if not seen.lines:
        text = ngettext("%(n)s total was kept.", "%(n)s totals were kept.", number)
    shown = number_format(number, 0, use_l10n=True, force_grouping=True)
    messages.success(request, text % {"n": shown})
    return redirect("programs:import-report", version.plan_id, version.number)


def _loaded(by: Principal, upload: Upload, waiting: Waiting, seen: PlanPreview) -> PlanVersion:
    if not seen.is_totals:
        return load_previewed(by, seen, _wish(upload, waiting))
    version = _checked_version(by, waiting)
    if version is None:
        raise ImportRefusedError(seen)
    return keep_agency_totals(by, version.pk, seen)


def _checked_version(by: Principal, waiting: Waiting) -> PlanVersion | None:
    if waiting.plan is None:
        return None
    return shown_version(by, queries.plan(by, waiting.plan))


def _show(
    request: HttpRequest,
    upload: Upload,
    waiting: Waiting,
    seen: PlanPreview,
    form: ReadingForm | None = None,
    plan_form: NewPlanOfFileForm | None = None,
    status: int = 200,
) -> HttpResponse:
    by = principal_of(request)
    if waiting.plan is None and plan_form is None:
        plan_form = NewPlanOfFileForm(initial=plan_initial(waiting.details))
    version = _checked_version(by, waiting) if seen.is_totals else None
    agencies = compared_with(version, seen) if version else seen.agency_totals
    context: dict[str, Any] = {
        "upload": upload,
        "seen": seen,
        "plan": None if waiting.plan is None else queries.plan(by, waiting.plan),
        "form": form or ReadingForm(None, seen, waiting),
        "plan_form": plan_form,
        "groups": groups(seen),
        "lines": first_lines(seen),
        "summary": summary(seen),
        "agencies": shown_totals([one.to_json() for one in agencies]),
        "version": version,
        "years": shown_years(seen.plan.first_year, seen.plan.last_year),
        "years_outside": years_outside(seen),
        "codes_known": known_without_nomenclature() if seen.reading.of("code") else 0,
    }
    return render(request, "programs/import_preview.html", context, status=status)


@require_safe
def problems(request: HttpRequest, token: str, extension: str) -> HttpResponseBase:
    """Download the problems of a file as CSV or XLSX."""
    by = principal_of(request)
    upload, waiting = _own(by, token)
    seen = _seen(by, upload, waiting)
    headings = [_("Cell"), _("Severity"), _("Kind"), _("What was found"), _("What to do")]
    words = {"error": _("error"), "warning": _("warning")}
    rows = []
    for one in seen.problems.kept:
        said = told(one)
        rows.append([one.place, words[one.severity], said.title, said.message, said.remedy])
    sheet = _("problems")
    return table_response(f"{upload.filename}-{sheet}", extension, headings, rows, sheet)
