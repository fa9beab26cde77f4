"""The shipped pack holds the facts it is known to hold."""

from collections import Counter
from datetime import date

from sinergi.reference.pack import Pack, read_cells

KOMWIL_V = {
    "61.71": "Kota Pontianak",
    "61.72": "Kota Singkawang",
    "62.71": "Kota Palangka Raya",
    "63.71": "Kota Banjarmasin",
    "63.72": "Kota Banjarbaru",
    "64.71": "Kota Balikpapan",
    "64.72": "Kota Samarinda",
    "64.74": "Kota Bontang",
    "65.71": "Kota Tarakan",
}


def test_there_are_38_provinces_416_regencies_98_cities_and_the_nation(indonesia: Pack):
    levels = Counter(region.level for region in indonesia.regions)
    assert levels == {"nation": 1, "province": 38, "regency": 416, "city": 98}


def test_the_nation_has_the_people_of_its_provinces(indonesia: Pack):
    provinces = [region for region in indonesia.regions if region.level == "province"]
    assert indonesia.region["ID"].population == sum(region.population for region in provinces)


def test_990_pairs_share_a_land_border_and_33_regions_have_none(indonesia: Pack):
    bordering = {code for border in indonesia.borders for code in (border.a, border.b)}
    local = {region.code for region in indonesia.regions if "." in region.code}
    assert len(indonesia.borders) == 990
    assert len(local - bordering) == 33


def test_apeksi_has_all_cities_and_komwil_v_the_nine_of_kalimantan(indonesia: Pack):
    apeksi, komwil = indonesia.associations
    cities = {region.code for region in indonesia.regions if region.level == "city"}
    assert set(apeksi.members) == cities
    assert komwil.parent == apeksi.code
    assert {code: indonesia.region[code].name for code in komwil.members} == KOMWIL_V
    assert "mediakaltimtara" in indonesia.source[komwil.source].title


def test_papua_was_split_in_2022_into_four_new_provinces(indonesia: Pack):
    split = {
        one.successor: (one.predecessor, one.date)
        for one in indonesia.successions
        if one.kind == "split" and one.date.year == 2022
    }
    first, second = date(2022, 7, 25), date(2022, 12, 8)
    assert split == {
        "93": ("91", first),
        "94": ("91", first),
        "95": ("91", first),
        "96": ("92", second),
    }
    assert all(indonesia.region[code].valid_from == day for code, (_, day) in split.items())


def test_the_26_regencies_and_cities_of_new_papuan_provinces_keep_their_former_codes(
    indonesia: Pack,
):
    recoded = {
        one.successor: one.predecessor
        for one in indonesia.successions
        if one.kind == "recoded" and one.date.year == 2022
    }
    new = {region.code for region in indonesia.regions if region.parent in {"93", "94", "95", "96"}}
    assert set(recoded) == new
    assert len(set(recoded.values())) == 26
    assert recoded["93.01"] == "91.01"
    assert recoded["96.71"] == "92.71"


def test_every_succession_tells_that_it_comes_from_knowledge(indonesia: Pack):
    assert {one.provenance for one in indonesia.successions} == {"knowledge; verify"}


def test_all_73_objects_45_affairs_and_named_rules_are_there(indonesia: Pack):
    assert len(indonesia.objects) == 73
    assert len(indonesia.affairs) == 45
    assert len(indonesia.authority_rules) == 48
    assert len(indonesia.partner_type_rules) == 11
    assert len(indonesia.spm_services) == 17
    assert len(indonesia.funding_channels) == 22


def test_every_regency_and_city_has_cells(indonesia: Pack):
    table = read_cells(indonesia.folder)
    assert set(table.codes) == {code for code in indonesia.region if "." in code}
    assert len(table.cells) == 89_302


def test_islands_share_out_the_provinces(indonesia: Pack):
    listed = [code for island in indonesia.islands for code in island.provinces]
    assert sorted(listed) == [one.code for one in indonesia.regions if one.level == "province"]


def test_every_facility_lies_in_a_region(indonesia: Pack):
    assert len(indonesia.airports) == 235
    assert len(indonesia.ports) == 126
    assert all(one.region in indonesia.region for one in (*indonesia.airports, *indonesia.ports))
