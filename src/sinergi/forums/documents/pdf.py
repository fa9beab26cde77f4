"""Minutes as PDF, set by typst; the same version gives the same file, byte for byte."""

import json
from pathlib import Path

import typst

from sinergi.forums.documents import sheet
from sinergi.forums.models import Minutes

TEMPLATES = {
    1: Path(__file__).with_name("minutes_1.typ"),
    2: Path(__file__).with_name("minutes.typ"),
}
"""By the form of the content: what was sealed before gives the file that it gave."""


def write(row: Minutes) -> bytes:
    """Return a version as tagged PDF in the active language; text of people is never read as markup."""
    pdf: bytes = typst.compile(
        TEMPLATES[row.content["form"]],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(sheet.values(row), ensure_ascii=False)},
        format="pdf",
    )
    return pdf
