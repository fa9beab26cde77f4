"""An agreement is begun from an entry of a list, a recommendation and an opportunity, and each shows it."""

from datetime import date

import pytest
from django.urls import reverse

from sinergi.accounts.errors import UnseenError
from sinergi.agreements.models import Agreement, Origin
from sinergi.agreements.queries.beginnings import (
    MOST_KEY,
    beginning,
    key_of_opportunity,
    title_of,
)
from sinergi.forums.actions import meetings, points
from sinergi.forums.details import ForumDetails, PointDetails
from sinergi.forums.models import Forum
from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from tests.agreements.making import bureau, officer, stranger
from tests.agreements.start.test_pages import typed
from tests.opportunities.lists.factories import SETTINGS, explanation
from tests.people import person, signed_in

DAY = date(2026, 4, 21)


@pytest.fixture
def entry(db, settings):
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    by = officer()
    plan = actions.create_list(by, bureau(), ListDetails("Prioritas Banjarbakula"))
    return actions.add_entry(by, plan.pk, explanation(), SETTINGS, EntryDetails(reason="Dibahas."))


@pytest.fixture
def keeper(client):
    return signed_in(client, person("Pengelola", ("coordinator", bureau())))


def start(**query: object) -> str:
    told = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('agreements:start')}?{told}"


def test_an_entry_fills_in_object_parties_and_the_reasons_of_the_day(entry):
    found = beginning(officer(), Origin.ENTRY, str(entry.pk))
    codes = [one.region_code for one in found.parties]
    assert codes[-1] == "63"
    assert set(entry.members_key.split("+")) <= set(codes)
    assert found.values["object_code"] == "TPA_REGIONAL"
    assert found.values["background"].startswith("Dibahas.")
    assert found.told["reasons"]
    assert all(one in found.values["background"] for one in found.told["reasons"])
    assert found.cheaper == "yes"


def test_an_entry_of_a_list_that_may_not_be_read_is_not_there(entry):
    with pytest.raises(UnseenError):
        beginning(stranger(), Origin.ENTRY, str(entry.pk))


def test_an_agreement_that_came_of_an_entry_is_shown_there(entry, keeper):
    form = keeper.get(start(butir=entry.pk))
    assert form.status_code == 200
    assert form.context["told"].family_code == "KSDD"
    names = [row["name"].value() for row in form.context["rows"].rows if row["name"].value()]
    sent = typed(*names, origin="entry", origin_key=str(entry.pk))
    keeper.post(reverse("agreements:start"), sent)
    row = Agreement.objects.get()
    assert (row.origin, row.origin_key) == ("entry", str(entry.pk))
    assert row.origin_told["reasons"]
    page = keeper.get(reverse("opportunities:list", args=[entry.priority_list_id]))
    assert row.get_absolute_url() in page.content.decode()
    assert start(butir=entry.pk) in page.content.decode()


def test_a_recommendation_is_begun_from_and_shows_what_came_of_it(db, keeper):
    by = officer()
    forum = meetings.announce(by, bureau(), ForumDetails("Raker", "mapping", begins=DAY, ends=DAY))
    Forum.objects.filter(pk=forum.pk).update(stage=Forum.Stages.DELIBERATING)
    details = PointDetails(1, "Kelola sampah", "cooperation", objects_named=("TPA_REGIONAL",))
    point = points.agree(by, forum.pk, details)
    found = beginning(by, Origin.POINT, str(point.pk))
    assert (found.values["title"], found.values["affair"]) == ("Kelola sampah", "2.11")
    sent = typed("63.71", "63.03", origin="point", origin_key=str(point.pk))
    keeper.post(reverse("agreements:start"), sent)
    row = Agreement.objects.get()
    page = keeper.get(point.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in page
    assert start(rekomendasi=point.pk) in page


def test_an_opportunity_is_begun_from_the_address_of_the_map(shipped, keeper):
    address = reverse("opportunities:opportunity", args=["TPA_REGIONAL", "63.03+63.71"])
    query = "objek=TPA_REGIONAL&anggota=63.03%2B63.71"
    assert f"?{query}".replace("&", "&amp;") in keeper.get(address).content.decode()
    form = keeper.get(f"{reverse('agreements:start')}?{query}")
    names = [row["name"].value() for row in form.context["rows"].rows if row["name"].value()]
    assert len(names) == 3
    assert form.context["begun"].told["url"].startswith(address)
    key = form.context["form"]["origin_key"].value()
    sent = typed(*names, origin="opportunity", origin_key=key)
    keeper.post(reverse("agreements:start"), sent)
    assert Agreement.objects.get().origin == "opportunity"


@pytest.mark.parametrize("key", ["X:Y:Z", "\x00", "TPA_REGIONAL:63.71", "::", "TPA_REGIONAL:a+b:"])
def test_an_opportunity_that_cannot_be_is_refused(shipped, keeper, key):
    sent = typed("63.71", "63.03", origin="opportunity", origin_key=key, langkah="lihat")
    assert keeper.post(reverse("agreements:start"), sent).status_code in (400, 404)


def test_a_key_holds_object_and_members_when_the_map_is_too_long_to_keep():
    assert key_of_opportunity("A", "63.71+63.72", "x=1") == "A:63.71+63.72:x=1"
    assert key_of_opportunity("A", "63.71+63.72", "x" * MOST_KEY) == "A:63.71+63.72:"


def test_a_title_names_a_few_and_counts_the_others():
    assert title_of("TPA", ["a", "b"]) == "Kerja Sama TPA: a, b"
    assert title_of("TPA", list("abcdef")) == "Kerja Sama TPA: a, b, c, d, dan 2 lainnya"
    assert title_of("TPA", []) == "TPA"
