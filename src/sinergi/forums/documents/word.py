"""Minutes as a Word document; the same version gives the same file, byte for byte."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate

from sinergi.forums.documents import sheet
from sinergi.forums.models import Minutes
from sinergi.reference.archives import LONG_AGO, without_time

TEMPLATES = {
    1: Path(__file__).with_name("minutes_1.docx"),
    2: Path(__file__).with_name("minutes.docx"),
}
"""By the form of the content: what was sealed before gives the file that it gave."""


def write(row: Minutes) -> bytes:
    """Return a version as a Word document in the active language; text of people is escaped."""
    document = DocxTemplate(TEMPLATES[row.content["form"]])
    document.render(sheet.values(row), autoescape=True)
    properties = document.core_properties
    properties.title = str(row.content["title"])[:250]
    properties.author = str(row.content["convener"])[:250]
    properties.language = sheet.values(row)["language"]
    properties.created = properties.modified = datetime(*LONG_AGO[:6])  # noqa: DTZ001 - of the archive
    out = BytesIO()
    document.save(out)
    return without_time(out.getvalue())
