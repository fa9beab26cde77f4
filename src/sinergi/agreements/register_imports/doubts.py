"""What was not clear in a register: the cell, what stands in it, what was made of it, and why it is told."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sinergi.evidence.imports.problems import column_letter

SHOWN = 300
"""Characters of a cell that are repeated; the row keeps all of it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One cell, or one row, that is told.

    Attributes
    ----------
    column
        Counted from 0; `None` where the whole row is meant.
    read
        What was taken; empty where nothing was.
    more
        What fills the words of the reason: candidates, another row.
    """

    code: str
    row: int
    column: int | None = None
    field: str = ""
    written: str = ""
    read: str = ""
    more: str = ""

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it."""
        return f"{'' if self.column is None else column_letter(self.column)}{self.row}"

    def to_json(self) -> dict[str, Any]:
        """Return it, ready for JSON."""
        return {**asdict(self), "written": self.written[:SHOWN], "read": self.read[:SHOWN]}


def from_json(told: Mapping[str, Any]) -> Doubt:
    """Return the doubt that `to_json` wrote; what later versions add is passed over."""
    names = ("code", "row", "column", "field", "written", "read", "more")
    return Doubt(**{name: told[name] for name in names if name in told})
