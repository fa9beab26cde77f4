"""Confirming a provider of sign-in from the command line."""

import pytest

from sinergi.accounts.models import SignInProvider
from tests.people import organisation, person


@pytest.fixture
def waiting(db):
    return SignInProvider.objects.create(
        organisation=organisation("kota-banjarmasin"),
        issuer="https://masuk.contoh.test",
        client_id="sinergi",
        domains=["banjarmasin.test", "bjm.test"],
    )


COMMAND = ("organisation", "confirm-provider", "kota-banjarmasin")
BOTH = ("--domain", "bjm.test", "--domain", "Banjarmasin.test")


def confirmed() -> bool:
    return SignInProvider.objects.get().confirmed_at is not None


def test_without_domains_it_only_tells_what_waits(run, waiting):
    told = run(*COMMAND)
    assert (told.code, confirmed()) == (0, False)
    assert "banjarmasin.test, bjm.test" in told.out


def test_the_domains_that_the_operator_names_are_confirmed(run, waiting):
    assert run(*COMMAND, *BOTH).code == 0
    assert confirmed()


def test_other_domains_confirm_nothing(run, waiting):
    assert run(*COMMAND, "--domain", "bjm.test").code == 2
    assert not confirmed()


def test_an_organisation_without_a_provider_is_told(run, db):
    organisation("kota-banjarmasin")
    assert run(*COMMAND, *BOTH).code == 2


def test_others_may_not(run, waiting):
    ani = person("Ani", ("administrator", waiting.organisation))
    assert run("--as", ani.email, *COMMAND, *BOTH).code == 2
    assert not confirmed()
