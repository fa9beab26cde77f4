"""Pages of a forum that was entered from publications: they claim nothing beyond these."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sinergi.forums.actions import issues, meetings, news, points
from sinergi.forums.details import IssueDetails, NewsDetails, PointDetails
from sinergi.forums.stages import Stage
from tests.people import person, signed_in

from ..play import DAY, Play, deliberating, play

pytestmark = pytest.mark.django_db
SOURCE = "Kabar Contoh, 22 April 2024"


def entered() -> Play:
    made = play()
    made.forum = meetings.enter_past(made.secretary, made.forum.pk, Stage.FOLLOWING_UP, SOURCE)
    return made


def secretary_of(made: Play) -> Client:
    office = made.forum.organisation
    return signed_in(Client(), person(f"Pembaca {office.code}", ("coordinator", office)))


def text(client: Client, name: str, *numbers: int) -> str:
    with translation.override("en"):
        page = client.get(reverse(f"forums:{name}", args=numbers))
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)


def test_what_the_sources_do_not_tell_is_called_unknown_and_not_undone() -> None:
    made = entered()
    number, reader = made.forum.pk, secretary_of(made)
    for name, told, claimed in (
        ("issues", "No issue is known", "raise their strategic issues here"),
        ("themes", "No theme is known", "No theme yet"),
        ("ballots", "No ballot is known", "No ballots yet"),
        ("points", "No point is known", "while the forum deliberates"),
    ):
        shown = text(reader, name, number)
        assert told in shown
        assert claimed not in shown
    issue = issues.enter_issue(made.secretary, number, IssueDetails("Banjir", source=SOURCE))
    shown = text(reader, "issue", number, issue.pk)
    assert "is not known from the sources" in shown
    assert "not drawn into a theme yet" not in shown
    assert "entered here from publications on" in shown
    assert "submitted on" not in shown
    assert "in no theme yet" not in text(reader, "themes", number)


def test_only_the_stages_that_it_went_through_here_are_shown() -> None:
    made = entered()
    page = secretary_of(made).get(made.forum.get_absolute_url())
    assert [name for name, _label in page.context["frame"].stages] == ["now", "later"]
    assert "Dicatat dari publikasi" in page.content.decode()
    assert 'btn-primary" href="' + reverse("forums:invitations", args=[made.forum.pk]) not in (
        page.content.decode()
    )
    held, _themes = deliberating(office="lain")
    held.forum.source = SOURCE
    held.forum.save()
    frame = secretary_of(held).get(held.forum.get_absolute_url()).context["frame"]
    assert (len(frame.stages), frame.published) == (7, False)


def test_how_many_there_are_is_told_as_publications_do_on_every_page() -> None:
    made = entered()
    points.enter_point(
        made.secretary, made.forum.pk, PointDetails(1, "Jalan", "synergy", source=SOURCE)
    )
    news.say_how_many(made.secretary, made.forum.pk, 9)
    reader = secretary_of(made)
    assert "9 as publications tell, 1 of them recorded here" in text(reader, "forum", made.forum.pk)
    assert "1 of 9 told of" in text(reader, "forums")
    shown = text(reader, "points", made.forum.pk)
    assert "Publications tell of 9 recommendations or points of this forum" in shown
    assert "were chosen when it was entered" in shown
    with translation.override("en"):
        page = reader.get(reverse("forums:board"), {"forum": made.forum.pk})
    shown = " ".join(page.context["summary"])
    assert "Publications tell of 9 recommendations or points of this forum." in shown
    assert "known from publications; it was not held here" in shown
    assert "is not known from the sources" in shown


def test_a_point_of_publications_links_what_it_names_and_claims_no_fate() -> None:
    made = entered()
    number = made.forum.pk
    issue = issues.enter_issue(made.secretary, number, IssueDetails("Banjir", source=SOURCE))
    origin = points.Origin(issues=(issue.pk,))
    details = PointDetails(1, "Jalan", "synergy", source="Kabar, contoh.com/berita/1")
    row = points.enter_point(made.secretary, number, details, origin)
    told = NewsDetails("agreed", DAY, text="Ada", evidence="Berita, contoh.com/berita/2.")
    news.report(made.secretary, number, row.pk, told)
    reader = secretary_of(made)
    shown = text(reader, "point", number, row.pk)
    assert "Whether it was forwarded is not known from the sources" in shown
    assert "It was not forwarded" not in shown
    assert "chosen when it was entered" in shown
    page = BeautifulSoup(reader.get(row.get_absolute_url()).content, "html.parser")
    linked = {one["href"] for one in page.select("main a[href]")}
    assert reverse("forums:issue", args=[number, issue.pk]) in linked
    assert {"http://contoh.com/berita/1", "http://contoh.com/berita/2"} <= linked
    held, [theme, *_rest] = deliberating(office="lain")
    agreed = points.agree(
        held.secretary, held.forum.pk, PointDetails(1, "Air", "own"), points.Origin((theme.pk,))
    )
    reader = secretary_of(held)
    shown = text(reader, "point", held.forum.pk, agreed.pk)
    assert "It was not forwarded" in shown
    page = BeautifulSoup(reader.get(agreed.get_absolute_url()).content, "html.parser")
    assert page.select_one(f'a[href="{reverse("forums:theme", args=[held.forum.pk, theme.pk])}"]')


def test_what_was_written_is_marked_as_indonesian_on_english_pages() -> None:
    made = entered()
    number = made.forum.pk
    details = PointDetails(1, "Jalan", "synergy", text="Jalan dibangun", source=SOURCE)
    row = points.enter_point(made.secretary, number, details)
    reader = secretary_of(made)
    for name, numbers, written in (
        ("forum", (number,), {made.forum.title}),
        ("point", (number, row.pk), {made.forum.title, "1. Jalan", "Jalan dibangun"}),
        ("points", (number,), {"Jalan", "Jalan dibangun"}),
        ("board", (), {"1. Jalan"}),
    ):
        with translation.override("en"):
            page = reader.get(reverse(f"forums:{name}", args=numbers))
        soup = BeautifulSoup(page.content, "html.parser")
        marked = {one.get_text(" ", strip=True) for one in soup.select('main [lang="id"]')}
        assert written <= marked
        assert "in the language in which they were written" in soup.get_text()
    shown = reader.get(row.get_absolute_url()).content.decode()
    assert "bahasa Indonesia." not in shown
