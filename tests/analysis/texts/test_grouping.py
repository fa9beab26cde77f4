"""Texts that say the same are drawn together; the others stay alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.errors import InputError
from sinergi.analysis.texts import PLAIN, TOGETHER, themes
from sinergi.analysis.texts.grouping import MOST_TEXTS

ISSUES = [
    "TPA kota penuh, perlu TPA regional",
    "Tempat pembuangan akhir sampah sudah penuh",
    "Air minum perpipaan belum merata",
    "Cakupan air bersih perpipaan rendah",
    "Iuran anggota asosiasi",
    "",
    "dan",
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
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=14)


def partition(texts, drawn):
    """The texts of each group, whatever their rows."""
    groups = [theme.rows for theme in drawn.themes] + [(row,) for row in drawn.alone]
    return sorted(sorted(texts[row] for row in group) for group in groups)


def plain_average_linkage(scores, least):
    """The same rule without any shortcut: join the two groups with the best average."""
    groups = [[row] for row in range(len(scores))]
    while True:
        pairs = [
            (scores[np.ix_(a, b)].mean(), i, j)
            for i, a in enumerate(groups)
            for j, b in enumerate(groups[:i])
        ]
        best = max(pairs, default=(0.0, 0, 0))
        if best[0] < least:
            return sorted(sorted(group) for group in groups)
        groups[best[2]] += groups.pop(best[1])


def test_what_says_the_same_is_drawn_together_and_the_rest_stays_alone():
    # when
    drawn = themes(ISSUES)
    # then
    assert [theme.rows for theme in drawn.themes] == [(0, 1), (2, 3)]
    assert drawn.alone == (4, 5, 6)


def test_a_theme_tells_its_words_and_its_middle():
    # given a middle that shares words with both others, which share fewer
    texts = ["banjir drainase kolam", "banjir drainase sungai", "banjir sungai bendung", "guru"]
    # when
    (theme,) = themes(texts).themes
    # then
    assert theme.rows == (0, 1, 2)
    assert theme.central == 1
    assert theme.words[0].written == "banjir"
    assert sum(word.share for word in theme.words) == pytest.approx(1.0)


def test_words_that_were_read_as_the_same_are_told_as_they_were_written():
    # given
    texts = ["Kebakaran hutan meluas", "Penanganan karhutla, karhutla", "kebakaran Hutan"]
    # when
    (theme,) = themes(texts).themes
    # then
    ways = [(word.written.casefold(), *word.others) for word in theme.words]
    assert ("hutan", "karhutla") in ways
    assert all(len({way.casefold() for way in found}) == len(found) for found in ways)


def test_the_likeness_of_a_theme_is_the_mean_of_its_pairs():
    # given
    (same,) = themes(["Jembatan rusak berat"] * 3).themes
    (near,) = themes(["Jembatan rusak berat"] * 2 + ["Jembatan rusak parah"]).themes
    # then
    assert same.likeness == pytest.approx(1.0)
    assert 0.0 < near.likeness < 1.0


def test_a_theme_that_touches_no_other_is_firm_and_one_that_does_is_less():
    # given
    apart = ["guru sekolah", "guru sekolah pinggiran", "banjir sungai", "banjir sungai luapan"]
    near = [text + " anggaran" for text in apart]
    # when / then
    assert [theme.firmness for theme in themes(apart).themes] == pytest.approx([1.0, 1.0])
    assert all(0 < theme.firmness < 1 for theme in themes(near, least=0.5).themes)


def test_texts_that_say_the_same_word_for_word_are_together():
    assert themes(["Jembatan rusak"] * 5).themes[0].rows == (0, 1, 2, 3, 4)


@pytest.mark.parametrize("texts", [[], [""], ["", "", ""], ["2024", "yang"], ["道路"]])
def test_texts_with_too_little_to_tell_stay_alone(texts):
    assert themes(texts).themes == ()
    assert themes(texts).alone == tuple(range(len(texts)))


def test_a_paste_of_forty_pages_is_drawn_to_what_it_is_about():
    paste = "Normalisasi sungai dan kolam retensi untuk pengendalian banjir. " * 3_000
    assert themes([*ISSUES, paste, "Kolam retensi banjir"]).themes[-1].rows == (7, 8)


def test_too_many_texts_are_refused_with_a_way_out():
    with pytest.raises(InputError, match="5001 texts; at most 5000"):
        themes([""] * (MOST_TEXTS + 1))


@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_changes_nothing(texts, random):
    # given
    shuffled = random.sample(texts, len(texts))
    # when
    first, second = themes(texts), themes(shuffled)
    # then
    assert partition(texts, first) == partition(shuffled, second)
    told = [
        sorted((texts_[t.central], t.words, round(t.likeness, 9), t.firmness) for t in drawn.themes)
        for texts_, drawn in ((texts, first), (shuffled, second))
    ]
    assert told[0] == told[1]


@given(TEXTS, st.floats(0.05, 0.9))
def test_every_text_is_in_one_theme_or_alone(texts, least):
    # when
    drawn = themes(texts, least)
    # then
    rows = [row for theme in drawn.themes for row in theme.rows] + list(drawn.alone)
    assert sorted(rows) == list(range(len(texts)))
    for theme in drawn.themes:
        assert len(theme.rows) > 1
        assert theme.central in theme.rows
        assert -1.0 <= theme.firmness <= 1.0
        assert theme.words
        assert sum(word.share for word in theme.words) <= 1.0 + 1e-9


def test_themes_are_those_of_a_plain_search_without_shortcuts(development):
    # given texts and their scores, no two of which are equal
    from sinergi.analysis.texts import grouping, indonesian

    texts = development.texts[:60]
    known = grouping._known(texts, indonesian.INDONESIAN)
    # when
    expected = [
        sorted(known.rows[row] for row in group)
        for group in plain_average_linkage(known.scores.toarray(), TOGETHER)
    ]
    drawn = themes(texts)
    # then
    found = [list(theme.rows) for theme in drawn.themes] + [[row] for row in drawn.alone]
    assert sorted(found) == sorted(expected)


def test_without_a_language_words_are_compared_as_they_are():
    texts = ["flood control", "flood controls", "flood control dam"]
    assert themes(texts, 0.6, PLAIN).themes[0].rows == (0, 2)
