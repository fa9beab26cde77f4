"""Of choices that score the same, projects start as early as the limits allow; what cannot be is told so."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from sinergi.analysis.portfolio import (
    Joint,
    Pin,
    Precedence,
    check,
    conflict_of,
    score_of,
    solve,
    variants,
)
from sinergi.analysis.portfolio.early import earliest
from sinergi.analysis.portfolio.instance import Choice
from tests.analysis.portfolio.small import everything, instances, plain

THREE = plain([3, 2, 1], [[4], [4], [4]], [[8], [8], [8]])


def late(*starts: int) -> Choice:
    return Choice(np.array(starts), np.where(np.array(starts) < 0, -1, 0))


@pytest.mark.parametrize(
    ("made", "starts", "wanted"),
    [
        (THREE, (2, 2, 1), [0, 1, 0]),
        (replace(THREE, precedences=(Precedence(0, 1, 1),)), (1, 2, 2), [0, 1, 0]),
        (replace(THREE, pins=(Pin(0, chosen=True, start=2),)), (2, 1, 1), [2, 0, 0]),
        (replace(THREE, timeliness=np.array([1.0, 1.5, 1.5])), (2, 2, 1), [1, 2, 1]),
        (THREE, (0, -1, 1), [0, -1, 0]),
    ],
    ids=["money", "order", "by hand", "a later start scores more", "not chosen"],
)
def test_starts_move_to_the_earliest_year_that_keeps_every_rule(made, starts, wanted):
    moved = earliest(made, late(*starts))
    assert moved.start.tolist() == wanted
    assert check(made, moved) == []


@given(instances(most=3))
@settings(max_examples=40)
def test_moving_starts_changes_neither_what_is_chosen_nor_the_score(made):
    kept = next(
        (one for one in everything(made) if not check(made, one) and one.chosen.any()), None
    )
    if kept is None:
        return
    moved = earliest(made, kept)
    assert check(made, moved) == []
    assert score_of(made, moved) == score_of(made, kept)
    assert (moved.chosen == kept.chosen).all()
    assert (moved.start <= kept.start).all()


def test_the_best_choice_spends_the_first_year_before_the_last():
    found = solve(THREE, seconds=120, start=late(2, 2, 1))
    assert found.status == "optimal"
    assert sorted(found.choice.start.tolist()) == [0, 0, 1]


def test_where_no_other_choice_can_be_none_is_said_to_lose_something():
    made = plain([10, 0.001, 0.001], [[10], [7], [7]], [[12]], joints=(Joint((1, 2)),))
    told = variants(made, solve(made, seconds=120), seconds=120)
    assert (told.why, told.least_lost) == ("lossy", None)


def test_what_stands_against_a_wish_is_told_in_money():
    made = plain([6, 5], [[15], [5]], [[12]])
    made = replace(made, pins=(Pin(0, chosen=True),))
    found = conflict_of(made, keep_pins=True)
    assert [(one.kind, one.index, one.amount) for one in found.relaxed] == [("ceiling", (0, 0), 3)]
    assert [one.kind for one in conflict_of(made).relaxed] == ["pin"]
