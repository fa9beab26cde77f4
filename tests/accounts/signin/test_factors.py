"""Second factors: authenticator app and recovery codes, by the pages; passkeys are in tests/browser."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.requests import SECOND_FACTOR
from sinergi.accounts.sealing import unseal
from tests.accounts.signin.conftest import code_of, signed_in_as, with_app
from tests.people import PASSWORD, organisation, person, signed_in

CODE = "/masuk/kode/"
APP = "/akun/faktor-kedua/aplikasi/"


def proves(client: Client, there: str):
    """Give the password again before a sensitive deed."""
    return client.post(f"/akun/pastikan/?next={there}", {"password": PASSWORD, "next": there})


def test_with_an_app_the_password_alone_opens_nothing(client, sign_in):
    with_app(person())
    assert sign_in(client)["Location"] == CODE
    assert signed_in_as(client) is None
    assert client.get("/akun/").status_code == 302


def test_a_code_of_the_app_opens_the_session_and_counts_as_second_factor(client, sign_in):
    ani = person()
    secret = with_app(ani)
    sign_in(client, next="/metode/")
    answer = client.post(CODE, {"code": code_of(secret)})
    assert (answer["Location"], signed_in_as(client)) == ("/metode/", ani.pk)
    assert client.session[SECOND_FACTOR] is True
    assert AuditRecord.objects.get(verb=Verb.SIGNED_IN).after == '{"by":["password","totp"]}'


def test_a_code_works_once(sign_in):
    secret = with_app(person())
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client)
        client.post(CODE, {"code": code})
    assert (signed_in_as(first) is None, signed_in_as(second) is None) == (False, True)


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_is_refused(client, sign_in, steps):
    secret = with_app(person())
    sign_in(client)
    assert client.post(CODE, {"code": code_of(secret, steps)}).status_code == 200
    assert signed_in_as(client) is None
    assert AuditRecord.objects.filter(verb=Verb.SIGN_IN_REFUSED, part="totp").count() == 1


def test_guessing_codes_is_stopped(sign_in):
    secret = with_app(person())
    client = Client()
    sign_in(client)
    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": code_of(secret)})
    assert signed_in_as(client) is None


def test_a_recovery_code_opens_the_session_once(sign_in):
    ani = person()
    with_app(ani)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client)
        client.post(CODE, {"code": codes[0]})
    assert (signed_in_as(first), signed_in_as(second)) == (ani.pk, None)
    assert first.session[SECOND_FACTOR] is True


def test_what_was_proved_for_one_person_does_not_count_for_another(client, sign_in):
    """A code for Ani and then a session of Budi in the same browser: Budi has given none."""
    secret = with_app(person())
    person("Budi")
    sign_in(client)
    client.post(CODE, {"code": code_of(secret)})
    client.post("/keluar/")
    sign_in(client, "budi@contoh.test")
    assert client.session[SECOND_FACTOR] is False


def test_setting_up_an_app_asks_for_the_password_and_shows_a_picture_and_codes(client, sign_in):
    ani = person()
    sign_in(client)
    assert client.get(APP)["Location"].startswith("/akun/pastikan/")
    assert proves(client, APP)["Location"] == APP
    page = client.get(APP)
    assert b'src="data:image/svg+xml;base64,' in page.content
    secret = page.context["form"].secret
    done = client.post(APP, {"code": code_of(secret)})
    assert done["Location"] == "/akun/faktor-kedua/kode-pemulihan/"
    assert client.session[SECOND_FACTOR] is True
    shown = client.get(done["Location"]).content.decode()
    codes = Authenticator.objects.get(user=ani, type="recovery_codes").wrap().generate_codes()
    assert all(code in shown for code in codes)
    assert client.get("/akun/faktor-kedua/kode-pemulihan/unduh/").content.decode().split() == codes


def test_a_wrong_first_code_sets_nothing_up(client, sign_in):
    person()
    sign_in(client)
    proves(client, APP)
    client.get(APP)
    assert client.post(APP, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()


def test_secrets_are_stored_sealed():
    secret = with_app(person())
    app = Authenticator.objects.get(type="totp")
    assert secret not in str(app.data)
    assert unseal(app.data["secret"]) == secret
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert len(unseal(seed)) == 80


def test_removing_the_app_takes_the_second_factor_from_the_session(client, sign_in):
    ani = person()
    secret = with_app(ani)
    sign_in(client)
    client.post(CODE, {"code": code_of(secret)})
    away = "/akun/faktor-kedua/aplikasi/hapus/"
    proves(client, away)
    assert client.post(away)["Location"] == "/akun/faktor-kedua/"
    assert client.session[SECOND_FACTOR] is False
    assert not Authenticator.objects.exists()
    assert AuditRecord.objects.filter(verb=Verb.FACTOR_REMOVED).count() == 2


def test_the_person_is_told_by_letter_about_a_new_factor(client, sign_in):
    person(language="en")
    sign_in(client)
    proves(client, APP)
    secret = client.get(APP).context["form"].secret
    with_commit(client, secret)
    assert "An authenticator app was added to your account." in mail.outbox[-1].body


def with_commit(client: Client, secret: str) -> None:
    client.post(APP, {"code": code_of(secret)})


@pytest.fixture
def strict(db):
    return organisation("kota-palangka-raya", requires_second_factor=True)


def test_roles_are_withheld_without_a_second_factor_and_the_account_says_so(
    client, sign_in, strict
):
    person("Ani", ("administrator", strict), language="en")
    sign_in(client)
    page = client.get("/en/akun/").content.decode()
    assert "Some of your roles do not count in this session" in page
    assert "needs a second factor" in page
    assert client.get("/organisasi/kota-palangka-raya/masuk-oidc/").status_code == 403


def test_roles_count_with_a_second_factor(client, sign_in, strict):
    secret = with_app(person("Ani", ("administrator", strict)))
    sign_in(client)
    client.post(CODE, {"code": code_of(secret)})
    assert client.get("/organisasi/kota-palangka-raya/masuk-oidc/").status_code == 200


def test_roles_count_at_once_when_a_factor_was_set_up_in_the_session(client, sign_in, strict):
    person("Ani", ("administrator", strict))
    sign_in(client)
    proves(client, APP)
    client.post(APP, {"code": code_of(client.get(APP).context["form"].secret)})
    assert client.get("/organisasi/kota-palangka-raya/masuk-oidc/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "aplikasi/",
        "aplikasi/hapus/",
        "kode-pemulihan/",
        "kode-pemulihan/baru/",
        "kode-pemulihan/unduh/",
        "kunci-sandi/tambah/",
    ],
)
def test_every_change_of_factors_asks_again_who_it_is(client, path):
    ani = person()
    with_app(ani)
    signed_in(client, ani)
    answer = client.get(f"/akun/faktor-kedua/{path}")
    assert answer.status_code == 302
    there = answer["Location"]
    assert "/akun/pastikan/" in there or there.endswith("/hapus/")


def test_a_code_is_not_taken_again_while_it_would_still_be_right(client, sign_in):
    """The library forgets a used code after 30 seconds, and takes it for as long again."""
    ani = person()
    secret = with_app(ani)
    code = code_of(secret)
    sign_in(client)
    client.post(CODE, {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={ani.pk}&code={code}")
    second = Client()
    sign_in(second)
    second.post(CODE, {"code": code})
    assert (signed_in_as(client) is None, signed_in_as(second) is None) == (False, True)
