"""A batch of 1,000 reports on agreements, in Word: how long it takes."""

import os
import sys

from bench.common import in_process, loaded_home

PROMISE = 300.0
COUNT = int(os.environ.get("SINERGI_BENCH_REPORTS", "1000"))
CODE = """
import json, time, uuid
from datetime import date, timedelta
import django
django.setup()
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.models import Agreement, Due, Obligation, Party, ReportBatch
from sinergi.agreements.reports.batches import archive, make_now
owner = Organisation.objects.create(code=f"biro-{uuid.uuid4().hex[:8]}", name="Biro", kind="third_party")
numbers = []
for n in range(COUNT):
    one = Agreement.objects.create(organisation=owner, title=f"Kerja sama {n}", family="KSDD",
        stage="implementation", begins=date(2024, 1, 1), ends=date(2030, 1, 1))
    party = [Party.objects.create(agreement=one, position=p, name=f"Pihak {p}", kind="PEMDA",
        stage="implementation") for p in (1, 2, 3)][0]
    for number in range(1, 6):
        owed = Obligation.objects.create(agreement=one, number=number, kind="money", debtor=party, text="x")
        Due.objects.bulk_create([Due(obligation=owed, on=date(2026, m, 5), amount=1000) for m in (1, 4, 7)])
    numbers.append(one.pk)
wanted = {"period": "2026", "agreements": numbers, "language": "id"}
batch = ReportBatch.objects.create(organisation=owner, wanted=wanted, total=COUNT)
start = time.perf_counter()
make_now(batch, operator(Channel.WORKER))
seconds = time.perf_counter() - start
batch.refresh_from_db()
print(json.dumps({"seconds": seconds, "state": batch.state, "done": batch.done,
    "bytes": archive(batch).stat().st_size}))
"""


def run() -> list[str]:
    """Print how long it took; return the promises that do not hold."""
    found = in_process(CODE.replace("COUNT", str(COUNT)), loaded_home())
    print(f"  {found['done']} reports: {found['seconds']:.0f} s, {found['bytes'] / 2**20:.0f} MiB; "
          f"promised {PROMISE:.0f} s")  # fmt: skip
    broken = found["state"] != "done" or found["seconds"] > PROMISE * COUNT / 1000
    return [f"reports: {found}"] if broken else []


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
