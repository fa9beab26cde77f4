"""The latest value of each indicator for all regions, kept in the process while the evidence stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.derive import DerivationInput, Derived, derive
from sinergi.evidence.models import Indicator, Source
from sinergi.evidence.queries.batches import cache_key
from sinergi.evidence.queries.catalogue import FLAG_NUMBERS
from sinergi.evidence.queries.series_matrix import (
    FloatArray,
    IntArray,
    SeriesMatrix,
    fractional_years,
    period_label,
    read_matrices,
)
from sinergi.evidence.rules import span
from sinergi.reference.catalogue import DerivedIndicator
from sinergi.reference.models import Region
from sinergi.reference.queries import RegionTable, derived, region_table

NATION = "ID"
FACT = "fact."
POPULATION = "fact.population"


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """Where a value comes from, as it is shown."""

    name: str
    licence: str


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The latest values of one indicator; arrays follow `World.codes`."""

    values: FloatArray
    years: FloatArray
    """Fractional year of the end of the period; NaN where there is no value."""
    periods: NDArray[np.object_]
    ends: IntArray
    """End of the period as year * 100 + month; 0 where there is none."""
    flags: NDArray[np.uint8]
    sources: IntArray
    """Index into `World.labels`; -1 where there is no value."""


@dataclass(slots=True, eq=False)
class World:
    """Everything read so far under one version of the evidence."""

    codes: tuple[str, ...]
    keys: tuple[int, ...]
    row: dict[str, int]
    indicators: dict[str, int]
    declared: dict[str, DerivedIndicator]
    table: RegionTable
    labels: list[SourceLabel]
    label_of: dict[int, int]
    columns: dict[str, Column] = field(default_factory=dict)
    matrices: dict[str, SeriesMatrix] = field(default_factory=dict)


_lock = Lock()
_worlds: dict[tuple[object, ...], World] = {}


def world() -> World:
    """Return what this process has read of the evidence as it stands, empty at first."""
    regions = tuple(Region.objects.order_by("code").values_list("code", "pk"))
    key = (cache_key(), regions)
    with _lock:
        if key not in _worlds:
            _worlds.clear()
            _worlds[key] = _open(regions)
        return _worlds[key]


def _open(regions: tuple[tuple[str, int], ...]) -> World:
    sources = list(Source.objects.order_by("pk").values_list("pk", "name", "licence"))
    return World(
        codes=tuple(code for code, _ in regions),
        keys=tuple(key for _, key in regions),
        row={code: row for row, (code, _) in enumerate(regions)},
        indicators=dict(Indicator.objects.values_list("code", "pk")),
        declared=dict(derived()),
        table=region_table(),
        labels=[SourceLabel(name, licence) for _, name, licence in sources],
        label_of={key: index for index, (key, _, _) in enumerate(sources)},
    )


def columns(codes: Sequence[str]) -> tuple[World, list[Column]]:
    """Return the world and one column for each code, reading what is not yet read.

    Raises
    ------
    KeyError
        When a code is neither a stored nor a derived indicator.
    """
    here = world()
    with _lock:
        missing = [code for code in dict.fromkeys(codes) if code not in here.columns]
        order = _in_order(here, [code for code in missing if code not in here.indicators])
        _read_series(here, [name for code in order for name in _needs(here.declared[code])])
        _read_latest(here, [code for code in missing if code in here.indicators])
        for code in order:
            if code not in here.columns:
                here.columns[code] = _compute(here, here.declared[code])
        return here, [here.columns[code] for code in codes]


def _needs(one: DerivedIndicator) -> tuple[str, ...]:
    """Return the inputs of a derived indicator and its companions, each once."""
    companions = str(one.parameters.get("companions", "")).split(",")
    return tuple(dict.fromkeys([*one.inputs, *(name.strip() for name in companions if name)]))


def _in_order(here: World, codes: Sequence[str]) -> list[str]:
    """Return derived indicators after those that they are derived from."""
    order: dict[str, None] = {}
    for code in codes:
        inputs = [name for name in _needs(here.declared[code]) if name in here.declared]
        order.update(dict.fromkeys(_in_order(here, inputs)))
        order[code] = None
    return list(order)


def _read_series(here: World, names: Sequence[str]) -> None:
    wanted = [
        name
        for name in dict.fromkeys(names)
        if name in here.indicators and name not in here.matrices
    ]
    found = read_matrices([here.indicators[name] for name in wanted], here.keys)
    here.matrices.update({name: found[here.indicators[name]] for name in wanted})


def _read_latest(here: World, codes: Sequence[str]) -> None:
    rest = [code for code in codes if code not in here.matrices]
    found = read_matrices([here.indicators[code] for code in rest], here.keys, latest_only=True)
    matrices = here.matrices | {code: found[here.indicators[code]] for code in rest}
    for code in codes:
        here.columns[code] = _latest(here, matrices[code])


def _latest(here: World, matrix: SeriesMatrix) -> Column:
    count = len(here.codes)
    if not len(matrix.periods):
        return _empty(count)
    known = np.isfinite(matrix.values)
    at = known.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    rows, found = np.arange(count), known.any(axis=1)
    texts = np.array([period_label(int(period)) for period in matrix.periods], dtype=object)
    keys, inverse = np.unique(matrix.sources[rows, at], return_inverse=True)
    index = np.array([here.label_of.get(int(key), -1) for key in keys])[inverse]
    return Column(
        values=matrix.values[rows, at],
        years=np.where(found, matrix.years[at], np.nan),
        periods=np.where(found, texts[at], ""),
        ends=np.where(found, matrix.periods[at], 0),
        flags=matrix.flags[rows, at],
        sources=np.where(found, index, -1),
    )


def _empty(count: int) -> Column:
    return Column(
        values=np.full(count, np.nan),
        years=np.full(count, np.nan),
        periods=np.full(count, "", dtype=object),
        ends=np.zeros(count, dtype=np.int64),
        flags=np.zeros(count, dtype=np.uint8),
        sources=np.full(count, -1, dtype=np.int64),
    )


def _compute(here: World, one: DerivedIndicator) -> Column:
    """Evaluate a derived indicator over the regions of the region table."""
    rows = np.array([here.row[code] for code in here.table.codes], dtype=np.intp)
    known: dict[str, SeriesMatrix] = {}
    facts: dict[str, FloatArray] = {}
    for name in _needs(one):
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
    column = _empty(len(here.codes))
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
        labels = keys if matrix.labelled else [here.label_of[key] for key in keys]
        indexes.update(dict.fromkeys(labels))
    parts = [here.labels[index] for index in indexes]
    names = "; ".join(dict.fromkeys(part.name for part in parts)) or one.source
    label = SourceLabel(names, "; ".join(dict.fromkeys(part.licence for part in parts)))
    if label not in here.labels:
        here.labels.append(label)
    return here.labels.index(label)
