"""Deeds on themes and issues that must not be: strange issues, too many themes, changes of nothing."""

import pytest

from sinergi.accounts.errors import InvalidError
from sinergi.forums.actions import issues, themes
from sinergi.forums.details import IssueDetails, ThemeDetails
from sinergi.forums.models import Theme
from sinergi.forums.queries.issues import history_of_part
from sinergi.forums.queries.themes import issues_of
from sinergi.forums.stages import Stage

from .play import Play, play

pytestmark = pytest.mark.django_db
ONE, OTHER = ThemeDetails("Satu"), ThemeDetails("Dua")


@pytest.fixture
def made() -> Play:
    """A forum that prepares, with three issues."""
    found = play()
    found.move(Stage.RAISING)
    for city in found.cities:
        found.raises(city, f"Isu {city}")
    found.move(Stage.PREPARING)
    return found


def test_a_part_takes_no_issue_that_the_theme_never_had_and_is_never_empty(made) -> None:
    first, second, strange = (one.pk for one in made.forum.issues.order_by("pk"))
    theme = made.theme("Campuran", *made.forum.issues.filter(pk__in=[first, second]))
    for parts in (
        [(ONE, [first]), (OTHER, [second, strange])],
        [(ONE, [first, second]), (OTHER, [])],
        [(ONE, [first]), (OTHER, [first])],
        [(ONE, [first, second])],
    ):
        with pytest.raises(InvalidError):
            themes.split_theme(made.secretary, made.forum.pk, theme.pk, parts)
    assert [one.pk for one in Theme.objects.all()] == [theme.pk]


def test_a_split_does_not_make_more_themes_than_a_forum_may_have(made, monkeypatch) -> None:
    first, second, _third = made.forum.issues.order_by("pk")
    theme = made.theme("Campuran", first, second)
    monkeypatch.setattr(themes, "MOST_THEMES", 1)
    parts = [(ONE, [first.pk]), (OTHER, [second.pk])]
    with pytest.raises(InvalidError):
        themes.split_theme(made.secretary, made.forum.pk, theme.pk, parts)
    monkeypatch.setattr(themes, "MOST_THEMES", 2)
    assert len(themes.split_theme(made.secretary, made.forum.pk, theme.pk, parts)) == 2


def test_drawing_nothing_new_into_a_theme_changes_nothing(made) -> None:
    first, second, _third = made.forum.issues.order_by("pk")
    theme = made.theme("Sampah", first)
    part = f"theme:{theme.pk}"
    before = len(history_of_part(made.forum, part))
    for numbers in ([], [first.pk]):
        assert themes.add_to_theme(made.secretary, made.forum.pk, theme.pk, numbers).revision == 1
    assert len(history_of_part(made.forum, part)) == before
    added = themes.add_to_theme(made.secretary, made.forum.pk, theme.pk, [first.pk, second.pk])
    assert added.revision == 2
    assert issues_of(theme) == {first.pk, second.pk}


def test_an_issue_of_an_organisation_that_is_not_there_is_told(made) -> None:
    details = IssueDetails("Jalan rusak", source="Berita, 2021")
    with pytest.raises(InvalidError) as told:
        issues.enter_issue(made.secretary, made.forum.pk, details, organisation=987_654)
    assert "987654" in told.value.fields["organisation"]
    known = made.delegations["banjarbaru"].organisation_id
    made_issue = issues.enter_issue(made.secretary, made.forum.pk, details, organisation=known)
    assert made_issue.raised_by_id == known
