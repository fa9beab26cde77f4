"""An agreement of twelve pages as Word and PDF, beside plain docxtpl and LibreOffice alone."""

import sys

from bench.common import in_process, loaded_home

PROMISE = 1.0
PAGES = 12
CODE = """
import json, statistics, time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
import django
django.setup()
from docxtpl import DocxTemplate
from pypdf import PdfReader
from sinergi.agreements.documents import example, pdf, rendering
from sinergi.agreements.documents.data import ObligationData, PartyData
from sinergi.reference import queries as reference

parties = tuple(PartyData(n, n, f"Pemerintah Kabupaten Nama {n}", agency="Dinas Pekerjaan Umum",
    representative=f"NAMA PEJABAT {n}", office=f"Bupati Nama {n}", address=f"Jalan Raya {n}",
    province="Contoh") for n in range(1, 10))
owed = tuple(ObligationData(n, n % 9 + 1, 1 if n % 9 else None, f"Menyediakan bagian pekerjaan ke-{n} "
    "menurut rencana kerja tahunan", amount=Decimal(125_000_000 * n) if n % 2 else None,
    quantity=None if n % 2 else Decimal(n), unit="" if n % 2 else "liter/detik",
    due="setiap bulan, jatuh tempo tanggal 10 bulan berikutnya") for n in range(1, 25))
data = replace(example.data(), parties=parties, obligations=owed)
found = [one for one in reference.clauses().values() if "pks" in one.kinds]
clauses = [{"key": f"k{n}", "heading": one.name_id, "text": one.text} for n, one in enumerate(found, 1)]

def seconds(do, times):
    took = []
    for _ in range(times):
        start = time.perf_counter()
        made = do()
        took.append(time.perf_counter() - start)
    return [statistics.median(took), max(took)], made

def word():
    told = rendering.payload("pks", clauses, rendering.snapshot(data), data, version=1, note="")
    return rendering.as_word("pks", told)

told = rendering.payload("pks", clauses, rendering.snapshot(data), data, version=1, note="")
out = {}
out["word"], made = seconds(word, 10)
out["typst"], set_ = seconds(lambda: pdf.through_typst(told), 5)

def plain():
    # The same paragraphs without numbering, tables and signatures set: what docxtpl alone does with text.
    document = DocxTemplate(BytesIO(rendering.shipped("kak")))
    text = chr(10).join(one["judul"] + chr(10) + one["teks"] for one in told["clauses"])
    document.render({"jenis": "X", "perihal": "X", "keterangan": "", "isi": text}, autoescape=True)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()

try:
    out["docxtpl"], _ = seconds(plain, 10)
except Exception as error:
    out["docxtpl"] = f"{type(error).__name__}: {error}"
program = pdf.office()
pages = len(PdfReader(BytesIO(set_)).pages)
if program:
    out["libreoffice"], printed = seconds(lambda: pdf.through_office(program, made), 3)
    pages = len(PdfReader(BytesIO(printed)).pages)
    out["word and pdf"], _ = seconds(lambda: pdf.through_office(program, word()), 3)
print(json.dumps({**out, "pages": pages}))
"""


def run() -> list[str]:
    """Print how long each way took; return the promises that do not hold."""
    found = in_process(CODE, loaded_home())
    pages = found.pop("pages")
    print(f"  {pages} pages; Word promised under {PROMISE:.0f} s")
    for name, took in found.items():
        told = took if isinstance(took, str) else f"{took[0]:.3f} s, at most {took[1]:.3f} s"
        print(f"  {name}: {told}")
    broken = found["word"][1] > PROMISE or pages < PAGES
    return [f"documents: {pages} pages, {found}"] if broken else []


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
