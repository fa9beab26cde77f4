"""Placeholders filled from data, versions compared and merged, Word and PDF made of them."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.documents import example, pdf, rendering
from sinergi.agreements.documents.clauses import ClauseText, faults, merge, numbered
from sinergi.agreements.documents.data import DocumentData, PartyData
from sinergi.agreements.documents.differences import changes
from sinergi.agreements.documents.layout import Grid, Line, laid_out
from sinergi.agreements.documents.numerals import full_day, months_between, span
from sinergi.agreements.documents.placeholders import GAP, PLACEHOLDERS, filled, values_of
from sinergi.agreements.documents.rendering import KINDS
from sinergi.reference import queries as reference


def region(place: int, province: str = "A", *, whole: bool = False) -> PartyData:
    return PartyData(place, place, f"P{place}", province=province, is_province=whole)


@pytest.mark.parametrize("code", sorted(PLACEHOLDERS))
def test_every_placeholder_is_filled_by_the_example_and_is_a_gap_without_data(code: str) -> None:
    full = filled(f"{{{code}}}", values_of(example.data()))
    assert not full.missing
    empty = filled(f"{{{code}}}", values_of(DocumentData()))
    assert (empty.text, empty.missing) == (GAP, (code,))


def test_every_placeholder_of_the_library_is_known() -> None:
    used = {code for one in reference.clauses().values() for code in one.needs}
    assert used <= set(PLACEHOLDERS)


def test_what_is_filled_in_is_not_read_again() -> None:
    assert filled("{tujuan}", {"tujuan": "{objek}", "objek": "x"}).text == "{objek}"


@pytest.mark.parametrize(
    ("parties", "who"),
    [
        ((region(1), region(2)), "Gubernur A"),
        ((region(1), region(2, "B")), "Menteri Dalam Negeri"),
        ((region(1, whole=True), region(2)), "Menteri Dalam Negeri"),
        ((region(1), PartyData(2, 2, "PT", government=False)), ""),
    ],
    ids=["one-province", "two", "with-province", "third-party"],
)
def test_who_settles_follows_from_the_provinces(parties: tuple[PartyData, ...], who: str) -> None:
    assert values_of(DocumentData(parties=parties))["penyelesaian"] == who


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2024, 1, 1), date(2028, 12, 31), 60),
        (date(2024, 2, 29), date(2025, 2, 27), 12),
        (date(2024, 1, 15), date(2024, 2, 20), None),
    ],
    ids=["five-years", "leap-day", "not-whole"],
)
def test_months_between_days(first: date, last: date, months: int | None) -> None:
    assert months_between(first, last) == months


def test_days_and_spans_in_words() -> None:
    assert span(18) == "1 (satu) tahun 6 (enam) bulan"
    assert full_day(date(2024, 2, 29)).startswith("Kamis tanggal dua puluh sembilan bulan Februari")


def test_a_text_is_laid_out_on_levels_with_tables() -> None:
    tables = {"tabel_kuota": {"head": ["a"], "rows": [["1"]]}}
    found = laid_out("(1) satu\na. dua\nb. tiga {tabel_kuota}\n(2) empat\npolos", tables)
    assert [one.level for one in found if isinstance(one, Line)] == [0, 1, 1, 0, 0]
    assert [type(one) for one in found].count(Grid) == 1


@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.lists(st.sampled_from("abcdef"), unique=True),
)
def test_changes_tell_every_clause_that_is_new_or_gone(before: list[str], after: list[str]) -> None:
    made = [[ClauseText(key, key, "x") for key in keys] for keys in (before, after)]
    found = {one.key: one.kind for one in changes(*made)}
    assert {key for key, kind in found.items() if kind == "new"} == set(after) - set(before)
    assert {key for key, kind in found.items() if kind == "gone"} == set(before) - set(after)
    assert not changes(made[0], made[0])


def test_merging_keeps_what_each_wrote() -> None:
    base = [ClauseText("k1", "a", "1"), ClauseText("k2", "b", "2")]
    mine = [base[0], ClauseText("k2", "b", "mine"), ClauseText("", "new", "n")]
    theirs = [ClauseText("k1", "a", "theirs"), base[1], ClauseText("k3", "c", "3")]
    merged = merge(base, mine, theirs)
    assert not merged.both
    assert {one.text for one in merged.clauses} == {"theirs", "mine", "n", "3"}
    both = merge(base, mine, [base[0], ClauseText("k2", "b", "other")])
    assert both.both == ("k2",)


def test_keys_are_never_used_twice() -> None:
    made = numbered([ClauseText("", "a", "b")], ["k1", "k9"])
    assert made[0].key == "k10"
    twice = [ClauseText("k1", "a", "b"), ClauseText("k1", "a", "b")]
    assert "clauses" in faults(twice, ["k1"])
    assert "clauses" in faults([ClauseText("", "a", "b")] * 500, [])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_word_file_opens_and_is_the_same_each_time(kind: str) -> None:
    told = example.payload(kind)
    made = rendering.as_word(kind, told)
    assert made == rendering.as_word(kind, told)
    text = "\n".join(one.text for one in Document(BytesIO(made)).paragraphs)
    assert "{{" not in text
    assert told["subject"].upper() in text.upper()


def test_markup_and_control_characters_of_people_stay_text() -> None:
    told = example.payload("pks")
    told["clauses"][0]["teks"] = "a\x00\x0b <w:p/> & {{ 1 + 1 }} {% raw %}"
    text = [one.text for one in Document(BytesIO(rendering.as_word("pks", told))).paragraphs]
    assert "a <w:p/> & {{ 1 + 1 }} {% raw %}" in text


@pytest.mark.parametrize("kind", ["kak", "offer", "pks"])
def test_typst_sets_a_document(kind: str) -> None:
    told = example.payload(kind)
    made = pdf.through_typst(told)
    assert made.startswith(b"%PDF")
    assert made == pdf.through_typst(told)


def test_an_office_that_hangs_or_fails_gives_nothing(tmp_path: object) -> None:
    assert pdf.through_office("/bin/false", b"x", seconds=5) is None
    assert pdf.through_office("/usr/bin/yes", b"x", seconds=0.2) is None
