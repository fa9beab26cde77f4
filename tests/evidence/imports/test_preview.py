from collections.abc import Callable

import pytest
import xlsxwriter
from django.utils.translation import override

from sinergi.accounts.principal import operator
from sinergi.evidence.actions import preview_import
from sinergi.evidence.imports.mapping import Mapping, NewIndicator
from sinergi.evidence.imports.preview import Preview, guess_mapping

Previewed = Callable[..., Preview]
GOOD = "63.71;poverty;2025;4,5"


@pytest.mark.parametrize(
    ("row", "severity", "code", "cell", "suggestion"),
    [
        ("99.99;poverty;2025;4,5", "error", "unknown_region", "A3", ""),
        ("Banjarmasn;poverty;2025;4,5", "error", "unknown_region", "A3", "63.71 Kota Banjarmasin"),
        ("Bandung;poverty;2025;4,5", "error", "ambiguous_region", "A3", "32.04 / 32.73"),
        ("Kota Banjarbaru;poverty;2025;4,5", "warning", "name_for_code", "A3", "63.72"),
        ("6502;poverty;2025;4,5", "warning", "bps_code", "A3", "65.01"),
        ("11.1;poverty;2025;4,5", "warning", "code_written_differently", "A3", "11.10"),
        ("Jumlah;poverty;2025;4,5", "warning", "skipped_row", "A3", ""),
        (";poverty;2025;4,5", "error", "unknown_region", "A3", ""),
        (
            "63.72;povertyy;2025;4,5",
            "error",
            "unknown_indicator",
            "B3",
            "poverty (Penduduk miskin (P0))",
        ),
        ("63.72;Balita stunting;2025;4,5", "warning", "indicator_name_for_code", "B3", "stunting"),
        ("63.72;poverty;tahun lalu;4,5", "error", "bad_period", "C3", ""),
        ("63.72;poverty;2,025;4,5", "warning", "period_written_differently", "C3", ""),
        ("63.72;poverty;2025;empat", "error", "not_a_number", "D3", ""),
        ("63.72;poverty;2025;１２", "error", "not_a_number", "D3", ""),
        ("63.72;poverty;2025;1e999", "error", "not_a_number", "D3", ""),
        ("63.72;poverty;2025;-", "warning", "missing_value", "D3", ""),
        ("63.72;poverty;2025;n/a", "warning", "missing_value", "D3", ""),
        ("63.72;poverty;2025;4.5", "warning", "mixed_numbers", "", ""),
        ("63.72;poverty;2025;104,5", "error", "percent_over_100", "D3", ""),
        ("63.72;poverty;2025;-4,5", "error", "out_of_range", "D3", ""),
        ("63.71;poverty;2025;4,5", "warning", "duplicate_identical", "D3", ""),
        ("63.71;poverty;2025;5,5", "error", "duplicate", "D3", ""),
        ("63.72;poverty;2021;5,5", "error", "already_stored", "D3", ""),
        ("63.72;poverty;2021;4,4", "error", "already_stored_identical", "D3", ""),
        ("63.72;price.beef;2025-01;14000000", "error", "out_of_range", "D3", ""),
        ("63.72;grdp.A;2025;50000000", "warning", "hundredfold", "D3", ""),
    ],
)
def test_each_kind_of_bad_row_is_named_by_cell_with_a_remedy(
    previewed: Previewed, row: str, severity: str, code: str, cell: str, suggestion: str
) -> None:
    found = previewed(GOOD, row).problems.kept
    one = next(one for one in found if one.code == code)
    assert (one.severity, one.cell, one.suggestion) == (severity, cell, suggestion)
    assert one.message()
    assert one.remedy()


@pytest.mark.parametrize("row", ["63.72;poverty;2025;1.234", "63.72;poverty;2025;1,234"])
def test_a_number_that_can_be_read_in_two_ways_is_an_error(previewed: Previewed, row: str) -> None:
    (one,) = previewed(row).problems.kept
    assert (one.code, one.cell) == ("ambiguous_number", "D2")
    with override("id"):
        assert "1234 atau 1,234" in one.message()


def test_a_good_file_can_be_loaded_and_stores_nothing_by_itself(previewed: Previewed) -> None:
    preview = previewed(GOOD, "63.72;poverty;2025;")
    assert preview.ok
    assert (preview.new, preview.replaces, preview.missing) == (1, 0, 1)


def test_one_error_keeps_the_whole_file_out(previewed: Previewed) -> None:
    preview = previewed(GOOD, "99.99;poverty;2025;1")
    assert not preview.ok
    assert preview.problems.errors == 1


def test_stored_values_may_be_replaced_or_skipped(previewed: Previewed) -> None:
    same, other = "63.72;poverty;2021;4,4", "63.71;poverty;2021;9,9"
    replaced = previewed(same, other, on_existing="replace")
    assert (replaced.ok, replaced.replaces, replaced.unchanged) == (True, 1, 1)
    assert not previewed(same, other, on_existing="skip_identical").ok
    assert previewed(same, GOOD, on_existing="skip_identical").ok


def test_names_beside_the_codes_are_held_against_them(shipped: None, csv_file) -> None:
    path = csv_file(
        "kode,nama,indikator,tahun,nilai",
        "63.71,Kota Banjarmasin,poverty,2025,4.5",
        "63.72,Kota Banjarmasin,poverty,2025,4.5",
    )
    (one,) = preview_import(operator(), path).problems.kept
    assert (one.code, one.cell, one.suggestion) == (
        "region_mismatch",
        "A3",
        "63.71 Kota Banjarmasin",
    )


def test_names_beside_the_codes_decide_what_codes_without_a_dot_mean(
    shipped: None, csv_file
) -> None:
    path = csv_file(
        "kode,nama,indikator,tahun,nilai",
        "1101,Kabupaten Aceh Selatan,poverty,2025,4.5",
        "1102,Kabupaten Aceh Tenggara,poverty,2025,4.5",
    )
    preview = preview_import(operator(), path)
    assert preview.ok
    assert {one.code for one in preview.problems.kept} == {"code_written_differently"}


def test_percent_written_as_fractions_are_warned_of(previewed: Previewed) -> None:
    rows = [f"63.0{number};sanitation;2025;0,{number}" for number in range(1, 7)]
    assert [one.code for one in previewed(*rows).problems.kept] == ["looks_like_fraction"]


def test_a_value_far_above_its_peers_is_warned_of_where_there_is_no_history(
    previewed: Previewed,
) -> None:
    new = NewIndicator("landfill_age", "Umur TPA", "years")
    mapping = Mapping(region="A", indicator="B", period="C", value="D", new_indicators=(new,))
    rows = [f"63.0{number};landfill_age;2025;1{number}" for number in range(1, 7)]
    preview = previewed(*rows, "63.71;landfill_age;2025;1500", mapping=mapping)
    assert [(one.code, one.cell) for one in preview.problems.kept] == [("hundredfold", "D8")]
    assert preview.ok


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "poverty"}, "code"),
        ({"code": "1x"}, "code"),
        ({"name": " "}, "name"),
        ({"unit": ""}, "unit"),
        ({"better": "up"}, "better"),
        ({"group": "x"}, "group"),
    ],
)
def test_a_new_indicator_must_be_complete(previewed: Previewed, fields, field: str) -> None:
    new = NewIndicator(**({"code": "x", "name": "X", "unit": "x"} | fields))
    mapping = Mapping(region="A", indicator="B", period="C", value="D", new_indicators=(new,))
    problems = previewed(GOOD, mapping=mapping).problems.kept
    assert [(one.code, one.details["why"]) for one in problems] == [
        ("new_indicator_invalid", field)
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"region": ""}, "no_region_column"),
        ({"value": ""}, "no_value_column"),
        ({"indicator": ""}, "no_indicator"),
        ({"period": ""}, "no_period"),
        ({"region": "Z"}, "no_column"),
        ({"region": "?"}, "no_column"),
        ({"source": "nobody"}, "no_source"),
        ({"default_flag": "shaky"}, "bad_flag"),
        ({"header_row": 99}, "no_header"),
        ({"layout": "periods"}, "no_value_column"),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_is_told(
    previewed: Previewed, changes, code: str
) -> None:
    mapping = Mapping(region="A", indicator="B", period="C", value="D").with_(**changes)
    preview = previewed(GOOD, mapping=mapping)
    assert code in {one.code for one in preview.problems.kept}
    assert not preview.ok


def test_columns_may_be_given_by_their_headings(previewed: Previewed) -> None:
    mapping = Mapping(region="kode_wilayah", indicator="Indikator", period="tahun", value="nilai")
    assert previewed(GOOD, mapping=mapping).ok


def test_flags_and_sources_are_read_from_their_columns(shipped: None, csv_file) -> None:
    path = csv_file(
        "kode,indikator,tahun,nilai,tanda,kode sumber",
        "63.71,poverty,2025,4.5,perkiraan,bps-2021",
        "63.72,poverty,2025,4.5,?,nobody",
    )
    preview = preview_import(operator(), path)
    assert preview.rows["flag"][0] == 2
    assert {(one.code, one.cell) for one in preview.problems.kept} == {
        ("bad_flag", "E3"),
        ("no_source", "F3"),
    }


def bps_table(path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Keterangan").write(0, 0, "Tabel ini memuat angka kemiskinan")
        sheet = book.add_worksheet("Data")
        sheet.write(0, 0, "Penduduk miskin (P0) menurut Kabupaten/Kota")
        sheet.merge_range("A3:A4", "Kabupaten/Kota")
        sheet.merge_range("B3:C3", "Persen")
        sheet.write_row(3, 1, [2023, 2024])
        for row, cells in enumerate(
            [["Tanah Laut", 4.4, 4.2], ["Banjar", 2.9, "-"], ["Jumlah", 1, 2]]
        ):
            sheet.write_row(4 + row, 0, cells)
        sheet.write(7, 0, "Sumber: BPS")


def test_a_usual_statistics_table_is_understood_without_a_mapping(shipped: None, tmp_path) -> None:
    bps_table(tmp_path / "tabel.xlsx")
    preview = preview_import(operator(), tmp_path / "tabel.xlsx")
    assert preview.mapping.sheet == "Data"
    assert preview.mapping.columns == {"B": "2023", "C": "2024"}
    assert preview.mapping.indicator_code == "poverty"
    assert (preview.ok, preview.new) == (True, 3)


def test_a_sheet_without_figures_is_told(shipped: None, tmp_path) -> None:
    bps_table(tmp_path / "tabel.xlsx")
    mapping = guess_mapping(tmp_path / "tabel.xlsx", "Keterangan")
    preview = preview_import(operator(), tmp_path / "tabel.xlsx", mapping)
    assert preview.problems.errors
    assert "empty_sheet" in {one.code for one in preview.problems.kept}


def test_indicators_in_columns_take_their_year_from_the_title(shipped: None, workbook) -> None:
    path = workbook(
        data=[
            ["Sanitasi dan stunting tahun 2023"],
            ["No", "Kode", "Nama", "stunting", "Rumah tangga dengan sanitasi layak"],
            [1, "63.71", "Kota Banjarmasin", 20, 90],
        ]
    )
    preview = preview_import(operator(), path)
    assert preview.mapping.columns == {"D": "stunting", "E": "sanitation"}
    assert set(preview.rows["period"]) == {"2023"}
    assert preview.ok


def test_progress_is_told_throughout(previewed: Previewed) -> None:
    told: list[str] = []
    previewed(GOOD, progress=lambda step, _done, _total: told.append(step))
    assert told == ["read", "check", "check"]
