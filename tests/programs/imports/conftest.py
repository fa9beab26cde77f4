"""Files with plans, made by the test that needs them; all of them are made up."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from sinergi.programs.imports.context import PlanFacts
from sinergi.programs.imports.preview import PlanPreview, preview_file

BANDUNG = PlanFacts("32.04", 2025, 2027)


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """Write lines into a text file."""

    def write(*lines: str, name: str = "rencana.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write one sheet of rows into a workbook; `merged` names ranges such as `B2:B4`."""

    def write(
        rows: Sequence[Sequence[Any]],
        *,
        name: str = "rencana.xlsx",
        sheet: str = "RKPD",
        merged: Sequence[str] = (),
    ) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            page = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
            for cells in merged:
                first = cells.split(":")[0]
                page.merge_range(cells, "")
                column, row = ord(first[0]) - ord("A"), int(first[1:]) - 1
                page.write(row, column, rows[row][column])
        return path

    return write


@pytest.fixture
def seen(db: None, text_file: Callable[..., Path]) -> Callable[..., PlanPreview]:
    """Preview lines below the headings code, title and amount, parted by semicolons."""

    def preview(*lines: str, headings: str = "Kode;Uraian;Pagu", **options: Any) -> PlanPreview:
        plan = options.pop("plan", BANDUNG)
        return preview_file(
            text_file(headings, *lines), options.pop("reading", None), plan=plan, **options
        )

    return preview


def codes(preview: PlanPreview) -> set[tuple[str, str]]:
    """Tell the code and cell of each problem."""
    return {(one.code, one.cell) for one in preview.problems.kept}


def field(preview: PlanPreview, name: str) -> list[Any]:
    """Tell a field of all lines."""
    assert preview.lines is not None, [one.code for one in preview.problems.kept]
    return preview.lines.fields[name]
