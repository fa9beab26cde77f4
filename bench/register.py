"""The register of 50,000 agreements: search and filters, at the 95th percentile, on PostgreSQL.

`SINERGI_BENCH_POSTGRESQL` names a server and a database that is made anew, such as
`postgres://postgres@127.0.0.1:5432/sinergi_bench_register`.
"""

import json
import os
import subprocess
import sys
import tempfile

from tests import on_postgresql

PROMISE = 0.2
TIMES = 20
MEASURE = """
import json, time
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from sinergi.reference.actions import load_reference
load_reference()
from bench.register_world import make
make()
from django.http import QueryDict
from sinergi.accounts.models import Assignment, Organisation, Person, Role
from sinergi.accounts.principal import operator, principal_for
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.views.register import shown
ani = Person.objects.create_user("ani@contoh.test", "sungai-kahayan-71", name="Ani")
for one in Organisation.objects.filter(code__startswith="biro-"):
    Assignment.objects.create(person=ani, organisation=one, role=Role("viewer"))
by = principal_for(ani, Channel.WEB)
found = {}
for query in QUERIES:
    shown(by, QueryDict(query))
    taken = []
    for _n in range(TIMES):
        start = time.perf_counter()
        shown(by, QueryDict(query))
        taken.append(time.perf_counter() - start)
    found[query] = sorted(taken)
print(json.dumps(found))
"""
QUERIES = (
    "", "kata=cabai", "kata=nomor+4711", "kata=kabupaten+77", "rumpun=KSDD&keadaan=living",
    "wilayah=63.05", "wilayah=63", "hari=90&urut=berakhir", "keadaan=past_end", "terlambat=1",
    "peringatan=1", "mulai=2024&berakhir=2027", "pihak=kabupaten+101", "pemilik=biro-7", "halaman=900",
)  # fmt: skip


def run() -> list[str]:
    """Print each question with its times; return the promises that do not hold."""
    url = os.environ.get("SINERGI_BENCH_POSTGRESQL", "")
    if not url:
        print("  SINERGI_BENCH_POSTGRESQL is not set: left out")
        return []
    on_postgresql.URL = url
    database = url.rpartition("/")[2]
    on_postgresql.make(database)
    try:
        return _measured(url)
    finally:
        on_postgresql.drop(database)


def _measured(url: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="sinergi-bench-") as home:
        environment = {
            **os.environ,
            "SINERGI_HOME": home,
            "SINERGI_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
        }
        code = MEASURE.replace("QUERIES", repr(QUERIES)).replace("TIMES", str(TIMES))
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    every = sorted(one for taken in found.values() for one in taken)
    for query, taken in found.items():
        print(f"  {query or '(all)':32} median {taken[len(taken) // 2] * 1000:6.0f} ms  "
              f"95% {taken[int(len(taken) * 0.95) - 1] * 1000:6.0f} ms")  # fmt: skip
    worst = every[int(len(every) * 0.95) - 1]
    print(f"  {'all questions':32} 95% {worst * 1000:6.0f} ms, promised {PROMISE * 1000:.0f} ms")
    return [f"register: {worst:.2f} s at the 95th percentile"] if worst > PROMISE else []


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
