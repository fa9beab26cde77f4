"""Periods as people write them: `2021`, `2.021`, `2021.0`, `Agustus 2021`, `08/2021`, a date."""

import re

from sinergi.evidence.rules import is_period

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8,
    "ags": 8, "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12,
    "dec": 12,
}  # fmt: skip
YEAR_ODD = re.compile(
    r"(?:tahun|thn|th|year|fy)?[\s.:]*([0-9])[.,\s]([0-9]{3})(?:[.,]0+)?", re.IGNORECASE
)
YEAR = re.compile(r"(?:tahun|thn|th|year|fy)?[\s.:_]*([0-9]{4})(?:[.,]0+)?\s*\**", re.IGNORECASE)
YEAR_MONTH = re.compile(r"([0-9]{4})\s*[-/mM]?\s*(0?[1-9]|1[0-2])(?:[.,]0+)?")
MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])\s*[-/.]\s*([0-9]{4})")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?")
NAMED = re.compile(r"(?P<month>[A-Za-z]{3,9})\.?[\s\-/']*(?P<year>[0-9]{4})")
NAMED_BACK = re.compile(r"(?P<year>[0-9]{4})[\s\-/]*(?P<month>[A-Za-z]{3,9})\.?")


def parse_period(text: str) -> str | None:
    """Return `2021` or `2021-08` for a period as people write it; None when it is none.

    Examples
    --------
    >>> parse_period("2,021"), parse_period("Agustus 2021"), parse_period("2021.0"), parse_period("21")
    ('2021', '2021-08', '2021', None)
    """
    found = _parse(text.strip())
    return found if found and is_period(found) else None


def _parse(text: str) -> str | None:
    if match := YEAR.fullmatch(text):
        return match[1]
    if match := YEAR_ODD.fullmatch(text):
        return match[1] + match[2]
    if match := DATE.fullmatch(text) or YEAR_MONTH.fullmatch(text):
        return f"{match[1]}-{int(match[2]):02d}"
    if match := MONTH_YEAR.fullmatch(text):
        return f"{match[2]}-{int(match[1]):02d}"
    if match := NAMED.fullmatch(text) or NAMED_BACK.fullmatch(text):
        return _named(match["month"], match["year"])
    return None


def _named(month: str, year: str) -> str | None:
    number = MONTHS.get(month.lower()[:3])
    return f"{year}-{number:02d}" if number else None
