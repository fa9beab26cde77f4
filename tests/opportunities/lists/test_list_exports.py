"""The files people hand in: opened and read back."""

import csv
import io
import json

import openpyxl
import pytest
from docx import Document
from docxtpl import DocxTemplate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import load_workbook

from sinergi.opportunities.lists import actions, errors, exports, snapshot
from sinergi.opportunities.lists.exports import word
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.models import PriorityList

from .factories import BY, SETTINGS, bappeda, explanation

HEADINGS = [
    "No.",
    "Urusan",
    "Objek kerja sama",
    "Mitra (daerah dan peran)",
    "Jenis",
    "Kewenangan/pimpinan",
    "Kode kegiatan",
    "Saluran pendanaan",
    "Tahun",
    "Alasan",
    "Pengusul",
    "Catatan",
]


def export(plan: PriorityList, fmt: str, language: str = "id") -> bytes:
    return exports.export_list(BY, plan.pk, fmt, language)[1]


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = load_workbook(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def pdf_text(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_file_name_says_what_and_when(handed_in: PriorityList) -> None:
    name, _ = exports.export_list(BY, handed_in.pk, "csv")
    assert name.startswith("daftar-kerja-sama-prioritas-banjarbakula-20")
    assert exports.export_list(BY, handed_in.pk, "csv", "en")[0].startswith("cooperation-list-")


def test_a_name_without_letters_still_makes_a_file_name(db: None) -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("!!!", "Bappeda"))
    assert f"daftar-kerja-sama-{plan.pk}-" in exports.export_list(BY, plan.pk, "json")[0]


def test_an_unknown_format_names_those_there_are(handed_in: PriorityList) -> None:
    with pytest.raises(errors.FormatError, match="xlsx, docx, pdf, csv, json"):
        exports.export_list(BY, handed_in.pk, "odt")


def test_excel_has_the_official_form(handed_in: PriorityList) -> None:
    form = sheets(export(handed_in, "xlsx"))["Daftar"]
    assert form[0][0] == "Daftar Rencana Kerja Sama Daerah"
    assert HEADINGS in form
    line = form[form.index(HEADINGS) + 1]
    assert line[2] == "TPA/TPST regional"
    assert line[1] == "2.11 Lingkungan Hidup\n1.03 Pekerjaan Umum dan Penataan Ruang"
    assert line[4] == "KSDD – calon kerja sama wajib, tipe a"
    assert line[5] == "DLH Provinsi; wajib ikut serta: Kalimantan Selatan"
    assert line[6:9] == ["2.11.11.1.01", "APBD provinsi", 2028]
    assert line[10:] == ["DLH & PUPR", "Perlu <Perda> tarif"]


def test_excel_is_set_up_for_printing(handed_in: PriorityList) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(handed_in, "xlsx")))
    sheet = book["Daftar"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "No.")
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.page_setup.fitToHeight == 0


def test_excel_shows_the_reasons_with_their_marks(handed_in: PriorityList) -> None:
    rows = sheets(export(handed_in, "xlsx"))["Alasan"]
    first = dict(zip(map(str, rows[0]), rows[1], strict=True))
    assert (first["Nilai"], first["Satuan"], first["Periode"]) == (1234.5, "ton/hari", "2024")
    assert (first["Status nilai"], first["Poin"]) == ("perkiraan", 20)
    book = openpyxl.load_workbook(io.BytesIO(export(handed_in, "xlsx")))
    assert "*" in book["Alasan"]["F2"].number_format
    assert "tidak tersedia" in [row[9] for row in rows]


def test_excel_names_the_sources_and_the_evidence(handed_in: PriorityList) -> None:
    rows = sheets(export(handed_in, "xlsx"))["Sumber"]
    assert ["BPS 2023", "Jalan mantap", "2024", 2] in rows
    assert any("data e1 (2026-11-21); katalog c1" in str(row[1]) for row in rows)


def test_word_holds_the_same_form(handed_in: PriorityList) -> None:
    document = Document(io.BytesIO(export(handed_in, "docx")))
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "No.")
    assert [cell.text for cell in table.rows[0].cells] == HEADINGS
    assert table.rows[1].cells[11].text == "Perlu <Perda> tarif"
    assert table.rows[2].cells[9].text == "Sudah dibahas."
    assert len(table.rows) == 3
    assert document.sections[0].page_width > document.sections[0].page_height


def test_word_writes_numbers_as_the_reader_does(handed_in: PriorityList) -> None:
    def values(language: str) -> list[str]:
        document = Document(io.BytesIO(export(handed_in, "docx", language)))
        return [cell.text for table in document.tables for cell in table.column_cells(-7)]

    assert "1.234,5*" in values("id")
    assert "1,234.5*" in values("en")


def test_the_template_of_an_organisation_replaces_ours(
    handed_in: PriorityList, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Document()
    own.add_paragraph("Kop surat: {{ owner }}")
    own.save(str(tmp_path / "own.docx"))
    monkeypatch.setenv("SINERGI_ANNEX_DOCX", str(tmp_path / "own.docx"))
    document = Document(io.BytesIO(export(handed_in, "docx")))
    assert [p.text for p in document.paragraphs] == ["Kop surat: Biro Pemerintahan Kalsel"]


def test_the_shipped_template_asks_only_for_what_there_is() -> None:
    wanted = DocxTemplate(word.TEMPLATE).get_undeclared_template_variables()
    assert wanted <= {
        "title",
        "subtitle",
        "facts",
        "columns",
        "rows",
        "notes",
        "place_and_date",
        "signatory",
        "ground_columns",
        "grounds",
        "source_columns",
        "sources",
        "versions",
        "words",
    }


def test_pdf_holds_the_form_and_the_marks(handed_in: PriorityList) -> None:
    text = pdf_text(export(handed_in, "pdf"))
    for words in (
        "DAFTAR RENCANA KERJA SAMA DAERAH",
        "Biro Pemerintahan Kalsel",
        "1.234,5*",
        "NIP",
    ):
        assert words in text
    assert "Nilai bertanda * bukan angka resmi" in text


def test_pdf_in_english_is_english(handed_in: PriorityList) -> None:
    text = pdf_text(export(handed_in, "pdf", "en"))
    assert "LIST OF REGIONAL COOPERATION PLANS" in text
    assert "1,234.5*" in text
    assert "Alasan" not in text


def test_pdf_is_a4_landscape_and_tagged(handed_in: PriorityList) -> None:
    reader = PdfReader(io.BytesIO(export(handed_in, "pdf")))
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    assert "/StructTreeRoot" in reader.trailer["/Root"]


@pytest.mark.parametrize("fmt", exports.WRITERS)
def test_an_empty_list_exports_too(db: None, fmt: str) -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("Kosong", "Bappeda"))
    assert len(export(plan, fmt)) > 50


def test_csv_opens_in_a_spreadsheet(handed_in: PriorityList) -> None:
    content = export(handed_in, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == HEADINGS
    assert rows[1][3].startswith("Kota Banjarmasin (tuan rumah); ")


def test_json_holds_the_full_snapshot(handed_in: PriorityList) -> None:
    values = json.loads(export(handed_in, "json"))
    entry = values["entries"][0]
    assert values["list"]["planning_document"] == "RKPD 2028"
    assert [m["code"] for m in entry["members"]] == ["63.71", "63.72", "63.03"]
    assert entry["snapshot"] == snapshot.take(explanation(), SETTINGS)


NASTY = st.text(max_size=30).map(lambda t: "=+-@\t\r"[len(t) % 6] + t)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(NASTY)
def test_no_cell_can_run_as_a_formula(db: None, text: str) -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails(f"a{text}", f"b{text}", purpose=text))
    actions.add_entry(BY, plan.pk, explanation(), SETTINGS, EntryDetails(proposer=text, note=text))
    rows = csv.reader(io.StringIO(export(plan, "csv").decode("utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]
    book = openpyxl.load_workbook(io.BytesIO(export(plan, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [c for c in cells if isinstance(c.value, str) and c.value[:1] in set("=+-@\t\r")]


@pytest.mark.parametrize("fmt", ["docx", "pdf"])
@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% raw %}", "#panic()", "$x^2$ *b* _i_ @ref", "]]><w:p/>"]
)
def test_text_of_people_is_never_markup(db: None, fmt: str, text: str) -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("Uji", "Bappeda"))
    actions.add_entry(BY, plan.pk, explanation(), SETTINGS, EntryDetails(note=text))
    content = export(plan, fmt)
    if fmt == "docx":
        document = Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert text in cells
    else:
        assert "49" not in pdf_text(content)
        assert text[:5].strip() in pdf_text(content)
