"""Formulas of a workbook for which it keeps no calculated value."""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import polars as pl

from sinergi.evidence.imports.problems import Problems


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return any(_contains(archive, name, b"<f") for name in members)


def _contains(archive: zipfile.ZipFile, member: str, mark: bytes) -> bool:
    tail = b""
    with archive.open(member) as stream:
        while block := stream.read(1 << 20):
            if re.search(mark + rb"[ >/]", tail + block):
                return True
            tail = block[-8:]
    return False


def report_formulas(path: Path, sheet: str, text: Sequence[pl.Series], problems: Problems) -> None:
    """Name the cells that hold a formula for which the file keeps no calculated value.

    Parameters
    ----------
    text
        The cells as the sheet shows them: `text[c][r]` is column c of row r + 1.
    """
    if not text or not _has_formulas(path):
        return
    try:
        empty = _formulas(path, sheet, text)
    except Exception as error:  # a reader of foreign files fails in its own ways
        problems.add("error", "unreadable", why=f"{type(error).__name__} {error}".strip())
        return
    for row, column, formula in empty:
        problems.add("error", "formula_without_value", row=row + 1, column=column, value=formula)


def _formulas(path: Path, sheet: str, text: Sequence[pl.Series]) -> list[tuple[int, int, str]]:
    found = []
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=False)
        for cells in book[sheet].iter_rows(max_row=len(text[0]), max_col=len(text)):
            for cell in cells:
                if cell.data_type != "f":
                    continue
                row, column = cell.row - 1, cell.column - 1
                if text[column][row] is None:
                    found.append((row, column, str(cell.value)[:80]))
        book.close()
    return found
