"""Tables that leave Sinergi as CSV or XLSX, safe to open in a spreadsheet program."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from sinergi.evidence.imports.numbers import unambiguous
from sinergi.evidence.imports.problems import Problem
from sinergi.evidence.models import Flag
from sinergi.evidence.queries import (
    ObservationFilter,
    ObservationRow,
    observation_rows,
    unit_label,
)
from sinergi.evidence.queries.visible import indicators as visible
from sinergi.evidence.safe_cells import safe_cell

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_048_576
"""Rows that a sheet can hold."""


class _Echo(io.TextIOBase):
    """A file that hands back what is written."""

    def write(self, text: str) -> Any:
        return text


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file (UTF-8 with mark, comma, CRLF), one for each row."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow([safe_cell(one) for one in headings]))
    for row in rows:
        cells = (unambiguous(one) if isinstance(one, float) else safe_cell(one) for one in row)
        yield str(writer.writerow(list(cells)))


def xlsx_bytes(sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """Return a workbook of tables with frozen headings.

    Parameters
    ----------
    sheets
        Name of each sheet to its headings and rows.

    Raises
    ------
    ValueError
        When a table has more rows than a sheet can hold.
    """
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, (headings, rows) in sheets.items():
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(len(headings) - 1, 0), 18)
            sheet.write_row(0, 0, [safe_cell(one) for one in headings], bold)
            for number, row in enumerate(rows, start=1):
                if number >= SHEET_ROWS:
                    raise ValueError(name)
                sheet.write_row(number, 0, [safe_cell(one) for one in row])
    return buffer.getvalue()


def observation_headings() -> list[str]:
    """Return the headings of exported observations; an import reads them back in either language."""
    return [
        _("region code"),
        _("region name"),
        _("indicator code"),
        _("period"),
        _("value"),
        _("unit"),
        _("flag"),
        _("source code"),
        _("source name"),
        _("licence"),
        _("load number"),
        _("belongs to"),
    ]


def observation_cells(wanted: ObservationFilter) -> Iterator[list[Any]]:
    """Yield exported observations, in the order of `observation_headings`."""
    return (_cells(row) for row in observation_rows(wanted))


def _cells(row: ObservationRow) -> list[Any]:
    return [
        row.region,
        row.region_name,
        row.indicator,
        row.period,
        row.value,
        row.unit,
        row.flag,
        row.source,
        row.source_name,
        row.licence,
        row.batch or "",
        row.owner,
    ]


def problem_headings() -> list[str]:
    """Return the headings of exported problems."""
    return [
        _("severity"),
        _("sheet"),
        _("cell"),
        _("value"),
        _("what is wrong"),
        _("suggestion"),
        _("what to do"),
    ]


def problem_cells(problems: Iterable[Problem]) -> Iterator[list[Any]]:
    """Yield exported problems, in the order of `problem_headings`."""
    names = {"error": _("error"), "warning": _("warning")}
    for one in problems:
        yield [
            names[one.severity],
            one.sheet,
            one.cell,
            one.value,
            one.message(),
            one.suggestion,
            one.remedy(),
        ]


def template_bytes(regions: Iterable[tuple[str, str]]) -> bytes:
    """Return the workbook to fill in for an import: an empty table and the codes to use in it."""
    headings = [_("region code"), _("region name"), _("indicator code"), _("period"), _("value")]
    headings += [_("flag"), _("source code")]
    indicators = [(one.code, one.name, unit_label(one.unit)) for one in visible()]
    flags = [(flag.name.lower(), str(flag.label)) for flag in Flag]
    return xlsx_bytes(
        {
            _("data"): (headings, []),
            _("regions"): ([_("region code"), _("region name")], regions),
            _("indicators"): ([_("indicator code"), _("name"), _("unit")], indicators),
            _("flags"): ([_("flag"), _("meaning")], flags),
        }
    )
