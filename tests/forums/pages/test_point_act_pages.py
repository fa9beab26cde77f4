"""From a point to an entry of a priority list, on the shipped evidence, and back."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from sinergi.accounts.actions import sharing
from sinergi.accounts.models import Person, Visibility
from sinergi.accounts.once import new_token
from sinergi.accounts.principal import operator, visitor
from sinergi.forums.actions import points
from sinergi.forums.details import PointDetails
from sinergi.forums.models import PointEntry
from sinergi.forums.queries.points import points_of_entries
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


def test_a_point_without_objects_says_so() -> None:
    _made, _point, _plan, client, where = pointed(objects=())
    page = client.get(where)
    assert page.status_code == 200
    assert not page.context["found"].opportunities
