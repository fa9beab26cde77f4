"""What agreements hold of a person is told to the person, and goes with the person; what was said stays."""

from datetime import date

import pytest

from sinergi.accounts.actions.personal import erase_person, export_person
from sinergi.agreements.models import ClauseRemark, Document, Evaluation
from sinergi.agreements.personal import HELD
from tests.agreements.making import an_agreement, bureau
from tests.people import asks, person

pytestmark = pytest.mark.django_db


def who_wrote():
    ani = person("Ani", ("analyst", bureau()))
    row = an_agreement()
    document = Document.objects.create(agreement=row, kind="pks", title="PKS")
    told = {"version": 1, "clause": "tarif", "text": "Terlalu mahal"}
    ClauseRemark.objects.create(document=document, by=ani, by_name=ani.name, **told)
    day = date(2026, 1, 1)
    Evaluation.objects.create(agreement=row, first=day, last=day, on=day, by=ani, by_name="Ani")
    return ani


def test_a_person_is_told_what_agreements_hold_of_it():
    ani = who_wrote()
    told = export_person(asks(ani), ani)
    assert told["remarks_on_clauses"][0]["text"] == "Terlalu mahal"
    assert told["evaluations_of_agreements"][0]["on"] == date(2026, 1, 1)
    assert set(HELD) <= set(told)


def test_a_session_in_which_not_all_roles_count_is_told_nothing():
    ani = who_wrote()
    bureau().__class__.objects.update(requires_second_factor=True)
    told = export_person(asks(ani), ani)
    assert all(told[heading] == [] for heading in HELD)


def test_the_name_goes_with_the_person_and_what_was_said_stays():
    ani = who_wrote()
    erase_person(asks(ani), ani)
    remark = ClauseRemark.objects.get()
    assert (remark.by, remark.by_name, remark.text) == (None, "", "Terlalu mahal")
    assert Evaluation.objects.get().by_name == ""
