"""The provider of an organisation: set by its administrator, confirmed by one of the installation."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from sinergi.accounts.actions.providers import confirm_provider
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, ForbiddenError
from sinergi.accounts.models import AuditRecord, Person, SignInProvider
from sinergi.accounts.principal import operator
from tests import oidc
from tests.accounts.signin.test_providers import BACK, START, city, provider
from tests.people import asks, organisation, person, signed_in

__all__ = ["city", "provider"]
ADDRESS = "/organisasi/kota-palangka-raya/masuk-oidc/"


def written(provider: oidc.Provider, **other: object) -> dict[str, object]:
    told = {
        "issuer": provider.issuer,
        "client_id": "sinergi",
        "secret": "rahasia",
        "domains": "contoh.test\n@Sub.Contoh.test",
        "is_active": "on",
    }
    return {**told, **other}


@pytest.fixture
def manager(client, db, provider, settings):
    settings.SINERGI_OIDC_LOCAL = True
    made = organisation("kota-palangka-raya")
    return signed_in(client, person("Ani", ("administrator", made)))


def test_an_administrator_switches_a_provider_on(manager, provider):
    assert manager.post(ADDRESS, written(provider)).status_code == 302
    row = SignInProvider.objects.get()
    assert row.domains == ["contoh.test", "sub.contoh.test"]
    assert "rahasia" not in row.sealed_secret
    assert "rahasia" not in manager.get(ADDRESS).content.decode()
    told = AuditRecord.objects.get(verb=Verb.CHANGED)
    assert "rahasia" not in told.after


def test_the_address_to_register_is_shown(manager):
    assert BACK in manager.get(ADDRESS).content.decode()


@pytest.mark.parametrize("role", ["viewer", "analyst", "coordinator", "approver"])
def test_others_may_not_see_the_provider(client, db, role):
    made = organisation("kota-palangka-raya")
    signed_in(client, person("Ani", (role, made)))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {}).status_code == 403


def test_a_new_address_asks_for_the_secret_again(manager, provider):
    manager.post(ADDRESS, written(provider))
    told = written(provider, issuer=provider.issuer + "/lain", secret="", revision=1)
    answer = manager.post(ADDRESS, told)
    assert answer.status_code == 422
    assert SignInProvider.objects.get().issuer == provider.issuer


def test_another_client_forgets_who_was_connected(manager, provider):
    manager.post(ADDRESS, written(provider))
    ani = Person.objects.get()
    SocialAccount.objects.create(user=ani, provider="kota-palangka-raya", uid="sub")
    manager.post(ADDRESS, written(provider, client_id="lain", revision=1))
    assert not SocialAccount.objects.exists()


def test_two_who_change_it_at_once_do_not_overwrite_each_other(manager, provider):
    manager.post(ADDRESS, written(provider))
    answer = manager.post(ADDRESS, written(provider, client_id="lain"))
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "ftp://127.0.0.1/"},
        {"issuer": "http://127.0.0.1:9/"},
        {"issuer": "http://orang@127.0.0.1/"},
        {"domains": "bukan domain!"},
        {"client_id": " "},
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(manager, provider, wrong):
    assert manager.post(ADDRESS, written(provider, **wrong)).status_code == 422
    assert not SignInProvider.objects.exists()


def test_a_removed_provider_is_gone(manager, provider):
    manager.post(ADDRESS, written(provider))
    manager.post(ADDRESS, {"remove": "1"})
    assert not SignInProvider.objects.exists()
    assert manager.post(ADDRESS, {"remove": "1"}).status_code == 404


def test_what_an_administrator_of_the_organisation_sets_waits_and_says_so(manager, provider):
    manager.post(ADDRESS, written(provider))
    assert SignInProvider.objects.get().confirmed_at is None
    assert 'name="confirm"' not in manager.get(ADDRESS).content.decode()
    assert manager.post(ADDRESS, {"confirm": "1"}).status_code == 403
    assert SignInProvider.objects.get().confirmed_at is None
    assert manager.get(START).status_code == 404


def test_an_administrator_of_the_installation_confirms_what_was_looked_at(manager, provider):
    manager.post(ADDRESS, written(provider))
    boss = signed_in(Client(), person("Boss", is_administrator=True))
    assert ADDRESS in boss.get("/pengelolaan/").content.decode()
    assert 'name="confirm" value="1"' in boss.get(ADDRESS).content.decode()
    assert boss.post(ADDRESS, {"confirm": "0"}).status_code == 409
    assert boss.post(ADDRESS, {"confirm": "x"}).status_code == 409
    assert boss.post(ADDRESS, {"confirm": "1"}).status_code == 302
    row = SignInProvider.objects.get()
    assert row.confirmed_by.name == "Boss"
    assert "Boss" in manager.get(ADDRESS).content.decode()
    assert ADDRESS not in boss.get("/pengelolaan/").content.decode()
    told = AuditRecord.objects.filter(verb=Verb.CHANGED).first()
    assert ('"confirmed":true' in told.after.replace(" ", ""), told.actor) == (
        True,
        row.confirmed_by_id,
    )


@pytest.mark.parametrize(
    ("changed", "stays"),
    [
        ({"domains": "contoh.test"}, False),
        ({"domains": "contoh.test sub.contoh.test lain.test"}, False),
        ({"client_id": "lain"}, False),
        ({"domains": "sub.contoh.test contoh.test"}, True),
        ({"secret": ""}, True),
        ({"is_active": ""}, True),
    ],
)
def test_another_client_or_other_domains_must_be_confirmed_anew(manager, provider, changed, stays):
    manager.post(ADDRESS, written(provider))
    row = SignInProvider.objects.get()
    confirm_provider(operator(), row.organisation, revision=1)
    assert manager.post(ADDRESS, written(provider, revision=1, **changed)).status_code == 302
    assert (SignInProvider.objects.get().confirmed_at is not None) == stays


def test_another_issuer_must_be_confirmed_anew(manager, provider):
    manager.post(ADDRESS, written(provider))
    row = SignInProvider.objects.get()
    SignInProvider.objects.update(issuer="https://lama.test", confirmed_at=timezone.now())
    manager.post(ADDRESS, written(provider, revision=row.revision))
    assert SignInProvider.objects.get().confirmed_at is None


def test_only_the_installation_confirms_and_only_what_it_saw(city):
    SignInProvider.objects.update(confirmed_at=None, revision=3)
    with pytest.raises(ForbiddenError):
        confirm_provider(asks(person("Ani", ("administrator", city))), city, revision=3)
    with pytest.raises(ConflictError):
        confirm_provider(operator(), city, revision=2)
    assert SignInProvider.objects.get().confirmed_at is None
