"""What all tests share: a home with the shipped pack and evidence, loaded once per run."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections, transaction

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


@pytest.fixture
def shipped(shipped_database: Path, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The database of `shipped_home`, in a transaction that is rolled back after the test."""
    usual = connections["default"]
    other = connections.create_connection("default")
    other.settings_dict = {
        **usual.settings_dict,
        "NAME": str(shipped_database),
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
