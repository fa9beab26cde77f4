"""Personal data: one document with everything about a person, and its erasure."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from sinergi.accounts.actions.personal import erase_person, export_person
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.search import one, own
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import ApiToken, AuditRecord, Invitation, Organisation, Person
from sinergi.accounts.principal import operator
from sinergi.accounts.vocabulary import Channel, Scope
from tests.accounts.signin.conftest import with_app
from tests.people import PASSWORD, asks, organisation, person, signed_in


@pytest.fixture(autouse=True)
def _nobody_has_tried(db):
    cache.clear()


@pytest.fixture
def city():
    return organisation("kota-palangka-raya")


@pytest.fixture
def ani(city) -> Person:
    """A person about whom there is something in every table."""
    made = person("Ani", ("analyst", city))
    with_app(made)
    soon = timezone.now() + timezone.timedelta(days=1)
    ApiToken.objects.create(
        person=made,
        organisation=city,
        name="laptop Ani",
        digest="d" * 64,
        hint="sin_1",
        expires_at=soon,
    )
    Invitation.objects.create(
        organisation=city, role="viewer", email=made.email, digest="e" * 64, expires_at=soon
    )
    SocialAccount.objects.create(user=made, provider=city.code, uid="sub-ani")
    return made


def test_the_document_holds_everything_and_no_secret(ani):
    told = json.dumps(export_person(asks(ani), ani), default=str)
    for found in (
        "ani@contoh.test",
        "kota-palangka-raya",
        "laptop Ani",
        "totp",
        "sub-ani",
        "viewer",
    ):
        assert found in told
    secrets = [ani.password, "d" * 64, "e" * 64]
    secrets += [
        str(one.data.get("secret") or one.data["seed"]) for one in Authenticator.objects.all()
    ]
    assert not [one for one in secrets if one in told]


def test_the_download_is_recorded_and_comes_as_a_file(client, ani):
    signed_in(client, ani)
    answer = client.post("/akun/data/unduh/")
    assert answer.json()["person"]["email"] == "ani@contoh.test"
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert AuditRecord.objects.filter(verb=Verb.DATA_EXPORTED, actor=ani.pk).count() == 1


@pytest.mark.parametrize("deed", [export_person, erase_person])
def test_others_may_not(ani, city, deed):
    budi = person("Budi", ("administrator", city))
    with pytest.raises(ForbiddenError):
        deed(asks(budi), ani)
    token = asks(ani, Channel.API, scopes=frozenset(Scope))
    with pytest.raises(ForbiddenError):
        deed(token, ani)


@pytest.mark.parametrize("deed", [export_person, erase_person])
def test_an_administrator_of_the_installation_may(ani, deed):
    chief = person("Citra", is_administrator=True)
    assert deed(asks(chief), ani)


def test_erasure_leaves_a_number_and_nothing_else(client, ani):
    signed_in(client, ani)
    UserSession.objects.create(user=ani, ip="127.0.0.1", session_key=client.session.session_key)
    erase_person(asks(ani), ani, reason="diminta")
    ani.refresh_from_db()
    assert (ani.name, ani.is_active, ani.has_usable_password()) == ("", False, False)
    assert ani.email.endswith("@terhapus.invalid")
    assert not ani.assignments.filter(ended_at=None).exists()
    for table in (Authenticator, SocialAccount, EmailAddress, UserSession):
        assert not table.objects.filter(user=ani).exists()
    assert ApiToken.objects.get().revoked_at is not None
    assert ApiToken.objects.get().name == ""
    assert "contoh.test" not in Invitation.objects.get().email
    assert client.get("/akun/").status_code == 302
    told = AuditRecord.objects.get(verb=Verb.ERASED)
    assert (told.object_id, told.name, told.reason) == (str(ani.pk), "", "diminta")


def test_the_address_can_be_invited_again_as_somebody_new(ani):
    erase_person(asks(ani), ani)
    assert person("Ani").pk != ani.pk


def test_erasure_happens_once(ani):
    erase_person(operator(), ani)
    with pytest.raises(UnseenError):
        erase_person(operator(), ani)


def test_the_last_administrator_of_an_organisation_cannot_go(city):
    ani = person("Ani", ("administrator", city))
    with pytest.raises(InvalidError, match="Kota Palangka Raya"):
        erase_person(asks(ani), ani)
    person("Budi", ("administrator", city))
    erase_person(asks(ani), ani)


def test_a_deactivated_administrator_is_no_other_administrator(city):
    ani = person("Ani", ("administrator", city))
    person("Budi", ("administrator", city), is_active=False)
    with pytest.raises(InvalidError):
        erase_person(asks(ani), ani)


def test_the_last_administrator_of_the_installation_cannot_go():
    ani = person("Ani", is_administrator=True)
    with pytest.raises(InvalidError):
        erase_person(asks(ani), ani)
    person("Budi", is_administrator=True)
    erase_person(asks(ani), ani)


ERASE = "/akun/data/hapus/"


def test_the_page_asks_for_the_password_and_says_goodbye(client, ani):
    signed_in(client, ani)
    assert client.post(ERASE, {"password": "salah", "understood": "on"}).status_code == 422
    assert client.post(ERASE, {"password": PASSWORD}).status_code == 422
    done = client.post(ERASE, {"password": PASSWORD, "understood": "on"})
    assert done["Location"] == "/"
    ani.refresh_from_db()
    assert ani.erased_at is not None
    assert "_auth_user_id" not in client.session


def test_the_page_says_why_the_last_administrator_cannot_go(client, city):
    signed_in(client, person("Ani", ("administrator", city)))
    answer = client.post(ERASE, {"password": PASSWORD, "understood": "on"})
    assert answer.status_code == 422
    assert "Kota Palangka Raya" in answer.content.decode()


def test_guessing_the_password_there_is_stopped(client, ani):
    signed_in(client, ani)
    for _ in range(6):
        client.post(ERASE, {"password": "salah", "understood": "on"})
    assert client.post(ERASE, {"password": PASSWORD, "understood": "on"}).status_code == 422


def test_visitors_are_led_to_sign_in(db):
    assert Client().post(ERASE).status_code == 302
    assert Client().post("/akun/data/unduh/").status_code == 302


@pytest.mark.parametrize("limit", ["a missing second factor", "the provider of another"])
def test_a_session_with_less_than_all_roles_is_not_told_what_its_deeds_changed(ani, city, limit):
    # given a deed of Ani in an organisation whose roles do not count in the session that asks
    with transaction.atomic():
        record(
            asks(ani),
            Verb.CHANGED,
            kind="priority_list",
            object_id=7,
            organisation=city.pk,
            name="Pasar induk",
            after={"note": "rahasia kota"},
            reason="karena rahasia",
        )
    if limit == "a missing second factor":
        Organisation.objects.filter(pk=city.pk).update(requires_second_factor=True)
        by = asks(ani)
    else:
        by = asks(ani, organisation=organisation("apeksi").pk)
    # when the session asks for the data of its person and for the own deeds
    told = export_person(by, ani)["deeds"]
    # then it learns that something was done, and not what
    assert "changed" in [deed["verb"] for deed in told]
    assert "rahasia" not in json.dumps(told, default=str)
    assert "Pasar induk" not in json.dumps(told, default=str)
    assert not own(by).filter(kind="priority_list").exists()
    with pytest.raises(UnseenError):
        one(by, AuditRecord.objects.get(kind="priority_list").pk)
    # and one with all roles is told
    assert "rahasia kota" in json.dumps(
        export_person(asks(ani, second_factor=True), ani)["deeds"], default=str
    )
