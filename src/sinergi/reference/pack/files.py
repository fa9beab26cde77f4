"""Reads the CSV files of a pack row by row, with the place of every value."""

import csv
import gzip
import io
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from sinergi.reference.pack.issues import Issues

SEPARATOR = "|"
"""Divides several codes in one cell."""


class Row:
    """One row of a file; its readers note an issue and give a harmless value when a cell is wrong."""

    __slots__ = ("_cells", "_issues", "file", "line")

    def __init__(self, file: str, line: int, cells: dict[str, str], issues: Issues) -> None:
        self.file = file
        self.line = line
        self._cells = cells
        self._issues = issues

    def wrong(self, column: str, message_code: str, **details: object) -> None:
        """Note that a cell of this row is wrong."""
        self._issues.add(self.file, self.line, column, message_code, **details)

    def optional(self, column: str) -> str:
        """Return a cell without the spaces around it; it may be empty."""
        return self._cells[column].strip()

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        value = self.optional(column)
        if not value:
            self.wrong(column, "empty")
        return value

    def codes(self, column: str) -> tuple[str, ...]:
        """Return the codes of a cell, divided by `|`; an empty cell gives none."""
        return tuple(
            part.strip() for part in self.optional(column).split(SEPARATOR) if part.strip()
        )

    def choice(self, column: str, allowed: Iterable[str], *, optional: bool = False) -> str:
        """Return a cell that must be one of a closed list."""
        value = self.optional(column)
        options = tuple(allowed)
        if value not in options and not (optional and not value):
            self.wrong(column, "not_one_of", value=value, allowed=", ".join(options))
            return options[0]
        return value

    def number(self, column: str, low: float | None = None, high: float | None = None) -> float:
        """Return a number within bounds; 0 after noting an issue."""
        value = self.maybe_number(column, low, high)
        if value is None:
            self.wrong(column, "empty")
            return 0.0
        return value

    def maybe_number(
        self, column: str, low: float | None = None, high: float | None = None
    ) -> float | None:
        """Return a number within bounds, or None where the cell is empty."""
        told = self.optional(column)
        if not told:
            return None
        try:
            value = float(told)
        except ValueError:
            self.wrong(column, "not_a_number", value=told)
            return 0.0
        if not (low is None or value >= low) or not (high is None or value <= high):
            self.wrong(column, "out_of_range", value=told, low=low, high=high)
        return value

    def integer(self, column: str, low: int | None = None, high: int | None = None) -> int:
        """Return a whole number within bounds."""
        value = self.number(column, low, high)
        if value != int(value):
            self.wrong(column, "not_whole", value=value)
        return int(value)

    def flag(self, column: str) -> bool:
        """Return a cell that says `yes` or `no`."""
        return self.choice(column, ("no", "yes")) == "yes"

    def day(self, column: str) -> date | None:
        """Return a date written as 2022-07-25, or None where the cell is empty."""
        told = self.optional(column)
        if not told:
            return None
        try:
            return date.fromisoformat(told)
        except ValueError:
            self.wrong(column, "not_a_date", value=told)
            return None


def read_rows(folder: Path, name: str, columns: tuple[str, ...], issues: Issues) -> list[Row]:
    """Read a file of the pack; a missing file or column is an issue and gives no rows.

    Parameters
    ----------
    columns
        Names the heading must have, in any order; further columns are left alone.
    """
    text = _text(folder / name, name, issues)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text))
    heading = next(reader, [])
    lacking = [column for column in columns if column not in heading]
    for column in lacking:
        issues.add(name, 1, column, "column_missing")
    if lacking:
        return []
    rows = []
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(heading):
            issues.add(name, reader.line_num, "", "cell_count", got=len(cells), want=len(heading))
            continue
        row = dict(zip(heading, cells, strict=True))
        rows.append(Row(name, reader.line_num, row, issues))
    return rows


def _text(path: Path, name: str, issues: Issues) -> str | None:
    if not path.is_file():
        issues.add(name, 0, "", "file_missing")
        return None
    raw = path.read_bytes()
    try:
        raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
        return raw.decode("utf-8-sig")
    except (UnicodeDecodeError, OSError):
        issues.add(name, 0, "", "not_utf8")
        return None


def content_version(folder: Path) -> str:
    """Return a short hash over the names and contents of all files that make the pack."""
    digest = sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
