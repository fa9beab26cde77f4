"""Collects the static files of the pages when they have changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from sinergi.cli import screen
from sinergi.cli.language import gettext as _

STAMP = ".fingerprint"
NOT_OURS = ["django_htmx/ext/*"]
"""Extensions that no page uses; they import names that only a bundler finds."""


def collect_if_needed() -> bool:
    """Put the static files where the server finds them; return whether there was something to do.

    The fingerprint is of names, sizes and times: it is taken in milliseconds, and a wrong guess only
    costs collecting once too often.
    """
    if settings.DEBUG:
        return False
    stamp = Path(settings.STATIC_ROOT) / STAMP
    now = fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return False
    screen.note(_("Collecting the files of the pages …"))
    call_command(
        "collectstatic",
        interactive=False,
        verbosity=0,
        clear=stamp.parent.exists(),
        ignore_patterns=NOT_OURS,
    )
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now, encoding="ascii")
    return True


def fingerprint() -> str:
    """Return a hash of names, sizes and times of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name}:{about.st_size}:{about.st_mtime_ns};".encode())
    return digest.hexdigest()
