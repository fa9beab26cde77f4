"""Reads what names a part, a place or a single thing: stages, packages, stations, villages, roads."""

from typing import NamedTuple

import numpy as np

from sinergi.analysis.similarity.dictionary import NUMBER_CODES, PLACE_CODES, Dictionary
from sinergi.analysis.similarity.tokens import Bools, Ints, Stream, distinct
from sinergi.analysis.similarity.words import numbers_of

_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
ROMAN = {numeral: str(1 + place) for place, numeral in enumerate(_NUMERALS.split())}
_SURE_ROMAN = frozenset(ROMAN) - {"i", "v", "x"}
_LETTERS = frozenset("abcdefghj")
_FARTHEST_NAME = 3
_BARE = "#number:"
_MOST_IN_A_ROW = 6
FREQUENT = 0.02
"""A word of more lines than this share is no name, where lines are many."""
MANY_LINES = 2_000
NAMED = "@"
"""Before the kind of a name in `Kinds.names`, since a word may lead both ("ruas 012", "ruas Soreang")."""


class Kinds(NamedTuple):
    """Kinds of marks, numbered: `number` (bare numbers), those of number words, of names."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    """The code of a veto for each kind."""
    numeric: int
    """How many of them, from the front, are numbers."""


class Marks(NamedTuple):
    """Marks of many texts, by rising text."""

    rows: Ints
    kinds: Ints
    values: Ints
    """Number in the vocabulary of the stream they were read with."""


def kinds_of(words: Dictionary) -> Kinds:
    """Return the kinds of marks a dictionary knows."""
    counted = sorted(set(words.number_words.values()) - {"number"})
    named = [kind for kind in sorted(set(words.place_words.values())) if kind in PLACE_CODES]
    single = sorted(set(words.name_words.values()) - set(named))
    codes = ["number_differs"]
    codes += [f"{kind}_differs" if kind in NUMBER_CODES else codes[0] for kind in counted]
    codes += [f"{kind}_differs" for kind in named]
    codes += [f"{kind}_differs" if kind in NUMBER_CODES else "name_differs" for kind in single]
    names = ("number", *counted, *(NAMED + kind for kind in (*named, *single)))
    return Kinds(names, tuple(codes), 1 + len(counted))


def numbers(stream: Stream, words: Dictionary, kinds: Kinds) -> tuple[Stream, Marks]:
    """Return the numbers that name parts, and the stream with each as one word ("#stage:2").

    Years, amounts of work ("3 unit", "m2") and decimals behind units name no part and go. Roman
    numerals and single letters count behind a number word ("Tahap II", "Paket B").
    """
    stream = _with_roman(stream, words)
    kind = _kind_of_numbers(stream, words, kinds)
    digits = np.array([word[0].isdigit() for word in stream.vocabulary], dtype=bool)
    number = digits[stream.words] if len(stream.words) else np.zeros(0, dtype=bool)
    marked = kind >= 0
    spent = _number_words(stream, words, marked)
    first = len(stream.vocabulary)
    key = distinct(kind[marked].astype(np.int64) * max(first, 1) + stream.words[marked])
    texts = [divmod(one, first) for one in key.tolist()]
    names = sorted(texts, key=lambda pair: (kinds.names[pair[0]], stream.vocabulary[pair[1]]))
    new = np.full((len(kinds.names), first), -1, dtype=np.int32)
    for place, (k, w) in enumerate(names):
        new[k, w] = first + place
    renamed = stream.words.copy()
    renamed[marked] = new[kind[marked], stream.words[marked]]
    marks = Marks(stream.rows[marked], kind[marked], stream.words[marked])
    vocabulary = [
        *stream.vocabulary,
        *(f"#{kinds.names[k]}:{stream.vocabulary[w]}" for k, w in names),
    ]
    keep = (marked | ~number) & ~spent
    return Stream(renamed[keep], stream.rows[keep], vocabulary), marks


def named(stream: Stream, words: Dictionary, kinds: Kinds, usual: Bools, frequent: Bools) -> Marks:
    """Return the names behind words of places and single things: "desa SUKAMAJU", "jalan raya CIPATIK".

    Parameters
    ----------
    usual
        Which words of the vocabulary are no names, shape (vocabulary,).
    frequent
        Which of the others are so frequent that they are names only right behind a word of places: a
        district stands in many lines of its regency, shape (vocabulary,).
    """
    lead = _leads(stream, words, kinds)
    stops = numbers_of(
        stream.vocabulary, [*words.place_words, *words.number_words, *words.name_words]
    )
    bare = np.array([word.startswith(_BARE) for word in stream.vocabulary], dtype=bool)
    stops |= np.array([word.startswith("#") for word in stream.vocabulary], dtype=bool) & ~bare
    usual = usual | bare | np.array([len(word) < 3 for word in stream.vocabulary], dtype=bool)
    places = numbers_of(stream.vocabulary, words.place_words)
    starts = np.flatnonzero(lead >= 0)
    found_at, found = [], []
    open_ = starts
    for step in range(1, _FARTHEST_NAME + 1):
        inside = open_[open_ + step < len(stream.words)]
        inside = inside[stream.rows[inside + step] == stream.rows[inside]]
        word = stream.words[inside + step]
        inside, word = inside[~stops[word]], word[~stops[word]]
        is_name = ~usual[word] & (~frequent[word] | ((step == 1) & places[stream.words[inside]]))
        found_at.append(inside[is_name])
        found.append(word[is_name])
        further_at, further = _further(stream, inside[is_name] + step, stops | usual)
        found_at.append(inside[is_name][further_at])
        found.append(further)
        open_ = inside[~is_name]
    at, value = np.concatenate(found_at), np.concatenate(found)
    order = np.argsort(at, kind="stable")
    at, value = at[order], value[order]
    return Marks(stream.rows[at], lead[at], value.astype(np.int32))


def _further(stream: Stream, last: np.ndarray, not_names: Bools) -> tuple[np.ndarray, Ints]:
    """Return which names have a second word ("Sukamaju BARAT", "Soreang - BANJARAN"), and these words.

    A word with one vowel or none is rather a short form of what follows the name.
    """
    second = stream.next_to(1)[last] if len(last) else np.zeros(0, dtype=np.int32)
    vowels = np.array([sum(map(word.count, "aiueo")) for word in stream.vocabulary])
    good = (second >= 0) & ~not_names[second] & (vowels[second] > 1)
    return np.flatnonzero(good), second[good]


def _leads(stream: Stream, words: Dictionary, kinds: Kinds) -> Ints:
    """Return the kind of name behind each word, -1 for none; of several words the last leads, (words,)."""
    number = {name: place for place, name in enumerate(kinds.names)}
    known = {word: place for place, word in enumerate(stream.vocabulary)}
    single = np.full(len(stream.vocabulary), -1, dtype=np.int32)
    longer: list[tuple[list[int], int]] = []
    for told in (words.name_words, words.place_words):
        for lead, kind in told.items():
            parts = [known.get(word, -1) for word in lead.split()]
            if NAMED + kind not in number or -1 in parts:
                continue
            if len(parts) == 1:
                single[parts[0]] = number[NAMED + kind]
            else:
                longer.append((parts, number[NAMED + kind]))
    found = single[stream.words] if len(stream.words) else np.zeros(0, dtype=np.int32)
    for parts, kind_of in sorted(longer, key=lambda lead: len(lead[0])):
        at = np.flatnonzero(stream.words == parts[-1])
        for step, part in enumerate(reversed(parts[:-1]), start=1):
            at = at[stream.next_to(-step)[at] == part]
        found[at] = kind_of
    return found


def _with_roman(stream: Stream, words: Dictionary) -> Stream:
    """Return a stream whose Roman numerals are numbers.

    Single letters are where they stand behind a number word or end a name ("Melati I", not "I. Nasution").
    """
    vocabulary = list(stream.vocabulary)
    number = {word: place for place, word in enumerate(vocabulary)}
    for word in [word for word in ROMAN if word in number]:
        if ROMAN[word] not in number:
            number[ROMAN[word]] = len(vocabulary)
            vocabulary.append(ROMAN[word])
    to = np.array([number.get(ROMAN.get(word, ""), -1) for word in stream.vocabulary])
    sure = numbers_of(stream.vocabulary, _SURE_ROMAN)
    places = np.flatnonzero(to[stream.words] >= 0) if len(stream.words) else np.zeros(0, int)
    leads = numbers_of(stream.vocabulary, [*words.number_words, *words.connectors])
    ends = leads | numbers_of(stream.vocabulary, [*words.place_words, *words.name_words])
    long = np.array([len(word) > 2 and word.isalpha() for word in stream.vocabulary], dtype=bool)
    before, after = stream.next_to(-1)[places], stream.next_to(1)[places]
    behind = (before >= 0) & leads[before]
    last = (before >= 0) & long[before] & ((after < 0) | ends[after])
    change = places[sure[stream.words[places]] | behind | last]
    changed = stream.words.copy()
    changed[change] = to[stream.words[change]]
    return Stream(changed, stream.rows, vocabulary)


def _kind_of_numbers(stream: Stream, words: Dictionary, kinds: Kinds) -> Ints:
    """Return the kind of each word that is a number naming a part, else -1; shape (words,)."""
    vocabulary, count = stream.vocabulary, len(stream.words)
    if not count:
        return np.zeros(0, dtype=np.int32)
    number = {name: place for place, name in enumerate(kinds.names)}
    lead_of = {w: number[k] for w, k in words.number_words.items()}
    lead = np.array([lead_of.get(word, -1) for word in vocabulary], dtype=np.int32)
    digits = np.array([word[0].isdigit() for word in vocabulary], dtype=bool)
    letter = numbers_of(vocabulary, _LETTERS)
    joins = numbers_of(vocabulary, words.connectors)
    units = numbers_of(vocabulary, words.unit_words)
    may = digits[stream.words]
    open_ = may | joins[stream.words] | letter[stream.words]
    before, after = stream.next_to(-1), stream.next_to(1)
    behind = np.where(before >= 0, lead[before], -1)
    state = np.where(open_, behind, -1)
    direct = state >= 0
    counts = (after >= 0) & units[after] & ~direct
    at = np.flatnonzero(open_ & (before >= 0) & ~counts)
    for _ in range(_MOST_IN_A_ROW):
        at = at[state[at] < 0]
        state[at] = state[at - 1]
    kind = np.where(may | (letter[stream.words] & direct), state, -1)
    bare = may & (state < 0) & ~counts & _names_a_part(vocabulary)[stream.words]
    is_metres = (before >= 0) & numbers_of(vocabulary, ["m"])[before]
    kind = np.where(bare & ~is_metres, 0, kind)
    years = _years(vocabulary)[stream.words]
    station = number.get("station", -1)
    return np.where(years & (kind != station), -1, kind).astype(np.int32)


def _number_words(stream: Stream, words: Dictionary, marked: Bools) -> Bools:
    """Return the words that only lead a number, shape (words,): what they say is in its mark."""
    if not len(stream.words):
        return np.zeros(0, dtype=bool)
    leads = numbers_of(stream.vocabulary, words.number_words)[stream.words]
    follows = np.concatenate([marked[1:], [False]]) & (stream.next_to(1) >= 0)
    return leads & follows


def _years(vocabulary: list[str]) -> Bools:
    return np.array(
        [len(word) == 4 and word.isdigit() and "1990" <= word <= "2099" for word in vocabulary],
        dtype=bool,
    )


def _names_a_part(vocabulary: list[str]) -> Bools:
    """Return which numbers may name a part without a word before them: small whole ones and codes."""
    return np.array(
        [
            word[0].isdigit() and ("." in word or len(word) <= 3) and len(word) <= 6
            for word in vocabulary
        ],
        dtype=bool,
    )
