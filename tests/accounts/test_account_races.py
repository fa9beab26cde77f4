"""Two at once, on real connections: one acceptance, one last administrator, no circle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sinergi.accounts.actions import invitations, organisations, people
from sinergi.accounts.audit import checks
from sinergi.accounts.audit.proof import verify
from sinergi.accounts.errors import AccountsError, InvalidError, UnseenError
from sinergi.accounts.models import Affiliation, Assignment, AuditCheck, Person
from sinergi.accounts.principal import operator, visitor
from tests.people import PASSWORD, asks, organisation, person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_of_many"),
]


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do the deeds at the same moment; return what each returned or how it was refused."""
    ready = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        ready.wait()
        try:
            return deed()
        except AccountsError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_of_two_who_accept_one_invitation_at_once_one_wins():
    city = organisation()
    offer = invitations.invite(operator(), city, "ani@contoh.test", "analyst")
    told = at_once(
        *(
            lambda name=name: invitations.accept_as_new(visitor(), offer.secret, name, PASSWORD)
            for name in ("Ani", "Ana", "Anu")
        )
    )
    assert sum(isinstance(one, Assignment) for one in told) == 1
    assert sum(isinstance(one, UnseenError) for one in told) == 2
    assert Person.objects.filter(email="ani@contoh.test").count() == 1
    assert verify().whole


def test_two_invitations_of_one_address_make_one_account():
    offers = [
        invitations.invite(operator(), organisation(code), "ani@contoh.test", "viewer")
        for code in ("kota-a", "kota-b")
    ]
    told = at_once(
        *(
            lambda secret=offer.secret: invitations.accept_as_new(
                visitor(), secret, "Ani", PASSWORD
            )
            for offer in offers
        )
    )
    assert sum(isinstance(one, Assignment) for one in told) == 1
    assert sum(isinstance(one, InvalidError) for one in told) == 1
    assert Person.objects.count() == 1


def test_a_revocation_and_an_acceptance_leave_one_outcome():
    city = organisation()
    offer = invitations.invite(operator(), city, "ani@contoh.test", "analyst")
    accepted, revoked = at_once(
        lambda: invitations.accept_as_new(visitor(), offer.secret, "Ani", PASSWORD),
        lambda: invitations.revoke(operator(), offer.invitation),
    )
    assert isinstance(accepted, AccountsError) != isinstance(revoked, AccountsError)
    offer.invitation.refresh_from_db()
    assert (offer.invitation.accepted_at is None) != (offer.invitation.revoked_at is None)


def test_two_last_administrators_do_not_both_leave():
    city = organisation()
    one, two = (person(name, ("administrator", city)) for name in ("Satu", "Dua"))
    at_once(
        lambda: people.end_role(asks(one), city, one, "administrator"),
        lambda: people.end_role(asks(two), city, two, "administrator"),
    )
    assert Assignment.objects.filter(ended_at=None, role="administrator").count() == 1


def test_two_last_keepers_of_the_installation_do_not_shut_each_other_out():
    one, two = (person(name, is_administrator=True) for name in ("Satu", "Dua"))
    at_once(
        lambda: people.deactivate_person(asks(one), two),
        lambda: people.unmake_administrator(asks(two), one),
    )
    assert Person.objects.filter(is_administrator=True, is_active=True).count() == 1


def test_no_circle_closes_when_two_join_each_other_at_once():
    one, two = (organisation(code, kind="association") for code in ("asosiasi-a", "asosiasi-b"))
    at_once(
        lambda: organisations.add_member(operator(), one, two),
        lambda: organisations.add_member(operator(), two, one),
    )
    assert Affiliation.objects.count() == 1


def test_many_who_want_the_trail_verified_at_once_begin_one(monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(checks, "AT_ONCE", -1)
    begun = at_once(*[lambda: checks.begin_check(operator()).pk] * 4)
    assert len(set(begun)) == AuditCheck.objects.count() == 1
