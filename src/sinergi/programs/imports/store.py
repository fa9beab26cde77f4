"""Writes lines and amounts that are ready in bulk, in the dialect of SQLite or PostgreSQL."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from sinergi.evidence.store import Progress, fetch, quiet
from sinergi.programs.imports.lines import Lines
from sinergi.programs.models import LineAmount, PlanLine

CHUNK = 5_000
_LINE, _AMOUNT = PlanLine._meta, LineAmount._meta  # noqa: SLF001 - the documented way to the columns
LINES, AMOUNTS = _LINE.db_table, _AMOUNT.db_table
OWN = ("version_id", "identity", "position", "row", "revision")
"""Columns that are not read from the file."""


def insert_lines(
    version: int, lines: Lines, identities: Sequence[UUID], progress: Progress = quiet
) -> None:
    """Store the lines of a version with their amounts, in the transaction of the caller.

    Parameters
    ----------
    version
        Key of the version; it has no lines yet.
    identities
        One for each line.
    """
    names = [name for name in lines.fields if name != "remarks"]
    columns = ", ".join(connection.ops.quote_name(one) for one in (*OWN, *names, "remarks"))
    total = 2 * len(lines)
    done = 0
    for part in _parts(_line_rows(version, lines, names, identities)):
        _insert(LINES, columns, part)
        done += len(part)
        progress("load", done, total)
    keys = fetch(f"SELECT id FROM {LINES} WHERE version_id = %s ORDER BY position", [version])  # noqa: S608
    for part in _parts(_amount_rows([key for (key,) in keys], lines)):
        _insert(AMOUNTS, "line_id, year, channel, amount", part)
    progress("load", total, total)


def _line_rows(
    version: int, lines: Lines, names: Sequence[str], identities: Sequence[UUID]
) -> Iterator[tuple[Any, ...]]:
    digits = connection.vendor != "postgresql"
    values = [lines.fields[name] for name in names]
    targets = names.index("target")
    values[targets] = [None if one is None else str(one) for one in values[targets]]
    remarks: dict[tuple[str, ...], str] = {}
    told = []
    for codes in lines.fields["remarks"]:
        key = tuple(codes)
        if key not in remarks:
            remarks[key] = json.dumps(list(key))
        told.append(remarks[key])
    written = [one.hex if digits else str(one) for one in identities]
    for position, (identity, row, remark, *rest) in enumerate(
        zip(written, lines.rows, told, *values, strict=True), start=1
    ):
        yield (version, identity, position, row, 1, *rest, remark)


def _amount_rows(keys: Sequence[int], lines: Lines) -> Iterator[tuple[Any, ...]]:
    for key, amounts in zip(keys, lines.amounts, strict=True):
        for (year, channel), minor in amounts.items():
            yield key, year, channel, minor


def _parts(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    iterator = iter(rows)
    while part := list(islice(iterator, CHUNK)):
        yield part


def _insert(table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(rows[0]))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own columns
        cursor.executemany(sql, rows)
