"""Bulk reads and writes of observations, in the dialect of SQLite or PostgreSQL."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
from django.db import connection
from numpy.typing import NDArray

from sinergi.evidence.models import COMMON
from sinergi.evidence.scope import current

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, how much of it is done and how much there is."""

CHUNK = 20_000
TABLE = "evidence_observation"
COLUMNS = "region_id, indicator_id, period, value, flag, source_id, batch_id, shelf, active"
STORED: dict[str, Any] = {
    "id": pl.Int64,
    "indicator": pl.Int64,
    "region": pl.Int64,
    "period": pl.String,
    "value": pl.Float64,
    "flag": pl.Int64,
    "source": pl.Int64,
    "batch": pl.Int64,
}

READ = np.dtype(
    [
        ("indicator", np.int64),
        ("region", np.int64),
        ("period", np.int64),
        ("value", np.float64),
        ("flag", np.uint8),
        ("source", np.int64),
    ]
)
"""What is read for computing; `period` is year * 100 + month, month 0 for a whole year.

`source` is the key of the source; of imported values the number of their batch stands in the bits above it,
so that a page can tell that they were imported: `origin` parts them again.
"""
BATCH_BITS = 32
READ_COLUMNS = (
    "o.indicator_id, o.region_id, CAST(replace(o.period, '-', '') AS INTEGER), "
    "o.value, o.flag, o.source_id, o.batch_id"
)
RAW = np.dtype([*READ.descr, ("batch", np.int64)])
SHIPPED = "SELECT id FROM evidence_importbatch WHERE kind = 'shipped'"


def origin(source: int) -> tuple[int, int]:
    """Return the key of the source and the number of the batch, 0 for what was shipped."""
    return source & ((1 << BATCH_BITS) - 1), source >> BATCH_BITS


def quiet(step: str, done: int, total: int) -> None:
    """Report no progress."""


def _postgres() -> bool:
    return connection.vendor == "postgresql"


def among(values: Iterable[int] | Iterable[str]) -> tuple[str, Any]:
    """Return an SQL list for `IN` with its one parameter, whatever the number of values."""
    listed = list(values)
    if _postgres():
        kind = "text[]" if listed and isinstance(listed[0], str) else "bigint[]"
        return f"(SELECT unnest(%s::{kind}))", listed
    return "(SELECT value FROM json_each(%s))", json.dumps(listed)


def fetch(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run one SELECT and return all its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def insert_observations(
    rows: pl.DataFrame, batch: int, progress: Progress = quiet, *, shelf: int = COMMON
) -> int:
    """Store observations as active rows of a batch, in the transaction of the caller.

    Parameters
    ----------
    rows
        Columns `region`, `indicator`, `source` (primary keys), `period`, `value`, `flag`.
    batch
        Primary key of the batch.
    shelf
        The shelf of the batch.

    Returns
    -------
    int
        Number of rows stored.
    """
    frame = rows.select(
        "region",
        "indicator",
        pl.col("period").cast(pl.String),
        "value",
        "flag",
        "source",
        batch=pl.lit(batch),
        shelf=pl.lit(shelf),
        active=pl.lit(value=True),
    )
    done = 0
    for part in frame.iter_slices(CHUNK):
        _insert(part)
        done += part.height
        progress("load", done, frame.height)
    return done


def _insert(part: pl.DataFrame) -> None:
    with connection.cursor() as cursor:
        if _postgres():
            _copy(cursor, part)
            return
        places = ", ".join(["%s"] * part.width)
        sql = f"INSERT INTO {TABLE} ({COLUMNS}) VALUES ({places})"  # noqa: S608 - constants only
        cursor.executemany(sql, part.rows())


def _copy(cursor: Any, part: pl.DataFrame) -> None:
    """Send rows to PostgreSQL; its errors come as those of Django, which know no COPY."""
    statement = f"COPY {TABLE} ({COLUMNS}) FROM STDIN"
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in part.iter_rows():
            copy.write_row(row)


def active_rows(
    indicators: Iterable[int], periods: Iterable[str] | None = None, *, shelf: int = COMMON
) -> pl.DataFrame:
    """Return the active observations of some indicators on one shelf, in some periods if given.

    Returns
    -------
    polars.DataFrame
        Columns as in `STORED`.
    """
    inside, parameter = among(indicators)
    where, parameters = f"active AND shelf = %s AND indicator_id IN {inside}", [shelf, parameter]
    if periods is not None:
        inside, parameter = among(periods)
        where, parameters = f"{where} AND period IN {inside}", [*parameters, parameter]
    return _stored(where, parameters)


def rows_of(batch: int) -> pl.DataFrame:
    """Return the observations of a batch that are in use; columns as in `STORED`."""
    return _stored("active AND batch_id = %s", [batch])


def _stored(where: str, parameters: Sequence[Any]) -> pl.DataFrame:
    columns = "id, indicator_id, region_id, period, value, flag, source_id, batch_id"
    rows = fetch(f"SELECT {columns} FROM {TABLE} WHERE {where}", parameters)  # noqa: S608
    return pl.DataFrame(rows, schema=STORED, orient="row")


def read_series(indicators: Iterable[int]) -> NDArray[np.void]:
    """Return all active observations of some indicators, in the scope that is open.

    Returns
    -------
    numpy.ndarray
        Records of `READ`, in no particular order.
    """
    wanted = list(indicators)
    inside, parameter = among(wanted)
    where = f"o.active AND o.shelf = %s AND o.indicator_id IN {inside}"
    sql = f"SELECT {READ_COLUMNS} FROM {TABLE} o WHERE {where}"  # noqa: S608
    return overlaid(_records(sql, [COMMON, parameter]), _above(wanted))


def _above(indicators: list[int]) -> NDArray[np.void]:
    """Return what the open scope lays above the common evidence."""
    above = current()
    if not above.batches:
        return np.empty(0, dtype=READ)
    inside, parameter = among(indicators)
    readable, batches = among(above.batches)
    where = f"o.active AND o.shelf = %s AND o.indicator_id IN {inside} AND o.batch_id IN {readable}"
    sql = f"SELECT {READ_COLUMNS} FROM {TABLE} o WHERE {where}"  # noqa: S608
    return _records(sql, [above.shelf, parameter, batches])


def read_latest(indicators: Iterable[int], regions: Iterable[int]) -> NDArray[np.void]:
    """Return the last active observation of every indicator in every region, in the scope that is open.

    Of the common evidence it is one index look-up each.

    Returns
    -------
    numpy.ndarray
        Records of `READ`, in no particular order.
    """
    wanted, places = list(indicators), list(regions)
    found = (
        f"SELECT x.id FROM {TABLE} x WHERE x.active AND x.shelf = {COMMON}"  # noqa: S608
        " AND x.indicator_id = k.indicator"
        " AND x.region_id = k.region ORDER BY x.period DESC LIMIT 1"
    )
    if _postgres():
        keys = "unnest(%s::bigint[]) AS i(indicator) CROSS JOIN unnest(%s::bigint[]) AS r(region)"
        keys = f"(SELECT i.indicator, r.region FROM {keys}) k"  # noqa: S608
        parameters: list[Any] = [wanted, places]
    else:
        keys = "json_each(%s) i CROSS JOIN json_each(%s) r"
        keys = f"(SELECT i.value AS indicator, r.value AS region FROM {keys}) k"  # noqa: S608
        parameters = [json.dumps(wanted), json.dumps(places)]
    sql = f"SELECT {READ_COLUMNS} FROM {keys} JOIN {TABLE} o ON o.id = ({found})"  # noqa: S608
    common, above = _records(sql, parameters), _above(wanted)
    if not len(above):
        return common
    above = above[np.isin(above["region"], places)]
    return _last_of_each(overlaid(common, above))


def overlaid(common: NDArray[np.void], above: NDArray[np.void]) -> NDArray[np.void]:
    """Return the union of two sets of records; where both speak of the same thing, the one above counts."""
    if not len(above):
        return common
    under = common[~np.isin(_packed(common), _packed(above))]
    return np.concatenate([under, above])


def _packed(records: NDArray[np.void]) -> NDArray[np.int64]:
    """Return indicator, region and period as one number: 21, 24 and 18 bits."""
    packed: NDArray[np.int64] = (
        records["indicator"] << 42 | records["region"] << 18 | records["period"]
    )
    return packed


def _last_of_each(records: NDArray[np.void]) -> NDArray[np.void]:
    """Return the record of the last period of each indicator in each region."""
    records = records[np.lexsort([records["period"], records["region"], records["indicator"]])]
    after = records[1:]
    last = np.ones(len(records), dtype=bool)
    last[:-1] = (records["indicator"][:-1] != after["indicator"]) | (
        records["region"][:-1] != after["region"]
    )
    return records[last]


def _records(sql: str, parameters: Sequence[Any]) -> NDArray[np.void]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        raw = np.fromiter(iter_rows(cursor), dtype=RAW)
    records = np.empty(len(raw), dtype=READ)
    for name in READ.names or ():
        records[name] = raw[name]
    yearly = records["period"] < 10_000
    records["period"][yearly] *= 100
    imported = ~np.isin(raw["batch"], [key for (key,) in fetch(SHIPPED, [])])
    records["source"][imported] |= raw["batch"][imported] << BATCH_BITS
    return records


def iter_rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a cursor, fetched in large parts."""
    while part := cursor.fetchmany(CHUNK):
        yield from part


def replace(ids: Sequence[int], batch: int) -> int:
    """Take observations in use out of use in favour of a batch; return how many."""
    inside, parameter = among(ids)
    change = f"UPDATE {TABLE} SET active = %s, replaced_by_id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{change} WHERE active AND id IN {inside}", [False, batch, parameter])
        return int(cursor.rowcount)
