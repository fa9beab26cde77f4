"""How far the cells of a workbook reach, found before a reader sets memory aside for all cells between.

The reader keeps a sheet as one block from its first to its last cell: one stray cell at the far corner of
an otherwise small sheet would ask for seventeen thousand million cells.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

BLOCK = 1 << 20
OVERLAP = 512
"""Bytes of a block that are looked at again with the next, longer than the start of any cell."""
CELL = re.compile(rb'[<:]c\s(?:[^>]*?\s)??r="([A-Z]{1,9})([0-9]{1,15})"[^>]*(?<!/)>')
PLACELESS = re.compile(rb"[<:]c(?:>|\s(?!r=)(?![^>]*\sr=)[^>]*(?<!/)>)")
ROW = re.compile(rb'[<:]row\s(?:[^>]*?\s)?r="([0-9]{1,15})"')
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
ROW_RECORD, CELL_RECORDS = 0, range(2, 12)
"""Records of the binary format ([MS-XLSB] 2.3): a row, and cells that hold something."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Rows and columns from the first cell of a sheet to its last."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """Number of cells, empty ones included."""
        return self.rows * self.columns


def check_members(archive: zipfile.ZipFile) -> Extent:
    """Read every part of a workbook once, which proves its checksums; return the extent of its largest sheet.

    Raises
    ------
    zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error
        When a part is damaged, larger than declared or encrypted.
    """
    largest = Extent()
    for member in archive.infolist():
        with archive.open(member) as stream:
            extent = _reader(member.filename)(stream)
        if extent.cells > largest.cells:
            largest = extent
    return largest


def _reader(name: str) -> Callable[[IO[bytes]], Extent]:
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return sheet_extent
    if name.startswith("xl/worksheets/") and name.endswith(".bin"):
        return binary_extent
    return table_extent if name == "content.xml" else _skim


def _skim(stream: IO[bytes]) -> Extent:
    while stream.read(BLOCK):
        pass
    return Extent()


def sheet_extent(stream: IO[bytes]) -> Extent:
    """Return the extent of a sheet of XLSX; cells that only carry a format do not count."""
    rows = columns = last_row = 0
    for block in _blocks(stream):
        found = CELL.findall(block)
        if found:
            rows = max(rows, *map(int, {digits for _, digits in found}))
            columns = max(columns, *(_column(letters) for letters in {one for one, _ in found}))
        if PLACELESS.search(block):
            rows = max([rows, last_row, *_rows(block)])
            columns = max(columns, 1)
        last_row = max([0, *_rows(block[max(block.rfind(b"<row"), block.rfind(b":row"), 0) :])])
    return Extent(rows, columns)


def _rows(xml: bytes) -> list[int]:
    return [int(digits) for digits in ROW.findall(xml)]


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield parts that overlap where the start of a cell could be cut."""
    tail = b""
    while block := stream.read(BLOCK):
        whole = tail + block
        yield whole
        cut = whole.rfind(b"<", -OVERLAP)
        tail = whole[cut:] if cut >= 0 else b""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def binary_extent(stream: IO[bytes]) -> Extent:
    """Return the extent of a sheet of XLSB, whose rows and cells are records: number, size, content."""
    data, place = stream.read(), 0
    rows = columns = row = 0
    while place < len(data):
        kind, place = _number(data, place, 2)
        size, place = _number(data, place, 4)
        first = int.from_bytes(data[place : place + 4], "little")
        if kind == ROW_RECORD:
            row = first + 1
        elif kind in CELL_RECORDS:
            rows, columns = max(rows, row), max(columns, first + 1)
        place += size
    return Extent(rows, columns)


def _number(data: bytes, place: int, most: int) -> tuple[int, int]:
    """Return a number written in up to `most` bytes of seven bits, and the place behind it."""
    number = 0
    for index in range(most):
        byte = data[place + index] if place + index < len(data) else 0
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return number, place + index + 1
    return number, place + most


class _Tables:
    """Adds up the rows of the tables of an ODS file, which writes equal rows and cells once with a count."""

    def __init__(self) -> None:
        self.largest = Extent()
        self._start_table()

    def _start_table(self) -> None:
        self.rows = self.empty = self.columns = 0
        self._start_row(1)

    def _start_row(self, times: int) -> None:
        self.times, self.position, self.filled = times, 0, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        if tag == f"{TABLE}table":
            self._start_table()
        elif tag == f"{TABLE}table-row":
            self._start_row(_count(attributes, "number-rows-repeated"))
        elif tag in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
            self.position += _count(attributes, "number-columns-repeated")
            if f"{OFFICE}value-type" in attributes:
                self.filled = self.position

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag != f"{TABLE}table-row":
            return
        if self.filled:
            self.rows += self.empty + self.times
            self.empty, self.columns = 0, max(self.columns, self.filled)
        else:
            self.empty += self.times
        extent = Extent(self.rows, self.columns)
        if extent.cells > self.largest.cells:
            self.largest = extent


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"{TABLE}{name}", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def table_extent(stream: IO[bytes]) -> Extent:
    """Return the extent of the largest table of an ODS file."""
    tables, parser = _Tables(), expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = tables.start, tables.end
    try:
        parser.ParseFile(stream)
    except expat.ExpatError:
        _skim(stream)
    return tables.largest
