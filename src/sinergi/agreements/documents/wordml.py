"""Paragraphs and tables as WordprocessingML, set so that they look alike in any template."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from sinergi.agreements.documents.layout import Grid, Line, laid_out

STEP = 454
"""Twentieths of a point: 8 mm for each level."""
WIDTH = 9070
"""Of a table: 16 cm, what A4 leaves between the margins."""
LETTER, CAPITAL, MARGINS, LONGEST = 112, 145, 190, 4600
"""Of letters in a table, of a cell on both sides, and the most that one cell asks for."""
BORDER = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
PADDING = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)
SIGNING = Grid((), ())
"""Stands for the signatures that follow a text."""


class Markup:
    """XML that stands for itself: a template puts it in as it is, unlike text of people."""

    def __init__(self, xml: str) -> None:
        self.xml = xml

    def __html__(self) -> str:
        return self.xml

    def __str__(self) -> str:
        return self.xml


def clean(text: str) -> str:
    """Return text without the characters that no XML may hold, escaped."""
    kept = (
        c
        for c in text
        if c in "\n\t" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
    )
    # Braces of a text are no tags: the template engine and its Word layer would look at them again.
    told = escape("".join(kept))
    return told.replace("{", "&#123;").replace("}", "&#125;")


def run(text: str, *, bold: bool = False, size: int = 0) -> str:
    """Return a run of text; a new line in it is one, too. `size` in half points."""
    marks = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{size}"/>' if size else "")
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    lines = text.split("\n")
    inner = "<w:br/>".join(
        f'<w:t xml:space="preserve">{clean(line).replace(chr(9), " ")}</w:t>' for line in lines
    )
    return f"<w:r>{properties}{inner}</w:r>"


def paragraph(
    *runs: str,
    align: str = "both",
    style: str = "",
    indent: str = "",
    keep: bool = False,
    after: int = 100,
    level: int | None = None,
) -> str:
    """Return a paragraph; `level` makes it a heading in the outline."""
    marks = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep else "",
        f'<w:spacing w:after="{after}"/>',
        indent,
        f'<w:jc w:val="{align}"/>',
        f'<w:outlineLvl w:val="{level}"/>' if level is not None else "",
    ]
    return f"<w:p><w:pPr>{''.join(marks)}</w:pPr>{''.join(runs)}</w:p>"


def _marked(line: Line, *, keep: bool = False) -> str:
    if not line.mark:
        return paragraph(run(line.text), keep=keep)
    left = STEP * (line.level + 1)
    indent = f'<w:ind w:left="{left}" w:hanging="{STEP}"/>'
    stop = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
    tab = "<w:r><w:tab/></w:r>"
    made = paragraph(run(line.mark), tab, run(line.text), indent=indent, keep=keep)
    return made.replace("<w:spacing", f"{stop}<w:spacing", 1)


def _cell(text: str, width: int, *, head: bool = False, right: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7EFE9"/>' if head else ""
    inner = paragraph(
        run(text, bold=head, size=20), align="right" if right else "left", after=0, keep=head
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{inner}</w:tc>'


def widths(grid: Grid) -> list[int]:
    """Return the widths of columns by what stands in them, none so narrow that a word is broken."""
    rows = [grid.head, *grid.rows]
    columns = [[row[i] for row in rows] for i in range(len(grid.head))]
    # No column is narrower than its longest word: a broken amount is another amount.
    least = [max(_wide(word) for text in one for word in text.split() or [""]) for one in columns]
    most = [
        max(min(max(map(_wide, one)), LONGEST) - few, 1)
        for one, few in zip(columns, least, strict=True)
    ]
    free = WIDTH - sum(least)
    if free < 0:
        return [WIDTH * one // sum(least) for one in least]
    return [few + free * one // sum(most) for few, one in zip(least, most, strict=True)]


def _wide(text: str) -> int:
    """Return about how wide a text is in a cell, its margins with it."""
    capitals = sum(one.isupper() for one in text)
    return CAPITAL * capitals + LETTER * (len(text) - capitals) + MARGINS


def table(grid: Grid) -> str:
    """Return a table whose heading is repeated on each page and whose rows are not divided."""
    wide = widths(grid)
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in wide)
    head = "".join(_cell(text, one, head=True) for text, one in zip(grid.head, wide, strict=True))
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(_cell(text, wide[i], right=i in grid.right) for i, text in enumerate(row))
        + "</w:tr>"
        for row in grid.rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:tblBorders>{BORDER}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/>{PADDING}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
        + paragraph(after=60)
    )


def body(text: str, tables: Mapping[str, Any]) -> str:
    """Return a filled text as paragraphs and tables."""
    return _set(laid_out(text, tables), None)


def _set(parts: Sequence[Line | Grid], after: Grid | None) -> str:
    """Return paragraphs and tables; what leads to a list or a table stays with it, also to one `after`."""
    behind = [*parts[1:], after][: len(parts)]
    return "".join(
        _marked(one, keep=_leads(one, then)) if isinstance(one, Line) else table(one)
        for one, then in zip(parts, behind, strict=True)
    )


def _leads(one: Line, then: Line | Grid | None) -> bool:
    if not isinstance(then, Line):
        return then is not None
    return bool(then.mark) and (then.level > one.level or not one.mark)


def clauses(
    found: Sequence[Mapping[str, Any]],
    style: str,
    tables: Mapping[str, Any],
    *,
    signed: bool = False,
) -> str:
    """Return all clauses: as articles (`Pasal 1`), as sections with a letter, or as a letter.

    Parameters
    ----------
    signed
        Signatures follow: the last paragraph stays with the first of them, so that none is on a page without
        text.
    """
    made = []
    for place, one in enumerate(found, start=1):
        last = SIGNING if signed and place == len(found) else None
        made.append(heading(one, style) + _set(laid_out(one["teks"], tables), last))
    return "".join(made)


def heading(clause: Mapping[str, Any], style: str) -> str:
    """Return the heading of a clause in a style."""
    if style == "letter":
        return ""
    if style == "articles":
        first = paragraph(
            run(f"Pasal {clause['nomor']}", bold=True),
            align="center",
            style="SinergiPasal",
            keep=True,
            after=0,
            level=0,
        )
        title = run(str(clause["judul"]).upper(), bold=True)
        return first + paragraph(title, align="center", keep=True, after=120)
    told = f"{clause['huruf'].upper()}. {clause['judul']}"
    return paragraph(run(told, bold=True), align="left", style="SinergiBagian", keep=True, level=0)


def _signer(party: Mapping[str, Any], width: int) -> str:
    lines = [
        paragraph(run(party["sebutan"], bold=True), align="center", after=0),
        paragraph(run(party["nama"], bold=True), align="center", after=0),
        paragraph(run(party["jabatan"]), align="center", after=1300),
        paragraph(run(party["wakil"], bold=True), align="center", after=240),
    ]
    # Of one who signs alone there is nothing to call him by.
    lines = lines if party["sebutan"] else lines[1:]
    cell = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{cell}{''.join(lines)}</w:tc>"


def signatures(parties: Sequence[Mapping[str, Any]]) -> str:
    """Return where parties sign, two side by side; a row is never divided between pages.

    Who signs alone, a letter, signs on the right.
    """
    half = WIDTH // 2
    rows = []
    for place in range(0, len(parties), 2):
        pair = parties[place : place + 2]
        cells = "".join(_signer(one, half) for one in pair)
        if len(pair) == 1:
            empty = f'<w:tc><w:tcPr><w:tcW w:w="{half}" w:type="dxa"/></w:tcPr>{paragraph()}</w:tc>'
            cells = empty + cells if len(parties) == 1 else cells + empty
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    if not rows:
        return paragraph()
    grid = f'<w:tblGrid><w:gridCol w:w="{half}"/><w:gridCol w:w="{half}"/></w:tblGrid>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{2 * half}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr>{grid}{''.join(rows)}</w:tbl>" + paragraph()
    )
