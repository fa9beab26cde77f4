"""Files of each kind are read as they are handed out; those made up here have the shape of real ones."""

import gzip
from collections import Counter
from pathlib import Path

import pytest

from sinergi.programs.imports.context import PlanFacts
from sinergi.programs.imports.preview import preview_file
from tests.programs.imports.conftest import BANDUNG, codes, field
from tests.reference.conftest import SHARED

YEAR = PlanFacts("32.04", 2025, 2025)
EMPTIED = {"program": 9, "activity": 29}
"""Totals of the real budget above lines that all come to nothing."""
HEALTH = "DINAS KESEHATAN"
BLOCKS = "Kd Satker;Kd Program;Nama Program;Pagu Program;Kode;Uraian;Pagu"


def real(name: str) -> Path:
    """A real file of one regency, where this machine has it; it is not part of the house."""
    path = SHARED / "data" / "budget" / name
    if not path.is_file():
        pytest.skip(f"{name} of ../shared/data is not here (set SINERGI_SHARED)")
    return path


def test_the_real_budget_has_all_its_lines_and_shows_what_does_not_reconcile(shipped):
    seen = preview_file(
        real("kab_bandung_apbd_2025_program_kegiatan_subkegiatan.csv.gz"), plan=YEAR
    )
    assert seen.ok
    assert (len(seen.lines), seen.lines.total) == (3949, 405_517_887_401_900)
    differing = [one for one in seen.totals if one.differs]
    assert (len(seen.totals), len(differing)) == (1538, 81)
    assert Counter(one.level for one in differing) == {"program": 24, "activity": 57}
    assert Counter(one.level for one in differing if not one.computed) == EMPTIED
    health = [one for one in seen.totals if one.code == "1.02.02" and one.agency == HEALTH]
    assert {one.declared: one.computed for one in health} == {
        35_795_170_112_300: 35_795_170_112_300,
        1_699_368_950_000: 1_699_368_950_000,
    }
    assert seen.repeated == 169


def test_the_real_packages_have_their_numbers_places_and_years(shipped):
    seen = preview_file(real("kab_bandung_2025_rup_paket_swakelola.csv.gz"), plan=YEAR)
    assert seen.ok
    assert len(set(field(seen, "external_id"))) == len(seen.lines) == 5475
    assert seen.lines.total == 103_472_437_480_200
    assert field(seen, "region_code").count("32.04") >= 5433
    assert {one.code for one in seen.problems.kept} >= {"place_outside", "year_outside"}


def test_the_real_totals_of_agencies_are_totals_and_no_lines(shipped):
    seen = preview_file(
        real("kab_bandung_2025_struktur_anggaran_perangkat_daerah.csv.gz"), plan=YEAR
    )
    assert seen.ok
    assert seen.is_totals
    assert len(seen.agency_totals) == 68
    assert seen.agency_totals[0].declared == 42_255_166_192_200


SIPD = [
    ["RENCANA KERJA PEMERINTAH DAERAH TAHUN 2026 (CONTOH BUATAN)"],
    [],
    ["Kode", "Urusan/Bidang/Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Rencana Tahun 2026",
     "", "", "", "Prakiraan Maju Rencana Tahun 2027", ""],
    ["", "", "", "Lokasi", "Target Capaian Kinerja", "Kebutuhan Dana/Pagu Indikatif (Rp)", "Sumber Dana",
     "Target Capaian Kinerja", "Kebutuhan Dana/Pagu Indikatif (Rp)"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
    ["1", "URUSAN WAJIB", "", "", "", 900, "", "", 990],
    ["1.03", "BIDANG PEKERJAAN UMUM", "", "", "", 900, "", "", 990],
    ["1.03.10", "PROGRAM PENYELENGGARAAN JALAN", "", "", "", 900, "", "", 990],
    ["1.03.10.2.01", "Penyelenggaraan Jalan", "", "", "", 1000, "", "", 990],
    ["1.03.10.2.01.0004", "Pembangunan Jalan", "Panjang jalan", "Kec. Paseh", "2,5 km", 600, "PAD",
     "3 km", 660],
    ["1.03.10.2.01.0005", "Rehabilitasi Jalan", "Panjang jalan", "Kota Bandung", "4 km", 300, "DAK Fisik",
     "4 km", 330],
    ["", "Jumlah", "", "", "", 900, "", "", 990],
]  # fmt: skip


def test_rows_of_programmes_stand_above_their_lines_and_their_totals_are_compared(db, workbook):
    seen = preview_file(
        workbook(SIPD, merged=["D3:G3", "H3:I3"]), plan=PlanFacts("32.04", 2026, 2027)
    )
    assert seen.reading.hierarchical
    assert (seen.reading.header_row, seen.reading.header_rows) == (3, 2)
    assert field(seen, "title") == ["Pembangunan Jalan", "Rehabilitasi Jalan"]
    assert set(field(seen, "program_name")) == {"PROGRAM PENYELENGGARAAN JALAN"}
    assert set(field(seen, "activity_name")) == {"Penyelenggaraan Jalan"}
    assert seen.lines.amounts == [
        {(2026, "APBD_KABKOTA"): 60_000, (2027, "APBD_KABKOTA"): 66_000},
        {(2026, "DAK_FISIK"): 30_000, (2027, "DAK_FISIK"): 33_000},
    ]
    assert [str(one) for one in field(seen, "target")] == ["2.5", "4"]
    assert field(seen, "unit") == ["km", "km"]
    assert field(seen, "output") == ["Panjang jalan", "Panjang jalan"]
    told = [(one.code, one.declared, one.computed) for one in seen.totals if one.differs]
    assert told == [("1.03.10.2.01", 199_000, 189_000)]


def test_columns_of_several_years_are_targets_and_amounts_of_each(db, workbook):
    rows = [
        ["Kode", "Program/Kegiatan", "Indikator", "Target dan Pagu Indikatif", "", "", ""],
        ["", "", "", "2025", "", "2026", ""],
        ["", "", "", "Target", "Rp", "Target", "Rp"],
        ["1.03.10.2.01.0004", "Pembangunan Jalan", "Panjang", 2, 5_000_000, 3, 6_000_000],
    ]
    seen = preview_file(workbook(rows, merged=["D1:G1", "D2:E2", "F2:G2"]), plan=BANDUNG)
    assert seen.lines.amounts == [{(2025, ""): 500_000_000, (2026, ""): 600_000_000}]
    assert [int(one) for one in field(seen, "target")] == [2]
    assert "2026" in field(seen, "note")[0]
    assert (field(seen, "first_year"), field(seen, "last_year")) == ([2025], [2026])


def test_a_central_work_plan_keeps_its_codes(db, workbook):
    rows = [
        ["Kode RO", "Program", "Kegiatan", "KRO", "Rincian Output", "Lokasi", "Volume", "Satuan",
         "Alokasi (Rp ribu)"],
        ["GA.5039.RBB.001", "Infrastruktur", "Jalan", "Prasarana", "Jembatan Citarum", "Jawa Barat", 1,
         "unit", 2500],
    ]  # fmt: skip
    path = workbook(rows)
    seen = preview_file(path, plan=PlanFacts("ID", 2025, 2025))
    assert ("unit_to_confirm", "I1") in codes(seen)
    confirmed = preview_file(
        path, seen.reading.with_(unit_confirmed=True), plan=PlanFacts("ID", 2025, 2025)
    )
    assert confirmed.ok
    assert field(confirmed, "code") == ["GA.5039.RBB.001"]
    assert field(confirmed, "remarks") == [[]]
    assert confirmed.lines.total == 250_000_000


def test_a_sirup_export_has_packages_by_their_number(db, workbook):
    rows = [
        ["No", "Kode RUP", "Satuan Kerja", "Nama Paket", "Pagu (Rp)", "Metode Pemilihan", "Sumber Dana",
         "Lokasi", "Tahun Anggaran"],
        [1, "41234567", "Dinas PUTR", "Rehabilitasi Jembatan", "1.250.000.000", "Tender", "APBD",
         "Kab. Bandung", 2025],
    ]  # fmt: skip
    seen = preview_file(workbook(rows), plan=BANDUNG)
    assert field(seen, "external_id") == ["41234567"]
    assert seen.lines.amounts == [{(2025, "APBD_KABKOTA"): 125_000_000_000}]
    assert not seen.problems.errors


def test_a_packed_text_file_is_read_as_the_file_in_it(db, tmp_path):
    path = tmp_path / "rencana.csv.gz"
    path.write_bytes(gzip.compress(b"kode,uraian,pagu\n1.03.10.2.01.0004,Jalan,5000000\n"))
    assert preview_file(path, plan=BANDUNG).lines.total == 500_000_000


def test_what_a_file_declares_beside_years_is_compared_and_not_counted_twice(db, workbook):
    rows = [
        ["Kode", "Uraian", "Pagu", "Pagu 2025", "Pagu 2026"],
        ["1.03.10.2.01.0004", "Jalan", 30, 10, 10],
    ]
    seen = preview_file(workbook(rows), plan=BANDUNG)
    assert seen.lines.total == 2000
    assert "line_total_differs" in field(seen, "remarks")[0]


def test_a_declared_total_is_compared_with_the_lines_of_its_own_block(seen):
    found = seen(
        "7;1.02.02;Upaya Kesehatan;30;1.02.02.2.01.0001;Gedung;10",
        "7;1.02.02;Upaya Kesehatan;;1.02.02.2.01.0002;Alat;20",
        "7;1.02.02;Upaya Kesehatan;5;1.02.02.2.01.0003;Obat;5",
        "7;1.02.02;Upaya Lain;30;1.02.02.2.01.0004;Lain;30",
        "8;1.02.02;Upaya Kesehatan;30;1.02.02.2.01.0001;Gedung;29",
        "9;1.02.02;Upaya Kesehatan;50;1.02.02.2.01.0001;Gedung;20",
        headings=BLOCKS,
    )
    told = [(one.row, one.declared, one.computed) for one in found.totals]
    assert told == [
        (2, 3000, 3000),
        (4, 500, 500),
        (5, 3000, 3000),
        (6, 3000, 2900),
        (7, 5000, 2000),
    ]
    largest = [one.row for one in found.problems.kept if one.code == "program_total_differs"]
    assert largest == [7, 6], "the largest difference comes first"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_handed_out_comes_back_as_it_was(db, tmp_path, kind):
    from sinergi.accounts.principal import operator
    from sinergi.programs.exports.lines import export_lines
    from tests.programs.making import a_line, a_version

    version = a_version()
    above = {"program_name": "Program Jalan", "activity_name": "Penyelenggaraan Jalan"}
    paid = {(2025, "DAU_BG"): "12.34", 2026: 0}
    a_line(version, amounts=paid, place="Soreang", external_id="7", **above)
    a_line(
        version, title='Rehabilitasi; "jembatan"', amounts={2025: 10**12}, target="2.5", unit="km"
    )
    path = tmp_path / f"rencana.{kind}"
    path.write_bytes(export_lines(operator(), version, kind)[1])
    seen = preview_file(path, plan=BANDUNG)
    assert not seen.problems.errors, codes(seen)
    held = list(version.lines.order_by("position"))
    for name in (
        "code",
        "title",
        "program_name",
        "activity_name",
        "place",
        "external_id",
        "target",
        "unit",
        "first_year",
        "last_year",
    ):
        assert field(seen, name) == [getattr(one, name) for one in held], name
    assert seen.lines.amounts == [
        {(one.year, one.channel): int(one.amount * 100) for one in line.amounts.all()}
        for line in held
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_handed_out_and_comes_back_keeps_its_identities(db, tmp_path, kind):
    from sinergi.accounts.principal import operator
    from sinergi.programs.actions.imports import Wish, load_plan
    from sinergi.programs.exports.lines import export_lines
    from tests.programs.making import a_line, a_version

    version = a_version()
    a_line(version, place="Soreang", agency="Dinas PUTR")
    a_line(version, external_id="7", title="Rehabilitasi")
    a_line(version, external_id="", title="Rehabilitasi")
    path = tmp_path / f"rencana.{kind}"
    path.write_bytes(export_lines(operator(), version, kind)[1])
    again = load_plan(operator(), path, Wish(plan=version.plan_id))
    kept = [one.identity for one in version.lines.order_by("position")]
    assert [one.identity for one in again.lines.order_by("position")] == kept
