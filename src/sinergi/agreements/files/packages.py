"""Word, Excel and OpenDocument files: which it is, and whether it carries what acts or reaches out."""

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.evidence.imports.archives import (
    DAMAGED,
    END,
    END_SIZE,
    SPREADSHEET,
    declares_entities,
)

KINDS = frozenset({"docx", "xlsx", "odt"})
BEGINNING = b"PK\x03\x04"
WORD = b"wordprocessingml.document.main+xml"
SHEET = SPREADSHEET + b".sheet.main+xml"
ODT = b"application/vnd.oasis.opendocument.text"
CONTENT_TYPES = "[Content_Types].xml"
MOST_PARTS = 10_000
MOST_UNPACKED = 400 * 1024 * 1024
MOST_GROWTH = 200
"""Times that a part may grow when it is unpacked, once it is larger than `LARGE`."""
LARGE = 8 * 1024 * 1024
MOST_READ = 64 * 1024 * 1024
"""Bytes of one part in which references are looked for; a larger one is refused."""
MACROS = re.compile(r"vbaproject|vbadata|macrosheets?/|activex|^basic/|^scripts/", re.IGNORECASE)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
TARGET = re.compile(rb"\bTarget\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
INSTRUCTION = re.compile(
    rb"<w:instrText\b[^>]*>([^<]*)|<w:fldSimple\b[^>]*?w:instr\s*=\s*[\"']([^\"']*)", re.IGNORECASE
)
REACHING = re.compile(
    rb"\bDDE(?:AUTO)?\b|\bINCLUDE(?:TEXT|PICTURE)\b|\bIMPORT\b|\bDATABASE\b|\bRD\b", re.IGNORECASE
)
DDE_LINK = re.compile(rb"<(?:\w+:)?(?:ddeLink|oleLink)\b", re.IGNORECASE)
ODT_REMOTE = re.compile(
    rb"<(?:draw:(?:image|object|object-ole|plugin|applet|floating-frame)|text:section-source|"
    rb"office:dde-source|text:dde-connection-decl|script:event-listener)\b[^>]*"
    rb"(?:xlink:href\s*=\s*[\"'](?:[a-z][a-z0-9+.\-]*:|//|\.\./)|dde-application|script:language)",
    re.IGNORECASE,
)
SAFE_LINKS = (b"http://", b"https://", b"mailto:", b"tel:", b"#")
UNREADABLE = (*DAMAGED, ValueError, OSError)


def kind_of(content: bytes) -> str:
    """Return which of `KINDS` an archive is.

    Raises
    ------
    InvalidError
        When it is none, damaged, or grows without measure.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_growth(archive)
            return _kind(archive)
    except UNREADABLE as error:
        raise InvalidError({"file": _("The file is damaged: it cannot be opened.")}) from error


def _kind(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if CONTENT_TYPES in names:
        told = archive.read(CONTENT_TYPES)
        if re.search(rb"macroEnabled", told, re.IGNORECASE):
            raise _refused(_("It holds macros, in the part %(part)s."), CONTENT_TYPES)
        if WORD in told:
            return "docx"
        if SHEET in told:
            return "xlsx"
    if "mimetype" in names and archive.read("mimetype").strip() == ODT:
        return "odt"
    told_kinds = _("This kind of file is not taken here. Taken are: %(kinds)s.")
    raise InvalidError(
        {"file": told_kinds % {"kinds": "PDF, DOCX, XLSX, ODT, PNG, JPEG, TXT, CSV"}}
    )


def _refused(text: str, part: str) -> InvalidError:
    return InvalidError({"file": text % {"part": part[:120]}})


def _refuse_growth(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    grown = any(
        part.file_size > LARGE and part.file_size > MOST_GROWTH * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MOST_PARTS or total > MOST_UNPACKED or grown:
        raise InvalidError({"file": _("Unpacked, the file is too large to be taken.")})
    if any(part.flag_bits & 1 for part in parts):
        raise InvalidError({"file": _("The file is encrypted. Save it without a password.")})


def look(content: bytes) -> tuple[str, ...]:
    """Return what is told of an archive that `kind_of` knows; see `looking.words`.

    Raises
    ------
    InvalidError
        When it holds macros, reaches out for other files, is damaged, or something stands around it.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_surroundings(content, archive)
            if declares_entities(archive):
                raise InvalidError({"file": _("The file is damaged: it cannot be opened.")})
            found = {told for part in archive.infolist() for told in _looked(archive, part)}
            return tuple(sorted(found))
    except UNREADABLE as error:
        raise InvalidError({"file": _("The file is damaged: it cannot be opened.")}) from error


def _refuse_surroundings(content: bytes, archive: zipfile.ZipFile) -> None:
    """Refuse a file that is more than its archive: another one could stand before or behind it."""
    first = min((part.header_offset for part in archive.infolist()), default=0)
    if first != 0 or content[-END_SIZE:][: len(END)] != END:
        raise InvalidError(
            {"file": _("Something stands before or behind the document in this file.")}
        )


def _looked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> set[str]:
    name = part.filename
    if MACROS.search(name):
        raise _refused(_("It holds macros, in the part %(part)s."), name)
    if not name.endswith((".xml", ".rels", ".vml")):
        _drained(archive, part)
        return {"embedded"} if "embeddings/" in name or name.startswith("Object") else set()
    if part.file_size > MOST_READ:
        raise InvalidError({"file": _("Unpacked, the file is too large to be taken.")})
    text = _plain(archive.read(part))
    if name.endswith(".rels"):
        return _relations(name, text)
    instructions = b"".join(a or b" " + b + b" " for a, b in INSTRUCTION.findall(text))
    if REACHING.search(instructions) or DDE_LINK.search(text) or ODT_REMOTE.search(text):
        raise _refused(_("It reaches out for other files or programs, in the part %(part)s."), name)
    return set()


def _drained(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part to its end: a wrong checksum tells that the file is damaged."""
    with archive.open(part) as stream:
        while stream.read(1 << 20):
            pass


def _plain(text: bytes) -> bytes:
    """Return XML as UTF-8: in another encoding a pattern would look past what stands there."""
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return text.decode("utf-16").encode()
    if b"\x00" in text[:64]:
        raise ValueError
    return text


def _relations(name: str, text: bytes) -> set[str]:
    told = set()
    for relation in RELATION.findall(text):
        if not EXTERNAL.search(relation):
            continue
        if not HYPERLINK.search(relation):
            raise _refused(
                _("It reaches out for other files or programs, in the part %(part)s."), name
            )
        target = TARGET.search(relation)
        if target and not target[1].strip().lower().startswith(SAFE_LINKS):
            told.add("local_links")
    return told
