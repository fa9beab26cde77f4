"""How a proposed wording differs from the present one: sentence by sentence, then word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

SAME, GONE, NEW = "same", "gone", "new"
MOST = 8_000
"""Sentences, or words and signs, of both sides up to which they are compared; more are shown whole. A wording
has at most 6,000 characters, so that it is always compared."""
Piece = tuple[str, str]


@lru_cache(maxsize=256)
def difference(present: str, proposed: str) -> tuple[Piece, ...]:
    """Return the pieces of both wordings in order, each `same`, `gone` or `new`.

    The pieces that are not new make up the present wording, those that are not gone the proposed one. What is
    a passage of its own is found first, so that the time grows with the length and not with its square.
    """
    old, new = _sentences(present), _sentences(proposed)
    if len(old) + len(new) > MOST:
        old, new = [present], [proposed]
    found: list[Piece] = []
    for kind, a, b, c, d in _steps(old, new):
        before, after = "".join(old[a:b]), "".join(new[c:d])
        found += [(SAME, before)] if kind == "equal" else _by_words(before, after)
    return tuple(_joined(found))


def _by_words(before: str, after: str) -> Iterator[Piece]:
    old, new = _words(before), _words(after)
    if len(old) + len(new) > MOST:
        yield from ((GONE, before), (NEW, after))
        return
    for kind, a, b, c, d in _steps(old, new):
        if kind == "equal":
            yield SAME, "".join(old[a:b])
        else:
            yield from ((GONE, "".join(old[a:b])), (NEW, "".join(new[c:d])))


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return how one list becomes the other; what both begin and end with is never compared with the rest."""
    shorter = min(len(old), len(new))
    first = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - first
    last = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    middle = SequenceMatcher(None, old[first : len(old) - last], new[first : len(new) - last])
    steps = [("equal", 0, first, 0, first)]
    steps += [
        (k, a + first, b + first, c + first, d + first) for k, a, b, c, d in middle.get_opcodes()
    ]
    return [*steps, ("equal", len(old) - last, len(old), len(new) - last, len(new))]


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield pieces that say something, neighbours of one kind as one."""
    kind, text = SAME, ""
    for state, part in pieces:
        if part and state != kind:
            if text:
                yield kind, text
            kind, text = state, ""
        text += part
    if text:
        yield kind, text


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^.;\n]*[.;\n]+\s*|[^.;\n]+", text)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
