"""The demo: made once however often it is prepared, with passwords that nobody can guess, and it says so."""

import json
import stat

import pytest
from django.test import Client

from sinergi.accounts.models import (
    Assignment,
    AuditRecord,
    Organisation,
    Person,
    Share,
    Visibility,
)
from sinergi.opportunities.models import PriorityEntry, PriorityList
from sinergi.site.demo import secrets
from sinergi.site.demo.lists import PRIVATE, PUBLIC, SHARED
from sinergi.site.demo.people import CITY, KOMWIL, PEOPLE
from sinergi.site.demo.prepare import prepare_demo
from tests.people import organisation


def counts():
    models = (Organisation, Person, Assignment, PriorityList, PriorityEntry, Share, AuditRecord)
    return [model.objects.count() for model in models]


def test_twice_in_a_row_makes_nothing_more(demo, tmp_path):
    before = counts()
    assert prepare_demo(tmp_path) == demo
    assert counts() == before


def test_there_are_people_of_every_role_and_one_with_roles_in_two_organisations(demo):
    demos = Person.objects.filter(email__endswith="@demo.test")
    assert demos.count() == len(PEOPLE)
    roles = set(Assignment.objects.values_list("role", flat=True))
    assert roles == {"viewer", "analyst", "coordinator", "approver", "administrator"}
    assert demos.filter(is_administrator=True).count() == 1
    secretariat = demos.get(email__startswith="sekretariat")
    assert secretariat.assignments.values("organisation").distinct().count() == 2
    assert all(one.name.startswith("Demo ") for one in demos)


def test_komwil_v_has_its_nine_sourced_members(demo):
    assert Organisation.objects.get(code=KOMWIL).affiliations.count() == 9


def test_every_password_signs_in_and_is_another_at_each_installation(demo, tmp_path):
    for one in demo:
        assert Person.objects.get(email=one.email).check_password(one.password)
    passwords = {one.password for one in demo}
    assert len(passwords) == len(demo)
    assert min(map(len, passwords)) >= 20
    assert secrets.generated() not in passwords


def test_the_file_of_passwords_is_for_its_owner_only(demo, tmp_path):
    file = tmp_path / secrets.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(json.loads(file.read_text())) == {one.email for one in PEOPLE}
    assert not list(tmp_path.glob(f"{secrets.FILE}.*"))


def test_a_password_that_its_person_changed_stays(demo, tmp_path):
    person = Person.objects.get(email=PEOPLE[1].email)
    person.set_password("milik-sendiri-2026")
    person.save()
    again = {one.email: one.password for one in prepare_demo(tmp_path)}
    assert again[person.email] is None
    person.refresh_from_db()
    assert person.check_password("milik-sendiri-2026")


def test_when_the_file_is_lost_nobody_gets_a_new_password(demo, tmp_path):
    (tmp_path / secrets.FILE).unlink()
    assert {one.password for one in prepare_demo(tmp_path)} == {None}


def test_lists_are_of_the_real_map_and_say_demo(demo):
    city = Organisation.objects.get(code=CITY)
    lists = {one.name: one for one in PriorityList.objects.filter(organisation=city)}
    assert set(lists) == {SHARED, PUBLIC, PRIVATE}
    assert all("Demo" in name for name in lists)
    assert lists[PUBLIC].visibility == Visibility.PUBLIC
    assert lists[PRIVATE].visibility == lists[SHARED].visibility == Visibility.PRIVATE
    share = Share.objects.get(kind=PriorityList.KIND)
    assert (share.object_id, share.level) == (lists[SHARED].pk, "edit")
    entries = PriorityEntry.objects.filter(priority_list__organisation=city)
    assert len({(one.object_code, one.members_key) for one in entries}) == entries.count() == 6
    assert all("62.71" in one.members_key for one in entries)


def test_a_list_put_away_by_somebody_does_not_come_back(demo, tmp_path):
    from django.utils import timezone

    PriorityList.objects.filter(name=PRIVATE).update(deleted_at=timezone.now())
    prepare_demo(tmp_path)
    assert PriorityList.objects.filter(name=PRIVATE).count() == 1


def test_old_work_in_the_workspace_is_opened_to_the_administrator(shipped, tmp_path):
    row = organisation("ruang-kerja", kind="workspace")
    prepare_demo(tmp_path)
    held = Assignment.objects.filter(organisation=row, person__email=PEOPLE[0].email)
    assert set(held.values_list("role", flat=True)) == {"administrator", "coordinator"}


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),
        ("::", False),
        ("", False),
        ("192.168.1.5", False),
        ("demo.example", False),
    ],
)
def test_a_demo_is_for_this_machine_only(host, local):
    assert secrets.is_loopback(host) is local


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "words"), [("", "hanya contoh"), ("/en", "are examples")])
def test_every_page_says_demo_and_the_sign_in_page_who_there_is(settings, prefix, words):
    settings.SINERGI_DEMO = True
    for address in ("/organisasi/", "/masuk/", "/metode/"):
        told = Client().get(prefix + address).content.decode()
        assert words in told, address
    told = Client().get(prefix + "/masuk/").content.decode()
    assert all(one.email in told for one in PEOPLE)


@pytest.mark.django_db
def test_an_installation_with_demo_people_is_a_demo_however_it_is_started(settings, tmp_path):
    settings.HOME = tmp_path
    assert "demo-banner" not in Client().get("/organisasi/").content.decode()
    secrets.keep(tmp_path, {})
    assert "demo-banner" in Client().get("/organisasi/").content.decode()
