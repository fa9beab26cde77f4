"""The tables of an installation: which there are, which are kept, and their rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from sinergi.site.keeping import values
from sinergi.site.keeping.databases import quoted, run, vendor
from sinergi.site.keeping.errors import KeepingError

NOT_KEPT = frozenset(
    {
        "accounts_taskworker",
        "agreements_agreementwords",
        "agreements_searchtext",
        "django_session",
        "usersessions_usersession",
    }
)
"""Tables of what is passing: which workers run, who is signed in, what search has read and reads again.
After a restore everybody signs in again, because a session names a person by a number that may by then be
somebody else's."""
ONLY = {"django_tasks_database_dbtaskresult": "status <> 'SUCCESSFUL'"}
"""Of these only some rows: tasks that are done left their result elsewhere."""
CHUNK = 2_000

Row = tuple[Any, ...]
State = frozenset[tuple[str, str]]
"""Migrations: room and name."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the kind of its values: `values.KINDS`."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as archives know it; the first columns are in the order of the model.

    Attributes
    ----------
    key
        Name of the column of the primary key, by which rows are ordered.
    """

    name: str
    key: str
    columns: tuple[Column, ...]

    @property
    def kept(self) -> bool:
        """Whether its rows go into archives."""
        return self.name not in NOT_KEPT

    @property
    def place_of_key(self) -> int:
        """Where in a row the key is."""
        return [column.name for column in self.columns].index(self.key)


def applied(using: str = DEFAULT_DB_ALIAS) -> State:
    """Return the migrations that a database has gone through; none for an empty one."""
    return frozenset(MigrationLoader(connections[using]).applied_migrations)


def known() -> State:
    """Return all migrations of this version of Sinergi."""
    return frozenset(MigrationLoader(None).disk_migrations)


def tables(using: str = DEFAULT_DB_ALIAS) -> list[Table]:
    """Return all tables that a database has by its own migrations, those of many-to-many fields too.

    A database that waits for an upgrade is described as it is, not as this version would have it.

    Raises
    ------
    KeepingError
        When a table has a column of a kind that archives do not know, or nothing is set up at all.
    """
    loader = MigrationLoader(connections[using])
    have = [node for node in loader.applied_migrations if node in loader.graph.nodes]
    if not have:
        from django.utils.translation import gettext as _  # noqa: PLC0415 - only to fail

        raise KeepingError(_("Nothing is set up here yet. Run `sinergi setup` first."))
    registry: Any = apps
    if set(loader.graph.nodes) - set(have):
        registry = loader.project_state(have).apps
    models = registry.get_models(include_auto_created=True)
    found = {}
    for model in models:
        about = model._meta  # noqa: SLF001 - the documented way
        if about.managed and not about.proxy:
            found[about.db_table] = about
    return [_table(name, found[name]) for name in sorted(found)]


def _table(name: str, about: Any) -> Table:
    try:
        columns = tuple(
            Column(field.column, values.kind_of(field)) for field in about.concrete_fields
        )
    except KeyError as error:
        msg = f"{name}: {error}"
        raise KeepingError(msg) from error
    return Table(name, about.pk.column, columns)


def _selected(table: Table, using: str) -> str:
    names = ", ".join(quoted(column.name) for column in table.columns)
    where = f" WHERE {ONLY[table.name]}" if table.name in ONLY else ""
    kind = table.columns[table.place_of_key].kind
    order = ' COLLATE "C"' if kind == "text" and vendor(using) == "postgresql" else ""
    return f"SELECT {names} FROM {quoted(table.name)}{where} ORDER BY {quoted(table.key)}{order}"  # noqa: S608


def rows(table: Table, using: str = DEFAULT_DB_ALIAS) -> Iterator[list[Row]]:
    """Give the rows of a table as archives hold them, by their key, some thousand at a time.

    The database hands them over as they are read: memory does not grow with the table.
    """
    changes = [
        (place, change)
        for place, column in enumerate(table.columns)
        if (change := values.told(column.kind))
    ]
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(_selected(table, using))
        while found := cursor.fetchmany(CHUNK):
            yield [changed(row, changes) for row in found]


def changed(row: Sequence[Any], changes: list[tuple[int, values.Change]]) -> Row:
    """Return a row with some of its values changed, those that are there."""
    out = list(row)
    for place, change in changes:
        if out[place] is not None:
            out[place] = change(out[place])
    return tuple(out)


def count(table: Table, using: str = DEFAULT_DB_ALIAS) -> int:
    """Return how many rows of a table are kept."""
    where = f" WHERE {ONLY[table.name]}" if table.name in ONLY else ""
    return int(run(f"SELECT count(*) FROM {quoted(table.name)}{where}", using=using)[0][0])  # noqa: S608


def last_number(table: Table, using: str = DEFAULT_DB_ALIAS) -> int | None:
    """Return the last number that a table gave to a row, also one deleted since; `None` where none are given.

    A number is never given twice: the audit trail names things by it.
    """
    if vendor(using) == "sqlite":
        sql = "SELECT seq FROM sqlite_sequence WHERE name = %s"
        found = run(sql, [table.name], using) if _numbers_rows(using) else []
    else:
        sql = (
            "SELECT coalesce(last_value, 0) FROM pg_sequences WHERE"
            " quote_ident(schemaname) || '.' || quote_ident(sequencename) = pg_get_serial_sequence(%s, %s)"
        )
        found = run(sql, [quoted(table.name), table.key], using)
    return int(found[0][0]) if found else None


def _numbers_rows(using: str) -> bool:
    """Whether SQLite has its table of last numbers: it comes with the first table that has numbers."""
    return bool(run("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'", (), using))


def cache_tables() -> list[str]:
    """Return the tables of caches in the database; they hold nothing that is kept."""
    kind = "django.core.cache.backends.db.DatabaseCache"
    return [str(one["LOCATION"]) for one in settings.CACHES.values() if one["BACKEND"] == kind]
