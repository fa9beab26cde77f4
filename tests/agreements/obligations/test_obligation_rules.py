"""Rules of obligations: what is refused at which field, how dates are told, what follows a change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.obligations import (
    Fit,
    ObligationDetails,
    Present,
    ending,
    fit,
    in_words_only,
    index_text,
    obligation_faults,
    preview,
    read_index,
    still_due,
    wanted,
)
from sinergi.agreements.schedule_words import fault_text, in_words
from sinergi.agreements.schedules import (
    DueDay,
    Kind,
    Partial,
    Schedule,
    When,
    due_days,
    handed_on,
)

BEGINS, ENDS = date(2025, 1, 1), date(2027, 12, 31)
GOOD = ObligationDetails("money", 1, "Membayar iuran", 2, amount=Decimal(100))
CODES = (
    "unreadable", "too_many", "no_beginning", "no_end", "out_of_order", "no_day", "before_beginning",
    "after_end", "no_day_of_month", "no_month", "no_months", "growth", "two_ways", "index", "no_base",
    "base_not_in_index", "spread_and_index", "rounding",
)  # fmt: skip
MONTHLY = Schedule(Kind.MONTHLY, day=10)


def faults(begins: date | None = BEGINS, ends: date | None = ENDS, **fields: object) -> set[str]:
    return set(obligation_faults(replace(GOOD, **fields), {1, 2}, begins, ends))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, set()),
        ({"text": ""}, {"text"}),
        ({"text": "x" * 8001}, {"text"}),
        ({"kind": "gift"}, {"kind"}),
        ({"debtor": 9}, {"debtor"}),
        ({"debtor": None}, {"debtor"}),
        ({"creditor": 9}, {"creditor"}),
        ({"creditor": 1}, {"creditor"}),
        ({"creditor": None}, set()),
        ({"amount": Decimal(-1)}, {"amount"}),
        ({"amount": Decimal(0)}, {"amount"}),
        ({"amount": Decimal("0.001")}, {"amount"}),
        ({"amount": Decimal(10) ** 16}, {"amount"}),
        ({"amount": Decimal("NaN")}, {"amount"}),
        ({"quantity": Decimal(0), "unit": "ton"}, {"quantity"}),
        ({"quantity": Decimal(-3), "unit": "ton"}, {"quantity"}),
        ({"quantity": Decimal("Infinity"), "unit": "ton"}, {"quantity"}),
        ({"quantity": Decimal("0.00001"), "unit": "ton"}, {"quantity"}),
        ({"quantity": Decimal(3)}, {"unit"}),
        ({"amount": None, "text": "Menjaga kebersihan"}, set()),
    ],
)
def test_what_is_written_is_refused_at_its_field(fields: dict, wrong: set[str]) -> None:
    assert faults(**fields) == wrong


@pytest.mark.parametrize(
    ("schedule", "wrong"),
    [
        (Schedule(Kind.ONCE), {"on"}),
        (Schedule(Kind.ONCE, on=date(2024, 12, 31)), {"on"}),
        (Schedule(Kind.ONCE, on=date(2028, 1, 1)), {"on"}),
        (Schedule(Kind.ONCE, on=date(1800, 1, 1)), {"on"}),
        (Schedule(Kind.MONTHLY, day=0), {"day"}),
        (Schedule(Kind.MONTHLY, day=32), {"day"}),
        (Schedule(Kind.YEARLY, month=13), {"month"}),
        (Schedule(Kind.SEASONAL), {"months"}),
        (Schedule(Kind.MONTHLY, first=date(2024, 6, 1)), {"first"}),
        (Schedule(Kind.MONTHLY, last=date(2028, 6, 1)), {"last"}),
        (Schedule(Kind.MONTHLY, first=date(2026, 6, 1), last=date(2026, 5, 1)), {"last"}),
        (Schedule(Kind.YEARLY, growth=Decimal(5)), {"base_year"}),
        (Schedule(Kind.YEARLY, growth=Decimal(5), base_year=19), {"base_year"}),
        (Schedule(Kind.YEARLY, growth=Decimal(-100), base_year=2025), {"growth"}),
        (Schedule(Kind.YEARLY, index={2024: Decimal(100)}, base_year=2025), {"base_year"}),
        (Schedule(Kind.YEARLY, index={2025: Decimal(0)}, base_year=2025), {"index"}),
        (Schedule(Kind.YEARLY, rounding=7), {"rounding"}),
        (Schedule(Kind.YEARLY, per_unit=True), {"amount"}),
        (Schedule(Kind.YEARLY, growth=Decimal(1000), base_year=1946), {"growth"}),
        (Schedule(Kind.YEARLY, spread=True, growth=Decimal(1), base_year=2025), {"growth"}),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_at_its_field(schedule, wrong: set[str]) -> None:
    assert faults(schedule=schedule) == wrong


def test_an_agreement_without_days_needs_them_in_the_obligation() -> None:
    assert faults(begins=None, schedule=MONTHLY) == {"first"}
    assert faults(ends=None, schedule=MONTHLY) == {"last"}
    own = replace(MONTHLY, first=BEGINS, last=ENDS)
    assert faults(begins=None, ends=None, schedule=own) == set()
    assert faults(begins=None, ends=None, schedule=Schedule(Kind.ONCE, on=BEGINS)) == set()


def test_a_day_outside_that_stood_there_already_may_stay() -> None:
    there = replace(MONTHLY, first=date(2024, 6, 1))
    assert obligation_faults(replace(GOOD, schedule=there), {1, 2}, BEGINS, ENDS, there) == {}


def test_parted_or_growing_needs_an_amount() -> None:
    for schedule in (
        Schedule(Kind.YEARLY, spread=True),
        Schedule(Kind.YEARLY, growth=Decimal(5), base_year=2025),
    ):
        assert faults(amount=None, schedule=schedule) == {"amount"}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_code_of_a_schedule_is_told_in_words_of_its_own(code: str, language: str) -> None:
    with translation.override(language):
        assert fault_text(code) != fault_text("no such code")
    with translation.override("id"):
        told = fault_text(code)
    with translation.override("en"):
        assert told != fault_text(code)


@pytest.mark.parametrize(
    ("schedule", "told"),
    [
        (Schedule(), "tanpa hari"),
        (Schedule(Kind.ONCE, on=date(2025, 3, 31)), "satu kali, pada 31 Maret 2025"),
        (MONTHLY, "setiap bulan, pada tanggal 10"),
        (replace(MONTHLY, when=When.AFTER), "setiap bulan, pada tanggal 10, di bulan sesudahnya"),
        (
            Schedule(Kind.QUARTERLY, day=31),
            "setiap triwulan, pada hari terakhir bulan, di bulan terakhirnya",
        ),
        (Schedule(Kind.YEARLY, day=29, month=2), "setiap tahun, pada 29 Februari"),
        (
            Schedule(Kind.SEASONAL, months=(9, 3), day=5),
            "setiap tahun di bulan Maret, September, pada tanggal 5",
        ),
    ],
)
def test_schedules_are_told_as_officials_say_them(schedule: Schedule, told: str) -> None:
    with translation.override("id"):
        assert in_words(schedule) == told


def test_what_changes_amounts_is_told_too() -> None:
    told = in_words(
        Schedule(
            Kind.YEARLY,
            growth=Decimal("2.5"),
            base_year=2025,
            partial=Partial.FULL,
            rounding=1000,
            first=BEGINS,
            last=ENDS,
            since=date(2026, 1, 1),
        )
    )
    assert "2.5% a year from 2025" in told or "2,5% setahun sejak 2025" in told
    assert "1000" in told
    assert len(in_words(Schedule(Kind.YEARLY, spread=True, per_unit=True)).split(", ")) == 5
    assert "2025" in in_words(Schedule(Kind.YEARLY, index={2025: Decimal(1)}, base_year=2025))


def test_words_only_is_what_has_neither_number_nor_day() -> None:
    assert in_words_only(None, None, Schedule())
    assert not in_words_only(Decimal(1), None, Schedule())
    assert not in_words_only(None, Decimal(1), Schedule())
    assert not in_words_only(None, None, MONTHLY)
    assert not in_words_only(None, None, Schedule(per_unit=True))


def test_a_series_is_read_as_it_is_typed() -> None:
    told = "2025: 103,5\n\n 2026 = 1.050\n2027;106"
    found = {2025: Decimal("103.5"), 2026: Decimal(1050), 2027: Decimal(106)}
    assert read_index(told) == found
    assert read_index(index_text(found)) == found
    assert read_index("") == {}
    for wrong in ("2025", "25: 100", "2025: seratus", "2025: 1\n2025: 2"):
        with pytest.raises(ValueError, match=r"\d"):
            read_index(wrong)


def test_a_preview_tells_count_sum_years_and_leap_days() -> None:
    shown = preview(Schedule(Kind.YEARLY, day=29, month=2), BEGINS, date(2028, 12, 31), Decimal(7))
    assert [one.on.isoformat() for one in shown.dues][::3] == ["2025-02-28", "2028-02-29"]
    assert (len(shown.years), shown.total, shown.unknown, shown.leap) == (4, 28, 0, True)
    without = preview(MONTHLY, BEGINS, ENDS, None)
    assert (len(without.dues), without.total, without.unknown, without.leap) == (36, 0, 36, False)
    assert preview(Schedule(), BEGINS, ENDS, None).dues == ()


def kept(dues: list[DueDay], states: list[str], amount: int | None = None) -> list[Present]:
    """Dues as they are kept, each in a state."""
    return [
        Present(place, *one[:3], one.amount if amount is None else Decimal(amount), None, state)
        for place, (one, state) in enumerate(zip(dues, states, strict=False), 1)
    ]


def done_to(present: list[Present], changes: Fit) -> list[Present]:
    """What is kept once changes were done."""
    changed = dict(changes.changed)
    rows = [
        Present(one.number, *changed.get(one.number, one[1:5]), None, one.state)
        for one in present
        if one.number not in changes.removed
    ]
    first = max((one.number for one in present), default=0) + 1
    new = [Present(first + n, *one, None, "open") for n, one in enumerate(changes.added)]
    return rows + new


days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
schedules = st.builds(
    Schedule,
    kind=st.sampled_from([Kind.MONTHLY, Kind.QUARTERLY, Kind.SEMESTER, Kind.YEARLY]),
    day=st.integers(1, 31),
    when=st.sampled_from(When),
    partial=st.sampled_from(Partial),
    spread=st.booleans(),
)
spans = st.tuples(days, days).map(sorted)
states = st.lists(st.sampled_from(["open", "partly", "fulfilled", "waived"]), max_size=80)


@given(schedules, spans, schedules, spans, states, st.integers(1, 10**9))
def test_fitting_twice_is_fitting_once_and_what_is_done_stays(
    old: Schedule, span: list[date], new: Schedule, moved: list[date], said: list[str], rupiah: int
) -> None:
    amount = Decimal(rupiah)
    present = kept(due_days(old, *span, amount), said)
    dues = wanted(new, *moved, amount)
    after = done_to(present, fit(dues, None, present))
    assert fit(dues, None, after) == Fit()
    closed = [one for one in present if one.state != "open"]
    assert [one for one in after if one.state != "open"] == closed
    assert len({one.on for one in after}) == len(after)
    still_open = {one.on for one in after if one.state == "open"}
    assert still_open <= {one.on for one in dues} - {one.on for one in closed}


@given(schedules, spans, states, st.integers(1, 10**9))
def test_what_is_open_is_the_schedule_without_what_is_done(
    schedule: Schedule, span: list[date], said: list[str], rupiah: int
) -> None:
    dues = wanted(schedule, *span, Decimal(rupiah))
    present = kept(dues, said)
    after = done_to(present, fit(dues, None, present))
    done = {one.on for one in after if one.state != "open"}
    assert {one.on for one in after if one.state == "open"} == {one.on for one in dues} - done
    assert sum((one.amount or 0 for one in after), Decimal(0)) == sum(
        (one.amount or 0 for one in dues), Decimal(0)
    )


@given(schedules, spans, days, st.integers(1, 10**9))
def test_old_and_new_debtor_together_owe_what_was_owed(
    schedule: Schedule, span: list[date], day: date, rupiah: int
) -> None:
    amount = Decimal(rupiah)
    whole = wanted(schedule, *span, amount)
    present = kept(whole, ["open"] * len(whole))
    before = [one for one in whole if one.on < day]
    gone = {one.number for one in present if one.on >= day}
    assert set(ending(present, date.fromordinal(day.toordinal() - 1)).removed) == gone
    assert before + wanted(handed_on(schedule, day), *span, amount) == whole


def test_a_month_that_is_paid_is_not_due_again_when_the_day_moves() -> None:
    present = kept(due_days(MONTHLY, BEGINS, ENDS, Decimal(100)), ["fulfilled"] * 2)
    dues = wanted(replace(MONTHLY, day=20), BEGINS, date(2025, 4, 30), Decimal(100))
    assert [one.on for one in still_due(dues, present)] == [date(2025, 3, 20), date(2025, 4, 20)]


def test_of_a_year_in_which_two_months_are_paid_the_rest_is_due() -> None:
    present = kept(due_days(MONTHLY, BEGINS, ENDS, Decimal(100)), ["fulfilled", "waived"])
    dues = wanted(Schedule(Kind.YEARLY, day=31), BEGINS, date(2025, 12, 31), Decimal(1200))
    (rest,) = still_due(dues, present)
    assert rest == DueDay(date(2025, 12, 31), date(2025, 3, 1), date(2025, 12, 31), Decimal(1000))


def test_what_is_due_once_and_was_done_is_not_due_on_another_day() -> None:
    present = [Present(1, BEGINS, None, None, Decimal(5), None, "fulfilled")]
    assert fit([DueDay(ENDS, None, None, Decimal(5))], None, present) == Fit()


def test_arrears_that_were_taken_over_stay() -> None:
    dues = due_days(MONTHLY, BEGINS, ENDS, Decimal(100))
    present = kept(dues, ["open"] * len(dues))
    since = date(2026, 1, 1)
    assert (
        fit(wanted(handed_on(MONTHLY, since), BEGINS, ENDS, Decimal(100)), None, present, since)
        == Fit()
    )
