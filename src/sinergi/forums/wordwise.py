"""What differs between two texts, word by word, and between two lists of lines. Pure functions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\S+\s*")
MOST_WORDS = 1500
"""Longer texts are shown whole, before and after: to match their words would take too long."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: `same` in both, `gone` from the earlier, or `new` in the later."""

    state: str
    text: str


def marked(before: str, after: str) -> list[Piece]:
    """Return the pieces of two texts in order.

    Put together, `same` and `gone` are the earlier text, `same` and `new` the later; but for spaces.
    """
    if before == after:
        return [Piece("same", before)] if before else []
    old, new = WORD.findall(before.lstrip()), WORD.findall(after.lstrip())
    if max(len(old), len(new)) > MOST_WORDS:
        return _pieces(("gone", before), ("new", after))
    # The last word of a text has no space behind it: words are compared without it.
    had, has = ([word.rstrip() for word in words] for words in (old, new))
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, had, has, autojunk=False).get_opcodes():
        if kind == "equal":
            found += _pieces(("same", "".join(new[c:d])))
        else:
            found += _pieces(("gone", "".join(old[a:b])), ("new", "".join(new[c:d])))
    return found


def _pieces(*parts: tuple[str, str]) -> list[Piece]:
    return [Piece(state, text) for state, text in parts if text]


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that differs; empty `before` is a line more, empty `after` a line less."""

    number: int
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """The line with its words marked."""
        return marked(self.before, self.after)


def line_changes(before: Sequence[str], after: Sequence[str]) -> list[LineChange]:
    """Return which lines differ; `number` counts from one in the later, where it stands or would stand."""
    found: list[LineChange] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(b - a, d - c)):
            was = before[a + place] if a + place < b else ""
            now = after[c + place] if c + place < d else ""
            found.append(LineChange(min(c + place, d) + 1, was, now))
    return found
