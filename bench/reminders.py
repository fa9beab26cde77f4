"""The nightly run of reminders over 50,000 agreements with a million dues, on PostgreSQL.

Beside it, what a user would pick instead, on the same rows: one statement of SQL for dues alone and the
usual days alone, and a loop that looks and writes for each due, on a sample and multiplied.

`SINERGI_BENCH_POSTGRESQL` names a server and a database that is made anew, such as
`postgres://postgres@127.0.0.1:5432/sinergi_bench_reminders`.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests import on_postgresql

PROMISE = 60.0
MEASURE = """
import json, resource, time
from datetime import timedelta
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from bench.register_world import make
make()
from django.db import connection, transaction
from django.utils import timezone
from sinergi.accounts.models import Assignment, Organisation, Person, Role
from sinergi.accounts.principal import principal_for
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.models import Agreement, Due, Reminder, ReminderChoice
from sinergi.agreements.queries.reminders import count, reminders
from sinergi.agreements.reminders.run import run
from bench.reminders import NAIVE, SQL, naive, person
day = timezone.localdate()
for row in Agreement.objects.order_by("pk")[:50]:
    ReminderChoice.objects.create(agreement=row, days=[730, 365, 30])
found = {"dues": Due.objects.count()}
def timed(name, work):
    start = time.perf_counter()
    told = work()
    found[name] = [round(time.perf_counter() - start, 2), told]
def statement():
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"day": day})
        return cursor.rowcount
with transaction.atomic():
    timed("one statement of SQL", statement)
    timed("one statement of SQL, again", statement)
    transaction.set_rollback(True)
with transaction.atomic():
    timed(f"a loop over {NAIVE} dues", lambda: naive(day))
    transaction.set_rollback(True)
with connection.cursor() as cursor:
    cursor.execute("VACUUM ANALYZE agreements_reminder")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
timed("the run", lambda: run(day))
found["memory"] = [before // 1024, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]
timed("the run, again", lambda: run(day))
timed("the night after", lambda: run(day + timedelta(days=1)))
with connection.cursor() as cursor:
    cursor.execute("ANALYZE agreements_reminder")
for most in (1, 40):
    by = person(most)
    timed(f"count for a person of {most}", lambda: count(by, day))
    timed(f"page for a person of {most}", lambda: len(reminders(by, day)))
print(json.dumps(found))
"""
SQL = """
INSERT INTO agreements_reminder (agreement_id, target, target_id, "on", days, made)
SELECT agreement_id, 'due', id, "on", days, now() FROM (
  SELECT o.agreement_id, d.id, d."on",
    CASE WHEN d."on" - %(day)s::date <= -7 THEN -7 * least((%(day)s::date - d."on") / 7, 4)
      ELSE (SELECT min(n) FROM unnest(ARRAY[90, 60, 30, 7, 0]) n
        WHERE n >= greatest(d."on" - %(day)s::date, 0)) END AS days
  FROM agreements_due d
  JOIN agreements_obligation o ON o.id = d.obligation_id AND o.removed_at IS NULL
  JOIN agreements_agreement a ON a.id = o.agreement_id AND a.deleted_at IS NULL AND a.state = 'living'
  WHERE d.state IN ('open', 'partly')
    AND d."on" BETWEEN %(day)s::date - 90 AND %(day)s::date + 90) found
ON CONFLICT DO NOTHING
"""
NAIVE = 2000
"""Dues of the sample of the loop."""


def naive(day: Any) -> int:
    """Remind of some dues one by one, as somebody would write it first."""
    from sinergi.agreements.models import Due, Reminder, State  # noqa: PLC0415 - Django is set up by then
    from sinergi.agreements.reminders.choosing import due  # noqa: PLC0415 - as above

    made = 0
    for row in Due.objects.filter(state="open", on__gte=day).order_by("on", "pk")[:NAIVE]:
        agreement = row.obligation.agreement
        days = due(row.on, day) if agreement.state == State.LIVING else None
        if days is not None:
            told: dict[str, Any] = {
                "target": "due",
                "target_id": row.pk,
                "on": row.on,
                "days": days,
            }
            made += Reminder.objects.get_or_create(agreement=agreement, **told)[1]
    return made


def person(most: int) -> Any:
    """Make an analyst of as many bureaus, each of which keeps a fortieth of the agreements."""
    from sinergi.accounts.models import (  # noqa: PLC0415 - Django is set up by then
        Assignment,
        Organisation,
        Person,
        Role,
    )
    from sinergi.accounts.principal import principal_for  # noqa: PLC0415 - as above
    from sinergi.accounts.vocabulary import Channel  # noqa: PLC0415 - as above

    made = Person.objects.create_user(f"ani{most}@contoh.test", "sungai-kahayan-71", name="Ani")
    for one in Organisation.objects.filter(code__startswith="biro-").order_by("-pk")[:most]:
        Assignment.objects.create(person=made, organisation=one, role=Role("analyst"))
    return principal_for(made, Channel.WEB)


def run() -> list[str]:
    """Print what each took; return the promises that do not hold."""
    url = os.environ.get("SINERGI_BENCH_POSTGRESQL", "")
    if not url:
        print("  SINERGI_BENCH_POSTGRESQL is not set: left out")
        return []
    on_postgresql.URL = url
    database = url.rpartition("/")[2]
    on_postgresql.make(database)
    try:
        return _told(_measured(url))
    finally:
        on_postgresql.drop(database)


def _measured(url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="sinergi-bench-") as home:
        environment = {
            **os.environ,
            "SINERGI_HOME": home,
            "SINERGI_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
        }
        done = subprocess.run(
            [sys.executable, "-c", MEASURE],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _told(found: dict[str, Any]) -> list[str]:
    print(f"  load {Path('/proc/loadavg').read_text().split()[0]}, {found.pop('dues'):,} dues")
    before, most = found.pop("memory")
    for name, (seconds, told) in found.items():
        print(f"  {name:32} {seconds:7.2f} s  {told:,}")
    taken, made = found["the run"]
    loop = found[f"a loop over {NAIVE} dues"][0] / NAIVE
    print(f"  memory                           {before:,} MB before, {most:,} MB at most")
    print(f"  a loop over all that it made     {loop * made:7.0f} s, by the sample")
    again = found["the run, again"][1]
    late = [f"reminders: {taken:.0f} s"] if taken > PROMISE else []
    return late + ([f"reminders: {again} made twice"] if again else [])


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
