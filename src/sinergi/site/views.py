"""Pages of the shell itself: method, licences, and the answers to what went wrong."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from sinergi.evidence.models import Source
from sinergi.opportunities import messages
from sinergi.opportunities.settings import DEFAULT_WEIGHTS, PARTS, MapSettings
from sinergi.reference import queries as reference
from sinergi.site.licences import licence_words


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Explain how the map is computed, and which of its numbers are defaults."""
    weights = [
        {
            "code": part,
            "label": messages.part_name(part),
            "meaning": messages.part_meaning(part),
            "weight": DEFAULT_WEIGHTS[part],
        }
        for part in PARTS
    ]
    context = {
        "weights": weights,
        "logics": [
            (messages.logic_name(code), messages.logic_text(code)) for code in messages.LOGICS
        ],
        "defaults": MapSettings(),
    }
    return render(request, "site/method.html", context)


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """List the licences of evidence, reference facts, fonts and browser libraries."""
    evidence = [(source, licence_words(source.licence)) for source in Source.objects.all()]
    pack = [(source, licence_words(source.licence)) for source in reference.pack().sources]
    context = {"evidence": evidence, "pack": pack}
    return render(request, "site/licences.html", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: say what in the address makes no sense, and lead back."""
    detail = str(exception) if isinstance(exception, BadRequest) else ""
    return render(request, "site/errors/400.html", {"detail": detail}, status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render(request, "site/errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form whose token is missing or too old."""
    return render(request, "site/errors/403.html", {"stale_form": True}, status=403)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer 405: the address is read or sent in a way it does not know; `allowed` names the ways."""
    response = render(request, "site/errors/405.html", status=405)
    response.headers["Allow"] = allowed
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: search and the map lead on."""
    return render(request, "site/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs no database and no context."""
    return HttpResponse(render_to_string("site/errors/500.html"), status=500)
