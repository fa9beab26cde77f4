"""What two texts that seem alike plainly differ in: negations, opposites and numbers, as words to look at.

Nothing is understood here: a mark says where to read, not what is meant, and texts without one may differ.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from sinergi.analysis.texts.indonesian import INDONESIAN
from sinergi.analysis.texts.language import Language
from sinergi.analysis.texts.words import read

MOST_MARKS = 3
"""Marks that are told of two texts, and of a theme."""

ALL_PAIRS = 60
"""Texts up to which each is compared with each; more with their middle only."""

REACH = 3
"""Words behind a negation among which the one is that it denies."""

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_DIGITS = {"X": 10, "V": 5, "I": 1}


class Mark(NamedTuple):
    """What one text says, and what the other says in its place, as they wrote it."""

    first: str
    second: str


class Signs(NamedTuple):
    """What of a text can differ plainly from another."""

    denied: dict[str, tuple[str, str]]
    """Root of a word behind a negation to the negation in small letters and both as they were written."""
    said: dict[str, str]
    """Root of each word of matter that stands without a negation, as it was written."""
    stands: dict[tuple[int, int], tuple[str, str]]
    """Pair and side of `Language.opposites` to the word in small letters and as it was written."""
    numbers: dict[str, dict[int, str]]
    """Root of a word before a number to the numbers, with both as they were written."""


def signs(text: str, language: Language = INDONESIAN) -> Signs:
    """Return what of a text can differ plainly from another."""
    words = list(read(text, language))
    found = Signs({}, {}, {}, {})
    denied_at: set[int] = set()
    for at, (word, written) in enumerate(words):
        if word in language.negations:
            for next_at in _denied(words, at, language):
                denied_at.add(next_at)
                told = " ".join(dict.fromkeys(one for _word, one in words[at : next_at + 1]))
                found.denied.setdefault(language.fold(words[next_at][0]), (word, told))
        number = _number(written)
        if number is not None and at and _number(words[at - 1][1]) is None:
            before, as_written = words[at - 1]
            told = f"{as_written} {written}"
            found.numbers.setdefault(language.fold(before), {}).setdefault(number, told)
        for place, sides in enumerate(language.opposites):
            for side, forms in enumerate(sides):
                if word in forms:
                    found.stands.setdefault((place, side), (word, written))
    for at, (word, written) in enumerate(words):
        if at not in denied_at and word not in language.stop_words:
            found.said.setdefault(language.fold(word), written)
    return found


def differences(first: Signs, second: Signs) -> tuple[Mark, ...]:
    """Return what two texts plainly differ in, at most `MOST_MARKS`; nothing where that cannot be told."""
    marks = [*_opposed(first, second), *_denials(first, second), *_numbered(first, second)]
    return tuple(marks[:MOST_MARKS])


def differences_within(
    texts: Sequence[str], middle: int, language: Language = INDONESIAN
) -> tuple[Mark, ...]:
    """Return what some texts plainly differ in among each other, at most `MOST_MARKS`, each once.

    Parameters
    ----------
    middle
        Which of them is most like the others.
    """
    read_once = [signs(text, language) for text in texts]
    pairs = (
        combinations(read_once, 2)
        if len(texts) <= ALL_PAIRS
        else ((read_once[middle], one) for one in read_once)
    )
    found: dict[frozenset[str], Mark] = {}
    for first, second in pairs:
        for mark in differences(first, second):
            found.setdefault(frozenset(part.casefold() for part in mark), mark)
        if len(found) >= MOST_MARKS:
            break
    return tuple(found.values())[:MOST_MARKS]


def _denied(words: list[tuple[str, str]], at: int, language: Language) -> Iterator[int]:
    """Yield where the word is that a negation denies: the next one of matter, if near."""
    for place in range(at + 1, min(at + 1 + REACH, len(words))):
        if words[place][0] in language.negations:
            return
        if words[place][0] not in language.stop_words:
            yield place
            return


def _opposed(first: Signs, second: Signs) -> Iterator[Mark]:
    for (place, side), (_word, written) in first.stands.items():
        other = (place, 1 - side)
        if other not in first.stands and (place, side) not in second.stands:
            there = second.stands.get(other)
            if there is not None:
                yield Mark(written, there[1])


def _denials(first: Signs, second: Signs) -> Iterator[Mark]:
    for one, other, turned in ((first, second, False), (second, first, True)):
        opposed = {one.stands[key][0] for key in one.stands if (key[0], 1 - key[1]) in other.stands}
        for root, (negation, told) in one.denied.items():
            plain = other.said.get(root)
            if plain is not None and root not in other.denied and negation not in opposed:
                yield Mark(plain, told) if turned else Mark(told, plain)


def _numbered(first: Signs, second: Signs) -> Iterator[Mark]:
    for root in first.numbers.keys() & second.numbers.keys():
        mine, theirs = first.numbers[root], second.numbers[root]
        if not mine.keys() & theirs.keys():
            yield Mark(next(iter(mine.values())), next(iter(theirs.values())))


def _number(written: str) -> int | None:
    """Return what a word counts, in digits or in Roman capitals."""
    if written.isdecimal() and len(written) < 10:
        return int(written)
    if written and len(written) < 6 and _ROMAN.fullmatch(written):
        values = [_DIGITS[sign] for sign in written]
        following = [*values[1:], 0]
        return sum(v if v >= after else -v for v, after in zip(values, following, strict=True))
    return None
