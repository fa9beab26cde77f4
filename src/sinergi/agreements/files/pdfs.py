"""PDF files: looked through in a process of its own, which is ended when it takes too long or too much."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.agreements.files.aside import told

SECONDS = 30
PROGRAM = Path(__file__).with_name("pdf_process.py")


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a PDF.

    Attributes
    ----------
    text
        What could be read of it in time.
    whole
        Whether that is all of it.
    """

    warnings: tuple[str, ...]
    pages: int
    text: str
    whole: bool


def look(content: bytes) -> Report:
    """Return what is in a PDF.

    Raises
    ------
    InvalidError
        When it is damaged, encrypted, acts when it is opened, or cannot be looked through in time.
    """
    lines = told(PROGRAM, content, seconds=SECONDS)
    found = next((line for line in lines if "fault" in line or "pages" in line), None)
    if found is None:
        text = _(
            "The PDF cannot be looked through: it is damaged or too intricate. Print it to a new PDF."
        )
        raise InvalidError({"file": text})
    if fault := found.get("fault"):
        raise InvalidError({"file": _fault(fault)})
    text = "\n".join(line["text"] for line in lines if "text" in line)
    return Report(
        tuple(found["warnings"]), found["pages"], text, any("end" in line for line in lines)
    )


def _fault(code: str) -> str:
    return {
        "encrypted": _("The PDF opens with a password only. Save it without one."),
        "javascript": _("The PDF holds a program (JavaScript). Print it to a new PDF."),
        "launch": _("The PDF starts other programs when it is opened. Print it to a new PDF."),
    }.get(code, _("The PDF is damaged: it cannot be opened."))
