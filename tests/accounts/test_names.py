"""Names that deceive the eye are refused, and the refusal says which character."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.names import clean_name, skeleton


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Kota\u202ePalangka", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("Kota\u2066Palangka\u2069", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("Kota\u200bPalangka", "U+200B ZERO WIDTH SPACE"),
        ("Kota\u200fPalangka", "U+200F RIGHT-TO-LEFT MARK"),
        ("Kota\u00adPalangka", "U+00AD SOFT HYPHEN"),
        ("Kota\x00Palangka", "U+0000"),
        ("Kota\x1b[2J", "U+001B"),
        ("Kota\ue000", "U+E000"),
        ("Kota\u3164", "U+3164 HANGUL FILLER"),
        ("Kota\ufe0f", "U+FE0F VARIATION SELECTOR-16"),
        ("Kota\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
        ("ＫＯＴＡ", "U+FF2B FULLWIDTH LATIN CAPITAL LETTER K"),
        ("𝐊ota", "U+1D40A MATHEMATICAL BOLD CAPITAL K"),
        ("Кota Palangka Raya", "U+041A CYRILLIC CAPITAL LETTER KA"),
        ("Kοta Palangka Raya", "U+03BF GREEK SMALL LETTER OMICRON"),
        ("K\u0336\u0336\u0336\u0336ota", "accents"),
        ("  \t ", "Write a name"),
        ("x" * 161, "160"),
    ],
)
def test_a_deceiving_name_is_refused_and_the_character_named(name, told):
    with translation.override("en"), pytest.raises(InvalidError) as caught:
        clean_name(name)
    assert told in caught.value.fields["name"]


@pytest.mark.parametrize(
    "name",
    [
        "Pemerintah Kota Palangka Raya",
        "Dinas PUPR (Bidang Cipta Karya) – UPT 3/2",
        "Région de Bruxelles-Capitale",
        "Министерство финансов",
        "Δήμος Αθηναίων",
        "東京都 Tokyo",
        "محافظة القاهرة",
        "O'Brien & Søn",
    ],
)
def test_honest_names_of_any_script_pass(name):
    assert clean_name(name) == name


def test_a_name_is_put_into_normal_form():
    assert clean_name("  Kota \u00a0\n Re\u0301union ") == "Kota Réunion"


@pytest.mark.parametrize(
    "other",
    [
        "АРЕКЅІ",
        "apeksi",
        "APEKS1",
        "A P E K S I",
        "ÀPÉKSI",
        "APEKSl",
        "ΑΡΕΚЅΙ",
    ],
)
def test_names_that_look_alike_have_one_skeleton(other):
    assert skeleton(other) == skeleton("APEKSI")


def test_names_that_differ_have_different_skeletons():
    names = ["Kota Banjar", "Kota Banjarmasin", "Kota Banjarbaru", "Kabupaten Banjar", "Komwil V"]
    names += ["Komwil IV", "Dinas 3", "Dinas 4"]
    assert len({skeleton(name) for name in names}) == len(names)


@given(st.text())
def test_a_name_either_is_refused_or_comes_back_clean_and_stays_so(text):
    try:
        name = clean_name(text)
    except InvalidError:
        return
    assert clean_name(name) == name
    assert name == name.strip()
    assert skeleton(name) == skeleton(name)
