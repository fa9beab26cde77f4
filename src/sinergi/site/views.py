"""Pages of the shell itself: method, licences, and the answers to what went wrong."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.accounts.api.problems import problem
from sinergi.accounts.requests import principal_of
from sinergi.evidence.queries.visible import sources_in_use
from sinergi.opportunities import messages
from sinergi.opportunities.settings import DEFAULT_WEIGHTS, PARTS, MapSettings
from sinergi.reference import queries as reference
from sinergi.site.licences import licence_words
from sinergi.site.typed import form_page, signs_in, typed


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
    evidence = [(source, licence_words(source.licence)) for source in sources_in_use()]
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
    """Answer 403 for a form whose token is missing or too old, and give back what was typed.

    It answers the forms of visitors that are refused for want of a session too.
    """
    there = form_page(request)
    context = {
        "signed_out": not principal_of(request).signed_in and not signs_in(request),
        "typed": typed(request),
        "form_url": there,
        "sign_in_url": f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': there})}",
    }
    response = render(request, "site/errors/unsaved.html", context, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer 405: the address is read or sent in a way it does not know; `allowed` names the ways."""
    response = render(request, "site/errors/405.html", status=405)
    response.headers["Allow"] = allowed
    return response


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """Answer 413: the body has more than `most` bytes; told to programs as a problem, to people as a page."""
    if not request.accepts("text/html"):
        return problem(
            request, 413, _("The request has more than %(most)s bytes.") % {"most": most}
        )
    return render(request, "site/errors/413.html", {"most": most}, status=413)


def no_space(request: HttpRequest) -> HttpResponse:
    """Answer 507: the disk is full; told to programs as a problem, to people as a page."""
    if not request.accepts("text/html"):
        return problem(request, 507)
    return render(request, "site/errors/507.html", status=507)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: search and the map lead on."""
    return render(request, "site/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs no database and no context."""
    return HttpResponse(
        render_to_string(
            "site/errors/500.html", {"request_id": getattr(request, "request_id", "")}
        ),
        status=500,
    )
