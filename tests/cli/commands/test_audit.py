"""The audit trail and the background worker on the command line."""

import json
import re
import signal

import pytest
from django.db import connection, transaction

from sinergi.accounts.audit import guard
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.proof import head
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import operator
from tests.people import organisation, person
from tests.site import serving

pytestmark = pytest.mark.usefixtures("shipped")


@pytest.fixture
def begun():
    """Three records of an organisation; the number of the last one before them."""
    here = organisation()
    before = head()[0]
    for number in range(3):
        with transaction.atomic():
            record(
                operator(),
                Verb.CHANGED,
                kind="priority_list",
                object_id=number,
                organisation=here.pk,
                name="=1+1",
            )
    return before


def test_a_whole_trail_tells_its_end_which_can_be_kept_elsewhere_and_demanded(run, begun):
    told = run("audit", "head")
    kept = told.out.strip()
    assert (told.code, kept.split(":")[0]) == (0, str(begun + 3))
    told = run("audit", "verify", "--expect", kept)
    assert told.code == 0, told.err
    assert f"The trail is whole: {begun + 3} records. Keep elsewhere: {kept}" in told.out


def test_what_is_no_hash_cannot_be_expected(run, begun):
    told = run("audit", "verify", "--expect", "x")
    assert told.code == 2
    assert "--expect takes the hash" in told.err


def test_a_hash_that_the_trail_lacks_breaks_it(run, begun):
    told = run("audit", "verify", "--expect", f"{begun + 3}:{'0' * 64}")
    assert told.code == 1
    assert "The trail is broken." in told.out


def test_records_are_searched_the_newest_first(run, begun):
    told = run("audit", "search", "--organisation", "kota-palangka-raya", "-f", "json")
    assert told.code == 0, told.err
    found = [int(one["record"]) for one in json.loads(told.out)]
    assert found == [begun + 3, begun + 2, begun + 1]
    told = run("audit", "search", "--object", "1", "--kind", "priority_list", "-f", "json")
    assert [int(one["record"]) for one in json.loads(told.out)] == [begun + 2]


@pytest.mark.parametrize("command", ["verify", "head", "search", "export"])
def test_the_trail_is_not_for_somebody_without_a_role(run, begun, command):
    ani = person("Ani")
    told = run("--as", ani.email, "audit", command)
    assert told.code == 2
    assert "=1+1" not in told.out
    assert head()[0] == begun + 3


def test_taking_records_out_is_itself_a_record(run, begun, tmp_path):
    out = tmp_path / "trail.json"
    told = run("audit", "export", "--kind", "priority_list", "--out", out)
    assert told.code == 0, told.err
    taken = [one["sequence"] for one in json.loads(out.read_bytes())]
    assert taken == [begun + 1, begun + 2, begun + 3]
    assert head()[0] == begun + 4


def test_a_spreadsheet_does_not_compute_a_name(run, begun):
    told = run("audit", "export", "--format", "csv", "--kind", "priority_list")
    assert told.out.count("'=1+1") == 3


def test_a_forged_record_is_found_and_so_is_a_guard_that_is_off(run, begun):
    with connection.cursor() as cursor:
        for statement in guard.removing(connection.vendor):
            cursor.execute(statement)
    AuditRecord.objects.filter(sequence=begun + 2).update(reason="lain")
    told = run("audit", "verify")
    assert told.code == 1
    assert f"The trail is broken. Record {begun + 2} was changed" in told.out
    assert "guard of the database is off" in told.err


@pytest.fixture
def signals_kept():
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_a_worker_does_what_is_due_and_ends(process, shipped_database, tmp_path):
    home = serving.installation(tmp_path, shipped_database)
    told = process("--language", "en", "worker", "--once", home=home)
    assert told.code == 0, told.err
    assert re.search(r"Stopped after [1-9]\d* tasks?\.$", told.err.strip())


def test_a_worker_does_not_outlive_who_started_it(run, signals_kept):
    """Process 1 did not start this one."""
    assert run("worker", "--beside", "1").err.strip().endswith("Stopped after 0 tasks.")
