"""The annex as an Excel workbook: the form, the reasons, the sources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from sinergi.evidence.safe_cells import safe_cell
from sinergi.opportunities.lists.exports import annex
from sinergi.opportunities.models import PriorityList

A4 = 9
FORM_WIDTHS = (5, 24, 24, 32, 19, 24, 15, 21, 7, 48, 18, 22)
GROUND_WIDTHS = (5, 24, 24, 13, 34, 13, 14, 10, 34, 18, 15, 11, 9)
SOURCE_WIDTHS = (44, 60, 18, 18)
GREEN, PALE, LINE = "#1F5C46", "#E8F0EB", "#9DB3A8"
LINE_HEIGHT, PADDING = 13.5, 6


@dataclass
class Formats:
    """Cell formats of one workbook, made when first asked for."""

    book: Any
    made: dict[str, Any] = field(default_factory=dict)

    def __call__(self, name: str) -> Any:
        """Return a format by name."""
        if name not in self.made:
            base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
            self.made[name] = self.book.add_format({**base, **STYLES[name]})
        return self.made[name]


CELL = {"border": 1, "border_color": LINE, "text_wrap": True}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "align": "center", "valign": "vcenter"},
    "subtitle": {"font_size": 11, "align": "center", "valign": "vcenter"},
    "label": {"bold": True},
    "plain": {"text_wrap": True},
    "head": {
        **CELL,
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": GREEN,
        "font_color": "#FFFFFF",
    },
    "cell": CELL,
    "middle": {**CELL, "align": "center"},
    "number": {**CELL, "num_format": "#,##0.##;-#,##0.##;0"},
    "points": {**CELL, "num_format": "0.0"},
    "unsure": {**CELL, "italic": True, "bg_color": "#FBF3DC"},
    "unsure_number": {
        **CELL,
        "italic": True,
        "bg_color": "#FBF3DC",
        "num_format": '#,##0.##"*";-#,##0.##"*";0"*"',
    },
    "note": {"italic": True, "font_size": 9, "text_wrap": True},
    "sign": {"align": "center"},
    "sign_bold": {"align": "center", "bold": True},
}


def _put(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif value is None or value == "":
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_string(row, column, str(safe_cell(str(value))), style)


def _lines(text: str, width: float) -> int:
    return sum(max(1, -(-len(line) // max(int(width * 1.05), 1))) for line in text.split("\n"))


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return a row height that shows the tallest cell, in points; Excel allows 409."""
    lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
    return min(lines * LINE_HEIGHT + PADDING, 409)


def _page(sheet: Any, widths: Sequence[float], head_row: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&L&8&A&C&8&P / &N&R&8&F")
    sheet.repeat_rows(head_row)
    sheet.freeze_panes(head_row + 1, 0)
    sheet.hide_gridlines(2)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _headings(sheet: Any, row: int, names: Sequence[str], style: Any) -> None:
    for column, name in enumerate(names):
        _put(sheet, row, column, name, style)
    sheet.set_row(row, 32)


def _form(sheet: Any, made: annex.Annex, style: Formats) -> None:
    last = len(FORM_WIDTHS) - 1
    sheet.merge_range(0, 0, 0, last, made.title, style("title"))
    sheet.set_row(0, 24)
    sheet.merge_range(1, 0, 1, last, made.subtitle, style("subtitle"))
    row = 3
    for name, value in made.facts:
        sheet.write_string(row, 0, name, style("label"))
        sheet.merge_range(row, 2, row, last, "", style("plain"))
        _put(sheet, row, 2, value, style("plain"))
        sheet.set_row(row, _height([value], [sum(FORM_WIDTHS[2:])]))
        row += 1
    head_row = row + 1
    _page(sheet, FORM_WIDTHS, head_row)
    columns = annex.columns()
    _headings(sheet, head_row, list(columns.values()), style("head"))
    for row, line in enumerate(made.rows, start=head_row + 1):
        texts = []
        for column, name in enumerate(columns):
            value = getattr(line, name)
            value = "\n".join(value) if isinstance(value, tuple) else value
            middle = name in {"number", "year", "activity"}
            _put(sheet, row, column, value, style("middle" if middle else "cell"))
            texts.append("" if value is None else str(value))
        sheet.set_row(row, _height(texts, FORM_WIDTHS))
    _closing(sheet, head_row + len(made.rows) + 2, made, style)


def _closing(sheet: Any, row: int, made: annex.Annex, style: Formats) -> None:
    last = len(FORM_WIDTHS) - 1
    if not made.rows:
        sheet.merge_range(row - 1, 0, row - 1, last, _("No entries yet."), style("cell"))
        row += 1
    for text in made.notes:
        sheet.merge_range(row, 0, row, last, text, style("note"))
        sheet.set_row(row, _height([text], [sum(FORM_WIDTHS)]))
        row += 1
    signs = [(1, made.place_and_date, "sign"), (2, made.signatory, "sign_bold")]
    signs += [(7, "(…………………………………………)", "sign"), (8, "NIP …………………………………", "sign")]
    for offset, text, name in signs:
        sheet.merge_range(row + offset, 9, row + offset, last, "", style(name))
        _put(sheet, row + offset, 9, text, style(name))


def _grounds(sheet: Any, made: annex.Annex, style: Formats) -> None:
    _page(sheet, GROUND_WIDTHS, 0)
    columns = annex.ground_columns()
    _headings(sheet, 0, list(columns.values()), style("head"))
    for row, ground in enumerate(made.grounds, start=1):
        for column, name in enumerate(columns):
            kind = {"value": "number", "contribution": "points", "number": "middle"}.get(
                name, "cell"
            )
            if not ground.sure and name in {"value", "flag"}:
                kind = "unsure_number" if name == "value" else "unsure"
            _put(sheet, row, column, getattr(ground, name), style(kind))
        sheet.set_row(row, _height([ground.indicator, ground.source], [GROUND_WIDTHS[4]] * 2))
    sheet.autofilter(0, 0, max(len(made.grounds), 1), len(columns) - 1)


def _sources(sheet: Any, made: annex.Annex, style: Formats) -> None:
    _page(sheet, SOURCE_WIDTHS, 0)
    columns = annex.source_columns()
    _headings(sheet, 0, list(columns.values()), style("head"))
    row = 1
    for source in made.sources:
        cells = (source.name, ", ".join(source.indicators), source.periods, source.count)
        for column, value in enumerate(cells):
            _put(sheet, row, column, value, style("cell"))
        sheet.set_row(row, _height([str(cell) for cell in cells], SOURCE_WIDTHS))
        row += 1
    row += 1
    for name, text in made.versions:
        _put(sheet, row, 0, name, style("label"))
        sheet.merge_range(row, 1, row, 3, "", style("plain"))
        _put(sheet, row, 1, text, style("plain"))
        sheet.set_row(row, _height([name, text], [SOURCE_WIDTHS[0], sum(SOURCE_WIDTHS[1:])]))
        row += 1


def write(plan: PriorityList) -> bytes:
    """Return the workbook: annex, reasons, sources. Cells that a spreadsheet would run are made safe."""
    made = annex.build(plan)
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": made.title, "subject": plan.name, "author": plan.owner})
        style = Formats(book)
        sheets: list[tuple[str, Callable[[Any, annex.Annex, Formats], None]]] = [
            (_("List"), _form),
            (_("Reasons"), _grounds),
            (_("Sources"), _sources),
        ]
        for name, fill in sheets:
            fill(book.add_worksheet(name), made, style)
    return out.getvalue()
