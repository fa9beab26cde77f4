"""Text that people write: fit to be kept and printed, and no longer than its field. Pure functions."""

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from django.utils.translation import gettext as _

WHY = 1000
"""Characters of the reason for a deed."""
Details = TypeVar("Details")


def printable(text: str) -> str:
    """Return text without the control characters that no document may hold; new lines and tabs stay."""
    kept = (c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) != "Cc")
    return "".join(kept).strip()


def cleaned(details: Details, **values: Any) -> Details:
    """Return details (a dataclass) with every text printable, and with other values where they are given."""
    there = {field.name: getattr(details, field.name) for field in fields(details)}  # type: ignore[arg-type]
    texts = {name: printable(value) for name, value in there.items() if isinstance(value, str)}
    changed: Details = replace(details, **{**texts, **values})  # type: ignore[type-var]
    return changed


def too_long_text(name: str, text: str, limit: int) -> dict[str, str]:
    """Return that a text is longer than its field holds, by field; empty when it is not."""
    if len(text) <= limit:
        return {}
    told = _("Too long: %(have)s characters, at most %(limit)s.")
    return {name: told % {"have": len(text), "limit": limit}}


def too_long(details: object, lengths: Mapping[str, int]) -> dict[str, str]:
    """Return which texts of details are longer than their fields hold, by field."""
    faults: dict[str, str] = {}
    for name, limit in lengths.items():
        text = getattr(details, name, "")
        faults |= too_long_text(name, text, limit) if isinstance(text, str) else {}
    return faults


MOST_DIGITS = 9
"""Of a number that a form or an address sends: every column here holds it."""


def small_number(text: str, digits: int = MOST_DIGITS) -> int | None:
    """Return the whole number that a text from a browser is; `None` for anything else, or one too long.

    Zeros in front count as digits, and digits of other scripts are none.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
