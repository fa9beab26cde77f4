"""Parties go on and back on their own tracks; the whole follows, whoever comes first and whoever leaves."""

import json

import pytest

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.agreements.actions import tracks
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Agreement, Party, State
from sinergi.agreements.queries.stages import known, known_of
from sinergi.reference import queries as reference
from tests.agreements.making import a_party, an_agreement, officer, stranger
from tests.agreements.stages.making import DAY, a_text, complete, prepared, scene, signs

pytestmark = pytest.mark.django_db


def moves():
    rows = AuditRecord.objects.filter(verb=Verb.STAGE_MOVED).order_by("sequence")
    stages = [(json.loads(row.before)["stage"], json.loads(row.after)["stage"]) for row in rows]
    return [(row.part, *two, row.reason) for row, two in zip(rows, stages, strict=True)]


def test_a_party_goes_on_alone_and_the_whole_when_the_last_has():
    made = scene()
    prepared(made)
    number = made.agreement.pk
    assert tracks.advance(made.keeper, number, made.first.pk, revision=1) == "preparation"
    assert tracks.advance(made.partner, number, made.second.pk, revision=1) == "offer"
    assert Agreement.objects.get().stage == "offer"
    assert moves() == [
        (f"party:{made.first.pk}", "preparation", "offer", ""),
        (f"party:{made.second.pk}", "preparation", "offer", ""),
        ("", "preparation", "offer", ""),
    ]


def test_what_is_missing_is_said_in_words_and_nothing_moves():
    made = scene()
    with pytest.raises(StateError, match="Kerangka Acuan Kerja"):
        tracks.advance(made.keeper, made.agreement.pk, made.first.pk)
    assert {one.stage for one in Party.objects.all()} == {"preparation"}
    assert moves() == []


def test_both_parties_go_through_all_stages_to_the_end():
    made = scene()
    complete(made)
    turns = ((made.keeper, made.first), (made.partner, made.second))
    for _stage in range(8):
        for who, party in turns:
            tracks.advance(who, made.agreement.pk, party.pk)
    assert {one.stage for one in Party.objects.all()} == {"reporting"}
    made.agreement.refresh_from_db()
    assert made.agreement.stage == "reporting"
    with pytest.raises(StateError, match="tahap terakhir"):
        tracks.advance(made.keeper, made.agreement.pk, made.first.pk)


def test_only_its_own_people_move_a_party():
    made = scene()
    prepared(made)
    with pytest.raises(ForbiddenError):
        tracks.advance(made.keeper, made.agreement.pk, made.second.pk)
    with pytest.raises(ForbiddenError):
        tracks.advance(officer(made.other, "viewer"), made.agreement.pk, made.second.pk)
    with pytest.raises(UnseenError):
        tracks.advance(stranger(), made.agreement.pk, made.second.pk)
    with pytest.raises(UnseenError):
        tracks.advance(made.keeper, made.agreement.pk, 10**9)


def test_who_keeps_the_agreement_moves_a_party_whose_people_are_not_here():
    made = scene()
    prepared(made)
    Party.objects.filter(pk=made.second.pk).update(organisation=None)
    tracks.advance(made.keeper, made.agreement.pk, made.second.pk)
    assert Party.objects.get(pk=made.second.pk).stage == "offer"


def test_a_move_from_an_old_page_meets_the_move_of_somebody_else():
    made = scene()
    prepared(made)
    tracks.advance(made.keeper, made.agreement.pk, made.first.pk, revision=1)
    with pytest.raises(ConflictError):
        tracks.advance(made.keeper, made.agreement.pk, made.first.pk, revision=1)
    assert Party.objects.get(pk=made.first.pk).stage == "offer"


def test_a_party_goes_back_with_a_reason_and_not_without():
    made = scene()
    prepared(made)
    for who, party in ((made.keeper, made.first), (made.partner, made.second)):
        tracks.advance(who, made.agreement.pk, party.pk)
    with pytest.raises(InvalidError) as refused:
        tracks.go_back(made.keeper, made.agreement.pk, made.first.pk, reason=" ")
    assert set(refused.value.fields) == {"why"}
    tracks.go_back(made.keeper, made.agreement.pk, made.first.pk, reason="KAK diperbaiki")
    assert Agreement.objects.get().stage == "preparation"
    assert moves()[-2:] == [
        (f"party:{made.first.pk}", "offer", "preparation", "KAK diperbaiki"),
        ("", "offer", "preparation", ""),
    ]


def test_nobody_goes_back_over_a_signature():
    made = scene()
    complete(made)
    Party.objects.update(stage="approval")
    Agreement.objects.update(stage="approval")
    with pytest.raises(StateError, match="tanda tangan"):
        tracks.go_back(made.keeper, made.agreement.pk, made.first.pk, reason="keliru")


def test_a_party_that_joins_begins_with_the_first_stage_and_holds_the_whole():
    made = scene(stage="implementation")
    complete(made)
    third = a_party(made.agreement, "Kabupaten Banjar", stage="", joined_on=DAY)
    assert tracks.settle(made.agreement) == "preparation"
    third.refresh_from_db()
    assert third.stage == "preparation"
    assert Agreement.objects.get().stage == "preparation"


def test_a_party_that_leaves_lets_the_whole_go_on_as_far_as_the_guards_hold():
    made = scene()
    complete(made)
    third = a_party(made.agreement, "Kabupaten Banjar", offer_answer="no")
    Party.objects.exclude(pk=third.pk).update(stage="implementation")
    assert tracks.settle(made.agreement) == "preparation"
    Party.objects.filter(pk=third.pk).update(left_on=DAY)
    assert tracks.settle(made.agreement) == "implementation"


def test_a_party_that_leaves_another_alone_moves_the_whole_nowhere():
    made = scene()
    complete(made)
    Party.objects.filter(pk=made.first.pk).update(stage="implementation")
    Party.objects.filter(pk=made.second.pk).update(left_on=DAY)
    assert tracks.settle(made.agreement) == "preparation"


def test_a_party_that_left_and_an_ended_agreement_move_no_more():
    made = scene()
    prepared(made)
    Party.objects.filter(pk=made.second.pk).update(left_on=DAY)
    with pytest.raises(ForbiddenError):
        tracks.advance(made.partner, made.agreement.pk, made.second.pk)
    Agreement.objects.update(state=State.ENDED)
    with pytest.raises(StateError, match="berakhir"):
        tracks.advance(made.keeper, made.agreement.pk, made.first.pk)


def test_an_agreement_without_parties_stays_and_one_of_another_family_begins_anew():
    agreement = an_agreement(stage="offer")
    assert tracks.settle(agreement) == "offer"
    made = scene(stage="drafting_memorandum")
    Agreement.objects.filter(pk=made.agreement.pk).update(family="SINERGI")
    made.agreement.refresh_from_db()
    assert tracks.settle(made.agreement) == "preparation"
    assert {one.stage for one in made.agreement.parties.all()} == {"preparation"}


def test_facts_that_changed_are_taken_over_when_somebody_asks():
    made = scene()
    complete(made)
    Party.objects.update(stage="offer")
    assert tracks.recompute(made.keeper, made.agreement.pk) == "offer"
    assert moves() == [("", "preparation", "offer", "")]
    with pytest.raises(ForbiddenError):
        tracks.recompute(made.partner, made.agreement.pk)


def test_signing_out_of_order_holds_the_signature():
    made = scene(stage="signing_memorandum")
    prepared(made)
    document = a_text(made.agreement, "kb", made.first, made.second)
    signs(document, made.first, place=2)
    signs(document, made.second, place=1, state="waiting")
    assert known_of(made.agreement).facts.out_of_order == {"kb"}


def test_a_later_version_of_a_text_must_be_accepted_anew():
    made = scene()
    document = a_text(made.agreement, "kb", made.first, made.second)
    assert known_of(made.agreement).facts.parties[made.first.pk].accepted == {"kb"}
    document.versions.create(number=2)
    assert known_of(made.agreement).facts.parties[made.first.pk].accepted == set()


def test_signatures_of_two_documents_of_a_kind_are_not_added_up():
    made = scene()
    signs(a_text(made.agreement, "kb"), made.first)
    signs(a_text(made.agreement, "kb"), made.second)
    signed = [one.signed for one in known_of(made.agreement).facts.parties.values()]
    assert sorted(map(len, signed)) == [0, 1]


def test_an_addendum_lets_a_party_in_that_came_later():
    made = scene(stage="implementation")
    complete(made)
    third = a_party(made.agreement, "Kabupaten Banjar", joined_on=DAY)
    signs(a_text(made.agreement, "addendum", third), third)
    late = known_of(made.agreement).facts.parties[third.pk]
    assert late.joined_later
    assert late.signed == late.accepted == {"kb", "pks"}


def test_a_register_that_was_brought_in_is_taken_as_concluded():
    made = scene(stage="implementation", origin="register")
    assert known_of(made.agreement).facts.concluded
    tracks.advance(made.keeper, made.agreement.pk, made.first.pk)
    assert Party.objects.get(pk=made.first.pk).stage == "records"


def test_facts_of_many_agreements_are_read_in_as_many_questions_as_of_one(
    django_assert_max_num_queries,
):
    made = [scene() for _each in range(4)]
    for one in made:
        complete(one)
    reference.catalogue()
    with django_assert_max_num_queries(9):
        assert len(known([one.agreement for one in made])) == 4


@pytest.mark.parametrize(
    ("said", "unanswered", "wanted"),
    [
        ({"burdens_people": "yes", "in_budget": "yes"}, False, {"dprd"}),
        ({"burdens_people": "no", "in_budget": "no"}, False, {"dprd"}),
        ({"burdens_people": "no", "in_budget": "yes"}, False, set()),
        ({"burdens_people": "", "in_budget": "yes"}, True, set()),
    ],
    ids=["burdens", "not in the budget", "neither", "not said"],
)
def test_what_a_party_says_of_its_plan_decides_on_its_council(said, unanswered, wanted):
    made = scene()
    Party.objects.filter(pk=made.first.pk).update(**said)
    known = known_of(made.agreement).facts.parties[made.first.pk]
    assert known.unanswered == unanswered
    assert known.wanted == wanted
    assert known_of(made.agreement).facts.parties[made.second.pk].needs_approval is False
