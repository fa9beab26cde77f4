"""Whose word is taken on where a request comes from: only that of the proxies named in the settings."""

import ipaddress
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

TOLD = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_SCHEME",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP",
    "HTTP_X_REQUEST_ID",
)
"""Headers by which a proxy tells what it has seen; from anybody else they are removed."""
PROXIED = "sinergi.proxied"
"""In `request.META`: the request came through a proxy, or says that it did."""


@lru_cache(maxsize=8)
def _networks(
    names: tuple[str, ...],
) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(name, strict=False) for name in names if name != "unix")


def is_trusted(address: str, names: Iterable[str]) -> bool:
    """Return whether an address is one of the trusted proxies; an empty one is a unix socket's."""
    names = tuple(names)
    if not address:
        return "unix" in names
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in _networks(names))


def client_of(chain: str, names: Iterable[str]) -> str:
    """Return the last address of `X-Forwarded-For` that is no trusted proxy; empty when there is none."""
    names = tuple(names)
    for part in reversed([part.strip() for part in chain.split(",")]):
        try:
            address = str(ipaddress.ip_address(part))
        except ValueError:
            return ""
        if not is_trusted(address, names):
            return address
    return ""


class TrustedProxies:
    """Puts address and scheme as a trusted proxy tells them; what others claim is removed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as it reached the outermost trusted proxy."""
        told = {name: request.META.pop(name) for name in TOLD if name in request.META}
        request.META[PROXIED] = bool(told)
        if is_trusted(request.META.get("REMOTE_ADDR", ""), settings.SINERGI_TRUSTED_PROXIES):
            self._believe(request, told)
        return self.get_response(request)

    def _believe(self, request: HttpRequest, told: dict[str, str]) -> None:
        address = client_of(told.get("HTTP_X_FORWARDED_FOR", ""), settings.SINERGI_TRUSTED_PROXIES)
        request.META["REMOTE_ADDR"] = address or request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 - told, not bound
        if told.get("HTTP_X_FORWARDED_PROTO") in {"http", "https"}:
            request.META["wsgi.url_scheme"] = told["HTTP_X_FORWARDED_PROTO"]
        if "HTTP_X_REQUEST_ID" in told:
            request.META["HTTP_X_REQUEST_ID"] = told["HTTP_X_REQUEST_ID"]
