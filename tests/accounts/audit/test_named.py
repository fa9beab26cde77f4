"""Numbers in records are told as names, those of erased people as such, in two queries."""

import pytest
from django.utils import timezone

from sinergi.accounts.actions.organisations import add_member
from sinergi.accounts.actions.people import give_role
from sinergi.accounts.audit import words
from sinergi.accounts.audit.history import history
from sinergi.accounts.audit.named import Names, names_in
from sinergi.accounts.models import Person, Role
from sinergi.accounts.principal import operator
from tests.people import organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def deeds():
    """A member joins an association, and a person gets a role in it."""
    whole = organisation("apeksi", kind="association", name="APEKSI")
    member = organisation("kota-banjarmasin", name="Kota Banjarmasin")
    add_member(operator(), whole, member)
    give_role(operator(), whole, person("Raudhatul"), Role.VIEWER)
    return history("organisation", whole.pk)


def told(deeds) -> str:
    names = names_in(deeds)
    parts = [words.part_text(one.part, names) for one in deeds]
    return f"{parts} {[words.changes(one.before, one.after, names) for one in deeds]}"


def test_organisations_and_people_are_told_by_their_names(deeds) -> None:
    text = told(deeds)
    assert "Kota Banjarmasin" in text
    assert "Raudhatul" in text


def test_it_takes_two_queries_however_many_records(deeds, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        names_in(deeds * 20)


def test_an_erased_person_is_told_as_one(deeds) -> None:
    Person.objects.filter(name="Raudhatul").update(name="", erased_at=timezone.now())
    assert "orang yang datanya dihapus" in told(deeds)


@pytest.mark.parametrize("value", [None, True, "5", 999_999])
def test_what_is_no_known_number_is_left_to_other_words(value) -> None:
    assert Names({5: "x"}, {1: "y"}).text("organisation", value) is None
    assert Names({5: "x"}, {1: "y"}).text("rows", 5) is None
