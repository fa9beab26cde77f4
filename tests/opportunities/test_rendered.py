"""What is kept of pages is the same for everybody, and never older than what it was made from."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sinergi.accounts.principal import operator
from sinergi.evidence.actions import load_import, undo_import
from sinergi.opportunities import rendered
from sinergi.opportunities.rendered import kept
from sinergi.opportunities.settings import MapSettings
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.usefixtures("shipped")
PAGES = ("/", "/?objek=TPA_REGIONAL&dalam=63", "/wilayah/63.71/", "/en/wilayah/63/")
OF_ONE_REQUEST = re.compile(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    rendered._kept.clear()
    yield
    rendered._kept.clear()


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A file with a share of poverty that lies in the future, so that no page holds it otherwise."""
    path = tmp_path / "angka.csv"
    path.write_text("kode,indikator,tahun,nilai\n63.71,poverty,2031,41.5\n", encoding="utf-8")
    return path


def main_of(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("address", PAGES)
def test_everybody_gets_the_same_whoever_asked_first(address: str) -> None:
    ani = signed_in(Client(), person("Raudhatul", ("analyst", organisation("kota-banjarmasin"))))
    first = main_of(ani, address)
    assert main_of(Client(), address) == main_of(ani, address) == first
    assert "Raudhatul" not in first


@pytest.mark.parametrize("address", PAGES)
def test_nothing_of_a_single_request_is_kept(client: Client, address: str) -> None:
    client.get(address)
    (made,) = rendered._kept.values()
    assert not OF_ONE_REQUEST.search(str(made))


def test_what_is_kept_is_asked_for_again_without_being_made() -> None:
    calls: list[int] = []
    first = kept(MapSettings(), "x", make=lambda: calls.append(1) or "made")
    assert kept(MapSettings(), "x", make=lambda: calls.append(2) or "again") == first
    assert calls == [1]


@pytest.mark.parametrize(
    "settings",
    [MapSettings(top=49), MapSettings(objects=("TPA_REGIONAL",)), MapSettings(within=("63",))],
)
def test_other_settings_are_another_page(settings: MapSettings) -> None:
    kept(MapSettings(), "x", make=lambda: "usual")
    assert kept(settings, "x", make=lambda: "other") == "other"


def test_another_language_is_another_page() -> None:
    kept(MapSettings(), "x", make=lambda: "Peta")
    with translation.override("en"):
        assert kept(MapSettings(), "x", make=lambda: "Map") == "Map"


def test_other_evidence_is_another_page_and_its_undoing_brings_the_first_back(
    client: Client, later: Path
) -> None:
    address = "/wilayah/63.71/"
    before = main_of(client, address)
    batch = load_import(operator(), later)
    assert "41,5" in main_of(client, address)
    undo_import(operator(), batch.pk)
    assert main_of(client, address) == before


def test_the_evidence_of_an_organisation_is_on_its_page_and_on_no_other(later: Path) -> None:
    whose = organisation("kota-banjarmasin")
    ani = signed_in(Client(), person("Ani", ("analyst", whose)))
    load_import(operator(), later, organisation=whose)
    assert "41,5" in main_of(ani, f"/wilayah/63.71/?bukti={whose.code}")
    assert "41,5" not in main_of(ani, "/wilayah/63.71/")
    assert Client().get(f"/wilayah/63.71/?bukti={whose.code}").status_code == 404


def test_no_more_are_kept_than_fit() -> None:
    for number in range(rendered.KEPT + 5):
        kept(MapSettings(), str(number), make=lambda: "made")
    assert len(rendered._kept) == rendered.KEPT


def test_what_could_not_be_made_is_not_kept(client: Client) -> None:
    assert client.get("/wilayah/99.99/").status_code == 404
    assert client.get("/?objek=TIDAK_ADA").status_code == 400
    assert not rendered._kept


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "dengan data {} di atasnya"), ("/en", "with that of {} above it")]
)
def test_the_map_says_whose_evidence_lies_above_the_national_one(
    later: Path, prefix: str, words: str
) -> None:
    whose = organisation("kota-banjarmasin")
    ani = signed_in(Client(), person("Ani", ("analyst", whose)))
    load_import(operator(), later, organisation=whose)
    told = words.format(whose.name)
    assert told in main_of(ani, f"{prefix}/?bukti={whose.code}")
    assert told not in main_of(ani, f"{prefix}/")


@pytest.mark.parametrize(("prefix", "unit"), [("", "(t/tahun)"), ("/en", "(t/year)")])
def test_the_note_under_the_costs_tells_the_unit_in_the_language_of_the_page(
    client: Client, prefix: str, unit: str
) -> None:
    with translation.override("id"):
        place = reverse("opportunities:opportunity", args=["TPA_REGIONAL", "63.71+63.72"])
    assert unit in main_of(client, prefix + place)
