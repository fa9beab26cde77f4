"""The map page, its parts for htmx, its table and its cards, over the evidence that ships."""

import json
import re

import pytest

from sinergi.opportunities.views.map import standing
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.usefixtures("shipped")
HTMX = {"HX-Request": "true"}


def state(answer) -> dict:
    found = re.search(
        rb'<script id="map-data" type="application/json">(.+?)</script>', answer.content
    )
    return json.loads(found[1])


def test_the_home_page_is_the_map_with_its_list(client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    drawn = state(answer)
    assert len(drawn["groups"]) == answer.content.count(b'<li class="opp"') == 50
    assert drawn["object"] is None
    assert "need" not in drawn


def test_a_chosen_object_brings_need_strength_and_coverage_by_region(client) -> None:
    drawn = state(client.get("/?objek=TPA_REGIONAL"))
    assert drawn["object"]["code"] == "TPA_REGIONAL"
    for layer in ("need", "strength", "coverage"):
        assert all(0 <= value <= 1 for value in drawn[layer].values())
        assert len(drawn[layer]) > 400


def test_lines_lead_only_between_members_of_their_group(client) -> None:
    for group in state(client.get("/?objek=TPA_REGIONAL"))["groups"]:
        members = {member["code"] for member in group["members"]}
        assert {code for link in group["links"] for code in link} <= members


def test_a_list_over_many_objects_shows_more_than_one_kind(client) -> None:
    names = {group["name"] for group in state(client.get("/"))["groups"]}
    assert len(names) > 10


def test_htmx_gets_list_and_state_and_the_shortest_address(client) -> None:
    query = "/?objek=TPA_REGIONAL&urusan=&dalam=&dalam=63&anggota=2..12&bobot_need=40&tiap=3"
    answer = client.get(query, headers={**HTMX, "HX-Trigger-Name": "objek"})
    assert b"<html" not in answer.content
    assert answer["HX-Push-Url"] == "/?objek=TPA_REGIONAL&dalam=63"
    assert state(answer)["area"] == "63"


def test_moving_a_weight_replaces_the_address_and_leaves_no_trail_of_steps(client) -> None:
    headers = {**HTMX, "HX-Trigger-Name": "bobot_need"}
    answer = client.get("/en/?bobot_need=90", headers=headers)
    assert "HX-Push-Url" not in answer
    assert answer["HX-Replace-Url"].startswith("/en/?bobot_need=")


@pytest.mark.parametrize(
    "query",
    ["objek=TIDAK_ADA", "bobot_need=200", "jarak=jauh", "anggota=9..2", "dalam=99", "wilayah=xx"],
)
def test_nonsense_in_the_address_is_a_400_with_a_way_back(client, query) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 400
    assert b'class="btn btn-primary" href="/"' in answer.content
    assert client.get(f"/?{query}", headers=HTMX).status_code == 422
    assert client.get(f"/peta/tabel/?{query}").status_code == 400


def test_filters_that_leave_nothing_say_what_to_loosen(client) -> None:
    answer = client.get("/?objek=TPA_REGIONAL&dalam=63&anggota=12&jarak=5")
    assert b'class="empty"' in answer.content
    assert state(answer)["groups"] == []


def test_the_table_says_what_the_map_shows(client) -> None:
    answer = client.get("/peta/tabel/?objek=TPA_REGIONAL", headers=HTMX)
    assert answer.content.count(b'<th scope="row">') == 514
    assert b"<html" not in answer.content
    assert b"<html" in client.get("/peta/tabel/").content


def test_a_card_tells_where_a_region_stands_among_its_peers(client) -> None:
    text = client.get("/peta/wilayah/63.71/?objek=TPA_REGIONAL").content.decode()
    assert "Kota Banjarmasin" in text
    assert re.search(r"urutan \d+ dari \d+ daerah sejenis", text)
    assert "wilayah=63.71" in text


@pytest.mark.parametrize("code", ["63", "ID", "99.99", "x"])
def test_there_is_no_card_of_what_is_no_regency_or_city(client, code) -> None:
    assert client.get(f"/peta/wilayah/{code}/").status_code == 404


def test_standing_counts_those_above_and_knows_no_rank_for_missing() -> None:
    values = {"a": 0.9, "b": 0.5, "c": 0.5, "z": 1.0}
    assert standing("need", values, "b", {"a", "b", "c"}).rank == 2
    assert standing("need", values, "d", {"a", "b", "c", "d"}).rank is None
    assert standing("need", values, "a", {"a", "b", "c"}).peers == 3


def test_english_pages_name_objects_in_english(client) -> None:
    assert b"Regional landfill" in client.get("/en/?objek=TPA_REGIONAL").content


def test_every_opportunity_is_one_step_from_a_priority_list(client) -> None:
    text = client.get("/?objek=TPA_REGIONAL&anggota=2..3&bobot_need=80").content.decode()
    links = re.findall(r'href="(/daftar/tambah/[^"]+)"', text)
    assert len(links) == text.count('<li class="opp"')
    for name in ("objek", "anggota", "bobot_need"):
        assert links[0].count(f"{name}=") == 1
    there = links[0].replace("&amp;", "&")
    asked = client.get(there)
    assert (asked.status_code, asked["Location"][:13]) == (302, "/masuk/?next=")
    signed_in(client, person("Budi", ("analyst", organisation("kota-banjarmasin"))))
    assert client.get(there).status_code == 200


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json", "geojson"])
def test_the_list_can_be_downloaded_as_it_stands(client, kind) -> None:
    text = client.get("/?objek=TPA_REGIONAL&dalam=63").content.decode()
    assert f'href="/peta.{kind}?objek=TPA_REGIONAL&amp;dalam=63"' in text
    assert client.get(f"/peta.{kind}?objek=TPA_REGIONAL&dalam=63").status_code == 200
