"""Writes sheets and documents as bytes, with cells that no spreadsheet runs."""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from math import isfinite
from typing import Any, NamedTuple

import orjson
from xlsxwriter import Workbook

from sinergi.evidence.safe_cells import safe_cell

A4 = 9
LEAST = 10
"""Characters of the narrowest column."""
BLANK = 22
"""Characters of a column without a value: room to write in by hand, where the sheet has few columns."""
FEW = 8
WIDEST = (60, 48, 38, 30, 24)
"""Characters of the widest column of text: the first with which a sheet is legible in print, or the last."""
LEGIBLE = 210
"""Characters that one line of a page can hold: A4 across at about 60 per cent."""
LINE_HEIGHT, HIGHEST = 15, 409
"""Points of a line of text, and of the highest row that Excel allows."""
FULL = 0.9
"""Share of a line that words fill before the next begins a new one."""
FILTER = 3
"""Characters that the button of a filter takes in a heading."""
ROOM = 3
"""Characters beside a number: the space that keeps it off the next column, and a little more."""
LARGE = 10_000
"""Whole numbers from which a column is written with separators."""
YEARS = range(1900, 2101)
"""Whole numbers that are never written with separators."""
SMALL = 0.005
"""Below it, two decimals would show nothing."""
DEGREES = frozenset({"lat", "lon"})
"""Columns of coordinates, of which each decimal counts."""
PLAIN, WHOLE, SHOWN, FINE, PERCENT, PLACE = (
    "General", "#,##0", "#,##0.00", "0.0000", "0.0%", "0.000000",
)  # fmt: skip
DECIMALS = {SHOWN: 2, FINE: 4, PLACE: 6}


class Share(float):
    """A share of a whole, 1 for all of it: a sheet shows it in per cent."""

    __slots__ = ()


def share(value: float | None) -> Share | None:
    """Return a share as a sheet shows it; None where there is none."""
    return None if value is None else Share(value)


class Sheet(NamedTuple):
    """A table with a title and headings; cells are text, numbers, booleans, days or None."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def write_csv(sheet: Sheet) -> bytes:
    """Return CSV in UTF-8 with a mark for Excel; a missing value is an empty cell."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(safe_cell(name) for name in sheet.columns)
    for row in sheet.rows:
        writer.writerow(safe_cell(cell) for cell in row)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Return an Excel file with one sheet per table, headings frozen and filterable, ready to be printed.

    Long texts go on in the next line of their cell; sheets print across, as wide as one page. Cells hold
    numbers as exact as they are given and show them as people read them: `formats`.
    """
    memory = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(memory, options) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        short = book.add_format({"valign": "top"})
        long = book.add_format({"valign": "top", "text_wrap": True})
        beside = {"align": "right", "indent": 1, "valign": "top"}
        numbers = {
            name: book.add_format({"num_format": name, **beside})
            for name in (PLAIN, WHOLE, SHOWN, FINE, PERCENT, PLACE)
        }
        for sheet in sheets:
            page = book.add_worksheet(sheet.title[:31])
            told = widths(sheet)
            _for_paper(page, sum(width for width, _wraps in told))
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
            heads = zip(sheet.columns, told, strict=True)
            page.set_row(
                0, LINE_HEIGHT * max(_lines(name, width) for name, (width, _wraps) in heads)
            )
            for column, (name, (width, wraps)) in enumerate(zip(sheet.columns, told, strict=True)):
                page.set_column(column, column, width, long if wraps else short)
                page.write_string(0, column, name, heading)
            shown = [formats(sheet, column) for column in range(len(sheet.columns))]
            wrapped = [(column, width) for column, (width, wraps) in enumerate(told) if wraps]
            for line, row in enumerate(sheet.rows, start=1):
                lines = max((_lines(row[column], width) for column, width in wrapped), default=1)
                if lines > 1:  # Not every program finds the height of a row itself.
                    page.set_row(line, min(lines * LINE_HEIGHT, HIGHEST))
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(line, column, cell, days)
                    elif _is_number(cell):
                        page.write_number(line, column, cell, numbers[_format(cell, shown[column])])
                    elif cell is not None and cell == cell:  # noqa: PLR0124 - NaN is not itself
                        page.write(line, column, safe_cell(cell))
    return memory.getvalue()


def _for_paper(page: Any, width: int) -> None:
    """Print across on A4, as wide as a page, with headings and number on each.

    Only a table so wide that nobody could read it goes on pages beside each other.
    """
    page.freeze_panes(1, 0)
    page.hide_gridlines(0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(-(-width // (2 * LEGIBLE)), 0)
    page.repeat_rows(0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.set_footer("&L&8&A&C&8&P / &N")


def widths(sheet: Sheet) -> list[tuple[int, bool]]:
    """Return the width of each column in characters, and whether its texts go on in a next line.

    Numbers and days are never cut. Columns of text are as wide as their longest line, and narrower where
    the sheet would not be legible on its page otherwise.
    """
    asked = [_asked(sheet, column) for column in range(len(sheet.columns))]
    for widest in WIDEST:
        told = [
            (max(min(text, widest), rigid), text > widest or breaks)
            for rigid, text, breaks in asked
        ]
        if sum(width for width, _wraps in told) <= LEGIBLE:
            break
    return told


def formats(sheet: Sheet, column: int) -> str:
    """Return how a column shows its numbers, for all of them alike: PLAIN, WHOLE, SHOWN or PLACE.

    Rupiah stand with separators and scores with two decimals; small whole numbers stay as they are.
    """
    values = [row[column] for row in sheet.rows if _is_number(row[column])]
    if any(value != int(value) for value in values):
        return PLACE if sheet.columns[column] in DEGREES else SHOWN
    return WHOLE if any(abs(value) >= LARGE for value in values) else PLAIN


def _is_number(cell: Any) -> bool:
    """Whether a cell is a number that a sheet can hold."""
    if isinstance(cell, int):
        return not isinstance(cell, bool)
    return isinstance(cell, float | Decimal) and isfinite(cell)


def _format(value: Any, usual: str) -> str:
    """Return how a number is shown in a column that shows its numbers as `usual`."""
    if isinstance(value, Share):
        return PERCENT
    if isinstance(value, int):
        return WHOLE if usual in (WHOLE, SHOWN) and value not in YEARS else PLAIN
    return FINE if usual == SHOWN and 0 < abs(value) < SMALL else usual


def _asked(sheet: Sheet, column: int) -> tuple[int, int, bool]:
    """Return the width that a column needs, the one that its texts ask for, and whether they have lines."""
    name = sheet.columns[column]
    cells = [row[column] for row in sheet.rows if row[column] is not None and row[column] != ""]
    if not cells:
        blank = BLANK if len(sheet.columns) <= FEW else LEAST
        return max(blank, _heading(name)), 0, False
    texts = [str(one) for one in cells if isinstance(one, str)]
    usual = formats(sheet, column)
    others = [_size(one, usual) for one in cells if not isinstance(one, str)]
    longest = max((len(line) for one in texts for line in one.split("\n")), default=0)
    rigid = max([LEAST, _heading(name), *(size + 1 for size in others)])
    return rigid, longest + 1, any("\n" in one for one in texts)


def _size(value: Any, usual: str) -> int:
    """Return the characters of a number as it is shown with the room beside it, or of a day."""
    if not _is_number(value):
        return len(str(value))
    shown = _format(value, usual)
    if shown == PERCENT:
        return len(f"{value:.1%}") + ROOM
    return len(f"{value:,.{DECIMALS.get(shown, 0)}f}") + ROOM


def _lines(cell: Any, width: int) -> int:
    if not isinstance(cell, str):
        return 1
    return sum(
        1 + int(len(line) > width) * int(len(line) / (width * FULL)) for line in cell.split("\n")
    )


def _heading(name: str) -> int:
    """Return the width of a heading in two lines, and at least of its longest word."""
    return max([-(-len(name) // 2), *map(len, name.split())]) + FILTER


def write_json(document: Any) -> bytes:
    """Return JSON that people can read; what is not a number becomes null."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)
