"""Attacks on the stages: a way round the guards through a register, a whole that stays behind."""

import pytest

from sinergi.accounts.models import AuditRecord
from sinergi.agreements.actions import parties as party_deeds
from sinergi.agreements.actions import tasks, tracks
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Party
from sinergi.agreements.proposal_words import told
from sinergi.agreements.queries.parties import propose, side
from tests.agreements.making import a_party, an_agreement, officer
from tests.agreements.stages.making import prepared, scene

pytestmark = pytest.mark.django_db


def test_what_a_register_told_as_a_draft_is_not_taken_as_signed():
    made = scene(origin="register", origin_told={"stage": ""})
    with pytest.raises(StateError):
        tracks.advance(made.keeper, made.agreement.pk, made.first.pk)


def test_a_memorandum_of_a_register_leads_to_no_agreement_without_signature():
    made = scene(stage="drafting_agreement", origin="register", origin_told={"stage": "approval"})
    with pytest.raises(StateError) as refused:
        tracks.advance(made.keeper, made.agreement.pk, made.first.pk)
    assert "Kesepakatan Bersama" not in refused.value.message


def test_the_whole_goes_on_when_what_it_waited_for_is_brought():
    made = scene(stage="offer")
    prepared(made)
    third = a_party(made.agreement, "Kabupaten Banjar", region_code="63.03", stage="offer")
    Party.objects.filter(pk__in=[made.first.pk, made.second.pk]).update(stage="drafting_memorandum")
    made.agreement.documents.filter(kind="offer").delete()
    party_deeds.take_out(made.keeper, made.agreement.pk, third.pk)
    made.agreement.refresh_from_db()
    assert made.agreement.stage == "offer", "the letter of offer is missing"
    tasks.mark_task(made.keeper, made.agreement.pk, None, "offer", "offer_letter", "done")
    made.agreement.refresh_from_db()
    assert made.agreement.stage == "drafting_memorandum"
    last = AuditRecord.objects.order_by("-sequence").first()
    assert last.verb == "stage_moved"
    assert "drafting_memorandum" in last.after


def test_a_company_in_cooperation_of_regions_is_told():
    sides = [side("0", "PEMDA", "63"), side("1", "PIHAK_KETIGA")]
    found = propose(sides, family="KSDD")
    words = told(found, {"0": "Provinsi", "1": "PT Air"}, None, "KSDD")
    assert any("KSDPK" in one for one in words.notes)
    assert words.rule == ""
    assert not any("KSDPK" in one for one in told(found, {}, None, "KSDPK").notes)


def test_an_ended_agreement_stays_where_it_is_whatever_is_written_of_it():
    row = an_agreement(state="ended", stage="offer")
    for name in ("Provinsi", "Kota"):
        a_party(row, name, stage="implementation")
    tracks.follow(officer(), row)
    row.refresh_from_db()
    assert row.stage == "offer"
