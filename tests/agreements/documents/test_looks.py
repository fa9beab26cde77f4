"""What an official would be ashamed of: broken amounts, signatures alone on a page, duties without days."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.documents import blocks, example, rendering, wordml
from sinergi.agreements.documents.blocks import GAP
from sinergi.agreements.documents.data import DocumentData, ObligationData, PartyData
from sinergi.agreements.documents.layout import Grid
from sinergi.agreements.documents.rendering import KINDS
from sinergi.agreements.documents.when import falls_due
from sinergi.agreements.schedules import Kind, Schedule, When

PARTIES = tuple(PartyData(n, n, f"Pemerintah {n}", office=f"Bupati {n}") for n in range(1, 10))


def owed(**more: object) -> DocumentData:
    values: dict[str, object] = {"money": True, **more}
    one = ObligationData(1, 2, 1, "Membayar iuran.", **values)  # type: ignore[arg-type]
    return DocumentData(parties=PARTIES[:2], obligations=(one,))


@pytest.mark.parametrize(
    ("schedule", "told"),
    [
        (Schedule(), ""),
        (Schedule(Kind.ONCE, on=date(2028, 2, 29)), "pada tanggal 29 Februari 2028"),
        (
            Schedule(Kind.MONTHLY, day=10, when=When.AFTER),
            "setiap bulan, jatuh tempo tanggal 10 bulan berikutnya",
        ),
        (Schedule(Kind.MONTHLY, day=31), "setiap bulan, jatuh tempo hari terakhir bulan itu"),
        (
            Schedule(Kind.QUARTERLY, day=5, when=When.ADVANCE),
            "setiap triwulan, jatuh tempo tanggal 5 bulan pertama triwulan itu",
        ),
        (Schedule(Kind.YEARLY, day=1, month=3), "setiap tahun, jatuh tempo tanggal 1 Maret"),
        (
            Schedule(Kind.SEASONAL, day=2, months=(10, 4)),
            "setiap bulan April, Oktober, jatuh tempo tanggal 2 bulan itu",
        ),
        (
            Schedule(Kind.YEARLY, month=1, growth=Decimal("2.5"), base_year=2026),
            "setiap tahun, jatuh tempo tanggal 1 Januari, berubah 2,5% setiap tahun dari jumlah tahun 2026",
        ),
    ],
)
def test_when_it_falls_due_is_said(schedule: Schedule, told: str) -> None:
    assert falls_due(schedule) == told


def test_what_is_owed_says_how_much_and_when() -> None:
    data = owed(amount=Decimal(65_000), due="setiap bulan, jatuh tempo tanggal 10 bulan berikutnya")
    assert blocks.duties(data).endswith(
        "a. Membayar iuran, sebesar Rp65.000,00 (enam puluh lima ribu rupiah), setiap bulan, "
        "jatuh tempo tanggal 10 bulan berikutnya, kepada PIHAK KESATU."
    )
    table = blocks.obligation_table(data)
    assert table["head"][-1] == "Waktu"
    assert table["rows"][0][-2:] == ["Rp65.000,00", data.obligations[0].due]


@pytest.mark.parametrize(
    ("more", "told"), [({}, GAP), ({"per_unit": True}, "sesuai tarif"), ({"money": False}, "–")]
)
def test_an_amount_that_nobody_said_stays_visibly_empty(more: dict[str, object], told: str) -> None:
    data = owed(**more)
    assert blocks.obligation_table(data)["rows"][0][-1] == told
    assert (GAP in blocks.duties(data)) == (told == GAP)


@given(st.lists(st.text("ab cd", min_size=1).filter(str.strip), min_size=1, max_size=30))
def test_a_list_is_one_sentence(items: list[str]) -> None:
    lines = blocks.sentence(items).split("\n")
    assert len(lines) == len(items)
    assert lines[-1].endswith(".")
    assert all(one.endswith("; dan") for one in lines[-2:-1])
    assert all(one.endswith(";") for one in lines[:-2])


CELL = st.sampled_from(["Rp2.490.000.000,50", "PIHAK KESEMBILAN", "a b c", "–"])
CELLS = st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=6)


@given(CELLS)
def test_no_column_is_narrower_than_its_longest_word(rows: list[list[str]]) -> None:
    grid = Grid(("No.", "Pihak", "Besaran", "Waktu"), tuple(tuple(one) for one in rows))
    wide = wordml.widths(grid)
    assert sum(wide) <= wordml.WIDTH
    for place, width in enumerate(wide):
        words = [word for row in (grid.head, *grid.rows) for word in row[place].split()]
        # Digits of Arial at 10 points are 111 twentieths of a point wide, capitals at most 167.
        assert all(sum(133 if c.isupper() else 105 for c in word) <= width for word in words)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_kind_shows_what_is_no_text(kind: str) -> None:
    empty = DocumentData()
    kept = rendering.snapshot(empty)
    told = rendering.payload(kind, [], kept, empty, version=1, note="")
    for payload in (told, example.payload(kind)):
        made = Document(BytesIO(rendering.as_word(kind, payload)))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*(one.text for one in made.paragraphs), *cells])
        assert not re.search(r"None|\(\s*\)|\[\s*\]|\{|\}|,\s*,|\bnan\b", text), text


@pytest.mark.parametrize("kind", ["kb", "pks", "nota", "addendum", "minutes"])
def test_the_last_paragraph_stays_with_the_first_signatures(kind: str) -> None:
    made = Document(BytesIO(rendering.as_word(kind, example.payload(kind))))
    signing = made.tables[-1]
    before = signing._tbl.getprevious()
    kept: list[object] = []
    while len(kept) < 2:
        kept.append(before.find(".//" + wordml_tag("keepNext")))
        before = before.getprevious()
    assert all(one is not None for one in kept)
    assert not signing._tbl.findall(".//" + wordml_tag("keepNext"))
    rows = signing._tbl.findall(".//" + wordml_tag("cantSplit"))
    assert len(rows) == len(signing.rows)


def wordml_tag(name: str) -> str:
    return "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}" + name


def test_a_letter_names_each_receiver_and_is_signed_on_the_right() -> None:
    data = DocumentData(parties=PARTIES, author=2, title="Hal")
    told = rendering.payload(
        "answer",
        [{"key": "k1", "heading": "A", "text": "Isi."}],
        rendering.snapshot(data),
        data,
        version=1,
        note="",
    )
    made = Document(BytesIO(rendering.as_word("answer", told)))
    lines = [one.text for one in made.paragraphs]
    assert "1. Bupati 1" in lines
    assert "8. Bupati 9" in lines
    assert not any(line.endswith("Bupati 2") for line in lines)
    left, right = made.tables[-1].rows[0].cells
    assert (left.text.strip(), "Bupati 2" in right.text) == ("", True)
