"""The engine of the stages: no way around a guard, always a way on or an end, in any order the same."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.agreements import rules
from sinergi.agreements.facts import Facts, PartyFacts
from sinergi.agreements.guards import DEAD_ENDS, HOLDS, lacks_of
from sinergi.reference.stages import GUARDS
from tests.agreements.making_stages import (
    FAMILIES,
    KINDS,
    TEXTS,
    all_done,
    nothing,
    of_all,
    of_party,
    stages_of,
    tasks_of,
)

families = st.sampled_from(FAMILIES)
FEW = settings(max_examples=60, deadline=None)


def some(of):
    return st.frozensets(st.sampled_from(sorted(of)))


@st.composite
def party_facts(draw, tasks):
    how_far = st.sampled_from(["", "wanted", "asked", "given", "denied"])
    state = {kind: draw(how_far) for kind in ("dprd", "minister")}
    approvals = {
        name: frozenset(kind for kind, at in state.items() if at == name)
        for name in ("wanted", "asked", "given", "denied")
    }
    return PartyFacts(
        left=draw(st.sampled_from([False, False, False, True])),
        joined_later=draw(st.booleans()),
        done=draw(some(tasks)),
        offers=draw(st.booleans()),
        answer=draw(st.sampled_from(["", "yes", "no"])),
        accepted=draw(some(TEXTS)),
        rejected=draw(some(TEXTS)),
        signed=draw(some(TEXTS)),
        refused=draw(some(TEXTS)),
        unanswered=draw(st.booleans()),
        **approvals,
    )


@st.composite
def facts_of(draw, family):
    """Facts of every kind: often nearly everything is done, so that later stages are reached."""
    stages = stages_of(family)
    count = draw(st.integers(1, 4))
    if draw(st.booleans()):
        one = draw(st.integers(1, count))
        odd = draw(party_facts(tasks_of(stages, "party")))
        whole = all_done(stages, count)
        return replace(whole, parties={**whole.parties, one: odd})
    return Facts(
        parties={n: draw(party_facts(tasks_of(stages, "party"))) for n in range(1, count + 1)},
        done=draw(some(tasks_of(stages, "all"))),
        required_missing=draw(st.sampled_from([(), ("province_affair",)])),
        documents=draw(some(KINDS)),
        offer_sent=draw(st.booleans()),
        out_of_order=draw(some(TEXTS)),
        obligations=draw(st.booleans()),
        begins=draw(st.booleans()),
    )


cases = families.flatmap(lambda family: st.tuples(st.just(family), facts_of(family)))


def start(stages, facts):
    return dict.fromkeys(facts.parties, rules.codes(stages)[0])


def as_far_as_it_goes(stages, facts, tracks, order):
    """Let parties go on, in an order, until nobody can; return the tracks and the stage of the whole."""
    was = rules.codes(stages)[0]
    moved = True
    while moved:
        moved = False
        for party in order:
            told = rules.advance(stages, facts, tracks, party)
            tracks, moved = told.tracks, moved or told.done
            was = rules.whole(stages, facts, tracks, was)
    return dict(tracks), was


def test_every_guard_that_the_pack_may_name_is_there():
    assert tuple(HOLDS) == GUARDS


@FEW
@given(cases, st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=40))
def test_no_sequence_of_deeds_enters_a_stage_before_its_guards_hold(case, deeds):
    family, facts = case
    stages, tracks = stages_of(family), start(stages_of(family), case[1])
    for party, onward in deeds:
        if party not in facts.parties:
            continue
        deed = rules.advance if onward else rules.back
        told = deed(stages, facts, tracks, party)
        if told.done and onward:
            entered = rules.place(stages, told.tracks[party])
            for stage in stages[:entered]:
                if not rules.why_skipped(stage, facts, party):
                    assert lacks_of(stage, facts, party) == ()
        assert {**told.tracks, party: ""} == {**tracks, party: ""}
        tracks = told.tracks


@FEW
@given(cases)
def test_nobody_signs_an_agreement_before_the_approval_that_he_needs(case):
    family, facts = case
    stages = stages_of(family)
    tracks, _whole = as_far_as_it_goes(stages, facts, start(stages, facts), list(facts.parties))
    last = [one.code for one in stages if one.code.startswith("signing_")][-1]
    for party, code in tracks.items():
        known = facts.parties[party]
        if rules.place(stages, code) >= rules.place(stages, last) and not known.left:
            assert not known.unanswered
            assert not known.wanted | known.asked | known.denied


@FEW
@given(cases, st.randoms(use_true_random=False))
def test_parties_reach_the_same_state_in_any_order(case, chance):
    family, facts = case
    stages, order = stages_of(family), list(case[1].parties)
    shuffled = list(order)
    chance.shuffle(shuffled)
    first = as_far_as_it_goes(stages, facts, start(stages, facts), order)
    assert as_far_as_it_goes(stages, facts, start(stages, facts), shuffled) == first


@FEW
@given(cases)
def test_every_state_has_a_way_on_once_what_is_missing_is_done_or_is_the_end(case):
    family, facts = case
    stages = stages_of(family)
    tracks, _whole = as_far_as_it_goes(stages, facts, start(stages, facts), list(facts.parties))
    for party in facts.present:
        stands = rules.standing(stages, facts, tracks, party)
        assert stands.may_advance or stands.lacks or not stands.next
        mended = all_done(stages, max(2, len(facts.parties)))
        told = rules.advance(stages, mended, {**start(stages, mended), **tracks}, party)
        assert told.done == (stands.stage != stages[-1].code)


@FEW
@given(cases)
def test_who_meets_a_no_is_told_who_said_it_and_where_to_turn(case):
    family, facts = case
    stages = stages_of(family)
    tracks, _whole = as_far_as_it_goes(stages, facts, start(stages, facts), list(facts.parties))
    for party in facts.present:
        for lack in rules.standing(stages, facts, tracks, party).lacks:
            assert lack.is_dead_end == (lack.code in DEAD_ENDS)
            assert lack.place
            assert lack.stage
            if lack.is_dead_end:
                assert lack.party in facts.present


def better(facts, more):
    """Facts that hold at least as much: what is done stays, what was refused is given."""
    parties = {}
    for number, one in facts.parties.items():
        parties[number] = replace(
            one,
            done=one.done | more.parties[number].done,
            answer="yes",
            accepted=one.accepted | TEXTS,
            rejected=frozenset(),
            unanswered=False,
            given=one.given | one.wanted | one.asked | one.denied,
            wanted=frozenset(),
            asked=frozenset(),
            denied=frozenset(),
        )
    return replace(
        facts,
        parties=parties,
        done=facts.done | more.done,
        documents=facts.documents | more.documents,
        obligations=True,
        begins=True,
        required_missing=(),
    )


@FEW
@given(cases)
def test_who_may_go_on_may_still_when_more_is_done(case):
    family, facts = case
    stages = stages_of(family)
    more = better(facts, all_done(stages, len(facts.parties)))
    for code in rules.codes(stages):
        tracks = dict.fromkeys(facts.parties, code)
        for party in facts.parties:
            if rules.advance(stages, facts, tracks, party).done:
                assert rules.advance(stages, more, tracks, party).done


@FEW
@given(cases, st.integers(1, 4))
def test_a_party_that_leaves_moves_the_whole_past_no_guard(case, leaver):
    family, facts = case
    stages = stages_of(family)
    tracks, was = as_far_as_it_goes(stages, facts, start(stages, facts), list(facts.parties))
    if leaver not in facts.parties:
        return
    after = of_party(facts, leaver, left=True)
    stage = rules.whole(stages, after, tracks, was)
    if rules.place(stages, stage) > rules.place(stages, was):
        for party in after.present:
            assert rules.lacks_before(stages, after, party, stage) == ()


@FEW
@given(cases)
def test_a_party_that_joins_holds_the_whole_where_it_begins(case):
    family, facts = case
    stages = stages_of(family)
    tracks, was = as_far_as_it_goes(stages, facts, start(stages, facts), list(facts.parties))
    joined = replace(facts, parties={**facts.parties, 9: PartyFacts(joined_later=True)})
    assert rules.whole(stages, joined, {**tracks, 9: stages[0].code}, was) == stages[0].code


@FEW
@given(cases)
def test_nobody_goes_back_over_a_signature(case):
    family, facts = case
    stages = stages_of(family)
    signed = [kind for kind in rules.BINDING if facts.signed_by_any(kind)]
    for stage in stages:
        for party in facts.present:
            told = rules.back(stages, facts, dict.fromkeys(facts.parties, stage.code), party)
            if told.done:
                first = rules.place(stages, told.tracks[party])
                crossed = stages[first : rules.place(stages, stage.code) + 1]
                kinds = {task.document for one in crossed for task in one.tasks}
                assert not kinds & set(signed)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_is_gone_through_to_its_end_when_all_is_done(family):
    stages = stages_of(family)
    facts = all_done(stages, 3)
    tracks, whole = as_far_as_it_goes(stages, facts, start(stages, facts), [3, 1, 2])
    assert set(tracks.values()) == {stages[-1].code}
    assert whole == stages[-1].code
    assert rules.advance(stages, facts, tracks, 1).lacks[0].code == "last_stage"


@pytest.mark.parametrize(
    ("family", "stays"),
    [
        ("KSDD", "preparation"),
        ("KSDPK", "preparation"),
        ("SINERGI", "preparation"),
        ("KSDPL", "drafting_memorandum"),
        ("KSDLL", "drafting_memorandum"),
    ],
)
def test_where_nothing_is_done_a_checklist_goes_on_to_its_approvals_and_others_stay(family, stays):
    stages = stages_of(family)
    facts = of_all(nothing(), wanted=frozenset({"minister"}))
    tracks, whole = as_far_as_it_goes(stages, facts, start(stages, facts), [1, 2])
    assert set(tracks.values()) == {stays}
    assert whole == stays


def test_a_third_party_cooperation_waits_for_its_feasibility_study():
    stages = stages_of("KSDPK")
    facts = all_done(stages)
    facts = replace(facts, done=facts.done - {"preparation/feasibility_study"})
    told = rules.advance(stages, facts, start(stages, facts), 1)
    assert [(one.code, one.task, one.place) for one in told.lacks] == [
        ("task_open", "feasibility_study", "tasks")
    ]


def test_a_council_that_nobody_needs_is_passed_over_with_a_reason_by_this_party_alone():
    stages = stages_of("KSDD")
    facts = of_party(all_done(stages), 2, given=frozenset())
    tracks = {1: "signing_memorandum", 2: "signing_memorandum"}
    assert rules.advance(stages, facts, tracks, 1).tracks[1] == "approval"
    stands = rules.standing(stages, facts, tracks, 2)
    assert stands.next == "drafting_agreement"
    assert stands.skipped == (("approval", rules.NO_APPROVAL),)


def test_an_approval_that_comes_to_be_needed_late_holds_the_signature():
    stages = stages_of("KSDD")
    facts = of_party(all_done(stages), 1, given=frozenset(), unanswered=True)
    told = rules.advance(stages, facts, {1: "drafting_agreement", 2: "drafting_agreement"}, 1)
    assert [one.code for one in told.lacks] == ["approval_unanswered"]


def test_a_refused_approval_is_told_and_leads_back():
    stages = stages_of("KSDD")
    unsigned = of_all(all_done(stages), signed=frozenset())
    facts = of_party(unsigned, 1, given=frozenset(), denied=frozenset({"dprd"}))
    stands = rules.standing(stages, facts, {1: "approval", 2: "approval"}, 1)
    assert [one.code for one in stands.lacks if one.is_dead_end] == ["approval_refused"]
    assert stands.previous == "signing_memorandum"


def test_the_one_who_offers_waits_until_somebody_accepts():
    stages = stages_of("KSDD")
    facts = of_party(all_done(stages, 3), 2, answer="")
    facts = of_party(facts, 3, answer="no")
    tracks = dict.fromkeys((1, 2, 3), "offer")
    lacks = rules.advance(stages, facts, tracks, 1).lacks
    assert [(one.code, one.party) for one in lacks] == [
        ("offer_unanswered", 2),
        ("offer_declined", 3),
    ]
    facts = of_party(facts, 2, answer="yes")
    assert rules.advance(stages, facts, tracks, 1).done


def test_nobody_waits_for_a_party_that_came_later_but_itself():
    stages = stages_of("KSDD")
    late = replace(
        all_done(stages).parties[2], accepted=frozenset(), signed=frozenset(), joined_later=True
    )
    facts = all_done(stages)
    facts = replace(facts, parties={**facts.parties, 3: late})
    tracks = {1: "implementation", 2: "implementation", 3: "signing_agreement"}
    assert rules.advance(stages, facts, tracks, 1).done
    assert {one.party for one in rules.advance(stages, facts, tracks, 3).lacks} == {3}


def test_what_was_in_force_when_it_was_written_here_is_not_asked_for_its_past():
    stages = stages_of("KSDD")
    facts = replace(nothing(), concluded="implementation")
    tracks = {1: "implementation", 2: "implementation"}
    assert rules.advance(stages, facts, tracks, 1).tracks[1] == "records"
    lacks = rules.advance(stages, facts, {1: "records", 2: "records"}, 1).lacks
    assert {one.code for one in lacks} == {"task_open"}
    assert [one.code for one in rules.back(stages, facts, tracks, 1).lacks] == ["already_signed"]


def test_an_agreement_without_parties_stays_where_it_is():
    stages = stages_of("KSDD")
    assert rules.whole(stages, Facts(), {}, "offer") == "offer"
    assert rules.whole(stages, Facts(), {}, "nowhere") == "preparation"
    assert rules.waiting(stages, Facts(), {}) == {}


def test_a_family_without_stages_has_the_first_alone_and_goes_nowhere():
    facts = nothing()
    assert rules.codes(()) == ["preparation"]
    told = rules.advance((), facts, {1: "preparation", 2: "preparation"}, 1)
    assert [one.code for one in told.lacks] == ["last_stage"]


@pytest.mark.parametrize(
    ("known", "code"),
    [({"left": True}, "party_left"), ({}, "agreement_ended")],
    ids=["left", "ended"],
)
def test_a_party_that_left_and_an_agreement_that_ended_do_nothing(known, code):
    stages = stages_of("KSDD")
    facts = replace(of_party(all_done(stages), 1, **known), ended=not known)
    tracks = {1: "offer", 2: "offer"}
    for deed in (rules.advance, rules.back):
        assert [one.code for one in deed(stages, facts, tracks, 1).lacks] == [code]


def test_a_first_stage_has_nothing_before_it():
    stages = stages_of("KSDD")
    told = rules.back(stages, nothing(), start(stages, nothing()), 1)
    assert [one.code for one in told.lacks] == ["first_stage"]


def test_what_is_waited_for_is_told_by_who_must_act():
    stages = stages_of("KSDD")
    facts = of_party(all_done(stages), 2, accepted=frozenset(), signed=frozenset())
    tracks = {1: "drafting_memorandum", 2: "drafting_memorandum"}
    told = rules.waiting(stages, facts, tracks)
    assert [(who, one.code) for who, lacks in told.items() for one in lacks] == [
        (2, "text_not_accepted")
    ]
