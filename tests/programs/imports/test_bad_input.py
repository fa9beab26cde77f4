"""Whatever is wrong with a file is told at its cell, and nothing is lost."""

import gzip
from pathlib import Path

import pytest

from sinergi.programs.imports.messages import told
from sinergi.programs.imports.preview import preview_file
from sinergi.programs.imports.reading import AS_TOLD
from sinergi.programs.remarks import remark_text
from sinergi.reference.models import Activity
from tests.programs.imports.conftest import BANDUNG, codes, field

ROAD = "1.03.10.2.01.0004;Pembangunan Jalan"


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("Rp 1.250.000,00", 125_000_000),
        ("1,25 M", 125_000_000_000),
        ("2,5 juta", 250_000_000),
        ("Rp1.000,-", 100_000),
        ("Rp. 1.000.000,-", 100_000_000),
    ],
)
def test_amounts_as_text_are_read_and_said(seen, text, minor):
    preview = seen(f"{ROAD};{text}")
    assert preview.lines.total == minor
    assert ("amount_in_words", "C2") in codes(preview)
    assert field(preview, "remarks") == [["amount_in_words"]]
    assert preview.ok


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-500000", "amount_negative"),
        ("(500.000)", "amount_negative"),
        ("USD 1,000", "amount_foreign"),
        ("#REF!", "formula_error"),
        ("sesuai kebutuhan", "amount_unread"),
        ("1.250 M", "amount_unclear"),
    ],
)
def test_amounts_that_cannot_be_taken_refuse_the_file_until_they_are_left_out(seen, text, code):
    preview = seen(f"{ROAD};{text}")
    assert (code, "C2") in codes(preview)
    assert not preview.ok
    left = seen(f"{ROAD};{text}", reading=preview.reading.with_(leave_unread=True))
    assert left.ok
    assert field(left, "remarks")[0][0] == code
    assert text in field(left, "note")[0]


@pytest.mark.parametrize("text", ["1.250 M", "1,250 juta", "Rp 1.250 miliar"])
def test_a_mark_before_a_word_of_scale_can_mean_two_amounts_and_stops_the_row(seen, text):
    preview = seen(f"{ROAD};{text}", f"{ROAD} 2;1.250.000,00")
    assert ("amount_unclear", "C2") in codes(preview)
    assert not preview.ok
    assert field(preview, "total")[0] == 0
    sure = preview.reading.with_(numbers="id")
    assert not seen(f"{ROAD};{text}", reading=sure).ok, (
        "a choice remembered for a file settles no cell"
    )


def test_a_word_of_scale_goes_before_the_unit_of_the_file(seen):
    heads = "RKPD 2025 (dalam ribuan rupiah);;"
    first = seen("Kode;Uraian;Pagu", f"{ROAD};1,25 M", headings=heads)
    sure = first.reading.with_(unit_confirmed=True)
    preview = seen(
        "Kode;Uraian;Pagu", f"{ROAD};1,25 M", f"{ROAD} 2;7", headings=heads, reading=sure
    )
    assert field(preview, "total") == [125_000_000_000, 700_000]


def test_rupiah_in_a_column_of_thousands_can_mean_two_amounts_and_stops_the_row(seen):
    heads = "Kode;Uraian;Pagu (dalam ribuan)"
    first = seen(f"{ROAD};Rp1.500.000", headings=heads)
    sure = first.reading.with_(unit_confirmed=True)
    lines = [f"{ROAD};Rp1.500.000", f"{ROAD} 2;Rp 0", f"{ROAD} 3;Rp 2,5 juta", f"{ROAD} 4;7"]
    preview = seen(*lines, headings=heads, reading=sure)
    assert [one.cell for one in preview.problems.kept if one.code == "amount_unit"] == ["C2"]
    assert not preview.ok
    assert field(preview, "total") == [0, 0, 250_000_000, 700_000]
    (found,) = (one for one in preview.problems.kept if one.code == "amount_unit")
    assert "Rp 1.500.000 " in told(found).message
    assert "Rp 1.500.000.000." in told(found).message
    left = seen(*lines, headings=heads, reading=sure.with_(leave_unread=True))
    assert left.ok
    assert "Rp1.500.000" in field(left, "note")[0]
    assert remark_text("amount_unit") != "amount unit"
    assert seen(*lines, headings=heads, reading=sure.with_(multiplier=1)).ok


def test_columns_of_different_units_are_asked_about_one_by_one(seen):
    heads = "Kode;Uraian;Pagu 2025 (dalam ribuan);Pagu 2026 (juta);Pagu 2027"
    line = f"{ROAD};1500;2,5;3"
    preview = seen(line, headings=heads)
    (found,) = (one for one in preview.problems.kept if one.code == "units_to_confirm")
    message = told(found).message
    assert "C1 “Pagu 2025 (dalam ribuan)” × 1.000" in message
    assert "D1 “Pagu 2026 (juta)” × 1.000.000" in message
    assert "–" not in message
    confirmed = seen(line, headings=heads, reading=preview.reading.with_(unit_confirmed=True))
    assert confirmed.ok
    assert confirmed.lines.amounts == [
        {(2025, ""): 150_000_000, (2026, ""): 250_000_000, (2027, ""): 300}
    ]


def test_a_column_without_a_unit_of_its_own_has_that_of_the_title(seen):
    rows = ["Kode;Uraian;Pagu 2025;Pagu 2026 (juta)", f"{ROAD};1500;2,5"]
    heads = "RKPD (dalam ribuan rupiah);;;"
    first = seen(*rows, headings=heads)
    assert first.reading.multiplier == AS_TOLD
    confirmed = seen(*rows, headings=heads, reading=first.reading.with_(unit_confirmed=True))
    assert confirmed.lines.amounts == [{(2025, ""): 150_000_000, (2026, ""): 250_000_000}]


def test_a_channel_that_is_presumed_is_told_by_its_name(seen):
    preview = seen(f"{ROAD};5;DAU", headings="Kode;Uraian;Pagu;Sumber dana")
    found = next(one for one in preview.problems.kept if one.code == "channel_presumed")
    assert "DAU tidak ditentukan" in told(found).message
    assert "DAU_BG" not in told(found).message


def test_a_channel_is_read_under_each_of_its_headings_and_an_account_states_none(seen):
    for heading in ("Sumber dana", "nama_sumber_dana"):
        preview = seen(f"{ROAD};5;DAK Fisik", headings=f"Kode;Uraian;Pagu;{heading}")
        assert list(preview.lines.amounts[0]) == [(2025, "DAK_FISIK")]
    preview = seen(f"{ROAD};5;5.1.02.01", headings="Kode;Uraian;Pagu;Kode Rekening")
    assert list(preview.lines.amounts[0]) == [(2025, "")]


def test_both_amounts_that_a_cell_can_mean_are_told(seen):
    preview = seen(f"{ROAD};1.250 M")
    found = next(one for one in preview.problems.kept if one.code == "amount_unclear")
    assert "Rp 1.250.000.000" in told(found).message
    assert "Rp 1.250.000.000.000" in told(found).message


@pytest.mark.parametrize(
    ("note", "factor"),
    [
        ("(dalam ribuan rupiah)", 1_000),
        ("Rp juta", 1_000_000),
        ("(Rp. 000)", 1_000),
        ("dalam jutaan", 1_000_000),
    ],
)
def test_a_unit_in_a_note_is_shown_and_must_be_confirmed(seen, note, factor):
    preview = seen("Kode;Uraian;Pagu", f"{ROAD};25", headings=f"RKPD 2025 {note};;")
    assert [one.factor for one in preview.unit_notes] == [factor]
    assert ("unit_to_confirm", "A1") in codes(preview)
    assert preview.reading.multiplier == factor
    sure = preview.reading.with_(unit_confirmed=True)
    confirmed = seen("Kode;Uraian;Pagu", f"{ROAD};25", headings=f"RKPD 2025 {note};;", reading=sure)
    assert confirmed.ok
    assert confirmed.lines.total == 25 * factor * 100


def test_an_amount_merged_over_lines_counts_once(db, workbook):
    rows = [["Kode", "Uraian", "Pagu"]]
    rows += [[f"1.03.10.2.01.000{n}", f"Ruas {n}", 9_000_000 if n == 1 else ""] for n in (1, 2, 3)]
    preview = preview_file(workbook(rows, merged=["C2:C4"]), plan=BANDUNG)
    assert preview.lines.total == 900_000_000
    assert [("amount_merged" in one) for one in field(preview, "remarks")] == [True, True, True]
    assert ("amount_merged", "C3") in codes(preview)


def test_a_line_that_stands_twice_is_kept_twice(seen):
    preview = seen(f"{ROAD};5000000", f"{ROAD};5000000")
    assert len(preview.lines) == 2
    assert ("twice", "B3") in codes(preview)


def test_codes_are_brought_to_their_writing_and_checked(seen):
    Activity.objects.create(
        code="1.03.10.2.01.0004", authority="KABKOTA", name="Jalan", level="subactivity",
        previous="1.03.10.2.01.0002",
    )  # fmt: skip
    preview = seen(
        "1.03.10.2.01.04;A;1", "1.03.10.2.01.0002;B;1", "1.03.10.2.01.0099;C;1",
        "1.03.10.1.01.0004;D;1", "1.03.10.5.01.0004;E;1", "jalan;F;1", ";G;1",
    )  # fmt: skip
    found = list(field(preview, "remarks"))
    assert found[0] == ["code_written_otherwise"]
    assert found[1] == ["code_retired"]
    assert found[2] == ["code_unknown"]
    assert found[3] == ["level_province", "code_unknown"]
    assert found[4] == ["level_special", "code_unknown"]
    assert found[5] == ["code_malformed"]
    assert found[6] == ["code_missing"]
    retired = next(one for one in preview.problems.kept if one.code == "code_retired")
    assert "1.03.10.2.01.0004" in told(retired).message
    assert field(preview, "code")[0] == "1.03.10.2.01.0004"
    assert field(preview, "code_written")[0] == "1.03.10.2.01.04"


def test_a_place_that_fits_several_regions_is_none_of_them(shipped, text_file):
    path = text_file("Kode;Uraian;Pagu;Lokasi", f"{ROAD};1;Bandung")
    from sinergi.programs.imports.context import PlanFacts

    preview = preview_file(path, plan=PlanFacts("32", 2025, 2025))
    assert ("place_ambiguous", "D2") in codes(preview)
    assert field(preview, "region_code") == [""]
    assert field(preview, "place_certainty") == ["ambiguous"]


def test_a_year_outside_the_plan_is_kept_and_remarked(seen):
    preview = seen(f"{ROAD};1;2031", headings="Kode;Uraian;Pagu;Tahun")
    assert ("year_outside", "D2") in codes(preview)
    assert preview.lines.amounts == [{(2031, ""): 100}]


def test_a_total_that_does_not_add_up_is_shown_and_not_changed(seen):
    preview = seen(f"{ROAD};100", "Jumlah;;150", "")
    assert ("all_total_differs", "C3") in codes(preview)
    assert preview.lines.total == 10_000


def test_two_currencies_refuse_the_file(seen):
    preview = seen(f"{ROAD};1;2", headings="Kode;Uraian;Pagu;Nilai (USD)", reading=None)
    reading = preview.reading.with_(columns={**preview.reading.columns, "D": "amount:2026:"})
    assert ("two_currencies", "D1") in codes(
        seen(f"{ROAD};1;2", headings="Kode;Uraian;Pagu;Nilai (USD)", reading=reading)
    )


def test_a_line_in_another_currency_is_told_at_its_cell_and_not_counted(seen):
    lines = [f"{ROAD};5;IDR", f"{ROAD};7;USD", f"{ROAD};9;Rp"]
    headings = "Kode;Uraian;Pagu;Mata Uang"
    preview = seen(*lines, headings=headings)
    assert ("amount_foreign", "D3") in codes(preview)
    assert not preview.ok
    left = seen(*lines, headings=headings, reading=preview.reading.with_(leave_unread=True))
    assert left.ok
    assert left.lines.total == 1400
    assert field(left, "note") == ["", "Pagu: 7 USD", ""]


def test_channels_are_known_by_their_usual_names_and_others_are_said(seen):
    lines = [f"{ROAD};1;{text}" for text in ("PAD", "DAK Fisik", "DAU", "DAU, PAD", "Dana Anu", "")]
    preview = seen(*lines, headings="Kode;Uraian;Pagu;Sumber Dana")
    read = [channel for one in preview.lines.amounts for _, channel in one]
    assert read == ["APBD_KABKOTA", "DAK_FISIK", "DAU_BG", "", "", ""]
    told_codes = [set(one) - {"twice"} for one in field(preview, "remarks")]
    assert told_codes == [
        set(), set(), {"channel_presumed"}, {"channel_several"}, {"channel_unknown"}, set(),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "account", "passed"),
    [
        ("Belanja Bantuan Keuangan Khusus kepada Desa", "", True),
        ("Belanja lain", "5.4.02.05.01", True),
        ("Hibah kepada Pemerintah Pusat", "", True),
        ("Bantuan Keuangan kepada seluruh desa", "", True),
        ("Bantuan Keuangan ke Kab. Bandung", "", True),
        ("Bantuan Keuangan Umum Daerah Provinsi kepada Kabupaten/Kota", "", True),
        ("Bantuan Keuangan antar Daerah Kabupaten/Kota", "", True),
        ("Penyaluran Bantuan Keuangan", "", True),
        ("Belanja lain", "5.1.05.01", True),
        ("Belanja lain", "5.1.05.02.01", True),
        ("Belanja lain", "5.1.05", False),
        ("Belanja lain", "5.1.05.05.01", False),
        ("Bantuan Keuangan kepada Partai Politik", "5.1.05.07", False),
        ("Penyaluran bantuan keuangan kepada partai politik", "", False),
        ("Bantuan keuangan kepada mahasiswa", "", False),
        ("Bantuan keuangan untuk korban bencana", "", False),
        ("Pembangunan jembatan (bantuan keuangan dari provinsi)", "", False),
        ("Monitoring bantuan keuangan kepada desa", "", False),
        ("Pembangunan jalan", "5.2.04.01", False),
    ],
)
def test_money_passed_on_is_recognised(seen, title, account, passed):
    headings = "Kode;Uraian;Pagu;Kode Rekening"
    preview = seen(f"1.03.10.2.01.0004;{title};1;{account}", headings=headings)
    assert field(preview, "is_transfer") == [passed]
    assert ("transfer_recognised" in field(preview, "remarks")[0]) is passed


def test_a_sheet_without_headings_is_read_by_its_cells_and_says_so(db, text_file):
    path = text_file(f"{ROAD};5000000", "1.03.10.2.01.0005;Rehabilitasi Jalan;7000000")
    preview = preview_file(path, plan=BANDUNG)
    assert "no_heading_row" in {code for code, _ in codes(preview)}
    assert field(preview, "title") == ["Pembangunan Jalan", "Rehabilitasi Jalan"]
    assert preview.lines.total == 1_200_000_000


def test_an_empty_sheet_has_no_lines(db, workbook):
    assert not preview_file(workbook([]), plan=BANDUNG).ok


def _encrypted(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096)


def _bomb(path: Path) -> None:
    with gzip.open(path, "wb") as packed:
        for _ in range(130):
            packed.write(b"0" * (1 << 20))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("kosong.xlsx", lambda path: path.write_bytes(b"")),
        ("rusak.xlsx", lambda path: path.write_bytes(b"PK\x03\x04 rusak")),
        ("rusak.csv.gz", lambda path: path.write_bytes(b"\x1f\x8b\x08 rusak")),
        ("gambar.csv", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n")),
        ("sandi.xlsx", _encrypted),
        ("bom.csv.gz", _bomb),
    ],
)
def test_files_that_cannot_or_must_not_be_read_are_refused(db, tmp_path, name, make):
    path = tmp_path / name
    make(path)
    preview = preview_file(path, plan=BANDUNG)
    assert not preview.ok
    first = preview.problems.kept[0]
    assert first.severity == "error"
    assert told(first).message


def test_a_text_too_long_is_cut_and_kept_whole_in_the_note(seen):
    title = "Jalan " * 120
    preview = seen(f"1.03.10.2.01.0004;{title};1")
    assert len(field(preview, "title")[0]) == 500
    assert title.strip() in field(preview, "note")[0]
    assert ("title_cut", "B2") in codes(preview)


def test_an_amount_that_no_line_has_is_refused_at_its_cell(seen):
    preview = seen(f"{ROAD};1000000000000001")
    assert ("amount_large", "C2") in codes(preview)
    assert not preview.ok


def test_amounts_that_together_are_larger_than_any_line_are_refused(seen):
    parts = "600000000000000;600000000000000"
    preview = seen("Kode;Uraian;Pagu 2025;Pagu 2026", f"{ROAD};{parts}", headings="RKPD 2025;;;")
    assert "amount_large" in {code for code, _cell in codes(preview)}
    assert not preview.ok


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5_000,
        "Rp " + "9" * 5_000,
        ".".join(["999"] * 2_000),
        "9" * 5_000 + " juta",
        "1e999999999",
    ],
    ids=["digits", "rupiah", "thousands", "word_of_scale", "exponent"],
)
def test_an_amount_of_thousands_of_digits_is_told_at_its_cell(seen, text):
    preview = seen(f"{ROAD};{text}", f"{ROAD} 2;7")
    assert ("amount_large", "C2") in codes(preview)
    assert not preview.ok
    assert preview.lines.amounts == [{}, {(2025, ""): 700}]
    left = seen(f"{ROAD};{text}", reading=preview.reading.with_(leave_unread=True))
    assert left.ok
