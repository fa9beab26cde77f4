"""Practices: presented by an organisation, found by others when it shares them, never more than they say."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sinergi.accounts.actions import sharing
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord, Visibility
from sinergi.accounts.principal import operator, visitor
from sinergi.forums.errors import StageError
from sinergi.forums.models import Practice
from sinergi.forums.practices.actions import (
    PracticeDetails,
    edit_practice,
    present,
    put_practice_away,
    restore_practice,
)
from sinergi.forums.practices.queries import about, get_practice, practices
from tests.people import asks, organisation, person, signed_in

from .play import play

pytestmark = pytest.mark.django_db
DETAILS = PracticeDetails(
    "Bank sampah", "Sampah menumpuk", "Kader menimbang", objects_named=("TPA_REGIONAL",)
)


@pytest.fixture
def home():
    return organisation("kota-banjarbaru")


@pytest.fixture
def analyst(home):
    return asks(person("Ani", ("analyst", home)))


def test_only_its_organisation_sees_it_until_it_is_made_public(home, analyst) -> None:
    row = present(analyst, home, DETAILS)
    assert not practices(visitor()).exists()
    sharing.set_visibility(operator(), row, Visibility.PUBLIC)
    assert get_practice(visitor(), row.pk).title == "Bank sampah"


def test_it_is_found_by_its_cooperation_object(home, analyst) -> None:
    row = present(analyst, home, DETAILS)
    assert about(practices(analyst), "TPA_REGIONAL") == [row]
    assert about(practices(analyst), "STUNTING") == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("problem", ""),
        ("done", "\x00"),
        ("done", "x" * 6001),
        ("objects_named", ("TIDAK_ADA",)),
        ("indicators", ("tidak_ada",)),
        ("objects_named", ("TPA_REGIONAL",) * 21),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(home, analyst, field, value) -> None:
    from dataclasses import replace

    with pytest.raises(InvalidError) as told:
        present(analyst, home, replace(DETAILS, **{field: value}))
    assert list(told.value.fields) == [field]
    assert not Practice.objects.exists()


def test_in_a_forum_it_is_presented_when_its_stage_allows_that(home) -> None:
    made = play("banjarbaru")
    with pytest.raises(StageError):
        present(made.cities["banjarbaru"], home, DETAILS, forum_id=made.forum.pk)


def test_two_who_change_it_at_once_do_not_overwrite_each_other(home, analyst) -> None:
    row = present(analyst, home, DETAILS)
    changed = PracticeDetails("Bank sampah induk", DETAILS.problem, DETAILS.done)
    edit_practice(analyst, row.pk, changed, revision=1)
    with pytest.raises(ConflictError, match="Ani"):
        edit_practice(analyst, row.pk, DETAILS, revision=1)


def test_it_is_put_away_and_brought_back_by_those_who_may(home, analyst) -> None:
    row = present(analyst, home, DETAILS)
    with pytest.raises(ForbiddenError):
        put_practice_away(analyst, row.pk)
    keeper = asks(person("Budi", ("coordinator", home)))
    put_practice_away(keeper, row.pk, reason="usang")
    with pytest.raises(UnseenError):
        get_practice(keeper, row.pk)
    restore_practice(keeper, row.pk)
    verbs = AuditRecord.objects.filter(kind="practice").values_list("verb", flat=True)
    assert list(verbs.order_by("sequence")) == ["created", "put_away", "restored"]


def test_it_is_presented_and_changed_on_pages(shipped, home) -> None:
    client = signed_in(Client(), person("Ani", ("analyst", home)))
    sent = {"title": "Bank sampah", "problem": "Menumpuk", "done": "Menimbang", "once": "a"}
    made = client.post("/praktik/baru/", {**sent, "organisation": home.pk})
    row = Practice.objects.get()
    assert made["Location"] == f"/praktik/{row.pk}/"
    assert client.post("/praktik/baru/", {**sent, "organisation": home.pk})["Location"] == (
        f"/praktik/{row.pk}/"
    )
    assert "koordinator atau penyetuju" in client.get(f"/praktik/{row.pk}/").content.decode()
    stale = client.post(f"/praktik/{row.pk}/ubah/", {**sent, "revision": 7})
    assert stale.status_code == 409
    assert "Menimbang" in stale.content.decode()
    saved = client.post(f"/praktik/{row.pk}/ubah/", {**sent, "cost": "Rp 5 juta", "revision": 1})
    assert saved.status_code == 302
    page = client.get(f"/en/praktik/{row.pk}/").content.decode()
    assert "Rp 5 juta" in page
    assert "not told" in page


def test_a_forum_that_a_reader_may_not_see_is_not_named(shipped, home) -> None:
    made = play("banjarbaru", title="Raker tertutup")
    row = present(made.cities["banjarbaru"], home, DETAILS)
    Practice.objects.update(forum=made.forum, visibility="public")
    told = Client().get(f"/praktik/{row.pk}/").content.decode()
    assert "Raker tertutup" not in told


def test_objects_and_indicators_are_ticked_in_boxes_and_stay_ticked(shipped, home) -> None:
    client = signed_in(Client(), person("Ani", ("coordinator", home)))
    page = BeautifulSoup(client.get("/praktik/baru/").content, "html.parser")
    assert not page.select("select[multiple]")
    boxes = page.select("input[type=checkbox][name=objects_named]")
    objects = [one["value"] for one in boxes][:2]
    offered = [one["value"] for one in page.select("input[type=checkbox][name=indicators]")]
    sent = {"title": "Bank sampah", "problem": "Menumpuk", "done": "Menimbang", "once": "a"}
    sent |= {"objects_named": objects, "indicators": offered[:2]}
    client.post("/praktik/baru/", {**sent, "organisation": home.pk})
    row = Practice.objects.get()
    assert set(row.objects_named) == set(objects)
    assert set(row.indicators) == set(offered[:2])
    again = BeautifulSoup(client.get(f"/praktik/{row.pk}/ubah/").content, "html.parser")
    ticked = {one["value"] for one in again.select("input[type=checkbox][checked]")}
    assert ticked == {*objects, *offered[:2]}
    wrong = client.post("/praktik/baru/", {**sent, "objects_named": ["X"], "organisation": home.pk})
    assert wrong.status_code == 422
