"""Opening databases by their address, and reading one as it stands at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.connection import ConnectionDoesNotExist

SQLITE = "django.db.backends.sqlite3"
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def configured(url: str) -> dict[str, Any]:
    """Return the settings of a database that is reached at an address, as those of the installation.

    Raises
    ------
    dj_database_url.UnknownSchemeError
        When it is the address of nothing that is known.
    """
    usual = connections.settings[DEFAULT_DB_ALIAS]
    found: dict[str, Any] = {**usual, "OPTIONS": {}, **dj_database_url.parse(url)}
    if found["ENGINE"] == SQLITE:
        found["OPTIONS"] = dict(SQLITE_OPTIONS)
    return found


@contextmanager
def opened(url: str, alias: str) -> Iterator[str]:
    """Open a database under an alias while the block runs; `default` lets it stand in for the usual one.

    Everything that Django does in this thread without naming a database then happens there: migrations,
    the audit chain, queries.
    """
    settings = configured(url)
    before = _existing(alias)
    wrapper = connections.create_connection(DEFAULT_DB_ALIAS)
    wrapper.settings_dict = settings
    if settings["ENGINE"] != connections.settings[DEFAULT_DB_ALIAS]["ENGINE"]:
        wrapper = _of_other_engine(settings, alias)
    wrapper.alias = alias
    connections[alias] = wrapper
    try:
        yield alias
    finally:
        wrapper.close()
        if before is None:
            del connections[alias]
        else:
            connections[alias] = before


def _of_other_engine(settings: dict[str, Any], alias: str) -> Any:
    from django.db.utils import load_backend  # noqa: PLC0415 - only where engines differ

    return load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias)


def _existing(alias: str) -> Any:
    try:
        return connections[alias]
    except ConnectionDoesNotExist:
        return None


def vendor(using: str = DEFAULT_DB_ALIAS) -> str:
    """Return `sqlite` or `postgresql`."""
    return connections[using].vendor


@contextmanager
def snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Read the database as it stands now, whatever others write while the block runs; locks nothing.

    Inside a transaction of the caller it is that transaction that is read.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    usual = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(using):
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT count(*) FROM django_migrations")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = usual  # type: ignore[attr-defined]


def run(sql: str, parameters: Any = (), using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """Run one statement and return its rows, if it gives any."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall()) if cursor.description else []


def quoted(name: str) -> str:
    """Return the name of a table or column as both databases take it."""
    return '"' + name.replace('"', '""') + '"'
