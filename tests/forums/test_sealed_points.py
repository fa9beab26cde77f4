"""What minutes say stays once they are sealed, also before the forum moves on; only a version corrects it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Person
from sinergi.forums import errors
from sinergi.forums.actions import meetings, points
from sinergi.forums.details import PointDetails
from sinergi.forums.minutes import Wording
from sinergi.forums.models import Point
from sinergi.forums.queries.points import targets
from sinergi.forums.queries.standing import standing
from sinergi.forums.stages import Lack, Stage
from tests.people import signed_in

from .minuting import agreed, sealed
from .play import Play, deliberating

pytestmark = pytest.mark.django_db
OTHER = PointDetails(1, "Diubah sesudah disahkan", "advocacy")


def lower() -> Point:
    """A point of a lower forum that may be forwarded."""
    made, _drawn = deliberating("samarinda", office="komwil-lain", title="Raker lain")
    point = points.agree(made.secretary, made.forum.pk, PointDetails(1, "Bawah", "own"))
    sealed(made)
    made.move(Stage.SEALED)
    made.forum.visibility = "public"
    made.forum.save()
    return point


DEEDS: dict[str, Callable[[Play, Point], object]] = {
    "agree": lambda m, _p: points.agree(
        m.secretary, m.forum.pk, PointDetails(2, "Selundupan", "own")
    ),
    "edit": lambda m, p: points.edit_point(m.secretary, m.forum.pk, p.pk, OTHER),
    "strike": lambda m, p: points.strike_point(m.secretary, m.forum.pk, p.pk, reason="x"),
    "forward": lambda m, _p: points.forward(
        m.secretary, [lower().pk], m.forum.pk, PointDetails(2, "Dari bawah", "own")
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_is_added_to_changed_in_or_taken_from_what_is_sealed(deed: str) -> None:
    made = agreed()
    sealed(made)
    point = made.forum.points.get()
    with pytest.raises(errors.StageError, match=r"disahkan|sealed"):
        DEEDS[deed](made, point)
    point.refresh_from_db()
    assert (point.title, point.struck_at) == ("Percepatan jalan", None)
    assert made.forum.points.count() == 1
    assert made.forum not in targets(made.secretary)
    with pytest.raises(InvalidError):
        made.move(Stage.PREPARING)
    assert made.move(Stage.SEALED).stage == Stage.SEALED


def test_what_is_wrong_is_corrected_at_once_and_then_the_forum_moves_on() -> None:
    made = agreed()
    sealed(made)
    browser = signed_in(Client(), Person.objects.get(pk=made.secretary.person_id))
    point = made.forum.points.get()
    ways = browser.get(point.get_absolute_url()).content.decode()
    correct = reverse("forums:minutes-draw-up", args=[made.forum.pk])
    assert correct in ways
    assert reverse("forums:point-edit", args=[made.forum.pk, point.pk]) not in ways
    sent = browser.get(reverse("forums:point-edit", args=[made.forum.pk, point.pk]))
    assert sent.url == reverse("forums:minutes", args=[made.forum.pk])
    assert browser.get(correct).status_code == 200
    row = sealed(made, reason="Judul keliru.", wording={1: Wording("Pelebaran jalan", "Baru.")})
    point.refresh_from_db()
    assert (row.version, point.title) == (2, "Pelebaran jalan")
    assert made.move(Stage.SEALED).stage == Stage.SEALED


def test_points_that_differ_from_the_sealed_minutes_stop_the_forum_and_say_so() -> None:
    made = agreed()
    sealed(made)
    Point.objects.filter(forum=made.forum).update(title="Diubah di pangkalan data")
    now = standing(made.forum)
    assert (now.sealed, now.differs) == (False, True)
    with pytest.raises(errors.LackError) as caught:
        meetings.move_on(made.secretary, made.forum.pk, Stage.SEALED)
    assert caught.value.lacks == (Lack.MINUTES_DIFFER,)
    sealed(made, reason="Disamakan.")
    assert made.move(Stage.SEALED).stage == Stage.SEALED
