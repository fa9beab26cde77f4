"""What can be read in a file, for search: of PDF, Word, OpenDocument, workbooks and plain text."""

import re
import zipfile
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

from sinergi.agreements.files.looking import text_in

if TYPE_CHECKING:
    from sinergi.agreements.files.looking import Looked

MOST = 1_000_000
"""Characters that are kept of a file."""
MOST_PART = 32 * 1024 * 1024
PARTS = {
    "docx": re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"),
    "xlsx": re.compile(r"xl/sharedStrings\.xml"),
    "odt": re.compile(r"content\.xml"),
}
TAG = re.compile(rb"<[^>]*>")
BREAK = re.compile(
    rb"<(?:/w:p|/w:tc|w:br|w:tab|/si|/text:p|/text:h|text:tab|text:line-break|text:s)\b[^>]*>"
)
LEFT_OUT = re.compile(rb"<w:(instrText|delText)\b[^>]*>[^<]*")
BLANKS = re.compile(r"[^\S\n]+")


def text_of(content: bytes, looked: "Looked") -> tuple[str, tuple[str, ...]]:
    """Return what can be read in a file that was looked at, and codes of what is to be told of it."""
    whole = True
    if looked.pdf is not None:
        found, whole = looked.pdf.text, looked.pdf.whole
    elif looked.kind in PARTS:
        found = _of_parts(content, PARTS[looked.kind])
    elif looked.kind in {"txt", "csv"}:
        found = text_in(content) or ""
    else:
        found = ""
    kept = _fit(found)
    if not kept:
        return "", ("no_text",)
    return kept[:MOST], () if whole and len(kept) <= MOST else ("part_of_text",)


def _of_parts(content: bytes, wanted: re.Pattern[str]) -> str:
    """Return the text of those parts of an archive that are wanted; `packages` has opened all of them."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [
            archive.read(part)
            for part in archive.infolist()
            if wanted.fullmatch(part.filename) and part.file_size <= MOST_PART
        ]
    return "\n".join(_plain(part) for part in parts)


def _plain(part: bytes) -> str:
    text = TAG.sub(b"", BREAK.sub(b"\n", LEFT_OUT.sub(b"", part)))
    return unescape(text.decode("utf-8", errors="replace"))


def _fit(text: str) -> str:
    """Return text without what a database does not take, and with single blanks."""
    kept = "".join(c if c in "\n\t" or c.isprintable() else " " for c in text[: 4 * MOST])
    lines = (BLANKS.sub(" ", line).strip() for line in kept.split("\n"))
    return "\n".join(line for line in lines if line)
