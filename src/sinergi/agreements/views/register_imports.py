"""Pages of bringing a register in: the upload, the preview with every doubtful cell, the load."""

import logging
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError
from sinergi.accounts.lengths import declared_length, judges_length
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.vocabulary import Right
from sinergi.agreements.actions.register_imports import (
    RegisterWish,
    load_register,
    preview_wish,
)
from sinergi.agreements.forms.register_imports import (
    CorrectionsForm,
    RegisterReadingForm,
    RegisterUploadForm,
)
from sinergi.agreements.queries.register_imports import loaded_by_wish
from sinergi.agreements.register_imports import tables
from sinergi.agreements.register_imports import waiting as kept
from sinergi.agreements.register_imports.messages import differing, told
from sinergi.agreements.register_imports.preview import RegisterPreview, suggest_for
from sinergi.agreements.register_imports.waiting import Waiting
from sinergi.agreements.views.frame import UNPROCESSABLE
from sinergi.agreements.views.register_doubts import DOUBTS_SHOWN, doubt_page, shown_left_out
from sinergi.evidence import uploads
from sinergi.evidence.forms import no_space, too_large
from sinergi.evidence.imports.problems import Problems
from sinergi.evidence.uploads import Upload
from sinergi.evidence.views.downloads import table_response
from sinergi.programs.imports.sheet import opened, read_sheet

TOO_LARGE, NO_SPACE = 413, 507
FORM_BYTES = 64 * 1024
DRAFTS_SHOWN = 12
RULES = ("own_party", "join_pairs", "month_as_day", "day_before")
CORRECTIONS_MOST = 20_000
log = logging.getLogger("sinergi.agreements")


@judges_length
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def new_register(request: HttpRequest) -> HttpResponse:
    """Take a file; one over the limit is refused by the length that its sender declares."""
    if request.method == "POST" and (declared_length(request) or 0) > _most_bytes():
        return _offer(request, None, TOO_LARGE, too_large())
    try:
        return _new_register(request)
    except OSError as error:
        if not uploads.is_full(error):
            raise
        log.error("an upload was not kept: %s", error.strerror)
        return _offer(request, None, NO_SPACE, no_space())


def _most_bytes() -> int:
    return int(settings.SINERGI_IMPORT_MAX_BYTES) + FORM_BYTES


@csrf_protect
def _new_register(request: HttpRequest) -> HttpResponse:
    by = principal_of(request)
    if request.method != "POST":
        return _offer(request, None)
    owners = organisations_of(by, Right.EDIT)
    form = RegisterUploadForm(request.POST, request.FILES, owners=owners)
    if not owners:
        rules.require(by, rules.OBJECT_CREATE, None)
    if not form.is_valid():
        return _offer(request, form, UNPROCESSABLE)
    upload = uploads.keep(form.cleaned_data["file"], by.person_id, form.owner().pk)
    title = upload.filename.rsplit(".", 1)[0][:200] or upload.filename
    kept.remember(upload, Waiting(title=title))
    address = reverse("agreements:register-import-preview", args=[upload.token])
    if not request.accepts("text/html"):
        return JsonResponse({"address": address, "progress": address})
    return redirect(address)


def _offer(
    request: HttpRequest, form: RegisterUploadForm | None, status: int = 200, refused: str = ""
) -> HttpResponse:
    by = principal_of(request)
    if form is None:
        form = RegisterUploadForm(owners=organisations_of(by, Right.EDIT))
    if not request.accepts("text/html"):
        errors = [str(one) for found in form.errors.values() for one in found]
        return JsonResponse({"errors": [refused] if refused else errors}, status=status)
    context = {
        "form": form,
        "refused": refused,
        "limit": settings.SINERGI_IMPORT_MAX_BYTES,
        "too_large": too_large(),
        "signed_in": by.signed_in,
    }
    return render(request, "agreements/register_import_new.html", context, status=status)


def _own(by: Principal, token: str) -> tuple[Upload, Waiting, RegisterWish]:
    """Return a waiting file of the person who asks, and what it shall become; for others it is not there."""
    upload = uploads.find(token)
    if upload is None or not by.signed_in or upload.person != by.person_id:
        raise Http404
    waiting = kept.find(upload)
    owner = Organisation.objects.filter(pk=upload.organisation or 0, deleted_at=None).first()
    if waiting is None or owner is None:
        raise Http404
    return upload, waiting, RegisterWish(owner, waiting.title, waiting.corrections, token)


def _seen(by: Principal, token: str) -> tuple[Upload, Waiting, RegisterWish, RegisterPreview]:
    upload, waiting, wish = _own(by, token)
    seen = preview_wish(by, upload.path, wish, waiting.reading, filename=upload.filename)
    return upload, waiting, wish, seen


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show how a file is read and what is doubtful; change that; load it."""
    by = principal_of(request)
    if (done := loaded_by_wish(by, token)) is not None:
        return redirect(done)
    if request.method != "POST":
        upload, waiting, _wish, seen = _seen(by, token)
        return _show(request, upload, waiting, seen)
    if "again" in request.POST:
        upload, waiting, _wish = _own(by, token)
        kept.remember(upload, replace(waiting, reading=None))
        return redirect("agreements:register-import-preview", token)
    return _changed(request, by, token)


def _changed(request: HttpRequest, by: Principal, token: str) -> HttpResponse:
    """Take over what the form says; then preview again, or load."""
    upload, waiting, _wish, seen = _seen(by, token)
    form = RegisterReadingForm(request.POST, seen, waiting)
    if not form.is_valid():
        return _show(request, upload, waiting, seen, form, status=UNPROCESSABLE)
    old, reading = seen.reading, form.reading()
    headed = (reading.sheet, reading.header_row, reading.header_rows)
    if headed != (old.sheet, old.header_row, old.header_rows):
        row = reading.header_row if reading.sheet == old.sheet else None
        reading = suggest_for(upload.path, reading.sheet, row, reading.header_rows)
    kept.remember(upload, replace(waiting, reading=reading, title=form.cleaned_data["title"]))
    if "load" not in request.POST:
        return redirect("agreements:register-import-preview", token)
    upload, waiting, wish, seen = _seen(by, token)
    try:
        register = load_register(by, seen, wish)
    except AccountsError as error:
        messages.error(request, _("Nothing was loaded. %(why)s") % {"why": error})
        return _show(request, upload, waiting, seen, status=UNPROCESSABLE)
    uploads.forget(token)
    number = register.report["new"]
    text = ngettext("%(n)s agreement was loaded.", "%(n)s agreements were loaded.", number)
    messages.success(request, text % {"n": number})
    return redirect(register)


def _show(
    request: HttpRequest,
    upload: Upload,
    waiting: Waiting,
    seen: RegisterPreview,
    form: RegisterReadingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or RegisterReadingForm(None, seen, waiting)
    context: dict[str, Any] = {
        "upload": upload,
        "seen": seen,
        "waiting": waiting,
        "form": form,
        "corrections_form": CorrectionsForm(),
        "problems": [(one, told(one)) for one in seen.problems.kept],
        "drafts": seen.drafts[:DRAFTS_SHOWN],
        "left_out": shown_left_out(seen.left_out),
        "rules": [form[name] for name in RULES],
        "changed_drafts": [
            ({"agreement": one.matches, "title": one.title, "row": one.row}, differing(one.differs))
            for one in seen.changed[:DOUBTS_SHOWN]
        ],
        **doubt_page(request, seen.doubts, seen.headings),
    }
    return render(request, "agreements/register_import_preview.html", context, status=status)


@require_safe
def doubts_file(request: HttpRequest, token: str, extension: str) -> HttpResponseBase:
    """Download every doubtful cell, with a column for its correction."""
    upload, _waiting, _wish, seen = _seen(principal_of(request), token)
    rows = tables.doubt_rows(seen.reading.sheet, seen.headings, seen.doubts)
    sheet = _("doubtful cells")
    return table_response(
        f"{upload.filename}-{sheet}", extension, tables.doubt_headings(), rows, sheet
    )


@require_POST
def corrections(request: HttpRequest, token: str) -> HttpResponse:
    """Take the table of doubtful cells with corrections; they stand in the place of the cells."""
    by = principal_of(request)
    upload, waiting, _wish = _own(by, token)
    form = CorrectionsForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose the table with corrections."))
        return redirect("agreements:register-import-preview", token)
    found = _corrections(form, by, upload.organisation)
    if not found:
        messages.error(
            request, _("No corrections were found: fill in the last column of the table.")
        )
        return redirect("agreements:register-import-preview", token)
    kept.remember(upload, replace(waiting, corrections={**waiting.corrections, **found}))
    text = ngettext("%(n)s cell is corrected.", "%(n)s cells are corrected.", len(found))
    messages.success(request, text % {"n": len(found)})
    return redirect("agreements:register-import-preview", token)


def _corrections(
    form: CorrectionsForm, by: Principal, organisation: int | None
) -> dict[tuple[int, int], str]:
    """Read the table in a folder of its own, which is gone afterwards."""
    table = uploads.keep(form.cleaned_data["file"], by.person_id, organisation)
    try:
        with opened(table.path, Problems()) as book:
            sheet = read_sheet(book, book.sheets[0], Problems(), lines=True) if book else None
    finally:
        uploads.forget(table.token)
    found = tables.corrections_in(sheet.grid) if sheet else {}
    return dict(list(found.items())[:CORRECTIONS_MOST])
