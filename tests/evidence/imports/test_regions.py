import pytest

from sinergi.evidence.imports.regions import (
    Match,
    Place,
    RegionIndex,
    is_total,
    other_reading,
    suggest_region,
)

ACEH_SELATAN = Place(1, "11.01", "Kabupaten Aceh Selatan", "regency", "1103")
ACEH_SINGKIL = Place(2, "11.10", "Kabupaten Aceh Singkil", "regency", "1102")
SIMEULUE = Place(3, "11.09", "Kabupaten Simeulue", "regency", "1101")
BANDUNG = Place(4, "32.04", "Kabupaten Bandung", "regency", "3204")
KOTA_BANDUNG = Place(5, "32.73", "Kota Bandung", "city", "3273")
BANJAR = Place(6, "63.03", "Kabupaten Banjar", "regency", "6303")
KOTA_BANJAR = Place(7, "32.79", "Kota Banjar", "city", "3279")
BANJARMASIN = Place(8, "63.71", "Kota Banjarmasin", "city", "6371")
NABIRE = Place(9, "94.01", "Kabupaten Nabire", "regency", "")
NATION = Place(10, "ID", "Indonesia", "nation", "")
PLACES = [
    ACEH_SELATAN,
    ACEH_SINGKIL,
    SIMEULUE,
    BANDUNG,
    KOTA_BANDUNG,
    BANJAR,
    KOTA_BANJAR,
    BANJARMASIN,
    NABIRE,
    NATION,
]


@pytest.fixture
def index() -> RegionIndex:
    return RegionIndex(PLACES)


def one(index: RegionIndex, text: str, codes: str = "auto") -> Match:
    return index.match_all([text], codes)[text]


def test_a_code_is_its_region(index: RegionIndex) -> None:
    assert one(index, "11.01") == Match(ACEH_SELATAN, "code")


def test_a_code_without_a_dot_is_read_as_bps_and_the_other_reading_is_told(
    index: RegionIndex,
) -> None:
    match = one(index, "1101")
    assert (match.place, match.how, match.other) == (SIMEULUE, "bps", ACEH_SELATAN)
    assert "11.01 Kabupaten Aceh Selatan" in other_reading(match)


def test_equal_readings_tell_of_no_other(index: RegionIndex) -> None:
    assert other_reading(one(index, "6371")) == ""


def test_a_chosen_convention_decides_codes_without_a_dot(index: RegionIndex) -> None:
    assert one(index, "1101", "kemendagri").place == ACEH_SELATAN
    assert one(index, "1101", "bps").place == SIMEULUE


def test_codes_that_only_one_reading_knows_decide_for_the_file(index: RegionIndex) -> None:
    matches = index.match_all(["1101", "9401", "1110"], "auto")
    assert matches["1101"].place == ACEH_SELATAN


def test_a_code_that_lost_its_last_zero_is_found_again(index: RegionIndex) -> None:
    assert one(index, "11.1") == Match(ACEH_SINGKIL, "written")


@pytest.mark.parametrize("text", ["11,01", "11 01", "11-01", "11.01."])
def test_other_marks_inside_a_code_are_understood(index: RegionIndex, text: str) -> None:
    assert one(index, text) == Match(ACEH_SELATAN, "written")


@pytest.mark.parametrize(
    "text", ["Kota Banjarmasin", "banjarmasin", "KOTA BANJARMASIN", "Kota Banjar Masin"]
)
def test_a_name_in_any_case_is_read_and_said_to_be_a_name(index: RegionIndex, text: str) -> None:
    assert one(index, text) == Match(BANJARMASIN, "name")


@pytest.mark.parametrize("text", ["Kab. Bandung", "Kabupaten Bandung", "kab bandung"])
def test_the_kind_in_a_name_tells_regency_from_city(index: RegionIndex, text: str) -> None:
    assert one(index, text).place == BANDUNG


def test_a_bare_name_that_fits_two_regions_is_settled_by_nobody(index: RegionIndex) -> None:
    match = one(index, "Bandung")
    assert match.place is None
    assert set(match.candidates) == {BANDUNG, KOTA_BANDUNG}


def test_a_bare_name_is_the_regency_when_the_file_names_the_city_too(index: RegionIndex) -> None:
    matches = index.match_all(["Bandung", "Kota Bandung"], "auto")
    assert matches["Bandung"].place == BANDUNG


def test_a_bare_name_is_settled_when_all_others_lie_in_one_province(index: RegionIndex) -> None:
    matches = index.match_all(["Banjar", "Kota Banjarmasin"], "auto")
    assert matches["Banjar"] == Match(BANJAR, "name")


def test_the_nation_has_a_name(index: RegionIndex) -> None:
    assert one(index, "Indonesia").place == NATION


@pytest.mark.parametrize("text", ["99.99", "9999", "Atlantis", "?", "63"])
def test_what_is_no_region_is_none(index: RegionIndex, text: str) -> None:
    assert one(index, text).place is None


@pytest.mark.parametrize(
    "text", ["Jumlah", "TOTAL", "Rata-rata", "Sumber: BPS", "Catatan: x", "*) sementara"]
)
def test_totals_and_notes_are_known_by_their_first_word(text: str) -> None:
    assert is_total(text)


def test_a_region_is_no_total() -> None:
    assert not is_total("Kabupaten Notaland")


def test_a_misspelt_name_gets_a_suggestion(shipped: None) -> None:
    assert suggest_region("Banjarmasn") == "63.71 Kota Banjarmasin"
    assert suggest_region("qqqqqqqq") == ""
