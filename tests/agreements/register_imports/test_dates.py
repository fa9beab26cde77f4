"""Days are read as far as they are told; none is made up, and none is wrong with certainty."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.register_imports.dates import MONTHS, read_date

DAYS = st.dates(date(1961, 1, 1), date(2099, 12, 31))
NAMES = {month: [one.title() for one in names.split()] for month, names in MONTHS.items()}


@st.composite
def ways(draw, days=DAYS):
    """A day, and a text that writes it in one of the accepted ways."""
    day = draw(days)
    month = draw(st.sampled_from(NAMES[day.month]))
    mark = draw(st.sampled_from(["/", "-", ".", " / "]))
    forms = [
        f"{day.day} {month} {day.year}",
        f"{day.day:02}-{month}-{day.year}",
        f"{day.day}{mark}{day.month}{mark}{day.year}",
        f"{day.day:02}{mark}{day.month:02}{mark}{day.year}",
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"Banjarbaru, {day.day} {month} {day.year}",
        f"tanggal {day.day} {month} {day.year}",
    ]
    return day, draw(st.sampled_from(forms))


@given(ways())
def test_a_day_reads_back_as_it_was_written(written):
    day, text = written
    read = read_date(text)
    assert (read.day, read.why) == (day, ""), text


@given(st.dates(date(2000, 1, 1), date(2039, 12, 31)))
def test_two_digits_of_a_year_are_of_this_century(day):
    assert read_date(f"{day.day}/{day.month}/{day:%y}").day == day


@given(st.integers(1, 31), st.integers(13, 31), st.integers(1961, 2099))
def test_the_order_of_another_country_is_told_and_never_taken(month, day, year):
    read = read_date(f"{month:02}/{day}/{year}")
    assert read.day is None
    assert read.why in {"order", "no_such_day"}
    assert all((one.month, one.day) == (month, day) for one in read.others if read.why == "order")


@given(st.text(max_size=60))
def test_no_text_is_a_sure_day_unless_it_tells_one(text):
    read = read_date(text)
    if read.sure:
        assert any(one.isdecimal() for one in text)
        assert str(read.day.year)[-2:] in text


@given(DAYS)
def test_a_month_alone_stays_a_month(day):
    read = read_date(f"{NAMES[day.month][0]} {day.year}")
    assert (read.day, read.precision, read.why) == (None, "month", "month_only")
    assert read.first <= day <= read.last


@given(DAYS)
def test_a_year_alone_stays_a_year(day):
    read = read_date(str(day.year))
    assert (read.day, read.precision) == (None, "year")
    assert read.first <= day <= read.last


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 Februari 2023", "no_such_day"),
        ("29 Februari 2023", "no_such_day"),
        ("31/04/2024", "no_such_day"),
        ("00/00/2023", "no_such_day"),
        ("08/25/2023", "order"),
        ("12 Agustus", "no_year"),
        ("12 Agustus 202", "unread"),
        ("1 Januari 2023 dan 2 Februari 2024", "several_days"),
        ("1/1/45", "two_digit_year"),
        ("1 Januari 1023", "year_far"),
        ("sesuai naskah", "unread"),
        ("9" * 5000, "unread"),
        ("1\x00 Januari", "unread"),
        ("#REF!", "unread"),
        ("99999", "unread"),
        ("13/2023", "unread"),
    ],
)
def test_what_is_no_day_stays_empty_and_says_why(text, why):
    read = read_date(text)
    assert (read.day, read.why) == (None, why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("45150", "serial"),
        ("Senin, 12 Agustus 2023", "weekday"),
        ("12 Agustus 2023 (diperpanjang)", "more_text"),
    ],
)
def test_days_with_something_odd_are_taken_and_told(text, why):
    read = read_date(text)
    assert (read.day, read.why) == (date(2023, 8, 12), why)


def test_the_last_day_of_february_is_offered_and_not_taken():
    assert read_date("29 Februari 2023").others == (date(2023, 2, 28),)
    assert read_date("29 Februari 2024").sure


def test_a_heading_within_the_table_gives_the_year_and_it_is_said():
    read = read_date("12 Agustus", 2023)
    assert (read.day, read.why) == (date(2023, 8, 12), "year_from_above")
    assert read_date("29 Februari", 2023).why == "no_such_day"


@pytest.mark.parametrize("text", ["", "-", "–", "tidak ada", "N/A", "..."])
def test_signs_for_nothing_are_no_doubt(text):
    assert read_date(text).why == ""
