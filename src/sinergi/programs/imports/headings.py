"""Finds the rows of headings and tells what each column holds, by its words and by what stands below."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from sinergi.evidence.imports.grid import Grid
from sinergi.evidence.imports.problems import column_index, column_letter
from sinergi.programs.imports import fields
from sinergi.programs.imports.codes import LEVELS, normalised
from sinergi.programs.imports.reading import AS_TOLD, Reading
from sinergi.programs.imports.units import factor_of

ROWS = 40
"""Rows within which headings are looked for."""
DEPTH = 3
"""Rows that headings take, at most."""
SAMPLE = 400
NUMBERING = re.compile(r"\(?\s*\d{1,2}(?:\s*[=+x*/-]\s*\d{1,2})*\s*\)?")
NUMBER = re.compile(r"(?:rp\.? ?)?[\d.,]+(?:,-)?", re.IGNORECASE)
WORDED = re.compile(r"[a-z]", re.IGNORECASE)
YEAR = re.compile(r"(?:tahun |ta )?20\d{2}", re.IGNORECASE)
BIG = 100_000
"""Numbers from here on are money and not a target, where the heading says neither."""
Recognise = Callable[[list[str]], str | None]


class Headed(Protocol):
    """How a file is read, as far as its rows of headings go."""

    @property
    def header_row(self) -> int:
        """First row of the headings, counted from 1; 0: there are none."""

    @property
    def header_rows(self) -> int:
        """How many there are."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out about a sheet: how to read it, and how much speaks for it."""

    reading: Reading
    score: int
    headings: tuple[str, ...] = ()


def is_numbering(cells: list[str]) -> bool:
    """Whether a row only numbers the columns: `(1) (2) (3)`."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 2 and all(NUMBERING.fullmatch(cell) for cell in filled)


def heading_rows(grid: Grid, recognise: Recognise = fields.recognise) -> tuple[int, int]:
    """Return the first row of the headings, counted from 1, and how many there are; 0 where none is found.

    Parameters
    ----------
    recognise
        Tells the field that a heading names, as `fields.recognise` does for plans.
    """
    best, score = 0, 1
    for number in range(1, min(ROWS, grid.height) + 1):
        known = {recognise([one]) for one in grid.row(number) if one} - {None, ""}
        if len(known) > score:
            best, score = number, len(known)
    if not best:
        return 0, 0
    first = best
    while first > 1 and best - first + 1 < DEPTH and _is_above(grid, first - 1):
        first -= 1
    last = best
    while last - first + 1 < DEPTH and _is_below(grid, last + 1, recognise):
        last += 1
    return first, last - first + 1


def _is_above(grid: Grid, number: int) -> bool:
    """Whether a row groups the headings below it; a title stands in one cell, or says the same in all."""
    cells = [cell for cell in grid.row(number) if cell]
    return len(set(cells)) > 2 and all(WORDED.search(one) or YEAR.fullmatch(one) for one in cells)


def _is_below(grid: Grid, number: int, recognise: Recognise) -> bool:
    """Whether a row goes on with the headings: words or years only, one of them known, none a code."""
    cells = grid.row(number)
    filled = [cell for cell in cells if cell]
    if not filled or is_numbering(cells) or any(normalised(one).level for one in filled):
        return False
    if any(not (WORDED.search(one) or YEAR.fullmatch(one)) or len(one) > 80 for one in filled):
        return False
    above = grid.row(number - 1)
    fresh = [cell for cell, over in zip(cells, above, strict=True) if cell and cell != over]
    known = [one for one in fresh if recognise([one]) or YEAR.fullmatch(one)]
    return bool(fresh) and len(known) * 2 >= len(fresh)


def stacked(grid: Grid, reading: Headed) -> list[list[str]]:
    """Return for each column what stands above it, from the highest row of the headings down.

    A heading over several columns stands in the first of them: it counts for those to its right that
    have a heading of their own below.
    """
    if not reading.header_row:
        return [[] for _ in range(grid.width)]
    last = reading.header_row + reading.header_rows - 1
    rows = [grid.row(number) for number in range(reading.header_row, last + 1)]
    parts: list[list[str]] = [[] for _ in range(grid.width)]
    for depth, row in enumerate(rows):
        carried = ""
        below = rows[depth + 1 :]
        for column, cell in enumerate(row):
            under = any(one[column] for one in below)
            above = any(one[column] for one in rows[:depth])
            carried = cell or (carried if under and not above else "")
            if carried and carried not in parts[column]:
                parts[column].append(carried)
    return parts


def factor_at(grid: Grid, reading: Reading, column: int) -> int:
    """Return what the amounts of a column are multiplied by.

    Where each column has its own unit, it is that of the nearest heading that tells one, otherwise that of
    the title above the headings, otherwise rupiah.
    """
    if reading.multiplier != AS_TOLD:
        return reading.multiplier
    title = [text for row in range(1, reading.header_row) for text in grid.row(row) if text]
    told = (factor_of(text) for text in (*reversed(stacked(grid, reading)[column]), *title))
    return next((factor for factor in told if factor), 1)


def signature(headings: list[str]) -> str:
    """Return the digest by which files with the same headings are known again; case and marks aside."""
    words = [fields.normal(one) for one in headings]
    while words and not words[-1]:
        words.pop()
    return sha256("\n".join(words).encode()).hexdigest()


def suggest(grid: Grid, reading: Reading | None = None) -> Found:
    """Suggest how a sheet is to be read.

    Parameters
    ----------
    reading
        Where the row of the headings is known already.
    """
    if reading is None:
        first, number = heading_rows(grid)
        reading = Reading(sheet=grid.sheet, header_row=first, header_rows=number)
    parts = stacked(grid, reading)
    columns: dict[str, str] = {}
    codes: list[str] = []
    for column, over in enumerate(parts):
        name = _by_content(grid, column, over, reading, fields.recognise(over) if over else None)
        letter = column_letter(column)
        if name == "code" or (
            codes and not over and _follows(codes, column) and _coded(grid, column, reading)
        ):
            codes.append(letter)
            columns[letter] = "code"
        elif name and name not in columns.values():
            columns[letter] = name
    columns = _promoted(columns, codes, grid, reading)
    if not reading.header_row:
        columns = _without_headings(grid)
    reading = reading.with_(columns=columns)
    reading = reading.with_(hierarchical=_hierarchical(grid, reading))
    return Found(reading, len(columns), tuple(" / ".join(one) for one in parts))


def _follows(codes: list[str], column: int) -> bool:
    return column_letter(column - 1) == codes[-1]


def _sample(grid: Grid, column: int, reading: Reading) -> list[str]:
    start = reading.data_row - 1
    return grid.text[column][start : start + SAMPLE].drop_nulls().to_list()


def _coded(grid: Grid, column: int, reading: Reading) -> bool:
    cells = _sample(grid, column, reading)
    return bool(cells) and all(re.fullmatch(r"[\d.]{1,7}|X|XX", one) for one in cells)


def _by_content(
    grid: Grid, column: int, parts: list[str], reading: Reading, name: str | None
) -> str | None:
    """Settle by the cells what a heading leaves open: a year alone is of money or of a target."""
    money = name is not None and name.startswith("amount:")
    bare_year = bool(parts) and bool(YEAR.fullmatch(parts[-1].strip()))
    if not (money or (name is None and bare_year)):
        return name
    if money:
        return name
    cells = [one for one in _sample(grid, column, reading) if not is_numbering([one] * 3)]
    numeric = [one for one in cells if NUMBER.fullmatch(one.strip())]
    big = sum(len(re.sub(r"\D", "", one)) >= len(str(BIG)) for one in numeric)
    found = YEAR.search(parts[-1])
    year = found[0][-4:] if found else ""
    return f"amount:{year}:" if big * 2 >= max(len(numeric), 1) else f"target:{year}"


def _promoted(
    columns: dict[str, str], codes: list[str], grid: Grid, reading: Reading
) -> dict[str, str]:
    """Take the finest level that a file has for its lines, where it has no sub-activities."""
    held = set(columns.values())
    if "external_id" in held and "title" in held:
        return columns
    for finest in ("activity", "program"):
        if "title" in held or f"{finest}_name" not in held:
            continue
        new = {f"{finest}_name": "title", f"{finest}_code": "code"}
        if not any(one.startswith("amount:") for one in held):
            new[f"{finest}_amount"] = "amount::"
        return {
            letter: new.get(name, name) if not (name.endswith("_code") and codes) else name
            for letter, name in columns.items()
        }
    if "code" not in held and "account" in held:
        letter = next(one for one, name in columns.items() if name == "account")
        cells = _sample(grid, column_index(letter), reading)
        if sum(normalised(one).level > 0 for one in cells) * 2 > len(cells):
            return {**columns, letter: "code"}
    return columns


def _without_headings(grid: Grid) -> dict[str, str]:
    """Tell columns by their cells alone: codes, the longest texts, the largest numbers."""
    found: dict[str, str] = {}
    whole = Reading(header_row=0, header_rows=0)
    texts: Counter[int] = Counter()
    sums: Counter[int] = Counter()
    for column in range(grid.width):
        cells = _sample(grid, column, whole)
        if not cells:
            continue
        if "code" not in found.values() and all(normalised(one).level >= 2 for one in cells):
            found[column_letter(column)] = "code"
        elif all(NUMBER.fullmatch(one) for one in cells):
            sums[column] = max(len(re.sub(r"\D", "", one)) for one in cells)
        else:
            texts[column] = sum(map(len, cells)) // len(cells)
    if texts:
        found[column_letter(texts.most_common(1)[0][0])] = "title"
    if sums and sums.most_common(1)[0][1] >= len(str(BIG)):
        found[column_letter(sums.most_common(1)[0][0])] = "amount::"
    return found


def _hierarchical(grid: Grid, reading: Reading) -> bool:
    """Whether rows of higher levels stand above those of lower ones: three levels, parents before parts."""
    letters = reading.of("code")
    if (
        not letters
        or any(
            fields.AMOUNT.fullmatch(one) and one.count(":") == 2 and one.split(":")[2]
            for one in reading.columns.values()
        )
        or reading.of("external_id")
    ):
        return False
    columns = [column_index(letter) for letter in letters]
    rows = range(reading.data_row, min(grid.height, reading.data_row + 2 * SAMPLE) + 1)
    levels, deeper, fitting, before = set(), 0, 0, ("", 0)
    for number in rows:
        row = grid.row(number)
        code = normalised(".".join(row[column] for column in columns if row[column]))
        if not code.level:
            continue
        levels.add(code.level)
        if before[1] and code.level > before[1]:
            deeper += 1
            fitting += code.text.startswith(f"{before[0]}.")
        before = (code.text, code.level)
    return len(levels & set(LEVELS)) >= 2 and deeper > 0 and fitting * 10 >= deeper * 9
