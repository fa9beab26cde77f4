"""What may be said of an agreed point, and when it shows up as one that nobody looked at."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.forums.fates import (
    NEEDS_EVIDENCE,
    SETTLED,
    Fate,
    Watch,
    choices,
    may_follow,
    next_review,
    overdue,
    together,
    untouched,
)

fates = st.sampled_from(Fate)
days = st.dates(date(2022, 1, 1), date(2030, 1, 1))
watches = st.builds(Watch, fate=fates, touched=days, review=st.none() | days, due=st.none() | days)


def reachable(start: Fate) -> set[Fate]:
    seen, waiting = {start}, [start]
    while waiting:
        for there in choices(waiting.pop()):
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return seen


def test_a_point_can_come_to_every_end() -> None:
    assert reachable(Fate.AGREED) == set(Fate)


@pytest.mark.parametrize("fate", Fate)
def test_every_status_has_a_way_to_what_was_promised(fate: Fate) -> None:
    assert Fate.DELIVERED in reachable(fate)


@pytest.mark.parametrize("fate", [Fate.REJECTED, Fate.LAPSED])
def test_an_own_programme_starts_again_without_being_sent_to_anybody(fate: Fate) -> None:
    assert {Fate.AGREED, Fate.SENT, Fate.IN_PLAN} == set(choices(fate))


@pytest.mark.parametrize("fate", Fate)
def test_nothing_follows_on_itself_and_only_what_is_open_lapses(fate: Fate) -> None:
    assert fate not in choices(fate)
    assert may_follow(fate, Fate.LAPSED) == (fate not in SETTLED)


def test_nobody_can_claim_an_answer_that_was_never_asked_for() -> None:
    assert not may_follow(Fate.AGREED, Fate.ACCEPTED)
    assert not may_follow(Fate.AGREED, Fate.REJECTED)
    assert {Fate.ACCEPTED, Fate.REJECTED, Fate.IN_PLAN, Fate.DELIVERED} <= NEEDS_EVIDENCE


def test_those_who_are_asked_answer_what_was_agreed_and_neither_send_it_nor_let_it_drop() -> None:
    for now in (Fate.AGREED, Fate.SENT):
        said = set(choices(now, asked=True))
        assert said >= {Fate.RECEIVED, Fate.ANSWERED, Fate.ACCEPTED, Fate.PARTLY, Fate.REJECTED}
    for now in Fate:
        said = set(choices(now, asked=True))
        assert said.isdisjoint({Fate.AGREED, Fate.SENT, Fate.LAPSED})
        assert said


def test_a_point_that_nobody_touched_by_its_review_shows_up_the_day_after() -> None:
    point = Watch(Fate.SENT, touched=date(2024, 6, 5), review=date(2025, 6, 5))
    assert not untouched(point, date(2025, 6, 5))
    assert untouched(point, date(2025, 6, 6))


def test_a_point_touched_on_the_day_of_its_review_does_not_until_a_year_later() -> None:
    point = Watch(Fate.ANSWERED, touched=date(2025, 6, 5), review=date(2025, 6, 5))
    assert not untouched(point, date(2026, 1, 1))
    assert not untouched(point, date(2026, 6, 5))
    assert untouched(point, date(2026, 6, 6))


def test_a_point_without_review_shows_up_after_a_year_of_silence() -> None:
    point = Watch(Fate.SENT, touched=date(2024, 6, 5))
    assert not untouched(point, date(2025, 6, 5))
    assert untouched(point, date(2025, 6, 6))


def test_the_next_review_is_as_far_ahead_as_the_last_one_or_ninety_days() -> None:
    day = date(2025, 1, 10)
    assert next_review(date(2024, 1, 1), date(2024, 1, 31), day) == date(2025, 2, 9)
    for review in (None, date(2024, 1, 1), date(2023, 1, 1)):
        assert next_review(date(2024, 1, 1), review, day) == date(2025, 4, 10)


@given(watches, days, st.integers(1, 700))
def test_a_point_is_flagged_again_when_news_is_followed_by_silence(
    point: Watch, day: date, more: int
) -> None:
    """However often it was touched: after each report it is flagged once its next review has passed."""
    again = replace(point, touched=day, review=next_review(point.touched, point.review, day))
    assert not untouched(again, day)
    assert untouched(again, again.review + timedelta(days=more)) == (point.fate not in SETTLED)


@given(watches, days)
def test_what_is_settled_is_neither_untouched_nor_overdue(point: Watch, today: date) -> None:
    if point.fate in SETTLED:
        assert not untouched(point, today)
        assert not overdue(point, today)


@given(watches, days, st.integers(0, 400))
def test_what_is_late_stays_late_until_somebody_acts(point: Watch, today: date, more: int) -> None:
    later = today + timedelta(days=more)
    assert not untouched(point, today) or untouched(point, later)
    assert not overdue(point, today) or overdue(point, later)


def test_a_point_in_several_is_done_when_all_of_them_are() -> None:
    assert together([Fate.DELIVERED, Fate.SENT, Fate.IN_PLAN]) is Fate.SENT
    assert together([Fate.DELIVERED, Fate.DELIVERED]) is Fate.DELIVERED
    assert together([Fate.DELIVERED, Fate.REJECTED]) is Fate.PARTLY
    assert together([]) is None


@given(st.lists(fates, min_size=1, max_size=6))
def test_a_point_in_several_is_settled_only_when_all_are(found: list[Fate]) -> None:
    told = together(found)
    assert told is not None
    if any(fate not in SETTLED for fate in found):
        assert told in found
        assert told not in SETTLED
    assert together(found[::-1]) is told
