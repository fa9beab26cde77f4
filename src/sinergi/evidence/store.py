"""Bulk reads and writes of observations, in the dialect of SQLite or PostgreSQL."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
from django.db import connection
from numpy.typing import NDArray

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, how much of it is done and how much there is."""

CHUNK = 20_000
TABLE = "evidence_observation"
COLUMNS = "region_id, indicator_id, period, value, flag, source_id, batch_id, active"
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
"""What is read for computing; `period` is year * 100 + month, month 0 for a whole year."""
READ_COLUMNS = (
    "o.indicator_id, o.region_id, CAST(replace(o.period, '-', '') AS INTEGER), "
    "o.value, o.flag, o.source_id"
)


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


def insert_observations(rows: pl.DataFrame, batch: int, progress: Progress = quiet) -> int:
    """Store observations as active rows of a batch, in the transaction of the caller.

    Parameters
    ----------
    rows
        Columns `region`, `indicator`, `source` (primary keys), `period`, `value`, `flag`.
    batch
        Primary key of the batch.

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
            with cursor.copy(f"COPY {TABLE} ({COLUMNS}) FROM STDIN") as copy:
                for row in part.iter_rows():
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * part.width)
        sql = f"INSERT INTO {TABLE} ({COLUMNS}) VALUES ({places})"  # noqa: S608 - constants only
        cursor.executemany(sql, part.rows())


def active_rows(indicators: Iterable[int], periods: Iterable[str] | None = None) -> pl.DataFrame:
    """Return the active observations of some indicators, in some periods if given.

    Returns
    -------
    polars.DataFrame
        Columns as in `STORED`.
    """
    inside, parameter = among(indicators)
    where, parameters = f"active AND indicator_id IN {inside}", [parameter]
    if periods is not None:
        inside, parameter = among(periods)
        where, parameters = f"{where} AND period IN {inside}", [*parameters, parameter]
    columns = "id, indicator_id, region_id, period, value, flag, source_id, batch_id"
    rows = fetch(f"SELECT {columns} FROM {TABLE} WHERE {where}", parameters)  # noqa: S608
    return pl.DataFrame(rows, schema=STORED, orient="row")


def read_series(indicators: Iterable[int]) -> NDArray[np.void]:
    """Return all active observations of some indicators.

    Returns
    -------
    numpy.ndarray
        Records of `READ`, in no particular order.
    """
    inside, parameter = among(indicators)
    sql = f"SELECT {READ_COLUMNS} FROM {TABLE} o WHERE o.active AND o.indicator_id IN {inside}"  # noqa: S608
    return _records(sql, [parameter])


def read_latest(indicators: Iterable[int], regions: Iterable[int]) -> NDArray[np.void]:
    """Return the last active observation of every indicator in every region, one index look-up each.

    Returns
    -------
    numpy.ndarray
        Records of `READ`, in no particular order.
    """
    found = (
        f"SELECT x.id FROM {TABLE} x WHERE x.active AND x.indicator_id = k.indicator"  # noqa: S608
        " AND x.region_id = k.region ORDER BY x.period DESC LIMIT 1"
    )
    if _postgres():
        keys = "unnest(%s::bigint[]) AS i(indicator) CROSS JOIN unnest(%s::bigint[]) AS r(region)"
        keys = f"(SELECT i.indicator, r.region FROM {keys}) k"  # noqa: S608
        parameters: list[Any] = [list(indicators), list(regions)]
    else:
        keys = "json_each(%s) i CROSS JOIN json_each(%s) r"
        keys = f"(SELECT i.value AS indicator, r.value AS region FROM {keys}) k"  # noqa: S608
        parameters = [json.dumps(list(indicators)), json.dumps(list(regions))]
    sql = f"SELECT {READ_COLUMNS} FROM {keys} JOIN {TABLE} o ON o.id = ({found})"  # noqa: S608
    return _records(sql, parameters)


def _records(sql: str, parameters: Sequence[Any]) -> NDArray[np.void]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        records = np.fromiter(iter_rows(cursor), dtype=READ)
    yearly = records["period"] < 10_000
    records["period"][yearly] *= 100
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
