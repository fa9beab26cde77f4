"""Time zones of the country pack: every province has one of the three, and faults of the file are told."""

from pathlib import Path

import pytest

from sinergi.reference.pack.issues import PackError
from sinergi.reference.pack.load import load_pack
from sinergi.reference.pack.records import Pack


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("11", "Asia/Jakarta"),
        ("31.71", "Asia/Jakarta"),
        ("62.71", "Asia/Jakarta"),
        ("63.72", "Asia/Makassar"),
        ("51", "Asia/Makassar"),
        ("65.71", "Asia/Makassar"),
        ("75", "Asia/Makassar"),
        ("82.71", "Asia/Jayapura"),
        ("96", "Asia/Jayapura"),
        ("ID", ""),
        ("99", ""),
    ],
)
def test_a_region_has_the_zone_of_its_province(indonesia: Pack, code: str, zone: str):
    assert indonesia.zone_of(code) == zone


def test_the_zones_share_out_the_provinces(indonesia: Pack):
    provinces = {one.code for one in indonesia.regions if one.level == "province"}
    assert indonesia.zone.keys() == provinces
    zones = list(indonesia.zone.values())
    assert {zone: zones.count(zone) for zone in set(zones)} == {
        "Asia/Jakarta": 18,
        "Asia/Makassar": 12,
        "Asia/Jayapura": 8,
    }


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("\n63,Asia/Makassar", "\n63,Asia/Banjarbaru", "not_a_time_zone"),
        ("\n63,Asia/Makassar", "\n63,../../etc/passwd", "not_a_time_zone"),
        ("\n63,", "\n10,", "unknown_code"),
        ("\n63,", "\n62,", "code_twice"),
        ("\n63,", "\n10,", "zone_missing"),
        ("keppres-41-1987", "keppres", "unknown_code"),
    ],
)
def test_a_fault_of_the_file_is_told(copy: Path, old: str, new: str, code: str):
    path = copy / "time_zones.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_pack(copy)
    found = [one for one in error.value.issues if one.file == "time_zones.csv"]
    assert code in {one.message_code for one in found}
