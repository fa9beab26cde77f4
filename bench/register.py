"""The register of 50,000 agreements: search and filters, at the 95th percentile, on PostgreSQL.

Each question is asked as a whole page (`GET`, as a signed-in person sees it) and, in the same run, as plain
SQL with `ILIKE` and `EXISTS` over the same tables (count and page), and of tables in memory with pandas.

`SINERGI_BENCH_POSTGRESQL` names a server and a database that is made anew, such as
`postgres://postgres@127.0.0.1:5432/sinergi_bench_register`; `SINERGI_BENCH_KEEP` keeps it, and uses it again.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from tests import on_postgresql

PROMISE = 0.2
TIMES = 9
QUESTIONS = (
    "", "kata=cabai", "kata=nomor+4711", "kata=kabupaten+77", "kata=kabupaten", "kata=membayar",
    "kata=pengelolaan", "kata=ambul", "kata=180%2F4711", "kata=%22membayar+iuran%22",
    "rumpun=KSDD&keadaan=living", "tahap=implementation", "wilayah=63.05", "wilayah=63",
    "hari=90&urut=berakhir", "keadaan=past_end", "terlambat=1", "terlambat=1&kata=kabupaten", "peringatan=1",
    "mulai=2024&berakhir=2027", "pihak=kabupaten+101", "pihak=kabupaten", "pemilik=biro-7", "halaman=900",
    "urut=judul", "urut=nomor&halaman=1500", "kata=kabupaten&wilayah=63&terlambat=1&urut=judul",
)  # fmt: skip
OF_SHARES = ("", "kata=cabai", "terlambat=1", "wilayah=63.05&kata=kabupaten")
"""Asked by somebody to whom 5,000 agreements of another organisation are shared one by one."""
MEASURE = Path(__file__).with_name("register_questions.py")


def run() -> list[str]:
    """Print each question with its times; return the promises that do not hold."""
    url = os.environ.get("SINERGI_BENCH_POSTGRESQL", "")
    if not url:
        print("  SINERGI_BENCH_POSTGRESQL is not set: left out")
        return []
    on_postgresql.URL = url
    database, keep = url.rpartition("/")[2], bool(os.environ.get("SINERGI_BENCH_KEEP"))
    if not (keep and _there(url)):
        on_postgresql.make(database)
    try:
        return _measured(url)
    finally:
        if not keep:
            on_postgresql.drop(database)


def _there(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def percentile(taken: list[float], share: float = 0.95) -> float:
    """Return the time that a share of the tries did not exceed."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _measured(url: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="sinergi-bench-") as home:
        environment = {
            **os.environ,
            "SINERGI_HOME": home,
            "SINERGI_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
            "PYTHONPATH": os.pathsep.join(
                [str(MEASURE.parents[1]), os.environ.get("PYTHONPATH", "")]
            ),
        }
        asked = json.dumps({"times": TIMES, "questions": QUESTIONS, "shares": OF_SHARES})
        done = subprocess.run(
            [sys.executable, str(MEASURE), asked],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"  load {found['load']}, {found['agreements']:,} agreements, "
          f"{found['obligations']:,} obligations; words read in {found['index']:.0f} s, "
          f"tables of pandas in {found['pandas']:.0f} s")  # fmt: skip
    print(
        f"  {'question':52} {'found':>6}  {'page 50%':>8} {'95%':>5}   {'SQL':>5} ×      {'pandas':>5} ×"
    )
    every: list[float] = []
    for one in found["asked"]:
        every += one["page"]
        middle = {name: percentile(one[name], 0.5) for name in ("page", "sql", "pandas")}
        print(f"  {one['query'] or '(all)':52} {one['found']:6,}  {middle['page'] * 1000:5.0f} ms "
              f"{percentile(one['page']) * 1000:5.0f}   {middle['sql'] * 1000:5.0f} "
              f"{middle['sql'] / middle['page']:5.1f}  {middle['pandas'] * 1000:5.0f} "
              f"{middle['pandas'] / middle['page']:5.1f}")  # fmt: skip
    worst = percentile(every)
    print(f"  {len(every)} pages: 95% {worst * 1000:.0f} ms, slowest {max(every) * 1000:.0f} ms, "
          f"promised {PROMISE * 1000:.0f} ms")  # fmt: skip
    return [f"register: {worst:.2f} s at the 95th percentile"] if worst > PROMISE else []


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
