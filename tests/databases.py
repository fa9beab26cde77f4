"""A database of a test's own, for stories of several processes: a SQLite file, or one on PostgreSQL."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import dj_database_url
import psycopg
from django.db import connections
from django.db.utils import load_backend

from tests.conftest import lacking

SERVER = os.environ.get("SINERGI_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
ROOT = Path(__file__).parent.parent


@dataclass
class Installation:
    """A home and a database, in which processes of their own work."""

    home: Path
    url: str
    started: list[subprocess.Popen] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "SINERGI_HOME": str(self.home),
            "SINERGI_DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
            "SINERGI_SECRET_KEY": "only-for-tests-" + "x" * 40,
            "SINERGI_LANGUAGE": "en",
            "PYTHONPATH": str(ROOT),
            "COVERAGE_PROCESS_START": "",
        }

    def start(self, *command: str) -> subprocess.Popen:
        """Begin a process and go on."""
        begun = subprocess.Popen(
            command,
            env=self.environment,
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(begun)
        return begun

    def sinergi(self, *arguments: str) -> subprocess.Popen:
        """Begin `sinergi …` and go on."""
        return self.start(sys.executable, "-m", "sinergi.cli", *arguments)

    def python(self, code: str, *arguments: str) -> str:
        """Run code with Django set up, to its end; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{code}", *arguments],
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def close(self) -> None:
        """End the processes that still run."""
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.communicate(timeout=120)


MIGRATE = "from django.core.management import call_command\ncall_command('migrate', verbosity=0)"
RUN = os.environ.setdefault("SINERGI_TEST_RUN", uuid.uuid4().hex[:12])
"""Names the run for all its workers; `tests/conftest.py` sets it before they begin."""
TEMPLATES = Path(tempfile.gettempdir()) / f"sinergi-templates-{RUN}"


@contextmanager
def installation(vendor: str, home: Path, prepare: str = "") -> Iterator[Installation]:
    """An empty installation on a database of one kind, or what `prepare` makes; it is dropped afterwards.

    The schema, and what `prepare` puts into the database, are made once in a run, and copied.
    """
    if vendor == "sqlite":
        made = Installation(home, f"sqlite:///{home / 'sinergi.sqlite3'}")
        shutil.copyfile(template("sqlite", prepare), home / "sinergi.sqlite3")
        try:
            yield made
        finally:
            made.close()
        return
    with database(template("postgresql", prepare)) as url:
        made = Installation(home, url)
        try:
            yield made
        finally:
            made.close()


@contextmanager
def database(like: str = "template1") -> Iterator[str]:
    """The address of a new database on the PostgreSQL server, a copy of another; it is dropped afterwards."""
    name = f"sinergi_test_{uuid.uuid4().hex[:12]}"
    with server() as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    try:
        yield f"{SERVER}/{name}"
    finally:
        with server() as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def server() -> Iterator[psycopg.Connection]:
    """A connection that makes and drops databases."""
    try:
        connection = psycopg.connect(f"{SERVER}/postgres", autocommit=True)
    except psycopg.OperationalError as error:
        lacking(f"no PostgreSQL at {SERVER}: {error}")
    with connection:
        yield connection


def template(vendor: str, prepare: str = "") -> str:
    """An installation that is only copied: the path of a file, or the name of a database."""
    end = f"_{hashlib.sha256(prepare.encode()).hexdigest()[:12]}" if prepare else ""
    file, name = TEMPLATES / f"sqlite{end}" / "sinergi.sqlite3", f"sinergi_template_{RUN}{end}"
    url = f"sqlite:///{file}" if vendor == "sqlite" else f"{SERVER}/{name}"

    def make(folder: Path) -> None:
        if vendor == "postgresql":
            with server() as connection:
                connection.execute(f'CREATE DATABASE "{name}"')
        Installation(folder, url).python(f"{MIGRATE}\n{prepare}")

    once(vendor + end, make)
    return str(file) if vendor == "sqlite" else name


def once(what: str, make: Callable[[Path], None]) -> Path:
    """Let the first worker that comes make something in a folder of the run; others wait for it."""
    folder = TEMPLATES / what
    TEMPLATES.mkdir(exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError:
        until((folder / "ready").exists, 600)
        return folder
    make(folder)
    (folder / "ready").touch()
    return folder


def drop_templates() -> None:
    """Drop what the run made to be copied."""
    for folder in TEMPLATES.glob("postgresql*"):
        name = f"sinergi_template_{RUN}{folder.name.removeprefix('postgresql')}"
        with server() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(TEMPLATES, ignore_errors=True)


def until(happened: Callable[[], object], seconds: float = 240) -> None:
    """Wait for something; how long is no matter of what is tested, so a loaded machine is given time."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@contextmanager
def opened(place: Installation) -> Iterator[None]:
    """Work in this process on the database of an installation, instead of that of the test run."""
    usual = connections["default"]
    parsed = dj_database_url.parse(place.url)
    of_sqlite = {"transaction_mode": "IMMEDIATE", "timeout": 60}
    options = {} if "postgresql" in parsed["ENGINE"] else of_sqlite
    described = {**usual.settings_dict, **parsed, "OPTIONS": options, "CONN_HEALTH_CHECKS": False}
    other = load_backend(parsed["ENGINE"]).DatabaseWrapper(described, "default")
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = usual
