import datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from sinergi.evidence.imports import grid as grids
from sinergi.evidence.imports.files import FileFacts
from sinergi.evidence.imports.grid import Grid, has_control_characters, read_grid, sheet_names
from sinergi.evidence.imports.problems import Problems
from sinergi.evidence.store import quiet

XLSX = FileFacts("xlsx")


def read(path: Path, sheet: str = "data", facts: FileFacts = XLSX) -> tuple[Grid | None, Problems]:
    problems = Problems()
    return read_grid(path, facts, sheet, problems, quiet), problems


def test_cells_keep_their_rows_and_columns(workbook) -> None:
    path = workbook(data=[[], ["", "kode", "nilai"], ["", "63.71", 4.5]])
    grid, _ = read(path)
    assert grid is not None
    assert grid.row(3) == ["", "63.71", "4.5"]
    assert grid.number[2].to_list() == [None, None, 4.5]
    assert grid.row(99) == ["", "", ""]


def test_whole_numbers_and_dates_read_as_they_are_shown(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, [2021.0, True])
        sheet.write_datetime(0, 2, datetime.datetime(2021, 8, 17))  # noqa: DTZ001 - spreadsheets know no zones
    grid, _ = read(tmp_path / "a.xlsx")
    assert grid is not None
    assert grid.row(1) == ["2021", "True", "2021-08-17"]


def test_ragged_rows_and_blank_lines_of_text_keep_their_numbers(csv_file) -> None:
    path = csv_file("Judul", "", "kode,tahun,nilai", "63.71,2021,4", "63.72")
    grid, _ = read(path, facts=FileFacts("text", "utf-8", ","))
    assert grid is not None
    assert grid.row(4) == ["63.71", "2021", "4"]
    assert grid.row(5) == ["63.72", "", ""]


def test_spaces_and_control_characters_are_cleaned_away(csv_file) -> None:
    path = csv_file("\u00a0kode  wilayah\x07,\u200bnilai ")
    facts = FileFacts("text", "utf-8", ",")
    grid, _ = read(path, facts=facts)
    assert grid is not None
    assert grid.row(1) == ["kode wilayah", "nilai"]
    assert has_control_characters(path, facts)


def test_a_file_longer_than_one_part_is_read_whole(csv_file, monkeypatch) -> None:
    monkeypatch.setattr(grids, "CHUNK", 3)
    told: list[int] = []
    path = csv_file(*(f"{row}" if row < 5 else f"{row},x" for row in range(10)))
    grid = read_grid(
        path,
        FileFacts("text", "utf-8", ","),
        "",
        Problems(),
        lambda _s, done, _t: told.append(done),
    )
    assert grid is not None
    assert grid.text[0].to_list() == [str(row) for row in range(10)]
    assert grid.text[1].to_list() == [None] * 5 + ["x"] * 5
    assert told == [3, 6, 9, 10]


def test_merged_cells_give_their_value_to_every_row_and_are_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("data")
        sheet.merge_range("A2:A4", "63.71")
        sheet.write_row(1, 1, [2020])
        sheet.write_row(3, 1, [2022])
    grid, problems = read(tmp_path / "a.xlsx")
    assert grid is not None
    assert grid.text[0].to_list() == [None, "63.71", "63.71", "63.71"]
    assert [(one.code, one.cell) for one in problems.kept] == [("merged_cells", "A2")]


def test_a_formula_that_was_never_calculated_is_named_by_cell(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, ["kode", "nilai"])
        sheet.write_formula(1, 1, "=1+1", None, "")
        sheet.write_formula(2, 1, "=1+2", None, 3)
    _, problems = read(tmp_path / "a.xlsx")
    assert [(one.code, one.cell, one.value) for one in problems.kept] == [
        ("formula_without_value", "B2", "=1+1")
    ]


def test_an_unknown_sheet_is_told_with_those_there_are(workbook) -> None:
    grid, problems = read(workbook(data=[["x"]], other=[["y"]]), sheet="Lembar1")
    assert grid is None
    assert "data, other" in problems.kept[0].message()


def test_a_damaged_workbook_is_told_as_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    problems = Problems()
    assert sheet_names(tmp_path / "a.xls", FileFacts("xls"), problems) == []
    assert problems.kept[0].code == "unreadable"


@pytest.mark.parametrize("rows", [[], [[""]]])
def test_an_empty_sheet_has_no_cells(workbook, rows: list[list[str]]) -> None:
    grid, _ = read(workbook(data=rows))
    assert grid is not None
    assert grid.height * grid.width == 0


def test_a_field_too_long_for_text_is_told(csv_file) -> None:
    grid, problems = read(csv_file('"' + "x" * 200_000), facts=FileFacts("text", "utf-8", ","))
    assert grid is None
    assert problems.kept[0].code == "long_cell"


def test_columns_are_text_and_number_side_by_side(workbook) -> None:
    grid, _ = read(workbook(data=[["a", 1]]))
    assert grid is not None
    assert [column.dtype for column in (*grid.text, *grid.number)] == [pl.String] * 2 + [
        pl.Float64
    ] * 2
