"""A nomenclature replaces the one before, all or nothing, from CSV or Excel."""

import gzip
from pathlib import Path

import pytest
import xlsxwriter

from sinergi.reference import queries
from sinergi.reference.actions import load_nomenclature
from sinergi.reference.errors import ReferenceFileError
from sinergi.reference.models import Activity, PackLoad

HEADING = [
    "jenis_pemda", "kode_bidang", "nama_bidang", "kode_program", "nama_program", "kode_kegiatan",
    "nama_kegiatan", "kode_subkegiatan", "nama_subkegiatan", "indikator", "satuan", "spm",
]  # fmt: skip
ROW = [
    "KABKOT", "1.05", "Ketenteraman", "1.05.04", "Program Damkar", "1.05.04.2.01", "Pencegahan",
    "1.05.04.2.01.0018", "Kerja sama dengan daerah berbatasan", "Jumlah dokumen", "Dokumen", "SPM",
]  # fmt: skip


def changed(**cells: str) -> list[str]:
    return [cells.get(name, told) for name, told in zip(HEADING, ROW, strict=True)]


@pytest.fixture
def csv_file(tmp_path: Path):
    def written(*rows: list[str], separator: str = ",", name: str = "a.csv") -> Path:
        path = tmp_path / name
        text = "\n".join(separator.join(row) for row in rows).encode("utf-8")
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return path

    return written


@pytest.mark.parametrize(
    ("separator", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.csv.gz")]
)
def test_a_csv_brings_the_subactivity_and_what_stands_above_it(db, csv_file, separator, name):
    report = load_nomenclature(csv_file(HEADING, ROW, separator=separator, name=name))
    assert (report.subactivities, report.lines, report.changed) == (1, 4, True)
    above, sub = queries.activities("1.05.04.2.01")
    assert (above.level, above.name) == ("activity", "Pencegahan")
    assert (sub.unit, sub.spm, sub.authority) == ("Dokumen", True, "KABKOTA")


def test_excel_is_read_from_any_sheet_below_any_title(db, tmp_path: Path):
    path = tmp_path / "n.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Sampul").write(0, 0, "Nomenklatur")
        sheet = book.add_worksheet("Data")
        for number, row in enumerate([["Pemutakhiran 2027"], [], HEADING, ROW]):
            sheet.write_row(number, 0, row)
    assert load_nomenclature(path).subactivities == 1


def test_headings_may_be_written_in_words(db, csv_file):
    path = csv_file(["Kode Sub Kegiatan", "Nama Sub Kegiatan"], [ROW[7], ROW[8]])
    load_nomenclature(path)
    only = Activity.objects.get()
    assert (only.code, only.authority, only.parent) == (ROW[7], "KABKOTA", "1.05.04.2.01")


def test_the_same_file_again_changes_nothing(db, csv_file):
    path = csv_file(HEADING, ROW)
    load_nomenclature(path)
    assert not load_nomenclature(path).changed
    assert PackLoad.objects.count() == 1


def test_the_codes_whose_place_an_activity_took_are_kept(db, csv_file):
    former = f"1.05.04.2.01.0007 Kerja sama lama ({ROW[7]})"
    load_nomenclature(csv_file([*HEADING, "subkegiatan_sebelumnya"], [*ROW, former]))
    assert Activity.objects.get(code=ROW[7]).previous == "1.05.04.2.01.0007"


def test_a_new_file_replaces_the_old_one(db, csv_file):
    load_nomenclature(csv_file(HEADING, ROW))
    load_nomenclature(
        csv_file(HEADING, changed(kode_subkegiatan="1.05.04.2.01.0019"), name="b.csv")
    )
    assert queries.activities(ROW[7]) == ()
    assert Activity.objects.filter(level="subactivity").count() == 1


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (changed(kode_subkegiatan="1.05.04"), "not_a_subactivity", "kode_subkegiatan"),
        (changed(nama_subkegiatan="[null]"), "no_name", "nama_subkegiatan"),
        (ROW, "subactivity_twice", "kode_subkegiatan"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(db, csv_file, row, code: str, field: str):
    with pytest.raises(ReferenceFileError) as error:
        load_nomenclature(csv_file(HEADING, ROW, row))
    problem = error.value.problems[0]
    assert (problem.message_code, problem.line, problem.field) == (code, 3, field)
    assert not Activity.objects.exists()


def test_a_file_without_the_heading_is_told(db, csv_file):
    with pytest.raises(ReferenceFileError, match="no_heading"):
        load_nomenclature(csv_file(["a", "b"], *[["1", "2"]] * 40))


def test_a_heading_without_rows_is_told(db, csv_file):
    with pytest.raises(ReferenceFileError, match="no_rows"):
        load_nomenclature(csv_file(HEADING))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"x", "wrong_kind"),
        ("a.xlsx", b"x", "not_readable"),
        ("a.csv.gz", b"\x1f\x8bx", "not_readable"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(db, tmp_path: Path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReferenceFileError, match=code):
        load_nomenclature(path)


def test_a_failed_load_keeps_the_old_nomenclature(db, csv_file):
    load_nomenclature(csv_file(HEADING, ROW))
    with pytest.raises(ReferenceFileError):
        load_nomenclature(csv_file(HEADING, changed(kode_subkegiatan="x"), name="b.csv"))
    assert queries.activities(ROW[7])


def test_without_a_nomenclature_the_names_of_the_pack_are_used(db):
    (line,) = queries.activities("2.11.11.1.01")
    assert (line.authority, line.source) == ("PROVINSI", "pack")
    assert queries.activities("9.99.99.9.99") == ()


def test_the_example_nomenclature_has_7581_subactivities(db, shared: Path):
    """Reads ../shared/data/nomenclature."""
    report = load_nomenclature(shared / "nomenclature" / "subkegiatan.csv.gz")
    assert report.subactivities == 7581
    assert Activity.objects.filter(spm=True).count() == 614


def test_a_text_of_windows_1252_is_read(db, tmp_path: Path):
    path = tmp_path / "n.csv"
    row = changed(nama_subkegiatan="Kerja sama – lintas batas")
    path.write_bytes("\n".join(",".join(one) for one in (HEADING, row)).encode("cp1252"))
    load_nomenclature(path)
    assert Activity.objects.get(code=ROW[7]).name == "Kerja sama – lintas batas"
