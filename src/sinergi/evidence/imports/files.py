"""What kind of file this is, by its content, and whether it is safe to open."""

import codecs
import csv
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings

from sinergi.evidence.imports.archives import declares_entities, is_plain, says_it_is
from sinergi.evidence.imports.extent import Extent, check_members
from sinergi.evidence.imports.problems import Problems, Severity

Kind = Literal["xlsx", "xlsb", "xls", "ods", "text"]
EXTENSIONS: dict[str, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm"),
    "xlsb": (".xlsb",),
    "xls": (".xls",),
    "ods": (".ods",),
    "text": (".csv", ".tsv", ".txt"),
}
FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}
MARKUP = re.compile(
    rb"^[\s\x00\xef\xbb\xbf\xff\xfe]*<\x00?(?:!doctype|html|table|\?xml|script|svg)"
    rb"|<html[\s>]|<!doctype\s+html",
    re.IGNORECASE,
)
"""Pages and drawings that call themselves a table; a browser would run what they hold."""
MEMBERS_MAX = 10_000
"""Parts of a workbook; one has some dozens."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNPACKED_MAX = 1024**3
RATIO_MAX = 100
RATIO_FROM = 100 * 1024**2
"""Ratios are only looked at above this unpacked size: small sheets of zeros compress very well."""
CELLS_MAX = 20_000_000
"""Cells from the first to the last of a sheet; empty ones take memory too."""
COLUMNS_MAX = 900
"""Columns of a sheet; each has a field of its own in the form of the mapping."""
MEGABYTE = 1024**2
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file before its cells are read."""

    kind: Kind
    encoding: str = ""
    delimiter: str = ""


def inspect(path: Path, problems: Problems) -> FileFacts | None:
    """Find out what a file is; None with an error in `problems` when it cannot or must not be read."""
    size, limit = path.stat().st_size, settings.SINERGI_IMPORT_MAX_BYTES
    if size > limit:
        megabytes = round(size / MEGABYTE), round(limit / MEGABYTE)
        problems.add("error", "too_large", size=megabytes[0], limit=megabytes[1])
        return None
    kind = _readable_kind(path, problems)
    if kind is None:
        return None
    if kind == "text":
        return _text_facts(path, problems)
    if kind != "xls" and not _safe_archive(path, size, problems):
        return None
    return FileFacts(kind)  # type: ignore[arg-type]


def _readable_kind(path: Path, problems: Problems) -> str | None:
    """Return the kind of a table whose name fits it; report what is none."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        problems.add("error", "empty_file")
        return None
    kind = _kind(path, head)
    if kind not in EXTENSIONS:
        problems.add("error", "not_a_table", kind=kind)
        return None
    return kind if _fits(path.suffix, kind, problems) else None


def _kind(path: Path, head: bytes) -> str:
    if head.startswith(OLE):
        return "xls"
    if head.startswith(b"PK\x03\x04"):
        return _archive_kind(path)
    for magic, name in FOREIGN.items():
        if head.startswith(magic):
            return name
    if MARKUP.search(head):
        return "HTML/XML"
    return "text"


def _archive_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return "ZIP"
    for member, kind in (
        ("xl/workbook.xml", "xlsx"),
        ("xl/workbook.bin", "xlsb"),
        ("content.xml", "ods"),
    ):
        if member in names and says_it_is(path, kind):
            return kind
    return "ZIP"


def _safe_archive(path: Path, size: int, problems: Problems) -> bool:
    """Check the unpacked size that the archive declares, then that the declaration is true."""
    with zipfile.ZipFile(path) as archive:
        if not is_plain(archive, path):
            problems.add("error", "polyglot")
            return False
        unpacked = sum(member.file_size for member in archive.infolist())
        ratio = unpacked / max(size, 1)
        many = len(archive.infolist()) > MEMBERS_MAX
        if many or unpacked > UNPACKED_MAX or (unpacked > RATIO_FROM and ratio > RATIO_MAX):
            megabytes = round(unpacked / MEGABYTE)
            problems.add("error", "zip_bomb", size=megabytes, ratio=round(ratio))
            return False
        if declares_entities(archive):
            problems.add("error", "entities")
            return False
        try:
            extent = check_members(archive)
        except (
            zipfile.BadZipFile,
            EOFError,
            NotImplementedError,
            RuntimeError,
            zlib.error,
        ) as error:
            problems.add("error", "unreadable", why=str(error))
            return False
    if extent.cells > CELLS_MAX:
        tell_too_many(extent, problems)
        return False
    return True


def _fits(suffix: str, kind: str, problems: Problems) -> bool:
    """Report an extension that the content has not; refuse one that is of another kind of table."""
    if suffix.lower() in EXTENSIONS[kind]:
        return True
    others = {one for suffixes in EXTENSIONS.values() for one in suffixes}
    severity: Severity = "error" if suffix.lower() in others else "warning"
    problems.add(severity, "wrong_extension", extension=suffix or "-", kind=kind.upper())
    return severity == "warning"


def tell_too_many(extent: Extent, problems: Problems) -> None:
    """Report a sheet that spans more cells than are read."""
    problems.add(
        "error",
        "too_many_cells",
        rows=extent.rows,
        columns=extent.columns,
        limit=CELLS_MAX // 1_000_000,
        limit_columns=COLUMNS_MAX,
    )


def _text_facts(path: Path, problems: Problems) -> FileFacts | None:
    encoding = _encoding(path)
    if encoding is None:
        problems.add("error", "not_text")
        return None
    if encoding not in {"utf-8", "utf-8-sig"}:
        problems.add("warning", "encoding", encoding=encoding)
    return FileFacts("text", encoding, _delimiter(path, encoding))


def _encoding(path: Path) -> str | None:
    with path.open("rb") as file:
        head = file.read(4096)
    likely: tuple[str, ...] = ("utf-8", "windows-1252")
    if head.startswith(codecs.BOM_UTF8):
        likely = ("utf-8-sig",)
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        likely = ("utf-16",)
    elif b"\x00" in head:
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) < len(head) // 4:
            return None
        likely = ("utf-16-le" if odd > even else "utf-16-be",)
    return next((encoding for encoding in likely if _decodes(path, encoding)), None)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(MEGABYTE):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(path: Path, encoding: str) -> str:
    """Choose the mark that cuts most of the first lines into the same number of parts."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for _, line in zip(range(200), file, strict=False) if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0][4]
    best, delimiter = (0.0, 0), ","
    for candidate in DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=candidate) if row)
        except csv.Error:
            continue
        several = {width: number for width, number in widths.items() if width > 1}
        if not several:
            continue
        width = max(several, key=lambda one: (several[one], one))
        if (several[width] / len(lines), width) > best:
            best, delimiter = (several[width] / len(lines), width), candidate
    return delimiter
