"""How long the body of a request says it is, and which views judge that themselves."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

LONGEST = 18
"""Digits of a length; more is no length of anything."""
MARK = "judges_length"
View = TypeVar("View", bound=Callable[..., object])


def declared_length(request: HttpRequest) -> int | None:
    """Return how many bytes a request says it sends: 0 when it does not say, `None` for no number."""
    text = str(request.META.get("CONTENT_LENGTH") or "0")
    number = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if number else None


def judges_length(view: View) -> View:
    """Mark a view that refuses bodies that are too long by itself, unread, in words of its own."""
    setattr(view, MARK, True)
    return view


def is_judge(view: Callable[..., object]) -> bool:
    """Whether a view refuses bodies that are too long by itself."""
    return bool(getattr(view, MARK, False))
