"""From a point to an entry of a priority list, on the shipped evidence, and back."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from sinergi.accounts.actions import sharing
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.models import AuditRecord, Organisation, Person, Visibility
from sinergi.accounts.once import new_token
from sinergi.accounts.principal import operator, visitor
from sinergi.forums.actions import points
from sinergi.forums.actions.point_objects import name_objects
from sinergi.forums.details import PointDetails
from sinergi.forums.models import Forum, PointEntry
from sinergi.forums.queries.points import points_of_entries
from sinergi.forums.stages import Stage
from sinergi.opportunities.lists import actions as lists
from sinergi.opportunities.lists.rules import ListDetails
from sinergi.opportunities.models import PriorityEntry
from tests.people import signed_in

from ..play import deliberating

pytestmark = pytest.mark.usefixtures("shipped")
LANDFILL = "TPA_REGIONAL"


def pointed(objects: tuple[str, ...] = (LANDFILL,)):
    """A point that a city with code 63.72 raised, and a list that its secretariat may edit."""
    made, drawn = deliberating("banjarbaru")
    made.forum.issues.update(regions=["63.72"])
    details = PointDetails(1, "TPA regional", "cooperation", objects_named=objects)
    origin = points.Origin((drawn[0].pk,))
    point = points.agree(made.secretary, made.forum.pk, details, origin)
    owner = made.forum.organisation
    plan = lists.create_list(operator(), owner, ListDetails("RKPD 2028", "Komwil V"))
    client = signed_in(Client(), Person.objects.get(pk=made.secretary.person_id))
    where = reverse("forums:point-act", args=[made.forum.pk, point.pk])
    return made, point, plan, client, where


def test_a_point_becomes_an_entry_once_and_both_lead_to_each_other() -> None:
    made, point, plan, client, where = pointed()
    page = client.get(where)
    offered = page.context["found"]
    assert offered.with_regions
    assert all("63.72" in one.key for one in offered.opportunities)
    sent = {"key": offered.opportunities[0].key, "to": plan.pk, "once": new_token()}
    for _time in range(2):
        assert client.post(where, sent).status_code == 302
    entry = PriorityEntry.objects.get()
    assert points_of_entries(made.secretary, [entry.pk]) == {entry.pk: [point]}
    assert points_of_entries(visitor(), [entry.pk]) == {}
    told = BeautifulSoup(client.get(point.get_absolute_url()).content, "html.parser")
    assert told.select(f'a[href$="#butir-{entry.pk}"]')
    there = point.get_absolute_url()
    assert there in client.get(plan.get_absolute_url()).content.decode()
    sharing.set_visibility(operator(), plan, Visibility.PUBLIC)
    assert there not in Client().get(plan.get_absolute_url()).content.decode()
    assert client.post(where, {**sent, "once": new_token()}).status_code == 302
    assert (PriorityEntry.objects.count(), PointEntry.objects.count()) == (1, 1)


def test_who_reads_is_told_of_groups_without_the_own_region_and_sees_those_with_it_first() -> None:
    made, _point, _plan, client, where = pointed()
    assert "daerah Anda tidak ada" not in client.get(where).content.decode()  # of no region
    Organisation.objects.filter(code="kota-banjarbaru").update(region_code="35.78")
    reader = signed_in(Client(), Person.objects.get(pk=made.cities["banjarbaru"].person_id))
    page = reader.get(where)
    choices = page.context["found"].choices
    without = [left_out for _one, left_out in choices]
    assert without == sorted(without)
    assert not without[0]
    assert without[-1]
    assert all(("35.78" in one.key) is not left_out for one, left_out in choices)
    boxes = BeautifulSoup(page.content, "html.parser").select("label.check")
    told = ["daerah Anda tidak ada dalam kelompok ini" in box.get_text() for box in boxes]
    assert told == without


def test_what_cannot_be_put_on_a_list_is_refused_in_place() -> None:
    made, _point, plan, client, where = pointed()
    answer = client.post(where, {"key": "63.71+99.99", "to": plan.pk})
    assert answer.status_code == 422
    assert "key" in answer.context["form"].errors
    key = answer.context["found"].opportunities[0].key
    foreign = client.post(where, {"key": key, "to": 999})
    assert "to" in foreign.context["form"].errors
    city = signed_in(Client(), Person.objects.get(pk=made.cities["banjarbaru"].person_id))
    assert city.post(where, {"key": key, "to": plan.pk}).status_code == 422
    assert Client().post(where, {"key": key, "to": plan.pk}).status_code in {403, 404}
    assert not PriorityEntry.objects.exists()


def test_a_sealed_point_without_objects_is_given_one_and_says_that_it_came_later() -> None:
    made, point, _plan, client, where = pointed(objects=())
    Forum.objects.filter(pk=made.forum.pk).update(stage=Stage.SEALED)
    page = client.get(where)
    assert not page.context["found"].opportunities
    naming = reverse("forums:point-objects", args=[made.forum.pk, point.pk])
    assert BeautifulSoup(page.content, "html.parser").select(f'form[action="{naming}"] input')
    city = signed_in(Client(), Person.objects.get(pk=made.cities["banjarbaru"].person_id))
    assert naming not in city.get(where).content.decode()
    assert city.post(naming, {"objects_named": LANDFILL}).status_code == 403
    sent = {"objects_named": [LANDFILL], "revision": point.revision}
    answer = client.post(naming, sent, follow=True)
    assert answer.context["found"].opportunities
    assert "setelah pertemuan" in answer.content.decode()
    told = client.get(point.get_absolute_url()).content.decode()
    assert "disebutkan setelah pertemuan" in told
    assert naming in told
    point.refresh_from_db()
    assert (point.objects_named, point.objects_later) == ([LANDFILL], [LANDFILL])
    again = client.post(naming, {**sent, "objects_named": ["SPALD_REGIONAL"]})
    assert again.status_code == 409
    boxes = BeautifulSoup(again.content, "html.parser").select("input[checked]")
    assert [one["value"] for one in boxes] == ["SPALD_REGIONAL"]
    [deed] = AuditRecord.objects.filter(verb=Verb.POINT_CLASSIFIED)
    assert json.loads(deed.after) == {"objects_named": [LANDFILL]}


def test_what_was_named_while_the_forum_deliberated_is_kept_afterwards() -> None:
    made, point, *_rest = pointed()
    by, numbers = made.secretary, (made.forum.pk, point.pk)
    assert name_objects(by, *numbers, ["SPALD_REGIONAL"]).objects_later == []
    Forum.objects.filter(pk=made.forum.pk).update(stage=Stage.SEALED)
    later = name_objects(by, *numbers, [LANDFILL])
    assert later.objects_named == ["SPALD_REGIONAL", LANDFILL]
    assert later.objects_later == [LANDFILL]
    seen = later.revision
    assert name_objects(by, *numbers, [LANDFILL]).revision == seen
    assert name_objects(by, *numbers, []).objects_named == ["SPALD_REGIONAL"]
    for wrong in (["TIDAK_ADA"], [f"X{n}" for n in range(50)]):
        with pytest.raises(InvalidError):
            name_objects(by, *numbers, wrong)
    with pytest.raises(ForbiddenError):
        name_objects(made.cities["banjarbaru"], *numbers, [LANDFILL])
