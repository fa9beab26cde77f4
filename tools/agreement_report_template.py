"""Makes `agreement_report.docx`, the Word template of reports on agreements."""

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

SHIPPED = Path(__file__).parents[1] / "src/sinergi/agreements/reports/agreement_report.docx"
FONT = "Arial"


def _paragraph(document: Any, text: str, size: float = 10.5, **how: Any) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = how.get("align", WD_ALIGN_PARAGRAPH.LEFT)
    paragraph.paragraph_format.space_after = Pt(how.get("after", 6))
    paragraph.paragraph_format.keep_with_next = how.get("keep", False)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), how.get("bold", False)


def _tag(document: Any, text: str) -> None:
    """Add a paragraph that holds a tag and vanishes when the template is rendered."""
    document.add_paragraph(text).paragraph_format.space_after = Pt(0)


def _cell(cell: Any, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(8.5), bold


def _table(document: Any) -> None:
    """Add a table with as many columns and rows as its section has."""
    table = document.add_table(rows=4, cols=3)
    table.style, table.autofit = "Table Grid", True
    head, start, line, end = table.rows
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no API
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no API
    for row, loop, value in (
        (head, "column in section.columns", "{{ column }}"),
        (line, "cell in row", "{{ cell }}"),
    ):
        _cell(row.cells[0], f"{{%tc for {loop} %}}")
        _cell(row.cells[1], value, bold=row is head)
        _cell(row.cells[2], "{%tc endfor %}")
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E7EFE9")):
        shade.set(qn(f"w:{name}"), value)
    head.cells[1]._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - no API
    _cell(start.cells[0], "{%tr for row in section.rows %}")
    _cell(end.cells[0], "{%tr endfor %}")


def make(path: Path) -> None:
    """Write the template to `path`."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _paragraph(document, "{{ title }}", 14, bold=True, align=centre, after=2)
    _paragraph(document, "{{ subject }}", 12, bold=True, align=centre, after=2)
    _paragraph(document, "{{ period }}", align=centre, after=10)
    _tag(document, "{%p for section in sections %}")
    _paragraph(document, "{{ loop.index }}. {{ section.heading }}", 11.5, bold=True, keep=True)
    _tag(document, "{%p if section.none %}")
    _paragraph(document, "{{ section.none }}")
    _tag(document, "{%p else %}")
    _table(document)
    _paragraph(document, "{{ section.more }}", 8.5)
    _tag(document, "{%p endif %}")
    _tag(document, "{%p endfor %}")
    _paragraph(document, "{{ made }}", 8.5)
    document.save(str(path))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
