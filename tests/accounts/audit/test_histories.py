"""Who reads how much of the history of something that was made public."""

import pytest
from django.test import Client

from sinergi.accounts.actions.sharing import set_visibility, share
from sinergi.accounts.audit import history as histories
from sinergi.accounts.audit.history import CHOOSE, history_for
from sinergi.accounts.models import Level, Visibility
from sinergi.accounts.principal import operator, visitor
from sinergi.opportunities.lists.actions import create_list, rename_list
from sinergi.opportunities.lists.rules import ListDetails
from tests.people import asks, organisation, person, signed_in

pytestmark = pytest.mark.django_db
SECRET = "rencana yang belum diumumkan"


@pytest.fixture
def plan():
    """A list whose purpose was something else before it was made public."""
    whose = organisation("kota-banjarmasin")
    row = create_list(operator(), whose, ListDetails("RKPD", purpose=SECRET))
    rename_list(operator(), row.pk, ListDetails("RKPD", purpose="terbuka"))
    set_visibility(operator(), row, Visibility.PUBLIC)
    rename_list(operator(), row.pk, ListDetails("RKPD 2028", purpose="terbuka"))
    row.refresh_from_db()
    return row


def verbs(by, plan) -> list[str]:
    return [deed.verb for deed in history_for(by, plan)]


def test_visitors_and_outsiders_read_from_the_publication_on(plan) -> None:
    outsider = asks(person("Luar", ("analyst", organisation("kota-lain"))))
    for by in (visitor(), outsider):
        assert verbs(by, plan) == ["changed", "published"]


def test_its_own_people_and_those_it_is_shared_with_read_all_of_it(plan) -> None:
    other = organisation("kota-palangka-raya")
    share(operator(), plan, other, Level.READ)
    for whose in (plan.organisation, other):
        by = asks(person(f"Dari {whose.code}", ("viewer", whose)))
        assert verbs(by, plan)[-2:] == ["changed", "created"]


def test_what_was_made_private_and_public_again_counts_from_the_last_time(plan) -> None:
    set_visibility(operator(), plan, Visibility.PRIVATE)
    set_visibility(operator(), plan, Visibility.PUBLIC)
    assert verbs(visitor(), plan) == ["published"]


@pytest.mark.parametrize(
    "address", ["/daftar/{}/", "/en/daftar/{}/", "/api/v1/history/priority_list/{}"]
)
def test_what_it_held_before_is_on_no_page_of_a_stranger(plan, address: str) -> None:
    there = address.format(plan.pk)
    stranger = signed_in(Client(), person("Luar", ("analyst", organisation("kota-lain"))))
    for client in (Client(), stranger):
        assert SECRET not in client.get(there).content.decode()
    own = signed_in(Client(), person("Dalam", ("viewer", plan.organisation)))
    if "/api/" not in there:
        assert SECRET in own.get(there).content.decode()


def test_a_reader_who_may_know_of_few_deeds_gets_all_of_them_however_many_others_there_are(
    plan, monkeypatch
) -> None:
    for number in range(12):
        rename_list(operator(), plan.pk, ListDetails(f"RKPD {number}", purpose="terbuka"))
    asked = []

    def early(by, row, deeds):
        asked.append(len(deeds))
        return [deed for deed in deeds if deed.sequence <= first]

    first = min(deed.sequence for deed in history_for(visitor(), plan)) + 2
    monkeypatch.setitem(CHOOSE, plan.KIND, early)
    assert len(history_for(visitor(), plan, 3)) == 3
    assert asked == [3, 6, 5]
    assert len(history_for(visitor(), plan, 1)) == 1
    monkeypatch.setattr(histories, "FURTHEST", 9)
    assert history_for(visitor(), plan, 3) == []
