"""Characters of control and numbers of thousands of digits are refused and break nothing, on any database."""

import json

import pytest
from django.urls import reverse

from sinergi.accounts.errors import ConflictError
from sinergi.forums.actions import minutes
from sinergi.forums.stages import Stage
from tests.forums.minuting import drawn
from tests.forums.pages.browsing import client_of

from .play import deliberating, play
from .voting import code_of, voting

pytestmark = pytest.mark.django_db


def test_votes_by_programs_with_odd_options_and_organisations_are_refused() -> None:
    made, ballot = voting()
    client = client_of(made.cities["banjarbaru"])
    address = f"/api/v1/forums/{made.forum.pk}/ballots/{ballot.pk}/votes"
    home = made.delegations["banjarbaru"].organisation.code
    sent = [(home, {key: 1}) for key in ("9" * 5000, "9" * 30, "٣", "\x00", "-1", "")]
    sent += [("kota\x00", {}), ("\x00", {}), ("kota\u200b", {})]
    for organisation, places in sent:
        body = {"organisation": organisation, "places": places, "code": code_of(1)}
        page = client.post(address, json.dumps(body), content_type="application/json")
        assert page.status_code in (404, 422), (organisation, places)
    assert not ballot.rights.filter(used=True).exists()


def test_an_issue_of_an_odd_organisation_is_refused() -> None:
    made = play("banjarbaru")
    made.move(Stage.RAISING)
    page = client_of(made.cities["banjarbaru"]).post(
        f"/api/v1/forums/{made.forum.pk}/issues",
        json.dumps({"organisation": "\x00", "title": "Jalan"}),
        content_type="application/json",
    )
    assert page.status_code in (404, 422)


def test_an_odd_code_of_a_pass_is_of_nobody() -> None:
    made, _themes = deliberating("banjarbaru")
    client = client_of(made.secretary)
    desk = reverse("forums:desk", args=[made.forum.pk])
    assert client.post(desk, {"kode": "a\x00b"}).status_code == 422
    for code in ("%00", "a%00b", "%C2%B2"):
        assert client.get(f"/forum/{made.forum.pk}/hadir/{code}/").status_code in (200, 404)


def test_minutes_are_not_sealed_by_an_odd_fingerprint() -> None:
    made, _themes = deliberating("banjarbaru")
    row = drawn(made)
    for odd in ("\x00", "a\x00", "", "x" * 5000):
        with pytest.raises(ConflictError):
            minutes.seal_minutes(made.secretary, made.forum.pk, row.version, odd)
