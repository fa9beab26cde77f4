"""Makes the Word templates of documents of a cooperation: agreement, letter, terms of reference, minutes."""

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SHIPPED = Path(__file__).parents[1] / "src/sinergi/agreements/documents/templates"
FONT = "Arial"
GREY = RGBColor(0x46, 0x46, 0x46)
CENTRE, BOTH, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


def _paragraph(document: Any, text: str, size: float = 11, **how: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = how.get("align", BOTH)
    paragraph.paragraph_format.space_after = Pt(how.get("after", 6))
    paragraph.paragraph_format.keep_with_next = how.get("keep", False)
    if "indent" in how:
        paragraph.paragraph_format.left_indent = Mm(how["indent"])
        paragraph.paragraph_format.first_line_indent = Mm(-how["indent"])
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), how.get("bold", False)
    if "colour" in how:
        run.font.color.rgb = how["colour"]
    return paragraph


def _tag(document: Any, text: str) -> None:
    """Add a paragraph that holds a tag and vanishes when the template is rendered."""
    document.add_paragraph(text).paragraph_format.space_after = Pt(0)


def _field(paragraph: Any, instruction: str) -> None:
    """Add a field that Word and LibreOffice count themselves."""
    for kind in ("begin", "", "separate", "text", "end"):
        run = paragraph.add_run("1" if kind == "text" else "")
        run.font.size = Pt(9)
        if kind == "":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)  # noqa: SLF001 - no API
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 - no API


def _begin() -> Any:
    """Return an empty A4 document with its styles, the note in its header and page numbers below."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.line_spacing = 1.15
    for name, alignment in (("SinergiPasal", CENTRE), ("SinergiBagian", LEFT)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.bold = normal, True
        style.paragraph_format.space_before = Pt(10)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.alignment = alignment
    head = section.header.paragraphs[0]
    head.alignment = RIGHT
    note = head.add_run("{{ keterangan }}")
    note.font.size, note.font.color.rgb = Pt(8), GREY
    foot = section.footer.paragraphs[0]
    foot.alignment = CENTRE
    foot.add_run("Halaman ").font.size = Pt(9)
    _field(foot, "PAGE")
    foot.add_run(" dari ").font.size = Pt(9)
    _field(foot, "NUMPAGES")
    return document


def _agreement() -> Any:
    document = _begin()
    _paragraph(document, "{{ jenis|upper }}", 14, bold=True, align=CENTRE, after=8)
    _paragraph(document, "ANTARA", bold=True, align=CENTRE, after=4)
    _tag(document, "{%p for satu in pihak %}")
    _paragraph(document, "{{ satu.nama|upper }}", bold=True, align=CENTRE, after=2)
    _tag(document, "{%p if not loop.last %}")
    _paragraph(document, "DENGAN", align=CENTRE, after=2)
    _tag(document, "{%p endif %}")
    _tag(document, "{%p endfor %}")
    _paragraph(document, "TENTANG", bold=True, align=CENTRE, after=4)
    _paragraph(document, "{{ perihal|upper }}", bold=True, align=CENTRE, after=6)
    _paragraph(document, "Nomor: {{ nomor }}", align=CENTRE, after=14)
    opening = "Pada hari ini, {{ tanggal_lengkap }}, yang bertanda tangan di bawah ini:"
    _paragraph(document, opening)
    _tag(document, "{%p for satu in pihak %}")
    who = (
        "{{ loop.index }}.\t{{ satu.wakil }}, {{ satu.jabatan }}, berkedudukan di {{ satu.alamat }}, "
        "dalam hal ini bertindak untuk dan atas nama {{ satu.nama }}, selanjutnya disebut "
        "{{ satu.sebutan }}."
    )
    _paragraph(document, who, indent=8)
    _tag(document, "{%p endfor %}")
    together = (
        "Pihak-pihak tersebut secara bersama-sama disebut PARA PIHAK dan sepakat untuk mengadakan "
        "{{ jenis }} dengan ketentuan sebagai berikut."
    )
    _paragraph(document, together, after=10)
    _tag(document, "{{p isi }}")
    _paragraph(document, "", 6, after=8, keep=True)
    _tag(document, "{{p tanda_tangan }}")
    return document


def _letter() -> Any:
    document = _begin()
    _paragraph(document, "{{ pengirim|upper }}", 13, bold=True, align=CENTRE, after=16)
    for name, value, after in (
        ("Tanggal", "{{ tanggal }}", 2),
        ("Nomor", "{{ nomor }}", 2),
        ("Hal", "{{ perihal }}", 14),
    ):
        line = _paragraph(document, f"{name}\t:\t{value}", align=LEFT, after=after, indent=26)
        for stop in (22, 26):
            line.paragraph_format.tab_stops.add_tab_stop(Mm(stop))
    _paragraph(document, "Kepada Yth.", align=LEFT, after=0, keep=True)
    _tag(document, "{%p for satu in penerima_surat %}")
    receiver = "{% if not (loop.first and loop.last) %}{{ loop.index }}. {% endif %}{{ satu }}"
    _paragraph(document, receiver, align=LEFT, after=0)
    _tag(document, "{%p endfor %}")
    _paragraph(document, "di tempat", align=LEFT, after=14)
    _tag(document, "{{p isi }}")
    _paragraph(document, "", 6, after=8, keep=True)
    _tag(document, "{{p tanda_tangan }}")
    return document


def _terms() -> Any:
    document = _begin()
    _paragraph(document, "{{ jenis|upper }}", 14, bold=True, align=CENTRE, after=6)
    _paragraph(document, "{{ perihal|upper }}", 12, bold=True, align=CENTRE, after=14)
    _tag(document, "{{p isi }}")
    return document


def _minutes() -> Any:
    document = _begin()
    _paragraph(document, "{{ jenis|upper }}", 14, bold=True, align=CENTRE, after=4)
    _paragraph(document, "{{ perihal|upper }}", 12, bold=True, align=CENTRE, after=4)
    _paragraph(document, "Nomor: {{ nomor }}", align=CENTRE, after=14)
    _tag(document, "{{p isi }}")
    _paragraph(document, "", 6, after=8, keep=True)
    _tag(document, "{{p tanda_tangan }}")
    return document


def make(folder: Path) -> None:
    """Write the templates into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"agreement": _agreement, "letter": _letter, "kak": _terms, "minutes": _minutes}
    for name, build in made.items():
        build().save(str(folder / f"{name}.docx"))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
