"""Documents as PDF: the Word file through LibreOffice where it is installed, otherwise set by typst."""

import json
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any

import typst
from django.utils.translation import gettext as _

from sinergi.agreements.documents.layout import Grid, laid_out
from sinergi.agreements.documents.wordml import widths
from sinergi.agreements.errors import StateError

TEMPLATE = Path(__file__).with_name("document.typ")
SECONDS = 60
MOST_AT_ONCE = BoundedSemaphore(2)
"""LibreOffice takes a few hundred megabytes each time."""


def office() -> str | None:
    """Return the program of LibreOffice, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def write(word: bytes, payload: dict[str, Any]) -> bytes:
    """Return a document as PDF.

    Raises
    ------
    StateError
        When neither LibreOffice nor typst could set it.
    """
    program = office()
    if program is not None:
        made = through_office(program, word)
        if made is not None:
            return made
    return through_typst(payload)


def through_office(program: str, word: bytes, *, seconds: float = SECONDS) -> bytes | None:
    """Return a Word file as PDF; `None` when LibreOffice fails or takes too long."""
    with MOST_AT_ONCE, TemporaryDirectory(prefix="sinergi-pdf-") as folder:
        source = Path(folder, "dokumen.docx")
        source.write_bytes(word)
        process = subprocess.Popen(  # noqa: S603 - fixed words and a path of ours
            [
                program,
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nologo",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(source),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=folder,
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "HOME": folder,
                "LANG": "C.UTF-8",
                "SOURCE_DATE_EPOCH": "315532800",
            },
        )
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)
        made = source.with_suffix(".pdf")
        return made.read_bytes() if made.is_file() else None


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process with its group: LibreOffice begins others."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _blocks(text: str, tables: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "kind": "table",
            "head": one.head,
            "rows": one.rows,
            "right": sorted(one.right),
            "widths": widths(one),
        }
        if isinstance(one, Grid)
        else {"kind": "line", "mark": one.mark, "level": one.level, "text": one.text}
        for one in laid_out(text, tables)
    ]


def through_typst(payload: dict[str, Any]) -> bytes:
    """Return a document as tagged PDF in a plain form; a template of an organisation is not used.

    Raises
    ------
    StateError
    """
    values = payload["values"]
    tables = {code: value for code, value in values.items() if isinstance(value, dict)}
    told = {
        **{name: payload[name] for name in ("kind", "subject", "style", "version", "note")},
        "number": values.get("nomor") or payload["gap"],
        "dated": values.get("tanggal") or payload["gap"],
        "author": payload["author"],
        "receivers": payload["receivers"],
        "signers": payload["signers"],
        "parties": payload["parties"],
        "opening": payload["opening"],
        "clauses": [{**one, "blocks": _blocks(one["teks"], tables)} for one in payload["clauses"]],
    }
    try:
        made: bytes = typst.compile(
            TEMPLATE,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
            format="pdf",
        )
    except RuntimeError as error:
        raise StateError(_("The PDF could not be made. Take the Word file.")) from error
    return made
