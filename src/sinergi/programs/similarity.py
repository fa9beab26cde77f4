"""What the comparison of plan lines knows here: the pack's words and model, and an organisation's answers."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import polars as pl
from django.db.models import Max, Q, QuerySet

from sinergi.analysis.similarity import EVIDENCE, Dictionary, Model
from sinergi.analysis.similarity.calibration import (
    Comparison,
    Labels,
    compare,
    fit,
    labels,
    likely,
    unseen,
)
from sinergi.analysis.similarity.gaps import with_gaps
from sinergi.analysis.similarity.quality import Quality, quality
from sinergi.programs.models import PairAnswer, PairLabel
from sinergi.reference import matching
from sinergi.reference.pack import read_matching_model
from sinergi.reference.queries.packs import pack

LEAST_ANSWERS = 30
"""Answers from which a model of an organisation's own is fitted …"""
LEAST_OF_EACH = 5
"""… if so many of them say that it is the same work, and so many that it is not."""
OWN_WEIGHT = 2.0
"""What an own answer weighs beside a pair of the pack: it is about the documents at hand."""

Why = Literal["few", "one_sided", "worse", "better"]


class Trained(NamedTuple):
    """What the pack gives: the pairs to learn from and the model fitted on them."""

    train: Labels
    model: Model
    ridge: float
    about: dict[str, str | int | float]


@dataclass(frozen=True)
class Calibration:
    """The model that an organisation uses, and what is known about it.

    Attributes
    ----------
    own
        Whether it was fitted on the organisation's answers too.
    why
        `few` answers, or too few of one kind (`one_sided`), or the own model was `worse` or `better` on
        answers that it had not seen.
    answers, same
        That count, and how many of them say that it is the same work.
    comparison
        Own against shipped model, by cross-validation; None with too few answers.
    quality
        Of the model in use on the organisation's answers, none of which it had seen; None with too few.
    about
        What the pack says of the shipped model.
    """

    model: Model
    own: bool
    why: Why
    answers: int
    same: int
    comparison: Comparison | None
    quality: Quality | None
    about: dict[str, str | int | float]


def dictionary() -> Dictionary:
    """Return the words of the country pack."""
    return _dictionary(pack().folder, pack().version)


@lru_cache(maxsize=2)
def _dictionary(_folder: Path, _version: str) -> Dictionary:
    return matching.dictionary(pack())


def shipped() -> Model:
    """Return the model of the country pack."""
    return _shipped(pack().folder, pack().version)


@lru_cache(maxsize=2)
def _shipped(folder: Path, _version: str) -> Model:
    return matching.shipped_model(folder)


def trained() -> Trained:
    """Return what the pack gives to learn from; read once per process."""
    return _trained(pack().folder, pack().version)


@lru_cache(maxsize=2)
def _trained(folder: Path, _version: str) -> Trained:
    about = read_matching_model(folder).about
    train, _held_out = matching.parts(folder)
    return Trained(with_gaps(train), shipped(), float(about["ridge"]), about)


def lines(table: pl.DataFrame) -> pl.DataFrame:
    """Return lines as the comparison takes them.

    Parameters
    ----------
    table
        As `programs.queries.tables.line_table` returns it.
    """
    where = [
        matching.place_of(place, agency)
        for place, agency in table.select("place", "agency").iter_rows()
    ]
    titles = [matching.title_of(title) for title in table["title"]]
    return table.with_columns(
        title=pl.Series(titles, dtype=pl.String), place=pl.Series(where, dtype=pl.String)
    )


def model_for(organisation: int | None) -> Model:
    """Return the model that an organisation uses; that of the pack for nobody in particular."""
    return calibration(organisation).model if organisation is not None else shipped()


def calibration(organisation: int) -> Calibration:
    """Return the model that an organisation uses and what is known about it."""
    rows = answers(organisation)
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    undone = PairLabel.objects.filter(~Q(undone_at=None), organisation=organisation).count()
    one = pack()
    return _calibration(organisation, rows.count(), last, undone, one.folder, one.version)


def answers(organisation: int) -> QuerySet[PairLabel]:
    """Return the answers of an organisation that count, in the order in which they were given."""
    rows = PairLabel.objects.filter(organisation=organisation, undone_at=None)
    return rows.exclude(answer=PairAnswer.CANNOT_TELL).order_by("pk")


@lru_cache(maxsize=64)
def _calibration(
    organisation: int, count: int, _last: int, _undone: int, folder: Path, _version: str
) -> Calibration:
    about = read_matching_model(folder).about
    given = own_labels(organisation)
    same = int(given.same.sum())
    of_each = min(same, len(given) - same)
    if len(given) < LEAST_ANSWERS or of_each < LEAST_OF_EACH:
        why: Why = "few" if len(given) < LEAST_ANSWERS else "one_sided"
        return Calibration(shipped(), False, why, count, same, None, None, about)
    return _compared(given, about)


def _compared(given: Labels, about: dict[str, str | int | float]) -> Calibration:
    known = trained()
    own = Labels(given.evidence, given.same, given.weight * OWN_WEIGHT, given.group)
    present = likely(known.model, own)
    new = unseen(own, ridge=known.ridge, prior=matching.PRIOR, extra=known.train)
    told = compare(present, new, own)
    better = told.not_worse
    model = (
        fit(known.train.and_also(own), ridge=known.ridge, prior=matching.PRIOR)
        if better
        else known.model
    )
    measured = quality(new if better else present, own.same, group=own.group)
    why: Why = "better" if better else "worse"
    return Calibration(model, better, why, len(own), int(own.same.sum()), told, measured, about)


def own_labels(organisation: int) -> Labels:
    """Return what the people of an organisation said, with the evidence as it was; a group shares lines."""
    rows = list(answers(organisation).values_list("evidence", "answer", "a", "b"))
    evidence = pl.DataFrame(
        [{name: row[0].get(name) for name in (*EVIDENCE, "veto")} for row in rows],
        schema={**dict.fromkeys(EVIDENCE, pl.Float32), "veto": pl.String},
    )
    same = np.array([row[1] == PairAnswer.SAME for row in rows], dtype=bool)
    group = matching.components([(row[2]["identity"], row[3]["identity"]) for row in rows])
    return labels(evidence, same, group=group)
