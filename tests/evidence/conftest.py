"""Files to import, made by the test that needs them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from sinergi.accounts.principal import operator
from sinergi.evidence.actions import preview_import
from sinergi.evidence.imports.preview import Preview

CsvFile = Callable[..., Path]
Workbook = Callable[..., Path]


@pytest.fixture
def csv_file(tmp_path: Path) -> CsvFile:
    """Write lines into a text file."""

    def write(*lines: str, name: str = "figures.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """Write sheets of rows into a workbook."""

    def write(name: str = "figures.xlsx", **sheets: Sequence[Sequence[Any]]) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            for sheet, rows in sheets.items():
                page = book.add_worksheet(sheet)
                for number, row in enumerate(rows):
                    page.write_row(number, 0, row)
        return path

    return write


HEADINGS = "kode_wilayah;indikator;tahun;nilai"


@pytest.fixture
def previewed(shipped: None, csv_file: CsvFile) -> Callable[..., Preview]:
    """Preview rows below the usual headings, parted by semicolons."""

    def preview(*rows: str, **options: Any) -> Preview:
        return preview_import(operator(), csv_file(HEADINGS, *rows), **options)

    return preview


@pytest.fixture
def codes_of() -> Callable[[Preview], set[tuple[str, str]]]:
    """Tell the code and cell of each problem."""
    return lambda preview: {(one.code, one.cell) for one in preview.problems.kept}
