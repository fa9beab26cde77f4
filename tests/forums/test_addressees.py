"""Who is named in a point reads it and nothing else of its forum; a share is not needed."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.models import Organisation, Person
from sinergi.accounts.principal import Principal, operator
from sinergi.accounts.vocabulary import Scope
from sinergi.forums import errors, permissions
from sinergi.forums.actions import news, points
from sinergi.forums.actions.meetings import put_forum_away
from sinergi.forums.details import NewsDetails, PointDetails
from sinergi.forums.fates import Fate, choices
from sinergi.forums.models import Addressee, Forum, Point
from sinergi.forums.queries.board import Board, Narrowed
from sinergi.forums.queries.reading import concerning, readable
from sinergi.forums.stages import Stage
from tests.people import asks, organisation, person, signed_in

from .play import Play, deliberating

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
PU = (("Kementerian PU", "kementerian-pu"),)


def named(stage: Stage = Stage.FOLLOWING_UP) -> tuple[Play, Point, Person]:
    """A point of a private forum addressed to a ministry that was never invited, and its analyst."""
    made, drawn = deliberating("banjarbaru", "banjarmasin")
    ministry = organisation("kementerian-pu", name="Kementerian PU")
    details = PointDetails(
        1, "Percepatan jalan", "advocacy", addressees=("Kementerian PU",), meant=PU
    )
    point = points.agree(made.secretary, made.forum.pk, details, points.Origin((drawn[0].pk,)))
    home = ("Kota Banjarbaru", "kota-banjarbaru")
    other = PointDetails(2, "Urusan rumah tangga", "own", owner_name=home[0], meant=(home,))
    points.agree(made.secretary, made.forum.pk, other)
    Forum.objects.filter(pk=made.forum.pk).update(stage=stage)
    return made, point, person("Staf PU", ("analyst", ministry))


def numbers(by: Principal, **narrowed: object) -> list[int]:
    return [one.number for one in Board(by, Narrowed(**narrowed), TODAY).points]


def test_a_ministry_reads_and_answers_the_point_that_names_it_and_nothing_else() -> None:
    made, point, clerk = named()
    browser, where = signed_in(Client(), clerk), point.get_absolute_url()
    page = browser.get(where)
    told = page.content.decode()
    for words in ("Percepatan jalan", "Raker Komwil V", "Komwil V", "Kota Banjarbaru", "21 April"):
        assert words in told
    assert "Isu banjarbaru" not in told
    assert "Tema Isu" not in told
    ways = set(re.findall(rf'(?:href|action)="(/forum/{made.forum.pk}/[^"#?]*)', told))
    assert ways <= {where, reverse("forums:point-report", args=[made.forum.pk, point.pk])}
    for part in ("", "isu/", "tema/", "suara/", "butir/", "berita-acara/", "butir/baru/"):
        assert browser.get(f"/forum/{made.forum.pk}/{part}").status_code == 404
    sent = {"fate": "received", "day": "2024-05-02", "revision": point.revision}
    answer = browser.post(reverse("forums:point-report", args=[made.forum.pk, point.pk]), sent)
    assert answer.url == where
    assert point.news.get().told_by.code == "kementerian-pu"
    ours = browser.get("/tindak-lanjut/?kami=1").content.decode()
    assert "Percepatan jalan" in ours
    assert "Urusan rumah tangga" not in ours
    assert f'href="/forum/{made.forum.pk}/butir/"' not in ours
    assert "Percepatan jalan" in browser.get("/tindak-lanjut/butir.csv").content.decode()


def test_before_the_minutes_are_sealed_those_who_are_named_read_nothing() -> None:
    made, point, clerk = named(Stage.DELIBERATING)
    by = asks(clerk)
    assert signed_in(Client(), clerk).get(point.get_absolute_url()).status_code == 404
    assert numbers(by) == []
    with pytest.raises(errors.NotFoundError):
        news.report(by, made.forum.pk, point.pk, NewsDetails("received", TODAY))
    Forum.objects.filter(pk=made.forum.pk).update(stage=Stage.SEALED)
    assert numbers(by) == [1]
    news.report(by, made.forum.pk, point.pk, NewsDetails("received", TODAY))


def test_the_owner_reads_its_point_and_a_reader_of_it_says_nothing() -> None:
    made, _point, _clerk = named()
    home = Organisation.objects.get(code="kota-banjarbaru")
    made.forum.delegations.filter(organisation=home).update(left_at=timezone.now())
    Forum.objects.filter(pk=made.forum.pk).update(visibility="private")
    own = made.forum.points.get(number=2)
    viewer = asks(person("Pembaca", ("viewer", home)))
    assert [one.number for one in concerning(viewer)] == [2]
    with pytest.raises(ForbiddenError):
        news.report(viewer, made.forum.pk, own.pk, NewsDetails("sent", TODAY))


def gone(case: str, made: Play, point: Point, clerk: Person) -> None:
    """Have it concern the ministry no longer."""
    ministry = Organisation.objects.filter(code="kementerian-pu")
    if case == "the ministry was put away":
        ministry.update(deleted_at=timezone.now())
    elif case == "a later version names another":
        Addressee.objects.filter(point=point).update(organisation=None)
    elif case == "the point was struck":
        Point.objects.filter(pk=point.pk).update(struck_at=timezone.now())
    elif case == "the forum was put away":
        put_forum_away(made.secretary, made.forum.pk, reason="uji")
    elif case == "a second factor is required":
        ministry.update(requires_second_factor=True)
    else:
        clerk.assignments.update(ended_at=timezone.now())


@pytest.mark.parametrize(
    "case",
    [
        "the ministry was put away",
        "a later version names another",
        "the point was struck",
        "the forum was put away",
        "a second factor is required",
        "the role ended",
    ],
)
def test_it_is_not_read_any_more_when(case: str) -> None:
    made, point, clerk = named()
    assert numbers(asks(clerk), ours=True) == [1]
    gone(case, made, point, clerk)
    assert numbers(asks(clerk)) == []
    browser = signed_in(Client(), clerk)
    assert browser.get(point.get_absolute_url()).status_code == 404
    told = browser.get("/tindak-lanjut/?kami=1").content.decode()
    assert "Percepatan jalan" not in told
    assert ("faktor kedua" in told) == (case == "a second factor is required")


def test_a_renamed_ministry_keeps_its_points() -> None:
    _made, point, clerk = named()
    Organisation.objects.filter(code="kementerian-pu").update(name="Kementerian Pekerjaan Umum")
    told = signed_in(Client(), clerk).get(point.get_absolute_url()).content.decode()
    assert "Kementerian PU" in told
    assert "Kementerian Pekerjaan Umum" in told


def test_a_second_factor_and_a_token_with_the_scope_open_it_and_others_do_not() -> None:
    _made, _point, clerk = named()
    Organisation.objects.filter(code="kementerian-pu").update(requires_second_factor=True)
    assert numbers(asks(clerk, second_factor=True)) == [1]
    scoped = {"second_factor": True, "scopes": frozenset({Scope.AUDIT})}
    assert numbers(asks(clerk, **scoped)) == []


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("visibility", ["private", "public"])
def test_one_and_many_are_judged_alike(stage: Stage, visibility: str) -> None:
    made, _point, clerk = named(stage)
    Forum.objects.filter(pk=made.forum.pk).update(visibility=visibility)
    stranger = person("Orang lain", ("approver", organisation("asing")))
    rows = list(Point.objects.select_related("forum"))
    for by in (asks(clerk), asks(stranger), made.secretary, made.cities["banjarbaru"]):
        one_by_one = {one.pk for one in rows if permissions.reads_point(by, one)}
        assert set(readable(by).values_list("pk", flat=True)) == one_by_one


def test_programs_are_told_the_same_as_pages() -> None:
    made, point, clerk = named()
    browser = signed_in(Client(), clerk)
    root = "/api/v1"
    listed = browser.get(f"{root}/points").json()["items"]
    assert [one["id"] for one in listed] == [point.pk]
    where = f"{root}/forums/{made.forum.pk}/points"
    assert browser.get(where).status_code == 404
    answer = browser.get(f"{where}/{point.pk}")
    assert answer.json()["title"] == "Percepatan jalan"
    other = made.forum.points.get(number=2)
    assert browser.get(f"{where}/{other.pk}").status_code == 404
    assert browser.get(f"{root}/forums/{made.forum.pk}").status_code == 404
    assert Client().get(f"{root}/points").json()["items"] == []


def test_a_point_that_went_on_leads_to_the_one_that_names_the_same_ministry() -> None:
    made, lower, clerk = named()
    national, _drawn = deliberating("palangka-raya", office="apeksi", title="Rakernas")
    addressed = PointDetails(
        4, "Jalan Kalimantan", "advocacy", addressees=("Kementerian PU",), meant=PU
    )
    point = points.forward(operator(), [lower.pk], national.forum.pk, addressed)
    browser = signed_in(Client(), clerk)
    assert "Jalan Kalimantan" not in browser.get(lower.get_absolute_url()).content.decode()
    Forum.objects.filter(pk=national.forum.pk).update(stage=Stage.SEALED)
    for here, there in ((lower, point), (point, lower)):
        told = browser.get(here.get_absolute_url()).content.decode()
        assert f'<a href="{there.get_absolute_url()}"' in told
    assert "Kota Banjarbaru" in told
    put_forum_away(made.secretary, made.forum.pk, reason="uji")
    told = browser.get(point.get_absolute_url()).content.decode()
    assert "Percepatan jalan" not in told
    assert lower.get_absolute_url() not in told


def test_what_an_organisation_calls_itself_opens_nothing() -> None:
    intruder = organisation("penyusup", name="Kementerian PU")
    clerk = person("Penyusup", ("approver", intruder))
    made, _drawn = deliberating("banjarbaru")
    details = PointDetails(
        1,
        "Percepatan jalan",
        "advocacy",
        addressees=("Kementerian PU",),
        owner_name="Kementerian PU",
    )
    point = points.agree(made.secretary, made.forum.pk, details)
    points.edit_point(made.secretary, made.forum.pk, point.pk, replace(details, text="Baru"))
    Forum.objects.filter(pk=made.forum.pk).update(stage=Stage.FOLLOWING_UP)
    assert numbers(asks(clerk)) == []
    assert signed_in(Client(), clerk).get(point.get_absolute_url()).status_code == 404
    with pytest.raises(errors.NotFoundError):
        news.report(asks(clerk), made.forum.pk, point.pk, NewsDetails("sent", TODAY))


def test_the_secretariat_chooses_in_the_form_who_is_meant_and_sees_it_before_sealing() -> None:
    made, _drawn = deliberating("banjarbaru")
    organisation("kementerian-pu", name="Kementerian PU", kind="ministry")
    browser = signed_in(Client(), Person.objects.get(pk=made.secretary.person_id))
    where = reverse("forums:point-new", args=[made.forum.pk])
    assert "Kementerian PU [kementerian-pu]" in browser.get(where).content.decode()
    sent = {
        "number": 1,
        "title": "Percepatan jalan",
        "type": "advocacy",
        "addressees": ["Menteri PU [kementerian-pu]", "Bappenas", "Kementerian PU [tidak-ada]"],
        "once": re.search(r'name="once" value="([^"]+)"', browser.get(where).content.decode())[1],
    }
    refused = browser.post(where, sent)
    assert refused.status_code == 422
    assert "tidak-ada" in refused.content.decode()
    sent["addressees"].pop()
    point = made.forum.points.get(pk=int(browser.post(where, sent).url.split("/")[-2]))
    named = {one.name: one.organisation and one.organisation.code for one in point.addressees.all()}
    assert named == {"Menteri PU": "kementerian-pu", "Bappenas": None}
    told = browser.get(point.get_absolute_url()).content.decode()
    assert "kementerian-pu</span>" in told
    edit = reverse("forums:point-edit", args=[made.forum.pk, point.pk])
    assert 'value="Menteri PU [kementerian-pu]"' in browser.get(edit).content.decode()


def test_who_is_meant_is_said_after_sealing_too_and_by_the_secretariat_alone() -> None:
    made, point, clerk = named()
    rivals = organisation("bappenas", name="Bappenas")
    where = reverse("forums:point-meant", args=[made.forum.pk, point.pk])
    browser = signed_in(Client(), Person.objects.get(pk=made.secretary.person_id))
    assert 'value="kementerian-pu"' in browser.get(where).content.decode()
    fresh = Point.objects.get(pk=point.pk).revision
    wrong = browser.post(where, {"revision": fresh, "code_0": "tidak-ada"})
    assert (wrong.status_code, "tidak-ada" in wrong.content.decode()) == (422, True)
    assert browser.post(where, {"revision": fresh, "code_0": rivals.code}).status_code == 302
    assert numbers(asks(clerk)) == []
    assert numbers(asks(person("Staf B", ("viewer", rivals)))) == [1]
    assert browser.post(where, {"revision": fresh, "code_0": ""}).status_code == 409
    city = signed_in(Client(), Person.objects.get(pk=made.cities["banjarbaru"].person_id))
    assert city.post(where, {"revision": fresh + 1, "code_0": ""}).status_code == 403
    told = browser.get(point.get_absolute_url()).content.decode()
    assert "Kementerian PU [bappenas]" in told


def test_a_name_means_one_organisation_and_one_put_away_stays_meant() -> None:
    made, point, _clerk = named(Stage.DELIBERATING)
    organisation("lain")
    two = replace(points.details_of(point), meant=(*PU, ("Kementerian PU", "lain")))
    with pytest.raises(InvalidError) as caught:
        points.edit_point(made.secretary, made.forum.pk, point.pk, two)
    assert set(caught.value.fields) == {"addressees"}
    Organisation.objects.filter(code="kementerian-pu").update(deleted_at=timezone.now())
    kept = replace(points.details_of(point), text="Lebih panjang")
    points.edit_point(made.secretary, made.forum.pk, point.pk, kept)
    assert point.addressees.get().organisation.code == "kementerian-pu"


def test_a_ministry_answers_as_soon_as_the_minutes_are_sealed_and_says_nothing_for_the_forum() -> (
    None
):
    made, point, clerk = named(Stage.SEALED)
    browser, where = signed_in(Client(), clerk), point.get_absolute_url()
    offered = [
        code
        for code, _label in browser.get(where).context["news_form"]["fate"].field.widget.choices
    ]
    assert {"received", "answered", "accepted", "partly", "rejected"} <= {*offered}
    assert {"sent", "lapsed"}.isdisjoint(offered)
    by = asks(clerk)
    with pytest.raises(InvalidError) as refused:
        news.report(by, made.forum.pk, point.pk, NewsDetails("sent", TODAY))
    assert "fate" in refused.value.fields
    news.report(by, made.forum.pk, point.pk, NewsDetails("accepted", TODAY, evidence="Surat 5"))
    point.refresh_from_db()
    assert point.fate == "accepted"
    assert Fate.SENT in choices(Fate.AGREED)
    assert Fate.ACCEPTED not in choices(Fate.AGREED)
