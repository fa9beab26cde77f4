"""The search for earlier points that say the same, over 20,000 of them, beside what a database does alone.

Points are made by joining sentences of the labelled issues, as in `bench.themes`; they stand in forty
forums, of which the person who asks may read all but one. The search is that of the page on which an issue is
written: rights, the check that the index is as the tables are, the search, the rows and what became of them.
"""

import csv
import json

from bench.common import in_process, loaded_home, table
from bench.themes import ISSUES, made

COUNT, FORUMS = 20_000, 40
LIMIT = 0.3
QUERY = (
    "Tempat pembuangan akhir sampah penuh, perlu TPA regional dengan kabupaten tetangga karena lahan di kota "
    "tidak ada lagi"
)

MEASURED = """
import difflib, json, sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
import django
django.setup()
from django.db.models import Q
from django.utils import timezone
from bench.common import median_seconds
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Channel, Right
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries import similar
texts, query = json.loads(Path(%r).read_text(encoding="utf-8")), %r
day, forums = date(2024, 4, 21), []
mine, other = (
    Organisation.objects.create(code=code, name=code, kind="commissariat") for code in ("milik", "lain")
)
for number in range(%d + 1):
    owner = other if number == 1 else mine
    forums.append(Forum.objects.create(organisation=owner, title=f"Raker {number}", type="commissariat"))
here, *before = forums
each = -(-len(texts) // len(before))
Point.objects.bulk_create(
    Point(forum=before[n // each], number=n %% each + 1, title=text[:200], text=text[200:], type="advocacy",
          touched=day)
    for n, text in enumerate(texts)
)
Point.objects.update(updated=timezone.now() - timedelta(days=1))
Point.objects.filter(forum=before[0], number=1).update(updated=timezone.now() - timedelta(hours=1))
by = Principal(1, "Ani", Channel.WEB, rights={mine.pk: frozenset({Right.READ})})

def search():
    return similar.earlier(by, here, query)

def timed(work):
    begin = perf_counter()
    work()
    return perf_counter() - begin

def in_sql():
    words = [word for word in query.split() if len(word) > 3]
    asked = Q()
    for word in words:
        asked |= Q(title__icontains=word) | Q(text__icontains=word)
    rows = Point.objects.filter(asked, struck_at=None, forum__in=[one.pk for one in before])
    return list(rows.select_related("forum")[:5]), rows.count()

def by_difflib():
    # compared with every text, as it comes; `quick_ratio` is its own upper bound, and cheaper
    scores = difflib.SequenceMatcher(None, "", query)
    found = []
    for text in texts:
        scores.set_seq1(text)
        found.append(scores.quick_ratio())
    return sorted(range(len(found)), key=found.__getitem__)[-5:]

cold = timed(search)
warm = median_seconds(search, 15)
Point.objects.create(forum=before[0], number=999, title="Sampah laut", type="advocacy", touched=day)
grown = timed(search)
point = Point.objects.filter(forum=before[0]).first()
point.title, point.revision = "Sampah sungai", point.revision + 1
point.save()
changed = timed(search)
print(json.dumps({
    "cold": cold, "warm": warm, "grown": grown, "changed": changed, "sql": median_seconds(in_sql, 3),
    "difflib": timed(by_difflib), "found": len(search()), "matched": in_sql()[1],
}))
"""


def run() -> list[str]:
    """Print the table; return the promises that do not hold."""
    home = loaded_home()
    with ISSUES.open(newline="", encoding="utf-8") as file:
        texts = made(list(csv.DictReader(file)), COUNT)
    path = home / "recurrence.json"
    path.write_text(json.dumps(texts), encoding="utf-8")
    taken = in_process(MEASURED % (str(path), QUERY, FORUMS), home)
    warm = taken["warm"]
    table(
        [
            (f"search over {COUNT} points, warm", f"{warm:.3f} s", "1.0 x; under 0.3 s"),
            ("  first of the process: reads and indexes all", f"{taken['cold']:.3f} s", ""),
            ("  after a point was added", f"{taken['grown']:.3f} s", ""),
            ("  after a point was changed", f"{taken['changed']:.3f} s", ""),
            _peer(f"  SQL LIKE, any word ({taken['matched']} match)", taken["sql"], warm),
            _peer("  difflib quick_ratio with every text", taken["difflib"], warm),
        ]
    )
    return [] if warm < LIMIT else [f"recurrence search: {warm:.3f} > {LIMIT} s"]


def _peer(name: str, took: float, ours: float) -> tuple[str, str, str]:
    return name, f"{took:.3f} s", f"{took / ours:.1f} x"
