"""A forum that is over, entered from publications: followed up without minutes sealed here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import operator
from sinergi.forums import minutes as contents
from sinergi.forums.actions import meetings, minutes, points
from sinergi.forums.actions.news import report
from sinergi.forums.details import NewsDetails, PointDetails
from sinergi.forums.errors import ForumError, LackError
from sinergi.forums.stages import Stage

from .play import DAY, deliberating, play

pytestmark = pytest.mark.django_db
SOURCE = "Kabar Contoh, 22 April 2024"
POINT = PointDetails(1, "Jalan", "synergy", source=SOURCE)


def enter(made, by=None, stage=Stage.FOLLOWING_UP, source=SOURCE):
    return meetings.enter_past(by or made.secretary, made.forum.pk, stage, source)


def test_a_forum_that_is_over_is_followed_up_with_its_source_in_the_trail():
    made = play()
    forum = enter(made)
    assert (forum.stage, forum.source) == ("following_up", SOURCE)
    told = AuditRecord.objects.first()
    assert (told.verb, told.reason) == ("stage_moved", SOURCE)


def test_only_the_secretariat_enters_it():
    made = play()
    with pytest.raises(ForbiddenError):
        enter(made, by=made.cities["banjarbaru"])


@pytest.mark.parametrize(
    ("stage", "source", "field"),
    [
        (Stage.FOLLOWING_UP, " ", "source"),
        (Stage.FOLLOWING_UP, "x" * 2001, "source"),
        (Stage.SEALED, SOURCE, "stage"),
        (Stage.CLOSED, SOURCE, "stage"),
    ],
)
def test_what_is_lacking_is_told_beside_its_field(stage, source, field):
    with pytest.raises(InvalidError) as refused:
        enter(play(), stage=stage, source=source)
    assert set(refused.value.fields) == {field}


def test_a_meeting_that_is_not_over_or_has_no_days_is_not_entered():
    made = play()
    made.forum.begins = made.forum.ends = timezone.localdate() + timedelta(days=1)
    made.forum.save()
    with pytest.raises(InvalidError):
        enter(made)
    made.forum.begins = made.forum.ends = None
    made.forum.save()
    with pytest.raises(LackError):
        enter(made)


def test_a_forum_that_is_held_here_seals_its_minutes_here():
    made = play()
    made.move(Stage.RAISING)
    with pytest.raises(ForumError):
        enter(made)


def test_points_are_entered_at_any_stage_and_followed_up():
    made = play()
    enter(made)
    point = points.enter_point(made.secretary, made.forum.pk, POINT)
    assert (point.source, point.touched) == (SOURCE, DAY)
    news = report(operator(), made.forum.pk, point.pk, NewsDetails("sent", DAY))
    assert news.told_by is None


@pytest.mark.parametrize("source", ["", SOURCE])
def test_a_point_and_its_forum_both_name_their_source(source):
    made = play()
    with pytest.raises(InvalidError) as refused:
        points.enter_point(
            made.secretary, made.forum.pk, PointDetails(1, "Jalan", "synergy", source=source)
        )
    assert set(refused.value.fields) == {"source"}


def test_where_minutes_are_sealed_they_say_what_was_agreed():
    made, _themes = deliberating()
    made.forum.source = SOURCE
    made.forum.save()
    points.agree(made.secretary, made.forum.pk, PointDetails(2, "Pangan", "own"))
    row = minutes.draw_up(made.secretary, made.forum.pk, signatories=[("Wali Kota", "")])
    minutes.seal_minutes(made.secretary, made.forum.pk, 1, contents.hash_of(row.content))
    with pytest.raises(ForumError):
        points.enter_point(made.secretary, made.forum.pk, POINT)
