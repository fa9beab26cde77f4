"""Small texts that pages and documents of minutes share."""

from collections.abc import Sequence
from typing import TypeVar

from sinergi.forums.models import Forum

Item = TypeVar("Item")


def type_name(code: str) -> str:
    """Return what kind of meeting it was."""
    return str(Forum.Type(code).label) if code in Forum.Type.values else code


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that are not empty."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def pairs(items: Sequence[Item]) -> list[list[Item]]:
    """Return items two by two, as two columns show them; the last may stand alone."""
    return [list(items[place : place + 2]) for place in range(0, len(items), 2)]
