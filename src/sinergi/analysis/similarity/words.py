"""Spells texts out by a dictionary: abbreviations and synonyms are one word, boilerplate is gone."""

from collections.abc import Iterable, Mapping

import numpy as np

from sinergi.analysis.similarity.dictionary import Dictionary
from sinergi.analysis.similarity.tokens import Stream, plain_number, tokens_of

Phrases = list[tuple[tuple[str, ...], tuple[str, ...]]]


def spelled_out(stream: Stream, words: Dictionary) -> Stream:
    """Return texts with abbreviations spelled out and one word for each meaning.

    Boilerplate words stay (numbers are read beside them); boilerplate phrases go.
    """
    full = _rewritten(stream, words.abbreviations, number=True)
    phrases = {stop: "" for stop in words.stop_words if " " in stop}
    return _rewritten(full, {**words.synonyms, **phrases}, number=False)


def _rewritten(stream: Stream, rules: Mapping[str, str], *, number: bool) -> Stream:
    """Return a stream in which words and phrases stand for others, numbered in order of the alphabet."""
    said = sorted(rules)
    cut_up = tokens_of([*said, *(rules[key] for key in said)])
    keys = [rule for rule in zip(cut_up[: len(said)], cut_up[len(said) :], strict=True) if rule[0]]
    single = {key[0]: value for key, value in keys if len(key) == 1}
    longer = sorted((rule for rule in keys if len(rule[0]) > 1), key=lambda r: (-len(r[0]), r[0]))
    read = plain_number if number else str
    meanings: list[tuple[str, ...]] = [single.get(w) or (read(w),) for w in stream.vocabulary]
    marked, extra = _phrases(stream, longer)
    meanings += [*extra, ()]
    return _expanded(Stream(marked, stream.rows, stream.vocabulary), meanings)


def _phrases(stream: Stream, rules: Phrases) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """Return words with the first of each phrase numbered behind the vocabulary, its others as nothing."""
    number = {word: place for place, word in enumerate(stream.vocabulary)}
    known = [
        ([number[part] for part in key], value) for key, value in rules if set(key) <= set(number)
    ]
    words = stream.words.copy()
    if not known:
        return words, []
    nothing = len(stream.vocabulary) + len(known)
    starts = np.flatnonzero(np.isin(words, np.array([key[0] for key, _ in known])))
    for place, (key, _) in enumerate(known):
        found = starts[starts + len(key) <= len(words)]
        for step, part in enumerate(key):
            found = found[words[found + step] == part]
            found = found[stream.rows[found + step] == stream.rows[found]]
        if len(set(key)) < len(key):
            found = _apart(found, len(key))
        for step in range(1, len(key)):
            words[found + step] = nothing
        words[found] = len(stream.vocabulary) + place
    return words, [value for _, value in known]


def _apart(places: np.ndarray, length: int) -> np.ndarray:
    """Return rising places without those that overlap the one kept before."""
    kept: list[int] = []
    for place in places.tolist():
        if not kept or place >= kept[-1] + length:
            kept.append(place)
    return np.array(kept, dtype=places.dtype)


def _expanded(stream: Stream, meanings: list[tuple[str, ...]]) -> Stream:
    vocabulary = sorted(set().union(*meanings)) if meanings else []
    number = {word: place for place, word in enumerate(vocabulary)}
    sizes = np.array([len(meaning) for meaning in meanings], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    flat = np.array([number[word] for meaning in meanings for word in meaning], dtype=np.int32)
    if not len(stream.words):
        return Stream(stream.words, stream.rows, vocabulary)
    if (sizes == 1).all():
        return Stream(flat[stream.words], stream.rows, vocabulary)
    lengths = sizes[stream.words]
    within = spans(starts[stream.words], lengths)
    return Stream(flat[within], np.repeat(stream.rows, lengths), vocabulary)


def spans(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return all places of spans behind each other: `starts[i], …, starts[i] + lengths[i] - 1`."""
    if not lengths.sum():
        return np.zeros(0, dtype=np.int64)
    offset = starts - np.concatenate([[0], np.cumsum(lengths)[:-1]])
    return np.repeat(offset, lengths) + np.arange(lengths.sum())


def numbers_of(vocabulary: list[str], known: Iterable[str]) -> np.ndarray:
    """Return which words of a vocabulary are among some words, shape (vocabulary,)."""
    asked = frozenset(known)
    return np.array([word in asked for word in vocabulary], dtype=bool)
