"""The ways between the map and a list: the form to add, the rank with its field, the group on the map."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.exports import annex
from sinergi.opportunities.lists.rules import ListDetails
from sinergi.opportunities.models import PriorityList
from tests.people import person, signed_in

from .factories import BY, bappeda
from .test_list_pages import BANJARBAKULA, add, text_of

pytestmark = pytest.mark.usefixtures("shipped")


@pytest.fixture
def plan(shipped: None) -> PriorityList:
    return actions.create_list(BY, bappeda(), ListDetails("RKPD 2028", "Bappeda Kalsel"))


@pytest.fixture
def client(shipped: None, client: Client) -> Client:
    """A session of Ani, coordinator of Bappeda."""
    return signed_in(client, person("Ani", ("coordinator", bappeda())))


def test_the_fold_of_a_new_list_opens_without_a_script_and_follows_one(
    client: Client, plan: PriorityList
) -> None:
    soup = BeautifulSoup(client.get(BANJARBAKULA).content, "html.parser")
    details = soup.select_one("details:has([name=name])")
    assert details.has_attr("open")
    assert details["data-new"] in [o["value"] for o in soup.select("select[name=to] option")]
    script = soup.select_one("script[src*=list_add]")
    assert script["nonce"]


def test_the_rank_is_told_with_its_field_everywhere(client: Client, plan: PriorityList) -> None:
    address = f"{BANJARBAKULA}&dalam=63"
    assert re.search(
        r"Peringkat 1 dari \d di dalam Kalimantan Selatan", text_of(client.get(address))
    )
    add(client, plan, address)
    page = text_of(client.get(f"/daftar/{plan.pk}/"))
    with translation.override("id"):
        [row] = annex.build(plan).rows
    for told in (page, row.score):
        assert re.search(r"peringkat 1 dari \d di dalam Kalimantan Selatan", told)


def test_an_entry_leads_to_its_group_on_the_map(client: Client, plan: PriorityList) -> None:
    entry = add(client, plan, f"{BANJARBAKULA}&dalam=63")
    soup = BeautifulSoup(client.get(f"/daftar/{plan.pk}/").content, "html.parser")
    link = soup.find("a", string=re.compile("Lihat di peta"))
    link = link or next(a for a in soup.select(".entry a") if "peta" in a.get_text())
    address, _hash, group = link["href"].partition("#pilih=")
    assert group == f"TPA_REGIONAL:{entry.members_key}"
    shown = BeautifulSoup(client.get(address).content, "html.parser")
    assert shown.select_one(f'[data-group="{group}"]')


def test_the_way_from_an_opportunity_names_its_object_once(client: Client) -> None:
    path = "/peluang/TPA_REGIONAL/63.01+63.03+63.04+63.71+63.72/?objek=TPA_REGIONAL&dalam=63"
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    there = soup.select_one('a[href^="/daftar/tambah/"]')["href"]
    assert there.count("objek=") == 1
    assert "dalam=63" in there
    assert client.get(there).status_code == 200
