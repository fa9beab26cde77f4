"""Importing 250,000 rows: preview and load of a CSV and an XLSX file, beside pandas and SQLite.

Run as `python -m bench.imports`. Each measurement is a process of its own with a new database, so that
times are cold and the peak of memory is its own. The peer reads the same file and appends it to a table,
without looking for problems, codes, duplicates or what is stored.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.common import environment, loaded_home, table

ROWS = 250_000
LIMITS = {"csv": 20.0, "xlsx": 60.0}
MEMORY_MB = 1000

GENERATE = """
import csv, sys
import django
django.setup()
import numpy as np
import xlsxwriter
from sinergi.evidence.models import Indicator
from sinergi.reference.models import Region
random = np.random.default_rng(20)
regions = list(Region.objects.filter(level__in=["regency", "city"]).values_list("code", "name"))
indicators = list(Indicator.objects.filter(unit="percent").values_list("code", flat=True))
periods = [f"{year}-{month:02d}" for year in range(1960, 2000) for month in range(1, 13)]
headings = ["kode_wilayah", "nama_wilayah", "indikator", "periode", "nilai"]
def rows():
    made = 0
    for period in periods:
        for indicator in indicators:
            for code, name in regions:
                if made == int(sys.argv[2]):
                    return
                made += 1
                yield [code, name, indicator, period, round(float(random.uniform(10, 90)), 2)]
with open(sys.argv[1] + ".csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(headings)
    book = xlsxwriter.Workbook(sys.argv[1] + ".xlsx", {"constant_memory": True})
    sheet = book.add_worksheet("data")
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(rows(), start=1):
        writer.writerow(row)
        sheet.write_row(number, 0, row)
    book.close()
"""

OURS = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from sinergi.accounts.principal import operator
from sinergi.evidence.actions import load_import, preview_import
steps = set()
start = time.perf_counter()
preview = preview_import(operator(), Path(sys.argv[1]), progress=lambda step, done, total: steps.add(step))
previewed = time.perf_counter()
batch = load_import(operator(), preview, progress=lambda step, done, total: steps.add(step))
loaded = time.perf_counter()
print(json.dumps({
    "rows": batch.rows, "preview": previewed - start, "load": loaded - previewed,
    "total": loaded - start, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "steps": sorted(steps),
}))
"""

PEER = """
import json, resource, sqlite3, sys, time
import pandas
path, database = sys.argv[1:]
start = time.perf_counter()
if path.endswith(".csv"):
    frame = pandas.read_csv(path, dtype={"kode_wilayah": str})
else:
    frame = pandas.read_excel(path, dtype={"kode_wilayah": str}, engine="calamine")
with sqlite3.connect(database) as connection:
    frame.to_sql("observation", connection, index=False, chunksize=20_000)
total = time.perf_counter() - start
print(json.dumps({
    "rows": len(frame), "total": total,
    "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def script(home: Path, code: str, *arguments: str) -> dict[str, Any]:
    """Run code in a process of its own that works in `home`; return what it measured."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout) if done.stdout.strip() else {}
    return found


def measure(folder: Path, extension: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Measure ours, on a home of its own, and the peer on one kind of file."""
    home = folder / f"home-{extension}"
    shutil.copytree(loaded_home(), home)
    file = folder / f"rows.{extension}"
    ours = script(home, OURS, str(file))
    return ours, script(home, PEER, str(file), str(folder / f"peer-{extension}.sqlite3"))


def run() -> list[str]:
    """Print the table; return the promises that do not hold."""
    rows, broken = [], []
    with tempfile.TemporaryDirectory(prefix="sinergi-bench-imports-") as name:
        folder = Path(name)
        script(loaded_home(), GENERATE, str(folder / "rows"), str(ROWS))
        for extension, limit in LIMITS.items():
            ours, peer = measure(folder, extension)
            what = f"{ROWS:,} rows of {extension.upper()}, preview and load"
            much = f"{ours['preview']:.1f} + {ours['load']:.1f} s, {ours['peak']:.0f} MB"
            ratio = ours["total"] / peer["total"]
            beside = (
                f"pandas {peer['total']:.1f} s, {peer['peak']:.0f} MB; {ratio:.2f} times as long"
            )
            rows.append((what, much, beside))
            if ours["total"] > limit or ours["peak"] > MEMORY_MB:
                broken.append(f"{what}: {much}; promised {limit:.0f} s and {MEMORY_MB} MB")
            if set(ours["steps"]) != {"read", "check", "load"}:
                broken.append(f"{what}: progress told of {ours['steps']} only")
    table(rows)
    return broken


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
