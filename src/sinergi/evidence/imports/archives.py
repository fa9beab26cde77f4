"""Whether a workbook is nothing but a workbook: nothing around it, no growing entities, its own type."""

import re
import zipfile
import zlib
from pathlib import Path

END = b"PK\x05\x06"
END_SIZE = 22
SPREADSHEET = b"spreadsheetml"
BINARY = b"ms-excel.sheet.binary"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
TYPES = {"xlsx": SPREADSHEET, "xlsb": BINARY, "ods": OPEN_DOCUMENT}
PLACES = {"xlsx": "[Content_Types].xml", "xlsb": "[Content_Types].xml", "ods": "mimetype"}
DECLARATION = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T)", re.IGNORECASE)
READ_WITHIN = 256 * 1024
"""Bytes of a part in which a declaration can stand: it comes before the first element."""
DAMAGED = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, KeyError, zlib.error)


def is_plain(archive: zipfile.ZipFile, path: Path) -> bool:
    """Whether the archive fills its file from the first byte to the last: nothing else stands around it."""
    first = min((member.header_offset for member in archive.infolist()), default=0)
    with path.open("rb") as file:
        file.seek(-END_SIZE, 2)
        return first == 0 and file.read(len(END)) == END


def says_it_is(path: Path, kind: str) -> bool:
    """Whether a workbook says of itself that it is of a kind, in the place where that kind says it."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(PLACES[kind]) as stream:
            return TYPES[kind] in stream.read(READ_WITHIN)
    except DAMAGED:
        return False


def declares_entities(archive: zipfile.ZipFile) -> bool:
    """Whether a part declares a document type: no workbook needs one, and entities can grow without end."""
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")) and _declares(archive, member):
            return True
    return False


def _declares(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    try:
        with archive.open(member) as stream:
            return DECLARATION.search(stream.read(READ_WITHIN)) is not None
    except DAMAGED:
        return False  # the check of all parts tells that it is damaged
