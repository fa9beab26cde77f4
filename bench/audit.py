"""Verifying an audit trail of a million records, beside a loop over model instances.

Run as `python -m bench.audit`. The trail is written in bulk with right hashes into a database of its own;
each measurement is a process of its own, so that the peak of memory is its own. The peer computes the same
hashes, from rows as the ORM gives them, and is measured on the first tenth.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.common import in_process, table

RECORDS = 1_000_000
SECONDS = 60.0
MEMORY_MB = 200

GENERATE = """
import json
from datetime import datetime, timedelta, timezone
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection, transaction
from sinergi.accounts.audit.chain import FIELDS, START, digest, json_text, stamp
from sinergi.accounts.models import AuditHead
begin, previous = datetime(2026, 1, 1, tzinfo=timezone.utc), START
before, after = json_text({"note": "lama", "position": 3}), json_text({"note": "baru", "position": 1})
columns = ", ".join([*FIELDS, "hash"])
marks = ", ".join(["%s"] * (len(FIELDS) + 1))
sql = f"INSERT INTO accounts_auditrecord ({columns}) VALUES ({marks})"
with transaction.atomic(), connection.cursor() as cursor:
    rows = []
    for number in range(1, RECORDS + 1):
        at = begin + timedelta(seconds=number, microseconds=number % 1000000)
        values = [number, stamp(at), "web", f"{number:032x}", number % 500, number % 50, "entry_changed",
                  "priority_list", str(number % 9000), f"entry:{number % 40}", "Daftar prioritas RKPD 2028",
                  before, after, "", previous]
        previous = digest(values)
        values[1] = at.replace(tzinfo=None).isoformat(" ")
        rows.append([*values, previous])
        if len(rows) == 10000 or number == RECORDS:
            cursor.executemany(sql, rows)
            rows = []
AuditHead.objects.update(sequence=RECORDS, hash=previous)
print(json.dumps({"records": RECORDS}))
"""

OURS = """
import json, resource, time
import django
django.setup()
from sinergi.accounts.audit.proof import verify
start = time.perf_counter()
verdict = verify()
print(json.dumps({
    "seconds": time.perf_counter() - start, "records": verdict.records, "whole": verdict.whole,
    "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""

PEER = """
import json, resource, time
import django
django.setup()
from sinergi.accounts.audit.chain import FIELDS, START, digest, stamp
from sinergi.accounts.models import AuditRecord
start, previous = time.perf_counter(), START
for row in AuditRecord.objects.order_by("sequence")[:RECORDS // 10]:
    values = [getattr(row, name) for name in FIELDS]
    values[1] = stamp(row.at)
    assert digest(values) == row.hash and row.previous == previous
    previous = row.hash
print(json.dumps({
    "seconds": (time.perf_counter() - start) * 10,
    "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def measure() -> dict[str, dict[str, Any]]:
    """Return seconds and peak of memory of ours and of the peer."""
    home = Path(tempfile.mkdtemp(prefix="sinergi-bench-audit-"))
    try:
        in_process(GENERATE.replace("RECORDS", str(RECORDS)), home)
        return {
            "ours": in_process(OURS, home),
            "peer": in_process(PEER.replace("RECORDS", str(RECORDS)), home),
        }
    finally:
        shutil.rmtree(home)


def run() -> list[str]:
    """Measure, print, and return the promises that are broken."""
    found = measure()
    ours, peer = found["ours"], found["peer"]
    ratio = peer["seconds"] / ours["seconds"]
    table(
        [
            ("audit verify", f"{ours['records']:,} records", "beside a loop over instances"),
            ("seconds", f"{ours['seconds']:.1f}", f"{peer['seconds']:.1f} ({ratio:.1f}x)"),
            ("peak MB", f"{ours['peak']:.0f}", f"{peer['peak']:.0f} (for a tenth)"),
        ]
    )
    broken = []
    if not ours["whole"] or ours["records"] != RECORDS:
        broken.append("audit verify: the chain is not whole")
    if ours["seconds"] > SECONDS:
        broken.append(f"audit verify: {ours['seconds']:.0f} s > {SECONDS:.0f} s")
    if ours["peak"] > MEMORY_MB:
        broken.append(f"audit verify: {ours['peak']:.0f} MB > {MEMORY_MB} MB")
    return broken


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
