"""Pages of an import: preview, load, batch, undo."""

import dataclasses
import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergi.evidence import exports, uploads
from sinergi.evidence.actions import (
    ImportRefusedError,
    UndoRefusedError,
    load_import,
    preview_import,
    undo_import,
)
from sinergi.evidence.forms import MappingForm, UndoForm, column_choices
from sinergi.evidence.imports.preview import Preview, guess_mapping
from sinergi.evidence.models import ImportBatch
from sinergi.evidence.uploads import Upload
from sinergi.evidence.views.downloads import Response, attachment, table_response
from sinergi.reference.models import Region

CELLS_SHOWN = 25


def while_kept(view: Callable[..., Response]) -> Callable[..., Response]:
    """Answer 404 when the file goes while a page about it is made: it was loaded in another window."""

    @wraps(view)
    def kept(request: HttpRequest, token: str, **options: str) -> Response:
        try:
            return view(request, token, **options)
        except FileNotFoundError as error:
            raise Http404(_("This file is no longer kept. Upload it again.")) from error

    return kept


def _upload(token: str) -> Upload:
    upload = uploads.find(token)
    if upload is None:
        raise Http404(_("This file is no longer kept. Upload it again."))
    return upload


def _preview(upload: Upload) -> Preview:
    return preview_import(
        upload.path,
        upload.mapping,
        on_existing=upload.on_existing,
        filename=upload.filename,
        progress=uploads.reporter(upload.token),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@while_kept
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show how a file would be read and what is wrong with it; change that; load it."""
    upload = _upload(token)
    if request.method == "POST" and "again" in request.POST:
        uploads.remember(dataclasses.replace(upload, mapping=None))
        return redirect("evidence:preview", token)
    seen = _preview(upload)
    if request.method != "POST":
        return _show(request, upload, seen, MappingForm(None, seen))
    if "load" in request.POST:
        return _load(request, upload, seen)
    form = MappingForm(request.POST, seen)
    if not form.is_valid():
        return _show(request, upload, seen, form, status=422)
    mapping = form.mapping()
    if mapping.sheet != seen.mapping.sheet:
        mapping = guess_mapping(upload.path, mapping.sheet, upload.filename)
    choice = form.cleaned_data["on_existing"]
    uploads.remember(dataclasses.replace(upload, mapping=mapping, on_existing=choice))
    return redirect("evidence:preview", token)


def _show(
    request: HttpRequest, upload: Upload, seen: Preview, form: MappingForm, status: int = 200
) -> HttpResponse:
    groups = [
        {
            "example": example,
            "number": number,
            "cells": kept[:CELLS_SHOWN],
            "more": number - CELLS_SHOWN,
        }
        for example, number, kept in seen.problems.groups()
    ]
    context = {
        "upload": upload,
        "preview": seen,
        "form": form,
        "columns": column_choices(seen),
        "groups": groups,
    }
    return render(request, "evidence/preview.html", context, status=status)


def _load(request: HttpRequest, upload: Upload, seen: Preview) -> HttpResponse:
    try:
        note = request.POST.get("note", "").replace("\x00", "")[:2000]
        batch = load_import(seen, note=note, progress=uploads.reporter(upload.token))
    except ImportRefusedError as refused:
        messages.error(request, _("Nothing was loaded. %(why)s") % {"why": refused})
        return _show(request, upload, seen, MappingForm(None, seen), status=422)
    uploads.forget(upload.token)
    text = ngettext("%(n)s value was loaded.", "%(n)s values were loaded.", batch.rows)
    messages.success(request, text % {"n": batch.rows})
    return redirect("evidence:batch", batch.pk)


@require_GET
@while_kept
def problems(request: HttpRequest, token: str, extension: str) -> HttpResponseBase:
    """Download the problems of a file as CSV or XLSX."""
    upload = _upload(token)
    seen = _preview(upload)
    name = f"{Path(upload.filename).stem}-{_('problems')}"
    rows = exports.problem_cells(seen.problems.kept)
    return table_response(name, extension, exports.problem_headings(), rows, _("problems"))


@require_GET
@while_kept
def mapping_file(request: HttpRequest, token: str) -> HttpResponse:
    """Download how the file is read, for use on the command line or with next year's file."""
    upload = _upload(token)
    text = json.dumps(_preview(upload).mapping.to_json(), ensure_ascii=False, indent=2)
    return attachment(HttpResponse(text, content_type="application/json"), "pemetaan.json")


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Download the workbook to fill in."""
    regions = Region.objects.order_by("code").values_list("code", "name")
    content = exports.template_bytes(regions)
    return attachment(HttpResponse(content, content_type=exports.XLSX_TYPE), "templat-impor.xlsx")


@require_GET
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show one load and offer to undo it."""
    one = get_object_or_404(ImportBatch, pk=batch_id)
    return render(request, "evidence/batch.html", {"batch": one, "form": UndoForm()})


@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Undo one load."""
    one = get_object_or_404(ImportBatch, pk=batch_id)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return render(request, "evidence/batch.html", {"batch": one, "form": form}, status=422)
    try:
        undo_import(batch_id, form.cleaned_data["reason"])
    except UndoRefusedError as refused:
        messages.error(request, str(refused))
        context = {"batch": one, "form": form}
        return render(request, "evidence/batch.html", context, status=409)
    messages.success(request, _("The load was undone; what it had replaced is in use again."))
    return HttpResponseRedirect(request.path.removesuffix("batal/"))
