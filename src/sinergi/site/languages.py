"""Where the switch of languages leads: to this page in the other language, and always to one that opens."""

import functools
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve, reverse, translate_url
from django.utils.translation import get_language

NAMES = {"id": "Bahasa Indonesia", "en": "English"}
PROGRAMS = "/api/"
"""What lies below has one address for all languages, and asks the browser which one to speak."""


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return this page, with its query, in every language; nothing where it has one address for all.

    Where the address only takes forms it is the page on which the form stood, or the nearest above.
    """
    if request.path.startswith(PROGRAMS):
        return []
    here = page_of(request)
    return [
        {
            "code": code,
            "name": NAMES.get(code, name),
            "url": translate_url(here, code),
            "current": code == get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


def page_of(request: HttpRequest) -> str:
    """Return the address, with its query, of the page on which somebody is, as it can be opened."""
    match = _match(request.path)
    if match is None or answers_get(match.func):
        return request.get_full_path()
    candidates = (_left(request), *_above(request.path))
    return next((one for one in candidates if opens(one)), reverse("opportunities:map"))


def opens(address: str) -> bool:
    """Whether an address of this site is that of a page."""
    path = urlsplit(address).path
    match = _match(path) if not path.startswith(PROGRAMS) else None
    return match is not None and answers_get(match.func)


@functools.cache
def answers_get(view: Callable[..., Any]) -> bool:
    """Whether a view answers GET, as its class or the decorators of `django.views.decorators.http` say."""
    whole = getattr(view, "view_class", None)
    if whole is not None:
        return hasattr(whole, "get")
    inner: Callable[..., Any] | None = view
    while inner is not None:
        if "GET" not in _methods(inner):
            return False
        inner = getattr(inner, "__wrapped__", None)
    return True


def _methods(view: Callable[..., Any]) -> list[str]:
    """Return what one decorator lets through; Django keeps it nowhere but in the function that it makes."""
    code = getattr(view, "__code__", None)
    names = code.co_freevars if code is not None else ()
    kept = dict(zip(names, getattr(view, "__closure__", None) or (), strict=True))
    cell = kept.get("request_method_list")
    return ["GET"] if cell is None else cell.cell_contents


def _left(request: HttpRequest) -> str:
    """Return the address on this host from which a request came; empty when it came from elsewhere."""
    came = urlsplit(request.headers.get("Referer", ""))
    try:
        if came.netloc != request.get_host():
            return ""
    except DisallowedHost:  # the page that says so needs a switch, too
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


def _above(path: str) -> Iterator[str]:
    """Yield the addresses above one, the nearest first."""
    parts = path.strip("/").split("/")
    for kept in range(len(parts) - 1, 0, -1):
        yield f"/{'/'.join(parts[:kept])}/"


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
