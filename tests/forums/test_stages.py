"""What may be done in a forum when, and that no way leads around what a stage asks."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.forums.stages import (
    ORDER,
    PHASES,
    Deed,
    Lack,
    Stage,
    Standing,
    allows,
    before,
    following,
    lacking,
    when,
)

READY = Standing(days=True, invited=9, issues=12, themes=5, points=9, sealed=True)
standings = st.builds(
    Standing,
    days=st.booleans(),
    invited=st.integers(0, 2),
    issues=st.integers(0, 2),
    themes=st.integers(0, 2),
    points=st.integers(0, 2),
    open_ballots=st.integers(0, 2),
    sealed=st.booleans(),
    open_points=st.integers(0, 2),
)


def may_move(frm: Stage, to: Stage, now: Standing) -> bool:
    """Whether a forum is taken there: one stage on when nothing lacks, or one back."""
    if to == following(frm):
        return not lacking(to, now)
    return to == before(frm)


def test_every_stage_has_its_phase_in_the_order_of_a_meeting() -> None:
    assert tuple(Stage) == ORDER
    assert (following(Stage.CLOSED), before(Stage.ANNOUNCED)) == (None, None)


def test_everything_that_can_be_done_can_be_done_at_some_time() -> None:
    assert [deed for deed in Deed if not when(deed)] == []


@pytest.mark.parametrize(
    ("deed", "stages"),
    [
        (Deed.RAISE, {Stage.RAISING}),
        (Deed.VOTE, {Stage.DELIBERATING}),
        (Deed.SIGN, {Stage.DELIBERATING}),
        (Deed.TAKE_IN, {Stage.RAISING, Stage.PREPARING, Stage.DELIBERATING}),
        (Deed.FOLLOW_UP, {Stage.SEALED, Stage.FOLLOWING_UP}),
        (Deed.DRAW_THEMES, {Stage.PREPARING, Stage.DELIBERATING}),
        (Deed.CORRECT, {Stage.SEALED, Stage.FOLLOWING_UP, Stage.CLOSED}),
    ],
)
def test_what_is_done_belongs_to_its_stages(deed: Deed, stages: set[Stage]) -> None:
    assert set(when(deed)) == stages
    assert {stage for stage in Stage if allows(stage, deed)} == stages


def test_a_forum_for_which_all_is_ready_goes_through_all_stages() -> None:
    for here, there in itertools.pairwise(ORDER):
        assert may_move(here, there, READY)


@pytest.mark.parametrize(
    ("to", "without", "lack"),
    [
        (Stage.RAISING, {"days": False}, Lack.NO_DAYS),
        (Stage.RAISING, {"invited": 0}, Lack.NOBODY_INVITED),
        (Stage.PREPARING, {"issues": 0, "points": 0}, Lack.NO_ISSUE),
        (Stage.DELIBERATING, {"themes": 0, "points": 0}, Lack.NO_THEME),
        (Stage.SEALED, {"open_ballots": 1}, Lack.BALLOT_OPEN),
        (Stage.SEALED, {"points": 0}, Lack.NO_POINT),
        (Stage.SEALED, {"sealed": False}, Lack.NOT_SIGNED),
        (Stage.SEALED, {"sealed": False, "differs": True}, Lack.MINUTES_DIFFER),
        (Stage.CLOSED, {"open_points": 1}, Lack.POINTS_OPEN),
    ],
)
def test_what_is_missing_is_named_and_stops_the_forum(
    to: Stage, without: dict[str, int], lack: Lack
) -> None:
    now = replace(READY, **without)
    assert lacking(to, now) == (lack,)
    assert not may_move(ORDER[ORDER.index(to) - 1], to, now)


@given(st.sampled_from(Stage), st.sampled_from(Stage), standings)
def test_no_move_skips_a_stage_or_a_guard(frm: Stage, to: Stage, now: Standing) -> None:
    if may_move(frm, to, now):
        step = ORDER.index(to) - ORDER.index(frm)
        assert step in {1, -1}
        assert step == -1 or not lacking(to, now)


@given(standings)
def test_what_was_signed_is_never_taken_back(now: Standing) -> None:
    signed = (Stage.SEALED, Stage.FOLLOWING_UP, Stage.CLOSED)
    unsigned = [stage for stage in Stage if stage not in signed]
    assert not [(a, b) for a in signed for b in unsigned if may_move(a, b, now)]


@pytest.mark.parametrize("stage", list(Stage)[:-1])
def test_from_every_stage_there_is_a_way_on(stage: Stage) -> None:
    there = following(stage)
    assert there is not None
    assert may_move(stage, there, READY)


def test_each_lack_is_asked_by_one_stage() -> None:
    asked = [lack for phase in PHASES.values() for lack, _holds in phase.entered_when]
    assert sorted(asked) == sorted(Lack)
