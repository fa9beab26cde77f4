"""Files made to harm: each is told apart, none takes the process down."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sinergi.accounts.principal import operator
from sinergi.evidence.actions import preview_import
from sinergi.evidence.imports.extent import (
    Extent,
    binary_extent,
    sheet_extent,
    table_extent,
)
from sinergi.evidence.imports.files import COLUMNS_MAX, FileFacts, inspect
from sinergi.evidence.imports.grid import read_grid
from sinergi.evidence.imports.problems import VALUE_SHOWN, Problems
from sinergi.evidence.store import quiet

HEAD = b"kode;indikator;tahun;nilai\n"
ROW = "63.71;poverty;2023;7\n"
ODS = (
    '<d xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><table:table>%s</table:table></d>'
)
FILLED = '<table:table-cell office:value-type="float"%s/>'


def codes(problems: Problems) -> list[str]:
    return [one.code for one in problems.kept]


def rewritten(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """Change the first sheet of a workbook behind the back of any program."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = change(parts[sheet])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + HEAD + b"63.71;\xff\xfe;2023;7\n",
        b"\xff\xfe" + HEAD.decode().encode("utf-16-le") + b"\x41",
        b"\xff\xfe" + HEAD.decode().encode("utf-16-le") + b"\x00\xd8\x00\xd8",
        HEAD + b"63.71;\x81;2023;7\n",
        HEAD + b"63.71;poverty;2023;7\x00\n",
    ],
    ids=["utf-8 mark", "half a character", "half a pair", "undefined byte", "nul"],
)
def test_text_in_no_known_encoding_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "angka.csv"
    path.write_bytes(content)
    problems = Problems()
    assert inspect(path, problems) is None
    assert codes(problems) == ["not_text"]


def test_a_stray_cell_at_the_far_corner_does_not_ask_for_all_cells_between(workbook) -> None:
    path = rewritten(
        workbook(Data=[["kode", "nilai"], ["63.71", 7.0]]),
        lambda xml: xml.replace(b'r="B2"', b'r="XFD1048576"'),
    )
    problems = Problems()
    assert inspect(path, problems) is None
    assert codes(problems) == ["too_many_cells"]
    assert problems.kept[0].details["rows"] == 1_048_576


def test_a_cell_beyond_any_sheet_is_refused_before_the_reader_panics(workbook) -> None:
    path = rewritten(
        workbook(Data=[["kode"], ["63.71"]]),
        lambda xml: xml.replace(b'r="A2"', b'r="ZZZZZZ99999999999"'),
    )
    problems = Problems()
    assert inspect(path, problems) is None
    assert codes(problems) == ["too_many_cells"]


def test_a_reader_that_panics_is_an_unreadable_file(workbook) -> None:
    path = rewritten(
        workbook(Data=[["kode"], ["63.71"]]),
        lambda xml: xml.replace(b'r="A2"', b'r="ZZZZZZ99999999999"'),
    )
    problems = Problems()
    assert read_grid(path, FileFacts("xlsx"), "Data", problems, quiet) is None
    assert codes(problems) == ["unreadable"]


def test_formats_of_empty_cells_do_not_count() -> None:
    xml = b'<row r="9"><c r="A1"><v>1</v></c><c r="XFD9" s="1"/></row>'
    assert sheet_extent(io.BytesIO(xml)) == Extent(1, 1)


def test_cells_without_a_place_count_with_their_row() -> None:
    xml = b'<row r="5000"><c t="n"><v>1</v></c></row>'
    assert sheet_extent(io.BytesIO(xml)) == Extent(5000, 1)


def test_a_cell_without_a_place_counts_with_a_row_of_the_block_before() -> None:
    row = b'<row r="5000">'
    filler = b" " * ((1 << 20) - len(row))
    xml = filler + row + b'<c t="n"><v>1</v></c></row>'
    assert sheet_extent(io.BytesIO(xml)) == Extent(5000, 1)


def test_a_prefixed_name_and_another_order_of_attributes_are_seen() -> None:
    xml = b'<x:row r="9"><x:c\ns="1" r="AB9" t="n"><x:v>1</x:v></x:c></x:row>'
    assert sheet_extent(io.BytesIO(xml)) == Extent(9, 28)


def test_a_cell_cut_by_the_end_of_a_block_is_seen() -> None:
    filler = b" " * ((1 << 20) - 6)
    assert sheet_extent(io.BytesIO(filler + b'<c r="C7"><v>1</v></c>')) == Extent(7, 3)


def test_repeated_rows_of_an_open_document_count_as_often_as_they_stand() -> None:
    empty = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    rows = '<table:table-row table:number-rows-repeated="%d">%s</table:table-row>'
    wide = FILLED % ' table:number-columns-repeated="16000"'
    body = rows % (3, wide) + rows % (2, FILLED % "") + empty
    assert table_extent(io.BytesIO((ODS % body).encode())) == Extent(5, 16000)


def test_records_of_a_binary_sheet_are_followed() -> None:
    row = bytes([0, 4]) + (99).to_bytes(4, "little")
    cell = bytes([5, 12]) + (4).to_bytes(4, "little") + bytes(8)
    other = bytes([0x94, 0x01, 2, 0, 0])
    assert binary_extent(io.BytesIO(other + row + cell)) == Extent(100, 5)


def test_an_endless_row_of_empty_cells_costs_nothing(csv_file) -> None:
    path = csv_file(HEAD.decode().strip(), ROW.strip(), ";" * 30_000)
    grid = read_grid(path, FileFacts("text", "utf-8", ";"), "", Problems(), quiet)
    assert grid is not None
    assert grid.width == 4


def test_more_columns_than_a_form_can_name_are_refused(csv_file) -> None:
    path = csv_file(";".join("a" * (COLUMNS_MAX + 1)))
    problems = Problems()
    assert read_grid(path, FileFacts("text", "utf-8", ";"), "", problems, quiet) is None
    assert codes(problems) == ["too_many_cells"]


def test_a_quotation_that_never_ends_says_so(csv_file) -> None:
    path = csv_file(HEAD.decode().strip(), '63.71;"' + "x" * 140_000)
    problems = Problems()
    assert read_grid(path, FileFacts("text", "utf-8", ";"), "", problems, quiet) is None
    assert codes(problems) == ["long_cell"]


def test_a_message_repeats_only_the_beginning_of_a_long_cell() -> None:
    problems = Problems()
    problems.add("error", "unknown_region", value="x" * 100_000)
    assert len(problems.kept[0].value) == VALUE_SHOWN + 1


def test_a_formula_reader_that_fails_is_told(workbook, monkeypatch) -> None:
    def astray(*_args: object, **_options: object) -> None:
        raise KeyError("styles")

    monkeypatch.setattr("sinergi.evidence.imports.formulas.openpyxl.load_workbook", astray)
    path = rewritten(
        workbook(Data=[["kode"], [7.0]]), lambda xml: xml.replace(b"<v>7</v>", b"<f>1</f>")
    )
    problems = Problems()
    read_grid(path, FileFacts("xlsx"), "Data", problems, quiet)
    assert codes(problems) == ["unreadable"]


def test_marks_that_turn_the_direction_of_text_are_taken_out(csv_file) -> None:
    path = csv_file("kode", "\u202e63.71\u2069")
    grid = read_grid(path, FileFacts("text", "utf-8", ";"), "", Problems(), quiet)
    assert grid is not None
    assert grid.row(2) == ["63.71"]


def test_a_column_passed_over_for_one_of_the_same_heading_is_named(previewed_text) -> None:
    seen = previewed_text("kode;indikator;tahun;nilai;nilai", "63.71;poverty;2023;7;8")
    assert [(one.code, one.cell) for one in seen.problems.kept] == [("same_heading", "D1")]


@pytest.fixture
def previewed_text(shipped: None, csv_file):
    return lambda *lines: preview_import(operator(), csv_file(*lines))
