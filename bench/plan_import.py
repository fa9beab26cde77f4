"""Bringing in 100,000 plan lines: read, checked and stored, beside openpyxl with the ORM and pandas with SQL.

Run as `python -m bench.plan_import`. Each measurement is a process of its own with a new database. The
lines are made by a seeded generator: 44 agencies, 10 columns with two years of amounts, codes of which one
in twenty is written otherwise. The peers read the same file and store title, code and two amounts of each
line; they look for no problem, no place, no channel, and know no line again.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from bench.common import loaded_home, table
from bench.imports import script

LINES = 100_000
LIMIT = 15.0

GENERATE = """
import csv, random, sys
import xlsxwriter
chosen = random.Random(20)
works = ["Pembangunan", "Rehabilitasi", "Pemeliharaan", "Penyusunan dokumen", "Pengadaan", "Pelatihan"]
things = ["jalan", "jembatan", "saluran irigasi", "ruang kelas", "puskesmas", "pasar", "drainase", "posyandu"]
places = ["Kec. Paseh", "Kec. Soreang", "Desa Cibodas", "Kota Bandung", "Kab. Sumedang", "Baleendah", ""]
channels = ["PAD", "DAU", "DAK Fisik", "Bankeu Prov", "DBH CHT", "DAK Non Fisik"]
headings = ["Kode Sub Kegiatan", "Nama Sub Kegiatan", "Perangkat Daerah", "Lokasi", "Indikator",
            "Target", "Satuan", "Sumber Dana", "Pagu 2025", "Pagu 2026"]
def rows(number):
    for place in range(number):
        affair = chosen.randint(1, 7)
        last = chosen.randint(1, 40)
        tail = f"{last:02}" if place % 20 == 0 else f"{last:04}"
        above = f"{chosen.randint(1, 3)}.{affair:02}.{chosen.randint(1, 12):02}"
        code = f"{above}.2.{chosen.randint(1, 9):02}.{tail}"
        title = f"{chosen.choice(works)} {chosen.choice(things)} ruas {place % 7919} RT {place % 17}"
        money = chosen.randint(10, 90_000) * 100_000
        yield [code, title, f"Dinas {place % 44}", chosen.choice(places), f"Panjang {things[place % 8]}",
               chosen.randint(1, 500), "m", chosen.choice(channels), money, money + 5_000_000]
with open(sys.argv[1] + ".csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(headings)
    with xlsxwriter.Workbook(sys.argv[1] + ".xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("RKPD")
        sheet.write_row(0, 0, headings)
        for number, row in enumerate(rows(int(sys.argv[2])), start=1):
            writer.writerow(row)
            sheet.write_row(number, 0, row)
"""

PREPARED = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
from sinergi.programs.models import LineAmount, Plan, PlanLine, PlanVersion
owner = Organisation.objects.create(code="bappeda", name="Bappeda", region_code="32.04")
def tell(lines, total, **more):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"lines": lines, "total": total, "peak": peak, **more}))
path = Path(sys.argv[1])
"""

OURS = (
    PREPARED
    + """
from sinergi.programs.actions.imports import Wish, load_previewed, preview_plan
from sinergi.programs.rules import PlanDetails
wish = Wish(organisation=owner, details=PlanDetails("RKPD", "rkpd", "32.04", 2025, 2026))
start = time.perf_counter()
seen = preview_plan(operator(), path, wish)
previewed = time.perf_counter()
version = load_previewed(operator(), seen, wish)
loaded = time.perf_counter()
assert LineAmount.objects.filter(line__version=version).count() == 2 * len(seen.lines)
again = time.perf_counter()
next_wish = Wish(plan=version.plan_id)
load_previewed(operator(), preview_plan(operator(), path, next_wish), next_wish)
tell(version.lines.count(), loaded - start, preview=previewed - start, load=loaded - previewed,
     second=time.perf_counter() - again)
"""
)

OPENPYXL = (
    PREPARED
    + """
import openpyxl
start = time.perf_counter()
plan = Plan.objects.create(organisation=owner, title="RKPD", kind="rkpd", region_code="32.04",
                           first_year=2025, last_year=2026)
version = PlanVersion.objects.create(plan=plan, number=1)
sheet = openpyxl.load_workbook(path, read_only=True).active
lines, paid = [], []
for number, row in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=1):
    lines.append(PlanLine(version=version, position=number, code=row[0], title=row[1], agency=row[2],
                          first_year=2025, last_year=2026, total=row[8] + row[9]))
    paid.append((row[8], row[9]))
from django.db import transaction
with transaction.atomic():
    stored = PlanLine.objects.bulk_create(lines, batch_size=5000)
    LineAmount.objects.bulk_create(
        (LineAmount(line=line, year=year, amount=money)
         for line, both in zip(stored, paid) for year, money in zip((2025, 2026), both)), batch_size=5000)
tell(len(lines), time.perf_counter() - start)
"""
)

PANDAS = """
import json, resource, sqlite3, sys, time
import pandas
path = sys.argv[1]
start = time.perf_counter()
if path.endswith(".csv"):
    frame = pandas.read_csv(path, dtype=str)
else:
    frame = pandas.read_excel(path, dtype=str, engine="calamine")
frame["id"] = range(len(frame))
paid = frame.melt("id", ["Pagu 2025", "Pagu 2026"], "year", "amount")
with sqlite3.connect(sys.argv[2]) as connection:
    frame.to_sql("line", connection, index=False, chunksize=20_000)
    paid.to_sql("amount", connection, index=False, chunksize=20_000)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"lines": len(frame), "total": time.perf_counter() - start, "peak": peak}))
"""


def run() -> list[str]:
    """Print the table; return the promises that do not hold."""
    rows, broken = [], []
    with tempfile.TemporaryDirectory(prefix="sinergi-bench-plans-") as name:
        folder = Path(name)
        script(loaded_home(), GENERATE, str(folder / "lines"), str(LINES))
        for extension in ("csv", "xlsx"):
            file = str(folder / f"lines.{extension}")
            home = folder / f"home-{extension}"
            shutil.copytree(loaded_home(), home)
            ours = script(home, OURS, file)
            what = f"{LINES:,} plan lines of {extension.upper()}, previewed and loaded"
            much = (
                f"{ours['preview']:.1f} + {ours['load']:.1f} s, {ours['peak']:.0f} MB; "
                f"as the next version {ours['second']:.1f} s"
            )
            peers = [("pandas + SQL", script(home, PANDAS, file, str(folder / f"{extension}.db")))]
            if extension == "xlsx":
                other = folder / "home-peer"
                shutil.copytree(loaded_home(), other)
                peers.append(("openpyxl + ORM", script(other, OPENPYXL, file)))
            beside = "; ".join(f"{n} {p['total']:.1f} s, {p['peak']:.0f} MB" for n, p in peers)
            rows.append((what, much, beside))
            if ours["total"] > LIMIT or ours["lines"] != LINES:
                broken.append(f"{what}: {much}; promised {LIMIT:.0f} s")
    table(rows)
    return broken


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
