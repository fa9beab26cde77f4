"""Regions and borders as arrays, and what a code stands for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.reference import queries
from sinergi.reference.queries import UnknownRegion


def test_the_table_holds_552_regions_in_the_order_of_their_codes():
    table = queries.region_table()
    assert len(table) == 552
    assert list(table.codes) == sorted(table.codes)
    assert "ID" not in table.position
    assert all(table.codes[row] == code for code, row in table.position.items())


def test_rows_of_a_level_are_those_of_that_level():
    table = queries.region_table()
    assert len(table.rows("province")) == 38
    assert len(table.rows(["regency", "city"])) == 514
    assert {table.levels[row] for row in table.rows("city")} == {"city"}


def test_the_point_is_the_capital_where_it_is_known_and_otherwise_the_middle():
    table, pack = queries.region_table(), queries.pack()
    banjarbaru, province = table.position["63.72"], table.position["63"]
    assert table.point_is_capital[banjarbaru]
    assert table.latitude[banjarbaru] == pack.region["63.72"].capital_lat
    assert not table.point_is_capital[province]
    assert table.latitude[province] == pack.region["63"].lat


def test_no_number_of_the_table_is_missing():
    table = queries.region_table()
    for column in (table.latitude, table.longitude, table.area_km2, table.population):
        assert np.isfinite(column).all()
    assert table.population_year == pytest.approx(2024 + 11 / 12)


def test_a_province_counts_the_ports_of_its_parts():
    table = queries.region_table()
    parts = [row for row, parent in enumerate(table.parents) if parent == "64"]
    assert table.ports[table.position["64"]] == table.ports[parts].sum() > 0
    assert table.ports[table.position["64.71"]] >= 1


def test_an_airfield_without_an_iata_code_is_on_record_but_not_counted():
    table, pack = queries.region_table(), queries.pack()
    bogor = [one for one in pack.airports if one.region == "32.01"]
    assert bogor
    assert not any(one.iata for one in bogor)
    assert table.airports[table.position["32.01"]] == 0
    assert table.airports[table.position["63.72"]] == 1


def test_borders_are_rows_of_the_table_and_keep_their_length():
    table, borders = queries.region_table(), queries.border_pairs()
    assert len(borders) == 990
    assert (borders.a < borders.b).all()
    pairs = {
        (table.codes[a], table.codes[b]): km
        for a, b, km in zip(borders.a, borders.b, borders.km, strict=True)
    }
    assert pairs["11.01", "11.75"] == 73.2
    assert ("63.71", "63.72") not in pairs


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("63", 13),
        ("KALIMANTAN", 56),
        ("APEKSI", 98),
        ("APEKSI_KOMWIL_V", 9),
        ("ID", 514),
        ("63.71", 1),
    ],
)
def test_a_code_stands_for_regencies_and_cities(code: str, count: int):
    found = queries.region_codes_within(code)
    assert len(found) == count
    assert all("." in one for one in found)


def test_an_unknown_code_says_what_could_have_been_meant():
    with pytest.raises(UnknownRegion, match=r"62\.71 Kota Palangka Raya") as error:
        queries.region_codes_within("Palangkaraya")
    assert error.value.suggestions[0].code == "62.71"


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_either_a_code_or_refused(text: str):
    groups = {one.code for one in (*queries.islands(), *queries.associations())}
    if text in groups or text in queries.pack().region:
        assert queries.region_codes_within(text)
    else:
        with pytest.raises(UnknownRegion):
            queries.region_codes_within(text)


def test_every_region_is_in_one_island_group():
    groups = [queries.region_codes_within(island.code) for island in queries.islands()]
    assert sum(map(len, groups)) == 514
    assert frozenset().union(*groups) == queries.region_codes_within("ID")


def test_what_is_declared_is_found_by_its_code():
    assert queries.catalogue()["STUNTING"].affair == "1.02"
    assert queries.derived()["density"].method == "ratio"
    assert queries.affairs()["2.11"].name("en") == "Environment"
    assert queries.funding_channels()["KSD_SHARE"].cooperation
    assert queries.associations()[1].parent == "APEKSI"
    assert queries.catalogue_version() == queries.pack().version


def test_jakarta_has_administrative_cities():
    assert queries.pack().administrative_provinces == {"31"}
