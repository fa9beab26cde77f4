"""How a file with a plan is read: which sheet, rows and columns mean what."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from sinergi.programs.imports.fields import AMOUNT, LABELS, TARGET

Numbers = Literal["auto", "id", "en"]
AS_TOLD = 0
"""Multiplier of a file whose headings name different units: each column has its own."""
MULTIPLIERS = (1, 1_000, 1_000_000, 1_000_000_000, AS_TOLD)
REMEMBERED = ("header_rows", "columns", "numbers", "hierarchical")
"""What is kept for the next file with the same headings; units are asked anew with every file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read one file.

    Attributes
    ----------
    sheet
        Name of the sheet; empty for text files.
    header_row, header_rows
        First row of the headings, counted from 1 (0: there are none), and how many there are.
    columns
        Letter of a column to its field; several columns of `code` are parts of one code.
    numbers
        How `1.234` is meant: `id` one thousand two hundred thirty-four, `en` a fraction.
    multiplier
        What amounts are multiplied by; 0: what the heading of each column says.
    unit_confirmed
        A person has confirmed the multiplier.
    hierarchical
        Rows of programmes stand above those of their activities, in the same columns.
    year
        Year of amounts for which no column tells one; 0: the first year of the plan.
    leave_unread
        Amounts that cannot be taken are left out, each with a remark at its line; otherwise they refuse
        the file.
    """

    sheet: str = ""
    header_row: int = 1
    header_rows: int = 1
    columns: Mapping[str, str] = field(default_factory=dict)
    numbers: Numbers = "auto"
    multiplier: int = 1
    unit_confirmed: bool = False
    hierarchical: bool = False
    year: int = 0
    leave_unread: bool = False

    @property
    def data_row(self) -> int:
        """The first row below the headings, counted from 1."""
        return self.header_row + self.header_rows if self.header_row else 1

    def of(self, name: str) -> list[str]:
        """Return the letters of the columns of a field."""
        return [letter for letter, one in self.columns.items() if one == name]

    def amounts(self) -> dict[str, tuple[str, str]]:
        """Return the columns of amounts: letter to year (`""`, `+1` or four digits) and channel."""
        found = {letter: AMOUNT.fullmatch(one) for letter, one in self.columns.items()}
        return {letter: (one[1] or "", one[2] or "") for letter, one in found.items() if one}

    def to_json(self) -> dict[str, Any]:
        """Return all fields, ready for JSON."""
        return {**asdict(self), "columns": dict(self.columns)}

    def with_(self, **changes: Any) -> "Reading":
        """Return a copy with some fields changed."""
        return replace(self, **changes)


def is_field(name: str) -> bool:
    """Whether a column can be read as this field."""
    return name in LABELS or bool(AMOUNT.fullmatch(name) or TARGET.fullmatch(name))


def from_json(data: Mapping[str, Any]) -> Reading:
    """Return the reading that `to_json` wrote.

    Raises
    ------
    ValueError
        When it is none.
    """
    known = {one.name: one for one in fields(Reading)}
    empty = Reading()
    for name, value in data.items():
        if name not in known or not isinstance(value, type(getattr(empty, name))):
            raise ValueError(name)
    columns = data.get("columns", {})
    if not all(isinstance(one, str) and is_field(one) for one in columns.values()):
        raise ValueError("columns")
    return Reading(**data)
