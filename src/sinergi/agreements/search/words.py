"""Words of Indonesian texts as search knows them: plain, and with prefixes and suffixes taken off, lightly.

A word gives itself and what it may be formed from; two words meet when they have one of these in common. What
would be left too short is not taken off, so that "pengadaan" is not "ada"; names of offices stay whole.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"[a-z0-9]+")
LEAST = 4
LONGEST = 40
WRITTEN, FORMED, NAMED, PARTY = "e", "s", "n", "p"
"""Before a word: as it is written, what it may be formed from, of title, number or object, of a party."""
MOST_BYTES = 800_000
"""Of the words of an agreement: PostgreSQL keeps a mebibyte."""
WHOLE = frozenset(
    {"pemerintah", "perintah", "menteri", "selatan", "berita", "terminal", "pertama", "direktur"}
)
PREFIXES = (
    *(("meng", "k"), ("peng", "k"), ("meny", "s"), ("peny", "s"), ("mem", "p"), ("pem", "p")),
    *(("men", "t"), ("pen", "t"), ("per", ""), ("ber", ""), ("ter", ""), ("me", ""), ("pe", "")),
    ("di", ""),
)
SUFFIXES = ("nya", "kan", "an")
VOWELS = frozenset("aiueo")
ACTIVE = ("me", "di")


def plain(text: str) -> str:
    """Return text in small letters without accents; "kerjasama" is two words."""
    parts = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(c for c in parts if not unicodedata.combining(c))
    return kept.replace("kerjasama", "kerja sama")


def words(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return [one[:LONGEST] for one in WORD.findall(plain(text))]


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """Return a word and what it may be formed from."""
    if word in WHOLE or len(word) <= LEAST or not word.isalpha():
        return frozenset({word})
    found = {word, *_ends(word)}
    found |= {stem for one in tuple(found) for stem in _beginnings(one)}
    if word.startswith("ke") and word.endswith("an") and len(word) - LEAST >= LEAST:
        found.add(word[2:-2])
    if word.startswith(ACTIVE) and word.endswith("i"):
        found |= _beginnings(word[:-1])
    return frozenset(found)


def _ends(word: str) -> set[str]:
    return {
        word.removesuffix(one)
        for one in SUFFIXES
        if word.endswith(one) and len(word) - len(one) >= LEAST
    }


def _beginnings(word: str) -> set[str]:
    found = set()
    for prefix, lost in PREFIXES:
        rest = word.removeprefix(prefix)
        if rest == word:
            continue
        if len(rest) >= LEAST:
            found.add(rest)
        if lost and rest[:1] in VOWELS and len(rest) + 1 > LEAST:
            found.add(lost + rest)
    return found


def stems_of(found: list[str]) -> str:
    """Return all that words may be formed from, each once, as the index keeps it."""
    return " ".join(sorted({stem for one in set(found) for stem in stems(one)}))


def marked(
    written: Iterable[str], formed: Iterable[str], named: Iterable[str], parties: Iterable[str] = ()
) -> str:
    """Return the words of a whole agreement, each once, marked by what they are; those of names first."""
    found = [f"{PARTY}{one}" for one in sorted(set(parties))]
    first = sorted({*named, *parties})
    found += [f"{mark}{one}" for mark in (NAMED, WRITTEN, FORMED) for one in first]
    found += [f"{WRITTEN}{one}" for one in sorted(set(written) - set(first))]
    found += [f"{FORMED}{one}" for one in sorted(set(formed) - set(first))]
    room = MOST_BYTES
    for place, one in enumerate(found):
        room -= len(one) + 8
        if room < 0:
            return " ".join(found[:place])
    return " ".join(found)
