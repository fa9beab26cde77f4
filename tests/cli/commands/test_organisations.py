"""Organisations, people and the first administrator from the command line."""

import json

import pytest
from django.test import Client

from sinergi.accounts.models import Assignment, Invitation, Organisation, Person
from tests.people import PASSWORD, organisation, person

pytestmark = pytest.mark.usefixtures("shipped")


def test_the_first_administrator_chooses_a_password_by_a_link_that_works_once(run):
    organisation("ruang-kerja", kind="workspace")
    told = run("administrator", "Ani@Contoh.test", "--name", "Ani Wijaya")
    assert told.code == 0, told.err
    ani = Person.objects.get(email="ani@contoh.test")
    assert ani.is_administrator
    assert not ani.has_usable_password()
    roles = Assignment.objects.filter(person=ani).values_list("role", flat=True)
    assert set(roles) == {"administrator", "coordinator"}
    path = told.out.strip().splitlines()[-1].removeprefix("http://127.0.0.1:8000")
    client = Client()
    page = client.get(path, follow=True)
    assert page.status_code == 200
    there = page.redirect_chain[-1][0] if page.redirect_chain else path
    answer = client.post(there, {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 302
    ani.refresh_from_db()
    assert ani.check_password(PASSWORD)
    assert 'name="password1"' not in Client().get(path, follow=True).content.decode()


def test_an_administrator_with_a_password_gets_no_link(run):
    ani = person("Ani")
    told = run("administrator", ani.email, "--name", "Lain")
    ani.refresh_from_db()
    assert (ani.is_administrator, ani.name) == (True, "Ani")
    assert "http" not in told.out


def test_only_who_may_makes_administrators(run):
    ani = person("Ani")
    assert run("--as", ani.email, "administrator", ani.email, "--name", "Ani").code == 2
    ani.refresh_from_db()
    assert not ani.is_administrator


def test_the_governments_of_a_province_are_made_once(run):
    told = run("organisation", "add-governments", "--province", "62")
    assert told.code == 0, told.err
    made = Organisation.objects.filter(kind="government")
    assert made.count() == 15
    assert made.get(region_code="62.71").name == "Pemerintah Kota Palangka Raya"
    assert made.get(region_code="62").code == "prov-kalimantan-tengah"
    assert run("organisation", "add-governments", "--province", "62").code == 0
    assert made.count() == 15


def test_all_governments_have_names_and_codes_of_their_own(run):
    assert run("organisation", "add-governments").code == 0
    made = Organisation.objects.filter(kind="government")
    assert made.count() == 38 + 508
    assert not made.filter(region_code__startswith="31.").exists()
    assert made.get(region_code="63.02").code == "kab-kotabaru"
    assert made.get(region_code="11").name == "Pemerintah Aceh"
    komwil = Organisation.objects.get(code="apeksi-komwil-v")
    assert (komwil.affiliations.count(), komwil.parent.code) == (9, "apeksi")
    assert Organisation.objects.filter(kind="commissariat").count() == 1


def test_a_province_that_is_none_is_told(run):
    assert run("organisation", "add-governments", "--province", "99").code == 2


def test_who_has_taken_the_name_of_a_government_is_reported(run):
    organisation("tiruan", name="PEMERINTAH KOTA PALANGKARAYA")
    told = run("organisation", "add-governments", "--province", "62")
    assert "Pemerintah Kota Palangka Raya" in told.err


def test_an_organisation_is_made_and_listed(run):
    told = run("organisation", "add", "Kementerian Uji", "--kind", "ministry")
    assert told.out.strip() == "kementerian-uji: Kementerian Uji"
    rows = json.loads(run("organisation", "list", "--kind", "ministry", "--format", "json").out)
    assert [row["code"] for row in rows] == ["kementerian-uji"]
    assert run("organisation", "add", "X", "--kind", "kingdom").code == 2


def test_members_are_added_all_or_none(run):
    run("organisation", "add", "Asosiasi Uji", "--kind", "association")
    organisation("kota-a", name="Kota Alfa")
    told = run("organisation", "members", "asosiasi-uji", "--add", "kota-a")
    assert told.out.strip() == "kota-a: Kota Alfa"
    told = run("organisation", "members", "asosiasi-uji", "--remove", "kota-a", "--add", "tak-ada")
    assert told.code == 2
    assert Organisation.objects.get(code="asosiasi-uji").affiliations.count() == 1


def test_an_invitation_can_be_printed_as_a_link(run):
    organisation()
    told = run(
        "organisation", "invite", "kota-palangka-raya", "a@b.test", "--role", "viewer", "--link"
    )
    assert told.code == 0, told.err
    assert "/undangan/" in told.out
    assert Invitation.objects.get().email == "a@b.test"
    told = run("organisation", "invite", "kota-palangka-raya", "c@d.test", "--role", "raja")
    assert told.code == 2


def test_roles_are_given_ended_and_listed(run):
    city, ani = organisation(), person("Ani")
    code = city.code
    told = run("organisation", "roles", code, "--person", ani.email, "--give", "analyst")
    assert ani.email in told.out
    assert ani.assignments.get().role == "analyst"
    told = run("organisation", "roles", code, "--person", ani.email, "--end", "analyst")
    assert ani.email not in told.out
    assert run("organisation", "roles", code, "--person", "x@y.test", "--give", "viewer").code == 2


def test_people_are_listed_shut_out_and_let_in(run):
    ani = person("Ani")
    rows = json.loads(run("person", "list", "--format", "json").out)
    assert rows[0]["email"] == ani.email
    assert run("person", "deactivate", ani.email, "--reason", "pindah").code == 0
    ani.refresh_from_db()
    assert not ani.is_active
    assert run("person", "reactivate", ani.email).code == 0
    assert run("person", "deactivate", "x@y.test").code == 2
    assert run("--as", ani.email, "person", "list").code == 2


@pytest.mark.parametrize("language", ["id", "en"])
def test_help_is_told_in_both_languages(run, language):
    told = run("--language", language, "organisation", "--help").out
    assert ("Buat organisasi" if language == "id" else "Make an organisation") in told
