"""What a preview tells of a file: each cell in its own words, the years, the title, how codes are checked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sinergi.programs.imports.context import PlanFacts
from sinergi.programs.imports.guessing import details_from
from sinergi.programs.imports.messages import told
from sinergi.programs.imports.preview import PlanPreview, preview_file

Seen = Callable[..., PlanPreview]
UNKNOWN = PlanFacts()


def test_a_number_that_can_be_read_in_two_ways_is_quoted_at_its_own_cell(seen: Seen) -> None:
    found = seen("1;Jalan;1.250", "2;Jembatan;2.000", "3;Embung;1.250")
    unsure = [one for one in found.problems.kept if one.code == "amount_two_ways"]
    assert [one.cell for one in unsure] == ["C2", "C3", "C4"]
    for one, text in zip(unsure, ("1.250", "2.000", "1.250"), strict=True):
        assert f"“{text}”" in told(one).message
        assert f"Rp {text}" in told(one).message


def test_of_many_such_cells_the_first_are_told_and_all_are_counted(seen: Seen) -> None:
    found = seen(*(f"{n};Jalan {n};1.250" for n in range(1, 131)))
    assert found.problems.counts["warning", "amount_two_ways"] == 130
    assert sum(one.code == "amount_two_ways" for one in found.problems.kept) == 100


YEARS = "Kode;Uraian;Pagu;Tahun"


@pytest.mark.parametrize(
    ("told_years", "headings", "expected"),
    [
        (["2026", "2026", "2031"], YEARS, (2026, 2026)),
        (["2026", "2027", "2028"], YEARS, (2026, 2028)),
        (["2026", "2031"], "Kode;Uraian;Pagu;Tahun;Keterangan 2026 sampai 2031", (2026, 2031)),
    ],
    ids=["a slip", "one after the other", "named in the headings"],
)
def test_a_year_that_stands_apart_does_not_widen_the_plan(
    seen: Seen, told_years: list[str], headings: str, expected: tuple[int, int]
) -> None:
    lines = (f"{n};Jalan {n};100;{year}" for n, year in enumerate(told_years))
    details = details_from(seen(*lines, headings=headings, plan=UNKNOWN), None)
    assert (details.first_year, details.last_year) == expected


def test_a_year_outside_the_plan_is_told_at_the_cell_that_names_it(seen: Seen) -> None:
    heads = "Kode;Uraian;Pagu;Tahun Mulai;Tahun Selesai"
    found = seen("1;Jalan;100;2025;2031", headings=heads)
    assert [one.cell for one in found.problems.kept if one.code == "year_outside"] == ["E2"]


@pytest.mark.parametrize(
    ("name", "lines", "title"),
    [
        (
            "kab_bandung_apbd_2025_program.csv",
            ["Tahun;Nama KLPD;Kode;Uraian;Pagu", "2025;Kab. Bandung;1;Jalan;100"],
            "APBD Kabupaten Bandung 2025",
        ),
        (
            "rpjmd.csv",
            ["Kode;Uraian;Pagu 2025;Pagu 2026", "1;Jalan;100;100"],
            "RPJMD 2025–2026",
        ),
        ("usulan_dinas.csv", ["Kode;Uraian;Nilai", "1;Jalan;100"], "Usulan dinas"),
    ],
    ids=["kind, region, year", "kind and years", "nothing told"],
)
def test_the_title_offered_says_what_the_file_is(
    shipped: None, text_file: Callable[..., Path], name: str, lines: list[str], title: str
) -> None:
    found = preview_file(text_file(*lines, name=name), plan=UNKNOWN)
    assert details_from(found, None).title == title
