"""Amounts of money as people write them in plans, read into whole minor units without loss."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, Overflow

from sinergi.evidence.imports.numbers import COMMA_DECIMAL, MISSING, PLAIN, POINT_DECIMAL, TWO_WAYS
from sinergi.programs.amounts import LARGEST as MOST
from sinergi.programs.imports.reading import Numbers
from sinergi.reference.rupiah import MINOR
from sinergi.reference.rupiah import minor as minor_of

LARGEST = minor_of(MOST)
"""Minor units; larger is no amount of one line."""
SCALES = {
    **dict.fromkeys(("rb", "ribu", "ribuan"), 1_000),
    **dict.fromkeys(("jt", "juta", "jutaan"), 1_000_000),
    **dict.fromkeys(("m", "mil", "milyar", "miliar", "milyard"), 1_000_000_000),
    **dict.fromkeys(("t", "trilyun", "triliun"), 1_000_000_000_000),
}
FOREIGN = re.compile(r"us ?\$|usd|\$|eur|€|£|¥|jpy|yen|sgd|myr|cny|aud", re.IGNORECASE)
ERROR = re.compile(r"#(?:REF|DIV/0|VALUE|NAME\?|NUM|NULL|N/A)!?", re.IGNORECASE)
CURRENCY = re.compile(r"^\s*(?:rp\.?|idr)\s*|\s*(?:rp\.?|rupiah|idr)\s*$", re.IGNORECASE)
SCALED = re.compile(r"^([-+(]?[\d.,]+)\s*([a-z]+)\.?\)?$", re.IGNORECASE)
_PLAIN, _COMMA = re.compile(PLAIN), re.compile(COMMA_DECIMAL)
_POINT, _BOTH = re.compile(POINT_DECIMAL), re.compile(TWO_WAYS)
DIGITS = re.compile(r"\d+")
MOST_DIGITS = 100
"""More are never an amount; Python itself refuses to read several thousand."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What was read from one cell.

    Attributes
    ----------
    minor
        Whole minor units; `None` where there is no amount, or it could not be taken.
    fault
        Why it was not taken: `amount_unread`, `amount_negative`, `amount_foreign`, `formula_error`,
        `amount_large`, `amount_unclear`, `amount_unit`.
    remark
        What was made of it: `amount_in_words`, `amount_two_ways`, `amount_rounded`.
    """

    minor: int | None = None
    fault: str = ""
    remark: str = ""


NOTHING = Amount()


def convention(texts: Counter[str]) -> Numbers:
    """Tell how a file writes numbers by the cells that can be read in one way only; `auto` where none can."""
    comma = point = 0
    for text, number in texts.items():
        if DIGITS.fullmatch(text):
            continue
        bare = _bare(text)[0]
        comma += number * bool(_COMMA.match(bare))
        point += number * bool(_POINT.match(bare))
    return "auto" if comma == point else "id" if comma > point else "en"


def from_number(value: float, multiplier: int = 1) -> Amount:
    """Return the amount that a cell keeps as a number."""
    if value < 0:
        return Amount(fault="amount_negative")
    if value != value:  # noqa: PLR0124 - not a number differs from itself
        return Amount(fault="amount_unread")
    if value > LARGEST:
        return Amount(fault="amount_large")
    if value.is_integer():
        return _within(int(value) * multiplier * MINOR, "")
    return _exact(Decimal(repr(value)), multiplier, "")


def from_text(text: str, numbers: Numbers = "auto", multiplier: int = 1) -> Amount:
    """Return the amount that a text tells.

    `1.250 M` is none: to one reader it is 1,25 miliar and to another 1.250 miliar, whatever the file shows.
    A word of scale goes before the unit of the file: `1,25 M` is as much in a file of thousands. `Rp 1.250`
    there is none: its cell says rupiah and its heading thousands.

    Parameters
    ----------
    numbers
        How the file writes numbers, as told or shown; where it shows nothing, `1.234` is whole rupiah.

    Examples
    --------
    >>> from_text("Rp 1.250.000,00").minor, from_text("1,25 M").minor
    (125000000, 125000000000)
    >>> from_text("(500.000)").fault, from_text("sesuai kebutuhan").fault, from_text("1.250 M").fault
    ('amount_negative', 'amount_unread', 'amount_unclear')
    """
    if DIGITS.fullmatch(text):
        return _digits(text, multiplier)
    if ERROR.fullmatch(text):
        return Amount(fault="formula_error")
    if text.casefold() in MISSING or not text.strip():
        return NOTHING
    bare, scale, words = _bare(text)
    if fault := _fault(text, bare, scale):
        return Amount(fault=fault)
    unit = scale if scale > 1 else multiplier
    if unit != scale and CURRENCY.search(text) and _read(bare, numbers, scale, "").minor:
        return Amount(fault="amount_unit")
    return _read(bare, numbers, unit, "amount_in_words" if words else "")


def _digits(text: str, multiplier: int) -> Amount:
    if len(text) > MOST_DIGITS:
        return Amount(fault="amount_large")
    return _within(int(text) * multiplier * MINOR, "")


def _fault(text: str, bare: str, scale: int) -> str:
    """Return why a text is no amount, before its digits are read; empty where nothing speaks against it."""
    if FOREIGN.search(text):
        return "amount_foreign"
    if bare.startswith(("-", "(")) and any(one in "123456789" for one in bare):
        return "amount_negative"
    return "amount_unclear" if scale > 1 and _BOTH.match(bare) else ""


def _bare(text: str) -> tuple[str, int, bool]:
    """Return a number without its currency and word of scale; the scale; whether there was either."""
    cut = CURRENCY.sub("", text.strip().replace("−", "-").replace("–", "-"))
    if ended := re.fullmatch(r"([\d.,\s]+?)[,.]\s*-+", cut.strip()):
        return re.sub(r"[.,\s]", "", ended[1]), 1, True  # `1.000,-` has no sen
    found = SCALED.fullmatch(cut.strip())
    scale = SCALES.get(found[2].casefold(), 0) if found else 0
    if found and scale:
        return re.sub(r"\s", "", found[1]), scale, True
    worded = cut.strip() != text.strip() and not DIGITS.fullmatch(cut.strip())
    return re.sub(r"[\s\u00a0\u202f']", "", cut), 1, worded or bool(CURRENCY.search(text))


def _read(bare: str, numbers: Numbers, multiplier: int, remark: str) -> Amount:
    if _BOTH.match(bare):
        return _two_ways(bare, numbers, multiplier, remark)
    if _PLAIN.match(bare) or _POINT.match(bare):
        plain = bare.replace(",", "")
    elif _COMMA.match(bare):
        plain = bare.replace(".", "").replace(",", ".")
    else:
        return Amount(fault="amount_unread")
    try:
        return _exact(Decimal(plain), multiplier, remark)
    except Overflow:
        return Amount(fault="amount_large")
    except InvalidOperation:
        return Amount(fault="amount_unread")


def _two_ways(bare: str, numbers: Numbers, multiplier: int, remark: str) -> Amount:
    """Read `1.234`: whole where the mark parts thousands by the convention, or nothing tells."""
    fraction = {"id": ",", "en": "."}.get(numbers, "")
    if fraction and fraction in bare:
        return _exact(Decimal(bare.replace(",", ".")), multiplier, remark or "amount_two_ways")
    unsure = "amount_two_ways" if numbers == "auto" else remark
    return _within(int(re.sub(r"[.,]", "", bare)) * multiplier * MINOR, unsure)


def _exact(value: Decimal, multiplier: int, remark: str) -> Amount:
    minor = value * multiplier * MINOR
    if not minor.is_finite():
        return Amount(fault="amount_unread")
    if minor > LARGEST:
        return Amount(fault="amount_large")
    whole = minor.to_integral_value()
    return _within(int(whole), remark if whole == minor else "amount_rounded")


def _within(minor: int, remark: str) -> Amount:
    return Amount(fault="amount_large") if minor > LARGEST else Amount(minor, "", remark)


def meant(fault: str, text: str, numbers: Numbers = "auto", multiplier: int = 1) -> dict[str, str]:
    """Return the two amounts that a text can mean, for the message of a fault; empty for faults without.

    Examples
    --------
    >>> meant("amount_unclear", "1.250 M")
    {'less': 'Rp 1.250.000.000', 'more': 'Rp 1.250.000.000.000'}
    >>> meant("amount_unit", "Rp 1.250", multiplier=1000)
    {'less': 'Rp 1.250', 'more': 'Rp 1.250.000'}
    """
    if fault == "amount_unit":
        minor = from_text(text, numbers).minor or 0
        return {"less": rupiah_text(minor), "more": rupiah_text(minor * multiplier)}
    if fault != "amount_unclear":
        return {}
    bare, scale, _ = _bare(text)
    whole = int(re.sub(r"[.,]", "", bare)) * scale * MINOR
    return {"less": rupiah_text(whole // 1000), "more": rupiah_text(whole)}


def rupiah_text(minor: int) -> str:
    """Return an amount for a message, as Indonesian documents write it."""
    sign = "-" if minor < 0 else ""
    whole, sen = divmod(abs(minor), 100)
    text = f"{whole:,}".replace(",", ".")
    return f"{sign}Rp {text},{sen:02}" if sen else f"{sign}Rp {text}"
