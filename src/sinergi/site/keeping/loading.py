"""Putting rows of an archive into the usual database: in one transaction, with the guard of the audit off."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from sinergi.accounts.audit import guard
from sinergi.site.keeping import quickly, tables, values
from sinergi.site.keeping.databases import quoted, run
from sinergi.site.keeping.tables import Row, Table

GUARDED = guard.TABLE


@contextmanager
def one_transaction() -> Iterator[None]:
    """Run the block in one transaction; rows may come in any order, references are checked at its end.

    Raises
    ------
    django.db.IntegrityError
        When a row refers to one that is not there.
    """
    sqlite = connection.vendor == "sqlite"
    connection.ensure_connection()
    if sqlite:
        run("PRAGMA foreign_keys=OFF")
    try:
        with transaction.atomic(durable=True):
            yield
            connection.check_constraints()
    finally:
        if sqlite and connection.connection is not None:
            run("PRAGMA foreign_keys=ON")


def names() -> set[str]:
    """Return the tables that the database has."""
    return set(connection.introspection.table_names())


def hold(wanted: Sequence[Table]) -> None:
    """Let nobody else write until the transaction ends; all may read. SQLite does so by itself."""
    if connection.vendor == "postgresql" and wanted:
        listed = ", ".join(quoted(table.name) for table in wanted)
        run("SET LOCAL lock_timeout = '60s'")
        run(f"LOCK TABLE {listed} IN EXCLUSIVE MODE")


def check_references(*, at_once: bool) -> None:
    """Let PostgreSQL check references at once, or at the end; SQLite checks them at the end."""
    if connection.vendor == "postgresql":
        run(f"SET CONSTRAINTS ALL {'IMMEDIATE' if at_once else 'DEFERRED'}")


def set_guard(*, on: bool) -> None:
    """Put the guard of the audit trail on, or take it off, where there is an audit trail."""
    if GUARDED in names():
        statements = (guard.installing if on else guard.removing)(connection.vendor)
        for statement in statements:
            run(statement)


def empty(wanted: Iterable[str]) -> None:
    """Delete all rows of tables, and of the caches that the database holds."""
    for name in {*wanted, *(name for name in tables.cache_tables() if name in names())}:
        run(f"DELETE FROM {quoted(name)}")  # noqa: S608 - a table of ours


def drop_everything() -> None:
    """Drop all tables of rooms and libraries; others in the database stay."""
    ours = {table.name for table in tables.tables()} if tables.applied() else set()
    end = " CASCADE" if connection.vendor == "postgresql" else ""
    for name in sorted((ours | {"django_migrations"}) & names()):
        run(f"DROP TABLE {quoted(name)}{end}")


def insert(table: Table, chunks: Iterable[list[Row]], into: str = "") -> Iterator[int]:
    """Store rows in an empty table, giving how many have been stored so far after each chunk.

    Parameters
    ----------
    into
        Name of another table of the same columns, to store them there.
    """
    changes = [
        (place, change)
        for place, column in enumerate(table.columns)
        if (change := values.stored(column.kind, connection.vendor))
    ]
    put = quickly.copied if connection.vendor == "postgresql" else _inserted
    done = 0
    for chunk in chunks:
        put(
            into or table.name,
            table,
            [tables.changed(row, changes) for row in chunk] if changes else chunk,
        )
        done += len(chunk)
        yield done


def replace(table: Table, chunks: Iterable[list[Row]]) -> Iterator[int]:
    """Store rows in the place of those that a table has, giving how many after each chunk.

    The table is as `insert` leaves it when it was emptied before; others read what it held all the time.
    """
    if connection.vendor != "postgresql" or not run(f"SELECT 1 FROM {quoted(table.name)} LIMIT 1"):  # noqa: S608
        run(f"DELETE FROM {quoted(table.name)}")  # noqa: S608 - a table of ours
        yield from insert(table, chunks)
        return
    with quickly.beside(table) as name:
        yield from insert(table, chunks, into=name)


def _inserted(name: str, table: Table, rows: list[Row]) -> None:
    columns = ", ".join(quoted(column.name) for column in table.columns)
    marks = ", ".join(["%s"] * len(table.columns))
    sql = f"INSERT INTO {quoted(name)} ({columns}) VALUES ({marks})"  # noqa: S608 - a table of ours
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def go_on_counting(table: Table, last: int | None) -> None:
    """Let the next row of a table get a number that was never given."""
    if last is None:
        return
    highest = run(f"SELECT max({quoted(table.key)}) FROM {quoted(table.name)}")[0][0] or 0  # noqa: S608
    number = max(last, highest)
    if connection.vendor == "postgresql":
        run(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
            [quoted(table.name), table.key, max(number, 1), number > 0],
        )
        return
    run("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
    run("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])
