"""How many requests somebody may send: counted in the shared cache, by token, person or address."""

import hashlib
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sinergi.accounts.api.problems import ProblemError

WINDOW = 60
"""Seconds in which requests are counted together."""
USUAL = {"person": 600, "visitor": 120, "heavy": 60, "heavy_visitor": 12, "refused": 30}
"""Requests in a window: of a token or a person, of an address without; maps under settings that nobody
asked for lately; attempts with a token that opens nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is in the window that runs."""

    limit: int
    remaining: int
    reset: int
    """Seconds until the window ends."""

    def headers(self) -> dict[str, str]:
        """Return the headers that tell it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


def limit_of(kind: str) -> int:
    """Return the limit of a kind; the setting `SINERGI_API_LIMITS` overrides those in `USUAL`."""
    given: dict[str, int] = getattr(settings, "SINERGI_API_LIMITS", {})
    return int(given.get(kind, USUAL[kind]))


def count(request: HttpRequest, kind: str, who: str) -> Standing:
    """Count a request.

    Raises
    ------
    ProblemError
        429, with `Retry-After`, when there were too many.
    """
    limit, now = limit_of(kind), time.time()
    number = int(now // WINDOW)
    reset = max(1, round((number + 1) * WINDOW - now))
    used = _add(f"api:{kind}:{hashlib.sha256(who.encode()).hexdigest()[:32]}:{number}")
    standing = Standing(limit, max(0, limit - used), reset)
    if used > limit:
        text = _("Too many requests. Try again in %(seconds)s seconds.") % {"seconds": reset}
        headers = {**standing.headers(), "Retry-After": str(reset)}
        raise ProblemError(429, text, headers=headers)
    return standing


def _add(key: str) -> int:
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from, as the server in front told it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def heavy(request: HttpRequest) -> None:
    """Count work that takes long: a map under settings that are not kept.

    Raises
    ------
    ProblemError
    """
    who: str = request.api_asker  # type: ignore[attr-defined]
    count(request, "heavy" if not who.startswith("address:") else "heavy_visitor", who)
