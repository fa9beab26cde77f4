"""An agreement is begun with its parties, changed, put away and restored, each time told in its history."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord, Share
from sinergi.agreements import errors
from sinergi.agreements.actions import agreements as deeds
from sinergi.agreements.actions import parties as party_deeds
from sinergi.agreements.actions.parties import refresh_approvals
from sinergi.agreements.details import AgreementDetails, PartyDetails, details_of, party_details_of
from sinergi.agreements.models import (
    Agreement,
    Approval,
    ApprovalState,
    Document,
    Party,
    Signature,
)
from tests.agreements.making import a_party, an_agreement, bureau, officer, stranger
from tests.people import organisation

pytestmark = pytest.mark.django_db
LANDFILL = AgreementDetails(title="TPA regional", family="KSDD", object_code="TPA_REGIONAL")
BANJARMASIN = PartyDetails("Kota Banjarmasin", "PEMDA", "63.71")
BANJAR = PartyDetails("Kabupaten Banjar", "PEMDA", "63.03")
PROVINCE = PartyDetails("Provinsi Kalimantan Selatan", "PEMDA", "63")


def begun(by=None, parties=(PROVINCE, BANJARMASIN, BANJAR), **fields):
    details = replace(LANDFILL, **fields)
    return deeds.create_agreement(by or officer(), bureau(), details, parties)


def names(agreement):
    rows = Party.objects.filter(agreement=agreement, left_on=None)
    return list(rows.order_by("position").values_list("name", flat=True))


def signed(party):
    document = Document.objects.create(agreement=party.agreement, kind="kb", title="KB")
    Signature.objects.create(document=document, version=1, party=party, state="signed")


def verbs(agreement):
    rows = AuditRecord.objects.filter(kind="agreement", object_id=str(agreement.pk))
    return list(rows.order_by("sequence").values_list("verb", flat=True))


def test_an_agreement_begins_with_its_parties_in_order_and_in_its_first_stage():
    row = begun()
    assert names(row) == [PROVINCE.name, BANJARMASIN.name, BANJAR.name]
    assert row.stage == "preparation"
    assert set(row.parties.values_list("stage", flat=True)) == {"preparation"}
    assert verbs(row) == ["created", "party_set", "party_set", "party_set"]


def test_the_party_of_the_organisations_own_region_is_acted_for_by_it():
    row = begun()
    assert list(row.parties.values_list("organisation__code", flat=True)) == [
        "biro-kalsel",
        None,
        None,
    ]


def test_parties_are_told_by_which_rule_they_are_required():
    row = begun()
    assert list(row.parties.values_list("required_by", flat=True)) == [
        "province_joint",
        "local_joint",
        "local_joint",
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 401}, "title"),
        ({"family": ""}, "family"),
        ({"family": "KSX"}, "family"),
        ({"object_code": "NONE"}, "object_code"),
        ({"affair": "9.99"}, "affair"),
        ({"geography": "z"}, "geography"),
        ({"obligatory": "maybe"}, "obligatory"),
        ({"begins": date(2024, 2, 29), "ends": date(2024, 2, 28)}, "ends"),
        ({"begins": date(1, 1, 1)}, "begins"),
        ({"known_on": date(2190, 1, 1)}, "known_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(fields, field):
    with pytest.raises(InvalidError) as error:
        begun(**fields)
    assert field in error.value.fields
    assert not Agreement.objects.exists()


def test_an_agreement_may_begin_and_end_on_a_leap_day():
    row = begun(begins=date(2024, 2, 29), ends=date(2024, 2, 29))
    assert row.begins == row.ends


def test_a_party_twice_is_refused_and_nothing_is_made():
    with pytest.raises(InvalidError) as error:
        begun(parties=(BANJAR, replace(BANJAR, name="Kab. Banjar")))
    assert "parties" in error.value.fields
    assert not Agreement.objects.exists()


def test_only_who_may_edit_for_an_organisation_begins_one():
    with pytest.raises(ForbiddenError):
        begun(officer(role="viewer"))
    with pytest.raises((ForbiddenError, UnseenError)):
        begun(stranger())


def test_a_change_is_told_and_a_change_of_nothing_is_not():
    by = officer()
    row = begun(by)
    before = verbs(row)
    deeds.edit_agreement(by, row.pk, details_of(row), revision=row.revision)
    assert verbs(row) == before
    changed = replace(details_of(row), purpose="Sampah terkelola", begins=date(2026, 1, 1))
    deeds.edit_agreement(by, row.pk, changed, revision=row.revision)
    row.refresh_from_db()
    assert (row.purpose, row.revision) == ("Sampah terkelola", 2)
    assert verbs(row)[-1] == "changed"


def test_two_who_change_at_once_are_told_of_each_other():
    by = officer()
    row = begun(by)
    deeds.edit_agreement(by, row.pk, replace(details_of(row), title="Satu"), revision=1)
    with pytest.raises(ConflictError):
        deeds.edit_agreement(by, row.pk, replace(LANDFILL, title="Dua"), revision=1)


def test_it_does_not_begin_after_it_has_ended():
    by = officer()
    row = an_agreement(ended_on=date(2024, 6, 30), state="ended")
    with pytest.raises(InvalidError) as error:
        deeds.edit_agreement(by, row.pk, replace(details_of(row), begins=date(2024, 7, 1)))
    assert "begins" in error.value.fields


def test_another_object_asks_for_other_parties():
    by = officer()
    row = begun(by)
    deeds.edit_agreement(by, row.pk, replace(details_of(row), object_code="STUNTING"))
    assert set(row.parties.values_list("required_by", flat=True)) == {""}


def test_it_is_put_away_with_a_reason_and_restored_by_who_may():
    by = officer(role="coordinator")
    row = begun()
    with pytest.raises(ForbiddenError):
        deeds.put_agreement_away(officer(), row.pk)
    deeds.put_agreement_away(by, row.pk, reason="Salah masuk")
    with pytest.raises(errors.NotFoundError):
        deeds.edit_agreement(by, row.pk, LANDFILL)
    deeds.restore_agreement(by, row.pk)
    assert verbs(row)[-2:] == ["put_away", "restored"]


def test_an_agreement_that_follows_must_be_readable():
    earlier = an_agreement(organisation("kota-lain"))
    with pytest.raises(UnseenError):
        deeds.create_agreement(officer(), bureau(), LANDFILL, follows=earlier.pk)
    own = an_agreement()
    made = deeds.create_agreement(officer(), bureau(), LANDFILL, follows=own.pk)
    assert list(own.followed_by.all()) == [made]


def test_a_party_is_added_changed_and_taken_out_before_anything_is_signed():
    by = officer()
    row = begun(by)
    city = PartyDetails("Kota Banjarbaru", "PEMDA", "63.72")
    party = party_deeds.add_party(by, row.pk, city)
    assert party.position == 4
    party_deeds.edit_party(by, row.pk, party.pk, replace(city, duty="Pembayar"), revision=1)
    first = row.parties.get(position=2)
    party_deeds.take_out(by, row.pk, first.pk, reason="Mundur")
    assert names(row) == [PROVINCE.name, BANJAR.name, "Kota Banjarbaru"]
    first.refresh_from_db()
    assert (first.left_on, first.position) == (timezone.localdate(), 4)
    assert verbs(row)[-3:] == ["party_set", "party_set", "party_left"]


def test_a_party_that_was_taken_out_may_come_back():
    by = officer()
    row = begun(by)
    party_deeds.take_out(by, row.pk, row.parties.get(position=3).pk)
    party_deeds.add_party(by, row.pk, BANJAR)
    assert names(row) == [PROVINCE.name, BANJARMASIN.name, BANJAR.name]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"kind": "PERSON"}, "kind"),
        ({"region_code": "99.99"}, "region_code"),
        ({"kind": "PIHAK_KETIGA"}, "region_code"),
        ({"burdens_people": "maybe"}, "burdens_people"),
        ({"joined_on": date(1, 1, 1)}, "joined_on"),
        ({"joined_on": date(2019, 1, 1)}, "joined_on"),
        ({"region_code": "63.03"}, "name"),
    ],
)
def test_what_cannot_be_said_of_a_party_is_refused(fields, field):
    by = officer()
    row = begun(by, begins=date(2020, 1, 1))
    city = PartyDetails("Kota Banjarbaru", "PEMDA", "63.72")
    with pytest.raises(InvalidError) as error:
        party_deeds.add_party(by, row.pk, replace(city, **fields))
    assert field in error.value.fields


def test_once_something_is_signed_parties_come_and_go_by_changes_only():
    by = officer()
    row = begun(by)
    first, second, third = row.parties.order_by("position")
    signed(second)
    with pytest.raises(errors.StateError):
        party_deeds.add_party(by, row.pk, PartyDetails("Kota Banjarbaru", "PEMDA", "63.72"))
    with pytest.raises(errors.StateError):
        party_deeds.take_out(by, row.pk, third.pk)
    with pytest.raises(errors.StateError):
        party_deeds.order_parties(by, row.pk, [third.pk, second.pk, first.pk])


def test_parties_are_put_in_another_order():
    by = officer()
    row = begun(by)
    numbers = [one.pk for one in row.parties.order_by("-position")]
    party_deeds.order_parties(by, row.pk, numbers)
    assert names(row) == [BANJAR.name, BANJARMASIN.name, PROVINCE.name]
    with pytest.raises(InvalidError):
        party_deeds.order_parties(by, row.pk, numbers[:2])


def test_an_organisation_that_acts_for_a_party_reads_the_agreement_until_it_is_taken_off():
    keeper, city = officer(role="coordinator"), organisation("banjarmasin", region_code="63.71")
    row = begun(officer())
    party = row.parties.get(position=2)
    with pytest.raises(ForbiddenError):
        party_deeds.connect_party(officer(), row.pk, party.pk, city)
    party_deeds.connect_party(keeper, row.pk, party.pk, city)
    assert Share.objects.filter(kind="agreement", object_id=row.pk, organisation=city).exists()
    assert verbs(row)[-1] == "party_connected"
    party_deeds.connect_party(keeper, row.pk, party.pk, None)
    assert not Share.objects.filter(kind="agreement", object_id=row.pk).exists()


def test_an_organisation_of_another_region_does_not_act_for_a_party():
    row = begun()
    other = organisation("banjarbaru", region_code="63.72")
    by = officer(role="coordinator")
    with pytest.raises(InvalidError) as error:
        party_deeds.connect_party(by, row.pk, row.parties.get(position=2).pk, other)
    assert "organisation" in error.value.fields


def test_who_acts_for_a_party_says_what_concerns_its_council_and_nobody_else():
    row = begun()
    city = organisation("banjarmasin", region_code="63.71")
    party = row.parties.get(position=2)
    party_deeds.connect_party(officer(role="coordinator"), row.pk, party.pk, city)
    with pytest.raises(ForbiddenError):
        party_deeds.answer_for_council(officer(), row.pk, party.pk, "yes", "yes")
    details = replace(party_details_of(Party.objects.get(pk=party.pk)), burdens_people="yes")
    with pytest.raises(InvalidError):
        party_deeds.edit_party(officer(), row.pk, party.pk, details)
    party_deeds.answer_for_council(officer(city), row.pk, party.pk, "yes", "no")
    approval = Approval.objects.get(party=party)
    assert (approval.kind, approval.needed_because) == ("dprd", "burdens_people")


def test_who_only_acts_for_a_party_does_not_make_it_another_one():
    row = begun()
    city = organisation("banjarmasin", region_code="63.71")
    party = row.parties.get(position=2)
    party_deeds.connect_party(officer(role="coordinator"), row.pk, party.pk, city)
    with pytest.raises(ForbiddenError):
        party_deeds.edit_party(officer(city), row.pk, party.pk, replace(BANJARMASIN, name="Lain"))
    kept = replace(BANJARMASIN, representative="Kepala Dinas")
    party_deeds.edit_party(officer(city), row.pk, party.pk, kept)


def test_an_approval_goes_when_it_is_not_needed_unless_somebody_has_touched_it():
    row = begun()
    party = row.parties.get(position=2)
    by = officer()
    party_deeds.answer_for_council(by, row.pk, party.pk, "yes", "yes")
    party_deeds.answer_for_council(by, row.pk, party.pk, "", "yes")
    assert Approval.objects.filter(party=party).count() == 1
    party_deeds.answer_for_council(by, row.pk, party.pk, "no", "yes")
    assert not Approval.objects.filter(party=party).exists()
    party_deeds.answer_for_council(by, row.pk, party.pk, "no", "no")
    Approval.objects.filter(party=party).update(state=ApprovalState.GIVEN, number="7/2026")
    party_deeds.answer_for_council(by, row.pk, party.pk, "no", "yes")
    assert Approval.objects.get(party=party).number == "7/2026"


def test_approvals_of_cooperation_abroad_are_those_of_the_centre():
    row = an_agreement(family="KSDPL")
    party = a_party(row, region_code="63")
    a_party(row, "Kota Kembar", kind="PEMDA_LN")
    refresh_approvals(row)
    refresh_approvals(row)
    told = Approval.objects.order_by("pk").values_list("party", "kind", "needed_because")
    assert list(told) == [
        (party.pk, "minister", "abroad"),
        (party.pk, "foreign_ministry", "abroad"),
    ]


def test_an_approval_that_people_added_stays_theirs():
    row = an_agreement()
    party = a_party(row, region_code="63.71", burdens_people="no", in_budget="yes")
    Approval.objects.create(party=party, kind="dprd")
    refresh_approvals(row)
    assert Approval.objects.get(party=party).needed_because == ""


def test_those_who_may_not_see_it_are_told_that_it_is_not_there():
    row = begun()
    with pytest.raises(UnseenError):
        party_deeds.add_party(stranger(), row.pk, BANJAR)
    with pytest.raises(UnseenError):
        party_deeds.take_out(officer(), row.pk, 10**9)


def test_a_day_to_come_is_no_day_since_which_it_is_known():
    with pytest.raises(InvalidError):
        begun(known_on=timezone.localdate() + timedelta(days=1))
