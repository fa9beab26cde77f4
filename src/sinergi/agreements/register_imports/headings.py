"""Finds the rows of headings of a register and tells what each column holds."""

from dataclasses import dataclass

from sinergi.agreements.register_imports import fields
from sinergi.agreements.register_imports.dates import read_date
from sinergi.agreements.register_imports.reading import RegisterReading
from sinergi.evidence.imports.grid import Grid
from sinergi.evidence.imports.problems import column_letter
from sinergi.programs.imports.headings import heading_rows, stacked

SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Found:
    """How a sheet is to be read, and how much speaks for it."""

    reading: RegisterReading
    score: int


def names(grid: Grid, reading: RegisterReading) -> list[str]:
    """Return what stands above each column, line breaks as spaces."""
    parted = stacked(grid, reading)
    return [" / ".join(" ".join(one.split()) for one in parts) for parts in parted]


def suggest(grid: Grid, reading: RegisterReading | None = None) -> Found:
    """Suggest how a sheet is to be read.

    Parameters
    ----------
    reading
        Where the row of the headings is known already.
    """
    if reading is None:
        first, number = heading_rows(grid, fields.recognise)
        reading = RegisterReading(sheet=grid.sheet, header_row=first, header_rows=number)
    columns: dict[str, str] = {}
    for column, over in enumerate(stacked(grid, reading)):
        name = fields.recognise(over) if over else None
        if name == fields.RUNNING or not name:
            continue
        if name == "number" and _is_running(grid, column, reading):
            continue
        if name in columns.values() and name not in fields.REPEATED:
            continue
        columns[column_letter(column)] = name
    own = "partner" in columns.values() and "parties" not in columns.values()
    reading = reading.with_(columns=_days_settled(grid, columns, reading), own_party=own)
    return Found(reading, len(columns))


def _cells(grid: Grid, column: int, reading: RegisterReading) -> list[str]:
    start = reading.data_row - 1
    found: list[str] = grid.text[column][start : start + SAMPLE].drop_nulls().to_list()
    return found


def _is_running(grid: Grid, column: int, reading: RegisterReading) -> bool:
    """Whether a column counts the rows: small whole numbers and nothing else."""
    cells = _cells(grid, column, reading)
    return bool(cells) and all(one.strip(". ").isdecimal() and len(one) <= 6 for one in cells)


def _days_settled(grid: Grid, columns: dict[str, str], reading: RegisterReading) -> dict[str, str]:
    """Read a column of days under “masa berlaku” as the end, where its cells are days and no lengths."""
    if "ends" in columns.values():
        return columns
    for letter, name in columns.items():
        index = next(i for i in range(grid.width) if column_letter(i) == letter)
        cells = _cells(grid, index, reading) if name == "period" else []
        if cells and all(read_date(one).day for one in cells):
            return {**columns, letter: "ends"}
    return columns
