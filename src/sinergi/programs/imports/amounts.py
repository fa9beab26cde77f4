"""Amounts of the lines of a sheet per year and channel, and the totals that the file itself declares."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from sinergi.evidence.imports.problems import Severity, column_index
from sinergi.programs.imports.context import Context
from sinergi.programs.imports.fields import NUMBERS
from sinergi.programs.imports.headings import factor_at
from sinergi.programs.imports.money import (
    LARGEST,
    NOTHING,
    Amount,
    convention,
    from_number,
    from_text,
    meant,
    rupiah_text,
)
from sinergi.reference.rupiah import MINOR

OWN_CURRENCY = frozenset({"", "-", "idr", "rp", "rp.", "rupiah"})
PLACES_TOLD = 100
"""Cells of a column that are told one by one; further ones are counted."""
Amounts = dict[tuple[int, str], int]
"""Year and channel to minor units."""


@dataclass(slots=True)
class Money:
    """What a sheet says about money.

    Attributes
    ----------
    lines
        Of each line, in the order of `Rows.lines`.
    declared
        Of each line the total that it declares beside its parts, in minor units; `None` without one.
    columns
        Cells of money columns by field, for heads and totals: row to minor units.
    """

    lines: list[Amounts]
    declared: list[int | None]
    columns: dict[str, dict[int, int]] = field(default_factory=dict)


class Cells:
    """The cells of one column of money, each read once.

    Attributes
    ----------
    plain
        Minor units of the cells that hold nothing but whole digits, which are most; `None` elsewhere.
    """

    def __init__(self, context: Context, letter: str) -> None:
        self.index = column_index(letter)
        grid = context.sheet.grid
        self.texts = grid.text[self.index].to_list()
        self.numbers = grid.number[self.index].to_list()
        self.factor = factor_at(grid, context.reading, self.index)
        self.shared = _shared(context, self.index)
        self.plain = _plain(grid.text[self.index], self.factor)
        counted = Counter(
            text
            for text, number, minor in zip(self.texts, self.numbers, self.plain, strict=True)
            if minor is None and text is not None and number is None
        )
        chosen = context.reading.numbers
        self.convention = convention(counted) if chosen == "auto" else chosen
        self.read = {text: from_text(text, self.convention, self.factor) for text in counted}

    def at(self, row: int) -> Amount:
        """Return the amount in a row, counted from 1."""
        minor = self.plain[row - 1]
        if minor is not None:
            return Amount(minor)
        number = self.numbers[row - 1]
        if number is not None:
            return from_number(number, self.factor)
        text = self.texts[row - 1]
        return NOTHING if text is None else self.read[text]


def _plain(texts: pl.Series, factor: int) -> list[int | None]:
    most = LARGEST // (factor * MINOR)
    digits = pl.when(pl.col("text").str.contains(r"^[0-9]{1,18}$")).then(pl.col("text"))
    whole = digits.cast(pl.Int64)
    fitting = pl.when(whole <= most).then(whole) * (factor * MINOR)
    return texts.alias("text").to_frame().select(fitting)["text"].to_list()


def _heading(context: Context, column: int) -> str:
    reading = context.reading
    rows = range(reading.header_row, reading.data_row) if reading.header_row else ()
    return " ".join(context.sheet.grid.row(row)[column] for row in rows)


def _shared(context: Context, column: int) -> dict[int, int]:
    """Return the rows that share a merged cell with a line above them: row to that line's row."""
    wanted = set(context.rows.lines) if context.sheet.merged.get(column) else set()
    found: dict[int, int] = {}
    for top, bottom in context.sheet.merged.get(column, ()):
        rows = [row for row in range(top, bottom + 1) if row in wanted]
        found.update(dict.fromkeys(rows[1:], rows[0]))
    return found


def read_money(context: Context) -> Money:
    """Read all amounts; what cannot be taken is reported with its cell."""
    columns = context.reading.amounts()
    totals = _declaring(columns)
    years, channels = _years(context), _channels(context)
    foreign = _foreign(context)
    money = Money([{} for _ in context.rows.lines], [None] * len(context.rows.lines))
    for letter, (when, channel) in columns.items():
        cells, name = Cells(context, letter), context.reading.columns[letter]
        _tell_two_ways(context, cells)
        read = _read(context, cells, foreign)
        if letter in totals:
            money.declared = read
        else:
            fixed, later = int(when) if len(when) == 4 else 0, when == "+1"
            for place, minor in enumerate(read):
                if minor is None:
                    continue
                key = (fixed or years[place] + later, channel or channels[place])
                held = money.lines[place]
                held[key] = held.get(key, 0) + minor
        money.columns[name] = _others(context, cells)
    for name in NUMBERS:
        for letter in context.reading.of(name):
            cells = Cells(context, letter)
            told = ((row, cells.at(row).minor) for row in context.rows.lines)
            money.columns[name] = {row: one for row, one in told if one is not None}
    return money


def _foreign(context: Context) -> dict[int, str]:
    """Return the rows of lines whose column of currency names another than rupiah, each told at its cell."""
    severity: Severity = "warning" if context.reading.leave_unread else "error"
    found = {}
    for row, text in zip(context.rows.lines, context.texts("currency"), strict=True):
        if text.casefold() not in OWN_CURRENCY:
            found[row] = text
            context.tell(row, "amount_foreign", "currency", text, severity)
    return found


def _read(context: Context, cells: Cells, foreign: dict[int, str]) -> list[int | None]:
    """Return what counts of a column at each line, and tell what is to be said of it."""
    found = [cells.plain[row - 1] for row in context.rows.lines]
    for place, row in enumerate(context.rows.lines):
        if row in foreign:
            found[place] = None
            if text := cells.texts[row - 1]:
                told = f"{_heading(context, cells.index)}: {text} {foreign[row]}".strip(": ")
                context.notes.setdefault(row, []).append(told)
        elif row in cells.shared:
            found[place] = None
            if cells.at(row).minor is not None:
                _tell_shared(context, cells, row)
        elif found[place] is None and cells.texts[row - 1] is not None:
            amount = cells.at(row)
            if amount.fault or amount.remark:
                _tell(context, cells, row, amount)
            found[place] = amount.minor
    return found


def _declaring(columns: dict[str, tuple[str, str]]) -> set[str]:
    """Return the columns that only sum up others: those without year and channel beside columns with one."""
    parted = any(len(when) == 4 or channel for when, channel in columns.values())
    return {letter for letter, told in columns.items() if parted and told == ("", "")}


def _others(context: Context, cells: Cells) -> dict[int, int]:
    """Read the cells of headings and totals."""
    found = {}
    for row in (*context.rows.heads, *context.rows.totals):
        amount = cells.at(row)
        if amount.minor is not None:
            found[row] = amount.minor
    return found


def _years(context: Context) -> list[int]:
    """Return the year of amounts for which no heading tells one, of each line."""
    usual = context.reading.year or context.plan.first_year
    told = [year_of(text) for text in context.texts("year")]
    return [one or usual for one in told]


def _channels(context: Context) -> list[str]:
    found = []
    for row, text in zip(context.rows.lines, context.texts("channel"), strict=True):
        read = context.channels.read(text)
        if read.remark:
            context.tell(row, read.remark, "channel", text, read=read.code)
        found.append(read.code)
    return found


@lru_cache(maxsize=4096)
def year_of(text: str) -> int:
    """Return the year that a text begins or ends with; 0 without one.

    Examples
    --------
    >>> year_of("2025"), year_of("2025-03-01"), year_of("31/12/2026"), year_of("2025.0"), year_of("-")
    (2025, 2025, 2026, 2025, 0)
    """
    head, tail = text[:4], text[-4:]
    for part in (head, tail):
        if part.isascii() and part.isdigit() and part.startswith(("19", "20")):
            return int(part)
    return 0


def _tell(context: Context, cells: Cells, row: int, amount: Amount) -> None:
    code = amount.fault or amount.remark
    if code == "amount_two_ways":
        return  # told once for the column
    text = cells.texts[row - 1] or ""
    severity: Severity = "warning" if not amount.fault or context.reading.leave_unread else "error"
    details = meant(code, text, cells.convention, cells.factor)
    if amount.minor is not None:
        details["read"] = rupiah_text(amount.minor)
    context.problems.add(severity, code, row=row, column=cells.index, value=text, **details)
    context.remark(row, code)
    if amount.fault:
        heading = _heading(context, cells.index)
        context.notes.setdefault(row, []).append(f"{heading}: {text}".strip(": "))


def _tell_two_ways(context: Context, cells: Cells) -> None:
    """Report the cells of a column whose numbers can be read in two ways, and how each was."""
    unsure = {text for text, one in cells.read.items() if one.remark == "amount_two_ways"}
    if not unsure:
        return
    rows = [row for row in context.rows.lines if cells.texts[row - 1] in unsure]
    for row in rows:
        context.remark(row, "amount_two_ways")
    for row in rows[:PLACES_TOLD]:
        text = cells.texts[row - 1] or ""
        context.problems.add(
            "warning",
            "amount_two_ways",
            row=row,
            column=cells.index,
            value=text,
            example=text,
            read=rupiah_text(cells.read[text].minor or 0),
            how=cells.convention,
        )
    context.problems.count_more("warning", "amount_two_ways", len(rows) - PLACES_TOLD)


def _tell_shared(context: Context, cells: Cells, row: int) -> None:
    context.remark(row, "amount_merged")
    context.remark(cells.shared[row], "amount_merged")
    context.problems.add(
        "warning",
        "amount_merged",
        row=row,
        column=cells.index,
        value=cells.texts[row - 1] or "",
        line=cells.shared[row],
    )
