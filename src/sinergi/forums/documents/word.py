"""Minutes as a Word document; the same version gives the same file, byte for byte."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate

from sinergi.forums.documents import sheet
from sinergi.forums.models import Minutes

TEMPLATES = {
    1: Path(__file__).with_name("minutes_1.docx"),
    2: Path(__file__).with_name("minutes.docx"),
}
"""By the form of the content: what was sealed before gives the file that it gave."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can name; the time of writing would make every file another."""


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
    return _without_time(out.getvalue())


def _without_time(content: bytes) -> bytes:
    """Return an archive with its parts in the same order, all of the same moment."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as there, ZipFile(out, "w") as made:
        for name in there.namelist():
            part = ZipInfo(name, LONG_AGO)
            part.compress_type = ZIP_DEFLATED
            made.writestr(part, there.read(name))
    return out.getvalue()
