"""What makes loading on PostgreSQL quick: references checked once a table, and rows kept that are the same.

PostgreSQL asks for every row and every reference by itself; a table of evidence has a million of them. Where
the tables are nobody's yet, the references are taken off and put on again, and each is checked by one query.
That locks out readers; so where somebody may read, rows go into a table beside, and only those that differ go
further: a backup is mostly what is there already.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from sinergi.site.keeping.databases import quoted, run
from sinergi.site.keeping.tables import Row, Table

BESIDE = "sinergi_incoming"
REFERENCES = """
    SELECT quote_ident(held.relname), quote_ident(found.conname), pg_get_constraintdef(found.oid)
    FROM pg_constraint found
    JOIN pg_class held ON held.oid = found.conrelid
    JOIN pg_namespace place ON place.oid = held.relnamespace
    WHERE found.contype = 'f' AND place.nspname = current_schema() AND held.relname = ANY(%s)
    ORDER BY found.oid
"""


@contextmanager
def references_at_the_end(wanted: Sequence[Table]) -> Iterator[None]:
    """Load the block's rows without references; all are checked when it ends. Nobody reads meanwhile.

    Raises
    ------
    django.db.IntegrityError
        When a row refers to one that is not there.
    """
    if connection.vendor != "postgresql":
        yield
        return
    run("SET CONSTRAINTS ALL IMMEDIATE")
    found = run(REFERENCES, [[table.name for table in wanted]])
    for table, name, _what in found:
        run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, what in found:
        run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}")


def copied(name: str, table: Table, rows: Iterable[Row]) -> None:
    """Store rows in the table of a name, which has the columns of `table`."""
    columns = ", ".join(quoted(column.name) for column in table.columns)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        taker: Any = cursor
        with taker.copy(f"COPY {quoted(name)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def beside(table: Table) -> Iterator[str]:
    """Give the name of an empty table for rows; at the end the table becomes equal to it, row by row.

    Rows are the same when their bytes are, so that -0.0 is not 0.0.
    """
    held, key = quoted(table.name), quoted(table.key)
    run(f"CREATE UNLOGGED TABLE {BESIDE} (LIKE {held})")
    yield BESIDE
    run(f"ANALYZE {BESIDE}")
    run(
        f"DELETE FROM {held} AS old_row WHERE NOT EXISTS (SELECT 1 FROM {BESIDE} AS new_row"  # noqa: S608 - a table of ours
        f" WHERE new_row.{key} = old_row.{key} AND new_row *= old_row)"
    )
    run(
        f"INSERT INTO {held} SELECT new_row.* FROM {BESIDE} AS new_row WHERE NOT EXISTS"  # noqa: S608 - as above
        f" (SELECT 1 FROM {held} AS old_row WHERE old_row.{key} = new_row.{key})"
    )
    run(f"DROP TABLE {BESIDE}")
