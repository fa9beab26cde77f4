"""What may be said of something due, and where it stands: pure functions, and their properties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.fulfilment import Fulfilment, Owed, completed, faults, rest, standing
from sinergi.agreements.measuring import (
    MeasureDetails,
    ReadingDetails,
    measure_faults,
    progress,
    reading_faults,
)

TODAY = date(2026, 11, 23)
BEGIN = date(2022, 1, 1)
MONEY = Owed("money", Decimal(1_000_000), None, BEGIN)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
AMOUNTS = st.decimals(0, 10**9, places=2)
VALUES = st.decimals(-(10**6), 10**6, places=2)


def said(state: str = "fulfilled", amount: object = 1_000_000, **more: object) -> Fulfilment:
    usual: dict[str, object] = {"done_on": TODAY, "note": ""}
    number = None if amount is None else Decimal(str(amount))
    return Fulfilment(state, amount=number, **{**usual, **more})


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (said(done_on=TODAY + timedelta(days=1)), "done_on"),
        (said(done_on=None), "done_on"),
        (said(done_on=BEGIN - timedelta(days=1)), "done_on"),
        (said(done_on=date(1800, 1, 1), note="sudah lama"), "done_on"),
        (said(amount=0), "amount"),
        (said(amount=-5), "amount"),
        (said(amount="0.001"), "amount"),
        (said(amount="NaN"), "amount"),
        (said(amount=None), "amount"),
        (said(amount=1_000_001), "amount"),
        (said(amount=999_999), "amount"),
        (said("partly", amount=1_000_000), "amount"),
        (said(state="waived"), "state"),
        (said(state="open"), "state"),
        (said(note="x" * 2001), "note"),
    ],
)
def test_what_cannot_be_said_of_money_is_told_at_its_field(told: Fulfilment, field: str) -> None:
    assert set(faults(told, MONEY, TODAY)) == {field}


@pytest.mark.parametrize(
    "told",
    [
        said(),
        said("partly", amount=1),
        said(amount=1_000_001, note="Termasuk denda"),
        said(done_on=BEGIN - timedelta(days=1), note="Dibayar di muka"),
        said(done_on=BEGIN),
    ],
)
def test_what_can_be_said_of_money_has_no_fault(told: Fulfilment) -> None:
    assert faults(told, MONEY, TODAY) == {}


def test_a_part_of_words_only_says_what_was_done() -> None:
    owed = Owed("report")
    assert set(faults(said("partly", None), owed, TODAY)) == {"note"}
    assert faults(said("partly", None, note="Bab 1 dan 2"), owed, TODAY) == {}
    assert faults(said("fulfilled", None), owed, TODAY) == {}


@pytest.mark.parametrize("number", ["0", "-1", "Infinity", "1.00001", "11", "9"])
def test_a_quantity_that_cannot_be_is_refused(number: str) -> None:
    owed = Owed("goods", quantity=Decimal(10))
    told = said(amount=None, quantity=Decimal(number))
    assert set(faults(told, owed, TODAY)) == {"quantity"}


def test_the_whole_takes_the_amount_that_was_due_where_none_is_said() -> None:
    assert completed(said(amount=None), MONEY).amount == 1_000_000
    assert completed(said("partly", None), MONEY).amount is None


@given(DAYS, DAYS)
def test_something_open_is_late_exactly_after_its_day(on: date, today: date) -> None:
    told = standing("open", on, None, today)
    assert told.is_late == (today > on)
    assert told.days - told.left == (today - on).days


@given(DAYS, DAYS, DAYS)
def test_what_was_done_is_never_late_again(on: date, done: date, today: date) -> None:
    told = standing("fulfilled", on, done, today)
    assert not told.is_late
    assert not told.is_open
    assert told.days == max(0, (done - on).days)
    assert standing("waived", on, None, today).days == 0


@given(AMOUNTS, AMOUNTS)
def test_the_rest_is_never_negative_and_all_together_is_what_was_due(owed, done) -> None:
    left = rest("partly", owed, done)
    assert left == max(Decimal(0), owed - done)
    assert rest("fulfilled", owed, done) == 0
    assert rest("open", None, done) is None


@given(VALUES, VALUES, VALUES)
def test_progress_is_nothing_at_the_baseline_and_all_at_the_target(baseline, target, value) -> None:
    if baseline == target:
        assert progress(baseline, target, value) is None
        return
    at_first, at_last = progress(baseline, target, baseline), progress(baseline, target, target)
    assert at_first is not None
    assert at_first.share == 0
    assert not at_first.away
    assert at_last is not None
    assert at_last.reached
    assert at_last.percent == 100
    told = progress(baseline, target, value)
    assert told is not None
    assert told.rising == (target > baseline)
    assert told.away == ((value - baseline) * (target - baseline) < 0)


@pytest.mark.parametrize("values", [(None, 1, 1), (1, None, 1), (1, 2, None)])
def test_progress_is_told_of_nothing_unknown(values) -> None:
    assert progress(*(None if one is None else Decimal(one) for one in values)) is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"indicator": "TIDAK_ADA", "region_code": "63"}, "indicator"),
        ({"indicator": "IPM"}, "region_code"),
        ({"region_code": "63"}, "indicator"),
        ({"indicator": "IPM", "region_code": "99.99"}, "region_code"),
        ({"baseline": Decimal("1.23456")}, "baseline"),
        ({"target": Decimal(10) ** 16}, "target"),
        ({"target_on": TODAY}, "target"),
        ({"baseline": Decimal(1), "baseline_on": date(1700, 1, 1)}, "baseline_on"),
        (
            {
                "baseline": Decimal(1),
                "baseline_on": TODAY,
                "target": Decimal(2),
                "target_on": TODAY,
            },
            "target_on",
        ),
    ],
)
def test_what_cannot_be_written_of_an_indicator_is_told_at_its_field(more, field: str) -> None:
    told = MeasureDetails(**{"name": "Sampah tertangani", **more})
    assert set(measure_faults(told, {"IPM"}, {"63"})) == {field}


def test_a_value_is_of_a_day_that_was_and_may_be_negative() -> None:
    assert reading_faults(ReadingDetails(TODAY, Decimal("-1.5")), TODAY) == {}
    told = ReadingDetails(TODAY + timedelta(days=1), None, "x" * 201)
    assert set(reading_faults(told, TODAY)) == {"on", "value", "source"}
