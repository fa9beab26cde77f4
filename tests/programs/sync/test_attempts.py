"""Attempts at a run: what was changed meanwhile stays, one computes at a time, and none is stuck for ever."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Person, Visibility
from sinergi.programs.actions import sync
from sinergi.programs.actions.sync_decisions import Decision, decide
from sinergi.programs.models import FindingLine, Outcome, PlanLine, RunState, SyncRun, VersionState
from sinergi.programs.queries import sync as queries
from sinergi.programs.synchronise import compute, tasks
from tests.programs.making import a_version, office, planner, public, stranger
from tests.programs.sync.playing import a_run, line, neighbours, same_bridge

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=16)


@pytest.fixture
def waiting():
    """Somebody and a run that nothing has computed yet."""
    owner = office()
    by = planner(owner, "approver")
    versions = neighbours(owner)
    run = SyncRun.objects.create(organisation=owner, title="x", by_id=by.person_id)
    for version in versions:
        line(version)
        run.compared.create(version=version, lines=1)
    return by, run


def during(monkeypatch, deed):
    """Have something done while a run is computed, after its lines were read."""
    found_among = compute.found_among

    def found(*given):
        answer = found_among(*given)
        deed()
        return answer

    monkeypatch.setattr(compute, "found_among", found)


def test_what_was_withdrawn_and_renamed_meanwhile_stays_so(waiting, monkeypatch):
    by, run = waiting
    run.visibility = Visibility.PUBLIC
    run.save()

    def deed():
        SyncRun.objects.filter(pk=run.pk).update(visibility=Visibility.PRIVATE)
        sync.rename(by, run.pk, "Baru", "")

    during(monkeypatch, deed)
    tasks.compute_now(run, by)
    now = SyncRun.objects.get(pk=run.pk)
    assert (now.title, now.visibility, now.revision) == ("Baru", Visibility.PRIVATE, 2)
    assert now.state == RunState.DONE
    assert now.findings.exists()


def test_a_run_that_was_put_away_meanwhile_stays_away(waiting, monkeypatch):
    by, run = waiting
    during(monkeypatch, lambda: sync.put_run_away(by, run.pk))
    tasks.compute_now(run, by)
    now = SyncRun.objects.get(pk=run.pk)
    assert now.deleted_at is not None
    assert not now.findings.exists()


def test_a_line_that_was_taken_out_meanwhile_is_told_as_gone(waiting, monkeypatch):
    by, run = waiting
    gone = PlanLine.objects.filter(version__in=run.compared.values("version")).first()
    during(monkeypatch, gone.delete)
    tasks.compute_now(run, by)
    assert SyncRun.objects.get(pk=run.pk).state == RunState.DONE
    told = FindingLine.objects.filter(finding__run=run, finding__rule="same_across")
    assert [one.line_id is None for one in told.order_by("line")].count(True) == 1
    connection.check_constraints()


def test_an_overtaken_attempt_keeps_nothing_and_tells_no_failure(waiting, monkeypatch):
    by, run = waiting

    def overtake():
        SyncRun.objects.filter(pk=run.pk).update(attempt=2, state=RunState.WAITING)
        raise PermissionError

    during(monkeypatch, overtake)
    tasks.compute_now(run, by)
    now = SyncRun.objects.get(pk=run.pk)
    assert (now.state, now.failure) == (RunState.WAITING, "")
    assert not now.findings.exists()


def test_a_run_renamed_while_it_waits_is_still_computed(waiting):
    by, run = waiting
    sync.rename(by, run.pk, "Baru", "")
    tasks.compute.call(run.pk, run.attempt, False, "")
    now = SyncRun.objects.get(pk=run.pk)
    assert (now.state, now.title) == (RunState.DONE, "Baru")


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.RUNNING], ids=["waits", "runs"])
def test_a_run_of_which_nothing_was_heard_for_long_may_be_begun_anew(waiting, state):
    by, run = waiting
    rows = SyncRun.objects.filter(pk=run.pk)
    rows.update(state=state, told_at=timezone.now())
    with pytest.raises(InvalidError):
        sync.run_again(by, run.pk)
    rows.update(told_at=timezone.now() - LONG_AGO)
    again = sync.run_again(by, run.pk)
    assert (again.state, again.attempt) == (RunState.DONE, 2)


def test_the_page_of_a_stuck_run_has_the_button(waiting, client):
    by, run = waiting
    client.force_login(Person.objects.get(pk=by.person_id))
    rows = SyncRun.objects.filter(pk=run.pk)
    rows.update(state=RunState.RUNNING, told_at=timezone.now())
    assert not client.get(run.get_absolute_url()).context["may_run"]
    rows.update(told_at=timezone.now() - LONG_AGO)
    assert client.get(run.get_absolute_url()).context["may_run"]


def test_a_task_that_is_delivered_twice_is_done_once(waiting, monkeypatch):
    _by, run = waiting
    SyncRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING)
    monkeypatch.setattr(tasks, "compute_run", lambda *_given: pytest.fail("computed twice"))
    tasks.compute.call(run.pk, run.attempt, False, "")
    tasks.compute_now(run, _by)
    assert SyncRun.objects.get(pk=run.pk).state == RunState.RUNNING


def test_a_second_run_that_fails_leaves_versions_and_findings_as_they_were(monkeypatch):
    owner = office()
    by = planner(owner)
    one, two = neighbours(owner)
    line(one)
    line(two)
    run = a_run(by, owner, (one, two))
    before = sorted(run.compared.values_list("version", "digest"))
    one.state = VersionState.SUPERSEDED
    one.save()
    newer = a_version(one.plan)
    line(newer)

    def stop(*_given):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(compute, "found_among", stop)
        assert sync.run_again(by, run.pk).state == RunState.FAILED
    assert sorted(run.compared.values_list("version", "digest")) == before
    assert run.findings.exists()
    assert sync.run_again(by, run.pk).state == RunState.DONE
    assert newer.pk in run.compared.values_list("version", flat=True)


def test_what_was_decided_in_a_private_run_is_not_told_in_a_public_one():
    by, run, found = same_bridge()
    other = a_run(by, run.organisation, [row.version for row in run.compared.all()])
    for one in (other, *(row.version.plan for row in run.compared.all())):
        public(one)
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, "Jembatan lain"))
    reader = stranger()
    here = queries.findings(by, other).get(key=found.key)
    there = queries.findings(reader, other).get(key=found.key)
    assert (queries.standing(here), queries.standing(there)) == ("dismissed", "open")


def test_what_was_decided_in_a_public_run_is_told_after_it_was_computed_again():
    by, run, found = same_bridge()
    for one in (run, *(row.version.plan for row in run.compared.all())):
        public(one)
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, "Jembatan lain"))
    sync.run_again(by, run.pk)
    reader = stranger()
    there = queries.findings(reader, run).get(key=found.key)
    assert queries.standing(there) == "dismissed"
    assert queries.decisions(reader, run, [found.key]).count() == 1


def test_names_in_decisions_are_told_to_those_of_the_run_alone(client):
    by, run, found = same_bridge()
    for one in (run, *(row.version.plan for row in run.compared.all())):
        public(one)
    decide(by, run.pk, found.pk, Decision(Outcome.ACCEPT, "Dibahas", who="Budi Santoso"))
    address = found.get_absolute_url()
    told = client.get(address).content.decode()
    assert "Dibahas" in told
    assert by.name not in told
    assert "Budi Santoso" not in told
    client.force_login(Person.objects.get(pk=by.person_id))
    told = client.get(address).content.decode()
    assert by.name in told
    assert "Budi Santoso" in told
