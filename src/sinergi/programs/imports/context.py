"""What the steps of reading a plan hand on."""

from dataclasses import dataclass, field

from sinergi.evidence.imports.problems import Problems, Severity, column_index
from sinergi.programs.imports.channels import ChannelIndex
from sinergi.programs.imports.codes import Nomenclature
from sinergi.programs.imports.reading import Reading
from sinergi.programs.imports.rows import Columns, Rows
from sinergi.programs.imports.sheet import Sheet


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What must be known of a plan to understand its lines.

    Attributes
    ----------
    region_code
        `ID`, or the Kemendagri code of its government; empty where it is not known yet.
    first_year, last_year
        Of the plan; 0 where they are not known yet.
    """

    region_code: str = ""
    first_year: int = 0
    last_year: int = 0


@dataclass(slots=True)
class Context:
    """A sheet with everything that is needed to read it."""

    sheet: Sheet
    reading: Reading
    columns: Columns
    rows: Rows
    plan: PlanFacts
    problems: Problems
    known: Nomenclature
    channels: ChannelIndex
    remarks: dict[int, list[str]] = field(default_factory=dict)
    """Row to the remarks at its line."""
    notes: dict[int, list[str]] = field(default_factory=dict)
    """Row to texts that found no other place."""

    def column(self, name: str) -> int | None:
        """Return the position of the column of a field, counted from 0."""
        return next((column_index(one) for one in self.reading.of(name)), None)

    def remark(self, row: int, code: str) -> None:
        """Put a remark at a line, once."""
        held = self.remarks.setdefault(row, [])
        if code not in held:
            held.append(code)

    def tell(
        self,
        row: int,
        code: str,
        name: str,
        value: str,
        severity: Severity = "warning",
        **more: str,
    ) -> None:
        """Put a remark at a line and report it with its cell.

        Parameters
        ----------
        name
            Field whose cell is meant.
        """
        self.remark(row, code)
        column = self.column(name)
        self.problems.add(severity, code, row=row, column=column, value=value, **more)

    def texts(self, name: str) -> list[str]:
        """Return the texts of a field at the lines, in their order."""
        cells = self.columns.text.get(name)
        if cells is None:
            return [""] * len(self.rows.lines)
        return [cells[row - 1] or "" for row in self.rows.lines]
