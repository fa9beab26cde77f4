"""Days and moments are written one way: the reader's language, the clock of the installation, its zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from sinergi.reference import moments

AT = datetime(2026, 11, 22, 4, 9, 41, tzinfo=UTC)
LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "text"),
    [
        ("id", "Asia/Jakarta", "22 November 2026, 11.09 WIB"),
        ("en", "Asia/Jakarta", "22 November 2026, 11:09 WIB"),
        ("id", "Asia/Makassar", "22 November 2026, 12.09 WITA"),
        ("en", "Asia/Jayapura", "22 November 2026, 13:09 WIT"),
    ],
)
def test_a_moment_tells_the_clock_of_the_installation_and_its_zone(language, zone, text) -> None:
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        assert moments.moment(AT) == text


@pytest.mark.parametrize(("language", "clock"), [("id", "11.09.41"), ("en", "11:09:41")])
def test_seconds_are_told_where_they_matter(language, clock) -> None:
    with translation.override(language), timezone.override(ZoneInfo("Asia/Jakarta")):
        assert moments.moment(AT, seconds=True) == f"22 November 2026, {clock} WIB"


def test_the_day_of_a_moment_is_the_day_where_the_installation_stands() -> None:
    with translation.override("id"), timezone.override(ZoneInfo("Asia/Jakarta")):
        assert moments.day(LATE) == "23 November 2026"
        assert moments.day(date(2026, 5, 1)) == "1 Mei 2026"


def test_nothing_is_a_dash() -> None:
    assert moments.moment(None) == moments.day(None) == "–"


def test_a_moment_without_a_zone_is_one_of_the_installation() -> None:
    with translation.override("en"), timezone.override(ZoneInfo("Asia/Jakarta")):
        assert moments.moment(datetime(2026, 11, 22, 11, 9)) == moments.moment(AT)  # noqa: DTZ001


def test_templates_write_them_the_same() -> None:
    page = Template("{% load moments %}{{ at|day }} / {{ at|moment }} / {{ at|second }}")
    with translation.override("en"), timezone.override(ZoneInfo("Asia/Jakarta")):
        text = page.render(Context({"at": AT}))
    first = "22 November 2026"
    assert text == f"{first} / {first}, 11:09 WIB / {first}, 11:09:41 WIB"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 11, 22), date(2026, 11, 23), "22–23 November 2026"),
        (date(2026, 11, 22), date(2026, 11, 22), "22 November 2026"),
        (date(2026, 11, 22), None, "22 November 2026"),
        (date(2026, 5, 30), date(2026, 6, 2), "30 Mei – 2 Juni 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 Desember 2026 – 2 Januari 2027"),
        (None, None, "–"),
    ],
)
def test_days_say_once_what_the_first_and_the_last_share(first, last, text) -> None:
    page = Template("{% load moments %}{{ first|until:last }}")
    with translation.override("id"):
        assert moments.days(first, last) == text
        assert page.render(Context({"first": first, "last": last})) == text
