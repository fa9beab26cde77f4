"""By what an agreement is known again: in one file, and among those that are here already. Pure functions."""

import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

ALIKE = 90
"""Likeness (token sort ratio of rapidfuzz) from which two titles are one, spelled otherwise."""
PAIRED = 80
"""The same of a memorandum and the agreement that follows it."""
WORDS = re.compile(r"[^a-z0-9]+")
LABEL = re.compile(r"^(?:nomor|no|number)\s*[.:]*\s*", re.IGNORECASE)
SEVERAL = re.compile(
    r"\s*(?:\n|;|,|\bdan\b|\bserta\b)\s*(?:(?:nomor|no)\s*[.:]*\s*)?", re.IGNORECASE
)
PARTED = re.compile(r"[/.\-]")


@dataclass(frozen=True, slots=True)
class Key:
    """What tells an agreement from others: its numbers, its title and its day, in plain writing."""

    numbers: frozenset[str]
    title: str
    day: date | None


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the numbers in a cell, one for each party that gave one.

    Examples
    --------
    >>> numbers_in("Nomor: 119/12/PKS/2023 dan 415.4/07/KB/2023")
    ('119/12/PKS/2023', '415.4/07/KB/2023')
    """
    plain = LABEL.sub("", text.strip())
    parts = [part.strip(" .:") for part in SEVERAL.split(plain)]
    found = [one for one in parts if one]
    if len(found) > 1 and all(PARTED.search(one) and re.search(r"[0-9]", one) for one in found):
        return tuple(dict.fromkeys(found))
    whole = " ".join(plain.split())
    return (whole,) if whole else ()


def plain(text: str) -> str:
    """Return a text without case, marks and spaces, as it is compared."""
    return WORDS.sub("", text.casefold())


def plain_title(text: str) -> str:
    """Return the words of a title, as they are compared."""
    return WORDS.sub(" ", text.casefold()).strip()


def key_of(numbers: tuple[str, ...], title: str, day: date | None) -> Key:
    """Return by what an agreement is known again."""
    kept = frozenset(plain(one) for one in numbers)
    return Key(kept - {""}, plain_title(title), day)


def alike(one: str, other: str, least: float = ALIKE) -> bool:
    """Whether two plain titles are the same one, perhaps spelled otherwise."""
    return one == other or fuzz.token_sort_ratio(one, other) >= least


def same(one: Key, other: Key) -> bool:
    """Whether two keys are of one agreement: a number and the title, or title and day where no number is."""
    if one.numbers and other.numbers:
        return bool(one.numbers & other.numbers) and alike(one.title, other.title)
    return one.title == other.title and one.day is not None and one.day == other.day
