"""A forum that takes up points of another changes nothing in them: their secretariat says what was sent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sinergi.accounts.actions.sharing import share
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import AuditRecord, Level, Person
from sinergi.accounts.principal import operator
from sinergi.forums.actions import points
from sinergi.forums.details import PointDetails
from sinergi.forums.errors import LackError
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries import notices
from sinergi.forums.stages import Stage
from tests.people import asks, person, signed_in

from .minuting import agreed, sealed
from .play import Play, deliberating, play
from .test_board import forum

pytestmark = pytest.mark.django_db
ABOVE = PointDetails(1, "Jalan Kalimantan", "advocacy")


def two() -> tuple[Play, Point, Play]:
    """A public forum that is followed up, its point, and a higher forum that deliberates."""
    made = agreed()
    sealed(made)
    made.move(Stage.SEALED, Stage.FOLLOWING_UP)
    Forum.objects.filter(pk=made.forum.pk).update(visibility="public")
    higher, _drawn = deliberating("palangka-raya", office="apeksi", title="Rakernas")
    return made, made.forum.points.get(), higher


def test_a_point_that_a_stranger_took_up_stays_and_its_secretariat_confirms_it() -> None:
    made, lower, higher = two()
    deeds = AuditRecord.objects.filter(object_id=str(made.forum.pk), kind=Forum.KIND).count()
    above = points.forward(higher.secretary, [lower.pk], higher.forum.pk, ABOVE)
    same = Point.objects.get(pk=lower.pk)
    assert (same.fate, same.revision, same.touched) == ("agreed", lower.revision, lower.touched)
    assert not same.news.exists()
    assert AuditRecord.objects.filter(object_id=str(made.forum.pk)).count() == deeds
    today = timezone.localdate()
    assert [one.point.pk for one in notices.taken(made.secretary, today)] == [lower.pk]
    assert notices.taken(higher.secretary, today) == []
    browser = signed_in(Client(), Person.objects.get(pk=made.secretary.person_id))
    assert lower.title in browser.get("/tindak-lanjut/pemberitahuan/").content.decode()
    page = browser.get(lower.get_absolute_url())
    form = page.context["news_form"]
    assert form["fate"].value() == "sent"
    sent = {name: form[name].value() or "" for name in ("fate", "day", "revision", "once")}
    assert browser.post(f"{lower.get_absolute_url()}kabar/", sent).status_code == 302
    assert Point.objects.get(pk=lower.pk).news.get().told_by == made.forum.organisation
    assert notices.taken(made.secretary, today) == []
    points.strike_point(higher.secretary, higher.forum.pk, above.pk, reason="x")


def test_what_was_taken_up_into_a_point_that_was_struck_waits_for_nobody() -> None:
    made, lower, higher = two()
    above = points.forward(higher.secretary, [lower.pk], higher.forum.pk, ABOVE)
    points.strike_point(higher.secretary, higher.forum.pk, above.pk, reason="x")
    assert notices.taken(made.secretary, timezone.localdate()) == []


def test_whoever_prepares_both_says_it_in_the_name_of_the_own_organisation() -> None:
    made, lower, higher = two()
    share(made.secretary, made.forum, higher.forum.organisation, Level.EDIT)
    above = points.forward(
        higher.secretary, [lower.pk], higher.forum.pk, ABOVE, sent=date(2024, 5, 2)
    )
    lower.refresh_from_db()
    assert (lower.fate, lower.touched) == ("sent", date(2024, 5, 2))
    assert lower.news.get().told_by == higher.forum.organisation
    both = asks(
        person(
            "Dua", ("analyst", made.forum.organisation), ("coordinator", higher.forum.organisation)
        )
    )
    Point.objects.filter(pk=lower.pk).update(fate="agreed")
    points.strike_point(higher.secretary, higher.forum.pk, above.pk, reason="x")
    points.forward(both, [lower.pk], higher.forum.pk, PointDetails(2, "Lagi", "own"))
    assert lower.news.last().told_by == made.forum.organisation


@pytest.mark.parametrize("tomorrow", [True, False])
def test_nothing_is_sent_on_a_day_that_has_not_come(tomorrow: bool) -> None:
    _made, lower, higher = two()
    day = timezone.localdate() + timedelta(days=2) if tomorrow else date(1900, 1, 1)
    with pytest.raises(InvalidError) as caught:
        points.forward(higher.secretary, [lower.pk], higher.forum.pk, ABOVE, sent=day)
    assert set(caught.value.fields) == {"sent"}
    assert not higher.forum.points.exists()


def test_a_point_that_stands_in_a_forum_is_not_forwarded_into_it_again() -> None:
    _made, lower, higher = two()
    first = points.forward(higher.secretary, [lower.pk], higher.forum.pk, ABOVE)
    second = replace(ABOVE, number=2)
    with pytest.raises(InvalidError) as refused:
        points.forward(higher.secretary, [lower.pk], higher.forum.pk, second)
    assert f"“{first}”" in refused.value.fields["forum"]
    between = forum("adkasi", "Antara")
    Forum.objects.filter(pk=between.pk).update(stage=Stage.DELIBERATING, visibility="public")
    via = points.forward(operator(), [lower.pk], between.pk, ABOVE)
    Forum.objects.filter(pk=between.pk).update(stage=Stage.SEALED)
    with pytest.raises(InvalidError):
        points.forward(higher.secretary, [via.pk], higher.forum.pk, second)
    browser = signed_in(Client(), Person.objects.get(pk=higher.secretary.person_id))
    address = f"/forum/{higher.forum.pk}/butir/terima/"
    page = browser.get(address, {"butir": lower.pk})
    assert page.context["form"] is None
    assert str(first) in page.context["refusal"]
    assert "alert" in browser.get(address, {"pilih": 1}).content.decode()
    points.strike_point(higher.secretary, higher.forum.pk, first.pk, reason="x")
    assert points.forward(higher.secretary, [via.pk], higher.forum.pk, second).number == 2


def test_a_forum_that_only_takes_points_in_needs_no_issue_and_no_theme() -> None:
    _made, lower, _higher = two()
    above = play("palangka-raya", office="adkasi", title="Rakernas Adkasi")
    above.move(Stage.RAISING)
    with pytest.raises(LackError):
        above.move(Stage.PREPARING)
    browser = signed_in(Client(), Person.objects.get(pk=above.secretary.person_id))
    where = f"/forum/{above.forum.pk}/butir/"
    assert f"{where}terima/" in browser.get(where).content.decode()
    taken = points.forward(above.secretary, [lower.pk], above.forum.pk, ABOVE)
    points.strike_point(above.secretary, above.forum.pk, taken.pk, reason="keliru")
    with pytest.raises(LackError):
        above.move(Stage.PREPARING)
    points.forward(above.secretary, [lower.pk], above.forum.pk, ABOVE)
    assert above.move(Stage.PREPARING, Stage.DELIBERATING).stage == Stage.DELIBERATING
