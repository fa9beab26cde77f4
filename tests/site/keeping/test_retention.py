"""What was put away long ago is deleted for good; what is not due, or is still referred to, stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from sinergi.accounts.models import AuditRecord, Invitation, Organisation, Share
from sinergi.accounts.principal import operator
from sinergi.forums.actions import ballots, points, votes
from sinergi.forums.details import BallotDetails, PointDetails
from sinergi.forums.models import Forum, Point
from sinergi.opportunities.models import PriorityEntry, PriorityList
from sinergi.programs.models import Finding, FindingVersion, Plan, PlanLine, SyncVersion
from sinergi.site.keeping import retention
from sinergi.site.keeping.retention import purge, put_away_models
from tests import people
from tests.forums.play import deliberating
from tests.site.matrix import programs

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=366)
POINT = PointDetails(1, "Percepatan jalan", "advocacy")


def a_list(city, *, ago: timedelta | None):
    made = PriorityList.objects.create(name="Lama", organisation=city)
    if ago is not None:
        PriorityList.objects.filter(pk=made.pk).update(deleted_at=timezone.now() - ago)
    return made


@pytest.fixture
def city():
    return people.organisation("kota-palangka-raya")


def test_models_are_found_by_their_field_parts_before_what_they_belong_to():
    found = put_away_models()
    assert {Organisation, PriorityList, PriorityEntry} <= set(found)
    assert found.index(PriorityEntry) < found.index(PriorityList) < found.index(Organisation)


def test_what_was_put_away_long_ago_is_gone_with_its_parts_and_the_record_stays(city):
    old = a_list(city, ago=LONG_AGO)
    PriorityEntry.objects.create(
        priority_list=old, position=1, object_code="x", members_key="a", snapshot={}
    )
    Share.objects.create(
        kind=PriorityList.KIND, object_id=old.pk, organisation=people.organisation("lain")
    )
    done = purge()
    assert [(one.kind, one.number, one.organisation) for one in done.due] == [
        (PriorityList.KIND, old.pk, city.pk)
    ]
    assert not PriorityList.objects.filter(pk=old.pk).exists()
    assert not PriorityEntry.objects.exists()
    assert not Share.objects.exists()
    record = AuditRecord.objects.get(verb="purged")
    assert (record.kind, record.object_id, record.name) == (PriorityList.KIND, str(old.pk), "Lama")


def test_what_is_not_due_stays(city, settings):
    settings.SINERGI_RETENTION_DAYS = 30
    kept = [a_list(city, ago=None), a_list(city, ago=timedelta(days=29))]
    gone = a_list(city, ago=timedelta(days=31))
    purge()
    assert set(PriorityList._base_manager.values_list("pk", flat=True)) == {one.pk for one in kept}
    assert gone.pk not in {one.pk for one in kept}


def test_a_dry_run_says_all_and_changes_nothing(city):
    old = a_list(city, ago=LONG_AGO)
    done = purge(dry_run=True)
    assert [one.number for one in done.due] == [old.pk]
    assert PriorityList._base_manager.filter(pk=old.pk).exists()
    assert not AuditRecord.objects.exists()
    assert [one.number for one in purge().due] == [old.pk]


def test_an_organisation_that_owns_something_stays_and_is_told(city):
    a_list(city, ago=None)
    person = people.person("Ani", ("analyst", people.organisation("lama")))
    for one in (city, people.organisation("lama")):
        Organisation.objects.filter(pk=one.pk).update(deleted_at=timezone.now() - LONG_AGO)
    done = purge()
    assert [one.name for one in done.kept] == [city.name]
    assert [one.name for one in done.due] == ["Lama"]
    assert person.assignments.count() == 0


def test_addresses_of_old_invitations_are_forgotten_and_open_ones_kept(city):
    now = timezone.now()
    for number, ago in enumerate((LONG_AGO, timedelta(days=3), -timedelta(days=3))):
        Invitation.objects.create(
            organisation=city,
            role="viewer",
            email=f"a{number}@contoh.test",
            digest=str(number),
            expires_at=now - ago,
        )
    assert purge().addresses == 1
    emails = list(Invitation.objects.order_by("digest").values_list("email", flat=True))
    assert emails[0].endswith("@forgotten.invalid")
    assert emails[1:] == ["a1@contoh.test", "a2@contoh.test"]
    assert purge().addresses == 0


def test_ended_sessions_and_old_uploads_go(city, settings, tmp_path):
    import os

    settings.HOME = tmp_path
    folder = tmp_path / "uploads" / ("a" * 32)
    folder.mkdir(parents=True)
    os.utime(folder, (0, 0))
    now = timezone.now()
    Session.objects.create(session_key="a", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="b", session_data="", expire_date=now + timedelta(days=1))
    assert (purge(dry_run=True).sessions, purge(dry_run=True).uploads) == (1, 1)
    done = purge()
    assert (done.sessions, done.uploads) == (1, 1)
    assert [one.session_key for one in Session.objects.all()] == ["b"]
    assert not folder.exists()


def test_a_room_says_how_its_own_is_deleted(city, monkeypatch):
    seen = []
    monkeypatch.setitem(
        retention._removals, PriorityList, lambda row: (seen.append(row.pk), row.delete())
    )
    old = a_list(city, ago=LONG_AGO)
    purge()
    assert seen == [old.pk]


def test_it_is_done_every_day():
    from sinergi.accounts.tasks import daily_functions

    assert daily_functions()["keeping.purge"] is retention.purge_daily


def a_forum_that_agreed(title: str, office: str):
    """A forum with issues, themes, an open ballot with a vote and a point; put away long ago."""
    made, drawn = deliberating("banjarbaru", office=office, title=title)
    by, number = made.secretary, made.forum.pk
    options = tuple((text, None) for text in ("Jalan", "Air"))
    ballot = ballots.prepare_ballot(by, number, BallotDetails("Mana?", "approval", options))
    ballots.open_ballot(by, number, ballot.pk)
    delegation = made.delegations["banjarbaru"].pk
    votes.vote(made.cities["banjarbaru"], number, ballot.pk, delegation, {}, "kode" * 5)
    point = points.agree(by, number, POINT, points.Origin((drawn[0].pk,)))
    Forum.objects.filter(pk=number).update(deleted_at=timezone.now() - LONG_AGO)
    return made, point


def test_a_forum_is_deleted_with_all_that_is_in_it():
    a_forum_that_agreed("Raker", "komwil-v")
    purge()
    assert not Forum.objects.exists()
    assert not Point.objects.exists()


def test_a_forum_stays_while_points_of_another_came_from_it():
    made, point = a_forum_that_agreed("Raker", "komwil-v")
    Forum.objects.update(stage="following_up", deleted_at=None)
    national, _drawn = deliberating("banjarbaru", office="apeksi", title="Rakernas")
    points.forward(operator(), [point.pk], national.forum.pk, POINT)
    Forum.objects.filter(pk=made.forum.pk).update(deleted_at=timezone.now() - LONG_AGO)
    done = purge()
    assert [one.number for one in done.kept if one.kind == "forum"] == [made.forum.pk]
    assert Point.objects.filter(pk=point.pk).exists()


def programs_put_away(city, *kinds):
    """One of each kind of things of programs, resting on one plan; those of some kinds put away long ago."""
    plan = programs.plan(city)
    made = {kind: make(city, plan) for kind, make in programs.MAKERS.items()}
    made |= {"plan": plan, "transfer": programs.transfer(city)}
    for kind in kinds:
        model = type(made[kind])
        model.objects.filter(pk=made[kind].pk).update(deleted_at=timezone.now() - LONG_AGO)
    return made


def test_things_of_programs_are_deleted_with_all_that_is_in_them(city):
    made = programs_put_away(city, "sync_run", "ranking", "joint_object", "portfolio", "transfer")
    assert purge().kept == []
    assert {type(one) for one in made.values() if type(one).objects.filter(pk=one.pk)} == {Plan}
    assert not Finding.objects.exists()
    Plan.objects.update(deleted_at=timezone.now() - LONG_AGO)
    assert purge().kept == []
    assert not PlanLine.objects.exists()


@pytest.mark.parametrize("kind", ["sync_run", "ranking", "portfolio"])
def test_a_plan_stays_while_work_of_others_rests_on_it(city, kind):
    others = {"sync_run", "ranking", "joint_object", "portfolio"} - {kind}
    made = programs_put_away(city, "plan", *others)
    purge()
    assert [one.kind for one in purge().kept] == ["plan"]
    assert made["plan"].versions.get().lines.count() == 1


def test_findings_keep_to_those_who_may_read_every_plan_after_one_was_put_away_for_long(city):
    mine, theirs = programs.plan(city), programs.plan(people.organisation("kota-banjarbaru"))
    made = programs.run(city, mine)
    version = theirs.versions.get()
    SyncVersion.objects.create(run=made, version=version, lines=1)
    FindingVersion.objects.create(finding=made.findings.get(), version=version)
    Plan.objects.filter(pk=theirs.pk).update(deleted_at=timezone.now() - LONG_AGO)
    purge()
    assert FindingVersion.objects.filter(version=version).exists()
