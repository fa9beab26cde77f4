"""The core of imports on a real PostgreSQL: load, replace, undo, read."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import lacking

SERVER = os.environ.get("SINERGI_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
STORY = """
import sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from sinergi.reference.actions import load_reference
load_reference()
from sinergi.accounts.principal import operator
from sinergi.evidence.actions import *
from sinergi.evidence.queries import *
from sinergi.evidence.models import Observation
from sinergi.reference.queries import region_table
import numpy as np

shipped = load_shipped_evidence()
assert shipped.rows == Observation.objects.count() == 263245, shipped.rows
assert load_shipped_evidence().pk == shipped.pk
table = region_table()
row = table.position["63.71"]
codes = ["poverty", "growth.grdp", "price.beef"]
before = readings(codes, table)
assert np.isfinite(before.values[row]).all(), before.values[row]
folder = Path(sys.argv[1])
head = "kode,indikator,tahun,nilai\\n"
(folder / "a.csv").write_text(head + "63.71,poverty,2021,9.5\\n63.71,poverty,2025,4.25\\n")
try:
    load_import(operator(), folder / "a.csv")
except ImportRefusedError as refused:
    assert [one.code for one in refused.preview.problems.kept] == ["already_stored"]
else:
    raise AssertionError("a stored value was not refused")
first = load_import(operator(), folder / "a.csv", on_existing="replace")
assert (first.rows, first.replaced) == (2, 1)
assert readings(codes, table).values[row, 0] == 4.25
(folder / "b.csv").write_text(head + "63.71,poverty,2025,5.25\\n")
second = load_import(operator(), folder / "b.csv", on_existing="replace")
try:
    undo_import(operator(), first.pk)
except UndoRefusedError as refused:
    assert f"#{second.pk}" in str(refused)
else:
    raise AssertionError("the undo was not refused")
undo_import(operator(), second.pk)
assert readings(codes, table).values[row, 0] == 4.25

# an undo that begins while another load replaces the same value waits for that load, and is refused
from threading import Event, Thread
from time import sleep
from django.db import connection, transaction
replaced, said = Event(), []
def undo():
    replaced.wait()
    try:
        said.append(undo_import(operator(), first.pk))
    except UndoRefusedError as refused:
        said.append(refused)
    finally:
        connection.close()
(folder / "c.csv").write_text(head + "63.71,poverty,2025,6.25\\n")
thread = Thread(target=undo)
thread.start()
with transaction.atomic():
    third = load_import(operator(), folder / "c.csv", on_existing="replace")
    replaced.set()
    sleep(1)
thread.join()
assert isinstance(said[0], UndoRefusedError), said
undo_import(operator(), third.pk)
assert readings(codes, table).values[row, 0] == 4.25
undo_import(operator(), first.pk)
assert np.array_equal(readings(codes, table).values, before.values, equal_nan=True)
assert len(history("poverty", "63.71", "2025")) == 3
print("told to the end")
"""


@pytest.fixture
def database() -> Iterator[str]:
    name = f"sinergi_evidence_test_{os.getpid()}"
    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True)
    except psycopg.OperationalError as error:
        lacking(f"no PostgreSQL at {SERVER}: {error}")
    with server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"{SERVER}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.postgres
def test_load_replace_and_undo_hold_on_postgresql(database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SINERGI_HOME": str(tmp_path / "home"),
        "SINERGI_DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", STORY, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "told to the end\n", done.stderr
