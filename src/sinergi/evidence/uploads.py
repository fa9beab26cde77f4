"""Files that wait between upload and load, each in a folder of its own, for a day."""

import json
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sinergi.evidence.imports.mapping import Mapping, OnExisting, from_json
from sinergi.evidence.store import Progress

TOKEN = re.compile(r"[0-9a-f]{32}")
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
KEPT_SECONDS = 24 * 60 * 60
STATE = "state.json"
PROGRESS = "progress.json"
PROGRESS_SECONDS = 0.3
"""Progress is written down no more often than this."""
ON_EXISTING: tuple[OnExisting, ...] = ("reject", "skip_identical", "replace")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits, and how its user wants it read."""

    token: str
    path: Path
    filename: str
    mapping: Mapping | None
    """None: to be guessed."""
    on_existing: OnExisting = "reject"


def _folder() -> Path:
    return Path(settings.HOME) / "uploads"


def keep(file: "UploadedFile[Any]") -> Upload:
    """Keep an uploaded file; files older than a day are removed."""
    remove_old()
    token = secrets.token_hex(16)
    folder = _folder() / token
    folder.mkdir(parents=True, mode=0o700)
    filename = Path(file.name or "").name[:200] or "file"
    suffix = Path(filename).suffix
    path = folder / f"upload{suffix.lower() if SUFFIX.fullmatch(suffix) else ''}"
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    upload = Upload(token, path, filename, None)
    remember(upload)
    return upload


def remember(upload: Upload) -> None:
    """Write down how a waiting file is to be read."""
    state = {
        "file": upload.path.name,
        "filename": upload.filename,
        "mapping": upload.mapping.to_json() if upload.mapping else None,
        "on_existing": upload.on_existing,
    }
    draft = upload.path.parent / f"{STATE}.new"
    draft.write_text(json.dumps(state), encoding="utf-8")
    draft.replace(upload.path.parent / STATE)


def find(token: str) -> Upload | None:
    """Return a waiting file; None when it is gone, or was never there."""
    if not TOKEN.fullmatch(token):
        return None
    folder = _folder() / token
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
        mapping = from_json(state["mapping"]) if state["mapping"] else None
        path = folder / state["file"]
        upload = Upload(token, path, state["filename"], mapping, state["on_existing"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return upload if path.is_file() else None


def forget(token: str) -> None:
    """Remove a waiting file."""
    if TOKEN.fullmatch(token):
        shutil.rmtree(_folder() / token, ignore_errors=True)


def reporter(token: str) -> Progress:
    """Return what writes down how far the work on a waiting file is, for `progress` to read."""
    target = _folder() / token / PROGRESS
    last = 0.0

    def report(step: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < PROGRESS_SECONDS:
            return
        last = now
        draft = target.with_suffix(".new")
        with suppress(OSError):
            draft.write_text(json.dumps([step, done, total]), encoding="utf-8")
            draft.replace(target)

    return report


def progress(token: str) -> tuple[str, int, int] | None:
    """Return step, how much of it is done and how much there is; None when no work was begun."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        step, done, total = json.loads((_folder() / token / PROGRESS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(step), int(done), int(total)


def remove_old() -> None:
    """Remove files that have waited for more than a day."""
    if not _folder().is_dir():
        return
    limit = time.time() - KEPT_SECONDS
    for folder in _folder().iterdir():
        if TOKEN.fullmatch(folder.name) and folder.stat().st_mtime < limit:
            forget(folder.name)
