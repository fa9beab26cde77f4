"""Search over titles, parties, documents and obligations of agreements, beside `LIKE` over the same texts.

Run as `python -m bench.agreement_search`: SQLite, and PostgreSQL where `SINERGI_BENCH_POSTGRESQL` names a
server and a database that is made anew. The texts are made by a seeded generator (synthetic, no real
agreement). Told are the page of the search (found, counted, the first twenty with their pieces), and how many
agreements each way finds: `LIKE` finds letters anywhere, search words and what they are formed from.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.common import environment, in_process
from tests import on_postgresql

COUNT = int(os.environ.get("SINERGI_BENCH_SEARCH", "2000"))
CODE = """
import json, os, random, time
import django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
from sinergi.agreements.models import (Agreement, Document, DocumentVersion, Obligation, Party,
    SearchText)
from sinergi.agreements.queries.search import hits, with_words
from sinergi.agreements.queries.readable import readable
from sinergi.agreements.search.index import catch_up
chosen = random.Random(6)
common = ("para pihak sepakat melaksanakan pengelolaan sampah pembayaran tarif layanan angkutan "
          "pemrosesan akhir wilayah perkotaan kesehatan rujukan jangka waktu perjanjian kerja sama "
          "kewajiban hak evaluasi laporan "
          "keadaan kahar penyelesaian perselisihan biaya anggaran pendapatan belanja daerah").split()
rare = [a + b for a in "ba du ki lo me nu ra si to wa".split() for b in
        "bara dani kuli lamo mera nusa rinti sopa tuba wano".split()]
def text(words):
    said = (chosen.choice(common) if chosen.random() < 0.9 else chosen.choice(rare) for _ in range(words))
    return " ".join(said)
owner = Organisation.objects.create(code="biro", name="Biro", kind="third_party")
rows = Agreement.objects.bulk_create([Agreement(organisation=owner, title=f"Kerja sama {text(4)} {n}",
    number=f"180/{n}/PKS", family="KSDD", stage="implementation") for n in range(COUNT)])
parties = Party.objects.bulk_create([Party(agreement=one, position=p, name=f"Kabupaten {chosen.choice(rare)}",
    kind="PEMDA", stage="implementation") for one in rows for p in (1, 2, 3)])
papers = Document.objects.bulk_create(
    [Document(agreement=one, kind="pks", title="Perjanjian") for one in rows])
DocumentVersion.objects.bulk_create(
    [DocumentVersion(document=one, number=1, text=text(3000)) for one in papers], batch_size=200)
first = {one.agreement_id: one for one in parties}
Obligation.objects.bulk_create([Obligation(agreement=one, number=n, kind="money", debtor=first[one.pk],
    text=text(12)) for one in rows for n in range(1, 11)], batch_size=500)
start = time.perf_counter()
catch_up()
indexed = time.perf_counter() - start
if connection.vendor == "postgresql":
    connection.cursor().execute("VACUUM ANALYZE")
by = operator()
def ours(asked):
    found = with_words(readable(by), asked).rows
    total = found.count()
    hits(list(found.order_by("-updated", "-pk")[:20]), asked)
    return total
def like(asked):
    rows = Agreement.objects.filter(deleted_at=None)
    for part in [asked.strip('"')] if '"' in asked else asked.split():
        there = SearchText.objects.filter(text__icontains=part).order_by()
        rows = rows.filter(pk__in=there.values("agreement"))
    total = rows.count()
    list(rows.order_by("-updated", "-pk")[:20])
    return total
def middle(work, asked):
    found, taken = work(asked), []
    while len(taken) < 5 and sum(taken) < 5:
        start = time.perf_counter()
        work(asked)
        taken.append(time.perf_counter() - start)
    return found, sorted(taken)[len(taken) // 2], max(taken)
told = [[asked, *middle(ours, asked), *middle(like, asked)] for asked in ASKED]
print(json.dumps({"asked": told, "indexed": indexed, "load": os.getloadavg()[0],
    "texts": SearchText.objects.count(),
    "letters": sum(map(len, DocumentVersion.objects.values_list("text", flat=True)))}))
"""
ASKED = (
    "babara", "babara dudani", "mengelola", "pembayaran babara kilamo", "para pihak", '"para pihak"',
    '"keadaan kahar" babara', "180/77/PKS", "kabupaten ranusa", "tidakada",
)  # fmt: skip


def run() -> list[str]:
    """Print the tables; nothing is promised but that it was measured."""
    code = CODE.replace("COUNT", str(COUNT)).replace("ASKED", repr(ASKED))
    with tempfile.TemporaryDirectory(prefix="sinergi-bench-") as home:
        _tell("SQLite", in_process(code, Path(home)))
    url = os.environ.get("SINERGI_BENCH_POSTGRESQL", "")
    if url:
        on_postgresql.URL = url
        database = url.rpartition("/")[2] + "_search"
        on_postgresql.make(database)
        try:
            _tell("PostgreSQL", _on_postgresql(code, on_postgresql.address(database)))
        finally:
            on_postgresql.drop(database)
    return []


def _on_postgresql(code: str, url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="sinergi-bench-") as home:
        return in_process(
            code, Path(home), {**environment(Path(home)), "SINERGI_DATABASE_URL": url}
        )


def _tell(name: str, found: dict[str, Any]) -> None:
    letters = found["letters"] / 1e6
    print(f"  {name}: {COUNT:,} agreements, {found['texts']:,} texts, {letters:.0f} million letters "
          f"in documents; read in {found['indexed']:.0f} s; load {found['load']:.1f}")  # fmt: skip
    print(
        f"  {'asked':28} {'found':>6} {'50%':>6} {'most':>6} ms   {'LIKE':>6} {'50%':>6} ms   ratio"
    )
    for asked, total, half, most, others, theirs, _worst in found["asked"]:
        print(f"  {asked:28} {total:6,} {half * 1000:6.0f} {most * 1000:6.0f}      {others:6,} "
              f"{theirs * 1000:6.0f}      {theirs / half:5.1f}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
