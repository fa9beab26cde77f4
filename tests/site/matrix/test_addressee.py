"""A ministry that is named in a point, on every page of its forum: it gets the point and nothing else."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from sinergi.forums.models import Addressee, Forum
from tests.people import organisation, person, signed_in

from . import forums

pytestmark = pytest.mark.django_db
READ = {"point"}
"""Pages that everybody of an addressee gets."""
WRITTEN = {"point-report"}
"""Pages on which those post who speak for it."""
DOOR = {"check-in"}
"""Whoever holds a pass opens them: nothing is asked of an organisation."""


@pytest.fixture
def forum(shipped: None) -> Iterator[Forum]:
    with translation.override("id"):
        made = forums.meeting(organisation("pemilik"))
        Forum.objects.filter(pk=made.pk).update(stage=Forum.Stages.FOLLOWING_UP)
        ministry = organisation("kementerian")
        Addressee.objects.create(point=made.points.get(), name=ministry.name, organisation=ministry)
        yield made


def address(forum: Forum, name: str) -> str:
    resolver = get_resolver().namespace_dict["forums"][1]
    pattern = next(iter(resolver.reverse_dict.getlist(name)))
    inside = {"forum_id": forum.pk, **forums.numbers(forum)}
    named = {key: inside[key] for key in pattern[0][0][1]}
    return reverse(f"forums:{name}", kwargs=named)


def got(client: Client, method: str, forum: Forum, name: str) -> int:
    values = forums.sent(name, forums.numbers(forum)) if method == "post" else {}
    if name == "point-report":
        values["fate"] = "received"  # who is asked says that it came, not that it was sent
    with transaction.atomic():
        answer = getattr(client, method)(address(forum, name), values)
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_an_addressee_gets_its_point_and_no_other_page_of_the_forum(
    forum: Forum, role: str
) -> None:
    client = signed_in(Client(), person("Staf", (role, organisation("kementerian"))))
    client.raise_request_exception = False
    seen = {
        (method, name): got(client, method, forum, name)
        for name, needs in forums.PAGES.items()
        for method, need in zip(("get", "post"), needs, strict=True)
        if need and name not in DOOR
    }
    let_through = {key: status for key, status in seen.items() if status not in {403, 404}}
    expected = {("get", name): 200 for name in READ}
    if role == "analyst":
        expected |= {("post", name): 302 for name in WRITTEN}
    assert let_through == expected
