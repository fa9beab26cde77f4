"""Numbers, amounts, days and spans as Indonesian documents write them, and read back. Pure functions."""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from sinergi.reference.number_words import ONES, in_words

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
UNITS = {name: number for number, name in enumerate(ONES)} | {"se": 1}
SCALES = {"puluh": 10, "ratus": 100}
BIG = {
    "ribu": 1000,
    "juta": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "triliun": 10**12,
    "trilyun": 10**12,
}
JOINED = {
    "sepuluh": "satu puluh",
    "sebelas": "satu belas",
    "seratus": "satu ratus",
    "seribu": "satu ribu",
    "sejuta": "satu juta",
}
NUMBER_WORD = "|".join(sorted({*ONES, *SCALES, *BIG, *JOINED, "belas"}, key=len, reverse=True))
WORDS = re.compile(rf"\b(?:{NUMBER_WORD})(?:[ \t]+(?:{NUMBER_WORD}))*\b", re.IGNORECASE)
"""A number in words, within a text."""


def read_words(text: str) -> int | None:
    """Return the number that words say; `None` where they are none.

    Examples
    --------
    “enam puluh lima ribu” is 65000.
    """
    words = [part for word in text.lower().split() for part in JOINED.get(word, word).split()]
    total = group = last = 0
    for word in words:
        if word in BIG:
            total, group, last = total + max(group + last, 1) * BIG[word], 0, 0
        elif word == "belas":
            group, last = group + last + 10, 0
        elif word in SCALES:
            group, last = group + max(last, 1) * SCALES[word], 0
        elif word in UNITS:
            group, last = group + last, UNITS[word]
        else:
            return None
    return total + group + last if words else None


def number(value: Decimal) -> str:
    """Return a number with points between thousands and a comma: `1.250,5`."""
    whole, _point, rest = format(value.normalize(), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{rest}" if rest else grouped


def rupiah(amount: Decimal) -> str:
    """Return an amount as documents write it: `Rp65.000,00`."""
    whole, sen = divmod(int(amount * 100), 100)
    return "Rp" + f"{whole:,}".replace(",", ".") + f",{sen:02}"


def rupiah_in_words(amount: Decimal) -> str:
    """Return an amount with its words: `Rp65.000,00 (enam puluh lima ribu rupiah)`."""
    whole, sen = divmod(int(amount * 100), 100)
    words = f"{in_words(whole)} rupiah" + (f" {in_words(sen)} sen" if sen else "")
    return f"{rupiah(amount)} ({words})"


def counted(many: int, what: str = "") -> str:
    """Return a count with its words: `5 (lima) tahun`."""
    return f"{many} ({in_words(many)}) {what}".rstrip()


def day(when: date) -> str:
    """Return a day: `1 Januari 2024`."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def full_day(when: date) -> str:
    """Return a day as documents open with it, number by number in words."""
    words = f"tanggal {in_words(when.day)} bulan {MONTHS[when.month - 1]}"
    return f"{DAYS[when.weekday()]} {words} tahun {in_words(when.year)} ({when:%d-%m-%Y})"


def months_between(first: date, last: date) -> int | None:
    """Return the months from a first to a last day, both within; `None` where they are not whole."""
    after = last + timedelta(days=1) if last < date.max else last
    months = (after.year - first.year) * 12 + after.month - first.month
    if after.day == first.day or (
        # Begun on a day that the last month lacks: 31 January, 29 February.
        first.day > monthrange(after.year, after.month)[1]
        and after.day == monthrange(after.year, after.month)[1]
    ):
        return months
    return None


def span(months: int) -> str:
    """Return a span of months: `5 (lima) tahun`, `1 (satu) tahun 6 (enam) bulan`."""
    years, rest = divmod(months, 12)
    parts = [counted(years, "tahun")] if years else []
    return " ".join([*parts, counted(rest, "bulan")] if rest or not parts else parts)
