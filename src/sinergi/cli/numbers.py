"""Numbers in the cells of a table: `1.250` is read as its column shows it, and never guessed."""

import math
import re
from collections.abc import Sequence
from pathlib import Path

from sinergi.cli.language import gettext as _

EMPTY = frozenset({"", "-", "–", "n/a", "na", "nan"})
TWO_WAYS = re.compile(r"^[1-9][0-9]{0,2}[.,][0-9]{3}$")
"""Thousands to one reader, three decimals to another."""
DECIMAL_POINT = re.compile(r"^[0-9]+\.[0-9]+$")
DECIMAL_COMMA = re.compile(r"^[0-9]+,[0-9]+$")
THOUSANDS = re.compile(r"^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+$|^[0-9]{1,3}(?:\.[0-9]{3}){2,}$")
POWER = re.compile(r"^[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+$")


class NoNumberError(ValueError):
    """A cell that is no number; `two` says that it could be several.

    Attributes
    ----------
    at
        Position in the column.
    """

    def __init__(self, at: int, text: str, *, two: bool) -> None:
        super().__init__(text)
        self.at, self.text, self.two = at, text, two

    def told(self, otherwise: str, column: str) -> str:
        """Return a sentence that names the cell; `otherwise` is that for a cell that is no number at all."""
        two = _(
            "Row {row}, column “{column}”: “{text}” can be read in two ways. Write thousands without a "
            "point, and decimals with a comma."
        )
        told = two if self.two else otherwise
        return told.format(row=self.at + 2, column=column, text=self.text[:40])


def is_sheet(path: Path) -> bool:
    """Return whether a file is a spreadsheet: its numbers are told with points, whatever its reader sees."""
    return path.suffix.lower() in {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


def read_column(texts: Sequence[object], *, sheet: bool = False) -> list[float]:
    """Return the numbers of a column; NaN where a cell is empty.

    Parameters
    ----------
    sheet
        The cells are of a spreadsheet, which tells numbers with points: what it would tell so is read so.

    Raises
    ------
    NoNumberError
    """
    cells = ["" if one is None else str(one).strip() for one in texts]
    point = _point(cells)
    found = []
    for at, (raw, text) in enumerate(zip(texts, cells, strict=True)):
        if text.casefold() in EMPTY:
            found.append(math.nan)
        elif isinstance(raw, (int, float)) or (sheet and _written(text)):
            found.append(_finite(float(text), at, text))
        else:
            found.append(_finite(_read(text, point, at), at, text))
    return found


def _written(text: str) -> bool:
    try:
        return text == repr(float(text))
    except ValueError:
        return False


def _finite(number: float, at: int, text: str) -> float:
    if not math.isfinite(number):
        raise NoNumberError(at, text, two=False)
    return number


def _unsigned(text: str) -> str:
    return text[1:].strip() if text[:1] in ("-", "−", "+") else text


def _point(cells: Sequence[str]) -> str:
    """Return what points are in a column: ``decimal``, ``thousands``, or nothing where it is not shown."""
    shown = set()
    for cell in map(_unsigned, cells):
        if TWO_WAYS.match(cell):
            continue
        if DECIMAL_POINT.match(cell):
            shown.add("decimal")
        elif DECIMAL_COMMA.match(cell) or THOUSANDS.match(cell):
            shown.add("thousands")
    return shown.pop() if len(shown) == 1 else ""


def _read(text: str, point: str, at: int) -> float:
    from sinergi.programs.amounts import Unclear, read_number  # noqa: PLC0415 - keeps `--help` fast

    told = _unsigned(text)
    sign = -1.0 if text[:1] in ("-", "−") else 1.0
    if TWO_WAYS.match(told) and (not point or ("," in told and point == "decimal")):
        raise NoNumberError(at, text, two=True)
    if POWER.match(told) or (DECIMAL_POINT.match(told) and point != "thousands"):
        return sign * float(told)
    if DECIMAL_COMMA.match(told):
        return sign * float(told.replace(",", "."))
    try:
        return sign * float(read_number(told))
    except Unclear as error:
        raise NoNumberError(at, text, two=error.code == "separator") from error
