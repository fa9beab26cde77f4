"""What every answer carries: nothing comes from another host, nothing of a person is kept."""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from sinergi.accounts.lengths import declared_length, is_judge
from sinergi.evidence.uploads import is_full
from sinergi.site import views

POLICY = {
    "default-src": "'self'",
    "script-src": "'nonce-{nonce}' 'strict-dynamic' 'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""A script runs when its tag carries the number of this answer, or when such a script loads it; `'self'` is
for browsers too old to know `'strict-dynamic'`, others pass over it."""
HEADER = "; ".join(f"{directive} {sources}" for directive, sources in POLICY.items())
PERMISSIONS = ", ".join(
    [
        *(
            f"{name}=()"
            for name in (
                "accelerometer",
                "browsing-topics",
                "camera",
                "display-capture",
                "geolocation",
                "gyroscope",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "usb",
            )
        ),
        "fullscreen=(self)",
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)
ROOM_FOR_FORM = 1024 * 1024
"""Bytes that a form may need around the file that it carries."""
log = logging.getLogger("sinergi.site")
Answer = Callable[[HttpRequest], HttpResponse]


def policy(nonce: str) -> str:
    """Return the content policy of the answer whose scripts carry `nonce`."""
    return HEADER.format(nonce=nonce)


class ContentSecurityPolicy:
    """Adds `Content-Security-Policy`: scripts, styles, fonts and data from this host only, none inline."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and add the policy, unless the view set its own.

        Templates put `csp_nonce` on each tag of a script. Django answers 405 with nothing at all; a person
        gets a page that says so and leads back.

        Only the debugging pages of Django, which style themselves inline, go without.
        """
        request.csp_nonce = secrets.token_urlsafe(18)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if _is_empty_405(response):
            response = views.method_not_allowed(request, response.headers.get("Allow", ""))
        debug_page = settings.DEBUG and response.status_code >= HTTPStatus.BAD_REQUEST
        if not debug_page:
            response.headers.setdefault("Content-Security-Policy", policy(request.csp_nonce))  # type: ignore[attr-defined]
        return response


def _is_empty_405(response: HttpResponse) -> bool:
    refused = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    return refused and not response.streaming and not response.content


class SafeHeaders:
    """Adds what browsers need to know of every answer, files included, and keeps big bodies out."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.status_code == HTTPStatus.INSUFFICIENT_STORAGE:
            _give_up_files(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _options: Any
    ) -> HttpResponse | None:
        """Refuse unread what is larger than anything that is taken, or has a length that is no number.

        An address with a NUL leads nowhere: no database can be asked for it.

        It comes before everything that reads a body, and behind what knows language and person, so that the
        refusal is a page like others. Views that are marked judge lengths themselves.
        """
        length = declared_length(request)
        if "\x00" in request.path:
            response = views.page_not_found(request, Http404())
        elif length is None:
            response = views.bad_request(request, BadRequest(_("The request has no valid length.")))
        elif length > most_bytes(request) and not is_judge(view):
            response = views.too_large(request, most_bytes(request))
        else:
            return None
        response.headers["Connection"] = "close"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say that the disk is full, where a view could not write for that."""
        if not is_full(error):
            return None
        log.error("no space: %s", error)
        return views.no_space(request)


def _give_up_files(request: HttpRequest) -> None:
    """Remove what was written of a file that did not fit, so that its room is free at once."""
    for handler in request.upload_handlers:
        with suppress(OSError):
            handler.upload_interrupted()


def most_bytes(request: HttpRequest) -> int:
    """Return how much a request may send: a file to import only with a form of files."""
    form = request.META.get("CONTENT_TYPE", "").startswith("multipart/form-data")
    usual: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return max(usual, settings.SINERGI_IMPORT_MAX_BYTES if form else 0) + ROOM_FOR_FORM


class KeepPrivate:
    """Forbids everybody between us and the browser to keep what was made for one person."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; nothing of a person who is signed in is stored, not even by the browser.

        What a view allows to be kept stays so only when it did not look at the session: then the answer is
        the same for everybody.
        """
        response = self.get_response(request)
        session = getattr(request, "session", None)
        personal = session is not None and session.accessed
        cookie = settings.SESSION_COOKIE_NAME
        if cookie in request.COOKIES or cookie in response.cookies:
            if personal or "Cache-Control" not in response.headers:
                response.headers["Cache-Control"] = "no-store, private"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache, private"
        if personal:
            patch_vary_headers(response, ["Cookie"])
        return response
