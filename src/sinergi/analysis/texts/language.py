"""What the comparison of texts must know about a language."""

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Language(NamedTuple):
    """The words of one language that a comparison passes over, folds together or spells out."""

    stop_words: frozenset[str]
    """Words that carry no matter: pronouns, conjunctions, words of asking."""
    fold: Callable[[str], str]
    """From a lower-case word to its root, or to something that all its forms share."""
    spelled_out: Mapping[str, str]
    """From a lower-case word or phrase to what is read in its place, such as an abbreviation to its
    long form; a phrase may have up to `LONGEST_PHRASE` words."""
    places: frozenset[str] = frozenset()
    """Lower-case names of places, of up to `LONGEST_NAME` words: who asks, not what for. They are passed over
    where each of their words begins with a capital, or behind one of `kinds_of_place`."""
    ordinary: frozenset[str] = frozenset()
    """Those of `places` that are ordinary words, too: passed over behind one of `kinds_of_place` only."""
    kinds_of_place: frozenset[str] = frozenset()
    """Lower-case words that stand before the name of a place, such as city."""
    negations: frozenset[str] = frozenset()
    """Lower-case words that deny the next word of matter."""
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    """Lower-case words of which one side says the contrary of the other."""


LONGEST_PHRASE = 4
"""Most words of a phrase that is read as something else."""

LONGEST_NAME = 5
"""Most words of the name of a place."""


def _as_it_is(word: str) -> str:
    return word


PLAIN = Language(frozenset(), _as_it_is, {})
"""No knowledge of any language: words are compared as they are written."""
