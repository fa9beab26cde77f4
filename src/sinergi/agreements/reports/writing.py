"""A report as a Word document and as sheets."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from docxtpl import DocxTemplate

from sinergi.agreements.reports.figures import Report
from sinergi.opportunities.exports.writing import Sheet, write_xlsx
from sinergi.reference import moments

TEMPLATE = Path(__file__).with_name("agreement_report.docx")
MOST = 500
"""Rows of a table in Word; how many more there are is told, and Excel holds all."""
SHEET_TITLE = 31


def word(told: Report) -> bytes:
    """Return a report as a Word document; texts of people are escaped."""
    document = DocxTemplate(TEMPLATE)
    sections = [
        {
            "heading": one.heading,
            "columns": one.columns,
            "rows": [[_text(cell) for cell in row] for row in one.rows[:MOST]],
            "none": "" if one.rows else _("None."),
            "more": _more(len(one.rows)),
        }
        for one in told.sections
    ]
    values = {
        "title": told.title,
        "subject": told.subject,
        "period": told.period,
        "made": told.made,
        "sections": sections,
    }
    document.render(values, autoescape=True)
    document.core_properties.title = f"{told.title} – {told.subject}"[:250]
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _more(count: int) -> str:
    if count <= MOST:
        return ""
    return _("%(n)s more rows stand in Excel.") % {"n": count - MOST}


def _text(cell: Any) -> str:
    if cell is None or cell == "":
        return moments.NOTHING
    if isinstance(cell, date):
        return moments.day(cell)
    if isinstance(cell, Decimal):
        return number_format(cell, 2 if cell % 1 else 0, force_grouping=True)
    return number_format(cell) if isinstance(cell, float) else str(cell)


def excel(told: Report) -> bytes:
    """Return a report as an Excel file, a sheet for each table; an empty one says that there is none."""
    about = Sheet(_("Report"), (told.title, ""), [
        (_("Of"), told.subject), (_("Period"), told.period), (_("Source"), told.made),
    ])  # fmt: skip
    sheets = [about]
    for one in told.sections:
        blank: tuple[Any, ...] = (_("None."), *[None] * (len(one.columns) - 1))
        sheets.append(Sheet(one.heading[:SHEET_TITLE], one.columns, one.rows or [blank]))
    return write_xlsx(sheets)
