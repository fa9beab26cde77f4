"""Excel files that many rooms write: how they print, how wide columns are, and that no text is cut."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from sinergi.opportunities.exports.writing import (
    LEGIBLE,
    Share,
    Sheet,
    widths,
    write_csv,
    write_xlsx,
)

LONG = "Rekonstruksi jalan dan jembatan di batas dua kabupaten. " * 4


def opened(*sheets):
    return load_workbook(io.BytesIO(write_xlsx(sheets))).worksheets


def test_sheets_print_across_and_as_wide_as_a_page_with_headings_on_each():
    for page in opened(Sheet("a", ("x", "y"), [("1", 2)]), Sheet("b", ("x",), [])):
        setup = page.page_setup
        assert (setup.orientation, int(setup.paperSize), setup.fitToHeight) == ("landscape", 9, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert setup.fitToWidth in (None, 1)
        assert page.print_title_rows == "$1:$1"


def test_what_would_be_illegible_on_one_page_goes_on_two():
    columns = tuple(f"kolom ke {n}" for n in range(30))
    page = opened(Sheet("a", columns, [("x" * 20,) * 30]))[0]
    assert page.page_setup.fitToWidth == 2


@pytest.mark.parametrize(
    ("columns", "row", "least"),
    [
        (("Tanda tangan",), ("",), 20),
        (("No",), (1,), 10),
        (("Rp",), (-123_456_789_012_345,), 22),
        (("Nilai terdampak",), (1,), 12),
        (("Kode",), ("1.03.10.2.01.0004",), 18),
    ],
    ids=["to_write_in", "short", "number", "heading", "text"],
)
def test_columns_have_a_sensible_least_width(columns, row, least):
    ((width, wraps),) = widths(Sheet("a", columns, [row]))
    assert least <= width <= least + 5
    assert not wraps


def test_long_texts_go_on_in_rows_high_enough_and_leave_the_sheet_legible():
    columns = tuple("abcdefg")
    sheet = Sheet("a", columns, [(LONG,) * 7, ("pendek",) * 7, ("satu\ndua\ntiga",) * 7])
    told = widths(sheet)
    assert sum(width for width, _wraps in told) <= LEGIBLE
    assert all(wraps for _width, wraps in told)
    page = opened(sheet)[0]
    assert page["A2"].alignment.wrap_text
    assert page["A2"].alignment.vertical == "top"
    heights = [page.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[0] >= 15 * len(LONG) / told[0][0]
    assert heights[1] in (None, 15)
    assert heights[2] == 45


def test_the_line_of_headings_shows_all_of_them():
    page = opened(Sheet("a", ("Rupiah yang dipertaruhkan", "x"), [(1, 2)]))[0]
    assert page.row_dimensions[1].height >= 30


@pytest.mark.parametrize(
    ("name", "cells", "shown"),
    [
        ("Rp", (71_500_000_000, 5_000), ("#,##0", "#,##0")),
        ("Rp", (Decimal(71_500_000_000), 0.0), ("#,##0", "#,##0")),
        ("Rp", (Decimal("71500000000.25"), 7), ("#,##0.00", "#,##0")),
        ("Skor", (0.4958391123439667, 5.0), ("#,##0.00", "#,##0.00")),
        ("Harga", (0.0012, 3.5), ("0.0000", "#,##0.00")),
        ("Bagian", (Share(0.4958391123439667), Share(1)), ("0.0%", "0.0%")),
        ("Nilai", (71_500_000_000, 2026), ("#,##0", "General")),
        ("Nomor", (1, 1_234), ("General", "General")),
        ("lat", (-3.316694, 1), ("0.000000", "General")),
        ("Ya", (True, "x"), ("General", "General")),
    ],
    ids=[
        "rupiah", "decimal", "cents", "score", "small", "share", "year", "number", "degrees", "text",
    ],
)  # fmt: skip
def test_numbers_are_shown_as_people_read_them_and_kept_exact(name, cells, shown):
    page = opened(Sheet("a", (name,), [(one,) for one in cells]))[0]
    assert (page["A2"].number_format, page["A3"].number_format) == shown
    assert (page["A2"].value, page["A3"].value) == cells


def test_a_number_keeps_off_the_column_beside_it_and_is_not_cut():
    sheet = Sheet("a", ("Rp", "Dana"), [(10_000_000_000, "DAU")])
    cell = opened(sheet)[0]["A2"]
    assert (cell.alignment.horizontal, cell.alignment.indent) == ("right", 1)
    assert widths(sheet)[0][0] >= len("10.000.000.000") + 3


def test_a_share_leaves_in_csv_as_the_number_it_is():
    assert write_csv(Sheet("a", ("x",), [(Share(0.25),)])).decode("utf-8-sig").split() == [
        "x",
        "0.25",
    ]
