"""Backup and restore of the shipped database, beside `dumpdata` and what the database itself brings.

Told as ratios: ours to theirs, of time and of the peak of memory. With
`SINERGI_BENCH_POSTGRES=postgresql://…` of an empty database, PostgreSQL is measured, too.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.common import environment, loaded_home, table

OURS = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from sinergi.site.keeping.backup import backup, check
from sinergi.site.keeping.databases import opened
from sinergi.site.keeping.restore import restore
path = Path(sys.argv[1]) / "ours.backup"
start = time.perf_counter()
backup(path)
written = time.perf_counter()
check(path)
checked = time.perf_counter()
with opened(sys.argv[2], "default"):
    restore(path)
done = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"backup": written - start, "check": checked - written, "restore": done - checked,
    "bytes": path.stat().st_size, "peak": peak}))
"""
DUMPDATA = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from sinergi.accounts.audit import guard
from sinergi.site.keeping.databases import opened, run
path = Path(sys.argv[1]) / "dump.json.gz"
start = time.perf_counter()
call_command("dumpdata", "--natural-foreign", "-e", "contenttypes", "-e", "auth", "-e", "sessions",
    "-o", str(path), verbosity=0)
written = time.perf_counter()
with opened(sys.argv[2], "default"):
    call_command("migrate", verbosity=0)
    call_command("loaddata", str(path), verbosity=0)
done = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"backup": written - start, "restore": done - written,
    "bytes": path.stat().st_size, "peak": peak}))
"""


def _apart(code: str, home: Path, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(home),
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _seconds(*command: str) -> float:
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start


def _row(what: str, ours: float, theirs: float) -> tuple[str, str, str]:
    return what, f"{ours:.2f}", f"{theirs:.2f}, ratio {ours / theirs:.2f}"


def run() -> list[str]:
    """Measure and print; return the promises that are broken."""
    home = loaded_home()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = _apart(OURS, home, name, f"sqlite:///{folder}/ours.sqlite3")
        theirs = _apart(DUMPDATA, home, name, f"sqlite:///{folder}/theirs.sqlite3")
        rows = [
            ("", "ours", "dumpdata, loaddata"),
            _row("backup, seconds", ours["backup"], theirs["backup"]),
            _row("restore, seconds", ours["restore"], theirs["restore"]),
            _row("peak of memory, MB", ours["peak"], theirs["peak"]),
            _row("size, MB", ours["bytes"] / 1e6, theirs["bytes"] / 1e6),
        ]
        file = home / "sinergi.sqlite3"
        if shutil.which("sqlite3"):
            copied = _seconds("sqlite3", str(file), f".backup {folder}/copy.sqlite3")
            rows.append(("", "", "sqlite3 .backup"))
            rows.append(_row("backup, seconds", ours["backup"], copied))
        rows += _postgresql(home, folder)
        table(rows)
    return _broken(ours, theirs)


def _postgresql(home: Path, folder: Path) -> list[tuple[str, str, str]]:
    url = os.environ.get("SINERGI_BENCH_POSTGRES")
    if not url or not shutil.which("pg_dump"):
        return []
    (folder / "pg").mkdir()
    loaded = _apart(OURS, home, str(folder / "pg"), url)
    dumped = _seconds("pg_dump", "-Fc", "-f", str(folder / "pg.dump"), url)
    again = _seconds(
        "pg_restore", "--clean", "--if-exists", "-1", "-d", url, str(folder / "pg.dump")
    )
    code = OURS.replace("with opened(sys.argv[2]", "with opened('sqlite:///' + sys.argv[2]")
    os.environ["SINERGI_DATABASE_URL"] = url
    env = {**environment(home), "SINERGI_DATABASE_URL": url}
    (folder / "from").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "from"), str(folder / "x.sqlite3")],
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    read = json.loads(done.stdout.splitlines()[-1])
    return [
        ("", "", "pg_dump, pg_restore"),
        _row("backup, seconds", read["backup"], dumped),
        _row("restore, seconds", loaded["restore"], again),
    ]


def _broken(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    out = []
    if ours["backup"] > theirs["backup"]:
        out.append("a backup takes longer than dumpdata")
    if ours["restore"] > theirs["restore"]:
        out.append("a restore takes longer than loaddata")
    if ours["peak"] > theirs["peak"]:
        out.append("a backup needs more memory than dumpdata and loaddata")
    return out
