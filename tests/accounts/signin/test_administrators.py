"""Administrators of the installation need a second factor in production, and can get in to set it up."""

import pytest
from django.test import Client

from sinergi.accounts import rules
from sinergi.accounts.actions.founding import found_administrator, link_to_password
from sinergi.accounts.models import Organisation, Person
from sinergi.accounts.principal import operator
from tests.accounts.signin.conftest import code_of, with_app
from tests.people import PASSWORD, asks, organisation, person, signed_in

FACTORS = "/akun/faktor-kedua/"
APP = f"{FACTORS}aplikasi/"
PAGES = (
    "/pengelolaan/",
    "/pengelolaan/orang/",
    "/organisasi/baru/",
    "/organisasi/kota-palangka-raya/ubah/",
    "/organisasi/kota-palangka-raya/masuk-oidc/",
    "/audit/",
)


@pytest.fixture
def production(settings):
    settings.PRODUCTION = True


@pytest.fixture
def boss(db):
    organisation("kota-palangka-raya")
    return person("Boss", is_administrator=True)


@pytest.mark.parametrize("there", PAGES)
def test_without_a_second_factor_every_page_of_the_administration_leads_to_one(
    production, boss, there
):
    client = signed_in(Client(), boss)
    answer = client.get(there)
    assert (answer.status_code, answer["Location"]) == (302, FACTORS)
    assert "faktor kedua" in client.get(FACTORS).content.decode()


def test_without_a_second_factor_nothing_is_done(production, boss):
    client = signed_in(Client(), boss)
    answer = client.post("/organisasi/kota-palangka-raya/arsip/", {"reason": "uji"})
    assert answer.status_code == 403
    assert "faktor kedua" in answer.content.decode()
    assert Organisation.objects.get(code="kota-palangka-raya").deleted_at is None


def test_a_part_of_a_page_leads_the_whole_page(production, boss):
    client = signed_in(Client(), boss)
    answer = client.get("/pengelolaan/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == FACTORS


def test_with_a_second_factor_the_administration_counts(production, boss, client, sign_in):
    secret = with_app(boss)
    sign_in(client, boss.email)
    client.post("/masuk/kode/", {"code": code_of(secret)})
    assert client.get("/pengelolaan/").status_code == 200


def test_the_first_administrator_gets_in_and_sets_the_factor_up(production, db, client, sign_in):
    sari = found_administrator(operator(), "sari@contoh.test", "Sari")
    page = client.get(link_to_password(sari, ""), follow=True)
    there = page.redirect_chain[-1][0]
    client.post(there, {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(client, sari.email)["Location"] == FACTORS
    assert "Anda mengelola instalasi" in client.get("/akun/").content.decode()
    client.post("/akun/pastikan/", {"password": PASSWORD})
    secret = client.get(APP).context["form"].secret
    assert client.post(APP, {"code": code_of(secret)}).status_code == 302
    assert client.get("/pengelolaan/").status_code == 200


def test_what_others_may_is_not_touched(production, boss):
    city = Organisation.objects.get()
    ani = person("Ani", ("administrator", city), is_administrator=True)
    without = asks(ani)
    assert rules.may(without, rules.ORGANISATION_MANAGE, city)
    assert not rules.may(without, rules.INSTALLATION)
    assert without.administration_withheld
    assert not asks(person("Budi", ("administrator", city))).administration_withheld
    assert rules.may(asks(ani, second_factor=True), rules.INSTALLATION)


def test_a_person_who_lacks_the_role_is_refused_as_ever(production, boss):
    ani = person("Ani", ("analyst", Organisation.objects.get()))
    assert signed_in(Client(), ani).get("/pengelolaan/").status_code == 403


def test_outside_production_as_in_the_demo_it_is_not_asked(boss):
    assert Person.objects.get(pk=boss.pk).is_administrator
    assert signed_in(Client(), boss).get("/pengelolaan/").status_code == 200
