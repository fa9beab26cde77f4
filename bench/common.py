"""What the measurements share: a loaded home, a process of its own, medians."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any


def loaded_home() -> Path:
    """Return a home with the shipped pack and evidence, made once per run."""
    home = Path(os.environ.get("SINERGI_BENCH_HOME") or tempfile.mkdtemp(prefix="sinergi-bench-"))
    os.environ["SINERGI_BENCH_HOME"] = str(home)
    if not (home / "sinergi.sqlite3").exists():
        command = [str(Path(sys.executable).with_name("sinergi")), "setup"]
        subprocess.run(command, env=environment(home), check=True, capture_output=True)
    return home


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a process that works in `home`."""
    return {
        **os.environ,
        "SINERGI_HOME": str(home),
        "SINERGI_DATABASE_URL": f"sqlite:///{home / 'sinergi.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
    }


def in_process(code: str, home: Path, other: dict[str, str] | None = None) -> dict[str, Any]:
    """Return what a fresh process prints as JSON on its last line."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=other or environment(home),
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def median_seconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the median time of some runs, in seconds, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return statistics.median(taken)


def table(rows: list[tuple[str, str, str]]) -> None:
    """Print rows of what, how much and compared with what."""
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
