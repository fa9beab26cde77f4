"""What every answer of the API carries: language, ETag, Vary, limits; and conditional requests."""

import functools
import hashlib
import re
from collections.abc import Callable
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from sinergi.accounts.api.language import language_of
from sinergi.accounts.api.problems import ProblemError
from sinergi.accounts.lengths import declared_length

JSON = "application/json"
VARY = ("Authorization", "Cookie", "Accept-Language")
BODY_BYTES = 1024 * 1024
"""A body that is not a file may be this long."""
ETAGS = re.compile(r'(?:W/)?"([^"]*)"')
REVISION = re.compile(r"r([0-9]{1,18})(?:-.*)?")
MULTIPART = "multipart/form-data"
Run = Callable[..., HttpResponseBase]


def framed(run: Run) -> Run:
    """Wrap an operation: the language of its reader, its body looked at first, its answer tagged."""

    @functools.wraps(run)
    def framed_run(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = run(request, *args, **options)
            if request.method in ("GET", "HEAD") and isinstance(response, HttpResponse):
                response = conditional(request, response)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, VARY)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if standing := getattr(request, "api_standing", None):
            for name, value in standing.headers().items():
                response.headers.setdefault(name, value)
        return response

    return framed_run


def check_body(request: HttpRequest, *, file: bool) -> None:
    """Refuse a body that is too long, or in a format that is not read here, before it is read.

    Raises
    ------
    ProblemError
        413 or 415.
    """
    length = declared_length(request) or 0
    most = int(settings.SINERGI_IMPORT_MAX_BYTES) + BODY_BYTES if file else BODY_BYTES
    if length > most:
        text = _("The request has more than %(most)s bytes.") % {"most": most}
        raise ProblemError(413, text)
    wanted = MULTIPART if file else JSON
    if length and request.content_type != wanted:
        text = _("Send the body as %(type)s.") % {"type": wanted}
        raise ProblemError(415, text)


def answer(document: Any, *, status: int = 200, revision: int | None = None) -> HttpResponse:
    """Return plain values as JSON, written by `orjson`; with a revision, its ETag tells it."""
    content = orjson.dumps(
        document, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
    )
    response = HttpResponse(content, status=status, content_type=JSON)
    if revision is not None:
        response["ETag"] = quote_etag(f"r{revision}-{_digest(content)}")
    return response


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tag an answer by its content, and send 304 where the reader has it already.

    The tag is strong: equal tags, equal bytes. Where the server compresses the answer it makes it weak.
    """
    if response.status_code != 200:
        return response
    if "ETag" not in response.headers:
        response["ETag"] = quote_etag(_digest(response.content))
    if known(request, response["ETag"]):
        unchanged = HttpResponseNotModified()
        unchanged["ETag"] = response["ETag"]
        return unchanged
    return response


def known(request: HttpRequest, etag: str) -> bool:
    """Whether the reader has what a tag stands for; compared weakly, as RFC 9110 asks for GET."""
    header = request.headers.get("If-None-Match", "")
    return header.strip() == "*" or etag.strip('W/"') in ETAGS.findall(header)


def expected(request: HttpRequest) -> int | None:
    """Return the revision that a change is made from: of `If-Match`, or of the parameter `revision`.

    Returns
    -------
    int or None
        `None` for `If-Match: *`, which asks only that the thing is there.

    Raises
    ------
    ProblemError
        428 when neither is sent; 400 when it makes no sense; 412 for the tag of another kind of answer.
    """
    header = request.headers.get("If-Match", "").strip()
    if header:
        return _matched(header)
    given = request.GET.get("revision", "")
    if not given:
        text = _(
            "Send If-Match with the ETag that you read, or the parameter “revision”, so that nobody's "
            "change is overwritten."
        )
        raise ProblemError(428, text)
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        errors = [{"parameter": "revision", "detail": _("This is not the number of a revision.")}]
        raise ProblemError(422, errors=errors)
    return int(given)


def _matched(header: str) -> int | None:
    if header == "*":
        return None
    tags = ETAGS.findall(header)
    found = [REVISION.fullmatch(tag) for tag in tags]
    numbers = {int(one[1]) for one in found if one}
    if not tags:
        errors = [{"parameter": "If-Match", "detail": _("This is not an ETag.")}]
        raise ProblemError(400, errors=errors)
    if len(numbers) != 1:
        raise ProblemError(412)
    return numbers.pop()
