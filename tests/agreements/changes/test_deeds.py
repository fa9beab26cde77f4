"""Deeds on changes: proposed, agreed by each party, put into effect on their day."""

from datetime import timedelta

import pytest

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import operator
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.actions import changes as actions
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import (
    Agreement,
    Attachment,
    Change,
    Due,
    Quota,
    Service,
    StoredFile,
)
from sinergi.agreements.queries.changes import chain, effects, successors_of
from tests.agreements.making import a_party, an_agreement, bureau, officer, stranger
from tests.agreements.making_changes import TODAY, carried_out, due, owes, proposal
from tests.people import organisation

pytestmark = pytest.mark.django_db
BEFORE, AFTER = TODAY - timedelta(days=30), TODAY + timedelta(days=30)


def coordinator():
    return officer(bureau(), "coordinator")


def in_effect(by, agreement: Agreement, details, **decided: str) -> Change:
    """Propose, let every party agree, and put into effect."""
    change = actions.propose(by, agreement.pk, details)
    for party in agreement.parties.filter(left_on=None):
        actions.answer(by, agreement.pk, change.pk, party.pk, agrees=True)
    told = {name.replace("_", ":"): fate for name, fate in decided.items()}
    return actions.conclude(by, agreement.pk, change.pk, decided=told)


def test_an_extension_moves_the_last_day_when_every_party_has_agreed() -> None:
    by, agreement = coordinator(), carried_out()
    before, later = agreement.ends, agreement.ends + timedelta(days=366)
    change = actions.propose(by, agreement.pk, proposal("extension", after={"ends": later}))
    with pytest.raises(InvalidError):
        actions.conclude(by, agreement.pk, change.pk)
    for party in agreement.parties.all():
        change = actions.answer(by, agreement.pk, change.pk, party.pk, agrees=True)
    assert change.state == "agreed"
    actions.conclude(by, agreement.pk, change.pk)
    agreement.refresh_from_db()
    assert agreement.ends == later
    change.refresh_from_db()
    assert change.before == {"ends": before.isoformat()}
    assert change.after == {"ends": later.isoformat()}
    assert [record.verb for record in AuditRecord.objects.order_by("-sequence")[:2]] == [
        "change_effected",
        "change_set",
    ]
    assert effects(agreement)[0].before == {"ends": before}


def test_a_party_speaks_for_itself_and_may_change_its_word() -> None:
    by, agreement = coordinator(), carried_out(parties=2)
    mine = organisation("kota-sendiri")
    party = a_party(agreement, "Kota Sendiri", organisation=mine)
    theirs = officer(mine, "coordinator")
    change = actions.propose(theirs, agreement.pk, proposal("addendum", text="Jadwal baru"))
    with pytest.raises(ForbiddenError):
        actions.answer(by, agreement.pk, change.pk, party.pk, agrees=True)
    actions.answer(theirs, agreement.pk, change.pk, party.pk, agrees=False, note="Belum dibahas")
    change.refresh_from_db()
    assert change.answers[str(party.pk)]["note"] == "Belum dibahas"
    actions.answer(theirs, agreement.pk, change.pk, party.pk, agrees=True)
    with pytest.raises(ForbiddenError):
        actions.conclude(theirs, agreement.pk, change.pk)


def test_strangers_do_not_see_and_readers_do_not_propose() -> None:
    agreement = carried_out()
    with pytest.raises(UnseenError):
        actions.propose(stranger(), agreement.pk, proposal("dispute"))
    with pytest.raises(ForbiddenError):
        actions.propose(officer(bureau(), "viewer"), agreement.pk, proposal("dispute"))
    with pytest.raises(UnseenError):
        actions.conclude(coordinator(), agreement.pk, 999)


def test_an_ending_decides_on_everything_that_is_owed() -> None:
    by, agreement = coordinator(), carried_out()
    fee = owes(agreement)
    late, future = due(fee, BEFORE), due(fee, AFTER)
    report = owes(agreement, text="Melapor", kind="report")
    surviving = due(report, AFTER, amount=None)
    ending = proposal("ending", ground="breach", on=BEFORE)
    change = actions.propose(by, agreement.pk, ending)
    with pytest.raises(InvalidError) as refused:
        actions.conclude(by, agreement.pk, change.pk, decided={f"{fee.pk}:before": "settled"})
    assert set(refused.value.fields) == {f"{fee.pk}:after", f"{report.pk}:after"}
    told = {
        f"{fee.pk}:before": "settled",
        f"{fee.pk}:after": "waived",
        f"{report.pk}:after": "survives",
    }
    actions.conclude(by, agreement.pk, change.pk, decided=told)
    states = {one.pk: one.state for one in Due.objects.all()}
    assert states[late.pk] == "fulfilled"
    assert states.get(future.pk, "waived") == "waived"
    assert states[surviving.pk] == "open"
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ended_on, agreement.end_ground) == ("ended", TODAY, "breach")
    fee.refresh_from_db()
    report.refresh_from_db()
    assert (fee.ended_on, report.ended_on) == (TODAY, AFTER)
    assert AuditRecord.objects.order_by("-sequence")[0].verb == "agreement_ended"


def test_a_change_of_a_later_day_waits_for_it() -> None:
    by, agreement = coordinator(), carried_out()
    ending = proposal("ending", ground="purpose", effective=AFTER)
    change = actions.propose(by, agreement.pk, ending)
    change = actions.conclude(by, agreement.pk, change.pk)
    assert change.state == "agreed"
    agreement.refresh_from_db()
    assert agreement.state == "living"
    worker = operator(Channel.WORKER)
    assert not actions.take_effect_on_its_day(worker, change.pk, AFTER - timedelta(days=1))
    assert actions.take_effect_on_its_day(worker, change.pk, AFTER)
    assert not actions.take_effect_on_its_day(worker, change.pk, AFTER)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ended_on) == ("ended", AFTER)


def test_what_became_owed_meanwhile_keeps_a_change_waiting() -> None:
    by, agreement = coordinator(), carried_out()
    ending = proposal("ending", ground="purpose", effective=AFTER)
    change = actions.propose(by, agreement.pk, ending)
    actions.conclude(by, agreement.pk, change.pk)
    due(owes(agreement), AFTER)
    assert not actions.take_effect_on_its_day(operator(Channel.WORKER), change.pk, AFTER)


def test_a_party_that_withdraws_settles_its_own_and_stays_in_the_history() -> None:
    by, agreement = coordinator(), carried_out()
    first, second, _third = agreement.parties.all()
    mine, others = owes(agreement, first), owes(agreement, second)
    due(mine, AFTER)
    due(others, AFTER)
    change = actions.propose(by, agreement.pk, proposal("leaving", party=first.pk))
    for party in agreement.parties.all():
        actions.answer(by, agreement.pk, change.pk, party.pk, agrees=True)
    actions.conclude(by, agreement.pk, change.pk, decided={f"{mine.pk}:after": "waived"})
    first.refresh_from_db()
    others.refresh_from_db()
    assert first.left_on == TODAY
    assert others.ended_on is None
    assert agreement.parties.count() == 3


def test_a_new_party_joins_from_its_day_on() -> None:
    by, agreement = coordinator(), carried_out(parties=2)
    told = {"name": "Kota Baru", "kind": "PEMDA", "region_code": "63.71"}
    in_effect(by, agreement, proposal("joining", after={"party": told}))
    made = agreement.parties.get(name="Kota Baru")
    assert (made.position, made.joined_on, made.stage) == (3, TODAY, "implementation")


def test_a_transfer_passes_what_is_to_come_and_leaves_what_is_late_behind() -> None:
    by, agreement = coordinator(), carried_out()
    old = agreement.parties.first()
    fee = owes(agreement, old)
    late, future = due(fee, BEFORE), due(fee, AFTER)
    service = Service.objects.create(agreement=agreement, provider=old, name="TPA", unit="ton")
    Quota.objects.create(service=service, party=old, per_day=10, since=BEFORE)
    told = {"name": "PT Penerus", "kind": "PIHAK_KETIGA"}
    in_effect(by, agreement, proposal("transfer", party=old.pk, after={"party": told}))
    new = agreement.parties.get(name="PT Penerus")
    late.refresh_from_db()
    assert late.obligation_id == fee.pk
    moved = Due.objects.filter(pk=future.pk).first()
    assert moved is None or moved.obligation.debtor == new
    assert agreement.obligations.get(number=2).debtor == new
    service.refresh_from_db()
    assert service.provider == new
    assert [quota.party for quota in service.quotas.order_by("pk")] == [old, new]
    assert service.quotas.get(party=old).until == TODAY - timedelta(days=1)


def test_successors_take_what_somebody_decided_and_both_histories_stay() -> None:
    by, agreement = coordinator(), carried_out()
    old = agreement.parties.first()
    first, second = owes(agreement, old), owes(agreement, old, text="Melapor")
    after = {
        "successors": [
            {"region_code": "63.08", "name": "Kabupaten Induk"},
            {"region_code": "63.11", "name": "Kabupaten Pemekaran"},
        ],
        "obligations": {str(second.pk): "63.11"},
        "stays": False,
    }
    change = actions.propose(by, agreement.pk, proposal("succession", party=old.pk, after=after))
    actions.conclude(by, agreement.pk, change.pk)
    old.refresh_from_db()
    assert old.left_on == TODAY
    takers = {one.text: one.debtor.name for one in agreement.obligations.filter(ended_on=None)}
    assert takers == {"Membayar iuran": "Kabupaten Induk", "Melapor": "Kabupaten Pemekaran"}
    first.refresh_from_db()
    assert first.ended_on == TODAY - timedelta(days=1)


def test_successors_are_proposed_from_the_pack() -> None:
    assert ("93", "Papua Selatan") in [found[:2] for found in successors_of("91")]
    assert successors_of("63.01") == []


def test_a_renewal_begins_a_draft_and_ends_what_it_follows_when_it_comes_into_effect() -> None:
    by, agreement = coordinator(), carried_out()
    change = actions.propose(by, agreement.pk, proposal("renewal", title="PKS TPA jilid dua"))
    draft = change.successor
    assert draft is not None
    assert (draft.follows_id, draft.stage, draft.origin) == (agreement.pk, "preparation", "renewal")
    assert [one.name for one in draft.parties.all()] == [
        one.name for one in agreement.parties.all()
    ]
    assert [link.number for link in chain(by, agreement)] == [agreement.pk, draft.pk]
    assert [link.here for link in chain(by, draft)] == [False, True]
    assert chain(stranger(), draft)[0].agreement is None
    for party in agreement.parties.all():
        actions.answer(by, agreement.pk, change.pk, party.pk, agrees=True)
    actions.conclude(by, agreement.pk, change.pk)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.end_ground) == ("ended", "replaced")


def test_an_addendum_says_what_differs_and_nothing_else() -> None:
    by, agreement = coordinator(), carried_out(scope="Lama", place="Banjarbaru")
    details = proposal("addendum", after={"scope": "Baru", "place": "Banjarbaru"})
    change = in_effect(by, agreement, details)
    assert change.after == {"scope": "Baru"}
    assert change.before == {"scope": "Lama"}
    with pytest.raises(InvalidError):
        actions.propose(by, agreement.pk, proposal("addendum", after={"scope": "Baru"}))


def test_an_earlier_change_does_not_undo_a_later_one() -> None:
    by, agreement = coordinator(), carried_out()
    in_effect(by, agreement, proposal("addendum", after={"scope": "B"}))
    early = proposal("addendum", after={"scope": "A"}, on=BEFORE, effective=BEFORE)
    with pytest.raises(InvalidError):
        in_effect(by, agreement, early)


def test_a_dispute_changes_nothing_but_is_kept() -> None:
    by, agreement = coordinator(), carried_out()
    change = actions.propose(by, agreement.pk, proposal("dispute", text="Tarif"))
    actions.conclude(by, agreement.pk, change.pk, note="Diputuskan gubernur")
    change.refresh_from_db()
    assert (change.state, change.settled_note) == ("in_effect", "Diputuskan gubernur")


def test_what_was_closed_or_is_in_effect_stays() -> None:
    by, agreement = coordinator(), carried_out()
    change = actions.propose(by, agreement.pk, proposal("dispute"))
    with pytest.raises(ConflictError):
        actions.refuse_change(by, agreement.pk, change.pk, revision=7)
    actions.refuse_change(by, agreement.pk, change.pk, revision=1, reason="Selesai sendiri")
    with pytest.raises(StateError):
        actions.conclude(by, agreement.pk, change.pk)
    with pytest.raises(StateError):
        actions.answer(
            by, agreement.pk, change.pk, agreement.parties.first().pk, agrees=True
        )  # fmt: skip


def test_the_end_of_an_agreement_is_proposed_once_and_never_done_silently() -> None:
    worker = operator(Channel.WORKER)
    over = carried_out(ends=TODAY - timedelta(days=3))
    change = actions.propose_ending(worker, over.pk)
    assert change is not None
    assert (change.kind, change.ground, change.state) == ("ending", "time", "proposed")
    assert actions.propose_ending(worker, over.pk) is None
    over.refresh_from_db()
    assert over.state == "living"
    actions.refuse_change(coordinator(), over.pk, change.pk)
    assert actions.propose_ending(worker, over.pk) is None
    assert actions.propose_ending(worker, carried_out().pk) is None


def test_files_of_other_agreements_are_refused() -> None:
    other = an_agreement()
    file = StoredFile.objects.create(sha256="a" * 64, size=1, media_type="application/pdf")
    theirs = Attachment.objects.create(agreement=other, file=file, title="x", filename="x.pdf")
    with pytest.raises(InvalidError):
        actions.propose(coordinator(), carried_out().pk, proposal("dispute"), attachment=theirs)
