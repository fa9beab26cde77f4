"""Indonesian words fold to what their forms share, and no further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.texts.indonesian import INDONESIAN, fold
from sinergi.analysis.texts.indonesian_words import SPELLED_OUT, STOP_WORDS, WHOLE
from sinergi.analysis.texts.language import LONGEST_PHRASE


@pytest.mark.parametrize(
    "forms",
    [
        ("bakar", "kebakaran", "terbakar", "membakar", "pembakaran", "dibakar"),
        ("kelola", "mengelola", "pengelolaan", "dikelola"),
        ("tanam", "menanam", "penanaman", "ditanami"),
        ("susun", "menyusun", "penyusunan", "disusunlah"),
        ("pasang", "memasang", "pemasangan", "dipasang"),
        ("kurang", "mengurangi", "pengurangan", "berkurang"),
        ("angkut", "mengangkut", "pengangkutan"),
        ("sampah", "persampahan", "sampahnya"),
        ("latih", "pelatihan", "melatih", "dilatih"),
        ("turun", "menurunkan", "penurunan", "diturunkan"),
        ("tingkat", "meningkatkan", "tingkatkan"),
    ],
)
def test_the_forms_of_a_word_fold_together(forms):
    assert {fold(form) for form in forms} == {forms[0]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("penyakit", "sakit"),
        ("pengadaan", "ada"),
        ("pelabuhan", "labuh"),
        ("perempuan", "empu"),
        ("kekerasan", "keras"),
        ("bantuan", "bantu"),
        ("pangan", "pang"),
    ],
)
def test_a_word_whose_affix_is_its_meaning_stays_apart(one, other):
    assert fold(one) == one
    assert fold(one) != fold(other)


def test_second_names_fold_to_the_first():
    assert fold("pemukiman") == fold("permukiman")
    assert fold("petani") == fold("pertanian")


@given(st.text(alphabet="abdegiklmnoprstuy", min_size=1, max_size=20))
def test_what_is_left_of_a_word_is_long_enough_to_tell(word):
    assert len(fold(word)) >= min(len(word), 4)


def test_the_tables_are_written_as_they_are_looked_up():
    for phrase, meant in SPELLED_OUT.items():
        assert phrase == phrase.casefold()
        assert 1 <= len(phrase.split()) <= LONGEST_PHRASE
        assert set(meant.split()) - STOP_WORDS or phrase == "kerja sama"
    assert not STOP_WORDS & SPELLED_OUT.keys()
    assert not STOP_WORDS & WHOLE
    assert INDONESIAN.spelled_out is SPELLED_OUT
