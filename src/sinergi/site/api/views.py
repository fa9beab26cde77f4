"""The OpenAPI document, the page that shows it, and what lies at no address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_safe

from sinergi.accounts.api.answers import answer, conditional
from sinergi.accounts.api.language import language_of
from sinergi.site.api.document import document
from sinergi.site.api.put_together import API


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Send the OpenAPI 3.1 document."""
    response = answer(document(API))
    response["Cache-Control"] = "public, max-age=300"
    return conditional(request, response)


@require_safe
@ensure_csrf_cookie
def docs(request: HttpRequest) -> HttpResponse:
    """Show the document on a page where every operation can be tried."""
    with translation.override(language_of(request)):
        response = render(request, "site/api_docs.html")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@csrf_exempt
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer what is below /api/ and is no address of the API.

    Raises
    ------
    Http404
    """
    raise Http404
