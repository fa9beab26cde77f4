import pytest

from sinergi.evidence.imports.headings import role_of


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Kode", "region"),
        ("kode_wilayah", "region"),
        ("kode_kabupaten_kota", "region"),
        ("Kode BPS", "region"),
        ("region code", "region"),
        ("Kabupaten/Kota", "region_name"),
        ("nama_kabupaten_kota", "region_name"),
        ("Wilayah", "region_name"),
        ("Indikator", "indicator"),
        ("kode indikator", "indicator"),
        ("indicator code", "indicator"),
        ("Tahun", "period"),
        ("period", "period"),
        ("Nilai", "value"),
        ("value", "value"),
        ("tanda", "flag"),
        ("kode sumber", "source_column"),
        ("source code", "source_column"),
        ("nama sumber", ""),
        ("source name", ""),
        ("Satuan", ""),
        ("No.", ""),
        ("2021", ""),
    ],
)
def test_a_heading_says_what_its_column_holds(heading: str, role: str) -> None:
    assert role_of(heading) == role
