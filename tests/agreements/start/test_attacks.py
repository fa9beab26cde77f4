"""Attacks on what is written of agreements and parties: ways round signatures and changes."""

from dataclasses import replace
from datetime import date

import pytest

from sinergi.accounts.errors import InvalidError, UnseenError
from sinergi.agreements.actions import agreements as deeds
from sinergi.agreements.actions import parties as party_deeds
from sinergi.agreements.details import PartyDetails, details_of, party_details_of
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Change, Document, Signature
from sinergi.agreements.queries import beginnings
from tests.agreements.making import a_party, an_agreement, bureau, officer, public, stranger
from tests.agreements.making_changes import carried_out
from tests.people import organisation

pytestmark = pytest.mark.django_db
CITY = PartyDetails("Kota Banjarbaru", "PEMDA", "63.72")
DAYS = {"begins": date(2020, 1, 1), "ends": date(2028, 12, 31)}


def test_nobody_is_said_to_have_joined_later_so_that_his_signature_is_not_waited_for() -> None:
    row = an_agreement(**DAYS)
    refusing = a_party(row, "Kabupaten Banjar", region_code="63.03")
    later = replace(party_details_of(refusing), joined_on=date(2021, 1, 1))
    with pytest.raises(InvalidError) as error:
        party_deeds.edit_party(officer(), row.pk, refusing.pk, later)
    assert set(error.value.fields) == {"joined_on"}
    with pytest.raises(InvalidError):
        party_deeds.add_party(officer(), row.pk, replace(CITY, joined_on=date(2021, 1, 1)))


def test_of_a_register_it_may_be_said_that_a_party_joined_later() -> None:
    row = an_agreement(origin="register", stage="implementation", **DAYS)
    party = a_party(row, "Kabupaten Banjar", region_code="63.03")
    later = replace(party_details_of(party), joined_on=date(2021, 1, 1))
    kept = party_deeds.edit_party(officer(), row.pk, party.pk, later)
    assert kept.joined_on == date(2021, 1, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [("ends", date(2030, 1, 1)), ("begins", date(2021, 1, 1)), ("family", "SINERGI")],
)
def test_a_signed_agreement_is_not_extended_by_writing_another_day(name, value) -> None:
    row = carried_out(**DAYS)
    with pytest.raises(InvalidError) as error:
        deeds.edit_agreement(officer(), row.pk, replace(details_of(row), **{name: value}))
    assert set(error.value.fields) == {name}
    row.refresh_from_db()
    assert getattr(row, name) != value


def test_a_day_that_nobody_knew_is_filled_in_and_texts_are_mended_after_the_signature() -> None:
    row = carried_out(begins=None, ends=None)
    kept = deeds.edit_agreement(officer(), row.pk, replace(details_of(row), **DAYS, note="Arsip"))
    assert (kept.begins, kept.ends, kept.note) == (*DAYS.values(), "Arsip")


def test_days_of_a_register_are_mended_until_a_change_has_set_them() -> None:
    row = carried_out(origin="register", **DAYS)
    row = deeds.edit_agreement(officer(), row.pk, replace(details_of(row), ends=date(2029, 12, 31)))
    Change.objects.create(
        agreement=row,
        kind="extension",
        state="in_effect",
        title="Perpanjangan",
        on=date(2026, 1, 1),
        before={"ends": "2028-12-31"},
        after={"ends": "2029-12-31"},
    )
    with pytest.raises(InvalidError):
        deeds.edit_agreement(officer(), row.pk, replace(details_of(row), ends=date(2027, 1, 1)))


@pytest.mark.parametrize("fields", [{}, {"state": "ended", "stage": "preparation"}])
def test_what_is_carried_out_or_has_ended_gets_and_loses_no_party_without_a_change(fields) -> None:
    row = carried_out(**fields)
    first, second, third = row.parties.order_by("position")
    with pytest.raises(StateError):
        party_deeds.add_party(officer(), row.pk, CITY)
    with pytest.raises(StateError):
        party_deeds.take_out(officer(), row.pk, third.pk)
    with pytest.raises(StateError):
        party_deeds.order_parties(officer(), row.pk, [third.pk, second.pk, first.pk])


def test_a_company_that_signed_does_not_become_another_one_by_its_name() -> None:
    row = an_agreement(family="KSDPK")
    company = a_party(row, "PT Air Bersih", kind="PIHAK_KETIGA")
    paper = Document.objects.create(agreement=row, kind="pks", title="PKS")
    Signature.objects.create(document=paper, version=1, party=company, state="signed")
    other = replace(party_details_of(company), name="PT Air Keruh")
    with pytest.raises(StateError):
        party_deeds.edit_party(officer(), row.pk, company.pk, other)


def test_only_who_has_a_part_in_an_agreement_lets_another_one_follow_it() -> None:
    row = public(an_agreement())
    mine = organisation("kota-sendiri")
    a_party(row, "Kota Sendiri", organisation=mine)
    with pytest.raises(UnseenError):
        beginnings.beginning(stranger(), "renewal", str(row.pk))
    by = stranger()
    with pytest.raises(UnseenError):
        deeds.create_agreement(
            by, organisation("kota-jauh"), details_of(an_agreement()), follows=row.pk
        )
    assert beginnings.beginning(officer(mine), "renewal", str(row.pk)).follows == row.pk
    assert beginnings.beginning(officer(bureau()), "renewal", str(row.pk)).follows == row.pk
