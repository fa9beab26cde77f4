"""What all tests share: a home with the shipped pack and evidence, loaded once per run."""

import functools
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseOperations as PostgresqlOperations
from django.db.backends.sqlite3.base import DatabaseOperations as SqliteOperations
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as of_hypothesis

from sinergi.accounts.audit import guard
from tests import on_postgresql

os.environ.setdefault("SINERGI_TEST_RUN", uuid.uuid4().hex[:12])
# Hundreds of processes begin in a run; where nothing compiled is kept, each would compile all libraries anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
START = "0" * 64
# Property tests judge the law and not the speed of the machine; in CI they try the same cases each time.
of_hypothesis.register_profile(
    "patient",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
of_hypothesis.load_profile("patient")

OF_A_DATABASE = {"db", "transactional_db", "live_server", "shipped", "shipped_name", "demo"}
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
    shutil.copytree(home, untouched(home))
    (home / "ready").touch()
    return home


def untouched(home: Path) -> Path:
    """Return what is copied of a shipped home: in the home itself processes work, whose files come and go."""
    return home.with_name("shipped-untouched")


@pytest.fixture
def own_home(shipped_home: Path, tmp_path: Path) -> Path:
    """A home with everything that ships, for one test to change."""
    return Path(shutil.copytree(untouched(shipped_home), tmp_path / "home"))


def _wait_for(path: Path, seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path} did not appear"
        time.sleep(0.2)


@pytest.fixture(scope="session")
def shipped_database(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped database for this worker alone, because a transaction locks the file."""
    copy = tmp_path_factory.mktemp("shipped") / "sinergi.sqlite3"
    shutil.copyfile(untouched(shipped_home) / "sinergi.sqlite3", copy)
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
        _wait_for(mark / "ready")
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


@pytest.fixture(autouse=True)
def _nothing_known_of_rolled_back_texts() -> None:
    """Drop the index of texts: the next test gives the same numbers to other texts."""
    from sinergi.forums.queries import similar

    similar.forget()


@pytest.fixture
def database_of_many(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """An empty database that waits for each other's transactions, for tests of two at once.

    PostgreSQL as it is; of SQLite a file, because its database in memory knows no waiting.
    """
    request.getfixturevalue("transactional_db")
    usual = connections["default"]
    if usual.vendor != "sqlite":
        yield
        return
    from tests.databases import template

    name, file = usual.settings_dict["NAME"], tmp_path / "many.sqlite3"
    shutil.copyfile(template("sqlite"), file)
    del connections["default"]
    usual.settings_dict["NAME"] = str(file)
    try:
        yield
    finally:
        connections["default"].close()
        usual.settings_dict["NAME"] = name
        connections["default"] = usual


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long; on PostgreSQL leave out what brings a database of its own."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
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


@contextmanager
def connected(name: str) -> Iterator[None]:
    """Work on another database of the kind that the run uses."""
    usual = connections["default"]
    other = connections.create_connection("default")
    other.settings_dict = {**usual.settings_dict, "NAME": name}
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = usual


@contextmanager
def rolled_back(name: str) -> Iterator[None]:
    """Work on another database in a transaction that leaves nothing behind."""
    with connected(name), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def shipped(shipped_name: str, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The database of `shipped_home`, in a transaction that is rolled back after the test."""
    with django_db_blocker.unblock(), rolled_back(shipped_name):
        yield


@pytest.fixture(scope="session")
def prepared_demo(
    shipped_name: str,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
    django_db_setup: None,
    django_db_blocker,
) -> Iterator[tuple[str, Path]]:
    """The name of a database of this worker in which the demo is prepared, and the file of its passwords."""
    from sinergi.site.demo import prepare, secrets

    home = tmp_path_factory.mktemp("demo")
    if on_postgresql.asked():
        name = on_postgresql.name(f"demo_{worker_id}")
        on_postgresql.make(name, shipped_name)
    else:
        name = str(home / "sinergi.sqlite3")
        shutil.copyfile(shipped_name, name)
    with django_db_blocker.unblock(), connected(name):
        prepare.prepare_demo(home)
    yield name, home / secrets.FILE
    if on_postgresql.asked():
        on_postgresql.drop(name)


@pytest.fixture
def demo(prepared_demo: tuple[str, Path], tmp_path: Path, django_db_blocker) -> Iterator[list]:
    """How people of the demo sign in, on its database; the passwords lie in `tmp_path`."""
    from sinergi.site.demo.prepare import prepare_demo

    name, passwords = prepared_demo
    shutil.copy2(passwords, tmp_path)
    with django_db_blocker.unblock(), rolled_back(name):
        yield prepare_demo(tmp_path)
