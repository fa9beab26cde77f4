"""Where a point comes from and where it went, told to those who may know it."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from sinergi.accounts.actions.sharing import share
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Level, Visibility
from sinergi.accounts.principal import operator, visitor
from sinergi.forums.actions import points, themes
from sinergi.forums.details import PointDetails, ThemeDetails
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries.ancestry import State, ancestry, raising_regions, region_codes
from sinergi.forums.queries.lineage import Node
from sinergi.forums.stages import Stage
from sinergi.forums.views.origins import family

from .play import deliberating

pytestmark = pytest.mark.django_db


def forwarded():
    """A point of a commissariat and the one of the national forum that it became."""
    made, drawn = deliberating("banjarbaru", "banjarmasin")
    details = PointDetails(1, "Jalan", "advocacy", text="Mempercepat jalan lintas")
    origin = points.Origin(tuple(one.pk for one in drawn))
    lower = points.agree(made.secretary, made.forum.pk, details, origin)
    Forum.objects.filter(pk=made.forum.pk).update(stage=Stage.SEALED)
    national, _drawn = deliberating("palangka-raya", office="apeksi", title="Rakernas")
    details = PointDetails(4, "Jalan Kalimantan", "advocacy", text="Rahasia nasional")
    higher = points.forward(
        operator(), [lower.pk], national.forum.pk, details, sent=date(2024, 5, 1)
    )
    return made, lower, national, higher


def told(relatives) -> list[str]:
    """Everything that a tree says, in order."""
    found = []
    for one in relatives:
        found += [one.title, one.text, one.raised_by, *told(one.relatives)]
    return [text for text in found if text]


def test_a_point_leads_back_to_the_sentence_of_each_city_and_on_to_the_higher_forum() -> None:
    _made, lower, _national, higher = forwarded()
    [point] = ancestry(operator(), higher).earlier
    assert point.title == "1. Jalan"
    assert [one.kind for one in point.relatives] == ["theme", "theme"]
    issues = [issue for theme in point.relatives for issue in theme.relatives]
    assert [issue.title for issue in issues] == ["Isu banjarbaru", "Isu banjarmasin"]
    assert list(raising_regions([point])) == ["Kota Banjarbaru", "Kota Banjarmasin"]
    [later] = ancestry(operator(), lower).later
    assert later.url == higher.get_absolute_url()


def test_what_is_in_a_forum_that_may_not_be_seen_is_told_without_content() -> None:
    made, lower, national, higher = forwarded()
    [later] = ancestry(made.secretary, lower).later
    assert later.state is State.HIDDEN
    assert told([later]) == []
    [earlier] = ancestry(national.secretary, higher).earlier
    assert earlier.state is State.HIDDEN
    assert told([earlier]) == []
    assert region_codes(national.secretary, higher) == ()
    share(made.secretary, made.forum, national.forum.organisation, Level.READ)
    assert "Isu banjarbaru" in told(ancestry(national.secretary, higher).earlier)


def test_a_point_lives_on_when_its_forum_was_put_away() -> None:
    made, _lower, _national, higher = forwarded()
    Forum.objects.filter(pk=made.forum.pk).update(deleted_at=timezone.now())
    [earlier] = ancestry(operator(), higher).earlier
    assert (earlier.state, earlier.title, earlier.url) == (State.PUT_AWAY, "1. Jalan", "")
    assert ancestry(visitor(), higher).earlier[0].state is State.HIDDEN


def test_what_was_public_tells_strangers_nothing_once_it_was_put_away() -> None:
    made, lower, national, higher = forwarded()
    Forum.objects.update(visibility=Visibility.PUBLIC)
    assert "Isu banjarbaru" in told(ancestry(visitor(), higher).earlier)
    Forum.objects.filter(pk=made.forum.pk).update(deleted_at=timezone.now())
    stranger = national.cities["palangka-raya"]
    for who in (visitor(), stranger):
        [earlier] = ancestry(who, higher).earlier
        assert (earlier.state, earlier.kind, earlier.relatives) == (State.GONE, "point", ())
        assert told([earlier]) == []
        assert region_codes(who, higher) == ()
    with override("en"):
        page = render_to_string("forums/parts/point_relative.html", {"one": earlier})
    assert "A point of a forum that was put away." in page
    for who in (made.secretary, made.cities["banjarbaru"], operator()):
        [earlier] = ancestry(who, higher).earlier
        assert (earlier.state, earlier.title) == (State.PUT_AWAY, "1. Jalan")
    assert lower.title not in told(ancestry(stranger, higher).earlier)


def test_struck_points_and_withdrawn_issues_are_told_as_such() -> None:
    made, lower, _national, higher = forwarded()
    Point.objects.filter(pk=lower.pk).update(struck_at=timezone.now())
    made.forum.issues.filter(title="Isu banjarbaru").update(withdrawn_at=timezone.now())
    [point] = ancestry(operator(), higher).earlier
    assert (point.state, point.url) == (State.STRUCK, "")
    states = {issue.title: issue.state for theme in point.relatives for issue in theme.relatives}
    assert states["Isu banjarbaru"] is State.WITHDRAWN


def test_an_issue_that_is_not_submitted_is_told_to_its_own_only() -> None:
    made, lower, _national, _higher = forwarded()
    made.forum.issues.filter(title="Isu banjarbaru").update(submitted_at=None)
    others = told(ancestry(made.cities["banjarmasin"], lower).earlier)
    assert "Isu banjarbaru" not in others
    assert "Isu banjarbaru" in told(ancestry(made.cities["banjarbaru"], lower).earlier)


def test_a_part_of_a_merged_theme_leads_to_its_own_city_only() -> None:
    made, drawn = deliberating("banjarbaru", "banjarmasin")
    by, number = made.secretary, made.forum.pk
    made.forum.issues.filter(title="Isu banjarmasin").update(regions=["63.71"])
    made.forum.issues.filter(title="Isu banjarbaru").update(
        regions=["63.72"], withdrawn_at=timezone.now()
    )
    first, second = made.forum.issues.order_by("pk")
    whole = themes.merge_themes(by, number, [one.pk for one in drawn], ThemeDetails("Semua"))
    with pytest.raises(InvalidError):
        themes.split_theme(
            by,
            number,
            whole.pk,
            [(ThemeDetails("A"), [first.pk, second.pk]), (ThemeDetails("B"), [])],
        )
    parts = [(ThemeDetails("A"), [first.pk]), (ThemeDetails("B"), [second.pk])]
    one, other = themes.split_theme(by, number, whole.pk, parts)
    kin = family(by, Node("theme", one.pk))
    assert {step.row.title for step in kin.earlier} == {"Semua", "Tema Isu banjarbaru", first.title}
    details = PointDetails(1, "B", "own")
    point = points.agree(by, number, details, points.Origin((other.pk,)))
    assert region_codes(by, point) == ("63.71",)
    assert [step.row for step in family(by, Node("issue", first.pk)).points] == []
    assert [step.row for step in family(by, Node("issue", second.pk)).points] == [point]


def test_ancestry_asks_as_often_for_many_issues_as_for_one(
    django_assert_max_num_queries,
) -> None:
    made, drawn = deliberating(*[f"kota-{n}" for n in range(12)])
    origin = points.Origin(tuple(one.pk for one in drawn))
    point = points.agree(made.secretary, made.forum.pk, PointDetails(1, "A", "own"), origin)
    with django_assert_max_num_queries(14):
        found = ancestry(made.secretary, point)
    assert len(found.earlier) == 12
