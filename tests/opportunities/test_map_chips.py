"""The chips of the filters that are set: each leads to the same map without it."""

import pytest
from django.http import QueryDict
from django.utils import translation

from sinergi.opportunities.addresses import settings_from_query
from sinergi.opportunities.settings import MapSettings
from sinergi.opportunities.views.map_chips import chips

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
ALL = (
    "objek=STUNTING&objek=TPA_REGIONAL&urusan=1.02&wilayah=63.71&dalam=63&dalam=APEKSI_KOMWIL_V"
    "&anggota=2..5&penduduk_min=10000&penduduk_maks=900000&jarak=80&ambang=0.6&cakupan=0.7&tiap=1"
    "&bobot_need=90&bobot_indikator=STUNTING:need:stunting:2"
)


def settings_of(query: str) -> MapSettings:
    return settings_from_query(QueryDict(query))


def test_the_usual_map_and_a_single_object_have_no_chips() -> None:
    assert chips(MapSettings()) == ()
    assert chips(settings_of("objek=STUNTING")) == ()


def test_every_filter_has_its_chip_and_dropping_all_gives_the_usual_map() -> None:
    settings, seen = settings_of(ALL), 0
    while found := chips(settings):
        settings, seen = settings_of(found[0].query), seen + 1
    assert seen == 14
    assert settings == settings_of("objek=TPA_REGIONAL")


def test_a_chip_drops_its_own_filter_and_no_other() -> None:
    found = {
        chip.label: chip.query for chip in chips(settings_of("dalam=63&dalam=APEKSI_KOMWIL_V"))
    }
    assert found["Kalimantan Selatan"] == "dalam=APEKSI_KOMWIL_V"
    assert len(found) == 2


@pytest.mark.parametrize(
    ("language", "label"), [("id", "penduduk mulai 10.000"), ("en", "population from 10,000")]
)
def test_chips_speak_the_language_of_the_page(language, label) -> None:
    with translation.override(language):
        assert [chip.label for chip in chips(settings_of("penduduk_min=10000"))] == [label]


def test_the_table_lists_only_what_the_filter_leaves(client) -> None:
    answer = client.get("/peta/tabel/?dalam=63", headers={"HX-Request": "true"})
    assert answer.content.count(b'<th scope="row">') == 13
    assert b"Kota Banjarmasin" in answer.content
    assert b"Kota Surabaya" not in answer.content
