"""Where a point comes from and where it went, told to those who may know it."""

from datetime import date

import pytest
from django.utils import timezone

from sinergi.accounts.actions.sharing import share
from sinergi.accounts.models import Level
from sinergi.accounts.principal import operator, visitor
from sinergi.forums.actions import points
from sinergi.forums.details import PointDetails
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries.ancestry import State, ancestry, raising_regions, region_codes
from sinergi.forums.stages import Stage

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


def test_ancestry_asks_as_often_for_many_issues_as_for_one(
    django_assert_max_num_queries,
) -> None:
    made, drawn = deliberating(*[f"kota-{n}" for n in range(12)])
    origin = points.Origin(tuple(one.pk for one in drawn))
    point = points.agree(made.secretary, made.forum.pk, PointDetails(1, "A", "own"), origin)
    with django_assert_max_num_queries(14):
        found = ancestry(made.secretary, point)
    assert len(found.earlier) == 12
