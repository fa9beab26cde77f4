"""The cells of one sheet as columns of text and numbers, with the rows as the spreadsheet counts them."""

import csv
import datetime
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, WorksheetNotFound

from sinergi.evidence.imports.extent import Extent
from sinergi.evidence.imports.files import CELLS_MAX, COLUMNS_MAX, FileFacts, tell_too_many
from sinergi.evidence.imports.formulas import report_formulas
from sinergi.evidence.imports.problems import Problems, column_letter
from sinergi.evidence.store import Progress

CHUNK = 20_000
CONTROL = r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
SPACES = r"[\s\u00a0]+"
SPACES_WITHIN_LINES = r"[^\S\n]+"
BREAKS = r" ?\n[ \n]*"
ODD = r"[\x00-\x1f\x7f\u00a0\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|  "
MERGED_SHOWN = 50
PANIC = "PanicException"


@dataclass(slots=True)
class Grid:
    """One sheet. `text[c][r]` and `number[c][r]` hold the cell in column c of row r + 1."""

    sheet: str
    text: list[pl.Series]
    """Text of each cell, cleaned of spaces around it; null where the cell is empty."""
    number: list[pl.Series]
    """Value of cells that the file itself keeps as numbers; null elsewhere."""

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.text[0]) if self.text else 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.text)

    def clear(self) -> None:
        """Let go of all cells; those of large files take hundreds of megabytes."""
        self.text.clear()
        self.number.clear()

    def row(self, number: int) -> list[str]:
        """Return the texts of a row counted from 1; beyond the sheet all are empty."""
        if not 1 <= number <= self.height:
            return [""] * self.width
        return [column[number - 1] or "" for column in self.text]


class _TooManyCellsError(Exception):
    """A sheet spans more cells than are read."""

    def __init__(self, extent: Extent) -> None:
        self.extent = extent


@contextmanager
def _telling(problems: Problems) -> Iterator[None]:
    """Turn whatever a reader says of a damaged file into a problem.

    The reader of workbooks is written in Rust; where a file leads it astray it panics, which Python sees
    as an exception outside `Exception`.
    """
    try:
        yield
    except _TooManyCellsError as error:
        tell_too_many(error.extent, problems)
    except csv.Error as error:
        if "field larger" in str(error):
            problems.add("error", "long_cell", limit=csv.field_size_limit())
        else:
            problems.add("error", "unreadable", why=str(error))
    except (CalamineError, OSError, ValueError) as error:
        problems.add("error", "unreadable", why=str(error).rstrip("."))
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        problems.add("error", "unreadable", why=str(error).rstrip("."))


def sheet_names(path: Path, facts: FileFacts, problems: Problems) -> list[str]:
    """Return the names of the sheets; one empty name for a text file."""
    if facts.kind == "text":
        return [""]
    with _telling(problems), CalamineWorkbook.from_path(path) as book:
        return list(book.sheet_names)
    return []


def read_grid(
    path: Path,
    facts: FileFacts,
    sheet: str,
    problems: Problems,
    progress: Progress,
    rows: int | None = None,
    *,
    lines: bool = False,
) -> Grid | None:
    """Read one sheet, or its first `rows` rows; None with an error in `problems` when it cannot be.

    Parameters
    ----------
    lines
        Keep the line breaks within cells; otherwise each is a space.
    """
    with _telling(problems):
        if facts.kind == "text":
            with path.open(encoding=facts.encoding, newline="") as file:
                reader = csv.reader(file, delimiter=facts.delimiter)
                return _collect("", islice(reader, rows), progress, 0, typed=False, lines=lines)
        with CalamineWorkbook.from_path(path) as book:
            try:
                page = book.get_sheet_by_name(sheet)
            except WorksheetNotFound:
                names = ", ".join(book.sheet_names)
                problems.add("error", "no_sheet", value=sheet, sheets=names)
                return None
            return _read_sheet(path, facts, page, problems, progress, rows, lines=lines)
    return None


def _read_sheet(
    path: Path,
    facts: FileFacts,
    sheet: CalamineSheet,
    problems: Problems,
    progress: Progress,
    rows: int | None,
    *,
    lines: bool,
) -> Grid:
    cells = _from_first_column(sheet) if sheet.height else iter(())
    total = sheet.total_height
    grid = _collect(sheet.name, islice(cells, rows), progress, total, typed=True, lines=lines)
    if rows is None:
        _fill_merged(grid, sheet, problems)
        if facts.kind == "xlsx":
            report_formulas(path, grid.sheet, grid.text, problems)
    return grid


def _from_first_column(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Yield rows from column A on; the reader leaves out columns that are empty in every row."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    return (before + row for row in sheet.iter_rows())


def _collect(
    sheet: str,
    rows: Iterable[list[Any]],
    progress: Progress,
    total: int,
    *,
    typed: bool,
    lines: bool,
) -> Grid:
    """Turn rows into columns, a part at a time; `typed` when the file itself knows numbers."""
    texts: list[pl.DataFrame] = []
    numbers: list[pl.DataFrame] = []
    done = 0
    for part in _parts(rows):
        width = max(map(len, part))
        if width > COLUMNS_MAX:
            width = _trim(part)
        extent = Extent(done + len(part), max(width, len(texts[0].columns) if texts else 0))
        if width > COLUMNS_MAX or extent.cells > CELLS_MAX:
            raise _TooManyCellsError(extent)
        columns = {f"c{index}": cells for index, cells in enumerate(_columns(part))}
        texts.append(
            pl.DataFrame({name: _texts(cells, typed, lines) for name, cells in columns.items()})
        )
        if typed:
            numbers.append(pl.DataFrame({name: _numbers(cells) for name, cells in columns.items()}))
        done += len(part)
        progress("read", done, max(total, done))
    if not texts:
        return Grid(sheet, [], [])
    text = pl.concat(texts, how="diagonal").get_columns()
    if not typed:
        return Grid(sheet, text, [pl.repeat(None, done, dtype=pl.Float64, eager=True)] * len(text))
    return Grid(sheet, text, pl.concat(numbers, how="diagonal").get_columns())


def _parts(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    iterator = iter(rows)
    while part := list(islice(iterator, CHUNK)):
        yield part


def _trim(rows: list[list[Any]]) -> int:
    """Cut empty cells off the ends of rows; return the width of the widest."""
    for row in rows:
        while row and row[-1] == "":
            del row[-1]
    return max(map(len, rows))


def _columns(rows: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Turn rows, some of them shorter, into columns."""
    return zip_longest(*rows, fillvalue="")


def _texts(cells: tuple[Any, ...], typed: bool, lines: bool) -> pl.Series:
    texts = [_text(cell) for cell in cells] if typed else cells
    column = pl.col("text")
    frame = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String)})
    if frame["text"].str.contains(ODD).any():
        plain = column.str.replace_all(CONTROL, "")
        plain = plain.str.replace_all(SPACES_WITHIN_LINES if lines else SPACES, " ")
        plain = plain.str.replace_all(BREAKS, "\n") if lines else plain
        frame = frame.select(plain)
    clean = column.str.strip_chars()
    return frame.select(pl.when(clean != "").then(clean).alias("text"))["text"]


def _text(cell: Any) -> str:
    if type(cell) is str:
        return cell
    if type(cell) is float:
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell)


def _numbers(cells: tuple[Any, ...]) -> pl.Series:
    values = [float(c) if type(c) is float or type(c) is int else None for c in cells]
    return pl.Series(values, dtype=pl.Float64)


def has_control_characters(path: Path, facts: FileFacts) -> bool:
    """Return whether a text file holds characters that no spreadsheet shows."""
    pattern = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069]")
    with path.open(encoding=facts.encoding, newline="") as file:
        return any(pattern.search(block) for block in iter(lambda: file.read(1 << 20), ""))


def _fill_merged(grid: Grid, sheet: CalamineSheet, problems: Problems) -> None:
    """Give every row of a merged block below each other the value of its first cell."""
    ranges = sheet.merged_cell_ranges or []
    shown = 0
    by_column: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in ranges:
        if bottom > top and left < grid.width and top < grid.height:
            by_column.setdefault(left, []).append((top, min(bottom, grid.height - 1)))
            if shown < MERGED_SHOWN:
                letter = column_letter(left)
                where = f"{letter}{top + 1}:{letter}{bottom + 1}"
                problems.add("warning", "merged_cells", row=top + 1, column=left, range=where)
                shown += 1
    for column, blocks in by_column.items():
        texts, numbers = grid.text[column].to_list(), grid.number[column].to_list()
        for top, bottom in blocks:
            texts[top : bottom + 1] = [texts[top]] * (bottom - top + 1)
            numbers[top : bottom + 1] = [numbers[top]] * (bottom - top + 1)
        grid.text[column] = pl.Series(grid.text[column].name, texts, dtype=pl.String)
        grid.number[column] = pl.Series(grid.number[column].name, numbers, dtype=pl.Float64)
