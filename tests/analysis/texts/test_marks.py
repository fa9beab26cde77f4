"""What texts that seem alike plainly differ in is told as words to look at."""

import pytest

from sinergi.analysis.texts import Index, themes
from sinergi.analysis.texts.marks import differences, differences_within, signs

TWO = [
    (
        "Peningkatan jalan lingkar Tahap 1",
        "Peningkatan jalan lingkar Tahap 2",
        ("Tahap 1", "Tahap 2"),
    ),
    ("Pembangunan jembatan TAHAP I", "Pembangunan jembatan Tahap IV", ("TAHAP I", "Tahap IV")),
    (
        "Kami tidak setuju tarif TPA regional dinaikkan",
        "Kami setuju tarif TPA regional dinaikkan",
        ("tidak setuju", "setuju"),
    ),
    ("Rumah layak huni", "Rumah tidak layak huni", ("layak", "tidak layak")),
    ("Kami tidak punya panti", "Rujukan ke panti", ("tidak punya panti", "panti")),
    ("Rumah layak huni", "Bantuan RTLH", ("layak", "RTLH")),
    (
        "Mendukung pemindahan ibu kota ke IKN",
        "Menolak pemindahan ibu kota ke IKN",
        ("Mendukung", "Menolak"),
    ),
    ("Pemindahan ibu kota", "Menolak pemindahan ibu kota", ("Pemindahan", "Menolak pemindahan")),
    (
        "Pengurangan dana bagi hasil",
        "Penambahan dana bagi hasil",
        ("Pengurangan", "Penambahan"),
    ),
]


@pytest.mark.parametrize(("first", "second", "mark"), TWO)
def test_negations_opposites_and_numbers_are_marked_from_both_sides(first, second, mark):
    assert differences(signs(first), signs(second)) == (mark,)
    assert differences(signs(second), signs(first)) == (mark[::-1],)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Peningkatan jalan Tahap I", "Jalan lingkar tahap 1"),
        ("TPA tidak memadai", "TPA sudah penuh"),
        ("RTLH", "Rumah tidak layak huni"),
        ("Menolak tarif baru", "Tarif baru ditolak, menolak tarif"),
        ("Menambah guru, mengurangi beban", "Mengurangi beban guru"),
        ("", "Tahap 1"),
        ("Tanpa", "1 2 3"),
    ],
)
def test_what_does_not_plainly_differ_has_no_mark(first, second):
    assert differences(signs(first), signs(second)) == ()


def test_a_search_tells_of_each_hit_what_it_differs_in():
    # given
    index = Index(["Rumah layak huni bagi nelayan", "Rumah tidak layak huni bagi nelayan"])
    # when
    found = index.search("Rumah tidak layak huni bagi nelayan")
    # then
    assert {one.row: one.differs for one in found} == {0: (("tidak layak", "layak"),), 1: ()}


def test_a_theme_tells_what_its_texts_differ_in_each_once():
    # given
    texts = ["Jembatan timbang Tahap 1", "Jembatan timbang Tahap 2", "jembatan timbang tahap 1"]
    # when
    (theme,) = themes(texts).themes
    # then
    assert [set(mark) for mark in theme.differs] == [{"Tahap 1", "Tahap 2"}]
    assert differences_within(texts[::2], 0) == ()


def test_of_many_texts_each_is_compared_with_their_middle():
    many = ["Jembatan timbang tahap 1"] * 80 + ["Menolak jembatan timbang tahap 1"]
    assert differences_within(many, 0) == (("Jembatan", "Menolak jembatan"),)
