"""Runs: what they compare, what they keep, who sees which findings, and what a second run does."""

import pytest

from sinergi.accounts.errors import ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord, Share
from sinergi.accounts.models.owned import Level
from sinergi.programs.actions import sync
from sinergi.programs.models import Finding, FindingKind, PlanLine, RunState, SyncRun, VersionState
from sinergi.programs.queries import sync as queries
from sinergi.programs.synchronise import tasks
from tests.people import organisation
from tests.programs.making import a_plan, a_version, office, planner, stranger
from tests.programs.sync.playing import BILLION, CITY, a_run, line, neighbours, same_bridge

pytestmark = pytest.mark.django_db


def shared(thing, with_whom, level=Level.READ):
    Share.objects.create(kind=thing.KIND, object_id=thing.pk, organisation=with_whom, level=level)


def test_a_run_finds_the_bridge_of_two_neighbours():
    _by, run, found = same_bridge()
    assert (run.state, run.progress) == (RunState.DONE, 100)
    assert (found.kind, found.stake) == (FindingKind.DUPLICATE, BILLION)
    assert found.lines.count() == 2
    assert found.tells_of.count() == 2
    assert found.lines.first().said["agency"] == ""


def test_no_finding_is_lost_when_several_are_on_one_agency():
    owner = office()
    budget = a_version(a_plan(owner, kind="apbd", first_year=2025, last_year=2025))
    packages = a_version(a_plan(owner, kind="rup", first_year=2025, last_year=2025))
    for name in ("Rehabilitasi Jembatan", "Pelebaran Jalan", "Pengadaan Lampu"):
        line(budget, name, activity=name, agency="Dinas A")
        amounts = {2025: 2 * BILLION}
        line(packages, name, code="", activity="", agency="Dinas A", amounts=amounts)
    run = a_run(planner(owner), owner, (budget, packages))
    assert run.findings.filter(rule="package_over_line").count() == 3
    assert run.findings.exclude(kind__in=queries.NOTES).count() == run.totals["found"]


def test_a_run_keeps_what_it_compared_with_checksums():
    by, run, _found = same_bridge()
    mine, others = queries.compared(by, run)
    assert others == 0
    assert all(len(row.digest) == 64 and row.lines == 1 for row in mine)
    assert run.totals["lines"] == 2


def test_a_run_is_told_in_the_trail():
    _by, run, _found = same_bridge()
    record = AuditRecord.objects.get(kind="sync_run", object_id=str(run.pk))
    assert record.verb == "created"


def test_a_run_without_plans_is_refused_at_its_field():
    owner = office()
    with pytest.raises(InvalidError) as refused:
        sync.begin(planner(owner), owner, sync.RunDetails(""), [])
    assert set(refused.value.fields) == {"title", "versions"}


def test_two_versions_of_one_plan_are_refused():
    owner = office()
    plan = a_plan(owner)
    two = [a_version(plan, VersionState.SUPERSEDED), a_version(plan)]
    with pytest.raises(InvalidError) as refused:
        a_run(planner(owner), owner, two)
    assert "versions" in refused.value.fields


def test_plans_that_one_may_not_read_cannot_be_compared():
    owner = organisation("kota-cimahi")
    one, _two = neighbours()
    with pytest.raises(InvalidError) as refused:
        a_run(planner(owner), owner, [one])
    assert "versions" in refused.value.fields


def test_a_viewer_cannot_begin_a_run():
    owner = office()
    with pytest.raises(ForbiddenError):
        a_run(planner(owner, "viewer"), owner, neighbours(owner))


def test_a_stranger_does_not_see_a_run():
    _by, run, _found = same_bridge()
    with pytest.raises(UnseenError):
        queries.get_run(stranger(), run.pk)


def test_a_reader_sees_only_findings_all_of_whose_plans_are_his_to_read():
    owner = office()
    by, run, _found = same_bridge(owner)
    reader_of = organisation("kota-cimahi")
    reader = planner(reader_of)
    shared(run, reader_of)
    plan = run.compared.first().version.plan
    shared(plan, reader_of)
    assert queries.findings(reader, run).count() == 0
    assert (
        queries.hidden_number(reader, run)
        == queries.findings(by, run).exclude(kind__in=queries.NOTES).count()
    )
    mine, others = queries.compared(reader, run)
    assert ([row.version.plan_id for row in mine], others) == ([plan.pk], 1)


def test_a_gap_is_hidden_from_who_may_not_read_the_plan_that_was_searched():
    owner = office()
    by = planner(owner)
    one, two = neighbours(owner)
    line(one, "Pembangunan jalan batas Kota Bandung")
    line(two, "Rehabilitasi saluran", code="1.03.02.2.01.0001", activity="Saluran", place="")
    run = a_run(by, owner, (one, two))
    gap = queries.findings(by, run).get(rule="other_side_missing")
    assert gap.regions == [CITY]
    reader_of = organisation("kota-cimahi")
    shared(run, reader_of)
    shared(one.plan, reader_of)
    assert not queries.findings(planner(reader_of), run).filter(pk=gap.pk).exists()


def test_a_neighbour_that_is_not_in_the_run_gives_a_note_and_no_gap():
    owner = office()
    one, _two = neighbours(owner)
    line(one, "Pembangunan jalan batas Kota Bandung")
    run = a_run(planner(owner), owner, [one])
    assert run.findings.filter(kind=FindingKind.GAP).count() == 0
    assert run.findings.filter(kind=FindingKind.UNSEEN).count() == 1


def test_the_same_run_again_finds_the_same_keys():
    by, run, _found = same_bridge()
    told = ("pk", "key", "fingerprint", "position", "lines__identity", "tells_of__version")
    before = set(run.findings.values_list(*told))
    sync.run_again(by, run.pk)
    assert set(run.findings.values_list(*told)) == before


def test_a_finding_that_is_found_again_keeps_its_number_and_tells_what_is_so_now():
    by, run, found = same_bridge()
    for one in PlanLine.objects.filter(findings__finding=found):
        one.amounts.update(amount=2 * BILLION)
        one.total = 2 * BILLION
        one.save()
    sync.run_again(by, run.pk)
    now = Finding.objects.get(pk=found.pk)
    assert (now.key, now.stake) == (found.key, 2 * BILLION)
    assert now.fingerprint != found.fingerprint
    assert now.lines.count() == 2


def test_a_run_again_takes_the_current_versions():
    by, run, _found = same_bridge()
    old = run.compared.first().version
    old.state = VersionState.SUPERSEDED
    old.save()
    new = a_version(old.plan)
    again = sync.run_again(by, run.pk)
    assert new.pk in again.compared.values_list("version", flat=True)
    assert not Finding.objects.filter(run=run, rule="same_across").exists()


def test_whoever_may_not_read_a_plan_of_a_run_cannot_run_it_again():
    _by, run, _found = same_bridge()
    other = organisation("kota-cimahi")
    shared(run, other, Level.EDIT)
    with pytest.raises(InvalidError):
        sync.run_again(planner(other), run.pk)


def waiting():
    """A run that nothing has computed yet."""
    owner = office()
    by = planner(owner)
    one, two = neighbours(owner)
    line(one)
    line(two)
    run = SyncRun.objects.create(organisation=owner, title="x", by_id=by.person_id)
    for version in (one, two):
        run.compared.create(version=version, lines=1)
    return run


def test_a_run_that_waits_is_done_by_the_task():
    run = waiting()
    tasks.compute.call(run.pk, run.attempt, False, "")
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert run.findings.filter(rule="same_across").exists()


def test_large_runs_are_handed_to_the_task(monkeypatch):
    monkeypatch.setattr(sync, "AT_ONCE", 0)
    _by, run, _found = same_bridge()
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_a_task_that_comes_twice_changes_nothing():
    _by, run, _found = same_bridge()
    before = SyncRun.objects.get(pk=run.pk).computed_at
    tasks.compute.call(run.pk, run.attempt, False, "")
    assert SyncRun.objects.get(pk=run.pk).computed_at == before


def test_a_run_whose_plan_may_no_longer_be_read_says_so():
    run = waiting()
    version = run.compared.first().version
    version.plan.organisation = organisation("kota-cimahi")
    version.plan.save()
    tasks.compute.call(run.pk, run.attempt, False, "")
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.failure


def test_a_run_is_renamed_put_away_and_restored():
    by, run, _found = same_bridge()
    assert sync.rename(by, run.pk, "Baru", "").title == "Baru"
    sync.put_run_away(by, run.pk)
    assert run.pk in queries.runs_put_away(by).values_list("pk", flat=True)
    assert sync.restore_run(by, run.pk).deleted_at is None


def test_codes_of_two_levels_say_nothing_against_one_work():
    owner = office()
    here, above = neighbours(owner)[1], a_version(a_plan(owner, region_code="32"))
    line(here, code="1.03.10.2.01.0059", region_code=CITY)
    line(above, code="1.03.10.1.01.0031", region_code=CITY)
    found = a_run(planner(owner), owner, (here, above)).findings.get(rule="same_across")
    assert found.facts["code"] is None
    assert found.facts["probability"] > 0.85
