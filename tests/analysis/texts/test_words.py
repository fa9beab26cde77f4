"""A text becomes the roots of the words that carry its matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.texts.indonesian import INDONESIAN
from sinergi.analysis.texts.language import PLAIN
from sinergi.analysis.texts.words import MOST_WORDS, terms


def test_words_without_matter_numbers_and_single_letters_are_passed_over():
    # "kami perlu … di … tahun 2025"
    assert set(terms("Kami perlu jembatan di Kelurahan X tahun 2025", INDONESIAN)) == {
        "jembatan",
        "lurah",
    }


def test_an_abbreviation_is_read_as_its_long_form_and_shown_as_it_was_written():
    # given
    text = "Umur TPA tinggal dua tahun"
    # when
    found = terms(text, INDONESIAN)
    # then
    assert set(terms("pemrosesan akhir sampah", INDONESIAN)) <= set(found)
    assert found["sampah"].written == "TPA"


def test_a_phrase_is_read_before_its_words():
    assert set(terms("air bersih", INDONESIAN)) == set(terms("Air minum", INDONESIAN))
    assert "bersih" not in terms("sarana air bersih", INDONESIAN)


def test_a_term_counts_every_form_and_keeps_the_first():
    # given / when
    found = terms("Kebakaran lahan: membakar dilarang, yang terbakar dilaporkan", INDONESIAN)
    # then
    assert (found["bakar"].count, found["bakar"].written) == (3, "Kebakaran")


def test_a_text_of_another_script_has_words_too():
    assert set(terms("بحر والماء", PLAIN)) == {"بحر", "والماء"}
    assert set(terms("Привет МИР", PLAIN)) == {"привет", "мир"}
    assert set(terms("道路整備", PLAIN)) == {"道路整備"}


def test_of_a_paste_of_forty_pages_only_the_beginning_is_read():
    # given 40 pages of 500 words, the last of them a word of its own
    text = "irigasi rusak " * 10_000 + "akhirulkalam"
    # when
    found = terms(text, INDONESIAN)
    # then
    assert set(found) == {"irigasi", "rusak"}
    assert sum(term.count for term in found.values()) == MOST_WORDS


def test_a_paste_without_spaces_is_one_short_word():
    assert [len(root) for root in terms("z" * 1_000_000, PLAIN)] == [40]


@given(st.text(max_size=300))
def test_any_text_has_terms_or_none(text):
    for root, term in terms(text, INDONESIAN).items():
        assert root
        assert term.count >= 1
        assert term.written.strip() == term.written != ""


PLACES = INDONESIAN._replace(
    places=frozenset({"sungai penuh", "banjarmasin", "batu"}), kinds_of_place=frozenset({"kota"})
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kota Banjarmasin: TPA BANJARMASIN", {"TPA"}),
        ("jembatan di kota banjarmasin", {"jembatan"}),
        ("Sampah di Kota Sungai Penuh", {"Sampah"}),
        ("sungai penuh sampah", {"sungai", "penuh", "sampah"}),
        ("tambang batu", {"tambang", "batu"}),
        ("Kota Batu", set()),
        ("Tambang Batu dan Sungai Penuh Sampah", {"Tambang", "Batu", "Sungai", "Penuh", "Sampah"}),
    ],
)
def test_a_place_is_no_matter_but_the_ordinary_word_of_its_name_is(text, left):
    assert {term.written for term in terms(text, PLACES).values()} == left
