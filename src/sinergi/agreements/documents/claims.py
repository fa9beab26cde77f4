"""What a clause says in numbers: days, spans, amounts, quantities, each with the words around it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sinergi.agreements.documents.numerals import MONTHS, WORDS, read_words
from sinergi.programs.amounts import Unclear, read_amount, read_number

MONTH_NAMES = {name.lower(): place for place, name in enumerate(MONTHS, start=1)} | {
    "pebruari": 2,
    "nopember": 11,
}
MONTH = "|".join(MONTH_NAMES)
LONG_DAY = re.compile(rf"\b(\d{{1,2}})\s+({MONTH})\s+(\d{{4}})\b", re.IGNORECASE)
SHORT_DAY = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
WORD_DAY = re.compile(
    rf"\btanggal\s+({WORDS.pattern})\s+bulan\s+({MONTH})\s+tahun\s+({WORDS.pattern})", re.IGNORECASE
)
FIGURES = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
AMOUNT = re.compile(
    rf"\bRp\.?\s*((?:{FIGURES})(?:\s*(?:ribu|juta|miliar|milyar|triliun|trilyun)\b)?)",
    re.IGNORECASE,
)
AMOUNT_WORDS = re.compile(rf"({WORDS.pattern})\s+rupiah\b", re.IGNORECASE)
SPAN = re.compile(
    rf"(?:({FIGURES})\s*(?:\(\s*({WORDS.pattern})\s*\))?|({WORDS.pattern}))\s+(tahun|bulan)\b",
    re.IGNORECASE,
)
QUANTITY = re.compile(
    rf"(?<![\d.,])(?:({FIGURES})\s*(?:\(\s*({WORDS.pattern})\s*\))?|({WORDS.pattern}))\s+"
    r"([a-zA-Z³²]{1,30})\s*(?:/|per\s+|setiap\s+|tiap\s+|se)\s*hari\b",
    re.IGNORECASE,
)
PAIR = re.compile(rf"(?<![\d.,])({FIGURES})\s*\(\s*({WORDS.pattern})\s*\)", re.IGNORECASE)
SENTENCE = re.compile(r"[^.;\n]+(?:\.(?=\d)[^.;\n]+)*[.;\n]?")


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a text names: `kind` is `day`, `span`, `amount` or `quantity`.

    Attributes
    ----------
    value
        A day, months, rupiah, or a number.
    unit
        Of a quantity.
    """

    kind: str
    value: date | int | Decimal
    said: str
    start: int
    end: int
    unit: str = ""


def sentences(text: str) -> list[str]:
    """Return the sentences and items of a text; points between thousands and behind `Rp` end none."""
    marked = re.sub(r"\b(Rp|No|Kab)\.", r"\1 ", text)
    return [one.strip() for one in SENTENCE.findall(marked) if one.strip()]


def _number(figures: str | None, words: str | None) -> Decimal | None:
    if figures:
        try:
            return read_number(figures)
        except Unclear:
            return None
    told = read_words(words or "")
    return None if told is None else Decimal(told)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days(text: str) -> Iterator[Claim]:
    """Return the days that a text names, in figures or words; one that no calendar has is none."""
    for match in LONG_DAY.finditer(text):
        when = _day(int(match[3]), MONTH_NAMES[match[2].lower()], int(match[1]))
        if when:
            yield Claim("day", when, match[0], *match.span())
    for match in SHORT_DAY.finditer(text):
        when = _day(int(match[3]), int(match[2]), int(match[1]))
        if when:
            yield Claim("day", when, match[0], *match.span())
    for match in WORD_DAY.finditer(text):
        first, year = read_words(match[1]), read_words(match[3])
        when = _day(year or 0, MONTH_NAMES[match[2].lower()], first or 0)
        if when:
            yield Claim("day", when, match[0], *match.span())


def amounts(text: str) -> Iterator[Claim]:
    """Return the rupiah that a text names, in figures or words."""
    for match in AMOUNT.finditer(text):
        try:
            yield Claim("amount", read_amount(match[1]), match[0], *match.span())
        except Unclear:
            continue
    for match in AMOUNT_WORDS.finditer(text):
        told = read_words(match[1])
        if told is not None:
            yield Claim("amount", Decimal(told), match[0], *match.span())


def spans(text: str) -> Iterator[Claim]:
    """Return the spans of years and months that a text names, in months."""
    for match in SPAN.finditer(text):
        many = _number(match[1], match[2] or match[3])
        if many is not None and many == int(many):
            months = int(many) * (12 if match[4].lower() == "tahun" else 1)
            yield Claim("span", months, match[0], *match.span())


def quantities(text: str) -> Iterator[Claim]:
    """Return what a text says of a day: `105 ton/hari`."""
    for match in QUANTITY.finditer(text):
        many = _number(match[1], match[2] or match[3])
        if many is not None:
            yield Claim("quantity", many, match[0], *match.span(), match[4].lower())


def unequal_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Return numbers whose words say another: `5 (tiga)`."""
    for match in PAIR.finditer(text):
        many, words = _number(match[1], None), read_words(match[2])
        if many is not None and words is not None and many != words:
            yield match[1], match[2]
    for match in re.finditer(rf"{AMOUNT.pattern}\s*\(\s*({WORDS.pattern})", text, re.IGNORECASE):
        try:
            many, words = read_amount(match[1]), read_words(match[2])
        except Unclear:
            continue
        if words is not None and many.to_integral_value(rounding="ROUND_FLOOR") != words:
            yield f"Rp{match[1]}", match[2]
