"""When something falls due: days in order and within, spans without gap, rupiah conserved."""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.agreements.parting import parted, rounded
from sinergi.agreements.schedules import (
    MOST,
    DueDay,
    Kind,
    Partial,
    Schedule,
    ScheduleError,
    When,
    due_days,
    factor_of,
    handed_on,
    leap_day,
    spans_of,
)

REPEATED = (Kind.MONTHLY, Kind.QUARTERLY, Kind.SEMESTER, Kind.YEARLY)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
amounts = st.integers(0, 10**13).map(lambda sen: Decimal(sen) / 100)
schedules = st.builds(
    Schedule,
    kind=st.sampled_from(REPEATED),
    day=st.integers(1, 31),
    month=st.integers(0, 12),
    when=st.sampled_from(When),
    partial=st.sampled_from(Partial),
    rounding=st.sampled_from((1, 100, 1000)),
)


@st.composite
def terms(draw):
    begins = draw(days)
    return begins, begins + timedelta(days=draw(st.integers(0, 3650)))


@settings(max_examples=150, deadline=None)
@given(schedules, terms(), amounts)
def test_days_are_in_order_and_within_the_agreement(schedule, term, amount):
    begins, ends = term
    found = [one.on for one in due_days(schedule, begins, ends, amount)]
    assert found == sorted(set(found))
    assert all(begins <= one <= ends for one in found)


@settings(max_examples=150, deadline=None)
@given(schedules, terms())
def test_spans_have_no_gap_and_do_not_overlap(schedule, term):
    begins, ends = term
    found = due_days(schedule, begins, ends)
    assert found[0].first == begins
    assert found[-1].last == ends
    for one, following in pairwise(found):
        assert following.first == one.last + timedelta(days=1)


@settings(max_examples=150, deadline=None)
@given(schedules, terms(), amounts)
def test_a_whole_that_is_spread_is_the_sum_of_its_parts(schedule, term, amount):
    spread = Schedule(kind=schedule.kind, day=schedule.day, when=schedule.when, spread=True)
    found = due_days(spread, *term, amount)
    assert sum(one.amount for one in found) == amount
    assert all(one.amount >= 0 for one in found)


@settings(max_examples=150, deadline=None)
@given(schedules, terms(), amounts, st.integers(1, 1500))
def test_an_extension_only_adds(schedule, term, amount, more):
    """What was due for a whole span on a day of its own stays exactly; only the cut end can grow."""
    begins, ends = term
    before = due_days(schedule, begins, ends, amount)
    after = due_days(schedule, begins, ends + timedelta(days=more), amount)
    untouched = [one for one in before if one.on < ends and one.last < ends]
    assert set(untouched) <= set(after)
    assert len(after) >= len(untouched)
    assert {one.first for one in before} <= {one.first for one in after} | {
        one.first for one in before if one.on == ends
    }


@settings(max_examples=200, deadline=None)
@given(
    schedules,
    st.one_of(st.none(), days),
    st.decimals(-99, 99, places=2),
    st.dictionaries(st.integers(2000, 2050), st.decimals("0.1", 900, places=1), max_size=4),
)
def test_a_schedule_comes_back_from_json(schedule, day, growth, index):
    whole = Schedule(
        kind=schedule.kind, day=schedule.day, month=schedule.month, when=schedule.when,
        first=day, last=day, since=day, on=day, growth=growth, index=index, base_year=2024,
        months=(1, 7), spread=True, per_unit=True, rounding=100,
    )  # fmt: skip
    assert Schedule.from_json(json.loads(json.dumps(whole.to_json()))) == whole


def test_an_empty_schedule_says_nothing_and_has_no_day():
    assert Schedule().to_json() == {}
    assert Schedule.from_json({}) == Schedule()
    assert due_days(Schedule(), None, None) == []


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "hourly"},
        {"day": "x"},
        {"on": 7},
        {"index": [1]},
        {"growth": "much"},
        {"months": 3},
    ],
    ids=["kind", "day", "on", "index", "growth", "months"],
)
def test_values_that_are_no_schedule_are_refused(values):
    with pytest.raises(ScheduleError) as met:
        Schedule.from_json(values)
    assert met.value.code == "unreadable"


def test_the_thirty_first_is_the_last_day_of_each_month():
    found = due_days(Schedule(kind=Kind.MONTHLY, day=31), date(2024, 1, 1), date(2024, 4, 30))
    assert [one.on.isoformat() for one in found] == [
        "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"
    ]  # fmt: skip


def test_the_29th_of_february_is_the_28th_in_other_years():
    schedule = Schedule(kind=Kind.YEARLY, day=29, month=2)
    found = due_days(schedule, date(2023, 1, 1), date(2025, 12, 31))
    assert [str(one.on) for one in found] == ["2023-02-28", "2024-02-29", "2025-02-28"]
    assert leap_day(schedule)
    assert not leap_day(Schedule(kind=Kind.MONTHLY, day=29))


def test_the_first_period_is_prorated_by_days():
    found = due_days(
        Schedule(kind=Kind.MONTHLY, day=10), date(2025, 4, 16), date(2025, 5, 31), Decimal(3000)
    )
    assert found == [
        DueDay(date(2025, 4, 16), date(2025, 4, 16), date(2025, 4, 30), Decimal(1500)),
        DueDay(date(2025, 5, 10), date(2025, 5, 1), date(2025, 5, 31), Decimal(3000)),
    ]


def test_a_first_period_may_cost_the_whole():
    schedule = Schedule(kind=Kind.MONTHLY, partial=Partial.FULL)
    found = due_days(schedule, date(2025, 4, 16), date(2025, 4, 30), Decimal(3000))
    assert [one.amount for one in found] == [Decimal(3000)]


def test_in_advance_at_the_end_and_after():
    term = date(2025, 1, 1), date(2025, 12, 31)
    first = {
        when: due_days(Schedule(kind=Kind.QUARTERLY, day=10, when=when), *term)[0].on
        for when in When
    }
    assert first == {
        When.ADVANCE: date(2025, 1, 10), When.END: date(2025, 3, 10), When.AFTER: date(2025, 4, 10)
    }  # fmt: skip


def test_what_would_fall_on_one_day_at_the_end_is_one_due():
    schedule = Schedule(kind=Kind.MONTHLY, day=10, when=When.AFTER)
    found = due_days(schedule, date(2025, 1, 1), date(2025, 2, 5), Decimal(28_000))
    assert found == [DueDay(date(2025, 2, 5), date(2025, 1, 1), date(2025, 2, 5), Decimal(33_000))]


def test_seasons_are_the_months_that_were_chosen():
    schedule = Schedule(kind=Kind.SEASONAL, months=(3, 9), day=31)
    found = due_days(schedule, date(2025, 1, 1), date(2026, 6, 30))
    assert [str(one.on) for one in found] == ["2025-03-31", "2025-09-30", "2026-03-31"]


def test_an_amount_grows_by_percent_from_its_base_year():
    schedule = Schedule(
        kind=Kind.YEARLY, growth=Decimal(5), base_year=2025, rounding=1000, day=31, month=12
    )
    found = due_days(schedule, date(2024, 1, 1), date(2027, 12, 31), Decimal(65_010))
    assert [one.amount for one in found] == [65_010, 65_010, 68_000, 72_000]


def test_an_index_gives_an_amount_for_the_years_that_it_has():
    index = {2024: Decimal("104.0"), 2025: Decimal("106.6")}
    schedule = Schedule(kind=Kind.YEARLY, index=index, base_year=2024)
    found = due_days(schedule, date(2024, 1, 1), date(2026, 12, 31), Decimal(1_000_000))
    assert [one.amount for one in found] == [Decimal(1_000_000), Decimal(1_025_000), None]
    assert factor_of(schedule, 2025) == Fraction(1066, 1040)


def test_what_follows_volumes_has_no_amount():
    schedule = Schedule(kind=Kind.MONTHLY, per_unit=True)
    found = due_days(schedule, date(2024, 1, 1), date(2024, 3, 31), Decimal(5))
    assert [one.amount for one in found] == [None] * 3


def test_halves_are_rounded_up():
    assert [rounded(Fraction(n, 2)) for n in (1, 3, 4)] == [1, 2, 2]
    assert rounded(Fraction(1550), 100) == 1600


def test_a_whole_is_parted_by_weight_and_the_last_has_the_rest():
    assert list(parted(Decimal("100.50"), [1, 1, 1])) == [
        Decimal(33), Decimal(34), Decimal("33.50")
    ]  # fmt: skip


def test_what_was_handed_on_keeps_its_spans_but_not_its_past():
    schedule = handed_on(Schedule(kind=Kind.YEARLY, day=31), date(2025, 6, 1))
    found = due_days(schedule, date(2023, 1, 1), date(2026, 12, 31), Decimal(7))
    assert [one.on.year for one in found] == [2025, 2026]
    assert found[0].first == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("schedule", "code"),
    [
        (Schedule(kind=Kind.ONCE), "no_day"),
        (Schedule(kind=Kind.ONCE, on=date(2024, 12, 31)), "before_beginning"),
        (Schedule(kind=Kind.ONCE, on=date(2027, 1, 1)), "after_end"),
        (Schedule(kind=Kind.MONTHLY, day=32), "no_day_of_month"),
        (Schedule(kind=Kind.YEARLY, month=13), "no_month"),
        (Schedule(kind=Kind.SEASONAL), "no_months"),
        (Schedule(kind=Kind.SEASONAL, months=(0,)), "no_month"),
        (Schedule(kind=Kind.MONTHLY, growth=Decimal("NaN"), base_year=2025), "growth"),
        (Schedule(kind=Kind.MONTHLY, growth=Decimal(2)), "no_base"),
        (Schedule(kind=Kind.MONTHLY, index={2025: Decimal(0)}, base_year=2025), "index"),
        (Schedule(kind=Kind.MONTHLY, index={2025: Decimal(1)}, base_year=2024), "base_not_in_index"),
        (
            Schedule(kind=Kind.MONTHLY, index={2025: Decimal(1)}, growth=Decimal(1), base_year=2025),
            "two_ways",
        ),
        (Schedule(kind=Kind.MONTHLY, spread=True, growth=Decimal(1), base_year=2025), "spread_and_index"),
        (Schedule(kind=Kind.MONTHLY, rounding=7), "rounding"),
        (Schedule(kind=Kind.MONTHLY, first=date(2028, 1, 1)), "out_of_order"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_what_is_unclear_is_refused(schedule, code):
    with pytest.raises(ScheduleError) as met:
        due_days(schedule, date(2025, 1, 1), date(2026, 12, 31), Decimal(1))
    assert met.value.code == code


def test_without_a_beginning_or_an_end_nothing_can_repeat():
    for term, code in (
        ((None, date(2025, 1, 1)), "no_beginning"),
        ((date(2025, 1, 1), None), "no_end"),
    ):
        with pytest.raises(ScheduleError) as met:
            due_days(Schedule(kind=Kind.YEARLY), *term)
        assert met.value.code == code


def test_too_many_dues_are_refused():
    with pytest.raises(ScheduleError) as met:
        due_days(Schedule(kind=Kind.MONTHLY), date(1950, 1, 1), date(2090, 1, 1))
    assert met.value.code == "too_many"
    with pytest.raises(ScheduleError):
        due_days(Schedule(kind=Kind.YEARLY), date(1, 1, 1), date(9999, 1, 1))
    century = due_days(Schedule(kind=Kind.MONTHLY), date(2000, 1, 1), date(2099, 12, 31))
    assert len(century) == MOST


def test_a_year_is_two_halves():
    spans = list(spans_of(Schedule(kind=Kind.SEMESTER), date(2025, 3, 1), date(2025, 12, 31)))
    assert [(one.whole_first.month, one.days) for one in spans] == [(1, 122), (7, 184)]
