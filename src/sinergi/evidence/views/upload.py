"""The upload of a file, what was loaded so far, and how far the work on a file is."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from sinergi.evidence import uploads
from sinergi.evidence.forms import UploadForm, too_large
from sinergi.evidence.queries import batches
from sinergi.evidence.views.parameters import page_number

BATCHES_SHOWN = 20
TOO_LARGE, UNPROCESSABLE = 413, 422
FORM_BYTES = 64 * 1024
"""What a form with a file has besides the file, at most."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Offer the upload of a file, and list what was loaded.

    A file over the limit is refused by the length that its sender declares, before any of it is parsed;
    that is why the token of the form is only looked at behind this point.
    """
    if request.method == "POST" and declared_length(request) > _most_bytes():
        return _listed(request, UploadForm(), TOO_LARGE, too_large())
    return _imports(request)


def declared_length(request: HttpRequest) -> int:
    """Return how many bytes a request says it has; 0 when it does not say."""
    text = str(request.META.get("CONTENT_LENGTH") or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _most_bytes() -> int:
    return int(settings.SINERGI_IMPORT_MAX_BYTES) + FORM_BYTES


@csrf_protect
def _imports(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            kept = uploads.keep(form.cleaned_data["file"])
            return _forward(request, reverse("evidence:preview", args=[kept.token]), kept.token)
        return _listed(request, form, UNPROCESSABLE)
    return _listed(request, form)


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
    pages = Paginator(batches(), BATCHES_SHOWN)
    page = pages.get_page(page_number(request, pages.num_pages))
    context = {
        "form": form,
        "page": page,
        "refused": refused,
        "limit": settings.SINERGI_IMPORT_MAX_BYTES,
        "too_large": too_large(),
    }
    return render(request, "evidence/imports.html", context, status=status)


@require_GET
def progress(request: HttpRequest, token: str) -> JsonResponse:
    """Say how far the reading or loading of a file is: a sentence, and a share of 1 where one is known."""
    found = uploads.progress(token)
    if found is None:
        return JsonResponse({"text": "", "share": None})
    step, done, total = found
    texts = {
        "read": _("Reading row %(done)s"),
        "check": _("Checking %(total)s values"),
        "load": _("Storing value %(done)s of %(total)s"),
    }
    numbers = {
        "done": number_format(done, force_grouping=True),
        "total": number_format(total, force_grouping=True),
    }
    share = done / total if step == "load" and total else None
    return JsonResponse({"text": texts.get(step, "") % numbers, "share": share})
