"""Writes sheets and documents as bytes, with cells that no spreadsheet runs."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Any, NamedTuple

import orjson
from xlsxwriter import Workbook

from sinergi.evidence.exports import safe_cell

WIDEST = 60
SAMPLED = 200
"""Rows looked at for the width of a column."""


class Sheet(NamedTuple):
    """A table with a title and headings; cells are text, numbers, booleans or None."""

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
    """Return an Excel file with one sheet per table, headings frozen and filterable."""
    memory = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(memory, options) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.title[:31])
            page.freeze_panes(1, 0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
            for column, name in enumerate(sheet.columns):
                page.write_string(0, column, name, heading)
                page.set_column(column, column, _width(sheet, column))
            for line, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    if cell is not None and cell == cell:  # noqa: PLR0124 - NaN is not itself
                        page.write(line, column, safe_cell(cell))
    return memory.getvalue()


def write_json(document: Any) -> bytes:
    """Return JSON that people can read; what is not a number becomes null."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)


def _width(sheet: Sheet, column: int) -> int:
    texts = [len(str(row[column] or "")) for row in sheet.rows[:SAMPLED]]
    return min(max([len(sheet.columns[column]), *texts, 8]) + 2, WIDEST)
