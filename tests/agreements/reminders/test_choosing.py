"""Each threshold is chosen once, in order, and a stop of the worker brings one reminder, not a flood."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.reminders.choosing import USUAL, due

ON = date(2028, 2, 29)
DAYS = st.lists(st.integers(0, 730), max_size=8)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (91, None), (90, 90), (61, 90), (60, 60), (30, 30), (7, 7), (1, 7), (0, 0), (-6, 0), (-7, -7),
        (-13, -7), (-28, -28), (-60, -28), (-90, -28), (-91, None),
    ],
)  # fmt: skip
def test_the_latest_that_was_reached_stands(left, expected):
    assert due(ON, ON - timedelta(days=left)) == expected


def test_an_agreement_that_wants_none_has_none_after_the_day_either():
    assert {due(ON, ON + timedelta(days=n), ()) for n in range(-800, 100)} == {None}


@given(DAYS)
def test_day_by_day_each_threshold_stands_once_and_in_order(days):
    line = [due(ON, ON + timedelta(days=n), days) for n in range(-800, 100)]
    changes = [b for a, b in zip([None, *line], line, strict=False) if b != a and b is not None]
    late = [-7, -14, -21, -28] if days else []
    assert changes == [*sorted(set(days), reverse=True), *late]


@given(DAYS, st.lists(st.integers(-800, 200), max_size=20))
def test_runs_on_any_days_make_at_most_one_each_and_none_twice(days, runs):
    made: list[int] = []
    for n in sorted(runs):
        found = due(ON, ON + timedelta(days=n), days)
        if found is not None and found not in made:
            made.append(found)
    assert made == sorted(made, reverse=True)
    assert len(made) <= len(set(runs))
    assert set(made) <= {*days, -7, -14, -21, -28}


def test_the_usual_days_are_those_of_the_sources():
    assert USUAL == (90, 60, 30, 7, 0)
