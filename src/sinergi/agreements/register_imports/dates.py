"""Days as people write them in registers: read as far as they are told, never further. Pure functions."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "year", ""]
MOST_CHARACTERS = 160
FIRST_YEAR, LAST_YEAR = 1945, 2199
"""Years in which an agreement of a region can be signed or end."""
TURN = 50
"""Two digits below this are of this century: `23` is 2023, `87` is 1987; near it neither is sure."""
UNSURE = range(40, 61)
SERIALS = range(20_000, 66_000)
"""Numbers that a spreadsheet shows as days from 1954 to 2080."""
EPOCH = date(1899, 12, 30)
MONTHS = {
    1: "januari jan january i",
    2: "februari pebruari feb peb february febuari ii",
    3: "maret mar mrt march iii",
    4: "april apr iv",
    5: "mei may v",
    6: "juni jun june vi",
    7: "juli jul july vii",
    8: "agustus agu ags agt agst aug august viii",
    9: "september sep sept ix",
    10: "oktober okt oct october x",
    11: "november nopember nov nop xi",
    12: "desember des dec december xii",
}
BY_NAME = {name: month for month, names in MONTHS.items() for name in names.split()}
WEEKDAYS = {"senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum'at": 4, "sabtu": 5}
WEEKDAYS |= {"minggu": 6, "ahad": 6}
NAMES = "|".join(sorted(BY_NAME, key=lambda one: -len(one)))
BEFORE = re.compile(
    rf"^(?:(?:pada\s+)?(?:hari\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})\s*[,/]?\s*)?"
    r"(?:(?:[a-z]+ ?){1,3},\s*)?(?:pada\s+)?(?:(?:tanggal|tgl)\.?\s*:?\s*)?",
)
AFTER = re.compile(r"\s*(?:[T ]?00:00(?::00)?(?:\.0+)?)?\s*\.?\s*$", re.IGNORECASE)
ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
NUMERIC = re.compile(r"([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{4}|[0-9]{2})")
NAMED = re.compile(rf"([0-9]{{1,2}})[\s\-/.]*({NAMES})\.?[\s\-/.,]*([0-9]{{4}}|[0-9]{{2}})\b")
NAMED_ENGLISH = re.compile(rf"({NAMES})\.?\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([0-9]{{4}})")
MONTH = re.compile(rf"(?:bulan\s+)?({NAMES})\.?[\s\-/.,]*(?:tahun\s+)?([0-9]{{4}})")
NUMERIC_MONTH = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
YEAR = re.compile(r"(?:tahun\s+|thn\.?\s+)?([0-9]{4})")
DAY_OF_MONTH = re.compile(rf"([0-9]{{1,2}})[\s\-/.]+({NAMES})\.?")
ANY = re.compile(
    rf"(?<![0-9])(?:{ISO.pattern}|{NUMERIC.pattern}(?![0-9])|{NAMED.pattern})", re.IGNORECASE
)
NONE = re.compile(r"[-–—.?]+|(?:tidak ada|belum ada|n/?a|nihil|kosong|null|none)", re.IGNORECASE)
"""What people write where there is nothing to write."""


@dataclass(frozen=True, slots=True)
class DateRead:
    """What a text says of a day.

    Attributes
    ----------
    day
        Empty where no day is told.
    precision
        `month` and `year` where only that is told; then `first` and `last` are its ends.
    why
        Code of a doubt; empty where nothing is doubtful.
    others
        Days that could be meant.
    """

    day: date | None = None
    precision: Precision = ""
    first: date | None = None
    last: date | None = None
    why: str = ""
    others: tuple[date, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether a day is told beyond doubt."""
        return self.day is not None and not self.why


def is_none(text: str) -> bool:
    """Whether a cell says that there is nothing: `-`, `tidak ada`."""
    return bool(NONE.fullmatch(text.strip()))


def read_date(text: str, year_above: int = 0) -> DateRead:
    """Return the day that a text says, in the order of the country: day, month, year.

    Parameters
    ----------
    year_above
        Year of a heading within the table, for days without a year; 0: none.

    Examples
    --------
    >>> read_date("Senin, 14 Agustus 2023").day, read_date("12/8/23").day
    (datetime.date(2023, 8, 14), datetime.date(2023, 8, 12))
    >>> read_date("Agustus 2023").precision, read_date("31 Februari 2023").why
    ('month', 'no_such_day')
    >>> read_date("08/25/2023").why
    'order'
    """
    told = " ".join(text.split())
    if not told or is_none(told):
        return DateRead()
    if len(told) > MOST_CHARACTERS:
        return DateRead(why="unread")
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", told):
        return _serial(told)
    plain = told.casefold()
    before = BEFORE.match(plain)
    rest = AFTER.sub("", plain[before.end() :] if before else plain)
    found = _whole(rest) or _day_without_year(rest, year_above) or _within(plain)
    weekday = before["weekday"] if before else None
    if weekday and found.sure and found.day and found.day.weekday() != WEEKDAYS[weekday]:
        return DateRead(found.day, "day", found.day, found.day, "weekday")
    return found


def _serial(told: str) -> DateRead:
    number = int(told.split(".", maxsplit=1)[0])
    if number not in SERIALS:
        return DateRead(why="unread")
    day = EPOCH + timedelta(days=number)
    return DateRead(day, "day", day, day, "serial")


def _whole(text: str) -> DateRead | None:
    """Return what a text says that is a day, a month or a year and nothing else."""
    for form, read in FORMS:
        if match := form.fullmatch(text):
            return read(*match.groups())
    return None


def _numeric(first: str, second: str, year: str) -> DateRead:
    """Read day/month/year; where only month/day/year is a day, that is said and not taken."""
    if int(second) > 12 >= int(first):
        swapped = _day(year, first, second)
        others = (swapped.day,) if swapped.day else ()
        return DateRead(why="order" if others else "no_such_day", others=others)
    return _day(year, second, first)


def _day(year: str, month: str, day: str) -> DateRead:
    number = int(year)
    doubt = ""
    if len(year) == 2:
        doubt = "two_digit_year" if number in UNSURE else ""
        number += 2000 if number < TURN else 1900
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return DateRead(why="year_far")
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        return DateRead(why="no_such_day", others=_month_end(number, int(month)))
    if doubt:
        return DateRead(why=doubt, others=(found,))
    return DateRead(found, "day", found, found)


def _month_end(year: int, month: int) -> tuple[date, ...]:
    """Return the last day of a month, which somebody may have meant; nothing where there is no such month."""
    return (date(year, month, monthrange(year, month)[1]),) if 1 <= month <= 12 else ()


def _span(year: int, month: int = 0) -> DateRead:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DateRead(why="year_far")
    if not month:
        return DateRead(None, "year", date(year, 1, 1), date(year, 12, 31), "year_only")
    if month > 12:
        return DateRead(why="unread")
    last = date(year, month, monthrange(year, month)[1])
    return DateRead(None, "month", date(year, month, 1), last, "month_only")


def _day_without_year(text: str, year_above: int) -> DateRead | None:
    match = DAY_OF_MONTH.fullmatch(text)
    if match is None:
        return None
    if not year_above:
        return DateRead(why="no_year")
    found = _day(str(year_above), str(BY_NAME[match[2]]), match[1])
    if found.day is None:
        return found
    return DateRead(found.day, "day", found.day, found.day, "year_from_above")


def _within(text: str) -> DateRead:
    """Return the day that stands among other words, if there is one and only one."""
    parts = [AFTER.sub("", match[0]) for match in ANY.finditer(text)]
    days = [_whole(part) or DateRead(why="unread") for part in parts]
    if not days:
        return DateRead(why="unread")
    if len({one.day for one in days}) > 1:
        return DateRead(why="several_days", others=tuple(one.day for one in days if one.day))
    only = days[0]
    if only.day is None:
        return only
    return DateRead(only.day, "day", only.day, only.day, only.why or "more_text")


FORMS: tuple[tuple[re.Pattern[str], Callable[..., DateRead]], ...] = (
    (ISO, _day),
    (NUMERIC, _numeric),
    (NAMED, lambda day, month, year: _day(year, str(BY_NAME[month]), day)),
    (NAMED_ENGLISH, lambda month, day, year: _day(year, str(BY_NAME[month]), day)),
    (MONTH, lambda month, year: _span(int(year), BY_NAME[month])),
    (NUMERIC_MONTH, lambda month, year: _span(int(year), int(month))),
    (YEAR, lambda year: _span(int(year))),
)
"""Every way to write a day, and what is made of its parts."""
