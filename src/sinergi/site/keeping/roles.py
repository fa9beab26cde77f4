"""Roles on PostgreSQL: the owner makes tables; the application only reads and writes rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

from sinergi.accounts.audit import guard
from sinergi.site.keeping.databases import opened, quoted, run


def owner_url() -> str:
    """Return the address by which the owner of the tables reaches the database; empty where there is none."""
    return str(settings.SINERGI_OWNER_DATABASE_URL)


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the role that owns the tables while the block runs, where there is one besides the usual."""
    if not owner_url():
        yield
        return
    with opened(owner_url(), DEFAULT_DB_ALIAS):
        yield


def application_role() -> str:
    """Return the role that the application uses, of `SINERGI_DATABASE_URL`."""
    return str(connections.settings[DEFAULT_DB_ALIAS].get("USER") or "")


def grant_again() -> None:
    """Give the application's role its rights on all tables, where the owner is another role."""
    role = application_role()
    if connection.vendor == "postgresql" and owner_url() and role:
        grant(role)


def grant(role: str) -> None:
    """Give a role exactly what the application needs; run as the owner of the tables.

    It may read and write rows, not the shape of tables; of the audit trail it may read and add to the end.
    """
    name = quoted(role)
    tables = connection.introspection.table_names()
    schema = run("SELECT current_schema()")[0][0]
    inside = f"IN SCHEMA {quoted(schema)}"
    database = quoted(run("SELECT current_database()")[0][0])
    statements = [
        f"REVOKE CREATE ON SCHEMA {quoted(schema)} FROM PUBLIC, {name}",
        f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {name}",
        f"GRANT USAGE ON SCHEMA {quoted(schema)} TO {name}",
        f"REVOKE ALL ON ALL TABLES {inside} FROM PUBLIC, {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES {inside} TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES {inside} TO {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name}",
    ]
    if guard.TABLE in tables:
        statements.append(f"REVOKE UPDATE, DELETE ON {guard.TABLE} FROM {name}")
    for statement in statements:
        run(statement)
