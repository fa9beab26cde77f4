"""Deeds on what falls due: who may, from which state, what stays and what the history keeps."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.agreements.actions import fulfilment as deeds
from sinergi.agreements.errors import NotFoundError, StateError
from sinergi.agreements.fulfilment import Fulfilment
from sinergi.agreements.models import Due
from tests.agreements.making import a_party, bureau, officer, stranger
from tests.agreements.making_dues import Owing, a_due, a_file, owing
from tests.people import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Owing:
    return owing()


def paid(amount: int | None = 1_000_000, state: str = "fulfilled", **more: object) -> Fulfilment:
    number = None if amount is None else Decimal(amount)
    usual: dict[str, object] = {"done_on": timezone.localdate()}
    return Fulfilment(state, amount=number, **{**usual, **more})


def fulfil(scene: Owing, by, row: Due, details: Fulfilment | None = None, revision: int | None = 1):
    return deeds.fulfil(by, scene.agreement.pk, row.pk, details or paid(), revision=revision)


def records() -> int:
    return AuditRecord.objects.filter(verb="fulfilment_recorded").count()


@pytest.mark.parametrize("who", ["pays", "keeper"])
def test_the_debtor_and_the_keeper_say_what_was_done(scene: Owing, who: str) -> None:
    row = scene.due()
    evidence = a_file(scene.agreement)
    made = fulfil(scene, getattr(scene, who), row, paid(evidence=evidence.pk, note="Transfer"))
    made.refresh_from_db()
    assert (made.state, made.done_amount, made.evidence_id) == ("fulfilled", 1_000_000, evidence.pk)
    assert made.revision == 2
    record = AuditRecord.objects.get(verb="fulfilment_recorded")
    assert record.part == f"due:{row.pk}"
    scene.agreement.refresh_from_db()
    assert scene.agreement.first_open_due is None


def test_the_creditor_a_third_party_and_a_stranger_do_not(scene: Owing) -> None:
    row = scene.due()
    third = organisation("kota-tanah-laut")
    a_party(scene.agreement, "Tanah Laut", organisation=third)
    for by in (scene.receives, officer(third)):
        with pytest.raises(ForbiddenError):
            fulfil(scene, by, row)
    with pytest.raises(UnseenError):
        fulfil(scene, stranger(), row)
    assert Due.objects.get(pk=row.pk).state == "open"
    assert records() == 0


def test_a_part_is_added_to_until_it_is_all(scene: Owing) -> None:
    row = scene.due()
    fulfil(scene, scene.pays, row, paid(400_000, "partly"))
    scene.agreement.refresh_from_db()
    assert scene.agreement.first_open_due == row.on
    made = fulfil(scene, scene.pays, row, paid(1_000_000), revision=2)
    assert (made.state, made.done_amount) == ("fulfilled", 1_000_000)


def test_the_same_sent_twice_is_recorded_once(scene: Owing) -> None:
    row = scene.due()
    fulfil(scene, scene.pays, row)
    again = fulfil(scene, scene.pays, row)
    assert again.revision == 2
    assert records() == 1


def test_another_word_from_an_old_page_is_told(scene: Owing) -> None:
    row = scene.due()
    fulfil(scene, scene.pays, row, paid(400_000, "partly"))
    with pytest.raises(ConflictError):
        fulfil(scene, scene.keeper, row, paid(500_000, "partly"))
    with pytest.raises(StateError):
        fulfil(scene, scene.pays, fulfil(scene, scene.pays, row, revision=2), paid(2, "partly"), 3)


def test_evidence_of_another_agreement_or_taken_out_is_refused(scene: Owing) -> None:
    row, other = scene.due(), owing(title="Lain")
    gone = a_file(scene.agreement)
    gone.removed_at = timezone.now()
    gone.save()
    for file in (a_file(other.agreement), gone):
        with pytest.raises(InvalidError) as refused:
            fulfil(scene, scene.pays, row, paid(evidence=file.pk))
        assert set(refused.value.fields) == {"evidence"}
    assert records() == 0


def test_what_is_of_another_agreement_or_of_an_obligation_taken_out_is_not_there(
    scene: Owing,
) -> None:
    other = owing(title="Lain")
    with pytest.raises(NotFoundError):
        fulfil(scene, scene.keeper, other.due())
    gone = scene.due(removed_at=timezone.now())
    with pytest.raises(NotFoundError):
        fulfil(scene, scene.keeper, gone)


def test_the_creditor_confirms_and_the_debtor_does_not_confirm_his_own(scene: Owing) -> None:
    row = scene.due()
    with pytest.raises(StateError):
        deeds.confirm(scene.receives, scene.agreement.pk, row.pk, revision=1)
    fulfil(scene, scene.pays, row)
    for by in (scene.pays, scene.keeper):
        with pytest.raises(ForbiddenError):
            deeds.confirm(by, scene.agreement.pk, row.pk, revision=2)
    made = deeds.confirm(scene.receives, scene.agreement.pk, row.pk, revision=2)
    assert made.confirmed_by == scene.creditor
    with pytest.raises(StateError):
        deeds.confirm(scene.receives, scene.agreement.pk, row.pk, revision=3)


def test_the_keeper_confirms_for_a_creditor_without_people_but_not_what_he_himself_owed() -> None:
    scene = owing()
    outside = a_party(scene.agreement, "Asosiasi")
    row = a_due(scene.obligation(creditor=outside), amount=1_000_000)
    fulfil(scene, scene.pays, row)
    assert deeds.confirm(scene.keeper, scene.agreement.pk, row.pk).confirmed_by == outside
    own = a_party(scene.agreement, "Provinsi", organisation=bureau())
    owed = a_due(scene.obligation(creditor=outside, debtor=own), amount=1_000_000)
    fulfil(scene, scene.keeper, owed)
    with pytest.raises(StateError):
        deeds.confirm(scene.keeper, scene.agreement.pk, owed.pk)


def test_what_is_owed_to_all_is_confirmed_by_the_party_of_the_keeper(scene: Owing) -> None:
    row = a_due(scene.obligation(None, creditor=None))
    fulfil(scene, scene.pays, row, paid(None))
    with pytest.raises(StateError):
        deeds.confirm(scene.keeper, scene.agreement.pk, row.pk)
    own = a_party(scene.agreement, "Provinsi", organisation=bureau())
    assert deeds.confirm(scene.keeper, scene.agreement.pk, row.pk).confirmed_by == own


def test_the_creditor_waives_with_a_reason_and_nobody_else(scene: Owing) -> None:
    row = scene.due()
    number = scene.agreement.pk
    for by in (scene.pays, scene.keeper):
        with pytest.raises(ForbiddenError):
            deeds.waive(by, number, row.pk, reason="Bencana", revision=1)
    with pytest.raises(InvalidError):
        deeds.waive(scene.receives, number, row.pk, reason="  ", revision=1)
    made = deeds.waive(scene.receives, number, row.pk, reason="Bencana banjir", revision=1)
    assert (made.state, made.note) == ("waived", "Bencana banjir")
    assert AuditRecord.objects.latest("sequence").reason == "Bencana banjir"
    with pytest.raises(StateError):
        deeds.waive(scene.receives, number, row.pk, reason="Lagi", revision=2)
    with pytest.raises(ForbiddenError):
        deeds.undo(scene.pays, number, row.pk, revision=2)
    assert deeds.undo(scene.receives, number, row.pk, revision=2).state == "open"


def test_a_part_that_is_waived_and_taken_back_stays_a_part(scene: Owing) -> None:
    row, number = scene.due(), scene.agreement.pk
    fulfil(scene, scene.pays, row, paid(400_000, "partly"))
    deeds.waive(scene.receives, number, row.pk, reason="Sisanya bencana", revision=2)
    made = deeds.undo(scene.receives, number, row.pk, revision=3)
    assert (made.state, made.done_amount) == ("partly", 400_000)


def test_what_is_taken_back_is_open_again_once_and_the_history_keeps_it(scene: Owing) -> None:
    row, number = scene.due(), scene.agreement.pk
    fulfil(scene, scene.pays, row, paid(evidence=a_file(scene.agreement).pk))
    made = deeds.undo(scene.pays, number, row.pk, reason="Salah catat", revision=2)
    made.refresh_from_db()
    assert (made.state, made.done_on, made.done_amount, made.evidence_id) == ("open", *[None] * 3)
    assert '"1000000"' in AuditRecord.objects.latest("sequence").before
    with pytest.raises(ConflictError):
        deeds.undo(scene.pays, number, row.pk, revision=2)
    with pytest.raises(StateError):
        deeds.undo(scene.pays, number, row.pk, revision=3)
    assert records() == 2


def test_what_was_confirmed_is_taken_back_by_who_confirmed_it(scene: Owing) -> None:
    row, number = scene.due(), scene.agreement.pk
    fulfil(scene, scene.pays, row)
    deeds.confirm(scene.receives, number, row.pk, revision=2)
    with pytest.raises(ForbiddenError):
        deeds.undo(scene.pays, number, row.pk, revision=3)
    made = deeds.undo(scene.receives, number, row.pk, revision=3)
    assert made.confirmed_by is None


def test_a_party_that_left_no_longer_says_anything(scene: Owing) -> None:
    row = scene.due()
    for party in (scene.debtor, scene.creditor):
        party.left_on = timezone.localdate() - timedelta(days=1)
        party.save()
    with pytest.raises(ForbiddenError):
        fulfil(scene, scene.pays, row)
    fulfil(scene, scene.keeper, row, paid(400_000, "partly"))
    with pytest.raises(ForbiddenError):
        deeds.waive(scene.receives, scene.agreement.pk, row.pk, reason="x", revision=2)
    made = deeds.waive(scene.keeper, scene.agreement.pk, row.pk, reason="Keluar", revision=2)
    assert made.state == "waived"


def test_nobody_waives_what_his_own_organisation_owes() -> None:
    scene = owing()
    scene.debtor.organisation = scene.agreement.organisation
    scene.debtor.save()
    due = scene.due(creditor=None)
    with pytest.raises(StateError):
        deeds.waive(scene.keeper, scene.agreement.pk, due.pk, reason="Tidak perlu", revision=1)
    due.refresh_from_db()
    assert due.state == "open"
