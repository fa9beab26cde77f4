"""Makes `sync_record.docx`, the Word template of the record of a synchronisation."""

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SHIPPED = Path(__file__).parents[1] / "src/sinergi/programs/documents/sync_record.docx"
FONT, WIDTH = "Arial", 253
GREY = RGBColor(0x46, 0x46, 0x46)
PADDING = (("top", 57), ("left", 85), ("bottom", 57), ("right", 85))
"""Between the lines of a table and its texts, in twentieths of a point: 1 mm and 1.5 mm."""
Text = str | tuple[tuple[str, bool, bool], ...]
"""What stands in a cell: a text, or parts with whether each is bold and whether it is italic."""


def _paragraph(document: Any, text: str, size: float = 10.5, **how: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = how.get("align", WD_ALIGN_PARAGRAPH.LEFT)
    paragraph.paragraph_format.space_after = Pt(how.get("after", 6))
    paragraph.paragraph_format.keep_with_next = how.get("keep", False)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), how.get("bold", False)
    if "colour" in how:
        run.font.color.rgb = how["colour"]
    return paragraph


def _tag(document: Any, text: str) -> None:
    """Add a paragraph that holds a tag and vanishes when the template is rendered."""
    document.add_paragraph(text).paragraph_format.space_after = Pt(0)


def _table(document: Any, rows: int, widths: tuple[int, ...]) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side, width in PADDING:
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - no API
    look.addprevious(margins)
    return table


def _into(cell: Any, text: Text, **how: Any) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = how.get("align", WD_ALIGN_PARAGRAPH.LEFT)
    paragraph.paragraph_format.space_after = Pt(how.get("after", 1))
    bold = how.get("bold", False)
    for part, strong, slanted in [(text, bold, False)] if isinstance(text, str) else text:
        run = paragraph.add_run(part)
        run.bold, run.italic, run.font.size = strong, slanted, Pt(how.get("size", 9))


def _loop(document: Any, rows: str, columns: tuple[tuple[str, Text, int], ...]) -> None:
    """Add a table with a heading and a row for each of `rows`: heading, value and width of each column."""
    table = _table(document, 4, tuple(width for _head, _value, width in columns))
    head, start, line, end = table.rows
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no API
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no API
    start.cells[0].text, end.cells[0].text = f"{{%tr for row in {rows} %}}", "{%tr endfor %}"
    for place, (name, value, _width) in enumerate(columns):
        _into(head.cells[place], name, bold=True)
        _shade(head.cells[place])
        _into(line.cells[place], value)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E7EFE9")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - no API


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)


FINDING: Text = (
    ("{{ row.rule }}. ", True, False),
    ("{{ row.told }}{% for line in row.lines %}\n– {{ line }}{% endfor %}", False, False),
    ("\n{{ row.remedy }}", False, True),
)


def make(path: Path) -> None:
    """Write the template to `path`."""
    document = Document()
    _page(document)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _paragraph(document, "{{ convener|upper }}", 12, bold=True, align=centre, after=10)
    _paragraph(document, "{{ words.heading }}", 14, bold=True, align=centre, after=2)
    _paragraph(document, "{{ title }}", 12, bold=True, align=centre, after=2)
    _paragraph(document, "{{ words.number }}", align=centre, after=12)
    _paragraph(document, "{{ intro }}")
    _tag(document, "{%p if note %}")
    _paragraph(document, "{{ note }}")
    _tag(document, "{%p endif %}")
    _paragraph(document, "{{ words.participants }}", 11.5, bold=True, keep=True, after=2)
    _paragraph(document, "{{ words.write_in }}", 8.5, colour=GREY, keep=True, after=3)
    _loop(
        document,
        "parties",
        (
            ("{{ words.organisation }}", "{{ row.name }}", 80),
            ("{{ words.region }}", "{{ row.region }}", 53),
            ("{{ words.name }}", "", 65),
            ("{{ words.office }}", "", 55),
        ),
    )
    _paragraph(document, "", 6, after=4)
    _paragraph(document, "{{ words.compared }}", 11.5, bold=True, keep=True, after=3)
    _loop(
        document,
        "plans",
        (
            ("{{ words.region }}", "{{ row.region }}", 70),
            ("{{ words.plan }}", "{{ row.title }}", 119),
            ("{{ words.version }}", "{{ row.version }}", 40),
            ("{{ words.lines }}", "{{ row.lines_told }}", 24),
        ),
    )
    _paragraph(document, "", 6, after=4)
    _paragraph(document, "{{ words.findings }}", 11.5, bold=True, keep=True, after=3)
    _tag(document, "{%p if not groups %}")
    _paragraph(document, "{{ words.none }}")
    _tag(document, "{%p endif %}")
    _tag(document, "{%p for group in groups %}")
    _paragraph(document, "{{ group.name }}", 10.5, bold=True, keep=True, after=3)
    _loop(
        document,
        "group.rows",
        (
            ("No.", "{{ row.number }}", 12),
            ("{{ words.finding }}", FINDING, 108),
            ("{{ words.actors }}", "{{ row.actors }}", 42),
            ("{{ words.stake }}", "{{ row.stake }}", 36),
            ("{{ words.decision }}", "{{ row.decision }}", 55),
        ),
    )
    _paragraph(document, "", 6, after=4)
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p for line in left %}")
    _paragraph(document, "{{ line }}", 9, colour=GREY)
    _tag(document, "{%p endfor %}")
    _paragraph(document, "{{ words.closing }}", keep=True, after=10)
    _signatures(document)
    _checksums(document)
    document.save(str(path))


def _signatures(document: Any) -> None:
    _paragraph(document, "{{ words.signed }}", keep=True)
    table = _table(document, 3, (WIDTH // 2, WIDTH // 2))
    table.style = "Normal Table"
    table.rows[0].cells[0].text = "{%tr for row in signatories %}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    line = table.rows[1]
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no API
    gap = "\n\n\n\n……………………………………"
    _into(line.cells[0], "{{ row[0] }}" + gap, align=WD_ALIGN_PARAGRAPH.CENTER, after=14)
    second = "{% if row|length > 1 %}{{ row[1] }}" + gap + "{% endif %}"
    _into(line.cells[1], second, align=WD_ALIGN_PARAGRAPH.CENTER, after=14)


def _checksums(document: Any) -> None:
    """Add, behind what people sign, what shows later that the lines are still those compared."""
    _paragraph(document, "{{ words.digest }}", 8.5, bold=True, colour=GREY, keep=True, after=2)
    _tag(document, "{%p for row in plans %}")
    text = "{{ row.title }} · {{ words.version }} {{ row.version }}: {{ row.digest }}"
    _paragraph(document, text, 8, colour=GREY, after=2)
    _tag(document, "{%p endfor %}")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
