"""Importing 250,000 rows: preview and load of a CSV and an XLSX file, beside pandas and SQLite.

Run as `python -m bench.imports`. Each measurement is a process of its own with a new database, so that
times are cold and the peak of memory is its own. The peer reads the same file and appends it to a table,
without looking for problems, codes, duplicates or what is stored.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS = 250_000
LIMITS = {"csv": 20.0, "xlsx": 60.0}
MEMORY_MB = 1000

SETUP = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from sinergi.reference.actions import load_reference
from sinergi.evidence.actions import load_shipped_evidence
load_reference()
load_shipped_evidence()
"""

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
from sinergi.evidence.actions import load_import, preview_import
steps = set()
start = time.perf_counter()
preview = preview_import(Path(sys.argv[1]), progress=lambda step, done, total: steps.add(step))
previewed = time.perf_counter()
batch = load_import(preview, progress=lambda step, done, total: steps.add(step))
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


def run(home: Path, script: str, *arguments: str) -> dict[str, float]:
    """Run a script in a process of its own that works in `home`; return what it measured."""
    environment = {
        **os.environ,
        "SINERGI_HOME": str(home),
        "SINERGI_DATABASE_URL": f"sqlite:///{home / 'sinergi.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout) if done.stdout.strip() else {}


def measure(folder: Path, extension: str) -> list[dict[str, object]]:
    """Measure ours and the peer on one kind of file."""
    home = folder / f"home-{extension}"
    home.mkdir()
    run(home, SETUP)
    file = folder / f"rows.{extension}"
    ours = run(home, OURS, str(file))
    peer = run(home, PEER, str(file), str(folder / f"peer-{extension}.sqlite3"))
    met = ours["total"] < LIMITS[extension] and ours["peak"] < MEMORY_MB
    return [
        {"file": extension, "who": "sinergi", **ours, "met": met},
        {"file": extension, "who": "pandas", **peer, "ratio": ours["total"] / peer["total"]},
    ]


def main(rows: int = ROWS) -> list[dict[str, object]]:
    """Measure both kinds of file and print a table."""
    with tempfile.TemporaryDirectory(prefix="sinergi-bench-") as name:
        folder = Path(name)
        home = folder / "home"
        home.mkdir()
        run(home, SETUP)
        run(home, GENERATE, str(folder / "rows"), str(rows))
        results = [one for extension in LIMITS for one in measure(folder, extension)]
    for one in results:
        parts = [f"{one['file']:5} {one['who']:8} {one['rows']:>8} rows {one['total']:6.1f} s"]
        parts.append(f"peak {one['peak']:5.0f} MB")
        if "met" in one:
            parts.append(f"preview {one['preview']:.1f} s, load {one['load']:.1f} s")
            limit = LIMITS[str(one["file"])]
            parts.append(
                f"limit {limit:.0f} s, {MEMORY_MB} MB: {'met' if one['met'] else 'MISSED'}"
            )
        else:
            parts.append(f"sinergi takes {one['ratio']:.2f} times as long")
        print(" · ".join(parts))
    return results


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
