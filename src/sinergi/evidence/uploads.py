"""Files that wait between upload and load, each in a folder of its own, for a day."""

import json
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sinergi.evidence.imports.mapping import Mapping, OnExisting, from_json

TOKEN = re.compile(r"[0-9a-f]{32}")
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
KEPT_SECONDS = 24 * 60 * 60
STATE = "state.json"
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
    except FileNotFoundError:
        return None
    mapping = from_json(state["mapping"]) if state["mapping"] else None
    path = folder / state["file"]
    return Upload(token, path, state["filename"], mapping, state["on_existing"])


def forget(token: str) -> None:
    """Remove a waiting file."""
    if TOKEN.fullmatch(token):
        shutil.rmtree(_folder() / token, ignore_errors=True)


def remove_old() -> None:
    """Remove files that have waited for more than a day."""
    if not _folder().is_dir():
        return
    limit = time.time() - KEPT_SECONDS
    for folder in _folder().iterdir():
        if TOKEN.fullmatch(folder.name) and folder.stat().st_mtime < limit:
            forget(folder.name)
