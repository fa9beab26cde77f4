"""How titles are normalised."""

import polars as pl
import pytest

from sinergi.analysis.similarity import Dictionary
from sinergi.analysis.similarity.marks import kinds_of, numbers
from sinergi.analysis.similarity.roots import corrected, roots
from sinergi.analysis.similarity.tokens import cut, tokens
from sinergi.analysis.similarity.words import spelled_out


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Sta.0+500", ["sta", "500"]),
        ("STA 12 + 300", ["sta", "12300"]),
        ("RT03/RW.07", ["rt", "3", "rw", "7"]),
        ("tahap2", ["tahap", "2"]),
        ("Ma'arif", ["maarif"]),
        ("Ruas danPengujian RSUDSoreang", ["ruas", "dan", "pengujian", "rsudsoreang"]),
        ("Rp1.500.000", ["rp", "1500000"]),
        ("DAU 2.09", ["dau", "2.09"]),
        ("Réhab ＳＤ ⅳ m²", ["rehab", "sd", "iv", "m", "2"]),
        ("дорога 中文", ["дорога", "中文"]),
        ("☃ -- \x00 ", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_and_numbers(text: str, read: list[str]) -> None:
    assert tokens(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Pemb. Jl. Cipatik", "pembangunan jalan cipatik"),
        ("Rehab SDN Soreang", "rehabilitasi sekolah dasar negeri soreang"),
        ("Perbaikan Sumur Air Bersih", "rehabilitasi sumur air minum"),
        ("Belanja jasa Tahun Anggaran 2025", "belanja jasa 2025"),
        ("Sta 0+100 s/d 0+200", "sta 100 sampai 200"),
    ],
)
def test_short_forms_are_spelled_out(text: str, read: str, words: Dictionary) -> None:
    stream = spelled_out(cut(pl.Series([text])), words)

    assert " ".join(stream.vocabulary[word] for word in stream.words) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Jalan Tahap II", ["jalan", "#stage:2"]),
        ("Jalan thp 2", ["jalan", "#stage:2"]),
        ("Paket B", ["#package:b"]),
        ("RT 03/RW 07", ["#rt:3", "#rw:7"]),
        ("Sta. 0+500 s/d 1+200", ["#station:500", "sampai", "#station:1200"]),
        ("SMP 2 Soreang 2025", ["smp", "#number:2", "soreang"]),
        ("Gedung 3 unit 120 m2", ["gedung", "unit", "m"]),
        ("Ruas 012", ["#section:12"]),
        ("Jembatan V", ["jembatan", "#number:5"]),
        ("Melati I RT 2", ["melati", "#number:1", "#rt:2"]),
        ("Jalan I. Nasution", ["jalan", "i", "nasution"]),
        ("Komplek XI", ["komplek", "#number:11"]),
    ],
)
def test_numbers_that_name_a_part_are_told_from_years_and_amounts(
    text: str, read: list[str], words: Dictionary
) -> None:
    stream, _ = numbers(spelled_out(cut(pl.Series([text])), words), words, kinds_of(words))

    assert [stream.vocabulary[word] for word in stream.words] == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Alat uskesmas", "alat puskesmas"),
        ("Pmebangunan Puskesmas", "pembangunan puskesmas"),
        ("Desa Puskesma", "desa puskesmas"),
        ("Pasar Jaban", "pasar jaban"),
    ],
)
def test_a_rare_long_word_one_letter_from_a_known_one_is_that_word(text: str, read: str) -> None:
    known = {"puskesmas", "pembangunan", "desa", "jalan"}
    stream = corrected(cut(pl.Series([text, *["pembangunan puskesmas desa jalan"] * 9])), known)

    first = stream.words[stream.rows == 0].tolist()
    assert " ".join(stream.vocabulary[word] for word in first) == read


def test_a_known_word_and_a_frequent_one_are_never_corrected() -> None:
    stream = cut(pl.Series(["pelatihan pelatihon"] * 9))

    assert corrected(stream, {"pelatihan"}).words.tolist() == stream.words.tolist()
    assert corrected(stream, {"pelatihan", "pelatihon"}).words.tolist() == stream.words.tolist()


def test_texts_without_words_keep_their_place() -> None:
    stream = cut(pl.Series(["", "satu dua", "☃", None, "tiga é"]))

    assert stream.rows.tolist() == [1, 1, 4, 4]


def test_a_rare_misspelling_stands_for_the_frequent_word() -> None:
    vocabulary = ["drainase", "drainsae", "drenase", "jalan", "jalur"]

    import numpy as np

    found = roots(vocabulary, np.array([50, 1, 2, 9, 9]))

    assert [vocabulary[word] for word in found] == [
        "drainase",
        "drainase",
        "drenase",
        "jalan",
        "jalur",
    ]
