"""Faults that must lose nothing: PostgreSQL killed, a clock set back, two writers at once."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.conftest import lacking
from tests.databases import MIGRATE, Installation, installation, until

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


class Cluster:
    """A PostgreSQL server of the test's own, that can be killed and started again."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.sockets, self.programs = folder / "data", folder, programs
        if os.getuid() == 0:
            owner = pwd.getpwnam("nobody")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        self.run("initdb", "-D", str(self.folder), "-U", "postgres", "-A", "trust", "-E", "UTF8")
        self.start()

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, never as root, which it refuses."""
        as_nobody = {"user": "nobody", "group": "nogroup"} if os.getuid() == 0 else {}
        subprocess.run(
            [self.programs / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **as_nobody,
        )

    def start(self) -> None:
        # a socket in a folder of its own, because a port could be taken by somebody else meanwhile
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.sockets}'"
        log, data = str(self.folder / "log"), str(self.folder)
        self.run("pg_ctl", "start", "-w", "-t", "300", "-D", data, "-l", log, "-o", options)

    def kill(self) -> None:
        """Kill the server and all that serve connections, as a power cut would."""
        postmaster = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        told = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(postmaster)],
            capture_output=True,
            text=True,
            check=False,
        )
        all_of_it = (postmaster, *map(int, told.stdout.split()))
        for pid in all_of_it:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        # a new one does not begin beside what is left of the one before
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in all_of_it))

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{quote(str(self.sockets), safe='')}/postgres"


@pytest.fixture
def cluster(tmp_path_factory):
    if not PROGRAMS or shutil.which("ps") is None:
        lacking("no PostgreSQL programs to start a server with")
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sinergi-pg-", ignore_cleanup_errors=True) as folder:
        made = Cluster(Path(folder), PROGRAMS[-1])
        try:
            yield made
        finally:
            made.run("pg_ctl", "stop", "-m", "immediate", "-D", str(made.folder))


BURST = """
from django.db import transaction
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
import itertools, os, sys
for number in itertools.count():
    code = f"o-{sys.argv[1]}-{number}"
    with transaction.atomic():
        made = Organisation.objects.create(code=code, name=code, kind="third_party")
        where = {"kind": "organisation", "object_id": made.pk, "organisation": made.pk}
        record(operator(), Verb.CREATED, name=code, **where)
    print(code, flush=True)
"""


@pytest.mark.postgres
def test_postgresql_killed_in_a_burst_of_writes_keeps_all_that_was_acknowledged(cluster, tmp_path):
    place = Installation(tmp_path, cluster.url)
    place.python(MIGRATE)
    code = f"import django\ndjango.setup()\n{BURST}"
    writers = [place.start(sys.executable, "-c", code, str(number)) for number in range(3)]
    first = [writer.stdout.readline().strip() for writer in writers for _line in range(3)]
    cluster.kill()
    told = set(first)
    for writer in writers:
        with writer.stdout:  # `communicate` would pass over what `readline` has buffered
            rest = writer.stdout.read()
        writer.wait(timeout=240)
        told |= {line for line in rest.splitlines() if line.startswith("o-") and " " not in line}
        assert writer.returncode != 0
    cluster.start()
    with psycopg.connect(cluster.url) as server:
        there = {code for (code,) in server.execute("SELECT code FROM accounts_organisation")}
        recorded = {name for (name,) in server.execute("SELECT name FROM accounts_auditrecord")}
    assert all(told), first
    assert told <= there
    assert there == recorded
    assert len(there - told) <= len(writers)
    verdict = "from sinergi.accounts.audit.proof import verify\nprint(verify().whole)"
    assert place.python(verdict) == "True"


WRITE = """
import sys, time
from django.db import transaction
from sinergi.accounts.models import Organisation
for number in range(int(sys.argv[2])):
    with transaction.atomic():
        code = f"o-{sys.argv[1]}-{number}"
        made = Organisation.objects.create(code=code, name=code, kind="third_party")
        time.sleep(0.01)
        Organisation.objects.filter(pk=made.pk).update(revision=2)
print("done")
"""


def test_two_processes_that_write_sqlite_at_once_wait_for_each_other(tmp_path):
    with installation("sqlite", tmp_path) as place:
        code = f"import django\ndjango.setup()\n{WRITE}"
        writers = [place.start(sys.executable, "-c", code, str(one), "60") for one in range(2)]
        for writer in writers:
            told, _none = writer.communicate(timeout=240)
            assert told == "done\n"
        count = "from sinergi.accounts.models import Organisation\n"
        assert (
            place.python(count + "print(Organisation.objects.filter(revision=2).count())") == "120"
        )


HOLD = """
import django
django.setup()
import sys, time
from pathlib import Path
from django.db import transaction
from sinergi.accounts.models import Organisation
with transaction.atomic():
    Organisation.objects.create(code='lama', name='Lama', kind='third_party')
    print('there', flush=True)
    while not Path(sys.argv[1]).exists():
        time.sleep(0.05)
"""


def test_a_writer_waits_out_a_long_one(tmp_path):
    """Two seconds of somebody else's transaction are shorter than the twenty that a writer waits."""
    with installation("sqlite", tmp_path) as place:
        holder = place.start(sys.executable, "-c", HOLD, str(tmp_path / "go"))
        assert holder.stdout.readline() == "there\n"
        code = f"import django\ndjango.setup()\nprint('begins', flush=True)\n{WRITE}"
        writer = place.start(sys.executable, "-c", code, "x", "1")
        assert writer.stdout.readline() == "begins\n"
        time.sleep(2)
        assert writer.poll() is None
        (tmp_path / "go").touch()
        assert writer.communicate(timeout=240)[0] == "done\n"
        assert holder.wait(240) == 0


@pytest.mark.django_db
def test_a_clock_set_back_leaves_the_order_of_the_trail(monkeypatch):
    from django.db import transaction
    from django.utils import timezone

    from sinergi.accounts.audit.history import history
    from sinergi.accounts.audit.proof import verify
    from tests import people
    from tests.site.keeping.content import deed

    city = people.organisation("jam")
    now = datetime(2026, 11, 22, tzinfo=UTC)
    for number, moment in enumerate((now, now - timedelta(days=400), now + timedelta(days=1))):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        with transaction.atomic():
            deed(city, f"n{number}")
    assert [one.name for one in history("organisation", city.pk)] == ["n2", "n1", "n0"]
    assert verify().whole


@pytest.mark.django_db
def test_a_clock_set_back_brings_nothing_back_that_is_over_and_ended(monkeypatch):
    """What was ended stays ended: a role is judged by what was done, not by the time."""
    from django.utils import timezone

    from sinergi.accounts.models import Assignment
    from sinergi.accounts.vocabulary import Right
    from sinergi.opportunities.models import PriorityList
    from sinergi.site.keeping.retention import purge
    from tests import people

    city = people.organisation("jam")
    ani = people.person("Ani", ("analyst", city))
    made = PriorityList.objects.create(name="Baru", organisation=city, deleted_at=timezone.now())
    Assignment.objects.filter(person=ani).update(ended_at=timezone.now())
    back = timezone.now() - timedelta(days=800)
    monkeypatch.setattr(timezone, "now", lambda: back)
    assert people.asks(ani).organisations(Right.READ) == []
    assert purge().due == []
    assert PriorityList._base_manager.filter(pk=made.pk).exists()
