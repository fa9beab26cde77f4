"""What somebody had typed into a form that was not taken, for the page that says so to give it back."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sinergi.opportunities.lists import words

MOST_BYTES = 100_000
"""Longer requests carry files or tables, and are not read again for this."""
MOST_FIELDS = 60
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
SIGN_IN = ("allauth.", "sinergi.accounts.signin", "sinergi.accounts.views.invitation")
"""Modules of pages that visitors use, and whose fields are secrets."""
UNSHOWN = re.compile(
    r"^initial-|^(next|ke|to|query|funding_channel|organisation)$|pass|sandi|token|secret|rahasia|csrf|otp|code"
    r"|kode|key|kunci|once|revision|credential",
    re.IGNORECASE,
)
"""Names of fields that are secret, or that nobody typed."""
PREFIX = re.compile(r"^[a-z]+\d+-")


@dataclass(frozen=True, slots=True)
class Typed:
    """One text, with the name of its field."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines show it."""
        return min(12, 1 + self.text.count("\n") + len(self.text) // 80)


def signs_in(request: HttpRequest) -> bool:
    """Whether a request is for a page by which somebody signs in."""
    match = getattr(request, "resolver_match", None)
    return match is not None and match.func.__module__.startswith(SIGN_IN)


def typed(request: HttpRequest) -> list[Typed]:
    """Return the texts of an ordinary form; nothing of large requests, files, secrets and sign-in pages."""
    if signs_in(request) or request.content_type not in FORMS:
        return []
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return []
    try:
        sent = request.POST
    except (SuspiciousOperation, BadRequest, MultiPartParserError, OSError):
        return []
    return [
        Typed(_label(PREFIX.sub("", name)), text)
        for name, texts in list(sent.lists())[:MOST_FIELDS]
        for text in texts[:1]
        if text.strip() and not UNSHOWN.search(PREFIX.sub("", name))
    ]


def _label(name: str) -> str:
    return _("Name") if name == "name" else words.field_name(name)


def form_page(request: HttpRequest) -> str:
    """Return the address of the page on which a form stood: the one it came from, or else its own."""
    came = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came, {request.get_host()}, request.is_secure()):
        parts = urlsplit(came)
        if parts.netloc:
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()
