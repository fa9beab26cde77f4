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


LONGEST_PHRASE = 4
"""Most words of a phrase that is read as something else."""


def _as_it_is(word: str) -> str:
    return word


PLAIN = Language(frozenset(), _as_it_is, {})
"""No knowledge of any language: words are compared as they are written."""
