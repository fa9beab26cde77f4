"""Pages of the shell itself: method, licences, and the answers to what went wrong."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sinergi.opportunities.lists import words
from sinergi.opportunities.settings import DEFAULT_WEIGHTS, PARTS, MapSettings
from sinergi.site.words import LOGIC_LABELS


@require_safe
@cache_control(max_age=300)
def method(request: HttpRequest) -> HttpResponse:
    """Explain how the map is computed, and which of its numbers are defaults."""
    weights = [
        {"code": part, "label": words.part(part), "weight": DEFAULT_WEIGHTS[part]}
        for part in PARTS
    ]
    context = {"weights": weights, "logics": LOGIC_LABELS, "defaults": MapSettings()}
    return render(request, "site/method.html", context)


@require_safe
@cache_control(max_age=300)
def licences(request: HttpRequest) -> HttpResponse:
    """List the licences of data, fonts and browser libraries."""
    return render(request, "site/licences.html")


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


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: search and the map lead on."""
    return render(request, "site/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs no database and no context."""
    return HttpResponse(render_to_string("site/errors/500.html"), status=500)
