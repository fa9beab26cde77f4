"""Signing in and out by password: what comes in, what is refused, and what a refusal gives away."""

import pytest
from django.conf import settings as used
from django.contrib.auth.hashers import Argon2PasswordHasher, get_hashers
from django.test import Client

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import ApiToken, AuditRecord
from sinergi.site import settings as real
from tests.accounts.signin.conftest import signed_in_as, with_token
from tests.people import PASSWORD, person


def test_a_person_signs_in_and_is_led_to_the_map_in_the_own_language(client, sign_in):
    ani = person(language="en")
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"], signed_in_as(client)) == (302, "/en/", ani.pk)


@pytest.mark.parametrize("email", ["ANI@contoh.test", " ani@contoh.test "])
def test_capitals_and_spaces_of_the_address_do_not_matter(client, sign_in, email):
    ani = person()
    sign_in(client, email)
    assert signed_in_as(client) == ani.pk


def test_the_session_gets_another_key_at_sign_in(client, sign_in):
    person()
    session = client.session
    session["kept"] = 1
    session.save()
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_the_session_ends_with_the_browser_and_after_a_working_day(client, sign_in):
    person()
    sign_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.session.get_expire_at_browser_close()
    assert used.SESSION_COOKIE_AGE == 12 * 3600


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ani@contoh.test", "bukan-sandi-saya"),
        ("tidak.ada@contoh.test", PASSWORD),
        ("budi@contoh.test", PASSWORD),
    ],
)
def test_every_refusal_reads_alike(sign_in, email, password):
    person()
    person("Budi", is_active=False)
    usual = sign_in(Client(), "lain@contoh.test", "salah sama sekali")
    answer = sign_in(Client(), email, password)
    assert answer.status_code == usual.status_code == 200
    assert list(answer.context["form"].non_field_errors()) == list(
        usual.context["form"].non_field_errors()
    )


def test_an_unknown_address_costs_as_much_work_as_a_known_one(
    client, sign_in, settings, monkeypatch
):
    """One hash of the password is computed either way; it is nearly all of the time."""
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    person()
    hashed: list[str] = []
    for name in ("encode", "verify"):
        genuine = getattr(Argon2PasswordHasher, name)

        def counted(*values, genuine=genuine, name=name):
            hashed.append(name)
            return genuine(*values)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    work = []
    for email in ("ani@contoh.test", "tidak.ada@contoh.test"):
        sign_in(client, email, "bukan-sandi-saya")
        work.append(len(hashed))
        hashed.clear()
    assert work == [1, 1]


def test_passwords_are_kept_with_argon2(settings):
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    assert get_hashers()[0].algorithm == "argon2"
    assert person().password.startswith("argon2$argon2id$")


def test_five_failures_for_one_account_close_it_for_a_while_from_everywhere(sign_in):
    person()
    for number in range(5):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), password="salah")
    client = Client(REMOTE_ADDR="203.0.113.99")
    assert sign_in(client).status_code == 200
    assert signed_in_as(client) is None


def test_an_account_that_does_not_exist_is_closed_likewise(sign_in):
    person()
    known = [sign_in(Client(), password="salah") for _ in range(6)][-1]
    unknown = [
        sign_in(Client(REMOTE_ADDR="203.0.113.2"), "x@contoh.test", "salah") for _ in range(6)
    ][-1]
    assert list(known.context["form"].non_field_errors()) == list(
        unknown.context["form"].non_field_errors()
    )


def test_spraying_one_password_over_many_accounts_is_stopped(sign_in):
    for number in range(12):
        person(f"Orang {number}")
    sprayer = Client(REMOTE_ADDR="203.0.113.66")
    answers = [
        sign_in(sprayer, f"orang.{number}@contoh.test", "musim-hujan-2026") for number in range(11)
    ]
    said = [str(answer.context["form"].non_field_errors()[0]) for answer in answers]
    assert said[9] != said[10]
    sign_in(sprayer, "orang.11@contoh.test")
    assert signed_in_as(sprayer) is None


def test_success_does_not_count_as_an_attempt(sign_in):
    ani = person()
    for _ in range(7):
        client = Client()
        sign_in(client)
        assert signed_in_as(client) == ani.pk


def test_refusals_are_recorded_without_the_address(client, sign_in):
    ani = person()
    sign_in(client, password="salah")
    sign_in(client, "rahasia@contoh.test", "salah")
    first, second = AuditRecord.objects.order_by("sequence")
    assert {first.verb, second.verb} == {Verb.SIGN_IN_REFUSED}
    assert (first.object_id, second.object_id) == (str(ani.pk), "")
    assert "contoh.test" not in f"{first.__dict__}{second.__dict__}"


def test_sign_in_and_out_are_recorded(client, sign_in):
    ani = person()
    sign_in(client)
    client.post("/keluar/")
    rows = AuditRecord.objects.order_by("sequence")
    assert [row.verb for row in rows] == [Verb.SIGNED_IN, Verb.SIGNED_OUT]
    assert {(row.actor, row.kind, row.object_id) for row in rows} == {
        (ani.pk, "person", str(ani.pk))
    }


def test_signing_out_needs_a_form(client, sign_in):
    person()
    sign_in(client)
    assert client.get("/keluar/").status_code == 200
    assert signed_in_as(client) is not None
    client.post("/keluar/")
    assert signed_in_as(client) is None


def test_a_foreign_site_cannot_sign_anybody_in_or_out(sign_in):
    person()
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
    assert strict.post("/keluar/").status_code == 403


@pytest.mark.parametrize(
    "there",
    [
        "https://jahat.test/",
        "//jahat.test/",
        "/\\jahat.test",
        "\\\\jahat.test",
        "http:jahat.test",
        "javascript:alert(1)",
        "https:///jahat.test",
        " https://jahat.test",
        "/%09/jahat.test\t//jahat.test",
        "http://testserver@jahat.test/",
    ],
)
def test_nobody_is_led_to_another_host(client, sign_in, there):
    person()
    answer = sign_in(client, next=there)
    assert answer["Location"] == "/" or answer["Location"].startswith("/%")
    assert "jahat" not in sign_in(Client(), password="x", next=there).get("Location", "")


def test_the_page_that_was_asked_for_is_led_to(client, sign_in):
    person()
    assert sign_in(client, next="/wilayah/?halaman=2")["Location"] == "/wilayah/?halaman=2"


def test_nobody_signs_up():
    for path in ("/signup/", "/accounts/signup/", "/masuk/daftar/"):
        assert Client().get(path).status_code == 404


def test_a_changed_password_ends_the_other_sessions(client, sign_in):
    person()
    other = Client()
    sign_in(other)
    sign_in(client)
    fresh = "hutan-gambut-kering-9"
    told = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    assert client.post("/akun/kata-sandi/", told)["Location"] == "/akun/"
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302
    assert AuditRecord.objects.filter(verb=Verb.PASSWORD_CHANGED).count() == 1


@pytest.mark.parametrize(("ticked", "live"), [({}, 1), ({"revoke_tokens": "on"}, 0)])
def test_a_change_of_password_revokes_tokens_when_the_person_wants_it(
    client, sign_in, ticked, live
):
    with_token(person())
    sign_in(client)
    assert 'name="revoke_tokens"' in client.get("/akun/kata-sandi/").content.decode()
    fresh = "hutan-gambut-kering-9"
    told = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh, **ticked}
    assert client.post("/akun/kata-sandi/", told).status_code == 302
    assert ApiToken.objects.filter(revoked_at=None).count() == live
    assert AuditRecord.objects.filter(verb=Verb.TOKEN_REVOKED).count() == 1 - live


def test_a_change_that_is_refused_revokes_nothing(client, sign_in):
    with_token(person())
    sign_in(client)
    told = {"oldpassword": "salah", "password1": "x", "password2": "x", "revoke_tokens": "on"}
    assert client.post("/akun/kata-sandi/", told).status_code == 200
    assert ApiToken.objects.filter(revoked_at=None).count() == 1


def test_who_has_no_token_is_not_asked_about_tokens(client, sign_in):
    person()
    sign_in(client)
    assert "revoke_tokens" not in client.get("/akun/kata-sandi/").content.decode()


@pytest.mark.parametrize("weak", ["pendek-1", "password1234", "ani@contoh.test", "123456789012"])
def test_a_weak_password_is_refused(client, sign_in, weak):
    person()
    sign_in(client)
    told = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post("/akun/kata-sandi/", told).status_code == 200


def test_deactivation_ends_every_session_at_once(client, sign_in):
    ani = person()
    sign_in(client)
    ani.is_active = False
    ani.save()
    assert client.get("/akun/").status_code == 302
