"""The latest value of each indicator for all regions, kept in the process while the evidence stands."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np

from sinergi.evidence.queries.batches import cache_key
from sinergi.evidence.queries.derivation import compute, in_order, needs
from sinergi.evidence.queries.series_matrix import SeriesMatrix, period_label, read_matrices
from sinergi.evidence.queries.visible import indicators, sources
from sinergi.evidence.queries.world import Column, SourceLabel, World, empty_column, label_index
from sinergi.reference.models import Region
from sinergi.reference.queries import derived, region_table

_lock = Lock()
_worlds: OrderedDict[tuple[object, ...], World] = OrderedDict()


SCOPES_KEPT = 3
"""Versions of the evidence that a process keeps: the common one, and those of two organisations."""


def keep_few(kept: OrderedDict[Any, Any], most: int = SCOPES_KEPT) -> None:
    """Drop what was used longest ago beyond the number that is kept."""
    while len(kept) > most:
        kept.popitem(last=False)


def world() -> World:
    """Return what this process has read of the evidence as it stands, empty at first."""
    regions = tuple(Region.objects.order_by("code").values_list("code", "pk"))
    key = (cache_key(), regions)
    with _lock:
        if key not in _worlds:
            _worlds[key] = _open(regions)
        _worlds.move_to_end(key)
        keep_few(_worlds)
        return _worlds[key]


def _open(regions: tuple[tuple[str, int], ...]) -> World:
    known = list(sources().order_by("pk").values_list("pk", "name", "licence"))
    return World(
        codes=tuple(code for code, _ in regions),
        keys=tuple(key for _, key in regions),
        row={code: row for row, (code, _) in enumerate(regions)},
        indicators=dict(indicators().values_list("code", "pk")),
        declared=dict(derived()),
        table=region_table(),
        labels=[SourceLabel(name, licence) for _, name, licence in known],
        label_of={key: index for index, (key, _, _) in enumerate(known)},
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
        order = in_order(here, [code for code in missing if code not in here.indicators])
        _read_series(here, [name for code in order for name in needs(here.declared[code])])
        _read_latest(here, [code for code in missing if code in here.indicators])
        for code in order:
            if code not in here.columns:
                here.columns[code] = compute(here, here.declared[code])
        return here, [here.columns[code] for code in codes]


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
        return empty_column(count)
    known = np.isfinite(matrix.values)
    at = known.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    rows, found = np.arange(count), known.any(axis=1)
    texts = np.array([period_label(int(period)) for period in matrix.periods], dtype=object)
    keys, inverse = np.unique(matrix.sources[rows, at], return_inverse=True)
    index = np.array([label_index(here, int(key)) for key in keys])[inverse]
    return Column(
        values=matrix.values[rows, at],
        years=np.where(found, matrix.years[at], np.nan),
        periods=np.where(found, texts[at], ""),
        ends=np.where(found, matrix.periods[at], 0),
        flags=matrix.flags[rows, at],
        sources=np.where(found, index, -1),
    )
