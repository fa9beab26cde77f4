"""A table that a command shows or writes: one description for screen, CSV, Excel, Parquet and JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sinergi.cli.language import number, pgettext

Kind = Literal["text", "number", "count", "list", "yes_no"]
NUMBERS = ("number", "count")
LIST_JOIN = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    """In files that programs read: the same in all languages."""
    label: str
    """On screen and in Excel."""
    kind: Kind = "text"
    decimals: int = 0
    screen: bool = True
    """Whether it is shown on screen, where there is little room."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; cells are text, numbers, booleans, tuples of text or None."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    title: str = ""

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries by column name."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def texts(self) -> tuple[list[Column], list[list[str]]]:
        """Return the columns that are shown on screen, and their cells as text."""
        shown = [place for place, column in enumerate(self.columns) if column.screen]
        columns = [self.columns[place] for place in shown]
        rows = [[as_text(row[place], self.columns[place]) for place in shown] for row in self.rows]
        return columns, rows


def table(columns: Sequence[Column], rows: Iterable[Sequence[Any]], title: str = "") -> Table:
    """Return a table of any rows."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows), title)


def of_frame(frame: Any, title: str = "") -> Table:
    """Return a Polars frame as a table; numbers with three decimals on screen."""
    columns = [
        Column(name, name, "number" if dtype.is_numeric() else "text", _decimals(dtype))
        for name, dtype in frame.schema.items()
    ]
    return table(columns, frame.rows(), title)


def _decimals(dtype: Any) -> int:
    return 3 if dtype.is_float() else 0


def as_text(cell: Any, column: Column) -> str:
    """Return one cell as it is shown on screen."""
    if cell is None or cell == "":
        return "–" if column.kind in NUMBERS else ""
    if column.kind == "yes_no":
        return pgettext("column", "yes") if cell else ""
    if column.kind == "list":
        return LIST_JOIN.join(cell)
    if column.kind in NUMBERS:
        return number(float(cell), column.decimals)
    return str(cell)


def flat(cell: Any) -> Any:
    """Return one cell as a spreadsheet can hold it."""
    return LIST_JOIN.join(cell) if isinstance(cell, tuple | list) else cell
