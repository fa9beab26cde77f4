"""Files that wait between upload and load, each in a folder of its own, for a day.

They lie in `SINERGI_HOME/uploads`, which all web and background processes of an installation share.
"""

import errno
import json
import re
import secrets
import shutil
import time
import unicodedata
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
REFUSED = "refused.txt"
NAME_LENGTH = 200
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of characters that nobody sees: control, direction, joining, unassigned, line ends."""
PROGRESS_SECONDS = 0.3
"""Progress is written down no more often than this."""
NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What a system says when nothing more can be written."""
ON_EXISTING: tuple[OnExisting, ...] = ("reject", "skip_identical", "replace")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits, and how its user wants it read.

    Attributes
    ----------
    mapping
        `None`: to be guessed.
    person
        Who uploaded it; for nobody else it exists.
    organisation
        On whose shelf it is to be loaded; `None` for the common evidence.
    note
        What to keep with the load.
    task
        The background task that loads it; empty before.
    """

    token: str
    path: Path
    filename: str
    mapping: Mapping | None
    on_existing: OnExisting = "reject"
    person: int | None = None
    organisation: int | None = None
    note: str = ""
    task: str = ""


def _folder() -> Path:
    return Path(settings.HOME) / "uploads"


def clean_name(name: str) -> str:
    """Return a file name without its path and without characters that hide or turn around what it says."""
    plain = re.split(r"[/\\\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(one for one in plain if unicodedata.category(one) not in HIDDEN)
    return shown.strip()[:NAME_LENGTH] or "file"


def keep(
    file: "UploadedFile[Any]", person: int | None = None, organisation: int | None = None
) -> Upload:
    """Keep an uploaded file for a person; files older than a day are removed.

    Raises
    ------
    OSError
        When it cannot be written, as on a full disk (`is_full`); then nothing of it is left.
    """
    remove_old()
    token = secrets.token_hex(16)
    folder = _folder() / token
    folder.mkdir(parents=True, mode=0o700)
    filename = clean_name(file.name or "")
    suffix = Path(filename).suffix
    path = folder / f"upload{suffix.lower() if SUFFIX.fullmatch(suffix) else ''}"
    upload = Upload(token, path, filename, None, person=person, organisation=organisation)
    try:
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        remember(upload)
    except OSError:
        forget(token)
        raise
    return upload


def is_full(error: BaseException) -> bool:
    """Whether an error says that the disk has no space, or a quota or limit of files is reached."""
    return isinstance(error, OSError) and error.errno in NO_SPACE


def remember(upload: Upload) -> None:
    """Write down how a waiting file is to be read; on a full disk it stays as it was.

    Raises
    ------
    OSError
    """
    state = {
        "file": upload.path.name,
        "filename": upload.filename,
        "mapping": upload.mapping.to_json() if upload.mapping else None,
        "on_existing": upload.on_existing,
        "person": upload.person,
        "organisation": upload.organisation,
        "note": upload.note,
        "task": upload.task,
    }
    write_beside(upload, STATE, state)


def write_beside(upload: Upload, name: str, told: dict[str, Any]) -> None:
    """Write down something about a waiting file beside it; on a full disk it stays as it was.

    Raises
    ------
    OSError
    """
    draft = upload.path.parent / f"{name}.new"
    try:
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(upload.path.parent / name)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def read_beside(upload: Upload, name: str) -> Any:
    """Return what `write_beside` wrote.

    Raises
    ------
    OSError, ValueError
        When nothing was written, or it is no JSON.
    """
    return json.loads((upload.path.parent / name).read_text(encoding="utf-8"))


def find(token: str) -> Upload | None:
    """Return a waiting file; None when it is gone, or was never there."""
    if not TOKEN.fullmatch(token):
        return None
    folder = _folder() / token
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
        mapping = from_json(state["mapping"]) if state["mapping"] else None
        path = folder / state["file"]
        upload = Upload(
            token,
            path,
            state["filename"],
            mapping,
            state["on_existing"],
            *(state[name] for name in ("person", "organisation", "note", "task")),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return upload if path.is_file() else None


def forget(token: str) -> None:
    """Remove a waiting file."""
    if TOKEN.fullmatch(token):
        shutil.rmtree(_folder() / token, ignore_errors=True)


def refuse(token: str, why: str) -> None:
    """Write down why a waiting file was not loaded."""
    with suppress(OSError):
        (_folder() / token / REFUSED).write_text(why, encoding="utf-8")


def is_refused(token: str) -> bool:
    """Whether it was written down why a waiting file was not loaded."""
    return bool(TOKEN.fullmatch(token)) and (_folder() / token / REFUSED).is_file()


def refusal(token: str) -> str:
    """Return why a waiting file was not loaded, and leave it there; empty when it was not refused."""
    try:
        return (_folder() / token / REFUSED).read_text(encoding="utf-8")
    except OSError:
        return ""


def take_refusal(token: str) -> str:
    """Return why a waiting file was not loaded, once; empty when it was not refused."""
    path = _folder() / token / REFUSED
    try:
        why = path.read_text(encoding="utf-8")
        path.unlink(missing_ok=True)
    except OSError:
        return ""
    return why


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


def old() -> list[str]:
    """Return the files that have waited for more than a day."""
    if not _folder().is_dir():
        return []
    limit = time.time() - KEPT_SECONDS
    folders = [one for one in _folder().iterdir() if TOKEN.fullmatch(one.name)]
    return [one.name for one in folders if one.stat().st_mtime < limit]


def remove_old() -> None:
    """Remove files that have waited for more than a day."""
    for token in old():
        forget(token)
