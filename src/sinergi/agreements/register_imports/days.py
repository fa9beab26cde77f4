"""The days of an agreement from the cells of its row: signing, beginning, end, and what they leave open."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from sinergi.agreements.register_imports.dates import DateRead, read_date
from sinergi.agreements.register_imports.durations import PeriodRead, Unit, end_of, read_period
from sinergi.agreements.register_imports.reading import RegisterReading
from sinergi.agreements.register_imports.rows import Row

SPAN_DIFFERS = 1
"""Days by which an end that is told may lie beside the one that is computed: both customs are met."""
NOT_TOLD = DateRead()


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an agreement.

    Attributes
    ----------
    told
        Something stands where a day is expected, even if it tells no day.
    open_ended
        The row says that it has no end that a day tells.
    """

    signed: date | None = None
    begins: date | None = None
    ends: date | None = None
    open_ended: bool = False
    told: bool = False

    @property
    def day(self) -> date | None:
        """The day by which it is known again."""
        return self.signed or self.begins


def read_days(row: Row, reading: RegisterReading, today: date) -> Days:
    """Return the days of a row; what is not sure is told at its cell and stays empty."""
    signed_read = _read(row, "signed")
    begins_read = _read(row, "begins")
    ends_text = row.text("ends")
    ends_period = read_period(ends_text) if ends_text else PeriodRead()
    period = read_period(row.text("period"), _unit(row)) if row.text("period") else PeriodRead()
    signed = _day(row, "signed", signed_read, reading, last=False)
    begins = _day(row, "begins", begins_read, reading, last=False)
    ends = _end(row, "ends", ends_period, reading)
    if begins is None and not row.text("begins"):
        quiet = period.begins.why == period.ends.why
        begins = _day(row, "period", period.begins, reading, last=False, quiet=quiet)
    if ends is None:
        ends = _end(row, "period", period, reading)
    elif period.why and period.why != "open_ended":
        row.tell(period.why, "period")
    if begins is None and not row.text("begins") and not period.begins.first:
        begins = signed
    computed = _computed(row, period if period.has_length else ends_period, begins, reading)
    if computed and ends and abs((computed - ends).days) > SPAN_DIFFERS:
        row.tell("period_differs", "period", read=str(ends), more=str(computed))
    ends = ends or computed
    open_ended = (period.open_ended or ends_period.open_ended) and ends is None
    begins, ends = _in_order(row, begins, ends)
    _tell_odd(row, signed, ends, today)
    told = any(row.text(name) for name in ("signed", "begins"))
    return Days(signed, begins, ends, open_ended, told)


def _unit(row: Row) -> Unit:
    """Return the unit that the heading of the period tells, for a number alone."""
    column = row.column("period")
    text = next((t for c, t in row.cells["period"] if c == column), "")
    headings = [name.casefold() for name, cell in row.written.items() if cell == text]
    for word, unit in (("tahun", "years"), ("bulan", "months"), ("hari", "days")):
        if any(f"({word})" in one or f"dalam {word}" in one for one in headings):
            return cast("Unit", unit)
    return ""


def _read(row: Row, name: str) -> DateRead:
    text = row.text(name)
    return read_date(text, row.year) if text else NOT_TOLD


def _day(
    row: Row,
    name: str,
    found: DateRead,
    reading: RegisterReading,
    *,
    last: bool,
    quiet: bool = False,
) -> date | None:
    """Return the day that was read; one that is not whole only if a person chose so for the file."""
    day = found.day
    why = found.why
    if day is None and found.first and found.last and reading.month_as_day:
        day, why = (found.last if last else found.first), "month_taken"
    if why and not quiet:
        more = "; ".join(str(one) for one in found.others)
        row.tell(why, name, read=str(day or ""), more=more)
    return day


def _end(row: Row, name: str, period: PeriodRead, reading: RegisterReading) -> date | None:
    """Return the day that a cell names as the last one."""
    if period.ends.first or period.ends.why:
        return _day(row, name, period.ends, reading, last=True)
    if period.why:
        row.tell(period.why, name)
    return None


def _computed(
    row: Row, period: PeriodRead, begins: date | None, reading: RegisterReading
) -> date | None:
    """Return the last day of a length of time; a length without a beginning is told."""
    if not period.has_length:
        return None
    name = "period" if row.text("period") else "ends"
    if begins is None:
        row.tell("length_without_beginning", name)
        return None
    try:
        return end_of(begins, period, day_before=reading.day_before)
    except ValueError:
        row.tell("year_far", name)
        return None


def _in_order(row: Row, begins: date | None, ends: date | None) -> tuple[date | None, date | None]:
    """Return both days; where the end lies before the beginning, neither is sure and the end stays empty."""
    if begins and ends and ends < begins:
        name = "ends" if row.text("ends") else "period"
        row.tell("ends_before_begins", name, more=str(begins))
        return begins, None
    return begins, ends


def _tell_odd(row: Row, signed: date | None, ends: date | None, today: date) -> None:
    if signed and signed > today:
        row.tell("signed_in_future", "signed", read=str(signed))
    if signed and ends and signed > ends:
        row.tell("signed_after_end", "signed", read=str(signed), more=str(ends))
