"""Points for programs: all that the page of one says, the filters of the board, refusals in codes."""

import json
from datetime import date
from typing import get_args

import pytest

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
from sinergi.forums.actions import points
from sinergi.forums.actions.news import report
from sinergi.forums.actions.points import Origin
from sinergi.forums.api import point_shapes as shapes
from sinergi.forums.details import NewsDetails, PointDetails
from sinergi.forums.fates import Fate
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries.board import SORTS
from tests.api.world import bearer, token
from tests.people import organisation, person

from .play import Play, deliberating
from .test_board import forum, point

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 22)


@pytest.fixture
def sent(shipped) -> tuple[Play, Point]:
    """A point from an issue of Banjarbaru, addressed to a ministry, that was sent; its forum is private."""
    made, themes = deliberating()
    ministry = organisation("kemen-pu", kind=Organisation.Kind.MINISTRY)
    details = PointDetails(
        3, "Percepatan jalan", "advocacy", addressees=(ministry.name,), evidence="Kajian 2025",
        meant=((ministry.name, ministry.code),),
    )  # fmt: skip
    made_point = points.agree(
        made.secretary, made.forum.pk, details, Origin(themes=(themes[0].pk,))
    )
    Forum.objects.filter(pk=made.forum.pk).update(stage=Forum.Stages.FOLLOWING_UP)
    report(made.secretary, made.forum.pk, made_point.pk, NewsDetails("sent", DAY, text="Surat 12"))
    return made, made_point


def address(one: Point) -> str:
    return f"/api/v1/forums/{one.forum_id}/points/{one.pk}"


def test_a_point_says_what_its_page_says(client, sent) -> None:
    made, one = sent
    home = made.delegations["banjarbaru"].organisation
    reader = bearer(token(person("Pembaca", ("viewer", home)), home))
    told = client.get(address(one), headers=reader).json()
    assert (told["number"], told["id"], told["evidence"]) == (3, one.pk, "Kajian 2025")
    [news] = told["news"]
    assert (news["status"], news["text"], news["told_by"]) == ("sent", "Surat 12", "komwil-v")
    assert told["proposers"] == [home.name]
    [theme] = told["earlier"]
    [issue] = theme["relatives"]
    assert (theme["kind"], issue["kind"], issue["raised_by"]) == ("theme", "issue", home.name)
    assert told["marks"] == {"untouched": True, "overdue": False, "settled": False}
    assert "received" in told["may_follow"]
    assert "agreed" not in told["may_follow"]


def test_those_it_is_addressed_to_learn_who_proposed_it_and_nothing_behind(client, sent) -> None:
    made, one = sent
    office = Organisation.objects.get(code="kemen-pu")
    told = client.get(
        address(one), headers=bearer(token(person("Budi", ("viewer", office)), office))
    ).json()
    assert told["proposers"] == [made.delegations["banjarbaru"].organisation.name]
    [theme] = told["earlier"]
    assert (theme["state"], theme["title"], theme["relatives"]) == ("hidden", "", [])
    assert client.get(address(one)).status_code == 404


def test_what_a_point_came_from_in_private_is_told_no_stranger(client, sent) -> None:
    _made, lower = sent
    above = forum("apeksi")
    Forum.objects.filter(pk=above.pk).update(stage=Forum.Stages.DELIBERATING)
    details = PointDetails(1, "Jalan", "advocacy")
    higher = points.forward(operator(), [lower.pk], above.pk, details)
    Forum.objects.filter(pk=above.pk).update(visibility="public")
    told = client.get(address(higher)).json()
    assert told["proposers"] == []
    assert [(one["state"], one["point"], one["status"]) for one in told["earlier"]] == [
        ("hidden", None, None)
    ]
    up = client.get(address(lower), headers=bearer(_secretary(lower))).json()
    assert [one["point"] for one in up["later"]] == [higher.pk]


def _secretary(one: Point) -> str:
    whose = one.forum.organisation
    return token(person("Sekretaris Lain", ("coordinator", whose)), whose)


def test_the_filters_of_the_board_are_those_of_programs(client) -> None:
    there, other = forum(), forum("adkasi", "Lain")
    point(there, 1, fate="sent", to="Kementerian PU", due=date(2024, 1, 1))
    point(there, 2, "Sampah", fate="agreed", affair="1.03", type="own")
    point(other, 3, "Air", fate="delivered", touched=date(2025, 1, 1))
    Forum.objects.update(visibility="public")

    def numbers(query: str) -> list[int]:
        told = client.get(f"/api/v1/points?sort=number&{query}")
        assert told.status_code == 200, told.content
        return sorted(one["number"] for one in told.json()["items"])

    assert numbers("") == [1, 2, 3]
    assert numbers("status=sent&status=delivered") == [1, 3]
    assert numbers("addressee=pu") == numbers("overdue=true") == [1]
    assert numbers("affair=1.03") == numbers("type=own") == [2]
    assert numbers(f"forum={other.pk}") == numbers("status=delivered") == [3]
    assert numbers("forum_type=commissariat") == numbers("ours=true") == []
    assert numbers("untouched=1") == [1, 2]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("status=zzz", "status"),
        ("fate=sent", "fate"),
        ("affair=9.99", "affair"),
        ("sort=x", "sort"),
    ],
)
def test_filters_that_are_not_known_are_told(client, query, parameter) -> None:
    told = client.get(f"/api/v1/points?{query}", headers={"Accept-Language": "en"})
    assert told.status_code == 422
    [fault] = told.json()["errors"]
    assert fault["parameter"] == parameter


def test_a_status_that_cannot_follow_is_told_in_codes_at_its_field(client, sent) -> None:
    _made, one = sent
    headers = bearer(_secretary(one)) | {"If-Match": "*", "Accept-Language": "en"}

    def say(status: str) -> dict:
        body = json.dumps({"status": status, "day": "2024-05-02"})
        where = f"{address(one)}/news"
        told = client.post(where, body, content_type="application/json", headers=headers)
        assert told.status_code == 422
        [fault] = told.json()["errors"]
        return fault

    late, unknown = say("agreed"), say("zzz")
    assert late["pointer"] == unknown["pointer"] == "#/status"
    assert "received, answered" in late["detail"]
    assert "'under_agreement'" in unknown["detail"]


def test_codes_for_programs_are_those_in_use() -> None:
    assert list(get_args(shapes.Status)) == [one.value for one in Fate]
    assert list(get_args(shapes.PointType)) == Point.Type.values
    assert list(get_args(shapes.ForumType)) == Forum.Type.values
    assert set(shapes.ORDERS) == set(get_args(shapes.Order))
    assert set(shapes.ORDERS.values()) == set(SORTS)
