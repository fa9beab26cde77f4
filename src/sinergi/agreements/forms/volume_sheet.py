"""Volumes copied from a sheet: rows of month, party and quantity, or a grid of months and parties.

Nothing is guessed: a row or cell that can be meant in two ways is told as a doubt, with its line.
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from sinergi.agreements.documents.claims import MONTH_NAMES
from sinergi.agreements.forms.services import figure, figure_text
from sinergi.programs.amounts import Unclear

LONGEST, MOST_LINES, MONTHS = 200_000, 5_000, 12
SHORT = {name[:3]: place for name, place in MONTH_NAMES.items()}
NAMES = MONTH_NAMES | SHORT | {"agu": 8, "ags": 8, "agt": 8, "des": 12, "mei": 5, "okt": 10}
ENGLISH = {"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8}
NAMES |= ENGLISH | {"october": 10, "december": 12, "aug": 8, "oct": 10, "dec": 12}
ISO = re.compile(r"^([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?: 00:00(?::00)?)?$")
DAY = re.compile(r"^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})$")
NUMBERS = re.compile(r"^([0-9]{1,2})[/-]([0-9]{4})$")
NAMED = re.compile(r"^(?:([0-9]{1,2})[\s-])?([A-Za-z]+)[\s'’.-]*([0-9]{4}|[0-9]{2})?$")
SUMS = frozenset({"jumlah", "total", "sum", "grand total"})
TOGETHER = frozenset({"semua", "bersama", "keseluruhan", "all together", "semua bersama"})
TYPES = {"kab": "kabupaten", "kota": "kota", "kabupaten": "kabupaten", "provinsi": "provinsi"}
TYPES |= {"prov": "provinsi", "pemkot": "kota", "pemkab": "kabupaten", "pemprov": "provinsi"}
SILENT = frozenset({"pemerintah", "daerah"})
Cell = tuple[str, int]


@dataclass(frozen=True, slots=True)
class When:
    """A month as a sheet writes it, with its day and its year where it says them."""

    month: int
    year: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something of a sheet that was not read, or should be looked at."""

    line: int
    text: str
    cell: Cell | None = None


@dataclass(slots=True)
class Sheet:
    """What was read: cells as they are typed, and doubts."""

    cells: dict[Cell, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def read_sheet(text: str, year: int, parties: Mapping[str, Sequence[str]]) -> Sheet:
    """Return the cells of a year that rows copied from a sheet say.

    Parameters
    ----------
    parties
        Key of each party whose figures may be written (empty: all together), to names that it has.
    """
    reader = _Reader(year, parties)
    lines = text.splitlines()
    whole = _that_fit(lines)
    for number, line in enumerate(whole, start=1):
        cells = [one.strip().strip('"').strip() for one in re.split(r"\t|;", line)]
        if any(cells):
            reader.row(number, cells)
    sheet = reader.done()
    if len(whole) < len(lines):
        told = _("Only the first %(count)s rows were read: paste the others apart.")
        sheet.doubts.append(Doubt(len(whole) + 1, told % {"count": len(whole)}))
    return sheet


def _that_fit(lines: Sequence[str]) -> list[str]:
    """Return the first lines, whole ones, of a text that is not too long."""
    length, found = 0, []
    for line in lines[:MOST_LINES]:
        length += len(line) + 1
        if length > LONGEST:
            break
        found.append(line)
    return found


def when(text: str) -> When | None:
    """Return the month, or the day, that a text says; `None` where it says none."""
    told = text.strip()
    if found := ISO.match(told):
        return _when(int(found[2]), int(found[1]), int(found[3]) if found[3] else None)
    if found := DAY.match(told):
        return _when(int(found[2]), _year(found[3]), int(found[1]))
    if found := NUMBERS.match(told):
        return _when(int(found[1]), int(found[2]), None)
    if (found := NAMED.match(told)) and found[2].lower() in NAMES:
        day = int(found[1]) if found[1] else None
        return _when(NAMES[found[2].lower()], _year(found[3]), day)
    return None


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) + (2000 if len(text) == len("22") else 0)


def _when(month: int, year: int | None, day: int | None) -> When | None:
    if not 1 <= month <= MONTHS or (year is not None and not 1 <= year <= 9999):
        return None
    if day is not None and not 1 <= day <= monthrange(year or 2000, month)[1]:
        return None
    return When(month, year, day)


def name_key(text: str) -> tuple[str, str]:
    """Return the type of region that a name says, and the name without it: `kota`, `banjarbaru`."""
    words = re.findall(r"[^\W_]+", text.casefold())
    said = next((TYPES[one] for one in words if one in TYPES), "")
    return said, " ".join(one for one in words if one not in TYPES and one not in SILENT)


def _sums(text: str) -> bool:
    return text.casefold().strip(" .:") in SUMS


class _Reader:
    """Reads rows one after the other: a row of months or parties says what the next rows have below it."""

    def __init__(self, year: int, parties: Mapping[str, Sequence[str]]) -> None:
        self.year, self.parties = year, parties
        self.sheet = Sheet()
        self.columns: dict[int, When] = {}
        self.heads: dict[int, str] = {}
        self.days: dict[Cell, dict[int, tuple[Decimal, bool]]] = {}
        self.lines: dict[Cell, int] = {}
        self.begun = False

    def row(self, number: int, cells: list[str]) -> None:
        """Read one row."""
        months = {place: found for place, one in enumerate(cells) if (found := when(one))}
        first, self.begun = not self.begun, True
        figures = any(
            one.isdigit() for at, cell in enumerate(cells) if at not in months for one in cell
        )
        if not months and not figures and (heads := self._heads(number, cells)):
            self.heads, self.columns = heads, {}
        elif len(months) > 1 or (months and not figures and any(cells[: min(months)])):
            self.columns, self.heads = months, {}
        elif self.heads and len(months) == 1:
            self._tall(number, cells, *months.items())
        elif len(months) == 1:
            self._long(number, cells, *months.items())
        elif self.columns:
            self._wide(number, cells)
        elif not first or any(one.isdigit() for cell in cells for one in cell):
            self._doubt(number, _("No month was found in this row."))

    def _heads(self, number: int, cells: list[str]) -> dict[int, str]:
        """Return the parties that a row names side by side, by their column; nothing where it does not."""
        if sum(len(self._called(one)) == 1 for one in cells if one) <= 1:
            return {}
        first = min(place for place, one in enumerate(cells) if self._called(one))
        said = {place: one for place, one in enumerate(cells) if place >= first and one}
        told = {place: self._party(number, one) for place, one in said.items() if not _sums(one)}
        return {place: key for place, key in told.items() if key is not None}

    def _tall(self, number: int, cells: list[str], month: tuple[int, When]) -> None:
        """Read a row of a month with a figure below each party."""
        for place, party in self.heads.items():
            if place < len(cells) and place != month[0] and cells[place] not in ("", "-", "–"):
                self._put(number, party, month[1], cells[place])

    def _long(self, number: int, cells: list[str], month: tuple[int, When]) -> None:
        """Read a row of month, party and quantity, the first two in either order."""
        place, found = month
        rest = [one for at, one in enumerate(cells) if at != place and one]
        if not rest:
            return self._doubt(number, _("This row has no figure."))
        if len(rest) == 1 and len(self.parties) == 1:
            return self._put(number, next(iter(self.parties)), found, rest[0])
        if len(rest) == 1:
            return self._doubt(number, _("This row names no party."))
        party = self._party(number, rest[0])
        return None if party is None else self._put(number, party, found, rest[1])

    def _wide(self, number: int, cells: list[str]) -> None:
        """Read a row of a party with a figure below each month."""
        label = next((one for one in cells[: min(self.columns)][::-1] if one), "")
        party = self._party(number, label)
        for place, found in self.columns.items() if party is not None else ():
            if place < len(cells) and cells[place] not in ("", "-", "–"):
                self._put(number, party or "", found, cells[place])

    def _party(self, number: int, text: str) -> str | None:
        """Return the key of a party by its name; `None` with a doubt where that is none, or several."""
        if _sums(text):
            self._doubt(number, _("A row of sums was left out."))
            return None
        found = self._called(text)
        if len(found) == 1:
            return found.pop()
        told = (
            _("“%(name)s” can be several parties.")
            if found
            else _("“%(name)s” is no party whose figures you write.")
        )
        self._doubt(number, told % {"name": text[:60]})
        return None

    def _called(self, text: str) -> set[str]:
        """Return the keys of the parties that a text may mean."""
        if text.casefold().strip(" .:") in TOGETHER and "" in self.parties:
            return {""}
        said, name = name_key(text)
        return {
            key
            for key, names in self.parties.items()
            for one in names
            for kind, known in [name_key(one)]
            if name and (known == name or one == text.strip()) and said in ("", kind)
        }

    def _put(self, number: int, party: str, month: When, text: str) -> None:
        cell = party, month.month
        if month.year not in (None, self.year):
            told = _("%(year)s is another year: open that year and paste it there.")
            return self._doubt(number, told % {"year": month.year})
        if month.day is not None:
            return self._put_day(number, cell, month.day, text)
        if cell in self.lines:
            return self._doubt(number, _("There are two figures for one month."), cell)
        self.lines[cell] = number
        self.sheet.cells[cell] = text[:60]
        try:
            figure(text)
        except Unclear as unclear:
            self._doubt(number, str(unclear), cell)
        return None

    def _put_day(self, number: int, cell: Cell, day: int, text: str) -> None:
        """Keep what came on a day; days are added up at the end."""
        days = self.days.setdefault(cell, {})
        try:
            quantity, per_day, estimated = figure(text)
        except Unclear as unclear:
            return self._doubt(number, str(unclear), cell)
        if day in days or per_day:
            return self._doubt(number, _("There are two figures for one day."), cell)
        if quantity is not None:
            days[day] = quantity, estimated
        return None

    def _doubt(self, number: int, text: str, cell: Cell | None = None) -> None:
        self.sheet.doubts.append(Doubt(number, text, cell))

    def done(self) -> Sheet:
        """Return what was read, days added up to months."""
        for cell, days in self.days.items():
            if cell in self.lines:
                self._doubt(0, _("There are two figures for one month."), cell)
                continue
            if not days:
                continue
            total = sum((one for one, _estimated in days.values()), Decimal(0))
            guessed = any(estimated for _one, estimated in days.values())
            self.sheet.cells[cell] = figure_text(total, per_day=False, estimated=guessed)
            whole = monthrange(self.year, cell[1])[1]
            if len(days) < whole:
                told = _("%(days)s of %(whole)s days are in the sheet.")
                self._doubt(0, told % {"days": len(days), "whole": whole}, cell)
        return self.sheet
