"""Restores: all or nothing, on either database, of this release and of an earlier one."""

import gzip
import signal
import sqlite3
import sys
from contextlib import closing, nullcontext
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sinergi.accounts.models import AuditRecord, Organisation
from sinergi.site.keeping import databases, tables
from sinergi.site.keeping.backup import backup, check
from sinergi.site.keeping.copying import compared
from sinergi.site.keeping.encryption import Key
from sinergi.site.keeping.errors import (
    DamagedError,
    KeepingError,
    LockedError,
    NewerError,
    OccupiedError,
)
from sinergi.site.keeping.restore import restore
from sinergi.site.tasks import claims, life
from sinergi.site.tasks.worker import Worker
from tests import people
from tests.databases import database
from tests.site.keeping.content import deed, told
from tests.site.keeping.test_backup import lines, write
from tests.site.tasks import deeds


@pytest.fixture
def archive(place, tmp_path) -> Path:
    backup(tmp_path / "a.backup")
    return tmp_path / "a.backup"


def but_for_the_record(kept: list[tables.Table]) -> list[tables.Table]:
    return [table for table in kept if table.kept and not table.name.startswith("accounts_audit")]


def test_an_empty_database_gets_all_of_it(place, archive, tmp_path):
    before = told()
    with (
        database()
        if place.url.startswith("postgres")
        else nullcontext(f"sqlite:///{tmp_path}/b.sqlite3") as target,
        databases.opened(place.url, "source"),
        databases.opened(target, "default"),
    ):
        done = restore(archive, keep_tokens=True)
        assert compared(but_for_the_record(tables.tables("source")))
        assert told() == (before[0], before[1], before[2] + 1)
        last = AuditRecord.objects.get(sequence=before[2] + 1)
        assert (last.verb, last.kind) == ("installation_restored", "installation")
        assert check(archive).sha256 in last.after
    assert done.verdict.whole
    assert done.safety is None


def test_content_is_only_replaced_when_asked_and_kept_beside(place, archive):
    with pytest.raises(OccupiedError):
        restore(archive)
    before = told()
    Organisation.objects.create(code="baru", name="Baru", kind="third_party")
    done = restore(archive, replace=True, keep_tokens=True)
    assert told() == (before[0], before[1], before[2] + 1)
    assert not Organisation.objects.filter(code="baru").exists()
    assert check(done.safety.path).header.rows["accounts_organisation"] == before[0] + 1
    assert done.verdict.whole


def rows_of(path: Path) -> list[bytes]:
    """The lines of an archive, without its head and the audit trail, which tells of restores."""
    kept, inside = [], True
    for line in lines(path)[1:-1]:
        if line.startswith(b'{"table"'):
            inside = b'"accounts_audit' not in line
        if inside:
            kept.append(line)
    return kept


def test_rows_that_were_changed_added_or_deleted_are_as_they_were_and_the_others_too(
    place, archive, tmp_path
):
    for statement in (
        "UPDATE evidence_observation SET value = 0.0 WHERE value = 0",
        "UPDATE accounts_apitoken SET scopes = '[]'",
        "UPDATE reference_region SET name = 'Lain' WHERE id = 2",
        "DELETE FROM evidence_observation WHERE id = 3",
    ):
        databases.run(statement)
    people.organisation("baru")
    restore(archive, replace=True, keep_tokens=True)
    backup(tmp_path / "again.backup")
    assert rows_of(tmp_path / "again.backup") == rows_of(archive)


def test_a_task_that_ran_when_the_backup_was_written_is_done_afterwards(
    place, archive, tmp_path, settings
):
    # given: a backup, written while a worker was at a task
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    deeds.count_once.enqueue(str(tmp_path), "kunci")
    gone = life.enrol((claims.ALL,))
    assert claims.take(gone.key, (claims.ALL,))
    running = backup(tmp_path / "running.backup")
    try:
        # when: it is restored, and another worker looks round, and again when the wait is over
        restore(running.path, replace=True)
        assert DBTaskResult.objects.get().status == "RUNNING"
        worker = Worker()
        key = life.enrol(worker.queues).key
        assert claims.reclaim(worker.watcher.dead) == 1
        DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
        assert worker.step(key)
        # then
        assert DBTaskResult.objects.get().status == "SUCCESSFUL"
        assert [line.split()[0] for line in deeds.notes(tmp_path)] == ["began", "ended"]
    finally:
        restore(archive, replace=True)


def test_everybody_signs_in_again(place, archive):
    restore(archive, replace=True)
    assert not Session.objects.exists()


def test_a_number_once_given_is_never_given_again(place, archive):
    restore(archive, replace=True)
    made = Organisation.objects.create(code="lain", name="Lain", kind="third_party")
    numbers = {
        int(row["object_id"])
        for row in AuditRecord.objects.filter(kind="organisation").values("object_id")
    }
    given = made.pk
    made.delete()
    assert given > max(numbers) + 1


def test_the_guard_of_the_audit_trail_is_on_again(place, archive):
    restore(archive, replace=True)
    for statement in (
        "UPDATE accounts_auditrecord SET name = 'x'",
        "DELETE FROM accounts_auditrecord",
    ):
        with pytest.raises(Exception, match="never changed"), transaction.atomic():
            databases.run(statement)


def test_the_trail_goes_on_after_it(place, archive):
    restore(archive, replace=True)
    deed(people.organisation(), "sesudah")
    from sinergi.accounts.audit.proof import verify

    assert verify().whole


@pytest.mark.parametrize("spoil", ["cut", "row", "newer", "unknown"])
def test_what_is_damaged_or_newer_changes_nothing(place, archive, spoil):
    before, content = told(), lines(archive)
    kinds = {"cut": DamagedError, "row": DamagedError, "newer": NewerError, "unknown": NewerError}
    if spoil == "cut":
        archive.write_bytes(archive.read_bytes()[:-200])
    elif spoil == "row":
        write(archive, [line.replace(b"snr_0000", b"snr_0001") for line in content])
    elif spoil == "newer":
        write(archive, [content[0].replace(b'backup":1', b'backup":9'), *content[1:]])
    else:
        write(
            archive, signed(content, b'["accounts","0001_initial"]', b'["accounts","9999_later"]')
        )
    with pytest.raises(kinds[spoil]):
        restore(archive, replace=True)
    assert told() == before
    assert len(list(archive.parent.iterdir())) == 1


def signed(content: list[bytes], old: bytes, new: bytes) -> list[bytes]:
    """Change the head and set the checksum of the whole right: a forged or future archive."""
    import hashlib

    import orjson

    changed = [content[0].replace(old, new), *content[1:-1]]
    whole = hashlib.sha256(b"".join(changed)).hexdigest()
    return [*changed, orjson.dumps({"whole": whole}) + b"\n"]


def test_a_row_that_refers_to_nothing_is_refused_as_a_whole(place, archive):
    before, content = told(), lines(archive)
    import hashlib

    import orjson

    start = next(i for i, line in enumerate(content) if b'"table":"accounts_assignment"' in line)
    row = orjson.loads(content[start + 1])
    names = [name for name, _kind in orjson.loads(content[start])["columns"]]
    row[names.index("organisation_id")] = 999_999
    content[start + 1] = orjson.dumps(row) + b"\n"
    end = orjson.loads(content[start + 2])
    end["sha256"] = hashlib.sha256(content[start + 1]).hexdigest()
    content[start + 2] = orjson.dumps(end) + b"\n"
    write(archive, signed(content, b"", b""))
    assert check(archive)
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        restore(archive, replace=True)
    assert told() == before


@pytest.mark.parametrize(
    "place", ["sqlite"], indirect=True
)  # a passphrase costs seconds, on either
def test_the_wrong_key_changes_nothing(place, tmp_path):
    path = tmp_path / "a.backup"
    backup(path, Key(passphrase="kahayan"))
    before = told()
    with pytest.raises(LockedError):
        restore(path, key=Key(passphrase="barito"), replace=True)
    assert told() == before
    done = restore(path, key=Key(passphrase="kahayan"), replace=True)
    assert done.safety.encrypted
    with pytest.raises(KeepingError):
        check(done.safety.path)


KILLED = """
import sys, time
from pathlib import Path
from sinergi.site.keeping.restore import restore
def wait(table, done, total):
    if table == 'opportunities_prioritylist':
        print('there', flush=True)
        time.sleep(600)
restore(Path(sys.argv[1]), replace=True, report=wait)
"""


def count_apart(place) -> int:
    """Count the people as another process sees them."""
    if place.url.startswith("postgres"):
        with psycopg.connect(place.url) as other:
            return other.execute("SELECT count(*) FROM accounts_person").fetchone()[0]
    with closing(sqlite3.connect(place.home / "sinergi.sqlite3", timeout=60)) as other:
        return other.execute("SELECT count(*) FROM accounts_person").fetchone()[0]


def test_a_kill_in_the_middle_leaves_what_was_before_and_readers_see_nothing_else(place, archive):
    people.person("Sementara")
    before = told()
    running = place.start(
        sys.executable, "-c", f"import django\ndjango.setup()\n{KILLED}", str(archive)
    )
    assert running.stdout.readline() == "there\n", running.stdout.read()
    assert count_apart(place) == before[1]
    running.send_signal(signal.SIGKILL)
    running.wait(240)
    connection.close()
    assert told() == before
    restore(archive, replace=True)
    assert told()[1] == before[1] - 1


def test_a_running_installation_reads_what_was_before_and_then_what_is_after(place, archive):
    people.person("Kemudian")
    seen: list[int] = []
    before = told()[1]
    restore(archive, replace=True, report=lambda *_told: seen.append(count_apart(place)))
    assert set(seen) == {before}
    assert count_apart(place) == before - 1


EARLIER = Path(__file__).parents[2] / "data" / "release-2.sqlite3.gz"


def test_a_backup_of_the_release_before_comes_forward(place, tmp_path):
    old = tmp_path / "old.sqlite3"
    old.write_bytes(gzip.decompress(EARLIER.read_bytes()))
    with databases.opened(f"sqlite:///{old}", "default"):
        made = backup(tmp_path / "old.backup")
    assert "accounts_person" not in made.header.rows
    now = backup(tmp_path / "now.backup")
    try:
        done = restore(made.path, replace=True)
        assert done.upgraded > 10
        assert tables.applied() == tables.known()
        assert databases.run("SELECT count(*) FROM evidence_observation")[0][0] == 406
        assert done.verdict.whole
    finally:
        restore(now.path, replace=True)
