"""Days as minutes write them: in Indonesian with the numbers in words, in English as usual."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

ONES = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
LAST = 9999


def in_words(number: int) -> str:
    """Return a whole number from 0 to 9999 in Indonesian words.

    Examples
    --------
    2024 is “dua ribu dua puluh empat”, 1998 “seribu sembilan ratus sembilan puluh delapan”.
    """
    if not 0 <= number <= LAST:
        raise ValueError(number)
    if number < len(ONES):
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    units = ((1000, "ribu"), (100, "ratus"), (10, "puluh"))
    unit, name = next(one for one in units if number >= one[0])
    many, rest = divmod(number, unit)
    head = f"se{name}" if many == 1 else f"{in_words(many)} {name}"
    return f"{head} {in_words(rest)}" if rest else head


def full_day(when: date) -> str:
    """Return a day as minutes name it, in the active language.

    Examples
    --------
    Indonesian “Minggu, tanggal dua puluh satu bulan April tahun dua ribu dua puluh empat (21-04-2024)”,
    English “Sunday, 21 April 2024”.
    """
    if (get_language() or "id").startswith("id"):
        words = f"tanggal {in_words(when.day)} bulan {date_format(when, 'F')}"
        return f"{date_format(when, 'l')}, {words} tahun {in_words(when.year)} ({when:%d-%m-%Y})"
    return date_format(when, "l, j F Y")
