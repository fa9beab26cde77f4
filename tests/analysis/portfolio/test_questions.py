"""What wishes cost, what money would buy, what must give way, and which choices are as good."""

import time
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from bench.portfolio_instances import Shape, instance
from sinergi.analysis.portfolio import (
    PPM,
    Alternatives,
    Choice,
    Different,
    Instance,
    Pin,
    RegionShare,
    check,
    conflict_of,
    difference,
    hints,
    outside,
    price_of_money,
    price_of_share,
    promised,
    solve,
    variants,
    wish,
)
from sinergi.analysis.portfolio.elastic import smallest
from tests.analysis.portfolio.small import brute, everything, instances, plain

KNAPSACK = plain([6, 5, 5], [[6], [5], [5]], [[10]])


def test_a_wish_costs_the_difference_of_two_proven_scores():
    former = solve(KNAPSACK, seconds=120)
    found = wish(KNAPSACK, former, Pin(0, chosen=True))
    assert (found.change, found.low, found.high) == pytest.approx((-4, -4, -4), abs=1e-5)
    assert found.result.choice.chosen.tolist() == [True, False, False]


def test_a_wish_that_the_best_choice_fulfils_already_costs_nothing():
    former = solve(KNAPSACK, seconds=120)
    found = wish(KNAPSACK, former, Pin(1, chosen=True))
    assert found.change == 0


def test_a_wish_that_cannot_be_has_no_choice():
    made = replace(KNAPSACK, pins=(Pin(1, chosen=True),))
    found = wish(made, solve(made, seconds=120), Pin(0, chosen=True))
    assert found.result.status == "infeasible"


def test_an_unproven_price_is_told_as_an_interval_that_holds():
    made = instance(Shape(300, seed=5, floors=0.3))
    former = solve(made, seconds=600, gap=0.06)
    out = int(np.flatnonzero(former.choice.chosen)[0])
    found = wish(made, former, Pin(out, chosen=False), seconds=600, gap=0.06)
    assert found.low <= found.change <= found.high + 1e-9 or found.high == 0
    assert not found.result.choice.chosen[out]


def test_one_more_unit_of_money_buys_what_solving_again_says():
    former = solve(KNAPSACK, seconds=120)
    found = price_of_money(KNAPSACK, former, 0, 0, 1)
    assert found.change == 1
    assert found.low <= 1 <= found.high + 1e-6


def test_doing_without_a_share_gains_what_solving_again_says():
    benefit = np.array([[PPM], [0], [0]])
    made = replace(KNAPSACK, benefit=benefit, shares=(RegionShare(0, minimum=500_000),))
    former = solve(made, seconds=120)
    assert former.score == 6
    assert price_of_share(made, former, 0).change == 4


def test_hints_name_the_ceiling_that_is_scarce():
    former = solve(KNAPSACK, seconds=120)
    assert hints(KNAPSACK, former)["ceiling", (0, 0)] > 0


def test_a_minimum_share_above_what_there_is_is_named_with_the_missing_money():
    benefit = np.array([[PPM], [0], [0]])
    made = replace(KNAPSACK, benefit=benefit, shares=(RegionShare(0, minimum=900_000),))
    assert solve(made, seconds=120).status == "infeasible"
    found = conflict_of(made)
    assert [(one.kind, one.index, one.amount) for one in found.relaxed] == [("minimum", (0,), 3)]
    assert found.proven


def test_each_least_share_lacks_what_its_projects_cannot_use_and_no_more():
    count, years, channels = 24, 5, 3
    price = np.arange(1, count + 1) * 25_000_012_300
    cost = np.zeros((count, channels, 1, channels), np.int64)
    cost[:, range(channels), 0, range(channels)] = price[:, None]
    made = Instance(
        score=np.ones(count),
        way_project=np.repeat(np.arange(count), channels),
        cost=cost.reshape(-1, 1, channels),
        first=np.zeros(count, np.int64),
        last=np.full(count, years - 1, np.int64),
        ceilings=np.full((years, channels), 1_213_333_333_333),
        benefit=np.eye(4, dtype=np.int64)[np.arange(count) % 4] * PPM,
        shares=(RegionShare(0, minimum=600_000), RegionShare(1, minimum=600_000)),
    )
    found = conflict_of(made)
    share = made.available * 6 // 10
    lacks = [share - int(price[region::4].sum()) for region in (0, 1)]
    assert [one.kind for one in found.relaxed] == ["minimum", "minimum"]
    assert [one.least for one in found.relaxed] == lacks
    assert [one.amount for one in found.relaxed] == lacks
    assert promised(made) == 1_200_000


def test_what_a_rule_lacks_is_told_whatever_becomes_of_the_other():
    # One of both projects fits: each ceiling alone must give way by its own project.
    made = plain([1, 1], [[7, 0], [0, 9]], [[3, 4]])
    found = conflict_of(replace(made, pins=(Pin(0, True), Pin(1, True))), keep_pins=True)
    assert [(one.index, one.least) for one in found.relaxed] == [((0, 0), 4), ((0, 1), 5)]


def test_pins_that_cost_more_than_the_money_give_way_before_the_money_does():
    made = replace(KNAPSACK, pins=tuple(Pin(project, chosen=True) for project in range(3)))
    found = conflict_of(made)
    assert [(one.kind, one.index) for one in found.relaxed] == [("pin", (0,))]


def test_one_ceiling_gives_way_rather_than_three_wishes():
    made = plain([1, 1, 1], [[1000], [1000], [1000]], [[900]])
    pins = tuple(Pin(project, chosen=True) for project in range(3))
    found = conflict_of(replace(made, pins=pins))
    told = [(one.kind, one.index, one.least) for one in found.relaxed]
    assert told == [("ceiling", (0, 0), 2100)]
    assert found.proven


def fewest(made: Instance, kinds: frozenset[str] | None = None) -> int:
    """Return how many rules the choice breaks that breaks fewest, or of some kinds only."""
    return min(
        len(
            {(one.kind, one.index) for one in check(made, choice) if not kinds or one.kind in kinds}
        )
        for choice in everything(made)
    )


@given(instances(most=3))
@settings(max_examples=60)
def test_no_choice_breaks_fewer_rules_than_the_set_that_is_named(made):
    answer = smallest(made, 120.0, 0)
    assert answer is not None
    assert answer[3]
    assert len(answer[0]) == fewest(made)


@given(instances(most=3))
@settings(max_examples=40)
def test_all_else_gives_way_before_what_was_decided_by_hand(made):
    pinned = replace(made, pins=(Pin(0, chosen=True), Pin(1, chosen=True)))
    answer = smallest(pinned, 120.0, 0, keep_pins=True)
    assert answer is not None
    told = [kind for kind, _index in answer[0]]
    assert told.count("pin") == fewest(pinned, frozenset({"pin"}))


def test_alternatives_that_are_both_pinned_are_named():
    made = plain([1, 1], [[1], [1]], [[9]], alternatives=(Alternatives((0, 1)),))
    made = replace(made, pins=(Pin(0, chosen=True), Pin(1, chosen=True)))
    found = conflict_of(made)
    assert len(found.relaxed) == 1
    assert found.relaxed[0].kind in {"pin", "alternatives"}


@given(instances(most=4))
@settings(max_examples=60)
def test_the_smallest_set_is_empty_exactly_when_there_is_a_choice(made):
    answer = smallest(made, 120.0, 0)
    assert answer is not None
    assert (answer[0] == []) == (brute(made) is not None)


def test_five_choices_differ_from_each_other_and_lose_little():
    made = instance(Shape(300, seed=5, floors=0.3))
    best = solve(made, seconds=600, gap=0.05)
    told = variants(made, best, seconds=900)
    found = told.found
    assert (len(found), told.asked, told.why) == (5, 5, "")
    for one, other in combinations(found, 2):
        assert difference(one.choice, other.choice) >= 0.2
    assert told.best.score == found[0].score >= best.score
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        assert check(made, one.choice) == []
        assert one.lost <= 0.02
        assert one.differs >= 0.2


def test_leaving_something_out_is_no_other_choice():
    made = plain([60, 50, 0.2, 0.2], [[6], [4], [1], [1]], [[12]])
    best = solve(made, seconds=120)
    assert best.choice.chosen.all()
    assert len(variants(made, best, fresh=0.0).found) > 1
    told = variants(made, best)
    assert (len(told.found), told.why) == (1, "lossy")


def test_where_others_only_leave_something_out_none_is_said_to_be_possible_and_none_to_lose():
    made = plain([1, 1, 1], [[1], [1], [1]], [[3]])
    told = variants(made, solve(made, seconds=120))
    assert (len(told.found), told.why, told.least_lost) == (1, "lossy", None)


def test_what_is_fresh_is_checked_both_ways():
    made = plain([1, 1, 1, 1], [[1], [1], [1], [1]], [[9]])
    held = Choice(np.array([0, 0, -1, -1]), np.array([0, 0, -1, -1]))
    for members, missing in (((0, 2), 0), ((0, 1, 2), 1), ((0,), 1)):
        ruled = replace(made, different=(Different(members, 0, fresh=500_000),))
        assert [one.amount for one in check(ruled, held)] == [missing][:missing]


def test_a_better_choice_that_is_come_upon_takes_the_first_place():
    made = plain([6, 5, 5, 1], [[6], [5], [5], [1]], [[10]])
    best = solve(made, seconds=120)
    worse = solve(made.pinned(Pin(0, chosen=True)), seconds=120)
    told = variants(made, replace(worse, pool=(best.choice,)), count=2, within=0.5, differs=0.2)
    assert told.best.score == best.score == told.found[0].score
    assert told.best.unspent == best.unspent
    assert told.found[1].score == worse.score
    assert told.found[1].lost > 0


def test_a_tick_tells_the_seconds_that_passed(monkeypatch):
    monkeypatch.setattr(outside, "TICK_SECONDS", 0.05)
    told: list[float] = []
    made, began = instance(Shape(300, seed=5)), time.monotonic()
    solve(made, seconds=1, tick=told.append)
    assert told == sorted(told)
    assert 0 < told[0] <= told[-1] < time.monotonic() - began


def test_no_other_choice_is_offered_where_all_others_lose_too_much():
    best = solve(KNAPSACK, seconds=120)
    told = variants(KNAPSACK, best, within=0.02, seconds=600)
    assert (len(told.found), told.why) == (1, "lossy")
    # The proof ends the search of both processes, not the clock.
    assert told.seconds < 600


def test_other_choices_that_time_did_not_find_are_told_so():
    made = instance(Shape(300, seed=5, floors=0.3))
    best = replace(solve(made, seconds=600, gap=0.05), pool=())
    told = variants(made, best, seconds=0.01)
    assert (len(told.found), told.why) == (1, "time")


def test_other_choices_are_told_missing_when_their_solvers_are_ended(monkeypatch):
    made = instance(Shape(300, seed=5, floors=0.3))
    best = replace(solve(made, seconds=600, gap=0.05), pool=())
    monkeypatch.setattr(outside.Worker, "_send", lambda worker: worker.process.kill())
    told = variants(made, best, seconds=60)
    assert (len(told.found), told.why) == (1, "ended")


def test_no_other_choice_is_offered_beside_none():
    made = replace(KNAPSACK, shares=(RegionShare(0, minimum=PPM),), benefit=np.zeros((3, 1), int))
    assert variants(made, solve(made, seconds=120)).found == ()
