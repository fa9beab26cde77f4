"""What can be wrong with a file, as values that name the cell, the reason and the remedy."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.formats import number_format

from sinergi.evidence.imports.messages import MESSAGES, REMEDIES, TITLES

Severity = Literal["error", "warning"]
KEPT = 1_000
"""Problems of one kind that are kept; further ones are counted."""
GROUPED_FROM = 10_000
"""From here on, thousands are parted; 1.234 alone could be taken for a fraction."""
FIRST = "unread_column"
"""The kind of problem shown before all others: nothing else tells that figures were passed over."""
VALUE_SHOWN = 200
"""Characters of a cell that a message repeats."""


def column_letter(index: int) -> str:
    """Return the letter of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the position of a column letter, counted from 0.

    Raises
    ------
    ValueError
        When the text is not one to three letters.
    """
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(letters)
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def number_text(value: float) -> str:
    """Write a value for a message, with the marks of the page's language: 85,1 in Indonesian."""
    text = f"{value:g}" if abs(value) < 1e5 else f"{value:.0f}"
    if "e" in text or "n" in text:  # tiny, or not finite
        return text
    decimals = len(text.partition(".")[2])
    grouped = abs(value) >= GROUPED_FROM
    return number_format(text, decimals, use_l10n=grouped or None, force_grouping=grouped)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file, at one place."""

    severity: Severity
    code: str
    sheet: str = ""
    row: int | None = None
    """Counted from 1, as a spreadsheet shows it."""
    column: int | None = None
    """Counted from 0."""
    value: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    suggestion: str = ""
    """What could be written instead, if anything is known."""

    @property
    def place(self) -> str:
        """The cell with its sheet, as a formula names it: `Data!C14`."""
        return "!".join(part for part in (self.sheet, self.cell) if part)

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it: `C14`; empty when the whole file is meant."""
        letter = "" if self.column is None else column_letter(self.column)
        return f"{letter}{self.row or ''}"

    def message(self) -> str:
        """Return what is wrong, in the language of the page."""
        filled = {"value": self.value, **self.details}
        shown = {k: number_text(v) if isinstance(v, float) else v for k, v in filled.items()}
        return str(MESSAGES[self.code]) % shown

    def title(self) -> str:
        """Return the kind of problem, in the language of the page."""
        return str(TITLES[self.code])

    def remedy(self) -> str:
        """Return what to do, in the language of the page."""
        return str(REMEDIES[self.code])


@dataclass(slots=True)
class Problems:
    """All problems of one file: some of each kind in full, all of them counted."""

    sheet: str = ""
    kept: list[Problem] = field(default_factory=list)
    counts: Counter[tuple[Severity, str]] = field(default_factory=Counter)

    def add(
        self,
        severity: Severity,
        code: str,
        *,
        row: int | None = None,
        column: int | None = None,
        value: str | float = "",
        suggestion: str = "",
        **details: Any,
    ) -> None:
        """Record one problem; `details` fill the message, floats as the page's language writes them."""
        if isinstance(value, float):
            details["value"] = value
            value = f"{value:.15g}"
        key = (severity, code)
        self.counts[key] += 1
        if self.counts[key] <= KEPT:
            value = value if len(value) <= VALUE_SHOWN else f"{value[:VALUE_SHOWN]}…"
            self.kept.append(
                Problem(severity, code, self.sheet, row, column, value, details, suggestion)
            )

    def count_more(self, severity: Severity, code: str, number: int) -> None:
        """Count problems of a kind without keeping each."""
        if number > 0:
            self.counts[severity, code] += number

    def add_all(
        self,
        severity: Severity,
        code: str,
        places: Iterable[tuple[int, int, str]],
        total: int,
        **details: Any,
    ) -> None:
        """Record problems of one kind at (row, column, value); `places` may stop at `KEPT`."""
        number = 0
        for row, column, value in places:
            self.add(severity, code, row=row, column=column, value=value, **details)
            number += 1
        self.count_more(severity, code, total - number)

    @property
    def errors(self) -> int:
        """Number of errors: with one or more, nothing is loaded."""
        return sum(number for (severity, _), number in self.counts.items() if severity == "error")

    @property
    def warnings(self) -> int:
        """Number of warnings."""
        return sum(number for (severity, _), number in self.counts.items() if severity == "warning")

    def groups(self) -> Iterator[tuple[Problem, int, list[Problem]]]:
        """Yield an example of each kind, how many there are, and those kept.

        Columns that are not read come first, then errors, then other warnings.
        """
        order = sorted(self.counts.items(), key=lambda item: (item[0][1] != FIRST, item[0]))
        for (severity, code), number in order:
            kept = [one for one in self.kept if (one.severity, one.code) == (severity, code)]
            if number and kept:
                yield kept[0], number, kept
