"""The geometry of the map is sent compressed, tagged and cacheable."""

import gzip
import json

import pytest
from django.test import Client
from django.urls import reverse

from sinergi.reference.actions import shape_file
from sinergi.reference.models import ShapeFile

NATIONAL = "/peta/bentuk/nasional.json"


def test_the_national_shape_is_sent_compressed(loaded, client: Client):
    response = client.get(NATIONAL, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    told = json.loads(gzip.decompress(response.content))
    assert len(told["objects"]["regions"]["geometries"]) == 514
    assert "Accept-Encoding" in response["Vary"]


def test_a_client_without_gzip_gets_plain_json(loaded, client: Client):
    response = client.get(NATIONAL)
    assert "Content-Encoding" not in response
    assert response.json()["type"] == "Topology"


def test_a_province_has_its_regions_only(loaded, client: Client):
    told = client.get("/peta/bentuk/63.json").json()
    codes = [one["properties"]["code"] for one in told["objects"]["regions"]["geometries"]]
    assert len(codes) == 13
    assert all(code.startswith("63.") for code in codes)


def test_a_known_tag_is_answered_without_content(loaded, client: Client):
    tag = client.get(NATIONAL)["ETag"]
    response = client.get(NATIONAL, headers={"if-none-match": tag})
    assert (response.status_code, response.content) == (304, b"")


def test_an_address_with_the_tag_never_changes(loaded, client: Client):
    tag = shape_file("nasional").etag
    assert "immutable" in client.get(f"{NATIONAL}?v={tag}")["Cache-Control"]
    assert "immutable" not in client.get(f"{NATIONAL}?v=old")["Cache-Control"]


@pytest.mark.parametrize("name", ["99", "63.72", "ID", "x"])
def test_what_is_no_province_is_not_found(loaded, client: Client, name: str):
    assert client.get(f"/peta/bentuk/{name}.json").status_code == 404


def test_the_same_file_is_made_once(loaded, client: Client):
    for _ in range(2):
        client.get("/peta/bentuk/31.json")
    assert ShapeFile.objects.filter(name="31").count() == 1


def test_addresses_have_names():
    assert reverse("reference:national_shape") == NATIONAL
    assert reverse("reference:province_shape", args=["63"]) == "/peta/bentuk/63.json"
