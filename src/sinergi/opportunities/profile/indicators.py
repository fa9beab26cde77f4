"""Every indicator of a region among its peers, with its path over time."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.normalise import peer_position
from sinergi.evidence import queries as evidence
from sinergi.evidence.queries import IndicatorInfo, Readings
from sinergi.evidence.queries.columns import keep_few
from sinergi.opportunities import queries
from sinergi.opportunities.missing import oldest_allowed
from sinergi.opportunities.profile.economy import known
from sinergi.opportunities.profile.history import History, history
from sinergi.opportunities.profile.records import Standing, TrendLine
from sinergi.opportunities.reasons import FLAGS
from sinergi.reference import queries as reference
from sinergi.reference.tables import RegionTable

MAX_AGE = 8
"""Years after which a value is called old where no cooperation object says otherwise."""
LEAST_PERIODS = 3
"""A trend needs this many values."""
LEVELS = {"regency": 0, "city": 1, "province": 2}

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Board:
    """All indicators of all regions, with their places; n regions, k indicators."""

    table: RegionTable
    readings: Readings
    info: dict[str, IndicatorInfo]
    places: Ints
    """(n, k); 1 is the best, or the highest where no direction is good; 0 where missing."""
    counts: Ints
    medians: dict[str, Floats]
    """(k,) by level and by province."""
    last_year: int


_lock = threading.Lock()
_kept: OrderedDict[tuple[str, str], Board] = OrderedDict()


def board() -> Board:
    """Return all indicators of all regions; kept until evidence or catalogue change."""
    key = (evidence.evidence_version(), reference.catalogue_version())
    with _lock:
        if key not in _kept:
            found = _lay()
            _kept[key] = found
        _kept.move_to_end(key)
        keep_few(_kept)
        return _kept[key]


def _lay() -> Board:
    table, info = reference.region_table(), evidence.indicator_catalogue()
    readings = evidence.readings(list(info), table)
    peers = np.array([LEVELS[level] for level in table.levels], dtype=np.int64)
    ranked = [
        peer_position(readings.values[:, column], peers, rises=info[code].better != "lower")
        for column, code in enumerate(readings.codes)
    ]
    rows = {level: table.rows(level) for level in LEVELS}
    local = table.rows(("regency", "city"))
    parents = np.array(table.parents, dtype=object)
    for code in (table.codes[row] for row in rows["province"]):
        rows[code] = local[parents[local] == code]
    last = evidence.as_of()
    return Board(
        table=table,
        readings=readings,
        info=info,
        places=np.column_stack([place for place, _ in ranked]),
        counts=np.column_stack([count for _, count in ranked]),
        medians={name: column_medians(readings.values[members]) for name, members in rows.items()},
        last_year=int(last[:4]) if last else 0,
    )


def column_medians(values: Floats) -> Floats:
    """Return the median of each column of (n, k), leaving out what is missing; NaN for an empty one."""
    found = np.full(values.shape[1], np.nan)
    there = np.isfinite(values).any(axis=0)
    if there.any():
        found[there] = np.nanmedian(values[:, there], axis=0)
    return found


def indicators(code: str) -> tuple[Standing, ...]:
    """Return every indicator of a region, in the order of the catalogue, also those it lacks.

    Raises
    ------
    KeyError
        When there is no such region.
    """
    here, past = board(), history()
    past.read([name for name, info in here.info.items() if not info.derived])
    ages = oldest_allowed(queries.ground())
    row = here.table.position[code]
    circle = _circle(here, row)
    return tuple(
        replace(_standing(here, row, column, ages), trend=_trend(past, circle, name))
        for column, name in enumerate(here.readings.codes)
    )


class Circle(NamedTuple):
    """Whom a region is drawn with: its peers and the regencies and cities of its province."""

    code: str
    level: str
    peers: tuple[str, ...]
    province: str
    inside: tuple[str, ...]


def _circle(here: Board, row: int) -> Circle:
    table, code = here.table, here.table.codes[row]
    level = table.levels[row]
    province = code if level == "province" else table.parents[row]
    return Circle(
        code=code,
        level=level,
        peers=tuple(table.codes[peer] for peer in table.rows(level)),
        province=province,
        inside=tuple(sorted(reference.region_codes_within(province))),
    )


def _standing(here: Board, row: int, column: int, ages: dict[str, int]) -> Standing:
    name, table, readings = here.readings.codes[column], here.table, here.readings
    info, year = here.info[name], float(readings.years[row, column])
    source = readings.source(row, column)
    place = int(here.places[row, column])
    level = table.levels[row]
    province = table.codes[row] if level == "province" else table.parents[row]
    return Standing(
        code=name,
        name_id=info.name_id,
        name_en=info.name_en,
        unit=info.unit,
        better=info.better,
        group=info.group,
        value=known(readings.values[row, column]),
        period=str(readings.periods[row, column]),
        flag=FLAGS[int(readings.flags[row, column])],
        old=bool(here.last_year - np.floor(year) > ages.get(name, MAX_AGE)),
        derived=info.derived,
        formula=info.formula,
        rank=place or None,
        peers=int(here.counts[row, column]),
        peer_median=known(here.medians[level][column]),
        province_median=known(here.medians[province][column]),
        source=source.name if source else info.source,
        imported=bool(source and source.imported),
        batch=source.batch if source else 0,
        owner=source.owner if source else "",
        note_id=info.note_id,
        note_en=info.note_en,
    )


def _trend(past: History, circle: Circle, name: str) -> tuple[TrendLine, ...]:
    """Return the region, the median of its peers and that of its province over time."""
    if name not in past.tracks or circle.code not in past.row:
        return ()
    own = past.tracks[name].values[past.row[circle.code]]
    if np.isfinite(own).sum() < LEAST_PERIODS:
        return ()
    lines = [
        _line(past, name, "region", own),
        _line(past, name, "peers", past.median(name, circle.level, circle.peers)),
        _line(past, name, "province", past.median(name, circle.province, circle.inside)),
    ]
    return tuple(line for line in lines if len(line.values) >= LEAST_PERIODS)


def _line(past: History, name: str, who: str, values: Floats) -> TrendLine:
    there = np.flatnonzero(np.isfinite(values))
    periods = past.tracks[name].periods
    return TrendLine(
        who,
        tuple(periods[at] for at in there),
        tuple(float(values[at]) for at in there),
    )
