"""What is said of tasks, answers, approvals and advice is judged, counted and recorded."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.agreements.actions import advice, approvals, tasks
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Advice, Agreement, Approval, Party, StageTask, State
from sinergi.agreements.queries.stages import known_of
from sinergi.agreements.queries.waiting import waiting_for, watched
from sinergi.agreements.stage_details import (
    AdviceAnswer,
    AdviceQuestion,
    ApprovalDetails,
    OfferAnswer,
    OwnTask,
    TaskDetails,
)
from tests.agreements.making import officer, stranger
from tests.agreements.stages.making import DAY, a_text, prepared, scene

pytestmark = pytest.mark.django_db
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)
TOMORROW = timezone.localdate() + timedelta(1)
GIVEN = ApprovalDetails("given", asked_on=BEFORE, number="172/5/DPRD", on=DAY)
QUESTION = AdviceQuestion("TKKSD", DAY, question="Rancangan KB")
ADVICE = AdviceAnswer("agrees", DAY)


def refused(deed, *arguments, **named):
    with pytest.raises(InvalidError) as error:
        deed(*arguments, **named)
    return set(error.value.fields)


def records(verb):
    return [
        json.loads(one.after) for one in AuditRecord.objects.filter(verb=verb).order_by("sequence")
    ]


def test_a_task_is_done_today_where_no_day_is_said_and_recorded():
    made = scene()
    row = tasks.mark_task(made.keeper, made.agreement.pk, None, "preparation", "terms", "done")
    assert row.done_on == timezone.localdate()
    assert known_of(made.agreement).facts.done == {"preparation/terms"}
    assert records("task_set")[0]["state"] == "done"


def test_saying_the_same_of_a_task_again_leaves_no_trace():
    made = scene()
    details = TaskDetails("done", done_on=DAY)
    for _time in range(2):
        tasks.set_task(made.keeper, made.agreement.pk, None, "preparation", "terms", details)
    assert StageTask.objects.get().revision == 1
    assert len(records("task_set")) == 1


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (TaskDetails("forgotten"), "state"),
        (TaskDetails("not_needed"), "note"),
        (TaskDetails("open", done_on=DAY), "done_on"),
        (TaskDetails("done", done_on=TOMORROW), "done_on"),
        (TaskDetails(responsible="x" * 201), "responsible"),
    ],
    ids=["state", "no reason", "open with a day", "tomorrow", "long"],
)
def test_what_cannot_be_said_of_a_task_names_its_field(details, field):
    made = scene()
    where = (made.agreement.pk, None, "preparation", "terms")
    assert field in refused(tasks.set_task, made.keeper, *where, details)
    assert not StageTask.objects.exists()


def test_a_task_that_no_stage_has_is_not_found():
    made = scene()
    for stage, code in (("preparation", "mapping"), ("nowhere", "terms"), ("offer", "x" * 90)):
        with pytest.raises(UnseenError):
            tasks.mark_task(made.keeper, made.agreement.pk, None, stage, code, "done")


def test_own_tasks_are_counted_on_and_only_they_are_taken_out():
    made = scene()
    number = made.agreement.pk
    first = tasks.add_task(made.keeper, number, None, "offer", OwnTask("Rapat"))
    second = tasks.add_task(made.partner, number, made.second.pk, "offer", OwnTask("Telaah"))
    assert (first.code, second.code) == ("own-1", "own-2")
    with pytest.raises(ForbiddenError):
        tasks.remove_task(made.keeper, number, second.pk)
    with pytest.raises(ConflictError):
        tasks.remove_task(made.keeper, number, first.pk, revision=7)
    tasks.remove_task(made.keeper, number, first.pk, revision=1)
    packs = tasks.mark_task(made.keeper, number, None, "preparation", "terms", "done")
    with pytest.raises(StateError):
        tasks.remove_task(made.keeper, number, packs.pk)
    assert refused(tasks.add_task, made.keeper, number, None, "offer", OwnTask(" ")) == {"title"}
    with pytest.raises(UnseenError):
        tasks.add_task(made.keeper, number, None, "nowhere", OwnTask("Rapat"))


def test_an_answer_is_not_older_than_the_offer():
    made = scene()
    a_text(made.agreement, "offer", dated=DAY)
    where = (made.partner, made.agreement.pk, made.second.pk)
    early = OfferAnswer("yes", BEFORE)
    assert refused(approvals.answer_offer, *where, early) == {"on"}
    assert refused(approvals.answer_offer, *where, OfferAnswer("yes", TOMORROW)) == {"on"}
    assert refused(approvals.answer_offer, *where, OfferAnswer("maybe", DAY)) == {"answer"}
    assert refused(approvals.answer_offer, *where, OfferAnswer("", DAY)) == {"answer"}
    approvals.answer_offer(*where, OfferAnswer("no", DAY, "belum ada dana"))
    facts = known_of(made.agreement).facts
    assert facts.parties[made.second.pk].answer == "no"
    with pytest.raises(ConflictError):
        approvals.answer_offer(*where, OfferAnswer("yes", AFTER), revision=1)
    with pytest.raises(ForbiddenError):
        approvals.answer_offer(made.keeper, *where[1:], OfferAnswer("yes", AFTER))


def test_an_approval_is_asked_for_given_and_counted():
    made = scene()
    Party.objects.filter(pk=made.second.pk).update(in_budget="no")
    where = (made.partner, made.agreement.pk, made.second.pk, "dprd")
    approvals.set_approval(*where, ApprovalDetails("asked", asked_on=BEFORE), revision=0)
    assert known_of(made.agreement).facts.parties[made.second.pk].asked == {"dprd"}
    row = approvals.set_approval(*where, GIVEN, revision=1)
    assert row.needed_because == "not_in_budget"
    assert known_of(made.agreement).facts.parties[made.second.pk].given == {"dprd"}
    with pytest.raises(ConflictError):
        approvals.set_approval(*where, GIVEN, revision=1)
    assert records("approval_set")[-1]["number"] == "172/5/DPRD"


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (replace(GIVEN, on=BEFORE - timedelta(1)), "on"),
        (replace(GIVEN, on=None), "on"),
        (replace(GIVEN, number=""), "number"),
        (replace(GIVEN, on=TOMORROW), "on"),
        (replace(GIVEN, due_on=BEFORE - timedelta(1)), "due_on"),
        (ApprovalDetails("refused"), "on"),
        (ApprovalDetails("asked"), "asked_on"),
        (ApprovalDetails("asked", asked_on=TOMORROW), "asked_on"),
        (ApprovalDetails("wanted", on=DAY), "on"),
        (ApprovalDetails("not_needed"), "note"),
        (ApprovalDetails("thought"), "state"),
        (replace(GIVEN, attachment_id=10**6), "attachment_id"),
    ],
    ids=[
        "before its request", "no day", "no number", "tomorrow", "deadline before request", "refused when",
        "asked when", "asked tomorrow", "decided unasked", "why not", "state", "no such file",
    ],
)  # fmt: skip
def test_an_approval_that_cannot_be_names_its_field(details, field):
    made = scene()
    where = (made.partner, made.agreement.pk, made.second.pk, "dprd")
    assert field in refused(approvals.set_approval, *where, details)
    assert not Approval.objects.exists()


def test_what_a_sourced_rule_asks_for_is_not_put_aside():
    made = scene()
    Party.objects.filter(pk=made.second.pk).update(burdens_people="yes")
    aside = ApprovalDetails("not_needed", note="tidak perlu")
    where = (made.partner, made.agreement.pk, made.second.pk)
    assert refused(approvals.set_approval, *where, "dprd", aside) == {"state"}
    Approval.objects.create(party=made.second, kind="dprd", state="not_needed", note="lama")
    assert known_of(made.agreement).facts.parties[made.second.pk].wanted == {"dprd"}
    approvals.set_approval(*where, "governor", ApprovalDetails("asked", asked_on=DAY))
    approvals.set_approval(*where, "governor", aside)
    known = known_of(made.agreement).facts.parties[made.second.pk]
    assert "governor" not in known.wanted | known.asked


def test_an_approval_that_the_pack_does_not_have_is_not_found():
    made = scene()
    with pytest.raises(UnseenError):
        approvals.set_approval(
            made.partner, made.agreement.pk, made.second.pk, "oracle", ApprovalDetails("wanted")
        )


def test_a_party_asks_its_own_team_and_who_keeps_the_agreement_anybody():
    made = scene()
    number = made.agreement.pk
    theirs = replace(QUESTION, party_id=made.second.pk, is_team=True)
    row = advice.ask_advice(made.partner, number, theirs)
    advice.ask_advice(made.keeper, number, theirs)
    for question in (QUESTION, replace(QUESTION, party_id=made.first.pk)):
        with pytest.raises(ForbiddenError):
            advice.ask_advice(made.partner, number, question)
    with pytest.raises(ForbiddenError):
        advice.record_advice(made.keeper, number, row.pk, ADVICE)
    assert advice.record_advice(made.partner, number, row.pk, ADVICE, revision=1).given_on == DAY
    with pytest.raises(StateError):
        advice.withdraw_advice(made.partner, number, row.pk)
    with pytest.raises(UnseenError):
        advice.record_advice(stranger(), number, row.pk, ADVICE)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (replace(QUESTION, asked_of=""), "asked_of"),
        (replace(QUESTION, asked_on=None), "asked_on"),
        (replace(QUESTION, asked_on=TOMORROW), "asked_on"),
        (replace(QUESTION, due_on=BEFORE), "due_on"),
        (replace(QUESTION, is_team=True), "party_id"),
        (replace(QUESTION, party_id=10**6), "party_id"),
        (replace(QUESTION, question="x" * 5001), "question"),
    ],
    ids=[
        "nobody",
        "no day",
        "tomorrow",
        "deadline before it",
        "whose team",
        "no such party",
        "long",
    ],
)
def test_a_question_that_cannot_be_names_its_field(question, field):
    made = scene()
    assert field in refused(advice.ask_advice, made.keeper, made.agreement.pk, question)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (replace(ADVICE, given_on=BEFORE), "given_on"),
        (replace(ADVICE, given_on=None), "given_on"),
        (replace(ADVICE, opinion=""), "opinion"),
        (replace(ADVICE, opinion="disagrees"), "text"),
    ],
    ids=["before the question", "no day", "no opinion", "no reason"],
)
def test_advice_that_cannot_be_names_its_field(answer, field):
    made = scene()
    row = advice.ask_advice(made.keeper, made.agreement.pk, QUESTION)
    where = (made.keeper, made.agreement.pk, row.pk)
    assert field in refused(advice.record_advice, *where, answer)


def test_a_question_that_nobody_answered_is_taken_back():
    made = scene()
    row = advice.ask_advice(made.keeper, made.agreement.pk, QUESTION)
    advice.withdraw_advice(made.keeper, made.agreement.pk, row.pk, revision=1)
    assert not Advice.objects.exists()


def test_an_ended_agreement_takes_no_more_words():
    made = scene()
    Agreement.objects.update(state=State.ENDED)
    number = made.agreement.pk
    deeds = [
        lambda: tasks.mark_task(made.keeper, number, None, "preparation", "terms", "done"),
        lambda: tasks.add_task(made.keeper, number, None, "offer", OwnTask("Rapat")),
        lambda: approvals.answer_offer(
            made.partner, number, made.second.pk, OfferAnswer("yes", DAY)
        ),
        lambda: approvals.set_approval(made.partner, number, made.second.pk, "dprd", GIVEN),
        lambda: advice.ask_advice(made.keeper, number, QUESTION),
    ]
    for deed in deeds:
        with pytest.raises(StateError):
            deed()


def test_what_waits_is_told_to_who_can_bring_it_and_watched_by_who_cannot():
    made = scene(stage="offer")
    prepared(made)
    Party.objects.filter(pk=made.second.pk).update(offer_answer="", offer_answered_on=None)
    today = date(2026, 11, 23)
    found = waiting_for(made.partner, today)
    assert [lack.code for lack in found[0].lacks] == ["offer_unanswered"]
    assert waiting_for(made.keeper, today) == []
    viewer = officer(made.other, "viewer")
    assert waiting_for(viewer, today) == []
    assert [one.agreement for one in watched(viewer)] == [made.agreement]
    assert watched(made.partner) == []
    assert watched(stranger()) == []
