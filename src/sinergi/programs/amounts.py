"""Amounts and numbers as people type them, read strictly: what could mean two things is refused."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

LARGEST = Decimal(10) ** 15
"""The most that one amount or one line holds, in rupiah: about a quarter of the yearly budget of the nation.

No line of any plan comes near it; a slip of three zeros is told, and sums of a few lines stay far from what
whole numbers of 64 bits hold (`reference.rupiah.MOST`).
"""
SCALES = {
    "ribu": 3,
    "rb": 3,
    "thousand": 3,
    "juta": 6,
    "jt": 6,
    "million": 6,
    "miliar": 9,
    "milyar": 9,
    "billion": 9,
    "triliun": 12,
    "trilyun": 12,
    "trillion": 12,
}
UNCLEAR_SCALES = {"m", "t", "b", "k"}
"""One letter: M is a billion to one reader and a million to another."""
RUPIAH = re.compile(r"^(?:rp|idr)\.?\s*|\s*(?:idr|rupiah)$", re.IGNORECASE)
FOREIGN = re.compile(
    r"[$€£¥]|\b(?:usd|eur|sgd|jpy|myr|gbp|cny|aud|dolar|dollars?|euro|yen|ringgit)\b", re.IGNORECASE
)
TWO = re.compile(r"[0-9].*\b(?:rp|idr)\b", re.IGNORECASE)
ENDING = re.compile(r"(?<=[0-9]),-+$")
MOST_CHARACTERS = 60
GROUPED = re.compile(r"^[0-9]{1,3}(?:\.[0-9]{3})+(?:,([0-9]+))?$")
GROUPED_ENGLISH = re.compile(
    r"^[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.([0-9]+))?$|^[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+$"
)
SPACED = re.compile(r"^[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:,([0-9]+))?$")
PLAIN = re.compile(r"^[0-9]+$")
COMMA = re.compile(r"^[0-9]+,([0-9]+)$")
POINT = re.compile(r"^[0-9]+\.([0-9]+)$")


class Unclear(ValueError):  # noqa: N818 - it names what was met
    """A text that is no amount, or that could be several; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return unclear_text(self.code)


def unclear_text(code: str) -> str:
    """Return why a text was not taken for an amount, and what to write."""
    return {
        "empty": _("Write an amount."),
        "foreign": _("Amounts are in rupiah. Convert it, and tell the rate in the note."),
        "two": _("Write one amount, in one currency."),
        "negative": _("An amount cannot be negative."),
        "letter": _("One letter can mean several things: write ribu, juta, miliar or triliun."),
        "separator": _(
            "This could be read in two ways. Write thousands with points and decimals with a comma, such as "
            "1.250.000,50."
        ),
        "fraction": _("Smaller than one hundredth of a rupiah: at most two decimals."),
        "large": _("Too large: at most Rp 1,000 trillion (10¹⁵) fits here."),
        "words": _("Not an amount. Write a number, such as 1.250.000.000 or 2,5 miliar."),
    }[code]


def read_amount(text: str) -> Decimal:
    """Return the rupiah that a typed text says.

    Understood are `1.250.000.000,50`, `Rp 2,5 miliar`, `1250000`, `Rp1.000,-`, also `1,250,000.50`, which can
    mean nothing else.

    Raises
    ------
    Unclear
    """
    told = text.strip()
    if not told:
        raise Unclear("empty")
    if len(told) > MOST_CHARACTERS:
        raise Unclear("words")
    rest = RUPIAH.sub("", RUPIAH.sub("", told)).strip()
    if FOREIGN.search(told):
        raise Unclear("two" if RUPIAH.search(told) or TWO.search(told) else "foreign")
    if TWO.search(rest):
        raise Unclear("two")
    if rest.startswith(("-", "−", "–")) or (rest.startswith("(") and rest.endswith(")")):
        raise Unclear("negative")
    digits, places = _scaled(ENDING.sub("", rest))
    amount = read_number(digits, scaled=places > 0).scaleb(places)
    if amount * 100 != (amount * 100).to_integral_value():
        raise Unclear("fraction")
    if amount > LARGEST:
        raise Unclear("large")
    return amount.quantize(Decimal("0.01"))


def _scaled(text: str) -> tuple[str, int]:
    """Return the digits of a text, and the power of ten that its word says."""
    match = re.match(r"^([0-9][0-9.,\s]*?)\s*([a-zA-Z]+)\.?$", text)
    if match is None:
        return text, 0
    word = match[2].lower()
    if word in UNCLEAR_SCALES:
        raise Unclear("letter")
    if word not in SCALES:
        raise Unclear("words")
    return match[1], SCALES[word]


def read_number(text: str, *, scaled: bool = False) -> Decimal:
    """Return the number that a typed text says, thousands with points and decimals with a comma.

    Parameters
    ----------
    scaled
        A word such as “miliar” follows: then `1.250` can be meant in two ways.

    Raises
    ------
    Unclear
    """
    told = text.strip()
    if GROUPED_ENGLISH.match(told):
        plain = told.replace(",", "")
    elif match := GROUPED.match(told):
        if scaled and match[1] is None and told.count(".") == 1:
            raise Unclear("separator")
        plain = told.replace(".", "").replace(",", ".")
    elif SPACED.match(told):
        plain = re.sub(r"\s", "", told).replace(",", ".")
    elif PLAIN.match(told):
        plain = told
    elif (match := COMMA.match(told)) or (match := POINT.match(told)):
        if len(match[1]) == 3:
            raise Unclear("separator")
        plain = told.replace(",", ".")
    else:
        raise Unclear("separator" if re.fullmatch(r"[0-9., ]+", told) else "words")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise Unclear("words") from None


def written(amount: Decimal) -> str:
    """Return an amount as an Indonesian types it: `1.250.000,50`; sen only where there are any."""
    whole, sen = divmod(int(amount * 100), 100)
    text = f"{whole:,}".replace(",", ".")
    return f"{text},{sen:02}" if sen else text


def number_written(number: Decimal) -> str:
    """Return a number as `read_number` reads it back: decimals with a comma, and never three of them."""
    text = format(number.normalize(), "f").replace(".", ",")
    return f"{text}0" if len(text.partition(",")[2]) == 3 else text
