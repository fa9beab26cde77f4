"""The unit that a file says its amounts are in: `(dalam ribuan rupiah)`, `Rp juta`, `Rp. 000`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sinergi.evidence.imports.problems import column_letter
from sinergi.programs.imports.money import FOREIGN

PATTERNS = (
    (
        1_000_000_000,
        (
            r"(?:dalam |rp\.? ?|x ?|jumlah )\(?(?:milyar|miliar)(?:an)?\b|\b(?:milyar|miliar)an\b"
            r"|\b(?:milyar|miliar) (?:rp|rupiah)"
        ),
    ),
    (
        1_000_000,
        (
            r"(?:dalam |rp\.? ?|x ?)\(?juta(?:an)?\b|\bjutaan\b|\bjuta (?:rp|rupiah)|\(juta\)"
            r"|rp\.? ?000[.,]000"
            r"|x ?(?:rp\.? ?)?1[.,]000[.,]000\b"
        ),
    ),
    (
        1_000,
        (
            r"(?:dalam |rp\.? ?|x ?)\(?ribu(?:an)?\b|\bribuan\b|\bribu (?:rp|rupiah)|\(ribu\)"
            r"|\(?\brp\.? ?\.?000\b\)?|x ?(?:rp\.? ?)?1[.,]000\b|\(000\)|\b000 (?:rp|rupiah)"
        ),
    ),
)
COMPILED = tuple((factor, re.compile(pattern)) for factor, pattern in PATTERNS)


@dataclass(frozen=True, slots=True)
class UnitNote:
    """A place of a file that tells a unit.

    Attributes
    ----------
    column
        Counted from 0.
    factor
        What amounts are to be multiplied by; 0 where the text names another currency.
    """

    row: int
    column: int
    text: str
    factor: int

    @property
    def cell(self) -> str:
        """The cell, as a spreadsheet names it."""
        return f"{column_letter(self.column)}{self.row}"


def factor_of(text: str) -> int | None:
    """Return what amounts below or after a text are multiplied by; 0 for another currency, `None`: not told.

    Examples
    --------
    >>> factor_of("(dalam ribuan rupiah)"), factor_of("Pagu (Rp juta)"), factor_of("Pagu (Rp)")
    (1000, 1000000, None)
    """
    words = text.casefold()
    for factor, pattern in COMPILED:
        if pattern.search(words):
            return factor
    return 0 if FOREIGN.search(words) else None


def notes(cells: Iterable[tuple[int, int, str]]) -> list[UnitNote]:
    """Return the places among (row, column, text) that tell a unit."""
    found = []
    for row, column, text in cells:
        factor = factor_of(text)
        if factor is not None:
            found.append(UnitNote(row, column, text[:200], factor))
    return found
