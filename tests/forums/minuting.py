"""Minutes of a forum, made in one line each by the same actions, and files of them read and edited."""

import io

from docx import Document
from pypdf import PdfReader

from sinergi.forums import minutes as contents
from sinergi.forums.actions import minutes, points
from sinergi.forums.details import PointDetails
from sinergi.forums.documents import checking
from sinergi.forums.models import Minutes

from .play import Play, deliberating

SIGNED = [("Wali Kota Banjarbaru", ""), ("Wali Kota Banjarmasin", "H. Contoh")]
NASTY = "<b>tebal</b> {{ 7*7 }} {% raw %} #set text(red) $x$ & \\ @kota"


def agreed() -> Play:
    """A forum that deliberates, with one agreed point."""
    made, _drawn = deliberating()
    details = PointDetails(
        1, "Percepatan jalan", "advocacy", text="Baris satu.\nBaris dua.", addressees=("Kemen PU",)
    )
    points.agree(made.secretary, made.forum.pk, details)
    return made


def drawn(made: Play, **values: object) -> Minutes:
    """A draft of the minutes."""
    options = {"opening": "Pembukaan", "signatories": SIGNED} | values
    return minutes.draw_up(made.secretary, made.forum.pk, **options)


def sealed(made: Play, **values: object) -> Minutes:
    """Minutes that were drawn up and sealed."""
    row = drawn(made, **values)
    sha256 = contents.hash_of(row.content)
    return minutes.seal_minutes(made.secretary, made.forum.pk, row.version, sha256)


def word_text(content: bytes) -> str:
    """What a Word file says, a line for each paragraph."""
    return "\n".join(checking.lines_of(content))


def pdf_text(content: bytes) -> str:
    """What a PDF says, as read back by its letters."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def edited(content: bytes, old: str, new: str) -> bytes:
    """The Word file with a text replaced, as an office program would save it."""
    document = Document(io.BytesIO(content))
    for paragraph in document.paragraphs:
        if old in paragraph.text:
            paragraph.text = paragraph.text.replace(old, new)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
