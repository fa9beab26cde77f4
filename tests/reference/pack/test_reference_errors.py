"""A broken pack names file, line and field; all problems are told at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sinergi.reference.messages import MESSAGES, issue_text
from sinergi.reference.pack import PackError, load_pack, read_cells


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` in a file; return the number of its line."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old) + (1 if old.startswith("\n") else 0)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "code"),
    [
        ("regions.csv", ",regency,11,1103", ",district,11,1103", "level", "not_one_of"),
        ("regions.csv", "\n11.01,Kab", "\n1101,Kab", "code", "not_a_region_code"),
        ("regions.csv", ",4174.211,", ",\"4.174,2\",", "area_km2", "not_a_number"),
        ("regions.csv", ",3.161854,", ",316.1854,", "lat", "out_of_range"),
        ("regions.csv", "regency,11,1104", "regency,99,1104", "parent", "parent_missing"),
        ("regions.csv", "2022-07-25", "25 Juli 2022", "valid_from", "not_a_date"),
        ("successions.csv", "91,93,2022-07-25", "91,90,2022-07-25", "successor", "unknown_code"),
        ("borders.csv", "11.01,11.10,", "11.01,11.01,", "b", "borders_itself"),
        ("borders.csv", "11.01,11.10,", "11.01,99.10,", "a", "unknown_code"),
        ("association_members.csv", "APEKSI,11.71", "APEKSI,11.99", "region", "unknown_code"),
        ("association_members.csv", "APEKSI,11.71", "APKASI,11.71", "association", "unknown_association"),
        ("objects.csv", ",2.11,1.03,2.11.11.1.01,", ",2.99,1.03,2.11.11.1.01,", "affair", "unknown_code"),
        ("objects.csv", ",2.11.11.2.01,", ",2.11.11.1.01,", "activity", "level_disagrees"),
        ("objects.csv", "KSD_SHARE|APBD_PROV", "KSD_SHARE|APBD_X", "funding", "unknown_code"),
        ("object_indicators.csv", "need,waste_generation,", "need,waste,", "indicator", "unknown_code"),
        ("object_indicators.csv", "rank,yes,1,proxy", "rank,yes,0,proxy", "weight", "weight_not_positive"),
        ("object_indicators.csv", "need,waste_per_area", "need,waste_generation", "indicator", "code_twice"),
        ("object_indicators.csv", "proxy,100,50,", "proxy,100,100,", "good", "standard_without_ends"),
        ("derived_indicators.csv", "ratio,fact.population", "ratio,fact.people", "inputs", "unknown_code"),
        ("derived_indicators.csv", "neither,scale,", "neither,scales,", "method", "unknown_method"),
        ("funding_channels.csv", ",,both,yes,urusan", ",1.99,both,yes,urusan", "affairs", "unknown_code"),
        ("activities.csv", "PROVINSI", "KABKOTA", "level", "level_disagrees"),
        ("airports.csv", ",81.07,", ",81.99,", "region", "unknown_code"),
        ("regions.csv", "ID,Indonesia,nation,,", "ID,Indonesia,nation,11,", "parent", "nation_has_parent"),
        ("regions.csv", ",3.161854,97", ",,97", "lat", "empty"),
        ("regions.csv", ",239629,", ",239629.5,", "population", "not_whole"),
        ("regions.csv", ",4174.211,", ",,", "area_km2", "empty"),
        ("regions.csv", "2022-07-25,,", "2022-07-25,2020-01-01,", "valid_to", "ends_before_it_begins"),
        ("successions.csv", "2022-07-25,split", ",split", "date", "empty"),
        ("successions.csv", "91.01,93.01", "93.01,93.01", "predecessor", "still_valid"),
        ("borders.csv", "11.01,11.10,", "11.01,11,", "a", "border_of_a_province"),
        ("objects.csv", ",2,8,", ",9,8,", "members_max", "out_of_range"),
        ("objects.csv", ",KABKOTA,wajib", ",KOTA,wajib", "authority", "not_one_of"),
        ("objects.csv", ",2.11.11.2.01,", ",2.11.11,", "activity", "unknown_code"),
        ("objects.csv", ",HUB_SPOKE,preferred", ",PEER,preferred", "computed_logic", "logic_not_declared"),
        ("objects.csv", ",need_words|", ",needs|", "defaults", "unknown_field"),
        ("objects.csv", ",e-government (SPBE) index,", ",,", "lacks_en", "one_language_only"),
        ("objects.csv", ",illegal dumping over the border,", ",,", "trigger_en", "one_language_only"),
        ("object_indicators.csv", "\nTPA_REGIONAL,", "\nTPA,", "object", "unknown_object"),
        ("derived_indicators.csv", "factor=0.0005", "factor", "parameters", "not_name_and_value"),
        ("derived_indicators.csv", "\ndensity,", "\nhdi,", "code", "code_twice"),
        ("funding_channels.csv", ",PUSAT,PUSAT,", ",PUSAT,DESA,", "recipients", "not_one_of"),
        ("activities.csv", "\n1.01.02.1.01,", "\n1.01.02.1,", "code", "not_an_activity"),
        ("aliases.csv", "NAD,11,", "NAD,10,", "region", "unknown_code"),
        ("islands.csv", "11|12", "11|10", "provinces", "unknown_code"),
    ],
)  # fmt: skip
def test_an_error_names_file_line_and_field(copy: Path, file, old, new, field, code):
    line = change(copy, file, old, new)
    with pytest.raises(PackError) as error:
        load_pack(copy)
    places = {(one.file, one.line, one.field, one.message_code): one for one in error.value.issues}
    assert (file, line, field, code) in places
    found = places[file, line, field, code]
    assert file in str(error.value)
    assert field in issue_text(found)
    assert found.message_code in MESSAGES


def test_a_code_that_is_there_twice_is_told(copy: Path):
    path = copy / "affairs.csv"
    rows = path.read_text(encoding="utf-8")
    path.write_text(rows + rows.splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_pack(copy)
    assert error.value.issues[0].line == 47
    assert error.value.issues[0].message_code == "code_twice"


def test_a_border_that_stands_in_both_directions_is_told(copy: Path):
    path = copy / "borders.csv"
    path.write_text(path.read_text(encoding="utf-8") + "11.10,11.01,19.0,x\n", encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_pack(copy)
    assert [issue.message_code for issue in error.value.issues] == ["border_twice"]


def test_all_problems_are_told_at_once(copy: Path):
    change(copy, "regions.csv", ",regency,11,1103", ",district,11,1103")
    change(copy, "objects.csv", ",sukarela,", ",voluntary,")
    change(copy, "borders.csv", "11.01,11.10,19.0", "11.01,11.10,far")
    with pytest.raises(PackError) as error:
        load_pack(copy)
    files = {issue.file for issue in error.value.issues}
    assert {"regions.csv", "objects.csv", "borders.csv"} <= files


def spoil_encoding(folder: Path) -> None:
    (folder / "affairs.csv").write_bytes("code;é".encode("cp1252"))


def remove_column(folder: Path) -> None:
    change(folder, "affairs.csv", "name_en", "english")


def remove_file(folder: Path) -> None:
    (folder / "affairs.csv").unlink()


def widen_row(folder: Path) -> None:
    change(folder, "affairs.csv", "1.02,Kesehatan", "1.02,x,Kesehatan")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (spoil_encoding, "not_utf8"),
        (remove_column, "column_missing"),
        (remove_file, "file_missing"),
        (widen_row, "cell_count"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(copy: Path, spoil: Callable[[Path], None], code: str):
    spoil(copy)
    with pytest.raises(PackError) as error:
        load_pack(copy)
    told = {issue.message_code for issue in error.value.issues if issue.file == "affairs.csv"}
    assert told == {code}


def test_a_pack_without_its_description_is_told(copy: Path):
    (copy / "pack.toml").write_text("country = ", encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_pack(copy)
    assert error.value.issues[0].message_code == "not_toml"


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path):
    with pytest.raises(PackError, match="folder_missing"):
        load_pack(tmp_path / "nowhere")


def test_the_version_follows_the_contents(copy: Path):
    before = load_pack(copy).version
    change(copy, "regions.csv", ",239629,", ",239630,")
    assert load_pack(copy).version != before


@pytest.mark.parametrize("content", [b"no gzip", b""])
def test_a_broken_table_of_cells_is_told(copy: Path, content: bytes):
    (copy / "cells.csv.gz").write_bytes(content)
    with pytest.raises(PackError, match="not_a_cell_table"):
        read_cells(copy)


def test_a_cell_that_is_none_is_told_with_its_line(copy: Path):
    (copy / "cells.csv.gz").write_text("region,cell\n11.01,856554d3fffffff\n11.01,123\n")
    with pytest.raises(PackError) as error:
        read_cells(copy)
    assert (error.value.issues[0].line, error.value.issues[0].details["value"]) == (3, "123")


def test_a_pack_description_lacking_a_word_or_a_licence_is_told(copy: Path):
    change(copy, "pack.toml", 'name = "Indonesia"', "")
    change(copy, "pack.toml", 'licence = "MIT"', 'licence = ""')
    with pytest.raises(PackError) as error:
        load_pack(copy)
    fields = {issue.field for issue in error.value.issues}
    assert fields == {"name", "sources.cahyadsn-wilayah.licence"}


def test_an_object_without_indicators_must_say_what_it_lacks(copy: Path):
    line = change(copy, "objects.csv", ",indeks SPBE,e-government (SPBE) index,", ",,,")
    with pytest.raises(PackError) as error:
        load_pack(copy)
    (issue,) = error.value.issues
    assert (issue.line, issue.message_code) == (line, "lacks_not_said")
