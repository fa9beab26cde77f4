"""Makes `minutes.docx`, the Word template of minutes: `python tools/minutes_template.py [FILE]`.

`minutes_1.docx` beside it is what this made for the first form of minutes, never made anew: minutes that
were sealed in that form give the file that they gave.
"""

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SHIPPED = Path(__file__).parents[1] / "src/sinergi/forums/documents/minutes.docx"
FONT, WIDTH = "Arial", 160
RED, GREY = RGBColor(0x9B, 0x1C, 0x1C), RGBColor(0x46, 0x46, 0x46)
NUMBER = 9
RANKED = (
    ("number_of_option", "number", 12),
    ("option", "text", 86),
    ("rank", "place", 24),
    ("outcome", "standing", 38),
)
UNRANKED = tuple((head, cell, width) for head, cell, width in RANKED if head != "rank")
"""Heads, values and widths of the columns of a result; of one without an order there are no ranks."""


def _paragraph(document: Any, text: str, size: float = 11, **how: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = how.get("align", WD_ALIGN_PARAGRAPH.JUSTIFY)
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


def _centred(document: Any, text: str, size: float, **how: Any) -> Any:
    return _paragraph(document, text, size, align=WD_ALIGN_PARAGRAPH.CENTER, **how)


def _field(paragraph: Any, code: str) -> None:
    """Add a field that Word and LibreOffice compute: PAGE, NUMPAGES."""
    for kind in ("begin", "", "separate", "shown", "end"):
        run = paragraph.add_run("1" if kind == "shown" else "")
        run.font.size, run.font.color.rgb = Pt(7.5), GREY
        if kind == "":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            run._r.append(text)  # noqa: SLF001 - python-docx has no fields
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001


def _line_below(paragraph: Any, side: str = "bottom", size: int = 12) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "4"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - no API for borders


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(22)
    section.top_margin, section.bottom_margin = Mm(22), Mm(24)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.1
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run("{% if draft %}{{ words.draft }}{% endif %}")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(10), RED
    foot = section.footer.paragraphs[0]
    foot.style = normal  # the style of feet has tab stops of its own
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _line_below(foot, "top", 4)
    for text in ("{{ words.footer }}", "\t{{ words.page }} "):
        run = foot.add_run(text)
        run.font.size, run.font.color.rgb = Pt(7.5), GREY
    _field(foot, "PAGE")
    run = foot.add_run(" {{ words.of }} ")
    run.font.size, run.font.color.rgb = Pt(7.5), GREY
    _field(foot, "NUMPAGES")


def _table(document: Any, rows: int, widths: tuple[int, ...]) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)  # of the grid, by which LibreOffice goes, and of every cell
    return table


def _into(cell: Any, text: str, **how: Any) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = how.get("align", WD_ALIGN_PARAGRAPH.LEFT)
    paragraph.paragraph_format.space_after = Pt(how.get("after", 2))
    paragraph.paragraph_format.keep_with_next = how.get("keep", False)
    run = paragraph.add_run(text)
    run.bold, run.font.size = how.get("bold", False), Pt(how.get("size", 11))
    return paragraph


def _agenda(document: Any) -> None:
    _tag(document, "{%p if agenda %}")
    _paragraph(document, "{{ words.agenda }}", keep=True, after=3)
    table = _table(document, 3, (62, WIDTH - 62))
    table.rows[0].cells[0].text = "{%tr for row in agenda %}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    _into(table.rows[1].cells[0], "{{ row.when }}")
    _into(table.rows[1].cells[1], "{{ row.what }}")
    _whole(table.rows[1])
    _paragraph(document, "", 6, after=2)
    _tag(document, "{%p endif %}")


def _whole(row: Any) -> None:
    """Keep a row of a table on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no API


def _names(document: Any, name: str) -> None:
    """Add a list of names in two columns, numbered from left to right."""
    _tag(document, f"{{%p if {name} %}}")
    _paragraph(document, f"{{{{ words.{name} }}}}", keep=True, after=3)
    table = _table(document, 3, (WIDTH // 2, WIDTH // 2))
    table.rows[0].cells[0].text = f"{{%tr for row in {name} %}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    line = table.rows[1].cells
    _into(line[0], "{{ 2 * loop.index - 1 }}. {{ row[0] }}")
    _into(line[1], "{% if row|length > 1 %}{{ 2 * loop.index }}. {{ row[1] }}{% endif %}")
    _paragraph(document, "", 6, after=2)
    _tag(document, "{%p endif %}")


def _points(document: Any) -> None:
    _paragraph(
        document,
        "{% if points %}{{ words.agreed }}{% else %}{{ words.none }}{% endif %}",
        keep=True,
    )
    _tag(document, "{%p for point in points %}")
    title = _paragraph(document, "{{ point.number }}.\t{{ point.title }}", bold=True, keep=True)
    title.alignment = WD_ALIGN_PARAGRAPH.LEFT
    title.paragraph_format.left_indent = Mm(NUMBER)
    title.paragraph_format.first_line_indent = Mm(-NUMBER)
    title.paragraph_format.tab_stops.add_tab_stop(Mm(NUMBER))
    title.paragraph_format.space_after = Pt(3)
    _tag(document, "{%p for line in point.paragraphs %}")
    _paragraph(document, "{{ line }}", after=4).paragraph_format.left_indent = Mm(NUMBER)
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p for line in point.facts %}")
    fact = _paragraph(document, "{{ line }}", 9.5, after=0, colour=GREY, keep=True)
    fact.alignment = WD_ALIGN_PARAGRAPH.LEFT
    fact.paragraph_format.left_indent = Mm(NUMBER)
    _tag(document, "{%p endfor %}")
    _paragraph(document, "", 5, after=3)
    _tag(document, "{%p endfor %}")


def _signatures(document: Any) -> None:
    _tag(document, "{%p if signatories %}")
    _tag(document, "{%p if place_and_date %}")
    _paragraph(document, "{{ place_and_date }}", keep=True, after=0)
    _tag(document, "{%p endif %}")
    _paragraph(document, "{{ words.signed }}", keep=True)
    table = _table(document, 4, (WIDTH // 2, WIDTH // 2))
    table.rows[0].cells[0].text = "{%tr for row in signatories %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    centre = WD_ALIGN_PARAGRAPH.CENTER
    offices, people = table.rows[1].cells, table.rows[2].cells
    for column, one in enumerate(("row[0]", "row[1]")):
        there = ("{% if row|length > 1 %}", "{% endif %}") if column else ("", "")
        for cell, part, how in (
            (offices[column], "office", {"after": 46, "keep": True}),
            (people[column], "name", {"after": 20, "bold": True}),
        ):
            text = f"{there[0]}{{{{ {one}.{part} }}}}{there[1]}"
            _into(cell, text, align=centre, **how)
    for row in table.rows[1:3]:
        _whole(row)
    _tag(document, "{%p endif %}")


def _ballots(document: Any) -> None:
    """Add the annex: how each ballot was held, its options in order, and votes that are not secret."""
    _tag(document, "{%p if ballots %}")
    head = _centred(document, "{{ words.annex }}", 13, bold=True, after=12, keep=True)
    head.paragraph_format.page_break_before = True
    _tag(document, "{%p for ballot in ballots %}")
    title = _paragraph(document, "{{ ballot.title }}", bold=True, keep=True, after=3)
    title.alignment = WD_ALIGN_PARAGRAPH.LEFT
    title.paragraph_format.space_before = Pt(8)
    _tag(document, "{%p for line in ballot.facts %}")
    fact = _paragraph(document, "{{ line }}", 9.5, after=0, colour=GREY, keep=True)
    fact.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _tag(document, "{%p endfor %}")
    _paragraph(document, "", 4, after=0, keep=True)
    for ranked, columns in ((True, RANKED), (False, UNRANKED)):
        _tag(document, "{%p if ballot.ranked %}" if ranked else "{%p if not ballot.ranked %}")
        _options(document, columns)
        _tag(document, "{%p endif %}")
    _paragraph(document, "", 4, after=0)
    _tag(document, "{%p for line in ballot.notes %}")
    _paragraph(document, "{{ line }}", 10, after=3)
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p if ballot.cast %}")
    _paragraph(document, "{{ words.cast }}", 10, keep=True, after=3)
    table = _table(document, 3, (WIDTH // 2, WIDTH // 2))
    table.rows[0].cells[0].text = "{%tr for row in ballot.cast %}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    _into(table.rows[1].cells[0], "{{ row[0] }}", size=10)
    _into(table.rows[1].cells[1], "{% if row|length > 1 %}{{ row[1] }}{% endif %}", size=10)
    _tag(document, "{%p endif %}")
    _paragraph(document, "", 6, after=4)
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p endif %}")


def _rule(cell: Any, colour: str, size: int) -> None:
    """Draw a line below a cell."""
    borders, line = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - no API for borders


def _options(document: Any, columns: tuple[tuple[str, str, int], ...]) -> None:
    table = _table(document, 4, tuple(width for _head, _cell, width in columns))
    head, start, line, end = table.rows
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no API
    start.cells[0].text, end.cells[0].text = "{%tr for row in ballot.options %}", "{%tr endfor %}"
    for place, (name, cell, _width) in enumerate(columns):
        _into(head.cells[place], f"{{{{ words.{name} }}}}", bold=True, size=10, keep=True)
        _rule(head.cells[place], "000000", 6)
        _into(line.cells[place], f"{{{{ row.{cell} }}}}", size=10)
        _rule(line.cells[place], "B4B4B4", 4)
    _whole(line)


def make(path: Path) -> None:
    """Write the template to `path`."""
    document = Document()
    _page(document)
    _line_below(_centred(document, "{{ convener|upper }}", 12, bold=True, after=14))
    _centred(document, "{{ words.title }}", 15, bold=True, after=2)
    _centred(document, "{{ name }}", 12, bold=True, after=2)
    _centred(document, "{{ words.number }}", 11, after=14)
    _paragraph(document, "{{ intro }}")
    _tag(document, "{%p for line in opening %}")
    _paragraph(document, "{{ line }}")
    _tag(document, "{%p endfor %}")
    _agenda(document)
    _names(document, "present")
    _names(document, "coming")
    _points(document)
    _paragraph(document, "{{ words.closing }}", keep=True, after=12)
    _signatures(document)
    _ballots(document)
    document.save(str(path))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
