"""Derived indicators over the regions of the region table, from what was read."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.derive import DerivationInput, Derived, derive
from sinergi.evidence.queries.catalogue import FLAG_NUMBERS
from sinergi.evidence.queries.series_matrix import (
    FloatArray,
    SeriesMatrix,
    fractional_years,
    period_label,
)
from sinergi.evidence.queries.world import (
    Column,
    SourceLabel,
    World,
    empty_column,
    label_index,
)
from sinergi.evidence.rules import span
from sinergi.reference.catalogue import DerivedIndicator

NATION = "ID"
FACT = "fact."
POPULATION = "fact.population"


def needs(one: DerivedIndicator) -> tuple[str, ...]:
    """Return the inputs of a derived indicator and its companions, each once."""
    companions = str(one.parameters.get("companions", "")).split(",")
    return tuple(dict.fromkeys([*one.inputs, *(name.strip() for name in companions if name)]))


def in_order(here: World, codes: Sequence[str]) -> list[str]:
    """Return derived indicators after those that they are derived from."""
    order: dict[str, None] = {}
    for code in codes:
        inputs = [name for name in needs(here.declared[code]) if name in here.declared]
        order.update(dict.fromkeys(in_order(here, inputs)))
        order[code] = None
    return list(order)


def compute(here: World, one: DerivedIndicator) -> Column:
    """Evaluate a derived indicator over the regions of the region table."""
    rows = np.array([here.row[code] for code in here.table.codes], dtype=np.intp)
    known: dict[str, SeriesMatrix] = {}
    facts: dict[str, FloatArray] = {}
    for name in needs(one):
        if name.startswith(FACT):
            fact = getattr(here.table, name.removeprefix(FACT))
            facts[name] = np.asarray(fact, dtype=np.float64)
        elif name in here.indicators:
            known[name] = here.matrices[name]
        elif here.columns[name].ends.any():
            known[name] = _as_matrix(here.columns[name])
        else:
            facts[name] = here.columns[name].values[rows]
    nation = here.row.get(NATION)
    given = DerivationInput(
        inputs=one.inputs,
        series={name: matrix.values[rows] for name, matrix in known.items()},
        periods={name: matrix.years for name, matrix in known.items()},
        facts=facts,
        nation={} if nation is None else {n: m.values[nation] for n, m in known.items()},
        parameters=one.parameters,
        fact_periods={POPULATION: here.table.population_year} if POPULATION in facts else {},
    )
    return _column(here, one, derive(one.method, given), rows, known)


def _as_matrix(column: Column) -> SeriesMatrix:
    """Return the latest values of a derived indicator as a series, so that others derive from it."""
    periods = np.unique(column.ends[column.ends > 0])
    here = column.ends[:, np.newaxis] == periods
    return SeriesMatrix(
        periods,
        np.where(here, column.values[:, np.newaxis], np.nan),
        np.where(here, column.flags[:, np.newaxis], 0).astype(np.uint8),
        np.where(here, column.sources[:, np.newaxis], -1),
        labelled=True,
    )


def _column(
    here: World,
    one: DerivedIndicator,
    result: Derived,
    rows: NDArray[np.intp],
    known: dict[str, SeriesMatrix],
) -> Column:
    found = np.isfinite(result.values)
    codes = _period_codes(known.values(), here.table.population_year)
    flags = [matrix.flags.max(axis=1, initial=0)[rows] for matrix in known.values()]
    weakest = np.maximum.reduce([np.full(len(rows), FLAG_NUMBERS[one.flag], np.uint8), *flags])
    column = empty_column(len(here.codes))
    column.values[rows], column.years[rows] = result.values, result.period_to
    column.flags[rows] = np.where(found, weakest, 0)
    column.sources[rows] = np.where(found, _label(here, one, known), -1)
    dated = found & np.isfinite(result.period_from) & np.isfinite(result.period_to)
    ends = np.column_stack([result.period_from[dated], result.period_to[dated]]).round(4)
    distinct, inverse = np.unique(ends, axis=0, return_inverse=True)
    pairs = [(codes[float(first)], codes[float(last)]) for first, last in distinct]
    if pairs:
        texts = [span(period_label(first), period_label(last)) for first, last in pairs]
        column.periods[rows[dated]] = np.array(texts, dtype=object)[inverse]
        column.ends[rows[dated]] = np.array([last for _, last in pairs])[inverse]
    return column


def _period_codes(matrices: Iterable[SeriesMatrix], population_year: float) -> dict[float, int]:
    """Return the period that each fractional year stands for in these series."""
    year, month = divmod(population_year, 1.0) if np.isfinite(population_year) else (0.0, 0.0)
    codes = {round(population_year, 4): int(year) * 100 + round(month * 12) + 1}
    for matrix in matrices:
        years = fractional_years(matrix.periods)
        codes.update(
            {round(float(y), 4): int(p) for y, p in zip(years, matrix.periods, strict=True)}
        )
    return codes


def _label(here: World, one: DerivedIndicator, known: dict[str, SeriesMatrix]) -> int:
    """Return the index of a label that joins the sources of all inputs."""
    indexes: dict[int, None] = {}
    for matrix in known.values():
        keys = [int(key) for key in np.unique(matrix.sources) if key >= 0]
        labels = keys if matrix.labelled else [label_index(here, key) for key in keys]
        indexes.update(dict.fromkeys(labels))
    parts = [here.labels[index] for index in indexes]
    names = "; ".join(dict.fromkeys(part.name for part in parts)) or one.source
    label = SourceLabel(
        names,
        "; ".join(dict.fromkeys(part.licence for part in parts)),
        imported=any(part.imported for part in parts),
        owner="; ".join(dict.fromkeys(part.owner for part in parts if part.owner)),
    )
    if label not in here.labels:
        here.labels.append(label)
    return here.labels.index(label)
