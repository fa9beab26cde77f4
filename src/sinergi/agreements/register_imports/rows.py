"""Which rows of a sheet are agreements, which are headings within the table, and which are neither."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sinergi.agreements.register_imports.doubts import Doubt
from sinergi.agreements.register_imports.parties import AGENCY
from sinergi.agreements.register_imports.reading import RegisterReading
from sinergi.evidence.imports.grid import Grid
from sinergi.evidence.imports.problems import column_index
from sinergi.evidence.imports.regions import is_total
from sinergi.programs.imports.headings import is_numbering

YEAR = re.compile(
    r"(?:[ivx]+\.?\s*)?(?:tahun|thn|ta|periode)?\s*\.?\s*((?:19|20)[0-9]{2})", re.IGNORECASE
)
SECTION = re.compile(
    r"(?:[A-Z]|[IVX]+)[.)]\s+\S.*|(?:bagian|kelompok|bidang|kategori)\s+.+", re.IGNORECASE
)
DITTO = re.compile(r'["″”\'`]{1,2}|-\s*["″]\s*-|-//-|//|idem|s\.?\s?d\.?\s?a\.?', re.IGNORECASE)
ERROR = re.compile(r"#(?:REF|N/A|NAME\?|VALUE|DIV/0|NULL|NUM|NAME)!?\??", re.IGNORECASE)
Corrections = Mapping[tuple[int, int], str]


@dataclass(slots=True)
class Row:
    """A row that is an agreement, or a part of one.

    Attributes
    ----------
    cells
        Field to its cells: column counted from 0, and text.
    written
        Heading to cell, as the file has them.
    year, agency
        Of the heading within the table above it; 0 and empty without one.
    """

    number: int
    cells: dict[str, list[tuple[int, str]]]
    written: dict[str, str]
    year: int = 0
    agency: str = ""
    doubts: list[Doubt] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the text of a field; that of several columns joined by lines."""
        return "\n".join(text for _, text in self.cells.get(name, ()) if text)

    def column(self, name: str) -> int | None:
        """Return the column of a field that is filled, otherwise of its first."""
        there = self.cells.get(name, ())
        return next((column for column, text in there if text), there[0][0] if there else None)

    def tell(self, code: str, name: str, *, read: str = "", more: str = "", text: str = "") -> None:
        """Note a doubt at the cell of a field."""
        told = text or self.text(name)
        self.doubts.append(Doubt(code, self.number, self.column(name), name, told, read, more))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that became no agreement, with all of its cells."""

    number: int
    why: str
    written: dict[str, str]


@dataclass(slots=True)
class Rows:
    """The rows of a sheet by what they are."""

    rows: list[Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(slots=True)
class _Above:
    """What stands above the next row."""

    cells: list[str]
    year: int = 0
    agency: str = ""


def classify(
    grid: Grid, reading: RegisterReading, headings: list[str], corrections: Corrections
) -> Rows:
    """Return the rows of a sheet below its headings.

    Parameters
    ----------
    corrections
        Row, counted from 1, and column, counted from 0, to the text that stands in the place of the cell.
    """
    as_written = [column.to_list() for column in grid.text]
    texts = [list(column) for column in as_written] if corrections else as_written
    for (at, column), text in corrections.items():
        if column < grid.width and 0 < at <= grid.height:
            texts[column][at - 1] = text
    named = _distinct(headings)
    filled_down = {column_index(letter) for letter in reading.as_above}
    columns = {column_index(letter): name for letter, name in reading.columns.items()}
    found, above = Rows(), _Above([""] * grid.width)
    first_headings = [_plain(one.rsplit(" / ", 1)[-1]) for one in headings]
    for number in range(reading.data_row, grid.height + 1):
        cells = [column[number - 1] or "" for column in texts]
        if not any(cells):
            continue
        kept = (column[number - 1] for column in as_written)
        written = {named[place]: text for place, text in enumerate(kept) if text}
        if why := _no_row(cells, columns, first_headings):
            found.left_out.append(LeftOut(number, why, written))
        elif _is_section(cells, columns, above):
            found.left_out.append(LeftOut(number, "section", written))
        else:
            row = _row(number, cells, columns, filled_down, above, written)
            above.cells = _effective(row, cells)
            if row.text("title") or row.text("number"):
                found.rows.append(row)
            else:
                found.left_out.append(LeftOut(number, "row_without_title", written))
    return found


def _distinct(headings: list[str]) -> list[str]:
    """Return a name for each column, no two alike."""
    names: list[str] = []
    for place, heading in enumerate(headings):
        name = heading or f"({place + 1})"
        names.append(name if name not in names else f"{name} ({place + 1})")
    return names


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _no_row(cells: list[str], columns: Mapping[int, str], headings: list[str]) -> str:
    """Return why a row is none: it numbers the columns, repeats the headings, sums up."""
    if is_numbering(cells):
        return "numbering"
    filled = [(place, text) for place, text in enumerate(cells) if text]
    again = sum(_plain(text) == headings[place] for place, text in filled)
    if again >= 2 and again * 2 > len(filled):
        return "headings_again"
    first = filled[0][1]
    titled = any(text for place, text in filled if columns.get(place) == "title")
    if is_total(first) and not titled:
        return "sum_or_note"
    return ""


def _is_section(cells: list[str], columns: Mapping[int, str], above: _Above) -> bool:
    """Whether a row is a heading within the table; then what it says holds for the rows below."""
    filled = [(place, text) for place, text in enumerate(cells) if text]
    said = [one for one in filled if not (columns.get(one[0]) is None and len(one[1]) <= 5)]
    texts = {text for _, text in said or filled}
    if len(texts) != 1 or len(filled) > 2 + (len(filled) - len(said)):
        return False
    text = " ".join(texts.pop().split())
    if match := YEAR.fullmatch(text):
        above.year, above.agency = int(match[1]), ""
        above.cells = [""] * len(cells)
        return True
    agency = AGENCY.match(text) is not None
    in_title = any(columns.get(place) in {"title", "number"} for place, _ in said)
    capital = text.isupper() and len(text) > 3
    if agency or SECTION.fullmatch(text) or (capital and not in_title):
        above.agency = text if agency else ""
        above.cells = [""] * len(cells)
        return True
    return False


def _row(
    number: int,
    cells: list[str],
    columns: Mapping[int, str],
    filled_down: set[int],
    above: _Above,
    written: dict[str, str],
) -> Row:
    row = Row(number, {}, written, above.year, above.agency)
    for place, name in columns.items():
        text = cells[place] if place < len(cells) else ""
        held = row.cells.setdefault(name, [])
        told = ""
        if ERROR.fullmatch(text):
            told, text = "formula_error", ""
        elif text and DITTO.fullmatch(text.strip()):
            text = above.cells[place]
            told = "ditto" if text else "ditto_nothing"
        elif not text and place in filled_down:
            text = above.cells[place]
        held.append((place, text))
        if told:
            row.doubts.append(Doubt(told, number, place, name, cells[place], text))
    return row


def _effective(row: Row, cells: list[str]) -> list[str]:
    found = list(cells)
    for held in row.cells.values():
        for place, text in held:
            found[place] = text
    return found
