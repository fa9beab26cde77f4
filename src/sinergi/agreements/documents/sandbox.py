"""Templates of organisations: rendered in a process apart, and what is wrong with them in words."""

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

import sinergi
from sinergi.accounts.errors import InvalidError
from sinergi.agreements.documents.placeholders import PLACEHOLDERS
from sinergi.agreements.documents.word import OWN_NAMES

SECONDS = 20
"""After which the process is ended; its own limit of computing time is shorter."""
MOST_BYTES = 64 * 1024 * 1024
ROOT = str(Path(sinergi.__file__).parents[1])


def rendered(template: bytes, payload: dict[str, Any], *, seconds: float = SECONDS) -> bytes:
    """Return the Word file of a template that an organisation made.

    Raises
    ------
    InvalidError
        With `file`: what is wrong, and in which paragraph.
    """
    asked = {
        "template": base64.b64encode(template).decode(),
        "payload": payload,
        "known": sorted(OWN_NAMES | PLACEHOLDERS.keys()),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "sinergi.agreements.documents.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={"PATH": os.defpath, "PYTHONPATH": ROOT, "LANG": "C.UTF-8", "HOME": "/nonexistent"},
    )
    try:
        made, _errors = process.communicate(json.dumps(asked).encode(), timeout=seconds)
    except subprocess.TimeoutExpired:
        raise _wrong("too_long") from None
    finally:
        _end(process)
    if process.returncode != 0:
        raise _wrong("too_long" if process.returncode < 0 else "too_large")
    if made.startswith(b"\0"):
        told = json.loads(made[1:])
        raise _wrong(told["code"], told["about"], told["place"])
    if not made.startswith(b"PK") or len(made) > MOST_BYTES:
        raise _wrong("too_large")
    return made


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process with all that it began."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        process.communicate()


def _wrong(code: str, about: str = "", place: str = "") -> InvalidError:
    text = _texts()[code] % {"about": about, "names": _names(PLACEHOLDERS)}
    if place:
        text += " " + _("In the paragraph “%(place)s”.") % {"place": place}
    return InvalidError({"file": text})


def _names(codes: Iterable[str]) -> str:
    return ", ".join(sorted({*codes, *OWN_NAMES}))


def _texts() -> dict[str, str]:
    return {
        "syntax": _("A field of the template cannot be read: %(about)s."),
        "unknown": _(
            "The template names “%(about)s”, which no document knows. Known are: %(names)s."
        ),
        "undefined": _("A field of the template names what is not there: %(about)s."),
        "not_allowed": _("A field of the template does what templates may not: %(about)s."),
        "no_body": _(
            "The template has no place for the text: write {{p isi }} in a paragraph of its own."
        ),
        "too_large": _(
            "The document that this template makes is too large. Look for a loop in it."
        ),
        "too_long": _("This template takes too long. Look for a loop in it that does not end."),
        "broken": _("The template cannot be rendered: %(about)s."),
    }
