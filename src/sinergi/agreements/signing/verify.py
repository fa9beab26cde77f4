"""What electronic signatures in a PDF are worth, in words that never say more than is known."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.agreements.files.aside import told

SECONDS = 60
PROGRAM = Path(__file__).with_name("verify_process.py")
REFUSED = frozenset({"broken", "changed", "partial", "revoked", "unreadable"})
"""States of a signature under which nothing counts as signed."""


@dataclass(frozen=True, slots=True)
class Found:
    """One electronic signature of a file.

    Attributes
    ----------
    state
        `valid`: intact, nothing changed, of somebody under a root that is trusted here. `unknown_root`,
        `expired`, `not_yet`, `not_for_signing`: intact, but of nobody known. Else of `REFUSED`.
    claimed, stamped
        When it was made: as the signer's computer says; as a trusted time stamp proves. ISO 8601.
    covers
        `file`, `revision` (what the file was when it was signed), `part`.
    changed
        What came after it: empty, `signed` by others, `changed`.
    root
        Under which trusted root its certificate stands; empty for none.
    revocation_known
        Whether there was a list to look into; without one a revocation cannot be seen.
    """

    state: str
    name: str = ""
    issuer: str = ""
    serial: str = ""
    certificate: str = ""
    since: str = ""
    until: str = ""
    claimed: str = ""
    stamped: str = ""
    intact: bool = False
    covers: str = ""
    changed: str = ""
    root: str = ""
    chain: tuple[str, ...] = ()
    revoked_on: str = ""
    revocation_known: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a file.

    Attributes
    ----------
    roots
        How many trusted roots there were when it was examined.
    """

    sha256: str
    at: str
    roots: int
    signatures: tuple[Found, ...]

    @property
    def refused(self) -> tuple[Found, ...]:
        """The signatures for which nothing counts as signed."""
        return tuple(one for one in self.signatures if one.state in REFUSED)

    @property
    def all_valid(self) -> bool:
        """Whether there are signatures and each is of somebody known."""
        return bool(self.signatures) and all(one.state == "valid" for one in self.signatures)

    def kept(self) -> dict[str, Any]:
        """Return it as it is stored with a signature."""
        return asdict(self)


def examine(content: bytes) -> Examined:
    """Return the electronic signatures of a PDF; none where it has none.

    Raises
    ------
    InvalidError
        With `file`, when it cannot be read, or not in time.
    """
    folder = settings.SINERGI_TRUST
    lines = told(PROGRAM, content, str(folder or ""), seconds=SECONDS)
    if not any("end" in line for line in lines):
        text = _("The signatures in this PDF cannot be examined: it is damaged or too intricate.")
        raise InvalidError({"file": text})
    names = {field.name for field in fields(Found)}
    found = [
        Found(
            **{
                **{k: v for k, v in line.items() if k in names},
                "chain": tuple(line.get("chain", ())),
            }
        )
        for line in lines
        if "state" in line
    ]
    at = timezone.now().isoformat(timespec="seconds")
    digest = hashlib.sha256(content).hexdigest()
    return Examined(digest, at, int(lines[0].get("roots", 0)), tuple(found))


def state_words(state: str) -> str:
    """Return a state in words."""
    return {
        "valid": _("valid: intact, and of somebody under a root that is trusted here"),
        "unknown_root": _("intact, but nobody trusted here vouches for who signed"),
        "expired": _(
            "intact, but the certificate has expired and no time stamp proves when it was signed"
        ),
        "not_yet": _("intact, but the certificate was not valid yet"),
        "not_for_signing": _("intact, but the certificate is not one for signing documents"),
        "revoked": _("the certificate was revoked"),
        "changed": _("the document was changed after it was signed"),
        "partial": _("covers only a part of the file"),
        "broken": _("broken: what is in the file is not what was signed"),
        "unreadable": _("of a kind that cannot be examined"),
    }.get(state, state)


def covers_words(found: Mapping[str, Any]) -> str:
    """Return how much of the file a signature covers, in words."""
    return {
        "file": _("the whole file"),
        "revision": _("the whole file as it was when it was signed; more was added after it"),
        "part": _("a part of the file"),
    }.get(str(found.get("covers", "")), "–")


def when(text: str) -> datetime | None:
    """Return a moment as it was stored."""
    return datetime.fromisoformat(text) if text else None
