"""How a file with a register is read: sheet, headings, columns, and the rules that a person chose for it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from sinergi.agreements.register_imports.fields import LABELS

REMEMBERED = ("header_rows", "columns", "as_above", "month_as_day", "day_before", "own_party")
"""What is taken over for the next file with the same headings."""


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """How to read one file.

    Attributes
    ----------
    header_row, header_rows
        First row of the headings, counted from 1 (0: there are none), and how many there are.
    columns
        Letter of a column to its field.
    as_above
        Letters of columns in which an empty cell means the one above it.
    month_as_day
        Where only a month or a year is told, its first day is the beginning and its last day the end;
        otherwise the day stays empty.
    day_before
        Five years from 12 August 2023 end on 11 August 2028; otherwise on 12 August 2028.
    own_party
        The organisation's own government is a party of every row that does not name it.
    join_pairs
        A memorandum and the agreement that follows it are kept as one.
    family
        Family of rows for which nothing tells one.
    """

    sheet: str = ""
    header_row: int = 1
    header_rows: int = 1
    columns: Mapping[str, str] = field(default_factory=dict)
    as_above: tuple[str, ...] = ()
    month_as_day: bool = False
    day_before: bool = False
    own_party: bool = False
    join_pairs: bool = False
    family: str = "KSDD"

    @property
    def data_row(self) -> int:
        """The first row below the headings, counted from 1."""
        return self.header_row + self.header_rows if self.header_row else 1

    def of(self, name: str) -> list[str]:
        """Return the letters of the columns of a field."""
        return [letter for letter, one in self.columns.items() if one == name]

    def to_json(self) -> dict[str, Any]:
        """Return all fields, ready for JSON."""
        return {**asdict(self), "columns": dict(self.columns), "as_above": list(self.as_above)}

    def with_(self, **changes: Any) -> "RegisterReading":
        """Return a copy with some fields changed."""
        return replace(self, **changes)


def from_json(data: Mapping[str, Any]) -> RegisterReading:
    """Return the reading that `to_json` wrote.

    Raises
    ------
    ValueError
        When it is none.
    """
    empty = RegisterReading()
    known = {one.name for one in fields(RegisterReading)}
    values = {**data, "as_above": tuple(data.get("as_above", ()))}
    for name, value in values.items():
        if name not in known or not isinstance(value, type(getattr(empty, name))):
            raise ValueError(name)
    columns = values.get("columns", {})
    if not all(isinstance(one, str) and one in LABELS for one in columns.values()):
        raise ValueError("columns")
    return RegisterReading(**values)
