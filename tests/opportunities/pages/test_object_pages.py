"""The catalogue of objects and the page of each."""

import pytest

from sinergi.evidence import queries as evidence
from sinergi.opportunities.views.objects import use_rows
from sinergi.reference import queries as reference


def test_the_catalogue_lists_every_object_once(client):
    page = client.get("/objek/").content.decode()
    for code in reference.catalogue():
        assert page.count(f'href="/objek/{code}/"') == 1


def test_every_object_has_a_page_in_both_languages(client):
    for code, item in reference.catalogue().items():
        assert client.get(f"/objek/{code}/").status_code == 200, code
        page = client.get(f"/en/objek/{code}/").content.decode()
        assert ("Cannot be computed" in page) is not item.computable


def test_an_object_that_cannot_be_computed_says_which_evidence_it_lacks(client):
    page = client.get("/objek/METROLOGI/").content.decode()
    assert reference.catalogue()["METROLOGI"].lacks_id in page


def test_the_indicators_of_a_side_share_its_weight():
    item = reference.catalogue()["TPA_REGIONAL"]
    rows = use_rows(item, evidence.indicator_catalogue())
    for side in ("need", "strength"):
        assert sum(row.weight for row in rows if row.side == side) == pytest.approx(1.0)


def test_expert_defaults_are_marked(client):
    page = client.get("/en/objek/TPA_REGIONAL/").content.decode()
    assert page.count("expert default") > 3


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/objek/NONE/", 404),
        ("/objek/TPA_REGIONAL/?bobot_need=-1", 400),
        ("/objek/x/?dalam=ZZ", 404),
    ],
)
def test_bad_addresses_are_refused(client, address, status):
    assert client.get(address).status_code == status
