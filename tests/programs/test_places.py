"""Places found in what is written, within the region of the plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.programs.models import PlaceCertainty
from sinergi.programs.places import find_place, lies_in, placed
from sinergi.programs.rules import LineDetails


@pytest.mark.parametrize(
    ("text", "region", "found"),
    [
        ("Jl. Raya Kab. Garut", "32", "32.05"),
        ("ruas Kota Bandung – Lembang", "32", "32.73"),
        ("KABUPATEN BANDUNG", "32", "32.04"),
        ("Kabupaten Bandung Barat", "32", "32.17"),
        ("Kec. Soreang, Kab. Bandung", "32.04", "32.04"),
        ("Palangka Raya", "ID", "62.71"),
    ],
)
def test_a_region_that_is_named_is_found(text: str, region: str, found: str) -> None:
    told = find_place(text, region)

    assert (told.region_code, told.certainty) == (found, PlaceCertainty.FOUND)


def test_a_name_of_a_regency_and_a_city_fits_both_and_none_is_chosen() -> None:
    told = find_place("Jalan di Bandung", "32")

    assert told.certainty == PlaceCertainty.AMBIGUOUS
    assert told.candidates == ("32.04", "32.73")
    assert told.region_code == ""


def test_a_region_outside_that_of_the_plan_is_not_found() -> None:
    assert find_place("Kab. Garut", "62").certainty == PlaceCertainty.PLAN


def test_districts_and_villages_are_quoted() -> None:
    told = find_place("Desa Cangkuang, Kec. Rancaekek Wetan", "32.04")

    assert told.mentions == ("Desa Cangkuang", "Kec. Rancaekek Wetan")
    assert told.certainty == PlaceCertainty.PLAN


def test_a_region_that_a_person_names_is_kept_and_told_when_outside() -> None:
    details, remarks = placed("32", LineDetails("Jalan", region_code="62.71"))

    assert (details.place_certainty, remarks) == ("typed", ["place_outside"])


@pytest.mark.django_db
def test_a_point_says_its_region_itself(shipped) -> None:
    details, remarks = placed("62", LineDetails("Jalan", lat=-2.21, lon=113.92, region_code="32"))

    assert (details.region_code, details.place_certainty) == ("62.71", "point")
    assert remarks == []


@pytest.mark.parametrize(
    ("code", "region", "lies"),
    [("32.04", "32", True), ("32", "32.04", True), ("32.04", "32.05", False), ("62", "ID", True)],
)
def test_a_region_lies_in_itself_in_what_holds_it_and_in_the_nation(
    code: str, region: str, lies: bool
) -> None:
    assert lies_in(code, region) is lies


@given(st.text(max_size=120), st.sampled_from(["ID", "32", "32.04", "99", ""]))
def test_no_text_breaks_the_search_and_what_is_found_is_certain(text: str, region: str) -> None:
    told = find_place(text, region)

    assert bool(told.region_code) == (told.certainty == PlaceCertainty.FOUND)
