"""Names in one cell are parted without losing a letter, and mean somebody only beyond doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.register_imports.parties import PartyReader
from sinergi.agreements.register_imports.splitting import names, pieces
from sinergi.reference.queries import find_region

PARTIES = (
    "Pemerintah Kota Banjarbaru",
    "Pemkab Banjar",
    "PT Air Contoh",
    "Universitas Contoh",
    "Dinas Pemuda dan Olahraga Kota Banjarmasin",
    "Kementerian Pekerjaan Umum dan Perumahan Rakyat",
    "Yayasan Contoh",
)
MARKS = (" dengan ", " dan ", "; ", "\n", ", ", " serta ")


@pytest.fixture(scope="module")
def reader() -> PartyReader:
    return PartyReader(find_region)


@given(st.text(max_size=200))
def test_pieces_joined_are_the_cell_again(text):
    assert "".join(one.text for one in pieces(text, lambda _: False)) == text


@given(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=5), st.sampled_from(MARKS))
def test_parties_joined_by_any_mark_are_parted_again(parties, mark):
    assert names(mark.join(parties), lambda _: False) == parties


@given(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=5))
def test_numbered_parties_are_parted(parties):
    cell = "\n".join(f"{place}. {one}" for place, one in enumerate(parties, start=1))
    assert names(cell, lambda _: False) == parties


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("Pemkot Banjarbaru", "63.72", "Pemerintah Kota Banjarbaru"),
        ("Kota Banjar Baru", "63.72", "Pemerintah Kota Banjarbaru"),
        ("Pemko Banjarmasin", "63.71", "Pemerintah Kota Banjarmasin"),
        ("Kab. Banjar", "63.03", "Pemerintah Kabupaten Banjar"),
        ("Kab. Kota Baru", "63.02", "Pemerintah Kabupaten Kotabaru"),
        ("Bupati Banjar", "63.03", "Pemerintah Kabupaten Banjar"),
        ("Pemprov Kalsel", "63", "Pemerintah Provinsi Kalimantan Selatan"),
        ("Banjarmasin", "63.71", "Pemerintah Kota Banjarmasin"),
        ("Kota Palangkaraya", "62.71", "Pemerintah Kota Palangka Raya"),
    ],
)
def test_governments_in_their_usual_spellings(reader, text, code, name):
    read = reader.read(text)
    assert (read.kind, read.region_code, read.name, read.why) == ("PEMDA", code, name, "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Banjar", "party_region"),
        ("Bandung", "party_region"),
        ("Kabupaten Banjarbaru", "party_region"),
        ("Pemerintah Kota", "party_region"),
        ("Dinas Kesehatan", "agency_without_region"),
        ("Toko Makmur", "party_unknown"),
        ("PT Maju dan Jaya", "party_joined"),
        ("Universitas Contoh, Jepang", "party_abroad"),
        ("x" * 300, "party_long"),
    ],
)
def test_what_is_not_sure_names_no_region(reader, text, why):
    read = reader.read(text)
    assert (read.region_code, read.why) == ("", why)


def test_names_that_fit_several_regions_are_offered(reader):
    assert reader.read("Banjar").candidates == ("32.79 Kota Banjar", "63.03 Kabupaten Banjar")


def test_a_slip_of_the_pen_is_taken_and_told(reader):
    read = reader.read("Pemerintah Kota Banjarbru")
    assert (read.region_code, read.why) == ("63.72", "region_spelled")


def test_an_agency_belongs_to_its_government(reader):
    read = reader.read("DLH Kab. Banjar")
    assert (read.region_code, read.agency, read.why) == ("63.03", "DLH", "")
    read = reader.read("Dinas Pemuda dan Olahraga Kota Banjarmasin")
    assert (read.region_code, read.agency) == ("63.71", "Dinas Pemuda dan Olahraga")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PT Air Contoh", "PIHAK_KETIGA"),
        ("Universitas Lambung Mangkurat", "PIHAK_KETIGA"),
        ("Kementerian Kesehatan", "K_L"),
        ("Kejaksaan Negeri Banjarbaru", "K_L"),
        ("BPS Kota Banjarbaru", "K_L"),
        ("Kota Kitakyushu, Jepang", "PEMDA_LN"),
        ("UNICEF", "LEMBAGA_LN"),
    ],
)
def test_others_are_known_by_their_first_word(reader, text, kind):
    read = reader.read(text)
    assert (read.kind, read.region_code, read.why) == (kind, "", "")


def test_short_names_in_a_list_are_parted_where_each_is_a_region(reader):
    cell = "Kabupaten Banjar, Barito Kuala, Tanah Laut dan Kota Banjarbaru"
    assert [one.region_code for one in reader.of_cell(cell)] == ["63.03", "63.04", "63.01", "63.72"]


def test_a_short_name_takes_no_level_from_its_neighbour(reader):
    first, second = reader.of_cell("Pemkot Banjarbaru; Banjar")
    assert (first.region_code, second.region_code, second.why) == ("63.72", "", "party_region")


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading(text):
    reader = PartyReader(find_region)
    for one in reader.of_cell(text):
        assert not one.region_code or one.kind == "PEMDA"
