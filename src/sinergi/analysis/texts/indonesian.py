"""Indonesian: how the affixes of a word fold to what its forms share."""

import re
from functools import lru_cache

from sinergi.analysis.texts.indonesian_words import (
    DROPPED_K,
    NEGATIONS,
    OPPOSITES,
    ORDINARY_NAMES,
    SAME_ROOT,
    SPELLED_OUT,
    STOP_WORDS,
    WHOLE,
)
from sinergi.analysis.texts.language import Language

_PARTICLE = re.compile(r"(?:lah|kah|pun|nya)$")
_NASAL = (("meny", "s"), ("peny", "s"), ("mem", "p"), ("pem", "p"), ("men", "t"), ("pen", "t"))
_PLAIN_PREFIX = re.compile(
    r"^(?:memper|member|diper|keber|pember|pemer|menge|penge|ber|ter|per|di|ke|se|me|pe)"
)
_SHORTEST = 4


@lru_cache(maxsize=2**16)
def fold(word: str) -> str:
    """Return what the forms of an Indonesian word share: light folding of affixes, without a dictionary.

    Takes off one particle, one suffix and one prefix, undoes the nasal of me- and pe- (`menyusun`,
    `susun`), and leaves alone whatever would be shorter than four letters or whose affix is its meaning
    (`WHOLE`).
    The rules are those of confix-stripping without its dictionary of roots.

    References
    ----------
    Asian, J. (2007). Effective Techniques for Indonesian Text Retrieval. PhD thesis, RMIT University, ch. 4.
    """
    word = SAME_ROOT.get(word, word)
    bare = _PARTICLE.sub("", word) if len(word) > 6 else word
    for whole in (word, bare):
        if whole in WHOLE or whole in DROPPED_K:
            return whole
    stem = _without_prefix(_without_suffix(bare))
    return stem if len(stem) >= _SHORTEST else bare


def _without_suffix(word: str) -> str:
    verb = word.startswith(("me", "di", "ber", "ter"))
    if word.endswith("kan") and len(word) > 6 and (verb or word[-4] not in "aiueo"):
        return word[:-3]
    if word.endswith("an") and len(word) > 6:
        return word[:-2]
    if verb and word.endswith("i") and word[-2] not in "aiueos" and len(word) > 6:
        return word[:-1]
    return word


def _without_prefix(word: str) -> str:
    if word.startswith(("meng", "peng")):
        rest = word[4:]
        return "k" + rest if "k" + rest in DROPPED_K else _if_long(rest, word)
    for prefix, lost in _NASAL:
        if word.startswith(prefix) and len(word) > len(prefix):
            rest = word[len(prefix) :]
            return _if_long(lost + rest if rest[0] in "aiueo" else rest, word)
    found = _PLAIN_PREFIX.match(word)
    return _if_long(word[found.end() :], word) if found else word


def _if_long(stem: str, word: str) -> str:
    return stem if len(stem) >= _SHORTEST else word


INDONESIAN = Language(
    STOP_WORDS,
    fold,
    SPELLED_OUT,
    ordinary=ORDINARY_NAMES,
    negations=NEGATIONS,
    opposites=OPPOSITES,
)
"""The Indonesian of official texts."""
