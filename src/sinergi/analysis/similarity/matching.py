"""Finds plan lines that may be one work, tells why, how likely, and what forbids it."""

import os
from concurrent.futures import Executor

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sinergi.analysis.errors import InputError
from sinergi.analysis.similarity.compare import Compared
from sinergi.analysis.similarity.dictionary import Dictionary
from sinergi.analysis.similarity.documents import documents, families
from sinergi.analysis.similarity.exhaustive import all_pairs
from sinergi.analysis.similarity.lines import Lines, prepare
from sinergi.analysis.similarity.model import DEFAULT, EVIDENCE, Model
from sinergi.analysis.similarity.parts import (
    Found,
    Progress,
    Task,
    compare_in_pieces,
    in_parts,
    joined,
    judged,
)

Rows = NDArray[np.int64]

MANY = 50_000
"""From so many lines on processes of this machine are used."""
MOST_WORKERS = 8
PARTS = 16
"""Parts into which large work is cut, so that each needs little memory."""


def match(
    lines: pl.DataFrame,
    *,
    words: Dictionary,
    model: Model = DEFAULT,
    least: float = 0.5,
    within_plans: bool = False,
    vetoed: bool = False,
    executor: Executor | None = None,
    partitions: int | None = None,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Return the pairs of lines that are likely one work, sorted by both ids.

    The order of lines, the number of partitions and the executor change nothing. Lines whose title has no
    letter or number match none.

    Parameters
    ----------
    lines
        Columns `id` (unique), `plan`, `code`, `title`, `place`, `region` (code, "" unknown), `lat`, `lon`
        (degrees or null), `first_year`, `last_year` (0 unknown), `amount` (minor units, 0 unknown);
        if known, `agency` (who does it, "" unknown).
    words
        What is known about the language of the lines.
    model
        How evidence makes a probability.
    least
        Least probability of a pair, in [0, 1].
    within_plans
        Compare lines of the same plan too.
    vetoed
        Return pairs too that would be likely if nothing forbade them; `veto` tells what does.
    executor
        Where partitions are compared; a local pool when there are many lines and none is given.
    partitions
        Into how many parts the work is cut.
    progress
        Is told the share done, in [0, 1].

    Returns
    -------
    One row per pair: `a` < `b` (ids), `probability`, the columns of evidence (f32 in [0, 1], null where
    unknown) and `veto` (a code of `VETOES`, "" for none).

    Raises
    ------
    InputError
        When a column is missing or an id stands twice.
    """
    known = prepare(lines, words)
    found = documents(known)
    task = Task(known, found, families(found), model, least, within_plans, vetoed)
    large = executor is None and len(lines) >= MANY
    workers = min(os.cpu_count() or 1, MOST_WORKERS) if large else 1
    parts = partitions or (PARTS if executor or large else 1)
    done = joined(in_parts(task, parts, executor, workers, progress))
    return _table(known, done).sort("a", "b")


def match_exhaustively(
    lines: pl.DataFrame,
    *,
    words: Dictionary,
    model: Model = DEFAULT,
    least: float = 0.5,
    within_plans: bool = False,
    vetoed: bool = False,
) -> pl.DataFrame:
    """Return what `match` returns, by comparing each line with each other; for few lines and for tests."""
    known = prepare(lines, words)
    a, b = all_pairs(known, within_plans=within_plans)
    task = Task(known, documents(known), [], model, least, within_plans, vetoed)
    return _table(known, judged(task, a, b)).sort("a", "b")


def evidence(pairs: pl.DataFrame, lines: pl.DataFrame, words: Dictionary) -> pl.DataFrame:
    """Return the evidence for given pairs, in their order; what a calibration is fitted on.

    Parameters
    ----------
    pairs
        Ids of lines, columns `a` and `b`; other columns are kept.
    lines
        As for `match`; words weigh by how many of these lines hold them.
    words
        As for `match`.

    Returns
    -------
    The pairs with the columns `EVIDENCE` and `veto`.

    Raises
    ------
    InputError
        When a pair names an id that no line has.
    """
    known = prepare(lines, words)
    sides = [_rows(known, pairs[side]) for side in ("a", "b")]
    compared = compare_in_pieces(known, *sides)
    return pairs.drop([*EVIDENCE, "veto"], strict=False).hstack(_columns(known, compared))


def _rows(known: Lines, ids: pl.Series) -> Rows:
    asked = ids.cast(pl.Int64).to_numpy()
    rows = np.searchsorted(known.id, asked)
    inside = rows < len(known.id)
    if not inside.all() or (known.id[rows] != asked).any():
        raise InputError("A pair names no line.", "pairs", "Give the lines of all pairs.")
    return rows


def _table(known: Lines, found: Found) -> pl.DataFrame:
    first = pl.DataFrame(
        {"a": known.id[found.a], "b": known.id[found.b], "probability": found.likely}
    )
    return first.hstack(_columns(known, found.compared))


def _columns(known: Lines, compared: Compared) -> pl.DataFrame:
    table = pl.DataFrame(
        {name: pl.Series(getattr(compared, name), dtype=pl.Float32) for name in EVIDENCE}
    )
    codes = np.array([*known.kinds.codes, ""])
    return table.with_columns(pl.all().fill_nan(None)).with_columns(
        pl.Series("veto", codes[compared.veto], dtype=pl.String)
    )
