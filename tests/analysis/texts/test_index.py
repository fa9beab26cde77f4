"""A search finds what says the same and tells by which words."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.texts import PLAIN, SAME, Index, similar

POINTS = [
    "Pembangunan TPA regional untuk sampah lima daerah",
    "Peningkatan cakupan air minum perpipaan",
    "Pengolahan air limbah domestik dan lumpur tinja",
    "Penanganan banjir dan drainase perkotaan",
    "",
    "stunting",
]
WORDS = st.sampled_from(
    [
        "sampah",
        "banjir",
        "air",
        "limbah",
        "minum",
        "jalan",
        "rusak",
        "guru",
        "sekolah",
        "cabai",
        "beras",
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)


def test_the_text_that_says_the_same_in_other_words_comes_first():
    # when
    found = similar(POINTS, "Tempat pembuangan akhir persampahan sudah penuh")
    # then
    assert [item.row for item in found] == [0]
    assert found[0].score >= SAME


def test_words_that_are_shared_without_meaning_are_not_enough():
    assert [item.row for item in similar(POINTS, "Sarana air bersih")] == [1]
    assert [item.row for item in similar(POINTS, "Instalasi pengolahan air limbah (IPAL)")] == [2]


def test_each_finding_tells_its_words_as_both_texts_wrote_them():
    # when
    (found,) = similar(POINTS, "Persampahan dan TPA penuh")
    # then
    shared = {(item.asked, item.found) for item in found.shared}
    assert ("TPA", "TPA") in shared
    assert sum(item.share for item in found.shared) == pytest.approx(1.0)
    assert [item.share for item in found.shared] == sorted(
        (item.share for item in found.shared), reverse=True
    )


@pytest.mark.parametrize("query", ["", "2025", "yang dan di", "道路", "xyzzy", "  \n\t "])
def test_a_query_without_a_word_of_the_index_finds_nothing(query):
    assert similar(POINTS, query) == []


def test_an_empty_index_finds_nothing():
    assert similar([], "sampah") == []
    assert similar(["", "dan"], "sampah") == []


def test_one_word_is_too_little_for_more_than_half_a_score():
    # when
    (found,) = similar(["sekolah", "jembatan"], "Sekolah")
    # then
    assert found.score == pytest.approx(0.5)


def test_texts_that_share_a_single_word_among_others_do_not_say_the_same():
    # given
    texts = ["pelatihan guru penggerak daerah", "jembatan penyeberangan sungai besar"]
    # when / then
    assert similar(texts, "jembatan timbang angkutan barang antarpulau") == []
    assert [item.row for item in similar(texts, "jembatan sungai angkutan barang antarpulau")] == [
        1
    ]


def test_what_the_query_says_besides_lowers_the_score():
    # given
    index = Index(["kebakaran hutan", "kebakaran lahan", "guru"])
    # when
    alone = index.search("kebakaran hutan")[0].score
    besides = index.search("kebakaran hutan orangutan kalimantan zamrud", least=0.0)[0].score
    # then
    assert besides < alone == pytest.approx(1.0)


@given(st.lists(TEXTS, min_size=1, max_size=12), st.integers(0, 12))
def test_an_index_that_grew_finds_what_one_made_at_once_finds(texts, cut):
    # given
    grown = Index(texts[:cut])
    grown.search("sampah banjir")
    grown.add(texts[cut:])
    # when / then
    assert len(grown) == len(texts)
    assert grown.search(texts[0], least=0.0) == Index(texts).search(texts[0], least=0.0)


@given(st.lists(TEXTS, min_size=1, max_size=12), TEXTS, st.integers(0, 5))
def test_scores_are_in_order_between_zero_and_one(texts, query, k):
    # when
    found = Index(texts).search(query, k, least=0.0)
    # then
    scores = [item.score for item in found]
    assert len(found) <= k
    assert all(0.0 < score <= 1.0 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert all(sum(item.share for item in f.shared) == pytest.approx(1.0) for f in found)


@given(st.lists(TEXTS, min_size=2, max_size=8))
def test_a_text_finds_its_like_before_all_others(texts):
    # given
    words = [set(text.split()) for text in texts]
    # when
    found = Index(texts, PLAIN).search(texts[0], least=0.0)
    # then
    if len(words[0]) > 1:
        assert found[0].score == pytest.approx(1.0)
        assert words[found[0].row] == words[0]


@given(st.lists(TEXTS, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_texts_came_changes_no_score(texts, random):
    # given
    shuffled = random.sample(texts, len(texts))
    # when
    first, second = (Index(order).search(texts[0], 99, 0.0) for order in (texts, shuffled))
    # then
    np.testing.assert_allclose([f.score for f in first], [f.score for f in second])


def test_an_index_can_be_kept_and_grown_later():
    # given
    index = Index(POINTS)
    kept = pickle.loads(pickle.dumps(index))
    # when
    kept.add(["Penertiban parkir liar"])
    # then
    assert kept.search("sampah") == Index([*POINTS, "Penertiban parkir liar"]).search("sampah")
    assert [item.row for item in kept.search("parkir liar")] == [len(POINTS)]


def test_a_paste_of_forty_pages_is_searched_and_found():
    # given
    paste = "Normalisasi sungai dan kolam retensi untuk pengendalian banjir. " * 3_000
    index = Index([*POINTS, paste])
    # when / then
    assert index.search("kolam retensi banjir")[0].row == len(POINTS)
    assert index.search(paste)[0].score == pytest.approx(1.0)


def test_only_texts_that_are_asked_for_are_found():
    # given
    index = Index(["Sampah kota penuh", "Sampah pasar penuh", "Banjir rob"])
    # when
    found = index.search("sampah penuh", 1, among=np.array([False, True, True]))
    # then
    assert [one.row for one in found] == [1]
