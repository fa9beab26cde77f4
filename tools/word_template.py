"""Makes `annex.docx`, the Word template of the priority lists: `python tools/word_template.py [FILE]`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SHIPPED = Path(__file__).parents[1] / "src/sinergi/opportunities/lists/exports/annex.docx"
FONT = "Arial"
GREEN, PALE = "1F5C46", "EEF4F0"
FORM = (
    ("number", 8),
    ("affair", 24),
    ("object", 25),
    ("partners", 33),
    ("kind", 20),
    ("authority", 25),
    ("activity", 21),
    ("funding", 21),
    ("year", 11),
    ("reason", 46),
    ("proposer", 19),
    ("note", 18),
)
GROUND = (
    ("number", 8),
    ("object", 30),
    ("region", 30),
    ("part", 18),
    ("indicator", 42),
    ("value", 19),
    ("unit", 17),
    ("period", 14),
    ("source", 40),
    ("flag", 21),
    ("peer_rank", 17),
    ("contribution", 15),
)
SOURCE = (("name", 70), ("indicators", 130), ("periods", 40), ("count", 31))
SPECIAL = {
    "partners": "{% for p in row.partners %}{{ p }}{% if not loop.last %}\n{% endif %}{% endfor %}",
    "value": "{{ row.value }}{% if not row.sure %}*{% endif %}",
}


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - no API for row properties


def _write(cell: Any, text: str, size: float, *, head: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if head:
        run.bold = True
        run.font.color.rgb = RGBColor(255, 255, 255)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _shade(cell, GREEN)


def _table(
    document: Any, rows: str, heads: str, columns: Sequence[tuple[str, int]], size: float
) -> None:
    """Add a table of three rows: loop start, one line, loop end; the loop rows vanish when rendered."""
    table = document.add_table(rows=4, cols=len(columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    head, start, line, end = table.rows
    _mark_row(head, "w:tblHeader")
    _mark_row(line, "w:cantSplit")
    start.cells[0].text = f"{{%tr for row in {rows} %}}"
    end.cells[0].text = "{%tr endfor %}"
    for index, (name, width) in enumerate(columns):
        for row in table.rows:
            row.cells[index].width = Mm(width)
        _write(head.cells[index], f"{{{{ {heads}[{index}] }}}}", size, head=True)
        _write(line.cells[index], SPECIAL.get(name, f"{{{{ row.{name} }}}}"), size)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(13)
    section.top_margin, section.bottom_margin = Mm(14), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    normal.paragraph_format.space_after = Pt(3)
    footer = section.footer.paragraphs[0].add_run("{{ words.footer }}")
    footer.font.size = Pt(8)


def _centred(document: Any, text: str, size: float, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold


def _section(document: Any, text: str) -> None:
    heading = document.add_heading(level=2)
    run = heading.add_run(text)
    run.font.name, run.font.size = FONT, Pt(12)
    run.font.color.rgb = RGBColor.from_string(GREEN)


def _facts(document: Any) -> None:
    table = document.add_table(rows=3, cols=2)
    table.autofit = False
    table.rows[0].cells[0].text = "{%tr for fact in facts %}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Mm(45), Mm(226)
    _write(table.rows[1].cells[0], "{{ fact[0] }}", 10)
    table.rows[1].cells[0].paragraphs[0].runs[0].bold = True
    _write(table.rows[1].cells[1], "{{ fact[1] }}", 10)


def _signature(document: Any) -> None:
    texts = (
        ("{{ place_and_date }}", False, 0),
        ("{{ signatory }}", True, 56),
        ("(…………………………………………)", False, 0),
        ("NIP …………………………………", False, 0),
    )
    for text, bold, after in texts:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.left_indent = Mm(175)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.add_run(text).bold = bold


def make(path: Path) -> None:
    """Write the template to `path`."""
    document = Document()
    _page(document)
    _centred(document, "{{ title|upper }}", 15, bold=True)
    _centred(document, "{{ subtitle }}", 11)
    _facts(document)
    document.add_paragraph()
    _table(document, "rows", "columns", FORM, 7.5)
    document.add_paragraph("{%p if not rows %}")
    document.add_paragraph("{{ words.empty }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for note in notes %}")
    note = document.add_paragraph().add_run("{{ note }}")
    note.italic, note.font.size = True, Pt(8)
    document.add_paragraph("{%p endfor %}")
    _signature(document)
    document.add_paragraph("{%p if grounds %}")
    document.add_page_break()
    _section(document, "{{ words.reasons }}")
    _table(document, "grounds", "ground_columns", GROUND, 7.5)
    _section(document, "{{ words.sources }}")
    _table(document, "sources", "source_columns", SOURCE, 7.5)
    _section(document, "{{ words.versions }}")
    document.add_paragraph("{%p for version in versions %}")
    document.add_paragraph("{{ version[0] }}: {{ version[1] }}").runs[0].font.size = Pt(8)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
    document.save(str(path))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
