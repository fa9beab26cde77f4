"""What keeps the database itself from changing or deleting audit records, on SQLite and PostgreSQL."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "accounts_auditrecord"

SQLITE_INSTALL = (
    *(
        f"CREATE TRIGGER IF NOT EXISTS audit_no_{deed} BEFORE {deed.upper()} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'audit records are never changed or deleted'); END"
        for deed in ("update", "delete")
    ),
    (
        f"CREATE TRIGGER IF NOT EXISTS audit_no_replace BEFORE INSERT ON {TABLE} "  # noqa: S608 - no input
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE sequence = NEW.sequence) "
        "BEGIN SELECT RAISE(ABORT, 'audit records are never changed or deleted'); END"
    ),
)
"""`INSERT OR REPLACE` deletes without asking the trigger for deletions; the third one stops it."""
SQLITE_TRIGGERS = ("audit_no_delete", "audit_no_replace", "audit_no_update")
SQLITE_REMOVE = tuple(f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE_TRIGGERS)

POSTGRESQL_INSTALL = (
    (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'audit records are never changed or deleted'; END $$"
    ),
    f"DROP TRIGGER IF EXISTS audit_no_change ON {TABLE}",
    (
        f"CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
    ),
    f"DROP TRIGGER IF EXISTS audit_no_truncate ON {TABLE}",
    (
        f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    ),
)
POSTGRESQL_TRIGGERS = ("audit_no_change", "audit_no_truncate")
POSTGRESQL_REMOVE = (
    f"DROP TRIGGER IF EXISTS audit_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS audit_no_truncate ON {TABLE}",
)


def installing(vendor: str) -> tuple[str, ...]:
    """Return the statements that put the guard on; safe to repeat."""
    return POSTGRESQL_INSTALL if vendor == "postgresql" else SQLITE_INSTALL


def removing(vendor: str) -> tuple[str, ...]:
    """Return the statements that take the guard off: for a restore, by the owner of the table."""
    return POSTGRESQL_REMOVE if vendor == "postgresql" else SQLITE_REMOVE


def is_on(connection: BaseDatabaseWrapper) -> bool:
    """Whether all triggers are there and switched on; one query."""
    if connection.vendor == "postgresql":
        names: tuple[str, ...] = POSTGRESQL_TRIGGERS
        sql = (
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass "
            "AND NOT tgisinternal AND tgenabled <> 'D'"
        )
    else:
        names = SQLITE_TRIGGERS
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [TABLE])
        found = {row[0] for row in cursor.fetchall()}
    return found.issuperset(names)


def put_on(connection: BaseDatabaseWrapper) -> None:
    """Install what is missing of the guard."""
    if is_on(connection):
        return
    with connection.cursor() as cursor:
        for statement in installing(connection.vendor):
            cursor.execute(statement)


def after_migrate(using: str = "default", **_options: Any) -> None:
    """Put the guard on again: on SQLite a change of the table makes it anew, without its triggers."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        put_on(connection)
