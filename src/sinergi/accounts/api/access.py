"""Who asks the API: a token, a session of the same site, or nobody in particular."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.utils import check_csrf

from sinergi.accounts.api import limits
from sinergi.accounts.api.answers import check_body
from sinergi.accounts.api.problems import ProblemError
from sinergi.accounts.principal import Principal, visitor
from sinergi.accounts.requests import SECOND_FACTOR, principal_of
from sinergi.accounts.tokens import TokenError, authenticate
from sinergi.accounts.vocabulary import Channel

SAFE = ("GET", "HEAD", "OPTIONS")
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Sinergi"'}
WRONG_TOKEN = {"WWW-Authenticate": 'Bearer realm="Sinergi", error="invalid_token"'}
SECURITY: Mapping[str, Mapping[str, str]] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of “My account › Tokens”, which begins with snrg_.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": "Signed in on a page of this site; what changes something needs X-CSRFToken, too.",
    },
}


class Asker:
    """Finds out who asks and counts the request; `ninja` calls it before an operation.

    Parameters
    ----------
    needed
        Whether somebody must be known; otherwise visitors may ask, too.
    file
        Whether the body is a file in a form; otherwise it is JSON.
    """

    def __init__(self, *, needed: bool, file: bool = False) -> None:
        self.needed, self.file = needed, file

    def __call__(self, request: HttpRequest) -> bool:
        """Put the principal on the request.

        Raises
        ------
        ProblemError
            401 for a wrong token or none where one is needed, 403 for a session without its CSRF token,
            413, 415, 429.
        """
        principal, who, factor = _asking(request)
        request.api_second_factor = factor  # type: ignore[attr-defined]
        request.principal = principal  # type: ignore[attr-defined]
        request.api_asker = who  # type: ignore[attr-defined]
        kind = "person" if principal.signed_in else "visitor"
        request.api_standing = limits.count(request, kind, who)  # type: ignore[attr-defined]
        if not principal.signed_in and (self.needed or _closed()):
            raise ProblemError(401, _("Send a token, or sign in first."), headers=CHALLENGE)
        check_body(request, file=self.file)
        return True


def _closed() -> bool:
    """Whether this installation shows nothing to visitors."""
    return bool(getattr(settings, "SINERGI_SIGN_IN_REQUIRED", False))


def _asking(request: HttpRequest) -> tuple[Principal, str, bool]:
    """Return who asks, under what name requests are counted, and whether with a second factor."""
    request_id = getattr(request, "request_id", "")
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _space, secret = header.partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise TokenError
            principal, token = authenticate(secret.strip(), request_id)
        except TokenError:
            limits.count(request, "refused", limits.address_of(request))
            text = _("This token opens nothing: it is unknown, expired or revoked.")
            raise ProblemError(401, text, headers=WRONG_TOKEN) from None
        return principal, f"token:{token.pk}", token.second_factor
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return visitor(Channel.API, request_id), f"address:{limits.address_of(request)}", False
    if request.method not in SAFE and check_csrf(request) is not None:
        text = _("A session that changes something must send its CSRF token in X-CSRFToken.")
        raise ProblemError(403, text)
    factor = bool(request.session.get(SECOND_FACTOR))
    return principal_of(request), f"person:{person.pk}", factor


def asker(request: HttpRequest) -> Principal:
    """Return who asks; for endpoints, behind `Asker`."""
    found: Principal = request.principal  # type: ignore[attr-defined]
    return found


def with_second_factor(request: HttpRequest) -> bool:
    """Whether the session, or that which issued the token, was opened with a second factor."""
    found: bool = request.api_second_factor  # type: ignore[attr-defined]
    return found


ANYONE: Any = Asker(needed=False)
KNOWN: Any = Asker(needed=True)
SENDER: Any = Asker(needed=True, file=True)
