"""Pages of an upload: how the file is read, what is wrong with it, its mapping, the template."""

import dataclasses
import json
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergi.accounts.models import Organisation
from sinergi.accounts.requests import principal_of
from sinergi.evidence import exports, uploads
from sinergi.evidence.actions import preview_import
from sinergi.evidence.forms import MappingForm, column_choices
from sinergi.evidence.imports.preview import Preview, guess_mapping
from sinergi.evidence.scope import reading, whole_shelf
from sinergi.evidence.uploads import Upload
from sinergi.evidence.views.downloads import attachment, table_response
from sinergi.evidence.views.kept import own_upload, while_kept
from sinergi.evidence.views.loading import begin
from sinergi.reference.models import Region

CELLS_SHOWN = 25
NOTE_LENGTH = 2000


def owner_of(upload: Upload) -> Organisation | None:
    """Return on whose shelf a file is to be loaded."""
    number = upload.organisation
    return None if number is None else Organisation.objects.get(pk=number)


def _preview(request: HttpRequest, upload: Upload) -> Preview:
    return preview_import(
        principal_of(request),
        upload.path,
        upload.mapping,
        organisation=owner_of(upload),
        on_existing=upload.on_existing,
        filename=upload.filename,
        progress=uploads.reporter(upload.token),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@while_kept
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show how a file would be read and what is wrong with it; change that; load it."""
    if request.method == "POST" and "load" in request.POST:
        note = request.POST.get("note", "").replace("\x00", "")[:NOTE_LENGTH]
        answer = begin(request, token, note)
        if not uploads.is_refused(token):
            return answer
    upload = own_upload(principal_of(request), token)
    if request.method == "POST" and "again" in request.POST:
        uploads.remember(dataclasses.replace(upload, mapping=None))
        return redirect("evidence:preview", token)
    seen = _preview(request, upload)
    with reading(whole_shelf(owner_of(upload))):
        refusal = uploads.take_refusal(token)
        if request.method == "POST" and not refusal:
            return _remapped(request, upload, seen)
        if refusal:
            messages.error(request, _("Nothing was loaded. %(why)s") % {"why": refusal})
        return _show(request, upload, seen, MappingForm(None, seen), 422 if refusal else 200)


def _remapped(request: HttpRequest, upload: Upload, seen: Preview) -> HttpResponse:
    form = MappingForm(request.POST, seen)
    if not form.is_valid():
        return _show(request, upload, seen, form, status=422)
    mapping = form.mapping()
    if mapping.sheet != seen.mapping.sheet:
        mapping = guess_mapping(upload.path, mapping.sheet, upload.filename)
    choice = form.cleaned_data["on_existing"]
    uploads.remember(dataclasses.replace(upload, mapping=mapping, on_existing=choice))
    return redirect("evidence:preview", upload.token)


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
        "owner": owner_of(upload),
        "preview": seen,
        "form": form,
        "columns": column_choices(seen),
        "groups": groups,
    }
    return render(request, "evidence/preview.html", context, status=status)


@require_GET
@while_kept
def problems(request: HttpRequest, token: str, extension: str) -> HttpResponseBase:
    """Download the problems of a file as CSV or XLSX."""
    upload = own_upload(principal_of(request), token)
    seen = _preview(request, upload)
    sheet = _("problems")
    name = f"{Path(upload.filename).stem}-{sheet}"
    rows = exports.problem_cells(seen.problems.kept)
    return table_response(name, extension, exports.problem_headings(), rows, sheet)


@require_GET
@while_kept
def mapping_file(request: HttpRequest, token: str) -> HttpResponse:
    """Download how the file is read, for use on the command line or with next year's file."""
    upload = own_upload(principal_of(request), token)
    found = _preview(request, upload).mapping.to_json()
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return attachment(HttpResponse(text, content_type="application/json"), "pemetaan.json")


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Download the workbook to fill in."""
    regions = Region.objects.order_by("code").values_list("code", "name")
    content = exports.template_bytes(regions)
    return attachment(HttpResponse(content, content_type=exports.XLSX_TYPE), "templat-impor.xlsx")
