"""Sheets as offices keep them: what is found in them, what is told, and that nothing is dropped."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sinergi.agreements import register_imports
from sinergi.agreements.register_imports.doubts import Doubt, from_json
from sinergi.agreements.register_imports.messages import PROBLEMS, REASONS, REMEDIES, reason, told
from sinergi.agreements.register_imports.preview import Known, preview_register
from tests.agreements.register_imports.making_registers import (
    BANJARBARU,
    HEADINGS,
    MORE,
    TODAY,
    WASTE,
    WATER,
    codes,
    numbered,
    seen,
    workbook,
)

pytestmark = pytest.mark.django_db


def only(preview):
    """The one agreement of a preview."""
    (draft,) = preview.drafts
    return draft


def row(**changes):
    """The row about waste with other values for some columns."""
    names = ("kind", "title", "number", "parties", "signed", "period", "status", "agency", "amount")
    values = dict(zip(names, WASTE, strict=True))
    return tuple({**values, **changes}.values())


def test_titles_two_rows_of_headings_and_headings_within_are_found(tmp_path):
    top = ["No", "Jenis Naskah", "Tentang", "Nomor", "", "Para Pihak", "Tanggal"]
    under = ["", "", "", "Pihak I", "Pihak II"]
    line = ["PKS", "Pengelolaan sampah", "119/1/PKS/2023", "415/2/PKS/2023", WASTE[3]]
    rows = [
        ["DAFTAR KERJA SAMA (SINTETIS)"],
        [],
        top,
        under,
        ["1", "2", "3", "4", "5", "6", "7"],
        ["TAHUN 2023"],
        [1, *line, "12 Agustus"],
        ["DINAS KESEHATAN"],
        [2, "PKS", "Rujukan pasien", "119/3/PKS/2023", "", WASTE[3], "1 Mei"],
        ["Jumlah", "", "", "2"],
    ]
    preview = seen(tmp_path, rows)
    assert (preview.reading.header_row, preview.reading.header_rows) == (3, 2)
    waste, patients = preview.drafts
    assert waste.numbers == ("119/1/PKS/2023", "415/2/PKS/2023")
    assert waste.days.signed == date(2023, 8, 12)
    assert ("year_from_above", "G7") in codes(preview)
    assert patients.parties[0].agency == "DINAS KESEHATAN"
    assert [one.why for one in preview.left_out] == [
        "numbering",
        "section",
        "section",
        "sum_or_note",
    ]


def test_every_cell_of_every_row_is_kept(tmp_path):
    rows = [*numbered(WASTE, WATER), ["", "", "", "", "PT Tambahan"], ["Jumlah", "", "", "2"]]
    preview = seen(tmp_path, rows)
    kept = [cell for draft in preview.drafts for r in draft.rows.values() for cell in r.values()]
    kept += [cell for one in preview.left_out for cell in one.written.values()]
    written = [str(cell).strip() for line in rows[1:] for cell in line if cell != ""]
    assert sorted(kept) == sorted(written)
    assert ("row_without_title", "12") not in codes(preview)
    assert ("row_without_title", "4") in codes(preview)


def test_empty_cells_mean_as_above_only_where_that_is_said(tmp_path):
    rows = [*numbered(WASTE), ["", "", "", "", "PT Tambahan"]]
    preview = seen(tmp_path, rows)
    assert len(only(preview).parties) == 2
    assert ("row_without_title", "3") in codes(preview)
    reading = preview.reading.with_(as_above=("B", "C", "D", "F"))
    joined = seen(tmp_path, rows, reading)
    assert len(only(joined).parties) == 3
    assert list(only(joined).rows) == [2, 3]


def test_cells_merged_below_each_other_are_one_agreement(tmp_path):
    rows = [*numbered(WASTE), ["", "", "", "", "PT Tambahan"]]
    rows = [[*line, *[""] * (10 - len(line))] for line in rows]
    preview = seen(tmp_path, rows, merged=("B2:B3", "C2:C3", "D2:D3", "F2:F3"))
    assert [one.kind for one in only(preview).parties] == ["PEMDA", "PEMDA", "PIHAK_KETIGA"]
    assert any(one.code == "merged_cells" for one in preview.problems.kept)


def test_a_sign_for_as_above_is_taken_and_told(tmp_path):
    preview = seen(tmp_path, numbered(WASTE, row(number="2/PKS/2023", title="Lain", agency="idem")))
    assert preview.drafts[1].parties[0].agency == "DLH"
    assert ("ditto", "I3") in codes(preview)


def test_parties_stand_in_columns_of_their_own(tmp_path):
    rows = [
        ["Nomor Naskah", "Tentang", "Pihak I", "Pihak II", "Pihak III"],
        ["1/PKS/2024", "Air baku", "Pemkot Banjarbaru", "Pemkab Banjar", "PT Air Contoh"],
    ]
    draft = only(seen(tmp_path, rows))
    assert [one.region_code for one in draft.parties] == ["63.72", "63.03", ""]
    assert draft.family == "KSDPK"


def test_a_column_of_partners_adds_the_own_government_as_the_file_says(tmp_path):
    rows = [["Nomor Naskah", "Tentang", "Mitra"], ["1/PKS/2024", "Air baku", "PT Air Contoh"]]
    preview = seen(tmp_path, rows)
    assert preview.reading.own_party
    assert [one.name for one in only(preview).parties] == [BANJARBARU.name, "PT Air Contoh"]
    without = seen(tmp_path, rows, preview.reading.with_(own_party=False))
    assert ("one_party", "C2") not in codes(preview)
    assert any(one.code == "one_party" for one in without.doubts)


def test_parties_are_found_in_a_title_that_names_them(tmp_path):
    title = "Kesepakatan Bersama antara Pemkot Banjarbaru dengan Pemkab Banjar tentang Air"
    rows = [["Nomor Naskah", "Tentang"], ["1/KB/2024", title]]
    draft = only(seen(tmp_path, rows))
    assert (draft.kind, len(draft.parties), draft.texts["object"]) == ("kb", 2, "Air")


@pytest.mark.parametrize(
    ("changes", "state", "code"),
    [
        ({"status": ""}, "living", ""),
        ({"signed": "1 Mei 2015", "status": ""}, "ended", ""),
        ({"signed": "1 Mei 2015"}, "living", "status_contradicts"),
        ({"status": "berakhir"}, "living", "status_contradicts"),
        ({"status": "berakhir", "period": ""}, "ended", "ended_without_day"),
        ({"status": "dibatalkan"}, "withdrawn", ""),
        ({"status": "diperpanjang"}, "living", "status_renewing"),
        ({"status": "mungkin"}, "living", "state_unknown"),
    ],
)
def test_whether_it_holds_follows_from_days_and_words_together(tmp_path, changes, state, code):
    preview = seen(tmp_path, numbered(row(**changes)))
    assert only(preview).state == state
    assert {one for one, cell in codes(preview) if cell == "H2"} == ({code} if code else set())


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({}, "implementation"),
        ({"kind": "MoU", "number": "1/KB/2024"}, "drafting_agreement"),
        ({"kind": "Nota Kesepakatan", "parties": "Pemkot Banjarbaru dengan Kementerian Contoh"},
         "implementation"),
        ({"status": "draft"}, "preparation"),
        ({"number": "", "signed": "", "period": ""}, "preparation"),
    ],
)  # fmt: skip
def test_the_stage_is_what_is_known(tmp_path, changes, stage):
    assert only(seen(tmp_path, numbered(row(**changes)))).stage == stage


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"signed": "31 Februari 2023"}, ("no_such_day", "F2")),
        ({"signed": "08/25/2023"}, ("order", "F2")),
        ({"signed": "Agustus 2023"}, ("length_without_beginning", "G2")),
        ({"signed": "#REF!"}, ("formula_error", "F2")),
        ({"signed": "1 Mei 2030"}, ("signed_in_future", "F2")),
        ({"period": "s.d. 1 Januari 2020"}, ("ends_before_begins", "G2")),
        ({"period": "sampai dengan selesai"}, ("open_ended", "G2")),
        ({"kind": "Kontrak"}, ("kind_presumed", "B2")),
        ({"kind": "", "number": "12/2023"}, ("kind_missing", "B2")),
        ({"parties": "Banjar dengan PT Air Contoh"}, ("party_region", "E2")),
        ({"parties": "Pemkot Banjarbaru"}, ("one_party", "E2")),
        ({"parties": ""}, ("no_party", "E2")),
        ({"amount": "1,25 M"}, ("amount_unclear", "J2")),
        ({"amount": "9" * 5000}, ("amount_unclear", "J2")),
        ({"title": "x" * 900}, ("text_long", "C2")),
        ({"title": ""}, ("title_missing", "C2")),
    ],
    ids=lambda one: "-".join(one)[:40] if isinstance(one, (tuple, dict)) else str(one),
)
def test_each_doubtful_cell_is_named(tmp_path, changes, doubt):
    preview = seen(tmp_path, numbered(row(**changes)))
    assert doubt in codes(preview)
    assert preview.ok


def test_the_same_agreement_in_two_rows_is_kept_once(tmp_path):
    preview = seen(tmp_path, numbered(WASTE, row(parties="PT Angkutan Contoh"), WASTE))
    assert len(only(preview).parties) == 3
    assert {one for one, _ in codes(preview)} >= {"rows_joined", "row_twice"}


def test_one_number_for_two_agreements_joins_nothing(tmp_path):
    preview = seen(tmp_path, numbered(WASTE, row(title="Pelatihan tenaga kerja")))
    assert len(preview.drafts) == 2
    assert ("number_twice", "3") in {(c, cell) for c, cell in codes(preview)}


def test_a_memorandum_and_its_agreement_are_proposed_and_joined_when_asked(tmp_path):
    memorandum = row(kind="MoU", number="1/KB/2023", signed="1 Mei 2023")
    preview = seen(tmp_path, numbered(memorandum, WASTE))
    assert len(preview.drafts) == 2
    assert ("pair_proposed", "3") in codes(preview)
    joined = seen(tmp_path, numbered(memorandum, WASTE), preview.reading.with_(join_pairs=True))
    assert [one.kind for one in only(joined).papers] == ["kb", "pks"]
    assert only(joined).numbers == ("119/12/PKS/2023",)
    assert list(only(joined).rows) == [2, 3]


def test_a_person_may_choose_the_day_of_a_month_for_the_file(tmp_path):
    preview = seen(tmp_path, numbered(row(signed="Agustus 2023", period="s.d. Mei 2026")))
    assert only(preview).days.begins is None
    chosen = seen(tmp_path, numbered(row(signed="Agustus 2023", period="s.d. Mei 2026")),
                  preview.reading.with_(month_as_day=True))  # fmt: skip
    assert (only(chosen).days.begins, only(chosen).days.ends) == (
        date(2023, 8, 1),
        date(2026, 5, 31),
    )
    assert {"month_taken"} == {one.code for one in chosen.doubts if one.field != "status"}


class TestBadFiles:
    """Files that must not be read, or are no register, are told in words and never break."""

    def preview(self, path: Path):
        return preview_register(path, Known(TODAY, BANJARBARU))

    def test_a_file_of_another_kind(self, tmp_path):
        path = tmp_path / "register.xlsx"
        path.write_bytes(b"%PDF-1.7 bukan tabel")
        assert not self.preview(path).ok

    def test_a_locked_workbook(self, tmp_path):
        path = tmp_path / "register.xlsx"
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4000)
        preview = self.preview(path)
        assert not preview.ok
        assert all(told(one).message for one in preview.problems.kept)

    def test_a_workbook_that_unpacks_without_end(self, tmp_path):
        path = workbook(tmp_path, numbered(WASTE))
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/bom.xml", b"0" * (200 * 1024**2))
        assert [one.code for one in self.preview(path).problems.kept] == ["zip_bomb"]

    def test_a_sheet_without_any_known_heading(self, tmp_path):
        preview = seen(tmp_path, [["warna", "rasa"], ["merah", "manis"]])
        assert [one.code for one in preview.problems.kept] == ["no_title_column"]

    def test_an_empty_sheet_and_headings_alone(self, tmp_path):
        assert [one.code for one in seen(tmp_path, []).problems.kept] == ["no_rows"]
        assert not seen(tmp_path, [[*HEADINGS, *MORE]]).ok

    def test_a_formula_without_a_value_is_told_and_does_not_stop_the_file(self, tmp_path):
        book = openpyxl.Workbook()
        for line in numbered(row(amount="=SUM(A1:A2)")):
            book.active.append(list(line))
        path = tmp_path / "register.xlsx"
        book.save(path)
        preview = self.preview(path)
        assert preview.ok
        assert [one.code for one in preview.problems.kept] == ["formula_left"]

    def test_nul_in_a_text_file_is_no_text(self, tmp_path):
        path = tmp_path / "register.csv"
        path.write_bytes(b"Nomor;Tentang;Para Pihak\n1/PKS/2024;A\x00ir;Pemkot Banjarbaru\n")
        preview = self.preview(path)
        assert [one.code for one in preview.problems.kept] == ["not_text"]
        assert told(preview.problems.kept[0]).message

    def test_signs_that_nobody_sees_are_dropped(self, tmp_path):
        path = tmp_path / "register.csv"
        path.write_text("Nomor;Tentang;Para Pihak\n1/PKS/2024;A\u200bir;Pemkot Banjarbaru\n")
        assert only(self.preview(path)).title == "Air"

    def test_a_text_file_with_lines_in_its_cells(self, tmp_path):
        path = tmp_path / "register.csv"
        cell = '"1. Pemkot Banjarbaru\n2. Pemkab Banjar"'
        path.write_text(f"Nomor Naskah;Tentang;Para Pihak\n1/PKS/2024;Air;{cell}\n")
        assert len(only(self.preview(path)).parties) == 2


def test_all_words_belong_to_a_doubt_that_is_told():
    source = Path(register_imports.__file__).parent
    written = "".join(one.read_text() for one in source.glob("*.py") if one.name != "messages.py")
    unsaid = [code for code in REASONS if code not in written and not code.startswith("status_")]
    assert not unsaid
    assert set(REMEDIES) == set(PROBLEMS)


def test_a_doubt_survives_being_kept():
    one = Doubt("order", 3, 5, "signed", "08/25/2023", "", "2023-08-25")
    assert from_json(one.to_json()) == one
    assert "25" in reason(one)
