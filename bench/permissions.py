"""The permission check of a list of 10,000 owned objects, beside the same list without permissions.

Run as `python -m bench.permissions`. The person holds roles in ten organisations, of which an association
shares with its members; of the objects a third is own, a third shared, a third foreign.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.common import in_process, table

RATIO = 2.0

CODE = """
import json, statistics, time
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from sinergi.accounts.models import Affiliation, Assignment, Organisation, Person, Share
from sinergi.accounts.principal import principal_for
from sinergi.accounts.vocabulary import Channel
from sinergi.opportunities.models import PriorityList

ani = Person.objects.create_user("ani@contoh.test", None, name="Ani")
bodies = [Organisation.objects.create(code=f"o-{n}", name=f"O {n}", kind="agency") for n in range(30)]
apeksi = Organisation.objects.create(code="apeksi", name="APEKSI", kind="association")
for body in bodies[:10]:
    Assignment.objects.create(person=ani, organisation=body, role="analyst")
    Affiliation.objects.create(association=apeksi, member=body)
found = {}
total = 0
for size in (1000, 10000):
    PriorityList.objects.bulk_create(
        PriorityList(name=f"L {n}", organisation=bodies[n % 30]) for n in range(total, size)
    )
    total = size
    rows = PriorityList.objects.exclude(organisation__in=bodies[:10]).values_list("pk", flat=True)[::2]
    Share.objects.all().delete()
    Share.objects.bulk_create(
        Share(kind=PriorityList.KIND, object_id=pk, with_members=place % 2 == 0,
              organisation=apeksi if place % 2 == 0 else bodies[place % 10])
        for place, pk in enumerate(rows)
    )
    def timed(work):
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            count = len(work())
            taken.append(time.perf_counter() - start)
        return statistics.median(taken), count
    with CaptureQueriesContext(connection) as queries:
        asker = principal_for(ani, Channel.WEB)
        list(PriorityList.objects.all().readable_by(asker))
    readable, seen = timed(lambda: list(PriorityList.objects.all().readable_by(asker)))
    plain, _all = timed(lambda: list(PriorityList.objects.all()[:seen]))
    found[size] = {"queries": len(queries), "readable": readable, "plain": plain, "seen": seen}
print(json.dumps(found))
"""


def measure() -> dict[str, dict[str, Any]]:
    """Return queries and seconds for 1,000 and for 10,000 objects."""
    home = Path(tempfile.mkdtemp(prefix="sinergi-bench-permissions-"))
    try:
        return in_process(CODE, home)
    finally:
        shutil.rmtree(home)


def run() -> list[str]:
    """Measure, print, and return the promises that are broken."""
    found = measure()
    rows = [("permission check", "queries, seconds", "the same rows without permissions")]
    for size, one in found.items():
        ratio = one["readable"] / one["plain"]
        rows.append(
            (
                f"{int(size):,} objects, {one['seen']:,} readable",
                f"{one['queries']}, {one['readable']:.3f}",
                f"{one['plain']:.3f} ({ratio:.2f}x)",
            )
        )
    table(rows)
    few, many = found["1000"], found["10000"]
    broken = []
    if few["queries"] != many["queries"]:
        broken.append(f"permissions: {few['queries']} queries became {many['queries']}")
    if many["readable"] > RATIO * many["plain"]:
        broken.append(f"permissions: more than {RATIO} times the list without them")
    return broken


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
