"""From a text to its terms: the roots of the words that carry its matter."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sinergi.analysis.texts.language import LONGEST_NAME, LONGEST_PHRASE, Language

MOST_WORDS = 2_000
"""Words of a text that are read; what follows, such as an annex pasted behind an issue, is not."""

_WORD = re.compile(r"[^\W_]+")
_LONGEST_TEXT = 20 * MOST_WORDS
_LONGEST_WORD = 40


@dataclass
class Term:
    """One root in one text: how often it occurs, and how it was first written there."""

    count: int
    written: str


def terms(text: str, language: Language) -> dict[str, Term]:
    """Return the terms of a text by their roots; empty where no word carries matter.

    Words of any script are read. Numbers, single letters, stop words and names of places are passed over,
    abbreviations are spelled out, and each word is folded to its root.

    Parameters
    ----------
    text
        As it was written; of a long one the first `MOST_WORDS` words are read.
    language
        What is known about the language of the text.
    """
    found: dict[str, Term] = {}
    for word, written in read(text, language):
        if len(word) < 2 or word.isnumeric() or word in language.stop_words:
            continue
        term = found.setdefault(language.fold(word), Term(0, written))
        term.count += 1
    return found


def read(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the words of a text in small letters, abbreviations spelled out, with what stood there.

    Names of places are passed over, numbers and stop words are not.
    """
    return _spelled_out(_written(text), language)


def _written(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_TEXT])
    return [word[:_LONGEST_WORD] for word in _WORD.findall(plain)[:MOST_WORDS]]


def _spelled_out(written: list[str], language: Language) -> Iterator[tuple[str, str]]:
    """Yield lower-case words with what stood in the text in their place, longest phrases first."""
    words = [word.casefold() for word in written]
    at = 0
    while at < len(words):
        named = _place(written, words, at, language)
        if named:
            at += named
            continue
        size, meant = _phrase(words, at, language)
        as_written = " ".join(written[at : at + size])
        for word in meant:
            yield word, as_written
        at += size


def _place(written: list[str], words: list[str], at: int, language: Language) -> int:
    """Return of how many words the name of a place is that begins here; 0 where none does."""
    behind = at > 0 and words[at - 1] in language.kinds_of_place
    if not language.places or not (behind or written[at][0].isupper()):
        return 0
    for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
        name = " ".join(words[at : at + size])
        capitals = name not in language.ordinary and all(
            one[0].isupper() for one in written[at : at + size]
        )
        if name in language.places and (behind or capitals):
            return size
    return 0


def _phrase(words: list[str], at: int, language: Language) -> tuple[int, list[str]]:
    """Return how many words are read together at a place, and what they mean."""
    for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        meant = language.spelled_out.get(" ".join(words[at : at + size]))
        if meant is not None:
            return size, meant.split()
    return 1, [words[at]]
