"""The upload of a file, and what was loaded so far: mine, shared, common, public."""

import logging

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.lengths import declared_length, judges_length
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.vocabulary import Right
from sinergi.evidence import uploads
from sinergi.evidence.forms import UploadForm, no_space, too_large
from sinergi.evidence.queries.batches import WHOSE, batches, listed
from sinergi.evidence.views.parameters import choice, page_number

BATCHES_SHOWN = 20
TOO_LARGE, UNPROCESSABLE, NO_SPACE = 413, 422, 507
log = logging.getLogger("sinergi.evidence")
FORM_BYTES = 64 * 1024
"""What a form with a file has besides the file, at most."""


@judges_length
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Offer the upload of a file, and list what was loaded.

    A file over the limit is refused by the length that its sender declares, before any of it is parsed;
    that is why the token of the form is only looked at behind this point. So is one of somebody who may
    not load anything.
    """
    if request.method == "POST" and (declared_length(request) or 0) > _most_bytes():
        return _listed(request, _form(request), TOO_LARGE, too_large())
    try:
        return _imports(request)
    except OSError as error:
        if not uploads.is_full(error):
            raise
        # Without its traceback, which would hold the temporary file open.
        log.error("an upload was not kept: %s", error.strerror)
        return _listed(request, _form(request), NO_SPACE, no_space())


def _most_bytes() -> int:
    return int(settings.SINERGI_IMPORT_MAX_BYTES) + FORM_BYTES


def _form(request: HttpRequest, *, sent: bool = False) -> UploadForm:
    by = principal_of(request)
    data = (request.POST, request.FILES) if sent else ()
    return UploadForm(
        *data, owners=organisations_of(by, Right.EDIT), common=by.has(Right.EDIT, None)
    )


@csrf_protect
def _imports(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _listed(request, _form(request))
    form, by = _form(request, sent=True), principal_of(request)
    if not form.may_load:
        rules.require(by, rules.OBJECT_CREATE, None)
    if not form.is_valid():
        return _listed(request, form, UNPROCESSABLE)
    owner = form.owner()
    rules.require(by, rules.OBJECT_CREATE, owner)
    kept = uploads.keep(
        form.cleaned_data["file"], by.person_id, None if owner is None else owner.pk
    )
    return _forward(request, reverse("evidence:preview", args=[kept.token]), kept.token)


def _forward(request: HttpRequest, address: str, token: str) -> HttpResponse:
    """Lead on to a page; a script that watches the work is told where to look instead."""
    if not request.accepts("text/html"):
        watch = reverse("evidence:progress", args=[token])
        return JsonResponse({"address": address, "progress": watch})
    return redirect(address)


def _listed(
    request: HttpRequest, form: UploadForm, status: int = 200, refused: str = ""
) -> HttpResponse:
    if not request.accepts("text/html"):
        errors = [str(one) for found in form.errors.values() for one in found]
        return JsonResponse({"errors": [refused] if refused else errors}, status=status)
    by = principal_of(request)
    whose = {"": _("All"), **{code: str(label) for code, label in WHOSE.items()}}
    chosen = choice(request, "milik", whose, "")
    pages = Paginator(listed(by, batches(by), chosen), BATCHES_SHOWN)
    page = pages.get_page(page_number(request, pages.num_pages))
    context = {
        "form": form,
        "page": page,
        "whose": whose,
        "chosen": chosen,
        "query": f"milik={chosen}&" if chosen else "",
        "refused": refused,
        "limit": settings.SINERGI_IMPORT_MAX_BYTES,
        "too_large": too_large(),
        "signed_in": by.signed_in,
        "shelves": _shelves(page.object_list),
    }
    return render(request, "evidence/imports.html", context, status=status)


def _shelves(rows: object) -> list[tuple[str, str]]:
    """Return code and name of the organisations whose loads are on the page and stand."""
    found = {
        one.organisation.code: one.organisation.name
        for one in rows  # type: ignore[attr-defined]
        if one.organisation_id is not None and one.state == "loaded"
    }
    return sorted(found.items(), key=lambda item: item[1])
