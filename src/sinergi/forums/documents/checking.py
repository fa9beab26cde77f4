"""A file that came back from outside, held against a version of the minutes; it is never taken over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from lzma import LZMAError
from xml.etree.ElementTree import ParseError, iterparse
from zipfile import ZipFile

from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.evidence.imports.archives import DAMAGED, DECLARATION
from sinergi.forums.documents import LANGUAGES, render
from sinergi.forums.minutes import file_hash
from sinergi.forums.models import Forum, Minutes
from sinergi.forums.queries.minutes import given_on
from sinergi.forums.wordwise import LineChange, line_changes

MOST_BYTES = 8 * 1024 * 1024
MOST_TEXT = 20 * 1024 * 1024
MOST_LINES = 4000
MOST_SHOWN = 200
BEGINNINGS = {"docx": b"PK\x03\x04", "pdf": b"%PDF-"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, TEXT = f"{W}p", f"{W}t"
DEEPEST = 200
"""Elements within each other; Word nests a few dozen at most."""
UNREADABLE = (*DAMAGED, ParseError, LZMAError, LookupError, ValueError, OSError)
BREAKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Check:
    """What a file is, held against a version.

    Attributes
    ----------
    same
        Whether it is, byte for byte, a file that Sinergi makes or gave of this version.
    given
        When it was given, where that is recorded.
    changes
        Lines that differ, of a Word file; `None` where the texts were not compared.
    more
        How many further lines differ that are not among `changes`.
    """

    fmt: str
    sha256: str
    same: bool
    given: datetime | None = None
    changes: tuple[LineChange, ...] | None = None
    more: int = 0


def check(forum: Forum, row: Minutes, content: bytes) -> Check:
    """Hold a Word or PDF file against a version of the minutes; nothing is kept of it.

    Raises
    ------
    InvalidError
        When the file is empty, too large, or neither Word nor PDF.
    """
    fmt = _format(content)
    sha256 = file_hash(content)
    made = {language: render(row, fmt, language) for language in LANGUAGES}
    given = given_on(forum, row.version, sha256)
    if given is not None or sha256 in {file_hash(one) for one in made.values()}:
        return Check(fmt, sha256, same=True, given=given)
    if fmt == "pdf":
        return Check(fmt, sha256, same=False)
    lines = lines_of(content)
    ours = [lines_of(one) for one in made.values()]
    nearest = max(ours, key=lambda one: len(set(one) & set(lines)))
    found = line_changes(nearest, lines)
    return Check(
        fmt,
        sha256,
        same=False,
        changes=tuple(found[:MOST_SHOWN]),
        more=max(0, len(found) - MOST_SHOWN),
    )


def _format(content: bytes) -> str:
    if not content:
        raise InvalidError({"file": _("The file is empty.")})
    if len(content) > MOST_BYTES:
        told = _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20}
        raise InvalidError({"file": told})
    found = next((fmt for fmt, start in BEGINNINGS.items() if content.startswith(start)), "")
    if not found:
        raise InvalidError({"file": _("Choose a Word file (.docx) or a PDF.")})
    return found


def lines_of(content: bytes) -> list[str]:
    """Return the text of a Word document by paragraphs, without spaces at their ends and empty ones.

    Heads, feet, pictures and how it looks are left out; of changes that are tracked, the text as it would be
    when all are accepted counts. What stands in a box within a paragraph is a paragraph of its own before it.

    Raises
    ------
    InvalidError
        When it is no Word document, or holds more text than minutes do.
    """
    try:
        text = _part(content)
        kept = [line for line in _lines(text) if line]
    except UNREADABLE as error:
        told = _("This file cannot be read as a Word document.")
        raise InvalidError({"file": told}) from error
    if len(kept) > MOST_LINES:
        raise InvalidError({"file": _("This file holds more text than minutes do.")})
    return kept


def _part(content: bytes) -> bytes:
    """Return what a Word document says, as XML."""
    with ZipFile(BytesIO(content)) as archive:
        part = archive.getinfo("word/document.xml")
        if part.file_size > MOST_TEXT:
            raise InvalidError({"file": _("This file holds more text than minutes do.")})
        text = archive.read(part)
    if DECLARATION.search(text):
        raise ValueError
    return text


def _lines(text: bytes) -> Iterator[str]:
    """Yield the lines of each paragraph, in one pass however deep they stand in each other."""
    depth, paragraphs = 0, list[list[str]]()
    # Without a document type nothing can be expanded.
    for event, one in iterparse(BytesIO(text), events=("start", "end")):  # noqa: S314
        if event == "start":
            depth += 1
            if depth > DEEPEST:
                raise ValueError
            if one.tag == PARAGRAPH:
                paragraphs.append([])
            continue
        depth -= 1
        if one.tag == PARAGRAPH:
            for line in "".join(paragraphs.pop()).split("\n"):
                yield " ".join(line.split())
        elif paragraphs:
            said = one.text or "" if one.tag == TEXT else BREAKS.get(one.tag, "")
            paragraphs[-1].append(said)
        one.clear()
