import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.evidence.imports.indicators import COMPARED, IndicatorIndex, indicator_index
from sinergi.evidence.imports.mapping import Mapping
from sinergi.evidence.imports.names import SYNONYMS, nearest_name, words
from sinergi.evidence.imports.problems import Problems


@pytest.fixture
def index(shipped: None) -> IndicatorIndex:
    return indicator_index(Mapping(), Problems())


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Persentase penduduk miskin", "poverty"),
        ("Persentase Penduduk Miskin (%) 2023", "poverty"),
        ("Persentase penduduk miskn", "poverty"),
        ("Kemiskinan", "poverty"),
        ("TPT", "unemployment"),
        ("Tingkat Pengangguran Terbuka (TPT)", "unemployment"),
        ("IPM", "hdi"),
        ("UHH", "life_expectancy"),
        ("Umur Harapan Hidup (tahun)", "life_expectancy"),
        ("RLS", "mean_schooling"),
        ("HLS", "expected_schooling"),
        ("Akses air minum layak", "drinking_water"),
        ("Sanitasi layak", "sanitation"),
        ("Prevalensi stunting (%)", "stunting"),
        ("IKP", "food_security_index"),
        ("Harga cabai rawit", "price.chilli_birds_eye"),
        ("Life expectancy", "life_expectancy"),
    ],
)
def test_an_indicator_is_known_by_its_usual_names(
    index: IndicatorIndex, heading: str, code: str
) -> None:
    measure, by_likeness = index.recognise(heading)
    assert (measure and measure.code, by_likeness) == (code, True)


@pytest.mark.parametrize(
    "heading",
    [
        "Jumlah penduduk miskin",
        "Garis kemiskinan",
        "Indeks Kedalaman Kemiskinan (P1)",
        "Penduduk miskin ekstrem",
        "Penduduk",
        "Rumah tangga tidak memiliki sanitasi layak",
        "Rumah tangga dengan sanitasi aman",
        "Umur harapan hidup perempuan",
        "Jumlah balita stunting",
        "Indeks Pembangunan Gender",
        "Pengeluaran per kapita",
        "Harga beras",
        "Jasa pendidikan",
        "Luas panen padi",
        "povery",
        "No",
    ],
)
def test_another_figure_of_a_like_name_is_not_taken_for_an_indicator(
    index: IndicatorIndex, heading: str
) -> None:
    assert index.recognise(heading) == (None, True)


def test_codes_and_full_names_are_not_said_to_be_alike_only(index: IndicatorIndex) -> None:
    for measure in index.measures:
        assert index.recognise(measure.code) == (measure, False)
        assert index.recognise(measure.name_en) == (measure, False)


def test_every_synonym_leads_to_an_indicator_that_is_shipped(index: IndicatorIndex) -> None:
    for code, names in SYNONYMS.items():
        for name in names:
            measure = index.recognise(name)[0]
            assert measure is not None
            assert measure.code == code


def test_the_title_of_a_table_tells_its_indicator_unless_it_is_another_figure(
    index: IndicatorIndex,
) -> None:
    found = index.within("Persentase penduduk miskin menurut kabupaten/kota 2023")
    assert found is not None
    assert found.code == "poverty"
    assert index.within("Jumlah penduduk miskin menurut kabupaten/kota 2023") is None


@pytest.mark.parametrize(
    ("text", "code"), [("povery", "poverty"), ("unemploymnt", "unemployment"), ("Gini", "")]
)
def test_the_nearest_indicator_is_suggested(index: IndicatorIndex, text: str, code: str) -> None:
    assert index.suggest(text).partition(" ")[0] == code


def test_of_two_names_equally_like_none_is_chosen() -> None:
    names = {"telur ayam ras": "a", "telur ayam buras": "b"}
    assert nearest_name("telur ayam", names) is None


@given(st.text(max_size=60))
def test_the_words_of_a_name_are_stable(text: str) -> None:
    assert words(words(text)) == words(text)


def test_likeness_is_sought_for_a_limited_number_of_texts(index: IndicatorIndex) -> None:
    for number in range(COMPARED):
        index.recognise(f"sesuatu yang lain {number:05d}")
    assert index.recognise("Persentase penduduk miskn") == (None, True)
    assert index.recognise("Persentase penduduk miskin")[0] is not None
