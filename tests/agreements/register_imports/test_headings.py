"""Headings of registers as officials write them."""

import pytest

from sinergi.agreements.register_imports.fields import recognise


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Judul / Tentang", "title"),
        ("Judul/Tentang", "title"),
        ("Tentang / Perihal", "title"),
        ("Hari / Tanggal", "signed"),
        ("Keterangan / Ket.", "note"),
        ("OPD / Dinas Pelaksana", "agency"),
        ("Nomor MoU / PKS", "number"),
        ("Mitra / Pihak", None),
        ("Nomor / Tanggal", None),
        ("/", None),
    ],
)
def test_two_words_apart_by_a_slash_name_a_field_where_both_are_of_it(heading, field) -> None:
    assert recognise([heading]) == field
