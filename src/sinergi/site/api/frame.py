"""The outermost frame of the API: whatever goes wrong below /api/ is told as a problem."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from sinergi.accounts.api.answers import VARY
from sinergi.accounts.api.language import language_of
from sinergi.accounts.api.problems import TYPE, problem

ROOT = "/api/"
OWN = (
    "Content-Type",
    "Content-Length",
    "Content-Encoding",
    "Content-Language",
    "ETag",
    "Vary",
    "Cache-Control",
)
"""Headers that a problem says itself; the others of an error stay with it."""


class ApiFrame:
    """Turns errors of Django (an unknown address, a wrong host, a fault) into problems, and answers HEAD."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request; those of other addresses pass as they are."""
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        response = self._answer(request)
        if head:
            request.method = "HEAD"
            length = len(response.content) if isinstance(response, HttpResponse) else 0
            if isinstance(response, HttpResponse):
                response.content = b""
            response.headers["Content-Length"] = str(length)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return self._told(request, 400)
        response = self.get_response(request)
        told = response.headers.get("Content-Type", "").startswith(TYPE)
        if response.status_code < 400 or told:
            return response
        made = self._told(request, response.status_code)
        for name, value in response.headers.items():
            if name not in OWN:
                made.headers[name] = value
        if "GET" in made.headers.get("Allow", ""):
            made.headers["Allow"] += ", HEAD"
        return made

    def _told(self, request: HttpRequest, status: int) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            made = problem(request, status)
        made.headers["Content-Language"] = language
        patch_vary_headers(made, VARY)
        return made
