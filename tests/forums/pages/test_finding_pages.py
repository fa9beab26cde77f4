"""Ways to the meetings for somebody who knows none of them: search, the home page, the page of a region."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from sinergi.accounts.actions import sharing
from sinergi.accounts.models import Visibility
from sinergi.accounts.principal import operator, visitor
from sinergi.forums.actions import issues, meetings, points
from sinergi.forums.details import IssueDetails, PointDetails
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries.finding import concerning_region, forums_with, points_with
from sinergi.forums.stages import Stage

from ..play import Play, play

pytestmark = pytest.mark.django_db
SOURCE = "Kabar Contoh, 22 April 2024"


@pytest.fixture
def made() -> Play:
    """A forum of publications in Banjarbaru with an issue about Bima and a point, seen by its own alone."""
    there = play(title="Rakernas Uji 100%")
    number = there.forum.pk
    meetings.enter_past(there.secretary, number, Stage.FOLLOWING_UP, SOURCE)
    details = IssueDetails("Air bersih", regions=("52.72",), source=SOURCE)
    issues.enter_issue(there.secretary, number, details)
    points.enter_point(
        there.secretary, number, PointDetails(1, "Jalan lintas kota", "synergy", source=SOURCE)
    )
    Forum.objects.filter(pk=number).update(region_code="63.72")
    there.forum.refresh_from_db()
    return there


def opened(made: Play) -> None:
    made.forum.refresh_from_db()
    sharing.set_visibility(operator(), made.forum, Visibility.PUBLIC, reason="uji")


def test_a_forum_and_its_points_are_found_once_their_reader_may_read_them(
    made: Play, client: Client
) -> None:
    def found(text: str, **headers: str) -> list[str]:
        page = client.get("/cari/", {"q": text}, headers=headers)
        soup = BeautifulSoup(page.content, "html.parser")
        return [one["href"] for one in soup.select("a.search-option") if "/forum/" in one["href"]]

    assert found("Rakernas") == found("lintas jalan") == []
    opened(made)
    [point] = made.forum.points.all()
    assert found("rakernas uji") == [made.forum.get_absolute_url()]
    assert found("kota lintas jalan") == [point.get_absolute_url()]
    assert found("Rakernas", **{"HX-Request": "true"}) == [made.forum.get_absolute_url()]
    assert found("rakernas lain") == []
    Point.objects.update(struck_at=timezone.now())
    assert found("lintas jalan") == []


def test_signs_of_patterns_and_characters_of_control_are_text_and_nothing_finds_nothing(
    made: Play,
) -> None:
    by = made.secretary
    assert [one.pk for one in forums_with(by, "100%", 5)] == [made.forum.pk]
    assert forums_with(by, "1__%", 5) == forums_with(by, " ", 5) == points_with(by, "\x00", 5) == []
    assert forums_with(by, "\x00uji", 5) == [made.forum]


def test_a_forum_concerns_where_it_met_and_whom_its_issues_are_about(made: Play) -> None:
    by = made.secretary

    def told(code: str) -> list[tuple[bool, int]]:
        return [(one.held, one.issues) for one in concerning_region(by, code)]

    assert told("63.72") == told("63") == [(True, 0)]
    assert told("52.72") == told("52") == [(False, 1)]
    assert told("63.7") == told("64.71") == told("5") == []
    assert concerning_region(visitor(), "63.72") == []


def test_the_home_page_and_the_page_of_a_region_lead_to_the_meetings(
    shipped: object, made: Play, client: Client
) -> None:
    address = made.forum.get_absolute_url()
    assert f'href="{address}"' not in client.get("/wilayah/63.72/").content.decode()
    opened(made)
    for code, told in (("63.72", "diadakan di sini"), ("52.72", "1 isu dari sini")):
        page = BeautifulSoup(client.get(f"/wilayah/{code}/").content, "html.parser")
        section = page.select_one("#forum")
        assert section is not None
        assert section.select_one(f'a[href="{address}"]') is not None
        assert told in section.get_text(" ", strip=True)
    home = client.get("/").content.decode()
    assert 'href="/forum/"' in home.split('class="map-intro"')[1].split('id="results"')[0]
