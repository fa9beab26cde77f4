"""The spans that reports tell of: half years and years; pure functions."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2199
HALVES = {"1": ((1, 1), (6, 30)), "2": ((7, 1), (12, 31))}


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or a half of one.

    Attributes
    ----------
    half
        `1`, `2`, or empty for the whole year.
    """

    year: int
    half: str = ""

    def __str__(self) -> str:
        return f"{self.year}-{self.half}" if self.half else str(self.year)

    @property
    def first(self) -> date:
        """Its first day."""
        month, day = HALVES[self.half or "1"][0]
        return date(self.year, month, day)

    @property
    def last(self) -> date:
        """Its last day."""
        month, day = HALVES[self.half or "2"][1]
        return date(self.year, month, day)

    @property
    def label(self) -> str:
        """What it is called."""
        if not self.half:
            return _("Year %(year)s") % {"year": self.year}
        return _("Semester %(half)s of %(year)s") % {"half": self.half, "year": self.year}


def read_period(text: str) -> Period | None:
    """Return the period that a text such as `2026` or `2026-1` names; `None` for anything else."""
    year, dash, half = text.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == len("2026")):
        return None
    if not FIRST_YEAR <= int(year) <= LAST_YEAR or (dash and half not in HALVES):
        return None
    return Period(int(year), half)


def recent(today: date, years: int = 4) -> list[Period]:
    """Return the periods of the last years, the latest first; half years that have not begun are left out."""
    found = []
    for year in range(today.year, today.year - years, -1):
        found += [one for half in ("", "2", "1") if (one := Period(year, half)).first <= today]
    return found
