"""Lengths of time and ends as registers say them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.register_imports.durations import PeriodRead, end_of, read_period

WORDS = {1: "satu", 2: "dua", 3: "tiga", 4: "empat", 5: "lima", 10: "sepuluh"}


@given(st.sampled_from(sorted(WORDS)), st.sampled_from(["tahun", "bulan"]))
def test_numbers_words_and_both_tell_one_length(number, unit):
    word = WORDS[number]
    forms = (
        f"{number} {unit}",
        f"{number} ({word}) {unit}",
        f"{word} {unit}",
        f"selama {number} {unit}",
    )
    read = {(one.years, one.months, one.why) for one in map(read_period, forms)}
    assert read == {(number, 0, "") if unit == "tahun" else (0, number, "")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 tahun 6 bulan", (1, 6, 0)),
        ("5 (lima) tahun terhitung sejak ditandatangani", (5, 0, 0)),
        ("1 (satu) tahun dan dapat diperpanjang", (1, 0, 0)),
        ("90 hari", (0, 0, 90)),
        ("2 minggu", (0, 0, 14)),
    ],
)
def test_lengths_of_usual_registers(text, told):
    read = read_period(text)
    assert (read.years, read.months, read.days) == told
    assert not read.why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3 (dua) tahun", "number_and_word"),
        ("90 hari kerja", "working_days"),
        ("5", "no_unit"),
        ("0 tahun", "unread"),
        ("sesuai kebutuhan", "unread"),
        ("9" * 5000, "unread"),
        ("sampai dengan selesai", "open_ended"),
        ("tidak terbatas", "open_ended"),
        ("2023-2028", "year_only"),
        ("s/d Desember 2025", "month_only"),
    ],
)
def test_what_is_not_sure_is_told(text, why):
    read = read_period(text)
    assert read.why == why
    assert not read.has_length


def test_the_heading_gives_a_number_its_unit():
    assert read_period("5", "years").years == 5
    assert read_period("6", "months").months == 6


@given(st.dates(date(1961, 1, 1), date(2050, 1, 1)), st.integers(0, 9000))
def test_both_days_of_a_span_are_read(first, days):
    last = first + timedelta(days=days)
    for mark in (" s.d. ", " s/d ", " sampai dengan ", " - ", " hingga "):
        read = read_period(f"{first:%d/%m/%Y}{mark}{last:%d/%m/%Y}")
        assert (read.begins.day, read.ends.day, read.why) == (first, last, "")


@given(st.dates(date(1961, 1, 1), date(2050, 1, 1)), st.integers(1, 30))
def test_years_end_on_their_day_or_the_day_before(begins, years):
    ends = end_of(begins, PeriodRead(years=years))
    assert ends.year == begins.year + years
    assert ends.day == begins.day or (begins.month, begins.day) == (2, 29)
    assert end_of(begins, PeriodRead(years=years), day_before=True) == ends - timedelta(days=1)


def test_a_leap_day_ends_on_the_last_of_february():
    assert end_of(date(2024, 2, 29), PeriodRead(years=1)) == date(2025, 2, 28)
    assert end_of(date(2024, 2, 29), PeriodRead(years=4)) == date(2028, 2, 29)
    assert end_of(date(2024, 1, 31), PeriodRead(months=1)) == date(2024, 2, 29)


def test_an_end_beyond_the_calendar_is_refused():
    with pytest.raises(ValueError, match="11022"):
        end_of(date(2023, 1, 1), PeriodRead(years=8999))
