"""How long an agreement holds, as registers say it: an end, a number of years, both days, no end."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sinergi.agreements.register_imports.dates import MOST_CHARACTERS, DateRead, is_none, read_date

Unit = Literal["years", "months", "days", ""]
WORDS = {
    "satu": 1,
    "se": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
    "sepuluh": 10,
    "sebelas": 11,
    "dua belas": 12,
    "lima belas": 15,
    "dua puluh": 20,
    "dua puluh lima": 25,
    "tiga puluh": 30,
}
NUMBER = "|".join(sorted(WORDS, key=lambda one: -len(one)))
UNITS: dict[str, Unit] = {"tahun": "years", "thn": "years", "th": "years", "years": "years"}
UNITS |= {"year": "years", "bulan": "months", "bln": "months", "months": "months"}
UNITS |= {"month": "months", "hari": "days", "days": "days", "minggu": "days"}
PART = re.compile(
    rf"(?P<number>[0-9]{{1,4}}|{NUMBER})\s*(?:\(\s*(?P<word>[a-z0-9 ]+?)\s*\))?\s*"
    rf"(?P<unit>{'|'.join(sorted(UNITS, key=lambda one: -len(one)))})\b\.?"
    r"(?P<work>\s+kerja\b)?(?:\s+kalender\b)?",
)
JOIN = re.compile(r"\s*(?:,|dan|\+)?\s*")
LEAD = re.compile(r"^(?:(?:berlaku|jangka waktu|selama|untuk)\s*:?\s*)+")
TAIL = re.compile(
    r"\s*(?:,|-|;)?\s*(?:(?:terhitung|dihitung)?\s*(?:sejak|mulai|dari)?\s*(?:tanggal)?\s*"
    r"(?:di)?(?:tandatangani(?:nya)?|penandatanganan)?)"
    r"(?:\s*(?:dan|,)?\s*dapat diperpanjang)?\s*(?:\(.{0,60}\))?\.?$"
)
UNTIL = re.compile(r"\b(?:s\.?\s*/?\s*d\.?(?=[\s0-9])|sd\b|sampai(?: dengan)?|hingga|until)\s*")
DASH = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*")
YEARS = re.compile(r"([0-9]{4})\s*(?:-|–|—|/|s\.?/?d\.?|sampai(?: dengan)?)\s*([0-9]{4})")
OPEN = re.compile(
    r"(?:sampai dengan |s\.?/?d\.? |hingga )?(?:selesai(?:nya)?(?: pekerjaan| kegiatan)?|tidak terbatas"
    r"|tak terbatas|selamanya|seterusnya|tidak ditentukan|tanpa batas(?: waktu)?|unlimited)\.?"
)

NO_DAY = DateRead()
LENGTHS: tuple[Unit, ...] = ("years", "months", "days")


@dataclass(frozen=True, slots=True)
class PeriodRead:
    """What a text says of how long something holds.

    Attributes
    ----------
    years, months, days
        A length of time; all 0 where none is told.
    begins, ends
        Days that the text itself tells.
    open_ended
        It says that there is no end, or one that no day tells.
    why
        Code of a doubt.
    """

    years: int = 0
    months: int = 0
    days: int = 0
    begins: DateRead = NO_DAY
    ends: DateRead = NO_DAY
    open_ended: bool = False
    why: str = ""

    @property
    def has_length(self) -> bool:
        """Whether a length of time is told."""
        return bool(self.years or self.months or self.days)


def read_period(text: str, unit: Unit = "") -> PeriodRead:
    """Return how long something holds.

    Parameters
    ----------
    unit
        Of a number alone, where the heading tells it: `Jangka Waktu (Tahun)`.

    Examples
    --------
    >>> read_period("3 (tiga) tahun 6 bulan").years, read_period("s.d. 31 Desember 2025").ends.day
    (3, datetime.date(2025, 12, 31))
    >>> read_period("3 (dua) tahun").why, read_period("tidak terbatas").open_ended
    ('number_and_word', True)
    """
    told = " ".join(text.casefold().split())
    if not told or is_none(told):
        return PeriodRead()
    if len(told) > MOST_CHARACTERS:
        return PeriodRead(why="unread")
    if OPEN.fullmatch(told):
        return PeriodRead(open_ended=True, why="open_ended")
    if re.fullmatch(r"[0-9]{1,3}", told):
        return _bare(int(told), unit)
    if match := YEARS.fullmatch(told):
        return PeriodRead(begins=read_date(match[1]), ends=read_date(match[2]), why="year_only")
    rest = LEAD.sub("", told)
    return _length(rest) or _days(rest)


def _bare(number: int, unit: Unit) -> PeriodRead:
    if not unit:
        return PeriodRead(why="no_unit")
    return _of({unit: number}) if number else PeriodRead(why="unread")


def _of(sums: Mapping[Unit, int]) -> PeriodRead:
    years, months, days = (sums.get(unit, 0) for unit in LENGTHS)
    return PeriodRead(years, months, days)


def _length(text: str) -> PeriodRead | None:
    """Return a length of time, or `None` where the text tells none, or more than that."""
    sums: dict[Unit, int] = {"years": 0, "months": 0, "days": 0}
    place, why, found = 0, "", False
    while match := PART.match(text, place):
        found = True
        number = _number(match["number"])
        if match["word"] and _number(match["word"]) != number:
            why = "number_and_word"
        if match["work"]:
            why = why or "working_days"
        unit = UNITS[match["unit"]]
        sums[unit] += number * 7 if match["unit"] == "minggu" else number
        joined = JOIN.match(text, match.end())
        place = joined.end() if joined and PART.match(text, joined.end()) else match.end()
    if not found or not TAIL.fullmatch(text[place:]):
        return None
    if why or not any(sums.values()):
        return PeriodRead(why=why or "unread")
    return _of(sums)


def _number(text: str) -> int:
    plain = " ".join(text.split())
    return int(plain) if plain.isdigit() else WORDS.get(plain, -1)


def _days(text: str) -> PeriodRead:
    """Return the days that a text parts by “sampai dengan” or a dash, or its one day as the end."""
    match = UNTIL.search(text) or DASH.search(text)
    if match is None:
        one = read_date(text)
        return PeriodRead(ends=one, why=one.why) if one.first else PeriodRead(why="unread")
    start, end = text[: match.start()].strip(" ,;("), text[match.end() :].strip(" ,;)")
    if OPEN.fullmatch(end):
        return PeriodRead(begins=read_date(start), open_ended=True, why="open_ended")
    last = read_date(end)
    first = read_date(start, last.last.year if last.last else 0) if start else NO_DAY
    return PeriodRead(begins=first, ends=last, why=first.why or last.why)


def end_of(begins: date, period: PeriodRead, *, day_before: bool = False) -> date:
    """Return the last day of a period that begins on a day.

    Parameters
    ----------
    day_before
        The last day is the one before the same day of the last year; otherwise that day itself.

    Raises
    ------
    ValueError
        When it lies beyond what a calendar holds.

    Examples
    --------
    >>> end_of(date(2024, 2, 29), PeriodRead(years=1)).isoformat()
    '2025-02-28'
    """
    months = begins.month - 1 + period.months + 12 * period.years
    year, month = begins.year + months // 12, months % 12 + 1
    if year > 9_998:
        raise ValueError(year)
    last = date(year, month, min(begins.day, monthrange(year, month)[1]))
    return last + timedelta(days=period.days - (1 if day_before else 0))
