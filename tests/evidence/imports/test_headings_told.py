from collections.abc import Callable

import pytest
from django.utils.translation import override

from sinergi.accounts.principal import operator
from sinergi.evidence.actions import preview_import
from sinergi.evidence.imports.mapping import Mapping
from sinergi.evidence.imports.preview import Preview

CITIES = ("63.71;Kota Banjarmasin", "63.72;Kota Banjarbaru", "64.71;Kota Balikpapan")
Wide = Callable[..., Preview]


@pytest.fixture
def wide(shipped: None, csv_file) -> Wide:
    """Preview one row of figures for each of three cities below the given headings."""

    def preview(headings: str, figures: str, mapping: Mapping | None = None) -> Preview:
        rows = [f"{city};{figures}" for city in CITIES]
        return preview_import(
            operator(), csv_file(f"kode;nama;{headings}", *rows, name="a 2023.csv"), mapping
        )

    return preview


def told(preview: Preview) -> list[tuple[str, str, str]]:
    return [(one.code, one.cell, one.suggestion) for one in preview.problems.kept]


def test_a_heading_of_the_statistics_office_is_read_and_said_so(wide: Wide) -> None:
    preview = wide("Persentase penduduk miskin;TPT", "4,5;6,5")
    assert preview.mapping.columns == {"C": "poverty", "D": "unemployment"}
    assert (preview.ok, preview.new) == (True, 6)
    assert told(preview) == [
        ("indicator_name_for_code", "C1", "poverty"),
        ("indicator_name_for_code", "D1", "unemployment"),
    ]


def test_a_column_that_no_indicator_is_known_for_is_named_before_all_else(wide: Wide) -> None:
    preview = wide("stunting;Garis kemiskinan;povery", "14,5;600,5;4,5")
    assert [cell for code, cell, _ in told(preview) if code == "unread_column"] == ["D1", "E1"]
    example, number, kept = next(preview.problems.groups())
    assert (example.code, number) == ("unread_column", 2)
    assert kept[1].suggestion == "poverty (Penduduk miskin (P0))"
    with override("id"):
        assert "Kolom D “Garis kemiskinan”" in example.message()
    assert preview.ok


def test_numbering_units_names_and_empty_columns_are_not_missed(wide: Wide) -> None:
    assert told(wide("No;Provinsi;Satuan;kosong;stunting", "1;Kalimantan;persen;;14,5")) == []


def test_a_second_column_of_numbers_in_a_long_table_is_named(shipped: None, csv_file) -> None:
    path = csv_file("kode;indikator;tahun;nilai;target;catatan", "63.71;poverty;2023;4,5;4;baik")
    assert told(preview_import(operator(), path)) == [("unread_column", "E1", "")]


def test_a_table_whose_only_heading_is_misspelled_is_told_the_nearest(wide: Wide) -> None:
    errors = [one for one in wide("povery", "4,5").problems.kept if one.severity == "error"]
    assert [(one.code, one.suggestion) for one in errors] == [
        ("no_indicator", "poverty (Penduduk miskin (P0))")
    ]


@pytest.mark.parametrize("written", ["Persentase penduduk miskin", "Penduduk miskin", "kemiskinan"])
def test_a_name_is_taken_where_a_code_is_typed(wide: Wide, written: str) -> None:
    mapping = Mapping(layout="indicators", region="A", columns={"C": written}, period_value="2023")
    preview = wide("angka", "4,5", mapping)
    assert told(preview) == [("indicator_name_for_code", "C1", "poverty")]
    assert preview.new == 3


@pytest.mark.parametrize("layout", ["indicators", "long"])
def test_a_code_given_once_that_is_unknown_is_told_once(wide: Wide, layout: str) -> None:
    mapping = Mapping(region="A", period_value="2023")
    if layout == "long":
        mapping = mapping.with_(value="C", indicator_code="povery")
    else:
        mapping = mapping.with_(layout="indicators", columns={"C": "povery"})
    cell = "" if layout == "long" else "C1"
    assert told(wide("angka", "4,5", mapping)) == [
        ("unknown_indicator", cell, "poverty (Penduduk miskin (P0))")
    ]


def test_a_period_given_once_that_cannot_be_read_is_told_once(wide: Wide) -> None:
    mapping = Mapping(region="A", value="C", indicator_code="poverty", period_value="kini")
    assert told(wide("angka", "4,5", mapping)) == [("bad_period", "", "")]
