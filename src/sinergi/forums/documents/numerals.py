"""Days as minutes write them: in Indonesian with the numbers in words, in English as usual."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

from sinergi.reference.number_words import in_words


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
