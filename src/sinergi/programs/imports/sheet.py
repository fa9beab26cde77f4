"""One sheet of a file as text and numbers, opened only after it was found to be safe."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineWorkbook

from sinergi.evidence.imports.files import RATIO_FROM, RATIO_MAX, UNPACKED_MAX, FileFacts, inspect
from sinergi.evidence.imports.grid import Grid, read_grid, sheet_names
from sinergi.evidence.imports.problems import Problems
from sinergi.evidence.store import Progress, quiet

BLOCK = 1 << 20
MEGABYTE = 1 << 20
GZIP = b"\x1f\x8b"


@dataclass(slots=True)
class Sheet:
    """The cells of one sheet, and which of them are merged below each other.

    Attributes
    ----------
    merged
        Column to the blocks of rows that are one cell there: first and last row, counted from 1.
    """

    grid: Grid
    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be read."""

    path: Path
    facts: FileFacts
    sheets: list[str]


@contextmanager
def opened(path: Path, problems: Problems) -> Iterator[Opened | None]:
    """Open a file after looking at what it is; `None` with an error in `problems` when it must not be read.

    A `.csv.gz` is unpacked beside it into a folder that is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="sinergi-rencana-") as folder:
        plain = _unpacked(path, Path(folder), problems)
        facts = None if plain is None else inspect(plain, problems)
        if plain is None or facts is None:
            yield None
            return
        sheets = sheet_names(plain, facts, problems)
        yield Opened(plain, facts, sheets) if sheets else None


def _unpacked(path: Path, folder: Path, problems: Problems) -> Path | None:
    with path.open("rb") as file:
        if file.read(2) != GZIP:
            return path
    target, size, packed = folder / "unpacked.csv", 0, max(path.stat().st_size, 1)
    try:
        with gzip.open(path) as source, target.open("wb") as plain:
            while block := source.read(BLOCK):
                size += len(block)
                if size > UNPACKED_MAX or (size > RATIO_FROM and size / packed > RATIO_MAX):
                    problems.add(
                        "error",
                        "zip_bomb",
                        size=round(size / MEGABYTE),
                        ratio=round(size / packed),
                    )
                    return None
                plain.write(block)
    except (OSError, EOFError, zlib.error) as error:
        problems.add("error", "unreadable", why=str(error).rstrip("."))
        return None
    return target


def head_of(book: Opened, sheet: str, rows: int, *, lines: bool = False) -> Grid | None:
    """Return the first rows of a sheet; `None` where it cannot be read."""
    return read_grid(book.path, book.facts, sheet, Problems(), quiet, rows, lines=lines)


def read_sheet(
    book: Opened,
    sheet: str,
    problems: Problems,
    progress: Progress = quiet,
    *,
    lines: bool = False,
) -> Sheet | None:
    """Read a sheet whole; `None` with an error in `problems` where that fails.

    Parameters
    ----------
    lines
        Keep the line breaks within cells; otherwise each is a space.
    """
    grid = read_grid(book.path, book.facts, sheet, problems, progress, lines=lines)
    if grid is None:
        return None
    merged = any(code == "merged_cells" for _, code in problems.counts)
    return Sheet(grid, _blocks(book, sheet) if merged else {})


def _blocks(book: Opened, sheet: str) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    with CalamineWorkbook.from_path(book.path) as workbook:
        for (top, left), (bottom, _) in workbook.get_sheet_by_name(sheet).merged_cell_ranges or ():
            if bottom > top:
                found.setdefault(left, []).append((top + 1, bottom + 1))
    return found
