"""The rows of a sheet by what they are: lines, headings of lines, totals, continuations, notes."""

import re
from dataclasses import dataclass, field

from sinergi.evidence.imports.problems import Problems, column_index
from sinergi.programs.imports.codes import normalised
from sinergi.programs.imports.headings import is_numbering
from sinergi.programs.imports.reading import Reading
from sinergi.programs.imports.sheet import Sheet

TOTAL = re.compile(
    r"^(?:grand )?(?:sub ?)?(?:jumlah|total)\b(?! (?:penduduk|peserta|orang))", re.IGNORECASE
)
LEVEL_NAMES = {1: "affair", 2: "affair", 3: "program", 5: "activity"}


@dataclass(slots=True)
class Rows:
    """What each row of a sheet is. Numbers of rows are counted from 1.

    Attributes
    ----------
    lines
        Rows that are lines, in order.
    codes
        Row to its code as written, for lines and headings.
    above
        Row of a line to the rows of its headings, the highest first.
    heads
        Rows that are headings of lines: row to the level of its code.
    totals
        Rows that sum up others.
    continued
        Rows that only go on with the line above: row to that line.
    """

    lines: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    above: dict[int, tuple[int, ...]] = field(default_factory=dict)
    heads: dict[int, int] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    continued: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Columns:
    """Cells of the mapped columns as plain lists; `text["title"][r]` is that of row r + 1."""

    text: dict[str, list[str | None]]
    code: list[str]
    width: int

    def at(self, name: str, row: int) -> str:
        """Return the text of a field in a row; empty where there is none."""
        cells = self.text.get(name)
        return (cells[row - 1] or "") if cells else ""


def columns_of(sheet: Sheet, reading: Reading) -> Columns:
    """Take the mapped columns out of a sheet; several columns of codes are joined."""
    grid = sheet.grid
    text: dict[str, list[str | None]] = {}
    for letter, name in reading.columns.items():
        index = column_index(letter)
        if index < grid.width and name != "code":
            text[name] = grid.text[index].to_list()
    parts = [
        grid.text[i].to_list() for i in map(column_index, reading.of("code")) if i < grid.width
    ]
    if len(parts) == 1:
        code = [one or "" for one in parts[0]]
    elif parts:
        code = [".".join(one for one in cells if one) for cells in zip(*parts, strict=True)]
    else:
        code = [""] * grid.height
    return Columns(text, code, grid.width)


def classify(sheet: Sheet, columns: Columns, reading: Reading, problems: Problems) -> Rows:
    """Tell what each row is; rows that become no line are reported unless they are empty."""
    found = Rows()
    amounts = [name for name in columns.text if name.startswith("amount:")]
    title_at = next((column_index(one) for one in reading.of("title")), 0)
    grid = sheet.grid
    for row in range(reading.data_row, grid.height + 1):
        title, code = columns.at("title", row), columns.code[row - 1].strip()
        if TOTAL.match(title) or (not title and TOTAL.match(code)):
            found.totals.append(row)
            continue
        if title:
            if is_numbering([code or title, title, title]) or not (
                code or reading.hierarchical is False or any(columns.at(a, row) for a in amounts)
            ):
                _left_out(row, title_at, title, problems)
                continue
            found.lines.append(row)
            found.codes[row] = code
        elif any(columns.at(name, row) for name in columns.text):
            _untitled(row, columns, found, problems, title_at)
    if reading.hierarchical:
        _part_levels(found)
    return found


def _left_out(row: int, column: int, text: str, problems: Problems) -> None:
    if not is_numbering([text] * 3):
        problems.add("warning", "row_left_out", row=row, column=column, value=text)


def _untitled(row: int, columns: Columns, found: Rows, problems: Problems, title_at: int) -> None:
    """Take a row without a title for one that goes on with the line above, sums up, or notes something."""
    cells = [columns.at(name, row) for name in columns.text]
    first = next(one for one in cells if one)
    if TOTAL.match(first):
        found.totals.append(row)
    elif is_numbering([one for one in cells if one]):
        return
    elif (
        found.lines
        and not any(columns.at(name, row) for name in columns.text if name.startswith("amount:"))
        and any(columns.at(name, row) for name in ("output", "target", "place", "note"))
    ):
        found.continued[row] = found.lines[-1]
        problems.add("warning", "row_continued", row=row, value=first, line=found.lines[-1])
    elif any(columns.at(name, row) for name in columns.text if name.startswith("amount:")):
        problems.add("error", "title_missing", row=row, column=title_at)
    else:
        problems.add("warning", "row_left_out", row=row, column=title_at, value=first)


def _part_levels(found: Rows) -> None:
    """Take rows with deeper rows right below them out of the lines: they are headings."""
    levels = [normalised(found.codes[row]).level for row in found.lines]
    following = 0
    parent = [False] * len(levels)
    for place in range(len(levels) - 1, -1, -1):
        if levels[place] > 0:
            parent[place] = following > levels[place]
            following = levels[place]
    stack: list[tuple[int, int]] = []
    lines = []
    for place, row in enumerate(found.lines):
        level = levels[place]
        if level > 0:
            stack = [one for one in stack if one[1] < level]
        if parent[place]:
            found.heads[row] = level
            stack.append((row, level))
            continue
        lines.append(row)
        found.above[row] = tuple(one for one, _ in stack)
    found.lines = lines
