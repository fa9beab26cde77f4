"""When an obligation falls due, as an Indonesian text says it. Pure functions."""

from sinergi.agreements.documents.numerals import MONTHS, day, number
from sinergi.agreements.schedules import Kind, Schedule, When

EVERY = {
    Kind.MONTHLY: "bulan",
    Kind.QUARTERLY: "triwulan",
    Kind.SEMESTER: "semester",
    Kind.YEARLY: "tahun",
}
LAST_DAY = 31


def falls_due(schedule: Schedule) -> str:
    """Return when something falls due; empty where it holds all the time or no day is said.

    Examples
    --------
    “setiap bulan, jatuh tempo tanggal 10 bulan berikutnya”, “pada tanggal 1 Maret 2026”.
    """
    if schedule.kind is Kind.NEVER:
        return ""
    if schedule.kind is Kind.ONCE:
        return f"pada tanggal {day(schedule.on)}" if schedule.on else ""
    parts = [f"setiap {_span(schedule)}", f"jatuh tempo {_day(schedule)}"]
    if schedule.spread:
        parts.append("jumlah itu untuk seluruh jangka waktu")
    if schedule.growth is not None and schedule.base_year is not None:
        told = f"{number(schedule.growth)}% setiap tahun dari jumlah tahun {schedule.base_year}"
        parts.append(f"berubah {told}")
    elif schedule.index:
        parts.append(f"disesuaikan dengan indeks dari jumlah tahun {schedule.base_year}")
    return ", ".join(parts)


def _span(schedule: Schedule) -> str:
    if schedule.kind is Kind.SEASONAL:
        return "bulan " + ", ".join(MONTHS[one - 1] for one in sorted(schedule.months))
    return EVERY[schedule.kind]


def _day(schedule: Schedule) -> str:
    """Return the day of a span: within its first or last month, or in the month that follows."""
    on = "hari terakhir" if schedule.day >= LAST_DAY else f"tanggal {schedule.day}"
    single = schedule.kind in (Kind.MONTHLY, Kind.SEASONAL)
    if schedule.when is When.AFTER:
        return f"{on} bulan berikutnya"
    if single:
        return f"{on} bulan itu"
    if schedule.kind is Kind.YEARLY and schedule.month:
        return f"{on} {'bulan ' if schedule.day >= LAST_DAY else ''}{MONTHS[schedule.month - 1]}"
    place = "pertama" if schedule.when is When.ADVANCE else "terakhir"
    return f"{on} bulan {place} {EVERY[schedule.kind]} itu"
