"""Parses what is known about the wording of plan lines: words, labelled pairs and the fitted model."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from sinergi.reference.pack.files import Row, read_rows
from sinergi.reference.pack.issues import Issues, PackError, PackIssue

WORDS_FILE = "matching_words.csv"
ABBREVIATIONS_FILE = "abbreviations.csv"
PAIRS_FILE = "labelled_pairs.csv"
MODEL_FILE = "matching_model.toml"
ORDINARY_FILE = "ordinary_words.csv"

AbbreviationKind = Literal["short", "acronym"]
WordKind = Literal["boilerplate", "connector", "name", "number", "place", "synonym", "unit"]
PairLabel = Literal["same", "part_of", "related", "different", "cannot_tell"]
Split = Literal["train", "held_out"]
WITHOUT_MEANING = ("boilerplate", "connector")

_ABBREVIATION = "word meaning kind expand lines names source provenance note"
_WORD = "word meaning kind lines names source provenance note"
_SIDE = "document id title detail place code year amount agency"
_PAIR = "pair stratum constructed split label label_again sampled population"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form in plan lines and what it stands for."""

    word: str
    """In lower case; several words for what is written with signs between ("s d" for "s/d")."""
    meanings: tuple[str, ...]
    kind: AbbreviationKind
    expand: bool
    """False where the line alone does not tell which meaning is meant: it is then left as it is."""
    lines: int
    """Real budget and procurement lines that hold it."""
    names: int
    """Names of the nomenclature that hold it."""
    source: str
    provenance: str
    note: str


@dataclass(frozen=True, slots=True)
class MatchingWord:
    """A word that is read in a special way when plan lines are compared."""

    word: str
    meaning: str
    """The word that stands for it (synonym), or its kind of place, number, name or unit; empty otherwise."""
    kind: WordKind
    lines: int
    names: int
    source: str
    provenance: str
    note: str


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line of a labelled pair, as it stood in its document."""

    document: str
    """`apbd` (budget), `rup` (procurement plan), or `constructed`: rewritten for the set, not real."""
    id: str
    title: str
    detail: str
    place: str
    code: str
    year: int
    amount: int
    """Rupiah; 0 as the document says or where it says none."""
    agency: str


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two lines and what a person who read both says about them; see `docs/matching.md` for the rules."""

    pair: int
    stratum: str
    """The way in which the pair was found."""
    constructed: bool
    split: Split
    label: PairLabel
    label_again: PairLabel | None
    """At a second reading; only for a random part."""
    sampled: int
    population: int | None
    """Pairs of this stratum in the set and in all; their share is the sampling rate."""
    a: LabelledLine
    b: LabelledLine


@dataclass(frozen=True, slots=True)
class MatchingModel:
    """The coefficients that were fitted on the labelled pairs, and what is known about the fit."""

    intercept: float
    coefficients: dict[str, float]
    about: dict[str, Any]


def parse_abbreviations(folder: Path, issues: Issues) -> tuple[Abbreviation, ...]:
    """Read `abbreviations.csv`."""
    rows = read_rows(folder, ABBREVIATIONS_FILE, tuple(_ABBREVIATION.split()), issues)
    found = tuple(
        Abbreviation(
            _lower(row, "word"),
            row.codes("meaning"),
            cast("AbbreviationKind", row.choice("kind", get_args(AbbreviationKind))),
            row.flag("expand"),
            row.integer("lines", 0),
            row.integer("names", 0),
            row.text("source"),
            row.text("provenance"),
            row.optional("note"),
        )
        for row in rows
    )
    for row, one in zip(rows, found, strict=True):
        if not one.meanings:
            row.wrong("meaning", "empty")
        elif one.expand and len(one.meanings) > 1:
            row.wrong("expand", "expands_to_several", value=one.word)
    _once(rows, ((one.word,) for one in found))
    return found


def parse_matching_words(folder: Path, issues: Issues) -> tuple[MatchingWord, ...]:
    """Read `matching_words.csv`."""
    rows = read_rows(folder, WORDS_FILE, tuple(_WORD.split()), issues)
    found = tuple(
        MatchingWord(
            _lower(row, "word"),
            row.optional("meaning"),
            cast("WordKind", row.choice("kind", get_args(WordKind))),
            row.integer("lines", 0),
            row.integer("names", 0),
            row.text("source"),
            row.text("provenance"),
            row.optional("note"),
        )
        for row in rows
    )
    for row, one in zip(rows, found, strict=True):
        if not one.meaning and one.kind not in WITHOUT_MEANING:
            row.wrong("meaning", "empty")
        if one.kind == "synonym" and one.meaning == one.word:
            row.wrong("meaning", "means_itself", value=one.word)
    _once(rows, ((one.kind, one.word) for one in found))
    return found


def read_labelled_pairs(folder: Path) -> tuple[LabelledPair, ...]:
    """Read `labelled_pairs.csv`.

    Raises
    ------
    PackError
        When the file is missing or wrong.
    """
    issues = Issues()
    sides = tuple(f"{side}_{column}" for side in "ab" for column in _SIDE.split())
    rows = read_rows(folder, PAIRS_FILE, (*_PAIR.split(), *sides), issues)
    found = tuple(map(_pair, rows))
    _once(rows, ((one.pair,) for one in found))
    _apart(rows, found)
    if issues.found:
        raise PackError(folder, tuple(issues.found))
    return found


def read_matching_model(folder: Path) -> MatchingModel:
    """Read `matching_model.toml`.

    Raises
    ------
    PackError
        When the file is missing or is not a model.
    """
    try:
        told = tomllib.loads((folder / MODEL_FILE).read_text(encoding="utf-8"))
        return MatchingModel(
            float(told["intercept"]),
            {str(name): float(value) for name, value in told["coefficients"].items()},
            dict(told["about"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        issue = PackIssue(MODEL_FILE, 0, "", "not_a_model", {"reason": str(error)[:200]})
        raise PackError(folder, (issue,)) from error


def read_ordinary_words(folder: Path) -> dict[str, float]:
    """Read `ordinary_words.csv`: words of the nomenclature, to the share of its names that hold them.

    Raises
    ------
    PackError
        When the file is missing or wrong.
    """
    issues = Issues()
    rows = read_rows(folder, ORDINARY_FILE, ("word", "share"), issues)
    found = {row.text("word"): row.number("share", 0, 1) for row in rows}
    if issues.found:
        raise PackError(folder, tuple(issues.found))
    return found


def _pair(row: Row) -> LabelledPair:
    labels = get_args(PairLabel)
    again = row.choice("label_again", labels, optional=True)
    population = row.maybe_number("population", 1)
    return LabelledPair(
        row.integer("pair", 1),
        row.text("stratum"),
        row.flag("constructed"),
        cast("Split", row.choice("split", get_args(Split))),
        cast("PairLabel", row.choice("label", labels)),
        cast("PairLabel", again) if again else None,
        row.integer("sampled", 1),
        int(population) if population is not None else None,
        _line(row, "a"),
        _line(row, "b"),
    )


def _line(row: Row, side: str) -> LabelledLine:
    return LabelledLine(
        row.choice(f"{side}_document", ("apbd", "rup", "constructed")),
        row.optional(f"{side}_id"),
        row.text(f"{side}_title"),
        row.optional(f"{side}_detail"),
        row.optional(f"{side}_place"),
        row.optional(f"{side}_code"),
        row.integer(f"{side}_year", 2000, 2100),
        row.integer(f"{side}_amount", 0),
        row.text(f"{side}_agency"),
    )


def _apart(rows: list[Row], pairs: Iterable[LabelledPair]) -> None:
    """Note lines that stand in pairs of both splits: what is held out would not be unseen."""
    seen: dict[tuple[str, str], Split] = {}
    for row, pair in zip(rows, pairs, strict=True):
        for side, line in (("a", pair.a), ("b", pair.b)):
            if line.id and seen.setdefault((line.document, line.id), pair.split) != pair.split:
                row.wrong(f"{side}_id", "line_in_both_splits", value=line.id)


def _lower(row: Row, column: str) -> str:
    word = row.text(column)
    if word != word.lower():
        row.wrong(column, "not_lower_case", value=word)
    return word


def _once(rows: list[Row], keys: Iterable[tuple[object, ...]]) -> None:
    seen: set[tuple[object, ...]] = set()
    for row, key in zip(rows, keys, strict=True):
        if key in seen:
            row.wrong("word" if isinstance(key[-1], str) else "pair", "code_twice", value=key[-1])
        seen.add(key)
