"""The follow-up board with 20,000 points of 100 forums, beside the same page with a query for each point.

Run as `python -m bench.board`. Texts are made of sentences of the labelled issues. The person reads half
of the forums by a role, a tenth by a share, and of the rest the points that are addressed to a ministry of
hers, one of forty that two are chosen from for each point. Measured is the whole page, from the
address to the HTML.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.common import in_process, table

LIMIT = 0.2
"""Seconds of the first page with 20,000 points."""

CODE = """
import csv, json, random, statistics, time
from datetime import date, timedelta
import django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from bench.themes import ISSUES, made
from sinergi.accounts.models import Assignment, Organisation, Person, Share
from sinergi.accounts.principal import principal_for
from sinergi.accounts.vocabulary import Channel
from sinergi.forums import permissions
from sinergi.forums.fates import Fate
from sinergi.forums.models import Addressee, Forum, Point
from sinergi.forums.queries.board import Board, Narrowed
from sinergi.forums.queries.notices import count
from sinergi.forums.queries.recurrence import alike

chance = random.Random(4)
with ISSUES.open(newline="", encoding="utf-8") as file:
    texts = iter(made(list(csv.DictReader(file)), 21_000))
ani = Person.objects.create_user("ani@contoh.test", None, name="Ani")
bodies = [Organisation.objects.create(code=f"o-{n}", name=f"O {n}", kind="association") for n in range(10)]
names = [f"Kementerian {n}" for n in range(40)]
for body in bodies[:5]:
    Assignment.objects.create(person=ani, organisation=body, role="analyst")
ministry = Organisation.objects.create(code="k-7", name=names[7], kind="ministry")
Assignment.objects.create(person=ani, organisation=ministry, role="coordinator")
today = timezone.localdate()
fates = [one.value for one in Fate]
client = Client()
client.force_login(ani)
found = {}

def fill(per_forum):
    forums = [Forum(title=f"Forum {n}", type="national", organisation=bodies[n % 10],
                    stage="following_up", begins=date(2010, 1, 1) + timedelta(days=40 * n))
              for n in range(100)]
    forums = Forum.objects.bulk_create(forums)
    for forum in forums[5::10]:
        Share.objects.create(kind="forum", object_id=forum.pk, organisation=bodies[0])
    points = [
        Point(forum=forum, number=number, title=f"Butir {number}",
              text=next(texts), type="advocacy", fate=chance.choice(fates),
              touched=forum.begins + timedelta(days=chance.randrange(900)),
              review=forum.begins + timedelta(days=chance.randrange(1500)),
              due=forum.begins + timedelta(days=chance.randrange(3000)))
        for forum in forums for number in range(1, per_forum + 1)
    ]
    agreed = Point.objects.bulk_create(points, batch_size=500)
    Addressee.objects.bulk_create(
        (Addressee(point=one, name=name, organisation=ministry if name == names[7] else None)
         for one in agreed for name in chance.sample(names, 2)),
        batch_size=500)

def timed(work, times=7):
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)

def naive():
    asker = principal_for(ani, Channel.WEB)
    rows = []
    for point in Point.objects.filter(struck_at=None).order_by("touched", "pk"):
        if not permissions.reads_point(asker, point):
            continue
        if len(rows) < 50:
            rows.append((point, list(point.addressees.all())))
    return rows

def page(query):
    answer = client.get("/tindak-lanjut/", query)
    assert answer.status_code == 200
    return answer

for per_forum in (5, 195):
    fill(per_forum)
    total = Point.objects.count()
    with CaptureQueriesContext(connection) as queries:
        answer = page({})
    seen = Board(principal_for(ani, Channel.WEB), Narrowed(), today).totals.all
    one = {"queries": len(queries), "seen": seen, "size": len(answer.content)}
    one["first"] = timed(lambda: page({}))
    one["last"] = timed(lambda: page({"halaman": "100000"}), 3)
    one["filtered"] = timed(lambda: page({"pihak": "Kementerian 7", "tanpa_kabar": "1", "urut": "tinjau"}))
    one["ours"] = timed(lambda: page({"kami": "1"}))
    one["count"] = timed(lambda: count(principal_for(ani, Channel.WEB), today))
    start = time.perf_counter()
    naive()
    one["naive"] = time.perf_counter() - start
    start = time.perf_counter()
    alike()
    one["compare"] = time.perf_counter() - start
    one["recurring"] = timed(lambda: page({"berulang": "1"}), 3)
    found[total] = one
print(json.dumps(found))
"""


def measure() -> dict[str, dict[str, Any]]:
    """Return queries and seconds for 500 and for 20,000 points."""
    home = Path(tempfile.mkdtemp(prefix="sinergi-bench-board-"))
    try:
        return in_process(CODE, home)
    finally:
        shutil.rmtree(home)


def run() -> list[str]:
    """Measure, print, and return the promises that are broken."""
    found = measure()
    rows = [("board", "seconds", "beside a query for each point")]
    for size, one in found.items():
        ratio = one["naive"] / one["first"]
        about = f"{int(size):,} points, {one['seen']:,} readable"
        rows += [
            (f"{about}: first page", f"{one['first']:.3f}", f"{one['naive']:.3f} ({ratio:.0f}x)"),
            ("  queries of it, KB of HTML", f"{one['queries']}, {one['size'] / 1024:.0f}", ""),
            ("  last page", f"{one['last']:.3f}", ""),
            ("  by addressee, untouched, by review", f"{one['filtered']:.3f}", ""),
            ("  addressed to us", f"{one['ours']:.3f}", ""),
            ("  what waits, above every page", f"{one['count']:.3f}", ""),
            ("  all points compared for recurrence, once", f"{one['compare']:.2f}", ""),
            ("  those that recur, first page", f"{one['recurring']:.3f}", ""),
        ]
    table(rows)
    few, many = found.values()
    broken = []
    if few["queries"] != many["queries"]:
        broken.append(f"board: {few['queries']} queries became {many['queries']}")
    if many["first"] > LIMIT:
        broken.append(f"board: first page takes {many['first']:.3f} s, more than {LIMIT} s")
    return broken


def main() -> int:
    """Run the measurement; 1 when a promise is broken."""
    return 1 if run() else 0


if __name__ == "__main__":
    sys.exit(main())
