"""What people are told of points: in the application and in one letter a day, each thing once."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergi.accounts.models import Person
from sinergi.accounts.tasks import daily_functions
from sinergi.forums.actions import news as telling
from sinergi.forums.actions import points
from sinergi.forums.daily import digest
from sinergi.forums.details import NewsDetails, PointDetails
from sinergi.forums.models import Forum, NoticeChoice, Point
from sinergi.forums.queries.notices import count, moved, waiting
from sinergi.forums.stages import Stage
from tests.people import asks, organisation, person, signed_in

from .play import deliberating

pytestmark = pytest.mark.django_db
NOTICES = "/tindak-lanjut/pemberitahuan/"


def late():
    """A point that nobody touched by its review, raised by Banjarbaru."""
    made, drawn = deliberating("banjarbaru", "banjarmasin")
    details = PointDetails(1, "Percepatan jalan", "advocacy", review=date(2024, 6, 1))
    origin = points.Origin((drawn[0].pk,))
    point = points.agree(made.secretary, made.forum.pk, details, origin)
    Forum.objects.filter(pk=made.forum.pk).update(stage=Stage.FOLLOWING_UP)
    return made, point


def letters() -> list:
    """The letters that were sent, the first first."""
    return mail.outbox


def test_the_digest_is_registered() -> None:
    assert daily_functions()["forums.digest"] is digest


def test_a_point_that_nobody_touched_is_told_to_the_secretariat_once_a_week() -> None:
    made, point = late()
    monday = date(2026, 11, 16)
    for days in (0, 0, 1):
        digest(monday + timedelta(days=days))
    [letter] = letters()
    assert letter.to == [Person.objects.get(pk=made.secretary.person_id).email]
    assert "1. Percepatan jalan" in letter.body
    assert point.get_absolute_url() in letter.body
    digest(monday + timedelta(days=7))
    assert len(letters()) == 2


def test_the_region_that_raised_it_is_told_once_when_its_point_moves() -> None:
    made, point = late()
    Point.objects.filter(pk=point.pk).update(review=None)
    news = NewsDetails("sent", timezone.localdate(), "Surat <b>dikirim</b>")
    telling.report(made.secretary, made.forum.pk, point.pk, news)
    for _time in range(2):
        digest(timezone.localdate())
    raised = Person.objects.get(pk=made.cities["banjarbaru"].person_id)
    assert [letter.to for letter in letters()] == [[raised.email]]
    other = made.cities["banjarmasin"]
    assert moved(other, timezone.now() - timedelta(days=1)) == []


def test_a_point_waits_for_its_owner_and_no_other_who_may_not_read_its_forum() -> None:
    made, point = late()
    outside = organisation("pemilik")
    owner = asks(person("Koordinator", ("coordinator", outside)))
    assert waiting(owner, timezone.localdate()) == []
    Point.objects.filter(pk=point.pk).update(owner=outside)
    assert [one.point for one in waiting(owner, timezone.localdate())] == [point]
    Forum.objects.filter(pk=made.forum.pk).update(stage=Stage.DELIBERATING)
    assert waiting(owner, timezone.localdate()) == []
    Forum.objects.filter(pk=made.forum.pk).update(stage=Stage.FOLLOWING_UP)
    analyst = asks(person("Analis", ("analyst", outside)))
    assert waiting(analyst, timezone.localdate()) == []


def test_whoever_chose_against_letters_gets_none_and_sees_the_news_all_the_same() -> None:
    made, _point = late()
    someone = Person.objects.get(pk=made.secretary.person_id)
    client = signed_in(Client(), someone)
    assert "Percepatan jalan" in client.get(NOTICES).content.decode()
    assert client.post(NOTICES, {}).status_code == 302
    assert NoticeChoice.objects.get().digest is False
    digest(timezone.localdate())
    assert letters() == []
    client.post(NOTICES, {"digest": "1"})
    digest(timezone.localdate())
    assert len(letters()) == 1


def test_a_visitor_is_led_to_the_sign_in_and_chooses_nothing() -> None:
    assert Client().get(NOTICES).status_code == 302
    assert Client().post(NOTICES, {}).status_code == 403
    assert not NoticeChoice.objects.exists()


def test_a_letter_is_in_the_language_of_its_reader_as_text_and_as_a_page() -> None:
    made, _point = late()
    Person.objects.filter(pk=made.secretary.person_id).update(language="en")
    digest(timezone.localdate())
    [letter] = letters()
    assert "without news since" in letter.body
    page, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert "Percepatan jalan" in page


def test_settled_points_and_forums_put_away_wait_for_nobody() -> None:
    made, point = late()
    by = made.secretary
    assert len(waiting(by, timezone.localdate())) == 1
    Point.objects.filter(pk=point.pk).update(fate="delivered")
    assert waiting(by, timezone.localdate()) == []
    Point.objects.filter(pk=point.pk).update(fate="agreed")
    Forum.objects.filter(pk=made.forum.pk).update(deleted_at=timezone.now())
    assert waiting(by, timezone.localdate()) == []
    digest(timezone.localdate())
    assert letters() == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plans of SQLite without statistics")
def test_the_count_above_every_page_reads_the_points_of_somebody_and_no_others() -> None:
    made, _point = late()
    with CaptureQueriesContext(connection) as asked:
        count(made.secretary, timezone.localdate())
    [query] = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    read = [step for step in plan if "forums_point " in step]
    assert len(read) == 4
    assert [one for one in read if "SCAN" in one or "points_by_" in one] == []
