"""Cuts texts into words and numbers: case, accents, punctuation and glued numbers are gone."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

_PLAIN = r"[a-z]+|[0-9]+(?:[.,][0-9]+)*"
_WIDE = r"\p{L}+|[0-9]+(?:[.,][0-9]+)*"
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


class Stream(NamedTuple):
    """The words of many texts behind each other."""

    words: Ints
    """Number of each word in `vocabulary`, (words,)."""
    rows: Ints
    """Which text each word stands in, rising, (words,)."""
    vocabulary: list[str]

    def next_to(self, step: int) -> Ints:
        """Return the word `step` places on (or back) in the same text, -1 where there is none."""
        beside = np.full_like(self.words, -1)
        if abs(step) >= len(self.words):
            return beside
        here = slice(None, -step) if step > 0 else slice(-step, None)
        there = slice(step, None) if step > 0 else slice(None, step)
        same = self.rows[here] == self.rows[there]
        beside[here] = np.where(same, self.words[there], -1)
        return beside

    def kept(self, keep: Bools) -> "Stream":
        """Return only some of the words."""
        return Stream(self.words[keep], self.rows[keep], self.vocabulary)


def tokens(text: str) -> list[str]:
    """Return the words and numbers of one text, numbers without leading zeros."""
    return list(tokens_of([text])[0])


def tokens_of(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the words and numbers of each of some texts; at once, since each call costs the same."""
    stream = cut(pl.Series(texts, dtype=pl.String))
    plain = [plain_number(word) for word in stream.vocabulary]
    ends = np.searchsorted(stream.rows, np.arange(len(texts) + 1)).tolist()
    words = [plain[word] for word in stream.words.tolist()]
    return [tuple(words[low:high]) for low, high in itertools.pairwise(ends)]


def cut(texts: pl.Series) -> Stream:
    """Return the words and numbers of texts as they stand, in lower case.

    Stationing ("0+500") becomes metres, "RT03/RW.07" becomes four words, "danPengujian" two, "Ma'arif" one.
    """
    lists = _lists(_folded(texts))
    lengths = lists.list.len().to_numpy()
    flat = lists.filter(pl.Series(lengths > 0)).explode()
    vocabulary = flat.unique().sort()
    words = flat.cast(pl.Enum(vocabulary)).to_physical().cast(pl.Int32).to_numpy()
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    return Stream(words, rows, vocabulary.to_list())


def plain_number(word: str) -> str:
    """Return a number as it is compared: without leading zeros and separators of thousands."""
    if not word[:1].isdigit():
        return word
    if _THOUSANDS.fullmatch(word):
        word = re.sub("[.,]", "", word)
    whole, dot, part = word.replace(",", ".").partition(".")
    return (whole.lstrip("0") or "0") + dot + part


def _folded(texts: pl.Series) -> pl.Series:
    texts = texts.cast(pl.String).fill_null("")
    wide = texts.str.len_bytes() != texts.str.len_chars()
    texts = _where(texts, wide, lambda some: some.map_elements(_ascii, return_dtype=pl.String))
    glued = texts.str.contains("[a-z][A-Z][a-z]")
    texts = _where(
        texts, glued, lambda some: some.str.replace_all("([a-z])([A-Z][a-z])", "${1} ${2}")
    )
    texts = texts.str.to_lowercase()
    quoted = texts.str.contains(r"['`’]")
    texts = _where(texts, quoted, lambda some: some.str.replace_all(r"['`’]", ""))
    stationed = texts.str.contains("+", literal=True)
    return _where(
        texts,
        stationed,
        lambda some: some.str.replace_all(r"(\d)\s*\+\s*(\d{3})\b", "${1}${2}"),
    )


def _ascii(text: str) -> str:
    """Return a text without accents, superscripts and other ways to write the same letters."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _where(
    texts: pl.Series, mask: pl.Series, change: Callable[[pl.Series], pl.Series]
) -> pl.Series:
    """Return texts with some of them changed; costs only what has to change."""
    places = mask.arg_true()
    return texts.scatter(places, change(texts.gather(places))) if len(places) else texts


def _lists(texts: pl.Series) -> pl.Series:
    wide = texts.str.len_bytes() != texts.str.len_chars()
    plain = texts.filter(~wide).str.extract_all(_PLAIN)
    if not wide.any():
        return plain
    both = pl.concat([plain, texts.filter(wide).str.extract_all(_WIDE)])
    order = pl.concat([(~wide).arg_true(), wide.arg_true()]).arg_sort()
    return both.gather(order)


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the different values, sorted; several times as fast as `numpy.unique` on many."""
    ordered = np.sort(values)
    fresh = np.ones(len(ordered), dtype=bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]
