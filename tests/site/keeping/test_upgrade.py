"""The database of the release before comes through an upgrade, also one that was cut off."""

import gzip
import json
import shutil
import signal
import sqlite3
import sys
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sinergi.accounts.audit.proof import verify
from sinergi.site.keeping import databases, loading, tables
from sinergi.site.keeping.backup import backup, reading
from sinergi.site.keeping.restore import ends
from tests.databases import RUN, SERVER, Installation, database, once, opened, server

EARLIER = Path(__file__).parents[2] / "data" / "release-2.sqlite3.gz"
KEPT = (
    "evidence_importbatch",
    "evidence_indicator",
    "evidence_observation",
    "evidence_source",
    "opportunities_entrymember",
    "opportunities_priorityentry",
    "opportunities_prioritylist",
    "reference_region",
    "reference_border",
    "reference_regionshape",
)


@pytest.fixture(scope="session")
def old() -> Path:
    """The database of the release before, as a file that nobody changes."""

    def make(folder: Path) -> None:
        (folder / "old.sqlite3").write_bytes(gzip.decompress(EARLIER.read_bytes()))

    return once("release-2", make) / "old.sqlite3"


@pytest.fixture(scope="session")
def old_on_postgresql(old, django_db_blocker) -> str:
    """The name of a database on PostgreSQL that is as the file, to be copied."""
    name = f"sinergi_template_{RUN}_old"

    def make(folder: Path) -> None:
        with server() as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        with django_db_blocker.unblock():
            as_it_was(old, Installation(folder, f"{SERVER}/{name}"), folder / "old.backup")

    once("postgresql_old", make)
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, old, tmp_path, django_db_blocker):
    """The database of the release before, as it was, on either kind."""
    made = Installation(tmp_path, f"sqlite:///{tmp_path / 'sinergi.sqlite3'}")
    with django_db_blocker.unblock(), ExitStack() as ended:
        if request.param == "sqlite":
            shutil.copyfile(old, tmp_path / "sinergi.sqlite3")
        else:
            made.url = ended.enter_context(database(request.getfixturevalue("old_on_postgresql")))
        ended.callback(made.close)
        yield made


def as_it_was(old: Path, place: Installation, archive: Path) -> None:
    """Put the old database on PostgreSQL in its own schema."""
    with databases.opened(f"sqlite:///{old}", "default"):
        made = backup(archive)
    with opened(place), reading(archive) as reader:
        executor = MigrationExecutor(connection)
        executor.migrate(ends(executor, made.header.migrations))
        with loading.one_transaction():
            loading.check_references(at_once=False)
            loading.empty(table.name for table in tables.tables())
            for section in reader.sections():
                for _done in loading.insert(section.table, section.chunks):
                    pass
                loading.go_on_counting(section.table, section.last_number)


def rows_of(old: Path, table: str) -> tuple[list[str], list[tuple]]:
    with closing(sqlite3.connect(old)) as file:
        cursor = file.execute(f"SELECT * FROM {table} ORDER BY id")
        return [one[0] for one in cursor.description], cursor.fetchall()


def meant(value):
    """A value as both databases and both releases mean it."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        return json.loads(value)
    if hasattr(value, "astimezone"):
        return value.replace(tzinfo=None).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, memoryview):
        return bytes(value)
    return value


def nothing_is_lost(old: Path) -> None:
    for table in KEPT:
        names, before = rows_of(old, table)
        there = {
            column.name for one in tables.tables() if one.name == table for column in one.columns
        }
        both = [name for name in names if name in there]
        assert set(names) - there <= {"owner", "actor", "undone_by"}, (table, names, there)
        listed = ", ".join(f'"{name}"' for name in both)
        after = databases.run(f"SELECT {listed} FROM {table} ORDER BY id")
        places = [names.index(name) for name in both]
        assert [[meant(one) for one in row] for row in after] == [
            [meant(row[place]) for place in places] for row in before
        ], table


def history_is_kept(old: Path) -> None:
    names, before = rows_of(old, "opportunities_listevent")
    after = databases.run(
        "SELECT at, object_id, part, after FROM accounts_auditrecord"
        " WHERE kind = 'priority_list' ORDER BY sequence"
    )
    assert len(after) == len(before) == 11
    for event, (at, number, part, _after) in zip(before, after, strict=True):
        told = dict(zip(names, event, strict=True))
        assert meant(at) == told["at"]
        assert number == str(told["priority_list_id"])
        assert part == (f"entry:{told['entry_id']}" if told["entry_id"] else "")


def come_through(old: Path) -> None:
    assert tables.applied() == tables.known()
    nothing_is_lost(old)
    history_is_kept(old)
    assert verify().whole
    found = databases.run(
        "SELECT count(*) FROM opportunities_prioritylist WHERE organisation_id IS NULL"
    )
    assert found == [(0,)]


def test_everything_comes_through_and_a_second_upgrade_finds_nothing_to_do(old, place):
    with opened(place):
        for _time in range(2):
            call_command("migrate", verbosity=0)
            come_through(old)


CUT_OFF = """
import time
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
now = []
def progress(what, migration=None, fake=False):
    if what == 'apply_start' and migration.name == '{migration}':
        now.append(migration)
def wait(execute, sql, params, many, context):
    found = execute(sql, params, many, context)
    if now and '{sign}' in sql:
        print('there', flush=True)
        time.sleep(600)
    return found
executor = MigrationExecutor(connection, progress)
with connection.execute_wrapper(wait):
    executor.migrate(executor.loader.graph.leaf_nodes())
"""


PLACES = (
    ("0002_audit_guard", "TRIGGER"),
    ("0002_shelves", "evidence_importbatch"),
    ("0003_events_to_audit", 'INTO "accounts_auditrecord"'),
)
"""Migrations in the order in which they run, and what the statement says after which it is killed."""


def test_an_upgrade_killed_half_way_again_and_again_is_completed_by_the_next(old, place):
    for migration, sign in PLACES:
        code = CUT_OFF.format(migration=migration, sign=sign)
        running = place.start(sys.executable, "-c", f"import django\ndjango.setup()\n{code}")
        assert running.stdout.readline() == "there\n", running.stdout.read()
        running.send_signal(signal.SIGKILL)
        running.wait(240)
        with opened(place):
            assert migration not in {name for _room, name in tables.applied()}
    with opened(place):
        call_command("migrate", verbosity=0)
        come_through(old)
