"""Plan lines as arrays that pairs are compared with, whatever the order in which they came."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sinergi.analysis.errors import InputError
from sinergi.analysis.similarity.agencies import Agencies, agencies_of
from sinergi.analysis.similarity.dictionary import Dictionary
from sinergi.analysis.similarity.marks import FREQUENT, MANY_LINES, Kinds, Marks, kinds_of
from sinergi.analysis.similarity.marks import named as read_names
from sinergi.analysis.similarity.marks import numbers as read_numbers
from sinergi.analysis.similarity.roots import corrected
from sinergi.analysis.similarity.spelling import Spelling, spelling_of
from sinergi.analysis.similarity.tokens import Ints, Stream, cut, distinct
from sinergi.analysis.similarity.words import numbers_of, spelled_out

Floats = NDArray[np.float32]

COLUMNS = {
    "id": pl.Int64,
    "plan": pl.Int32,
    "code": pl.String,
    "title": pl.String,
    "place": pl.String,
    "region": pl.String,
    "lat": pl.Float64,
    "lon": pl.Float64,
    "first_year": pl.Int16,
    "last_year": pl.Int16,
    "amount": pl.Int64,
}
AGENCY = "agency"
"""A further column that lines may have: who does it, "" unknown."""

MOST_TITLE_WORDS = 20
MOST_PLACE_WORDS = 8
MOST_MARKS = 6
PRIOR_LINES = 5_000
"""Lines as which `Dictionary.ordinary` counts, so that a word weighs much the same among few and many."""
LEAST_WEIGHT, STOP_WEIGHT, MOST_WEIGHT, MOST_NUMBER_WEIGHT = 0.5, 0.1, 9.0, 3.0


class Lines(NamedTuple):
    """Lines by rising id; texts are kept once."""

    id: NDArray[np.int64]
    plan: Ints
    title: Ints
    """Row of `titles`, (lines,)."""
    place: Ints
    """Row of `places`, (lines,)."""
    titles: Ints
    """Words of each different title, the weightiest first, -1 behind them, (titles, MOST_TITLE_WORDS)."""
    places: Ints
    """The same for places, (places, MOST_PLACE_WORDS)."""
    title_marks: Ints
    """Kind and value of marks of each title, -1 behind them, (titles, MOST_MARKS, 2)."""
    place_marks: Ints
    region: Ints
    """Region and the one it lies in as numbers, -1 unknown, (lines, 2)."""
    point: Floats
    """Latitude and longitude in degrees, NaN unknown, (lines, 2)."""
    years: NDArray[np.int16]
    """First and last, 0 unknown, (lines, 2)."""
    code: Ints
    """Row of `codes`, (lines,)."""
    codes: Ints
    """Segments of each different code, -1 behind them, (codes, most)."""
    amount: NDArray[np.int64]
    agencies: Agencies
    alone: Floats
    """Plans that hold a line of the same title, place and region, per such line, in (0, 1]."""
    vocabulary: list[str]
    weight: Floats
    """What each word weighs, (vocabulary,)."""
    plain: NDArray[np.bool_]
    """Words that may be shortened: ordinary or frequent ones, (vocabulary,)."""
    frequency: NDArray[np.int64]
    """Lines that hold each word, (vocabulary,)."""
    initial: Ints
    """First letter of each word, -1 for numbers and marks, (vocabulary,)."""
    spelling: Spelling
    metres: NDArray[np.float64]
    """What each word is as a number, NaN for words, (vocabulary,)."""
    kinds: Kinds


def prepare(lines: pl.DataFrame, words: Dictionary) -> Lines:
    """Return lines as arrays.

    Raises
    ------
    InputError
        When a column is missing or an id stands twice.
    """
    lines = _checked(lines)
    texts = pl.concat([lines["title"], lines["place"]]).unique().sort()
    number = pl.Enum(texts)
    title = lines["title"].cast(number).to_physical().to_numpy().astype(np.int32)
    place = lines["place"].cast(number).to_physical().to_numpy().astype(np.int32)
    kinds = kinds_of(words)
    stream, number_marks = read_numbers(
        corrected(spelled_out(cut(texts), words), words.known()), words, kinds
    )
    if not stream.vocabulary:
        stream = stream._replace(vocabulary=["#"])
    uses = np.bincount(title, minlength=len(texts)) + np.bincount(place, minlength=len(texts))
    frequency, weight, plain = _weights(stream, words, uses, len(lines))
    stop = numbers_of(stream.vocabulary, words.stop_words | words.connectors)
    ordinary = numbers_of(stream.vocabulary, words.ordinary)
    name_marks = read_names(stream, words, kinds, ordinary | stop, plain)
    at_title, titles = _used(title, len(texts))
    at_place, places = _used(place, len(texts))
    marks = _marks([number_marks, name_marks], len(texts), len(stream.vocabulary))
    region = _regions(lines["region"])
    code, codes = _codes(lines["code"])
    return Lines(
        lines["id"].to_numpy(),
        lines["plan"].to_numpy(),
        titles,
        places,
        _matrix(stream, weight, len(texts), MOST_TITLE_WORDS, at_title),
        _matrix(stream, weight, len(texts), MOST_PLACE_WORDS, at_place),
        marks[at_title],
        _place_marks(marks[at_place], kinds),
        region,
        np.stack([lines["lat"].to_numpy(), lines["lon"].to_numpy()], axis=1).astype(np.float32),
        np.stack([lines["first_year"].to_numpy(), lines["last_year"].to_numpy()], axis=1),
        code,
        codes,
        lines["amount"].to_numpy(),
        agencies_of(lines["agency"], words),
        _alone(title, place, region[:, 0], lines["plan"].to_numpy()),
        stream.vocabulary,
        weight,
        plain,
        frequency,
        np.array([ord(w[0]) if w[0].isalpha() else -1 for w in stream.vocabulary], dtype=np.int32),
        spelling_of(stream.vocabulary),
        np.array([_number(word) for word in stream.vocabulary], dtype=np.float64),
        kinds,
    )


def _alone(title: Ints, place: Ints, region: Ints, plan: np.ndarray) -> Floats:
    """Return how many plans hold a line of the same title, place and region, per such line, (lines,)."""
    same = pl.DataFrame({"title": title, "place": place, "region": region, "plan": plan})
    per = ["title", "place", "region"]
    plans = same.unique().group_by(per).agg(plans=pl.len())
    count = same.group_by(per).agg(lines=pl.len()).join(plans, on=per)
    found = same.join(count, on=per, how="left", maintain_order="left")
    share = pl.col("plans") / pl.col("lines")
    return found.select(share.cast(pl.Float32)).to_series().to_numpy()


def _number(word: str) -> float:
    return float(word) if word[0].isdigit() and word.replace(".", "", 1).isdigit() else np.nan


def _checked(lines: pl.DataFrame) -> pl.DataFrame:
    missing = [name for name in COLUMNS if name not in lines.columns]
    if missing:
        raise InputError(
            "The column {column} is missing.", "lines", "Give every column.", column=missing[0]
        )
    agency = lines[AGENCY] if AGENCY in lines.columns else pl.lit("").alias(AGENCY)
    columns = [pl.col(name).cast(kind) for name, kind in COLUMNS.items()]
    lines = lines.select(*columns, agency).with_columns(pl.col(AGENCY).cast(pl.String)).sort("id")
    if lines["id"].n_unique() < len(lines):
        raise InputError("An id stands twice.", "lines.id", "Give each line its own id.")
    text, count = (
        ["code", "title", "place", "region", AGENCY],
        ["first_year", "last_year", "amount"],
    )
    return lines.with_columns(pl.col(text).fill_null(""), pl.col(count).fill_null(0))


def _weights(
    stream: Stream, words: Dictionary, uses: np.ndarray, lines: int
) -> tuple[NDArray[np.int64], Floats, NDArray[np.bool_]]:
    """Return how many lines hold each word, what it weighs and whether it is an ordinary one."""
    count = len(stream.vocabulary)
    once = distinct(stream.rows.astype(np.int64) * max(count, 1) + stream.words)
    rows, held_words = np.divmod(once, max(count, 1))
    held = np.bincount(held_words, weights=uses[rows], minlength=count)
    share = np.array([words.ordinary.get(word, 0.0) for word in stream.vocabulary])
    rarity = np.log((lines + PRIOR_LINES) / (held + PRIOR_LINES * share + 1.0))
    most = [
        MOST_NUMBER_WEIGHT if word[0] in "#0123456789" else MOST_WEIGHT
        for word in stream.vocabulary
    ]
    weight = np.clip(rarity, LEAST_WEIGHT, np.array(most))
    weight[[word.startswith("#station:") for word in stream.vocabulary]] = LEAST_WEIGHT
    weight[numbers_of(stream.vocabulary, words.stop_words | words.connectors)] = STOP_WEIGHT
    plain = share > 0
    if lines >= MANY_LINES:
        plain |= held > FREQUENT * lines
    return held.astype(np.int64), weight.astype(np.float32), plain


def _matrix(stream: Stream, weight: Floats, texts: int, most: int, wanted: np.ndarray) -> Ints:
    """Return the weightiest different words of some texts, (wanted, most); equal ones by the alphabet."""
    rank = np.empty(len(weight), dtype=np.int64)
    rank[np.lexsort((np.arange(len(weight)), -weight))] = np.arange(len(weight))
    row = np.full(texts, -1, dtype=np.int64)
    row[wanted] = np.arange(len(wanted))
    inside = row[stream.rows] >= 0
    key = row[stream.rows[inside]] * max(len(weight), 1) + rank[stream.words[inside]]
    key = distinct(key)
    rows, ranks = np.divmod(key, max(len(weight), 1))
    by_rank = np.argsort(rank).astype(np.int32)
    return _padded(rows, by_rank[ranks], len(wanted), most)


def _padded(rows: np.ndarray, values: np.ndarray, count: int, most: int) -> np.ndarray:
    """Return the first values of each row, -1 behind them, (count, most, …); rows rise."""
    first = np.searchsorted(rows, np.arange(count))
    column = np.arange(len(rows)) - first[rows]
    inside = column < most
    matrix = np.full((count, most, *values.shape[1:]), -1, dtype=np.int32)
    matrix[rows[inside], column[inside]] = values[inside]
    return matrix


def _used(numbers: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the different numbers, rising, and where among them each is: `numpy.unique` without sorting."""
    used = np.zeros(count, dtype=bool)
    used[numbers] = True
    place = np.cumsum(used, dtype=np.int32) - 1
    return np.flatnonzero(used).astype(np.int32), place[numbers]


def _marks(found: Sequence[Marks], texts: int, words: int) -> Ints:
    most = max((int(marks.kinds.max(initial=0)) for marks in found), default=0) + 1
    key = np.concatenate(
        [
            (marks.rows.astype(np.int64) * most + marks.kinds) * words + marks.values
            for marks in found
        ]
    )
    both, values = np.divmod(distinct(key), words)
    rows, kinds = np.divmod(both, most)
    return _padded(rows, np.stack([kinds, values], axis=1), texts, MOST_MARKS)


def _place_marks(marks: Ints, kinds: Kinds) -> Ints:
    """Return marks of places without bare numbers and stations, which there belong to an address."""
    passed = [0, *(place for place, name in enumerate(kinds.names) if name == "station")]
    kept = marks.copy()
    kept[np.isin(marks[:, :, 0], passed)] = -1
    return kept


def _regions(codes: pl.Series) -> Ints:
    """Return each region and the part before its first dot as numbers, -1 where unknown."""
    clean = codes.str.strip_chars()
    whole = clean.str.split(".").list.get(0, null_on_oob=True).fill_null("")
    known = pl.concat([clean, whole]).unique().sort()
    number = pl.Enum(known)
    columns = [
        np.where(
            one.to_numpy() == "", -1, one.cast(number).to_physical().to_numpy().astype(np.int32)
        )
        for one in (clean, whole)
    ]
    return np.stack(columns, axis=1).astype(np.int32)


def _codes(codes: pl.Series) -> tuple[Ints, Ints]:
    known = codes.unique().sort()
    row = codes.cast(pl.Enum(known)).to_physical().to_numpy().astype(np.int32)
    parts = [[part for part in code.replace("-", ".").split(".") if part] for code in known]
    number = (
        {part: place for place, part in enumerate(sorted(set().union(*parts)))} if parts else {}
    )
    matrix = np.full((len(parts), max((len(p) for p in parts), default=0) or 1), -1, dtype=np.int32)
    for place, code in enumerate(parts):
        matrix[place, : len(code)] = [number[part] for part in code]
    return row, matrix
