"""What all tests share: a home with the shipped pack and evidence, loaded once per run."""

import functools
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseOperations as PostgresqlOperations
from django.db.backends.sqlite3.base import DatabaseOperations as SqliteOperations
from django.utils import translation

from sinergi.accounts.audit import guard
from tests import on_postgresql

os.environ.setdefault("SINERGI_TEST_RUN", uuid.uuid4().hex[:12])
START = "0" * 64

OF_A_DATABASE = {"db", "transactional_db", "live_server", "shipped", "shipped_name"}
"""Fixtures that lead to the database of the run."""

SETUP = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from sinergi.reference.actions import load_reference
load_reference()
from sinergi.evidence.actions import load_shipped_evidence
load_shipped_evidence()
"""


def _guarded(sql_flush, vendor):
    """Let a test's clean-up empty the tables although audit records are guarded against it."""

    @functools.wraps(sql_flush)
    def flush(*args, **options):
        begin = f"INSERT INTO accounts_audithead (id, sequence, hash) VALUES (1, 0, '{START}')"
        return [
            *guard.removing(vendor),
            *sql_flush(*args, **options),
            *guard.installing(vendor),
            begin,
        ]

    return flush


SqliteOperations.sql_flush = _guarded(SqliteOperations.sql_flush, "sqlite")
PostgresqlOperations.sql_flush = _guarded(PostgresqlOperations.sql_flush, "postgresql")


@pytest.fixture(autouse=True)
def usual_language() -> Iterator[None]:
    """Begin each test in the language of the installation: a page in English would leave English behind."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


def lacking(what: str) -> None:
    """Skip where a machine lacks something; in CI nothing may be skipped."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def home_environment(home: Path) -> dict[str, str]:
    """Return the environment of a process that works in `home`."""
    return {
        **os.environ,
        "SINERGI_HOME": str(home),
        "SINERGI_DATABASE_URL": f"sqlite:///{home / 'sinergi.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
    }


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home with everything that ships, loaded by a process of its own; shared by all workers."""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "shipped-home"
    try:
        home.mkdir()
    except FileExistsError:
        _wait_for(home / "ready")
        return home
    done = subprocess.run(
        [sys.executable, "-c", SETUP],
        env=home_environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (home / "ready").touch()
    return home


def _wait_for(path: Path, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path} did not appear"
        time.sleep(0.2)


@pytest.fixture(scope="session")
def shipped_database(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped database for this worker alone, because a transaction locks the file."""
    copy = tmp_path_factory.mktemp("shipped") / "sinergi.sqlite3"
    shutil.copyfile(shipped_home / "sinergi.sqlite3", copy)
    return copy


@pytest.fixture(scope="session")
def shipped_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """On PostgreSQL: a database with everything that ships, loaded once per run, to be copied."""
    base = tmp_path_factory.getbasetemp()
    mark = (base if worker_id == "master" else base.parent) / "shipped-template"
    name = on_postgresql.name("shipped")
    try:
        mark.mkdir()
    except FileExistsError:
        _wait_for(mark / "ready", 300)
        return name
    on_postgresql.load(name, SETUP, str(mark))
    (mark / "ready").touch()
    return name


@pytest.fixture(scope="session")
def shipped_name(request: pytest.FixtureRequest, worker_id: str) -> Iterator[str]:
    """The name of this worker's own copy of the shipped database, of whichever kind the run uses."""
    if not on_postgresql.asked():
        yield str(request.getfixturevalue("shipped_database"))
        return
    template = request.getfixturevalue("shipped_template")
    name = on_postgresql.name(f"shipped_{worker_id}")
    on_postgresql.make(name, template)
    yield name
    on_postgresql.drop(name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run what works on the database of the run; what brings its own was run before."""
    if not on_postgresql.asked():
        return
    left_out = [item for item in items if not _works_on_the_database(item)]
    items[:] = [item for item in items if _works_on_the_database(item)]
    config.hook.pytest_deselected(items=left_out)


def _works_on_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser"):
        return False
    wanted = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or wanted & OF_A_DATABASE)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Drop what was copied, when all workers are done."""
    if hasattr(session.config, "workerinput"):
        return
    if on_postgresql.asked():
        on_postgresql.drop(on_postgresql.name("shipped"))
    from tests.databases import drop_templates

    drop_templates()


@pytest.fixture
def shipped(shipped_name: str, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The database of `shipped_home`, in a transaction that is rolled back after the test."""
    usual = connections["default"]
    other = connections.create_connection("default")
    other.settings_dict = {
        **usual.settings_dict,
        "NAME": shipped_name,
    }
    with django_db_blocker.unblock():
        connections["default"] = other
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            other.close()
            connections["default"] = usual
