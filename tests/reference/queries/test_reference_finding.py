"""A person finds a region by code, former code, BPS code, any spelling of its name, or a point."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.reference import queries


@pytest.mark.parametrize(
    ("told", "code", "reason"),
    [
        ("63.72", "63.72", "code"),
        ("Palangkaraya", "62.71", "name"),
        ("Kota Palangka Raya", "62.71", "name"),
        ("PALANGKA-RAYA", "62.71", "name"),
        ("Kab. Banjar", "63.03", "name"),
        ("Kota Banjar", "32.79", "name"),
        ("kabupaten kepulauan selayar", "73.01", "name"),
        ("Kab. Kep. Selayar", "73.01", "name"),
        ("DKI Jakarta", "31", "name"),
        ("NTB", "52", "name"),
        ("Provinsi Kalimantan Selatan", "63", "name"),
        ("Bulungn", "65.01", "similar"),
        ("6371", "63.71", "bps_code"),
        ("91.01", "93.01", "former_code"),
        ("92.71", "96.71", "former_code"),
        (" 63 ", "63", "code"),
    ],
)
def test_the_first_suggestion_is_the_region_that_was_meant(told: str, code: str, reason: str):
    first = queries.find_region(told)[0]
    assert (first.code, first.reason) == (code, reason)


def test_a_number_that_is_two_codes_suggests_both_and_the_bps_one_first():
    found = queries.find_region("6502")
    assert [(one.code, one.reason) for one in found] == [("65.01", "bps_code"), ("65.02", "code")]


def test_a_name_of_a_city_and_a_regency_suggests_both():
    assert {one.code for one in queries.find_region("Sorong")} == {"96.01", "96.71"}


@pytest.mark.parametrize("told", ["", "   ", "?!", "Atlantis Raya Merdeka", "99999"])
def test_what_is_no_region_suggests_nothing(told: str):
    assert queries.find_region(told) == ()


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_gives_at_most_five_different_regions_best_first(text: str):
    found = queries.find_region(text)
    assert len({one.code for one in found}) == len(found) <= 5
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (-3.44, 114.83, "63.72"),
        (-3.32, 114.59, "63.71"),
        (-6.2, 106.8, "31.73"),
        (3.59, 98.67, "12.71"),
    ],
)
def test_a_point_belongs_to_the_region_whose_cells_hold_it(
    loaded, lat: float, lon: float, code: str
):
    assert queries.nearest_region(lat, lon) == code


def test_a_point_just_off_the_coast_belongs_to_the_nearest_region(loaded):
    assert queries.nearest_region(-1.35, 116.88) == "64.71"


@pytest.mark.parametrize(
    ("lat", "lon"), [(0.0, 0.0), (-5.0, 110.0), (95.0, 110.0), (float("nan"), 1.0)]
)
def test_a_point_far_from_everywhere_belongs_to_nobody(loaded, lat: float, lon: float):
    assert queries.nearest_region(lat, lon) is None


def test_the_points_of_capitals_lie_in_their_regions(loaded):
    table = queries.region_table()
    local = [row for row in table.rows(("regency", "city")) if table.point_is_capital[row]]
    right = sum(
        queries.nearest_region(table.latitude[row], table.longitude[row]) == table.codes[row]
        for row in local
    )
    assert right / len(local) > 0.85
