"""Sign-in by the OpenID Connect provider of an organisation, against a certified one that really runs."""

from collections.abc import Iterator

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord, Person, SignInProvider
from sinergi.accounts.sealing import seal
from tests import oidc
from tests.accounts.signin.conftest import with_app
from tests.people import PASSWORD, organisation, person, signed_in

BACK = "http://testserver/masuk/oidc/kota-palangka-raya/kembali/"
START = "/masuk/oidc/kota-palangka-raya/"


@pytest.fixture(scope="module")
def provider() -> Iterator[oidc.Provider]:
    running = oidc.start([BACK])
    yield running
    running.end()


@pytest.fixture
def city(db, provider, settings):
    settings.SINERGI_OIDC_LOCAL = True
    made = organisation("kota-palangka-raya")
    SignInProvider.objects.create(
        organisation=made,
        issuer=provider.issuer,
        client_id=oidc.CLIENT["client_id"],
        sealed_secret=seal(oidc.CLIENT["client_secret"]),
        domains=["contoh.test"],
        confirmed_at=timezone.now(),
    )
    return made


def newcomer(*roles, **fields: object) -> Person:
    """Ani, who has no way in yet."""
    ani = person("Ani", *roles, **fields)
    ani.set_unusable_password()
    ani.save()
    return ani


def comes(client: Client, provider: oidc.Provider, start: str = START, **identity: object):
    """Sign in by the provider and return the last answer of Sinergi."""
    provider.says(**identity)
    leaving = client.get(start)
    assert leaving.status_code == 302
    return client.get(provider.walks(leaving["Location"]))


def identity(name: str = "ani", **other: object) -> dict[str, object]:
    return {"sub": f"sub-{name}", "email": f"{name}@contoh.test", "email_verified": True, **other}


def who(client: Client) -> int | None:
    number = client.session.get("_auth_user_id")
    return None if number is None else int(number)


def test_the_sign_in_page_offers_the_provider(client, city):
    page = client.get("/masuk/?next=/wilayah/").content.decode()
    assert f'href="{START}?next=%2Fwilayah%2F"' in page


def test_a_person_with_a_role_comes_in_and_is_connected_at_first_use(client, city, provider):
    ani = newcomer(("analyst", city))
    answer = comes(client, provider, **identity())
    assert (answer.status_code, who(client)) == (302, ani.pk)
    assert SocialAccount.objects.get().user == ani
    verbs = AuditRecord.objects.order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == [Verb.ACCOUNT_CONNECTED, Verb.SIGNED_IN]


def test_the_page_that_was_asked_for_is_led_to_afterwards(client, city, provider):
    newcomer(("analyst", city))
    answer = comes(client, provider, f"{START}?next=/metode/", **identity())
    assert answer["Location"] == "/metode/"


def test_a_connected_identity_comes_in_although_its_address_changed(client, city, provider):
    ani = newcomer(("analyst", city))
    comes(client, provider, **identity())
    other = Client()
    comes(other, provider, **identity(email="ani.baru@contoh.test"))
    assert who(other) == ani.pk


@pytest.mark.parametrize(
    "told",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "ani@tempat-lain.test"},
        {"email": ""},
    ],
)
def test_an_address_that_is_not_verified_or_not_of_its_domains_is_not_believed(
    client, city, provider, told
):
    newcomer(("analyst", city))
    comes(client, provider, **identity(**told))
    assert who(client) is None
    assert not SocialAccount.objects.exists()


def test_nobody_is_made_a_person(client, city, provider):
    answer = comes(client, provider, **identity("baru"))
    assert (answer["Location"], who(client)) == ("/masuk/", None)
    assert not Person.objects.exists()
    assert AuditRecord.objects.get().verb == Verb.SIGN_IN_REFUSED


def test_a_person_of_another_organisation_only_stays_outside(client, city, provider):
    newcomer(("analyst", organisation("kota-banjarmasin")))
    comes(client, provider, **identity())
    assert who(client) is None


def test_a_person_whose_role_ended_stays_outside_although_connected(client, city, provider):
    ani = newcomer(("analyst", city))
    comes(client, provider, **identity())
    ani.assignments.all().delete()
    other = Client()
    comes(other, provider, **identity())
    assert who(other) is None


def test_a_deactivated_person_stays_outside(client, city, provider):
    newcomer(("analyst", city), is_active=False)
    comes(client, provider, **identity())
    assert who(client) is None


def test_only_roles_of_the_organisation_count_in_such_a_session(client, city, provider):
    elsewhere = organisation("kota-banjarmasin")
    newcomer(("analyst", city), ("administrator", elsewhere), is_administrator=True)
    comes(client, provider, **identity())
    assert client.get("/organisasi/kota-banjarmasin/masuk-oidc/").status_code == 403
    assert "only your roles there count" in client.get("/en/akun/").content.decode()


def test_without_a_password_the_account_cannot_be_taken_over(client, city, provider):
    newcomer(("analyst", city))
    comes(client, provider, **identity())
    assert client.get("/akun/faktor-kedua/aplikasi/")["Location"] == "/kata-sandi/lupa/"
    assert client.get("/akun/surel/")["Location"] == "/kata-sandi/lupa/"


def test_a_link_from_another_site_starts_nothing(client, city):
    answer = client.get(START, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer["Location"] == "/masuk/"


def test_a_forged_way_back_is_refused(client, city, provider):
    newcomer(("analyst", city))
    provider.says(**identity())
    back = provider.walks(Client().get(START)["Location"])
    client.get(back)
    assert who(client) is None


def test_a_provider_that_does_not_answer_is_told_as_a_page(client, city, settings):
    SignInProvider.objects.update(issuer="http://127.0.0.1:9")
    answer = client.get(START)
    assert answer["Location"] == "/masuk/"


def test_a_switched_off_provider_does_not_exist(client, city):
    SignInProvider.objects.update(is_active=False)
    assert client.get(START).status_code == 404
    assert START not in client.get("/masuk/").content.decode()


@pytest.mark.parametrize("way", ["password", "passkey or app", "another identity"])
def test_an_account_with_a_way_in_is_not_opened_by_its_address_alone(client, city, provider, way):
    ani = newcomer(("approver", city))
    if way == "password":
        ani.set_password(PASSWORD)
        ani.save()
    elif way == "passkey or app":
        with_app(ani)
    else:
        SocialAccount.objects.create(user=ani, provider=city.code, uid="sub-lama")
    before = SocialAccount.objects.count()
    answer = comes(client, provider, **identity())
    assert (answer["Location"], who(client)) == ("/masuk/", None)
    assert SocialAccount.objects.count() == before
    assert AuditRecord.objects.filter(verb=Verb.SIGN_IN_REFUSED, object_id=str(ani.pk)).exists()
    assert "belum terhubung" in client.get("/masuk/").content.decode()


CONNECT = f"{START}?process=connect"


def proven(client: Client, sign_in) -> None:
    """Sign in as Ani, and give the password again."""
    sign_in(client)
    assert client.post("/akun/pastikan/", {"password": PASSWORD}).status_code == 302


def test_a_person_connects_the_provider_from_an_own_session_and_comes_in_by_it(
    client, city, provider, sign_in
):
    ani = person("Ani", ("analyst", city))
    proven(client, sign_in)
    assert f'href="{CONNECT}"' in client.get("/akun/").content.decode()
    answer = comes(client, provider, CONNECT, **identity())
    assert (answer["Location"], who(client)) == ("/akun/", ani.pk)
    assert SocialAccount.objects.get().user == ani
    assert CONNECT not in client.get("/akun/").content.decode()
    other = Client()
    comes(other, provider, **identity())
    assert who(other) == ani.pk


def test_who_did_not_just_prove_who_they_are_is_asked_before_connecting(client, city):
    signed_in(client, person("Ani", ("analyst", city)))
    assert client.get(CONNECT)["Location"].startswith("/akun/pastikan/")
    assert Client().get(CONNECT)["Location"].startswith("/masuk/")


def test_a_session_that_a_provider_opened_connects_nothing(client, city, provider, sign_in):
    person("Ani", ("analyst", city))
    proven(client, sign_in)
    provider.says(**identity())
    back = provider.walks(client.get(CONNECT)["Location"])
    session = client.session
    session["provider_of"] = city.pk
    session.save()
    client.get(back)
    assert not SocialAccount.objects.exists()


def test_the_way_around_the_question_who_one_is_connects_nothing(client, city, provider, sign_in):
    signed_in(client, person("Ani", ("analyst", city)))
    provider.says(**identity())
    leaving = client.post(START, {"process": "connect"})
    client.get(provider.walks(leaving["Location"]))
    assert not SocialAccount.objects.exists()


def test_nobody_connects_the_identity_of_somebody_else(client, city, provider, sign_in):
    person("Ani", ("analyst", city))
    person("Budi", ("analyst", city))
    proven(client, sign_in)
    comes(client, provider, CONNECT, **identity("budi"))
    assert not SocialAccount.objects.exists()


def test_a_person_whose_address_left_the_domains_stays_outside_although_connected(
    client, city, provider
):
    ani = newcomer(("analyst", city))
    comes(client, provider, **identity())
    Person.objects.filter(pk=ani.pk).update(email="ani@tempat-lain.test")
    other = Client()
    comes(other, provider, **identity())
    assert who(other) is None


def test_a_provider_that_waits_opens_nothing(client, city, provider):
    newcomer(("analyst", city))
    provider.says(**identity())
    back = provider.walks(client.get(START)["Location"])
    SignInProvider.objects.update(confirmed_at=None)
    client.get(back)
    assert who(client) is None
    assert client.get(START).status_code == 404
    assert START not in client.get("/masuk/").content.decode()


@pytest.mark.parametrize("ended", [{"confirmed_at": None}, {"is_active": False}])
def test_roles_count_no_longer_in_sessions_of_a_provider_that_opens_nothing_now(
    client, city, provider, ended
):
    newcomer(("approver", city))
    comes(client, provider, **identity())
    assert client.get("/audit/").status_code == 200
    SignInProvider.objects.update(**ended)
    assert client.get("/audit/").status_code == 403
