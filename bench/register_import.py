"""Bringing in a register of 10,000 untidy rows, and how right it is read, beside pandas and dateutil.

Run as `python -m bench.register_import`. The register is made by a seeded generator (synthetic, no real
agreement): days in twelve ways, some of which are no day or only a month; parties in one cell, parted and
spelled in many ways, some of which leave open who is meant. Each cell has a label: what it says, or that it
says nothing sure. A cell is right when that was read, wrong when something else was taken without a doubt,
doubted otherwise; a label that says nothing sure and is doubted is right.
"""

import sys
import tempfile
from pathlib import Path

from bench.common import loaded_home, table
from bench.imports import script

ROWS = 10_000
LIMIT = 60.0
WRONG = 0.001

GENERATE = """
import json, random, sys
from datetime import date, timedelta
import xlsxwriter
chosen = random.Random(63)
months = ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember").split()
regions = [("Pemkot Banjarbaru", "63.72"), ("Pemerintah Kota Banjarbaru", "63.72"),
           ("Kota Banjar Baru", "63.72"),
           ("Pemkab Banjar", "63.03"), ("Kab. Banjar", "63.03"), ("DLH Kab. Banjar", "63.03"),
           ("Kota Banjarmasin", "63.71"), ("Pemkab Tanah Laut", "63.01"), ("Kab. Barito Kuala", "63.04"),
           ("Banjar", ""), ("Bandung", ""), ("Pemprov Kalsel", "63"), ("Kota Palangkaraya", "62.71")]
others = ["PT Air Contoh", "Universitas Contoh", "Yayasan Contoh Bersama", "Koperasi Contoh Maju"]
things = ["sampah", "air minum", "rujukan pasien", "data kependudukan", "pelatihan kerja", "pasar"]
def day_cell(day):
    form = chosen.randrange(12)
    name = months[day.month - 1]
    if form < 3: return f"{day.day} {name} {day.year}", day.isoformat()
    if form == 3: return f"{day.day:02}-{day.month:02}-{day.year}", day.isoformat()
    if form == 4: return f"{day.day}/{day.month}/{day:%y}", day.isoformat()
    if form == 5: return f"Banjarbaru, {day.day} {name} {day.year}", day.isoformat()
    if form == 6: return f"{name} {day.year}", ""
    if form == 7: return str(day.year), ""
    if form == 8: return f"31 Februari {day.year}", ""
    if form == 9: return f"{day.month:02}/{max(day.day, 13)}/{day.year}" if day.month <= 12 else "", ""
    if form == 10: return f"{day:%d/%m/%Y}", day.isoformat()
    return f"{day.day} {name[:3]} {day.year}", day.isoformat()
labels = []
head = ["No", "Jenis Naskah", "Tentang", "Nomor Naskah", "Para Pihak", "Tanggal Penandatanganan", "Berakhir",
        "Status"]
with xlsxwriter.Workbook(sys.argv[1] + ".xlsx", {"constant_memory": True}) as book:
    sheet = book.add_worksheet("Register")
    sheet.write_row(0, 0, ["REGISTER KERJA SAMA (SINTETIS)"])
    sheet.write_row(2, 0, head)
    for place in range(int(sys.argv[2])):
        first, second = chosen.choice(regions), chosen.choice(regions)
        while second[1] == first[1]: second = chosen.choice(regions)
        named = [first, second] + ([(chosen.choice(others), "-")] if chosen.random() < 0.4 else [])
        mark = chosen.choice([" dengan ", "; ", "\\n", " dan "])
        joined = mark.join(one for one, _ in named)
        if chosen.random() < 0.2: joined = "\\n".join(f"{n}. {one}" for n, (one, _) in enumerate(named, 1))
        day = date(2005, 1, 1) + timedelta(days=chosen.randrange(7500))
        signed, sure = day_cell(day)
        until, end = day_cell(day + timedelta(days=chosen.randrange(400, 2500)))
        kind = chosen.choice(["PKS", "MoU", "Kesepakatan Bersama"])
        title = f"Kerja sama {chosen.choice(things)} tahap {place}"
        line = [place + 1, kind, title, f"119/{place + 1}/{day.year}", joined, signed, until, ""]
        sheet.write_row(place + 3, 0, line)
        labels.append([place + 4, [code for _, code in named], sure, end, signed, until])
json.dump(labels, open(sys.argv[1] + ".json", "w"))
print("{}")
"""

OURS = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
from sinergi.agreements.actions.register_imports import RegisterWish, load_register, preview_wish
from sinergi.agreements.models import Agreement, RegisterRow
owner = Organisation.objects.create(code="kota-contoh", name="Kota Contoh", region_code="63.72")
wish = RegisterWish(owner)
start = time.perf_counter()
seen = preview_wish(operator(), Path(sys.argv[1] + ".xlsx"), wish)
previewed = time.perf_counter()
register = load_register(operator(), seen, wish)
loaded = time.perf_counter()
cells = {"right": 0, "wrong": 0, "doubted": 0}
doubted = {(one.row, one.field) for one in seen.doubts}
drafts = {row: one for one in seen.drafts for row in one.rows}
def judge(read, label, is_doubted):
    if read == label and (read or is_doubted): cells["right"] += 1
    elif is_doubted: cells["doubted"] += 1
    else: cells["wrong"] += 1
for row, codes, sure, end, *_ in json.load(open(sys.argv[1] + ".json")):
    draft = drafts[row]
    judge([p.region_code or ("-" if p.kind == "PIHAK_KETIGA" else "") for p in draft.parties], codes,
          (row, "parties") in doubted)
    judge(str(draft.days.signed or ""), sure, (row, "signed") in doubted)
    judge(str(draft.days.ends or ""), end, (row, "ends") in doubted)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
kept = sum(len(one) for one in RegisterRow.objects.filter(register=register).values_list("doubts", flat=True))
print(json.dumps({"total": loaded - start, "preview": previewed - start, "load": loaded - previewed,
                  "peak": peak, "agreements": Agreement.objects.count(), "rows": register.entries.count(),
                  "doubts": kept, **cells}))
"""

PEERS = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import pandas
from dateutil import parser
labels = json.load(open(sys.argv[1] + ".json"))
ours = "januari februari maret april mei juni juli agustus september oktober november desember"
theirs = "january february march april may june july august september october november december"
english = dict(zip(ours.split(), theirs.split()))
def translated(text):
    words = text.lower()
    for ours, theirs in english.items(): words = words.replace(ours, theirs)
    return words
def pandas_day(text):
    found = pandas.to_datetime(text, errors="coerce", dayfirst=True)
    return "" if pandas.isna(found) else found.date().isoformat()
def dateutil_day(text):
    try: return parser.parse(text, dayfirst=True, fuzzy=True).date().isoformat()
    except (ValueError, OverflowError): return ""
found = {}
for name, read in (("pandas.to_datetime", pandas_day), ("dateutil", dateutil_day)):
    start = time.perf_counter()
    cells = {"right": 0, "wrong": 0, "missed": 0}
    for _row, _codes, sure, end, signed, until in labels:
        for text, label in ((signed, sure), (until, end)):
            day = read(translated(text))
            cells["right" if day == label else "wrong" if day else "missed"] += 1
    found[name] = {"seconds": time.perf_counter() - start, **cells}
print(json.dumps(found))
"""


def run() -> list[str]:
    """Print the table; return the promises that do not hold."""
    broken = []
    with tempfile.TemporaryDirectory(prefix="sinergi-bench-register-") as name:
        file = str(Path(name) / "register")
        script(loaded_home(), GENERATE, file, str(ROWS))
        ours = script(loaded_home(), OURS, file)
        peers = script(loaded_home(), PEERS, file)
    cells = ours["right"] + ours["wrong"] + ours["doubted"]
    shares = {one: ours[one] / cells for one in ("right", "wrong", "doubted")}
    what = f"{ROWS:,} untidy rows of a register, previewed and loaded"
    much = f"{ours['preview']:.1f} + {ours['load']:.1f} s, {ours['peak']:.0f} MB; {ours['doubts']:,} doubts"
    told = ", ".join(f"{share:.2%} {one}" for one, share in shares.items())
    rows = [(what, much, ""), (f"{cells:,} labelled cells of days and parties", told, "")]
    for peer, found in peers.items():
        days = found["right"] + found["wrong"] + found["missed"]
        said = ", ".join(f"{found[one] / days:.2%} {one}" for one in ("right", "wrong", "missed"))
        rows.append((f"days alone by {peer}, months translated", said, f"{found['seconds']:.1f} s"))
    table(rows)
    if ours["total"] > LIMIT or ours["rows"] != ROWS:
        broken.append(f"{what}: {much}; promised {LIMIT:.0f} s and every row kept")
    if shares["wrong"] > WRONG:
        broken.append(f"cells of a register read wrongly: {told}; promised at most {WRONG:.1%}")
    return broken


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
