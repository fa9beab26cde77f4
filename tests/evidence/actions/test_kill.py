"""A process that is killed while it loads leaves the database as it was."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.conftest import home_environment

LOAD = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from sinergi.evidence import store
from sinergi.accounts.principal import operator
from sinergi.evidence.actions import load_import
store.CHUNK = 50
def die_in_the_middle(step, done, total):
    if step == "load" and done >= total / 2:
        os.kill(os.getpid(), signal.SIGKILL)
load_import(operator(), Path(sys.argv[1]), on_existing="replace", progress=die_in_the_middle)
"""


def state(home: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "sinergi.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [
            *database.execute("SELECT count(*), sum(active), sum(value) FROM evidence_observation"),
            *database.execute("SELECT count(*), sum(rows) FROM evidence_importbatch"),
            *database.execute("SELECT count(*) FROM evidence_source"),
            *database.execute("SELECT count(*) FROM evidence_indicator"),
        ]


def test_a_load_killed_in_the_middle_leaves_the_database_as_it_was(
    own_home: Path, csv_file
) -> None:
    before = state(own_home)
    rows = [f"63.71,poverty,{year},{year - 1990}.5" for year in range(1991, 2085)]
    rows += [f"63.72,stunting,{year},{year - 1990}.5" for year in range(1991, 2085)]
    path = csv_file("kode,indikator,tahun,nilai", *rows)
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(path)],
        env=home_environment(own_home),
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert state(own_home) == before
