"""Pages of the account, which addresses exist, and an installation that is open to nobody."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord, Person
from tests.people import PASSWORD, organisation, person, signed_in


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_inactive",
        "account_set_password",
        "account_request_login_code",
        "socialaccount_signup",
        "socialaccount_connections",
        "mfa_signup_webauthn",
        "mfa_trust",
    ],
)
def test_views_of_the_library_that_are_not_used_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path",
    ["akun/", "akun/data/", "akun/sesi/", "akun/surel/", "akun/kata-sandi/", "akun/faktor-kedua/"],
)
@pytest.mark.parametrize("language", ["", "en/"])
def test_pages_of_the_account_lead_visitors_to_sign_in_and_back(client, path, language):
    answer = client.get(f"/{language}{path}")
    assert answer["Location"] == f"/{language}masuk/?next=/{language}{path}"
    signed_in(client, person())
    page = client.get(f"/{language}{path}")
    assert page.status_code == 200
    assert "no-" in page.headers.get("Cache-Control", "")


def test_name_and_language_are_changed_and_the_page_follows_the_language(client):
    ani = person()
    signed_in(client, ani)
    answer = client.post("/akun/profil/", {"name": " Ani  Lestari ", "language": "en"})
    assert answer["Location"] == "/en/akun/"
    ani.refresh_from_db()
    assert (ani.name, ani.language) == ("Ani Lestari", "en")


@pytest.mark.parametrize(
    "told",
    [
        {"name": "", "language": "id"},
        {"name": "Ani\r\nBcc: semua@contoh.test\u202e", "language": "id"},
        {"name": "Ani", "language": "xx"},
        {"name": "A" * 161, "language": "id"},
    ],
)
def test_what_makes_no_sense_is_not_saved(client, told):
    signed_in(client, person())
    assert client.post("/akun/profil/", told).status_code == 422
    assert Person.objects.get().name == "Ani"


def test_nobody_makes_themselves_more_by_the_form(client):
    signed_in(client, person())
    told = {"name": "Ani", "language": "id", "is_administrator": "on", "email": "x@contoh.test"}
    client.post("/akun/profil/", told)
    ani = Person.objects.get()
    assert (ani.is_administrator, ani.email) == (False, "ani@contoh.test")


def test_a_script_for_a_name_is_shown_as_text(client):
    signed_in(client, named())
    assert "<script>alert" not in client.get("/akun/").content.decode()


def named() -> Person:
    ani = person()
    Person.objects.filter(pk=ani.pk).update(name="<script>alert(1)</script>")
    ani.refresh_from_db()
    return ani


def test_the_account_names_organisations_and_roles(client):
    place = organisation("kota-palangka-raya")
    signed_in(client, person("Ani", ("analyst", place), ("approver", place)))
    page = client.get("/en/akun/").content.decode()
    assert "Kota Palangka Raya" in page
    assert "analyst" in page
    assert "approver" in page


def changed_to(client: Client, address: str):
    client.post("/akun/pastikan/?next=/akun/surel/", {"password": PASSWORD, "next": "/akun/surel/"})
    return client.post("/akun/surel/", {"email": address, "action_add": ""})


def link() -> str:
    body = mail.outbox[0].body
    return "/" + body.split("http://testserver/")[1].split()[0]


def test_a_new_address_counts_once_its_link_was_followed(client, sign_in):
    ani = person()
    sign_in(client)
    changed_to(client, "ani.baru@contoh.test")
    ani.refresh_from_db()
    assert ani.email == "ani@contoh.test"
    assert mail.outbox[0].to == ["ani.baru@contoh.test"]
    assert client.get(link()).status_code == 200
    ani.refresh_from_db()
    assert ani.email == "ani@contoh.test"
    client.post(link())
    ani.refresh_from_db()
    assert ani.email == "ani.baru@contoh.test"
    assert list(ani.emailaddress_set.values_list("email", "verified")) == [
        ("ani.baru@contoh.test", True)
    ]
    record = AuditRecord.objects.get(verb=Verb.EMAIL_CHANGED)
    assert "contoh.test" not in str(record.__dict__)


def test_the_former_address_is_told_of_the_change(client, sign_in):
    person(language="en")
    sign_in(client)
    changed_to(client, "ani.baru@contoh.test")
    client.post(link())
    assert ["ani@contoh.test"] in [one.to for one in mail.outbox[1:]]


def test_an_address_of_somebody_else_is_not_given_away(client, sign_in):
    person()
    person("Budi")
    sign_in(client)
    taken = changed_to(client, "budi@contoh.test")
    assert taken.status_code == 302
    assert all(one.to != ["ani@contoh.test"] for one in mail.outbox)
    assert Person.objects.get(name="Ani").email == "ani@contoh.test"


def test_a_pending_address_signs_nobody_in(client, sign_in):
    person()
    sign_in(client)
    changed_to(client, "ani.baru@contoh.test")
    other = Client()
    sign_in(other, "ani.baru@contoh.test")
    assert "_auth_user_id" not in other.session


@pytest.fixture
def closed(settings, db):
    settings.SINERGI_SIGN_IN_REQUIRED = True


@pytest.mark.parametrize("path", ["/", "/wilayah/", "/metode/", "/data/", "/cari/", "/lisensi/"])
def test_a_closed_installation_shows_nothing_to_visitors(client, closed, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk/?next=")


@pytest.mark.parametrize("path", ["/masuk/", "/kata-sandi/lupa/", "/healthz", "/en/masuk/"])
def test_a_closed_installation_still_lets_people_sign_in(client, closed, path):
    assert client.get(path).status_code == 200


def test_a_closed_installation_is_open_to_people(client, closed):
    signed_in(client, person())
    assert client.get("/metode/").status_code == 200


def test_the_header_leads_to_sign_in_and_afterwards_to_the_account(client, db):
    assert 'href="/masuk/?next=%2Fmetode%2F"' in client.get("/metode/").content.decode()
    signed_in(client, person())
    page = client.get("/metode/").content.decode()
    assert 'href="/akun/"' in page
    assert 'action="/keluar/"' in page
